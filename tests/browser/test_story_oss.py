"""Story 9: a refugee family from Syria in Oss, with an interpreter; and their son of 16."""

from collections.abc import Callable

import pytest
from django.utils.translation import override
from playwright.sync_api import Page, expect

from intake.questions.models import Question
from organisations.directory.models import Team
from organisations.partnerships.models import Partnership
from organisations.partnerships.translations import texts_of, translate
from organisations.roles.models import Membership, Role
from referrals.conferences.models import AgendaItem, Conference
from tests.browser.elsewhere import Elsewhere
from tests.browser.pages import Console
from tests.browser.stories import main_of, press
from welzijn.accounts.models import User

WANTS = "نريد أن يهدأ البيت وأن يجد زوجي عملاً"
CAN = "أختي تساعدنا في الطبخ"
NEEDS = "من يشرح لنا رسائل البلدية"
CLOSING = "Is dit de beste oplossing? Ja? Dan gaan we er samen voor."
HIS_WORDS = "thuis is het druk. ik moet alles vertalen en op school zeg ik niks"
HIS_SECRETS = ("vertalen", "Bureau Jeugd en Gezin leest uw vraag", "16")


@pytest.fixture
def story(at_partnership: Callable[[str], Elsewhere]) -> Elsewhere:
    """Oss: the three questions, a team in each neighbourhood."""
    return at_partnership("oss")


def further(page: Page, button: str = "Verder") -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).click()


def of_the_team(organisation: str) -> User:
    """Somebody of an organisation in the Sociaal Team Noord-West."""
    return (
        Membership.objects.select_related("user")
        .get(
            team=Team.objects.get(slug="sociaal-team-noord-west"),
            organisation__slug=organisation,
            role=Role.TEAM_MEMBER,
        )
        .user
    )


def arabic(text: str) -> str:
    """A text of the pages, or of the partnership's file, as who reads Arabic sees it."""
    with override("ar"), texts_of(Partnership.objects.get(slug="oss")):
        return str(translate(text))


def the_parents_ask(story: Elsewhere) -> Page:
    """On a phone, in Arabic: what they want, what they can, what they need."""
    phone = story.open_page(phone=True, locale="ar")
    phone.goto(story.address("", "/vraag/"))
    further(phone, arabic("Begin"))
    phone.get_by_label(arabic("Vertel het in uw eigen woorden")).fill(WANTS)
    further(phone, arabic("Verder"))
    # One question a page.
    phone.get_by_label(arabic("Wat wilt u?")).fill(WANTS)
    further(phone, arabic("Verder"))
    phone.get_by_label(arabic("Wat kunt u?")).fill(CAN)
    story.journey.check(phone, "the-second-of-three-questions-in-arabic")
    further(phone, arabic("Verder"))
    phone.get_by_label(arabic("Wat heeft u nodig?")).fill(NEEDS)
    further(phone, arabic("Verder"))
    phone.get_by_label(arabic("Over mijzelf")).check()
    further(phone, arabic("Verder"))
    phone.get_by_label(arabic("Nieuw in Nederland")).check()
    phone.get_by_label(arabic("Geld en brieven")).check()
    further(phone, arabic("Verder"))
    phone.get_by_label(arabic("27 tot en met 66")).check()
    phone.get_by_label(arabic("Wat is uw postcode?")).fill("5346")
    further(phone, arabic("Verder"))
    phone.get_by_label(arabic("Stuur een mail")).check()
    further(phone, arabic("Verder"))
    address = phone.get_by_label(arabic("Naar welk adres mogen wij u mailen?"))
    address.fill("haddad@voordeur.example")
    story.journey.check(phone, "the-two-mails-in-arabic")
    further(phone, arabic("Verder"))
    phone.get_by_label(arabic("Hoe mogen wij u noemen?")).fill("Amal Haddad")
    # Who reads Arabic is taken to speak it, until they say otherwise.
    expect(phone.get_by_label(arabic("In welke taal praten wij?"))).to_have_value("ar")
    phone.get_by_label(arabic("Ik wil graag een tolk")).check()
    story.journey.check(phone, "arabic-and-an-interpreter")
    further(phone, arabic("Verder"))
    # A yes to a team names the organisations in it.
    for who in ("Sociaal Team Noord-West", "Steunpunt Nieuwkomers Oss", "Bureau Jeugd en Gezin"):
        expect(phone.locator("main")).to_contain_text(who)
    story.journey.check(phone, "the-yes-names-the-organisations")
    phone.get_by_label(arabic("Ja, dat mag")).check()
    further(phone, arabic("Verstuur mijn vraag"))
    expect(phone.get_by_role("heading", name=arabic("Gelukt"))).to_be_visible()
    story.keep(phone, "parents")
    return phone


