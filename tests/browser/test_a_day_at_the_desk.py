"""A working day at the desk, from signing in to what is due tomorrow, with the keyboard alone.

Fatma sits at the desk and has questions of her own. Twenty minutes of real work: last month's
client phones, the number has changed, her session ends in the middle of a note, somebody stands at
the desk, a caller asks where an appointment is, a question goes to a colleague elsewhere, and she
reports that she is away next week.
"""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from playwright.sync_api import Locator, Page, expect

from intake.people import details
from intake.questions.models import Question
from organisations.roles import availability
from referrals.casework import close, pick_up
from referrals.casework_base.models import ContactMoment
from referrals.follow_ups import staff_actions
from referrals.follow_ups.models import FollowUp
from referrals.handovers.models import Handover
from tests.browser.conftest import Address
from tests.browser.pages import STAFF_PHONE, Console, Journey
from tests.browser.test_journey_desk import tab_to, typed
from tests.support import factories as make
from tests.support.factories import World
from welzijn.accounts.models import User

NOTE = "Zij belt: de deurwaarder komt vrijdag. Zij is bang en slaapt slecht."
SUMMARY = "Een moeder met een zoon van 14 die thuis zit."


@pytest.fixture
def journey(journey: Journey) -> Journey:
    """Pictures at the widths that are asked of staff's pages."""
    return replace(journey, phone=STAFF_PHONE)


@pytest.fixture
def fatma(here: World) -> User:
    fatma = make.intake_worker(here, "stimenz", who=make.user("Fatma de Boer"))
    make.desk_worker(here, "stimenz", who=fatma)
    EmailAddress.objects.create(user=fatma, email=fatma.email, verified=True, primary=True)
    return fatma


@pytest.fixture
def yusuf(here: World) -> User:
    return make.professional(here, "stimenz", who=make.user("Yusuf Demir"))


def of_last_month(here: World, fatma: User, name: str, domain: str = "geld") -> Question:
    """A question that Fatma has since last month."""
    then = make.TUESDAY - timedelta(days=28)
    asked = make.question(here, domain, name=name, now=then)
    # The rules may name others first; she is the one who helps.
    return pick_up.pick_up(question=asked, by=fatma, now=then)


def opened(page: Page, heading: str | re.Pattern[str]) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    page.wait_for_load_state()


def enter(target: Locator) -> None:
    """Tab to a link or button and press Enter."""
    tab_to(target)
    target.page.keyboard.press("Enter")


def write(field: Locator, text: str) -> None:
    """Tab to a field and type in it."""
    tab_to(field)
    field.page.keyboard.press("Control+A")
    field.page.keyboard.type(text)


def date(field: Locator, day: str) -> None:
    """Tab to a day; how its parts are typed differs between browsers."""
    tab_to(field)
    field.fill(day)


def choose(group: Locator, name: str) -> None:
    """Choose one of a group of radios: Tab comes to the group, the arrows go through it."""
    wanted = group.get_by_label(name, exact=True)
    first = group.get_by_role("radio").first
    held = group.locator("input:checked")
    tab_to(held.first if held.count() else first)
    for _press in range(12):
        if wanted.is_checked():
            return
        group.page.keyboard.press("Space" if not held.count() else "ArrowRight")
    raise AssertionError(f"the arrows do not come to {name}")


def tick(group: Locator, name: str) -> None:
    """Tick one of a group of boxes: one stop of Tab, the arrows go through it."""
    wanted = group.get_by_label(name)
    tab_to(group.locator("input").first)
    for _press in range(12):
        if wanted.evaluate("element => element === document.activeElement"):
            group.page.keyboard.press("Space")
            expect(wanted).to_be_checked()
            return
        group.page.keyboard.press("ArrowRight")
    raise AssertionError(f"the arrows do not come to {name}")


def sign_in(page: Page, user: User) -> None:
    write(page.get_by_label("E-mailadres"), user.email)
    write(page.get_by_label("Wachtwoord", exact=True), make.PASSWORD)
    page.keyboard.press("Enter")


