"""What staff typed is there again: session over, no network, reload, crash; only for themselves."""

import time

import pytest
from django.conf import settings
from playwright.sync_api import Page

from intake.questions.models import Question
from referrals.casework import pick_up
from referrals.casework_base.models import ContactMoment
from tests.browser.conftest import Address, OpenPage, SignIn
from tests.browser.pages import Console, Journey, press
from tests.browser.signing_in import with_session
from tests.support import factories as make
from tests.support.factories import World
from welzijn.accounts.models import User
from welzijn.staff_forms.models import StaffDraft

WORDS = "Zij huilde & vertelde over <thuis>.\n\nMorgen bel ik haar zus."


@pytest.fixture
def worker(here: World) -> User:
    worker = make.intake_worker(here, "stimenz")
    question = make.question(here, "geld", name="Zeynep Yildiz")
    pick_up.pick_up(question=question, by=worker, now=make.TUESDAY)
    return worker


def path() -> str:
    return f"/vraagstuk/{Question.objects.get().pk}/contact/"


def type_note(page: Page, words: str = WORDS) -> None:
    page.get_by_role("radio", name="gesproken", exact=True).check()
    page.get_by_label("Werkaantekening").fill(words)


def note_of(page: Page) -> str:
    return page.get_by_label("Werkaantekening").input_value()


def profile_of(page: Page) -> str:
    """All that pages can keep in the browser."""
    return page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_note_survives_the_end_of_the_session(
    worker: User,
    here: World,
    open_page: OpenPage,
    address: Address,
    journey: Journey,
    console: Console,
    javascript: bool,
) -> None:
    home = address("putten", "/")
    page = open_page(javascript=javascript)
    with_session(page, worker, home)
    page.goto(address("putten", path()))
    type_note(page)
    # When: the session is gone, and the note is sent
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    with console.expecting("401"):
        press(page, "Contact vastleggen")
    page.get_by_text("Uw tekst is bewaard als concept").wait_for()
    assert "huilde" not in page.content()
    if javascript:
        journey.check(page, "signed-out")
        assert "huilde" not in profile_of(page)
    # Then: a colleague who signs in here finds nothing of it
    colleague = make.intake_worker(here, "stimenz")
    Question.objects.update(assigned_to=colleague)
    with_session(page, colleague, home)
    page.goto(address("putten", path()))
    assert note_of(page) == ""
    assert "concept" not in page.locator("main").inner_text().lower()
    # And: whoever typed it goes on
    Question.objects.update(assigned_to=worker)
    with_session(page, worker, home)
    page.goto(address("putten", path()))
    assert note_of(page) == WORDS
    assert page.get_by_role("radio", name="gesproken", exact=True).is_checked()
    if javascript:
        journey.check(page, "back")
    press(page, "Contact vastleggen")
    page.wait_for_url(f"**/vraagstuk/{Question.objects.get().pk}/")
    assert ContactMoment.objects.filter(note=WORDS).count() == 1
    assert not StaffDraft.objects.exists()
    page.goto(address("putten", path()))
    assert note_of(page) == ""


def test_while_typing_it_is_kept_and_a_reload_brings_it_back(
    worker: User, sign_in: SignIn, address: Address, journey: Journey
) -> None:
    page = sign_in(worker)
    page.goto(address("putten", path()))
    type_note(page)
    page.get_by_text("Concept bewaard om").wait_for()
    journey.check(page, "saved")
    page.reload()
    assert note_of(page) == WORDS
    # A crashed browser: nothing but the sign-in is left.
    page.close()
    page = sign_in(worker)
    page.goto(address("putten", path()))
    assert note_of(page) == WORDS
    press(page, "Wis dit concept")
    page.wait_for_load_state("networkidle")
    assert note_of(page) == ""


def test_without_a_network_nothing_is_sent_and_nothing_lost(
    worker: User, sign_in: SignIn, address: Address, journey: Journey, console: Console
) -> None:
    page = sign_in(worker)
    page.goto(address("putten", path()))
    page.wait_for_load_state("networkidle")
    with console.expecting("ERR_INTERNET_DISCONNECTED"):
        page.context.set_offline(True)
        type_note(page)
        page.get_by_role("button", name="Contact vastleggen").click()
        page.get_by_text("Er is geen verbinding").wait_for()
        assert note_of(page) == WORDS
        page.wait_for_timeout(1_000)
        assert "concept:" in profile_of(page)
        assert "huilde" not in profile_of(page)
        # The tab crashes before the network is back.
        page.goto("about:blank")
        page.context.set_offline(False)
    page.goto(address("putten", path()))
    page.get_by_text("Wis dit concept").wait_for()
    assert note_of(page) == WORDS
    page.wait_for_load_state("networkidle")
    assert "concept:" not in profile_of(page)
    journey.check(page, "after")


def test_the_page_says_that_the_session_ends_and_one_press_goes_on(
    worker: User,
    sign_in: SignIn,
    address: Address,
    journey: Journey,
) -> None:
    page = sign_in(worker)
    page.clock.install(time=time.time())
    page.goto(address("putten", path()))
    other = page.context.new_page()
    other.goto(address("putten", "/werk/"))
    field = page.get_by_label("Werkaantekening")
    field.focus()
    idle = int(page.locator("#formulieren").get_attribute("data-idle") or 0)
    # One clock for both tabs.
    page.clock.run_for((idle - 60 - 290) * 1000)
    for one in (page, other):
        one.get_by_text("Over vijf minuten logt Voordeur u uit").wait_for()
    assert page.evaluate("document.activeElement.name") == "note"
    journey.check(page, "ends-soon")
    press(page, "Blijf ingelogd")
    page.get_by_text("Over vijf minuten").wait_for(state="detached")
    other.get_by_text("Over vijf minuten").wait_for(state="detached")


def test_a_long_note_is_counted_and_twice_is_once(
    worker: User, sign_in: SignIn, address: Address, journey: Journey, console: Console
) -> None:
    page = sign_in(worker)
    page.goto(address("putten", path()))
    type_note(page, "a" * 10_001)
    page.get_by_text("1 te veel").first.wait_for()
    journey.check(page, "counted")
    press(page, "Contact vastleggen")
    page.get_by_text("De tekst is 1 tekens te lang").first.wait_for()
    assert len(note_of(page)) == 10_001
    # Reload asks nothing, and shows it again: what is wrong, and the text.
    page.reload()
    page.get_by_text("De tekst is 1 tekens te lang").first.wait_for()
    assert len(note_of(page)) == 10_001
    type_note(page)
    page.get_by_text("Concept bewaard om").wait_for()
    # Two tabs of the same page.
    twin = page.context.new_page()
    twin.goto(address("putten", path()))
    type_note(twin)
    for one in (page, twin):
        press(one, "Contact vastleggen")
        one.wait_for_url(f"**/vraagstuk/{Question.objects.get().pk}/")
    assert ContactMoment.objects.filter(note=WORDS).count() == 1
    twin.get_by_text("Dit was al opgeslagen. Het staat er één keer.").wait_for()
    journey.check(twin, "once")