def their_son_asks(story: Elsewhere) -> Page:
    """On his own phone, with je, without post, by himself."""
    phone = story.open_page(phone=True)
    phone.goto(story.address("", "/"))
    phone.get_by_role("link", name="Ben je jonger dan 18?").click()
    further(phone, "Begin")
    phone.get_by_label("Vertel het in je eigen woorden").fill(HIS_WORDS)
    further(phone)
    phone.get_by_label("Wat wil je?").fill(HIS_WORDS)
    for _question in range(3):
        further(phone)
    phone.get_by_label("Over mijzelf").check()
    further(phone)
    phone.get_by_label("Opgroeien en school").check()
    further(phone)
    phone.get_by_label("16 of 17").check()
    phone.get_by_label("Wat is je postcode?").fill("5346")
    further(phone)
    phone.get_by_label("Liever niet. Ik kijk zelf met mijn code").check()
    further(phone)
    further(phone)
    expect(phone.locator("main")).to_contain_text("Bureau Jeugd en Gezin")
    phone.get_by_label("Ja, dat mag").check()
    further(phone, "Verstuur mijn vraag")
    expect(phone.get_by_role("heading", name="Gelukt")).to_be_visible()
    story.keep(phone, "son")
    story.journey.check(phone, "the-son-has-his-own")
    return phone


