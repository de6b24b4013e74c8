"""What was, found with one click from any page; and all with the keyboard, never while typing."""

import pytest
from playwright.sync_api import Page, expect

from intake.questions.models import Question
from referrals.casework import pick_up
from tests.browser.conftest import Address, OpenPage, SignIn
from tests.browser.pages import Journey
from tests.support import factories as make
from tests.support.factories import World
from welzijn.accounts.models import User


class Clicks:
    """Count the clicks of a user; keys that type or focus are no clicks."""

    def __init__(self) -> None:
        self.number = 0

    def click(self, page: Page, name: str) -> None:
        page.locator("#gevonden").get_by_role("link", name=name).click()
        self.number += 1


@pytest.fixture
def worker(here: World) -> User:
    return make.intake_worker(here, "stimenz", who=make.user("Fatma de Boer"))


@pytest.fixture
def question(here: World, worker: User) -> Question:
    question = make.question(
        here, "geld", name="Zeynep van der Yildiz", words="brief van deurwaarder snap nie"
    )
    return pick_up.pick_up(question=question, by=worker, now=make.TUESDAY)


def case_is_open(page: Page) -> None:
    page.get_by_role("heading", name="Zeynep van der Yildiz").wait_for()


def test_name_number_and_part_of_a_reference_are_one_click_away(
    here: World,
    sign_in: SignIn,
    address: Address,
    journey: Journey,
    worker: User,
    question: Question,
) -> None:
    page = sign_in(worker)
    for typed in ("yildis", "06-12 34 56 78", question.reference[:4], "deurwaarders"):
        page.goto(address("putten", "/aanbod/"))
        clicks = Clicks()
        page.keyboard.press("/")
        page.keyboard.type(typed)
        page.locator("#gevonden").get_by_role("link", name="Zeynep").wait_for()
        if typed == "yildis":
            journey.check(page, "found-while-typing")
        clicks.click(page, "Zeynep")
        case_is_open(page)
        assert clicks.number <= 1
        assert typed not in page.url


def test_the_search_with_the_keyboard_alone(
    here: World, sign_in: SignIn, address: Address, worker: User, question: Question
) -> None:
    page = sign_in(worker)
    page.goto(address("putten", "/werk/"))
    page.keyboard.press("/")
    box = page.get_by_role("searchbox")
    expect(box).to_be_focused()
    page.keyboard.type("zeynep")
    page.locator("#gevonden a").wait_for()
    page.keyboard.press("Escape")
    expect(page.locator("#gevonden a")).to_have_count(0)
    expect(box).to_be_focused()
    page.keyboard.type(" y")
    page.locator("#gevonden a").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    case_is_open(page)


def test_enter_shows_a_page_of_what_was_found(
    here: World,
    sign_in: SignIn,
    open_page: OpenPage,
    address: Address,
    journey: Journey,
    worker: User,
    question: Question,
) -> None:
    page = sign_in(worker)
    page.goto(address("putten", "/werk/"))
    page.get_by_role("searchbox").fill("yildiz")
    page.keyboard.press("Enter")
    page.wait_for_url("**/zoeken/")
    page.locator("main").get_by_role("link", name="Zeynep").wait_for()
    journey.check(page, "search-page")
    page.keyboard.press("Tab")
    page.locator("body").click(position={"x": 900, "y": 700})
    page.keyboard.press("j")
    page.keyboard.press("o")
    case_is_open(page)


def test_help_lists_the_keys_of_the_page_and_gives_the_focus_back(
    here: World,
    sign_in: SignIn,
    address: Address,
    journey: Journey,
    worker: User,
    question: Question,
) -> None:
    page = sign_in(worker)
    page.goto(address("putten", f"/vraagstuk/{question.pk}/"))
    note = page.get_by_role("link", name="Notitie").first
    note.focus()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Toetsen op deze bladzijde")
    dialog.wait_for()
    for key in ("Notitie", "Plannen", "Naar het zoekveld"):
        expect(dialog.get_by_role("cell", name=key)).to_be_visible()
    expect(dialog.get_by_role("cell", name="Volgende in de lijst")).to_be_hidden()
    journey.check(page, "keys")
    page.keyboard.press("n")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(note).to_be_focused()
    page.keyboard.press("n")
    page.wait_for_url("**/notitie/")
    page.go_back()
    case_is_open(page)
    page.keyboard.press("p")
    page.wait_for_url(f"**/{question.pk}/*/")


def test_j_and_k_walk_the_list_and_no_key_acts_while_typing(
    here: World, sign_in: SignIn, address: Address, worker: User, question: Question
) -> None:
    second = make.question(here, "geld", name="Ada de Wit")
    pick_up.pick_up(question=second, by=worker, now=make.TUESDAY)
    page = sign_in(worker)
    page.goto(address("putten", "/werk/?lijst=mijn"))
    links = page.locator("main table[data-list] th a")
    expect(links).to_have_count(2)
    page.keyboard.press("j")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("j")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("j")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(links.nth(0)).to_be_focused()
    box = page.get_by_role("searchbox")
    box.focus()
    page.keyboard.type("jk?o/n")
    expect(box).to_have_value("jk?o/n")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    page.keyboard.press("j")
    page.keyboard.press("o")
    page.wait_for_url("**/vraagstuk/*/")


def test_the_keys_can_be_turned_off(
    here: World, sign_in: SignIn, address: Address, worker: User, question: Question
) -> None:
    page = sign_in(worker)
    page.goto(address("putten", f"/vraagstuk/{question.pk}/"))
    page.get_by_role("button", name="Toetsen (?)").first.click()
    page.get_by_label("Gebruik de toetsen").uncheck()
    page.get_by_role("button", name="Sluit").click()
    page.keyboard.press("n")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert page.url.endswith(f"/vraagstuk/{question.pk}/")


def test_the_desk_goes_from_a_reference_to_passing_something_on(
    here: World, sign_in: SignIn, address: Address, journey: Journey, question: Question
) -> None:
    page = sign_in(make.desk_worker(here))
    page.goto(address("putten", "/balie/"))
    page.get_by_label("Kenmerk van de beller").fill(question.reference.lower())
    journey.check(page, "desk-reference")
    page.keyboard.press("Enter")
    page.wait_for_url("**/balie/doorgeven/?kenmerk=*")
    expect(page.get_by_label("Kenmerk van de vraag")).to_have_value(question.reference)
    expect(page.get_by_text("Zeynep")).to_have_count(0)
    page.goto(address("putten", "/balie/"))
    page.get_by_label("Kenmerk van de beller").fill("Zeynep Yildiz")
    page.keyboard.press("Enter")
    page.get_by_text("Dit is geen heel kenmerk").wait_for()
    assert page.url.endswith("/balie/doorgeven/")