def find(page: Page, words: str, name: str) -> None:
    """Find a question from whatever page this is, and open it."""
    page.wait_for_load_state()
    page.locator("body").evaluate("() => document.activeElement.blur()")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type(words)
    page.locator("#gevonden").get_by_role("link", name=name).first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    opened(page, name)


def test_a_day_at_the_desk(
    here: World,
    page: Page,
    address: Address,
    journey: Journey,
    console: Console,
    fatma: User,
    yusuf: User,
) -> None:
    zeynep = of_last_month(here, fatma, "Zeynep Yildiz")
    staff_actions.plan(
        question=zeynep,
        what="brieven meelezen",
        due_on=make.TUESDAY.date(),
        by=fatma,
        now=make.TUESDAY - timedelta(days=7),
    )
    ada = of_last_month(here, fatma, "Ada de Wit")
    close.close(
        question=ada,
        result=Question.Result.HELPED,
        words="De huur is betaald.",
        by=fatma,
        now=make.TUESDAY - timedelta(days=10),
    )

    # She signs in, and sees what is due today.
    page.goto(address("putten", "/accounts/login/?next=/werk/"))
    sign_in(page, fatma)
    page.wait_for_url("**/werk/**")
    expect(page.locator("main")).to_contain_text("Zeynep Yildiz")
    expect(page.locator("main")).to_contain_text("Brieven meelezen")
    journey.check(page, "today")

    # Last month's client, by a part of the name: closed ones too, and marked as such.
    find(page, "de wit", "Ada de Wit")
    expect(page.locator("main")).to_contain_text("Afgerond")
    # The other one phones: her name with a slip.
    find(page, "yildis", "Zeynep Yildiz")
    journey.check(page, "last-months-client")

    # What she says is noted; the session ends before it is sent.
    enter(page.get_by_role("link", name="Contact vastleggen").first)
    opened(page, "Contact vastleggen")
    choose(page.get_by_role("group", name="Hoe ging het?"), "gesproken")
    write(page.get_by_label("Werkaantekening"), NOTE)
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    with console.expecting("401"):
        enter(page.get_by_role("button", name="Contact vastleggen"))
        page.get_by_text("Uw tekst is bewaard als concept").wait_for()
    assert "deurwaarder" not in page.content()
    journey.check(page, "session-over")
    enter(page.get_by_role("link", name="Log opnieuw in"))
    page.get_by_label("Wachtwoord", exact=True).wait_for()
    sign_in(page, fatma)
    opened(page, "Contact vastleggen")
    expect(page.get_by_label("Werkaantekening")).to_have_value(NOTE)
    expect(page.get_by_label("gesproken", exact=True)).to_be_checked()
    journey.check(page, "the-note-is-there")
    tab_to(page.get_by_label(re.compile("Brieven meelezen")))
    typed(page, "Space")
    date(page.get_by_label("Volgende stap op"), "2026-12-01")
    write(page.get_by_label("Wat is de volgende stap?"), "deurwaarder bellen")
    enter(page.get_by_role("button", name="Contact vastleggen"))
    opened(page, "Zeynep Yildiz")
    page.get_by_text("Deurwaarder bellen").first.wait_for()
    assert ContactMoment.objects.get(question=zeynep).note == NOTE

    # Her number has changed.
    enter(page.get_by_role("link", name="Wijzig naam, nummer of wensen"))
    opened(page, "Gegevens van de inwoner")
    write(page.get_by_label("Telefoonnummer"), "06 22 33 44 55")
    journey.check(page, "number")
    enter(page.get_by_role("button", name="Opslaan"))
    # Where it was heard is asked by name, and nothing is lost.
    page.get_by_text("Kies waar u dit hoorde.").first.wait_for()
    expect(page.get_by_label("Telefoonnummer")).to_have_value("06 22 33 44 55")
    journey.check(page, "heard-where")
    choose(page.get_by_role("group", name="Waar hoorde u dit?"), "aan de telefoon")
    enter(page.get_by_role("button", name="Opslaan"))
    opened(page, "Zeynep Yildiz")
    page.get_by_role("link", name="06 22334455").wait_for()
    zeynep.refresh_from_db()
    assert details.known(zeynep.asker)["phone"] == "+31622334455"

    # Somebody stands at the desk.
    enter(page.get_by_role("navigation").get_by_role("link", name="Balie").first)
    opened(page, "Nieuwe vraag")
    words = page.get_by_label("De vraag, in de woorden van de inwoner")
    expect(words).to_be_focused()
    # What is proposed while typing comes before the group is walked; the first time in a process
    # it takes a while on a busy machine.
    with page.expect_response("**/balie/voorstel/", timeout=120_000):
        page.keyboard.type("mijn zoon van 14 wil niet meer naar school")
    expect(page.locator("#voorstel.htmx-request")).to_have_count(0)
    tick(page.locator("#voorstel"), "Opgroeien en school")
    write(page.get_by_label("Telefoonnummer"), "06 55 44 33 22")
    journey.check(page, "at-the-desk")
    page.keyboard.press("Control+Enter")
    page.get_by_role("blockquote").first.wait_for()
    typed(page, "j")
    opened(page, "De vraag is opgeschreven")
    journey.check(page, "written-down")
    new = Question.objects.latest("received_at")

    # A caller asks where an appointment is: passed on by reference, and told nothing.
    enter(page.get_by_role("link", name="Bericht doorgeven").first)
    opened(page, "Bericht doorgeven")
    expect(page.get_by_label("Kenmerk van de vraag")).to_have_value(new.reference)
    write(page.get_by_label("Wie belt of staat aan de balie?"), "de moeder")
    write(page.get_by_label("Waar gaat het over, in één regel?"), "waar blijft mijn afspraak")
    enter(page.get_by_role("button", name="Geef door"))
    opened(page, "Nieuwe vraag")
    page.get_by_text("Doorgegeven.").first.wait_for()
    journey.check(page, "passed-on")
    assert FollowUp.objects.filter(question=new, kind=FollowUp.Kind.DESK).exists()

    # Jeugd-Punt can help Zeynep's son better: a warm handover.
    find(page, zeynep.reference, "Zeynep Yildiz")
    enter(page.get_by_role("link", name="Draag warm over").first)
    opened(page, "Draag warm over")
    tab_to(page.get_by_label("Aan wie draagt u over?"))
    page.keyboard.type("Jeugd")
    write(page.get_by_label("Waarom kunnen zij beter helpen?"), "Zij kennen de school goed.")
    write(page.get_by_label("Wat moet de ander weten?"), SUMMARY)
    choose(page.get_by_role("group", name="Vindt de inwoner het goed?"), "Ja, aan de telefoon")
    journey.check(page, "handing-over")
    enter(page.get_by_role("button", name="Draag warm over"))
    opened(page, "Zeynep Yildiz")
    page.get_by_text("De overdracht loopt.").first.wait_for()
    assert Handover.objects.get(question=zeynep).receiver == here["jeugd-punt"]

    # She is away next week.
    page.goto(address("putten", "/werk/afwezig/"))
    opened(page, "Afwezig melden")
    date(page.get_by_label("Vanaf"), "2026-11-30")
    date(page.get_by_label("Tot en met"), "2026-12-04")
    tab_to(page.get_by_label("Wie vervangt u?"))
    page.keyboard.type("Yusuf")
    enter(page.get_by_role("button", name="Opslaan"))
    page.get_by_text("Yusuf Demir vervangt u.").first.wait_for()
    journey.check(page, "away")
    monday = make.TUESDAY.date() + timedelta(days=6)
    stand_in = availability.stand_in(user=fatma, partnership_id=here.partnership.pk, on=monday)
    assert stand_in == yusuf

    # What was due today is done.
    enter(page.get_by_role("navigation").get_by_role("link", name=re.compile("^Werk")).first)
    page.wait_for_url("**/werk/**")
    expect(page.locator("main")).not_to_contain_text("Brieven meelezen")
    journey.check(page, "the-end-of-the-day")