def test_story_9_parents_and_son_in_oss(story: Elsewhere, console: Console) -> None:
    journey = story.journey

    # Given: the parents and their son of 16 ask separately.
    parents = the_parents_ask(story)
    son = their_son_asks(story)
    theirs, his = story.question_of("parents"), story.question_of("son")
    assert theirs.lead_team is not None
    assert theirs.lead_team.slug == "sociaal-team-noord-west"
    assert his.lead.slug == "bureau-jeugd-en-gezin"

    # And: he says that they belong together; to the parents' page that shows nothing.
    story.follow_as(son, "son")
    son.goto(story.address("", "/volg/vraag/gezin/"))
    son.get_by_label("Kenmerk van de andere vraag").fill(story.receipts["parents"][0])
    son.get_by_label("Code van de andere vraag").fill(story.receipts["parents"][1])
    press(son, "Zet de vragen bij elkaar")
    journey.check(son, "the-son-links-them")
    story.follow_as(parents, "parents")
    parents.goto(story.address("", "/volg/vraag/gezin/"))
    expect(parents.locator("main")).not_to_contain_text(arabic("Uw vraag hoort bij uw gezin."))
    journey.check(parents, "the-parents-see-nothing-of-it")

    # When: the team picks it up. Arabic and the interpreter stand where one calls from.
    case = f"/vraagstuk/{theirs.pk}/"
    worker = of_the_team("ons-welzijn")
    page = story.as_staff(worker.name, case)
    for seen in (WANTS, CAN, NEEDS, "Arabisch", "tolk"):
        expect(page.locator("main")).to_contain_text(seen)
    press(page, "Pak op")
    # The team holds the newcomers' centre already: nobody is asked about it twice.
    assert "De verdeelregel noemt ook" not in main_of(page)
    journey.check(page, "the-case-in-arabic")
    assert his.reference not in main_of(page)

    # And: she proposes an MDO with three participants, one of them from outside.
    page.goto(story.address("", f"{case}mdo/"))
    page.get_by_label("Waarover gaat het gesprek?").fill("Wat kan er rust geven thuis?")
    press(page, "Stel voor")
    conference = Conference.objects.get()
    page.goto(story.address("", f"/mdo/{conference.pk}/nodig-uit/"))
    for organisation in ("bureau-jeugd-en-gezin", "steunpunt-nieuwkomers"):
        page.get_by_label(of_the_team(organisation).name, exact=True).check()
    page.get_by_label("Naam van iemand van buiten").fill("Juf Carla")
    page.get_by_label("Van welke organisatie?").fill("Taalschool Oss")
    page.get_by_label("E-mailadres").fill("carla@taalschool.example")
    journey.check(page, "somebody-from-outside")
    press(page, "Nodig uit")
    press(page, "Kies een dag")
    page.get_by_label("Dag").fill("2026-12-01")
    page.get_by_label("Van").fill("10:00")
    page.get_by_label("Tot").fill("11:00")
    page.get_by_label("Waar").fill("Wijkcentrum Noord-West")
    press(page, "Leg vast en nodig uit")
    expect(page.locator("main")).to_contain_text("Taalschool Oss")
    journey.check(page, "three-participants")

    # Then: each has an invitation for the calendar that says nothing of a person.
    story.beat()
    calendars = {}
    for to in (
        of_the_team("bureau-jeugd-en-gezin").email,
        of_the_team("steunpunt-nieuwkomers").email,
        "carla@taalschool.example",
        "haddad@voordeur.example",
    ):
        mail = next(m for m in reversed(story.post(to)) if m.calendar)
        calendars[to] = mail.calendar.replace("\r\n ", "")
        for secret in ("Haddad", "Amal", theirs.reference, "gezin", "Syri"):
            # The receiver's own address stands in their invitation.
            assert secret not in mail.subject + mail.text + calendars[to].replace(to, "")
    for to, text in calendars.items():
        own = to == "haddad@voordeur.example"
        assert f"METHOD:{'PUBLISH' if own else 'REQUEST'}" in text
        assert "DTSTART:20261201T090000Z" in text
        # In the calendar of a resident nothing says what the appointment is.
        assert (f"UID:mdo-{conference.pk}@voordeur" in text) is not own
        assert ("mdo" in text.casefold()) is not own
    assert "Noord-West" in calendars["carla@taalschool.example"]
    assert "Noord-West" not in calendars["haddad@voordeur.example"]
    outside = story.post("carla@taalschool.example")[-1]
    path = next(word for word in outside.text.split() if "/mdo/uitnodiging/" in word)
    carla = story.open_page()
    carla.goto(story.address("", "/mdo/uitnodiging/" + path.split("/mdo/uitnodiging/")[1]))
    press(carla, "Ik kom")
    expect(carla.locator("main")).to_contain_text("U heeft gezegd dat u komt.")
    journey.check(carla, "carla-comes")

    # And: invited is not informed: the newcomers' centre has a part of its own in the team, the
    # school has none, and nobody of them reads anything of the son.
    newcomers = story.as_staff(of_the_team("steunpunt-nieuwkomers").name, f"/mdo/{conference.pk}/")
    press(newcomers, "Ik kom")
    assert his.reference not in main_of(newcomers)
    journey.check(newcomers, "what-the-newcomers-centre-sees")

    # When: they meet, with the interpreter, and make a plan around the three questions.
    story.at(2026, 12, 1, 11, 15)
    page = story.as_staff(worker.name, f"/mdo/{conference.pk}/")
    assert "Leest nog niets" not in main_of(page)
    press(page, "Schrijf plan, verslag en acties")
    page.get_by_label("Wat wilt u?").fill("Rust in huis. Werk voor Karim.")
    page.get_by_label("Wat kunt u?").fill("Amal kookt met haar zus. Karim is elektricien.")
    page.get_by_label("Wat heeft u nodig?").fill("Iemand die de brieven uitlegt.")
    page.get_by_label("Het plan, in de woorden van de inwoner").fill(
        "Elke dinsdag lezen wij de brieven met Selam. Karim gaat kijken bij het leerwerkbedrijf."
    )
    page.get_by_role("group", name="Is dit de beste oplossing?").get_by_label(
        "Ja", exact=True
    ).check()
    page.get_by_label("Wat zei de inwoner daarbij?").fill("Dan gaan we er samen voor.")
    page.get_by_label("Verslag").fill("Met een tolk. De tolk las het plan voor in het Arabisch.")
    journey.check(page, "the-plan-around-three-questions")
    press(page, "Bewaar")
    press(page, "Actie toevoegen")
    page.get_by_label("Wat gaat er gebeuren?").fill("Brieven lezen op dinsdag")
    page.get_by_label("Wie doet het?").select_option(
        label=str(of_the_team("steunpunt-nieuwkomers"))
    )
    page.get_by_label("Uiterlijk op").fill("2026-12-08")
    press(page, "Voeg toe")
    journey.check(page, "the-plan-with-an-action")

    # Then: the parents read their plan, which ends with the question of Oss.
    story.follow_as(parents, "parents")
    parents.goto(story.address("", "/volg/vraag/mdo/"))
    for shown in ("Elke dinsdag lezen wij de brieven", arabic(CLOSING)):
        expect(parents.locator("main")).to_contain_text(shown)
    expect(parents.get_by_text(arabic("Wat heeft u nodig?"), exact=True)).to_be_visible()
    journey.check(parents, "the-parents-read-their-plan")

    # And: the son's question stays closed to his parents, and theirs to him.
    for path in ("/volg/vraag/", "/volg/vraag/gezin/", "/volg/vraag/mdo/"):
        parents.goto(story.address("", path))
        assert his.reference not in parents.content()
        assert "vertalen" not in parents.content()
    story.follow_as(son, "son")
    for path in ("/volg/vraag/", "/volg/vraag/mdo/"):
        son.goto(story.address("", path))
        assert "Elke dinsdag" not in son.content()
        assert theirs.reference not in son.content()
    journey.check(son, "the-sons-page-is-his")
    assert [item.question_id for item in AgendaItem.objects.all()] == [theirs.pk]
    with console.expecting("404"):
        youth = of_the_team("bureau-jeugd-en-gezin")
        story.as_staff(youth.name, "/werk/")
        page = story.as_staff(worker.name, f"/vraagstuk/{his.pk}/")
        assert "vertalen" not in page.content()
    assert Question.objects.count() == 2
