"""The front doors of the five partnerships, as their own files describe them."""

from playwright.sync_api import Page, expect

from intake.questions.models import Question
from tests.browser.conftest import Address, Clock
from tests.browser.pages import Journey, press
from tests.browser.partnerships import from_its_file
from tests.support import factories as make

FRONT_DOORS = ("putten", "landerd", "beekdaelen", "asten-someren", "oss")


def test_five_front_doors_open_from_their_files(
    transactional_db: None,
    clock: Clock,
    phone: Page,
    address: Address,
    journey: Journey,
) -> None:
    for slug in FRONT_DOORS:
        from_its_file(slug)
    clock(make.TUESDAY)
    for slug in FRONT_DOORS:
        phone.goto(address(slug, "/"))
        journey.check(phone, slug)
        for path in ("vraag/", "vraag/bel-mij/", "privacy/", "toegankelijkheid/"):
            assert phone.goto(address(slug, f"/{path}")).status == 200
    make.fresh_front_doors()


def test_oss_opens_with_its_three_questions_and_names_the_team(
    transactional_db: None,
    clock: Clock,
    phone: Page,
    address: Address,
    journey: Journey,
) -> None:
    from_its_file("oss")
    clock(make.TUESDAY)
    page = phone
    page.goto(address("oss", "/vraag/"))
    press(page, "Begin")
    page.get_by_label("Vertel het in uw eigen woorden").fill("de kinderen zitten steeds binnen")
    press(page)
    page.get_by_label("Wat wilt u?").fill("dat de kinderen weer naar buiten gaan")
    journey.check(page, "the-first-of-three-questions")
    press(page)
    for question in ("Wat kunt u?", "Wat heeft u nodig?"):
        expect(page.get_by_label(question)).to_be_visible()
        press(page)
    page.get_by_label("Over mijn kind").check()
    page.get_by_label("Ja", exact=True).check()
    press(page)
    for domain in ("Opvoeden", "Opgroeien"):
        page.get_by_label(domain).first.check()
    press(page)
    page.get_by_label("jonger dan 12").check()
    page.get_by_label("Wat is de postcode").fill("5346")
    press(page)
    page.get_by_label("Stuur een sms").check()
    press(page)
    page.get_by_label("Naar welk nummer mag de sms?").fill("0612345678")
    press(page)
    expect(page.get_by_label("Hoe mogen wij u noemen?")).to_be_visible()
    press(page)
    assert "Mag het Sociaal Team Noord-West lezen" in page.inner_text("main")
    journey.check(page, "check")
    page.get_by_label("Ja, dat mag").check()
    press(page, "Verstuur mijn vraag")
    assert Question.objects.get().lead_team.slug == "sociaal-team-noord-west"
    make.fresh_front_doors()
