"""Residents at Putten's front door, on an old phone without JavaScript (stories 1 to 4)."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import connection, connections
from playwright.sync_api import Locator, Page, expect

from intake.ask.models import Draft
from intake.questions.models import Question
from tests.browser.conftest import Address, Clock, OpenPage
from tests.browser.pages import Console, Journey, overflow
from tests.browser.partnerships import from_its_file
from tests.support import factories as make
from welzijn.notifications.models import Message

# The Friday of story 4; the clock of the other stories stands at the Tuesday before it, 10.00.
FRIDAY_EVENING = datetime(2026, 11, 27, 17, 10, tzinfo=UTC)


@pytest.fixture
def putten(transactional_db: None, clock: Clock) -> Iterator[None]:
    """Breed Welzijn Putten as its own file has it, on a Tuesday morning."""
    from_its_file("putten")
    yield
    make.fresh_front_doors()


@pytest.fixture
def old_phone(open_page: OpenPage) -> Page:
    """360 px wide, without JavaScript."""
    return open_page(phone=True, javascript=False)


def _further(page: Page, button: str = "Verder") -> None:
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_load_state()


def test_story_1_low_literacy_asks_to_be_called(
    putten: None, phone: Page, address: Address, journey: Journey
) -> None:
    page = phone
    page.goto(address("putten", "/"))
    journey.check(page, "front-door")
    page.get_by_role("link", name="Bel mij").click()
    page.get_by_label("Op welk nummer kunnen wij u bellen?").fill("06-12 34 56 78")
    page.get_by_label("Naar wie vragen wij?").fill("Willem")
    page.get_by_label("In de ochtend").check()
    page.get_by_label("Een bericht inspreken").check()
    page.get_by_label("Wilt u al iets vertellen?").fill("brief van deurwaarder snap nie")
    journey.check(page, "call-me")
    _further(page)
    journey.check(page, "what-it-may-be-about")
    _further(page, "Geld")
    journey.check(page, "check")
    assert "Stimenz kan u helpen" in page.inner_text("main")
    page.get_by_label("Ja, dat mag").check()
    _further(page, "Verstuur")
    journey.check(page, "done")
    page.emulate_media(media="print")
    journey._picture(page, "06-printed-360.png")
    question = Question.objects.get()
    assert (question.lead.slug, question.channel) == ("stimenz", "call_me")
    assert question.reference in page.inner_text("main")
    assert "dinsdag 24 november" in page.inner_text("main")


def test_story_2_a_girl_of_15_without_a_name_and_without_post(
    putten: None, phone: Page, address: Address, journey: Journey
) -> None:
    page = phone
    page.goto(address("putten", "/"))
    page.get_by_role("link", name="Ben je jonger dan 18?").click()
    journey.check(page, "before-typing")
    assert "ouders krijgen hier geen bericht" in page.inner_text("main")
    _further(page, "Begin")
    page.get_by_label("Vertel het in je eigen woorden").fill("ze doen gemeen in de appgroep")
    journey.check(page, "words")
    _further(page)
    page.get_by_label("Over mijzelf").check()
    journey.check(page, "about-whom")
    _further(page)
    page.get_by_label("Op straat en op je scherm").check()
    journey.check(page, "topic")
    _further(page)
    page.get_by_label("12 tot en met 15").check()
    page.get_by_label("Wat is je postcode?").fill("3881")
    journey.check(page, "age-and-postcode")
    _further(page)
    page.get_by_label("Liever niet. Ik kijk zelf met mijn code").check()
    assert page.get_by_label("Stuur mij geen post").is_checked()
    journey.check(page, "safe-contact")
    _further(page)
    assert "Mag Jeugd-Punt lezen wat je hebt geschreven?" in page.inner_text("main")
    journey.check(page, "check")
    page.get_by_label("Ja, dat mag").check()
    _further(page, "Verstuur mijn vraag")
    journey.check(page, "done")
    question = Question.objects.get()
    assert question.lead.slug == "jeugd-punt"
    assert (question.asker.name, question.asker.contact_wish.no_post) == ("", True)


def test_story_3_a_carer_asks_for_her_mother(
    putten: None, old_phone: Page, address: Address, journey: Journey
) -> None:
    page = old_phone
    page.goto(address("putten", "/vraag/"))
    _further(page, "Begin")
    page.get_by_label("Vertel het in uw eigen woorden").fill(
        "Mijn moeder vergeet te eten. Ik red het niet meer naast mijn werk."
    )
    _further(page)
    page.get_by_label("Over mijn vader of moeder").check()
    page.get_by_label("Nee").check()
    page.get_by_label("Hoe heet die persoon?").fill("Jannie")
    journey._picture(page, "01-about-her-mother-360.png")
    _further(page)
    page.get_by_label("Zorgen voor een ander").check()
    _further(page)
    page.get_by_label("67 of ouder").check()
    page.get_by_label("Wat is de postcode van uw vader of moeder?").fill("3882")
    _further(page)
    assert page.get_by_role("heading", level=1).inner_text() == "Welke buurt is het?"
    journey._picture(page, "02-which-neighbourhood-360.png")
    page.get_by_label("Huinen").check()
    _further(page)
    page.get_by_label("Bel mij").check()
    page.get_by_label("Telefoonnummer").fill("0341 35 70 01")
    page.get_by_label("Hoe mogen wij u noemen?").fill("Petra")
    journey._picture(page, "03-safe-contact-360.png")
    _further(page)
    text = page.inner_text("main")
    assert "Jannie weet niet dat u dit vraagt." in text
    assert "Eerst vragen wij het aan die persoon zelf" in text
    page.get_by_label("Ja, dat mag").check()
    journey._picture(page, "04-check-360.png")
    _further(page, "Verstuur mijn vraag")
    journey._picture(page, "05-done-360.png")
    question = Question.objects.get()
    assert question.lead.slug == "stichting-welzijn-putten"
    assert (question.asker.name, question.subject.name) == ("Petra", "Jannie")


def test_story_4_violence_at_home_on_a_friday_evening(
    putten: None,
    phone: Page,
    address: Address,
    journey: Journey,
    clock: Clock,
    console: Console,
) -> None:
    clock(FRIDAY_EVENING)
    page = phone
    page.goto(address("putten", "/vraag/"))
    text = page.inner_text("main")
    assert "Wij lezen nu niet mee" in text
    assert "maandag 30 november vanaf 9.00 uur" in text
    assert "0800-2000" in text
    journey.check(page, "before-typing")
    _further(page, "Begin")
    page.get_by_label("Vertel het in uw eigen woorden").fill("hij slaat mij weer")
    _further(page)
    assert page.get_by_role("heading", level=1).inner_text() == "Is er nu gevaar?"
    journey.check(page, "numbers-forward")
    _further(page, "Ja, er is nu gevaar")
    assert page.title() == "Stap 3 van 7 · Voordeur"
    assert "Wacht niet op ons" in page.inner_text("main")
    page.get_by_label("Over mijzelf").check()
    _further(page)
    _further(page)
    page.get_by_label("27 tot en met 66").check()
    _further(page)
    page.get_by_label("Stuur een mail").check()
    page.get_by_label("E-mailadres").fill("gezin@thuis.example")
    _further(page)
    journey.check(page, "check")
    _further(page, "Verstuur mijn vraag")
    journey.check(page, "done")
    question = Question.objects.get()
    assert (question.urgency, question.lead_team) == ("danger", question.partnership.triage_team)
    to_her = Message.objects.get(about_id=question.id, recipient_kind="resident")
    assert to_her.template == "news"
    assert Message.objects.filter(about_id=question.id, urgent=True).exists()
    with console.expecting("ERR_NAME_NOT_RESOLVED"):
        # The neutral page is not there in a test, so the way to it is what is looked at.
        with page.expect_response("**/snel-weg/") as exit_page:
            page.get_by_role("button", name="Snel weg").click(no_wait_after=True)
        assert exit_page.value.headers["refresh"].startswith("0; url=https://")
    assert Draft.objects.count() == 0


def _help_stands_on(page: Page) -> None:
    """What to do in danger, the quick exit, and wiping: on every page of the front door."""
    numbers = page.get_by_role("complementary", name="Hulp bij gevaar")
    for number in ("Bel 112", "Bel Veilig Thuis: 0800-2000", "Bel 113"):
        assert numbers.get_by_role("link", name=number, exact=True).is_visible(), page.url
    assert page.get_by_role("button", name="Snel weg").is_visible(), page.url
    assert page.get_by_role("button", name="Wis wat ik heb getypt").is_visible(), page.url


# What is typed on each page of "Schrijf het op": the label, and what is filled in or ticked.
TYPED = (
    (("Vertel het in uw eigen woorden", "een heel verhaal"),),
    (("Over mijn kind", True), ("Ja", True), ("Hoe heet die persoon?", "Sanne")),
    (("Opgroeien", True),),
    (("12 tot en met 15", True), ("Wat is de postcode van uw kind?", "3881 AB")),
    (
        ("Bel mij", True),
        ("Telefoonnummer", "06 12345678"),
        ("Hoe mogen wij u noemen?", "Ria"),
        ("In de avond", True),
        ("Een bericht inspreken", True),
        ("Stuur mij geen post", False),
    ),
)


def _field(page: Page, label: str) -> Locator:
    return page.get_by_label(label, exact=label in {"Ja", "Bel mij"}).first


def _fill(page: Page, fields: tuple[tuple[str, str | bool], ...]) -> None:
    for label, value in fields:
        field = _field(page, label)
        if isinstance(value, str):
            field.fill(value)
        else:
            field.set_checked(value)


def _stands_there(page: Page, fields: tuple[tuple[str, str | bool], ...]) -> None:
    for label, value in fields:
        field = _field(page, label)
        expect(field).to_be_visible()
        found = field.input_value() if isinstance(value, str) else field.is_checked()
        assert found == value, label


def test_seven_pages_and_going_back_over_all_of_them_loses_nothing(
    putten: None, old_phone: Page, address: Address
) -> None:
    page = old_phone
    page.goto(address("putten", "/"))
    _help_stands_on(page)
    page.get_by_role("link", name="Schrijf het op").click()
    expect(page).to_have_title("Stap 1 van 7 · Voordeur")
    _help_stands_on(page)
    _further(page, "Begin")
    # There: typed, left by "Vorige" before it was sent, and there again; then sent.
    for number, fields in enumerate(TYPED, start=2):
        expect(page).to_have_title(f"Stap {number} van 7 · Voordeur")
        _help_stands_on(page)
        _fill(page, fields)
        _further(page, "Vorige")
        expect(page).to_have_title(f"Stap {number - 1} van 7 · Voordeur")
        _further(page, "Ga verder" if number == 2 else "Verder")
        expect(page).to_have_title(f"Stap {number} van 7 · Voordeur")
        _stands_there(page, fields)
        _further(page)
    expect(page).to_have_title("Stap 7 van 7 · Voordeur")
    _help_stands_on(page)
    said = page.inner_text("main")
    # Back with "Vorige" from the check page to each of them.
    for number, fields in reversed(list(enumerate(TYPED, start=2))):
        page.goto(address("putten", "/vraag/controle/"))
        for press in range(7 - number):
            page.get_by_role("link" if press == 0 else "button", name="Vorige").click()
            page.wait_for_load_state()
        expect(page).to_have_title(f"Stap {number} van 7 · Voordeur")
        _stands_there(page, fields)
    page.goto(address("putten", "/vraag/controle/"))
    assert page.inner_text("main") == said
    page.get_by_label("Nee", exact=False).first.check()
    _further(page, "Verstuur mijn vraag")
    page.get_by_role("heading", name="Gelukt").wait_for()
    _help_stands_on(page)
    question = Question.objects.get()
    assert (question.words, question.subject.name) == ("een heel verhaal", "Sanne")
    assert question.asker.contact_wish.times == ["evening"]


def test_the_browsers_own_back_button_and_wiping(
    putten: None, old_phone: Page, address: Address
) -> None:
    page = old_phone
    page.goto(address("putten", "/vraag/"))
    _further(page, "Begin")
    page.get_by_label("Vertel het in uw eigen woorden").fill("een heel verhaal")
    _further(page)
    page.get_by_role("heading", name="Over wie gaat het?").wait_for()
    page.go_back()
    words = page.get_by_label("Vertel het in uw eigen woorden")
    expect(words).to_have_value("een heel verhaal")
    # Enter in a field of one line is "Verder" and not "Vorige", which stands first on the page.
    page.goto(address("putten", "/vraag/over-wie/"))
    page.get_by_label("Over mijn kind").check()
    page.get_by_label("Ja", exact=True).check()
    page.get_by_label("Hoe heet die persoon?").press("Enter")
    page.get_by_role("heading", name="Waar gaat het over?").wait_for()
    page.get_by_role("button", name="Wis wat ik heb getypt").click()
    page.get_by_role("heading", name="Het is gewist").wait_for()
    page.goto(address("putten", "/vraag/woorden/"))
    assert page.get_by_role("heading", level=1).inner_text() == "Voordat u begint"


def test_the_button_pressed_twice_makes_one_question(
    putten: None, phone: Page, address: Address
) -> None:
    page = phone
    page.goto(address("putten", "/vraag/bel-mij/"))
    page.get_by_label("Op welk nummer kunnen wij u bellen?").fill("06-12 34 56 78")
    _further(page)
    page.get_by_role("button", name="Verstuur").dblclick()
    page.get_by_role("heading", name="Gelukt").wait_for()
    reference = Question.objects.get().reference
    assert reference in page.inner_text("main")
    # And once more, from the page that still stands in the browser's history.
    page.go_back()
    page.wait_for_load_state()
    page.goto(address("putten", "/vraag/gelukt/"))
    assert reference in page.inner_text("main")
    assert Question.objects.count() == 1


def test_the_other_pages_and_what_is_wrong_on_them(
    putten: None, phone: Page, address: Address, journey: Journey, console: Console
) -> None:
    page = phone
    page.goto(address("", "/"))
    journey.check(page, "front-doors")
    for path in ("privacy", "toegankelijkheid", "vraag/hulp", "wissen", "gewist"):
        page.goto(address("putten", f"/{path}/"))
        journey.check(page, path.replace("/", "-"))
    page.goto(address("putten", "/vraag/?je=1"))
    _further(page, "Begin")
    with console.expecting("422"):
        _further(page)
        assert page.title() == "Er klopt iets niet · Stap 2 van 7 · Voordeur"
        journey.check(page, "words-missing")
        page.goto(address("putten", "/vraag/bel-mij/"))
        page.get_by_label("Op welk nummer").fill("12")
        _further(page)
        journey.check(page, "number-wrong")


@pytest.mark.parametrize("path", ["", "vraag/", "vraag/bel-mij/", "vraag/hulp/", "privacy/"])
def test_nothing_scrolls_sideways_on_320_px(
    putten: None, phone: Page, address: Address, path: str
) -> None:
    phone.set_viewport_size({"width": 320, "height": 640})
    phone.goto(address("putten", f"/{path}"))
    assert overflow(phone) == ""


def test_a_database_that_is_down_and_a_page_that_stood_open_lose_nothing(
    putten: None,
    phone: Page,
    address: Address,
    journey: Journey,
    console: Console,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = phone
    page.goto(address("putten", "/vraag/"))
    _further(page, "Begin")
    page.get_by_label("Vertel het in uw eigen woorden").fill("mijn hele verhaal")
    with console.expecting("503"), monkeypatch.context() as broken:
        broken.setitem(connections.settings["default"], "PORT", "1")
        with connection.cursor() as cursor:
            cursor.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where datname = current_database() and pid <> pg_backend_pid()"
            )
        _further(page)
        assert "Er is nog niets verstuurd" in page.inner_text("main")
        journey.check(page, "database-down")
    _further(page, "Verstuur nog een keer")
    assert page.get_by_role("heading", level=1).inner_text() == "Over wie gaat het?"
    page.get_by_label("Over mijzelf").check()
    page.context.clear_cookies()
    with console.expecting("403"):
        _further(page)
        journey.check(page, "stood-open-too-long")
    _further(page, "Ja, verstuur")
    assert "Wat u net heeft gestuurd, hebben wij nog" in page.inner_text("main")
    journey.check(page, "expired-and-kept")


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
    _further(page, "Begin")
    page.get_by_label("Wat wilt u?").fill("dat de kinderen weer naar buiten gaan")
    journey.check(page, "three-questions")
    _further(page)
    page.get_by_label("Over mijn kind").check()
    page.get_by_label("Ja", exact=True).check()
    _further(page)
    for domain in ("Opvoeden", "Opgroeien"):
        page.get_by_label(domain).first.check()
    _further(page)
    page.get_by_label("jonger dan 12").check()
    page.get_by_label("Wat is de postcode").fill("5346")
    _further(page)
    page.get_by_label("Stuur een sms").check()
    page.get_by_label("Telefoonnummer").fill("0612345678")
    _further(page)
    assert "Mag het Sociaal Team Noord-West lezen" in page.inner_text("main")
    journey.check(page, "check")
    page.get_by_label("Ja, dat mag").check()
    _further(page, "Verstuur mijn vraag")
    assert Question.objects.get().lead_team.slug == "sociaal-team-noord-west"
    make.fresh_front_doors()
