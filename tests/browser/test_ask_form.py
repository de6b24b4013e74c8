"""The public form in a browser: going back, errors, a broken connection and small screens."""

import pytest
from django.db import connection, connections
from playwright.sync_api import Locator, Page, expect

from intake.questions.models import Question
from tests.browser.conftest import Address
from tests.browser.pages import Console, Journey, overflow, press


def _assert_danger_help(page: Page) -> None:
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
    (("Bel mij", True),),
    (
        ("Op welk nummer kunnen wij u bellen?", "06 12345678"),
        ("In de middag", True),
        ("Een bericht inspreken", True),
    ),
    (("Hoe mogen wij u noemen?", "Ria"), ("Stuur mij geen post", False)),
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


def _assert_filled(page: Page, fields: tuple[tuple[str, str | bool], ...]) -> None:
    for label, value in fields:
        field = _field(page, label)
        expect(field).to_be_visible()
        found = field.input_value() if isinstance(value, str) else field.is_checked()
        assert found == value, label


def test_all_pages_and_going_back_over_all_of_them_loses_nothing(
    putten: None, old_phone: Page, address: Address
) -> None:
    page = old_phone
    page.goto(address("putten", "/"))
    _assert_danger_help(page)
    page.get_by_role("link", name="Schrijf het op").click()
    expect(page).to_have_title("Stap 1 van 8 · Voordeur")
    _assert_danger_help(page)
    press(page, "Begin")
    # There: typed, left by "Vorige" before it was sent, and there again; then sent.
    for number, fields in enumerate(TYPED, start=2):
        expect(page).to_have_title(f"Stap {number} van {_of(number)} · Voordeur")
        _assert_danger_help(page)
        _fill(page, fields)
        press(page, "Vorige")
        expect(page).to_have_title(f"Stap {number - 1} van {_of(number)} · Voordeur")
        press(page, "Ga verder" if number == 2 else "Verder")
        expect(page).to_have_title(f"Stap {number} van {_of(number)} · Voordeur")
        _assert_filled(page, fields)
        press(page)
    expect(page).to_have_title("Stap 9 van 9 · Voordeur")
    _assert_danger_help(page)
    shown = page.inner_text("main")
    # Back with "Vorige" from the check page to each of them.
    for number, fields in reversed(list(enumerate(TYPED, start=2))):
        page.goto(address("putten", "/vraag/controle/"))
        for steps_back in range(9 - number):
            page.get_by_role("link" if steps_back == 0 else "button", name="Vorige").click()
            page.wait_for_load_state()
        expect(page).to_have_title(f"Stap {number} van 9 · Voordeur")
        _assert_filled(page, fields)
    page.goto(address("putten", "/vraag/controle/"))
    assert page.inner_text("main") == shown
    page.get_by_label("Nee", exact=False).first.check()
    press(page, "Verstuur mijn vraag")
    page.get_by_role("heading", name="Gelukt").wait_for()
    _assert_danger_help(page)
    question = Question.objects.get()
    assert (question.words, question.subject.name) == ("een heel verhaal", "Sanne")
    assert question.asker.contact_wish.times == ["afternoon"]


def _of(number: int) -> int:
    """How many pages there are: one more once it is known that we may call."""
    return 8 if number <= 6 else 9


def test_the_browsers_own_back_button_and_wiping(
    putten: None, old_phone: Page, address: Address
) -> None:
    page = old_phone
    page.goto(address("putten", "/vraag/"))
    press(page, "Begin")
    page.get_by_label("Vertel het in uw eigen woorden").fill("een heel verhaal")
    press(page)
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


def test_pressing_send_twice_creates_one_question(
    putten: None, phone: Page, address: Address
) -> None:
    page = phone
    page.goto(address("putten", "/vraag/bel-mij/"))
    page.get_by_label("Op welk nummer kunnen wij u bellen?").fill("06-12 34 56 78")
    press(page)
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


def test_the_other_pages_and_their_errors(
    putten: None, phone: Page, address: Address, journey: Journey
) -> None:
    page = phone
    page.goto(address("", "/"))
    journey.check(page, "front-doors")
    for path in ("privacy", "toegankelijkheid", "vraag/hulp", "wissen", "gewist"):
        page.goto(address("putten", f"/{path}/"))
        journey.check(page, path.replace("/", "-"))
    page.goto(address("putten", "/vraag/?je=1"))
    press(page, "Begin")
    press(page)
    expect(page).to_have_title("Er klopt iets niet · Stap 2 van 8 · Voordeur")
    journey.check(page, "words-missing")
    page.goto(address("putten", "/vraag/bel-mij/"))
    page.get_by_label("Op welk nummer").fill("12")
    press(page)
    expect(page).to_have_title("Er klopt iets niet · Stap 1 van 2 · Voordeur")
    journey.check(page, "number-wrong")
    # Back and reload show pages, and never ask to send anything again.
    page.go_back()
    page.wait_for_load_state()
    page.go_forward()
    expect(page.get_by_label("Op welk nummer")).to_have_value("12")
    page.reload()
    expect(page.get_by_label("Op welk nummer")).to_have_value("12")


@pytest.mark.parametrize("path", ["", "vraag/", "vraag/bel-mij/", "vraag/hulp/", "privacy/"])
def test_nothing_scrolls_sideways_on_320_px(
    putten: None, phone: Page, address: Address, path: str
) -> None:
    phone.set_viewport_size({"width": 320, "height": 640})
    phone.goto(address("putten", f"/{path}"))
    assert overflow(phone) == ""


def test_a_database_outage_and_an_expired_page_lose_nothing(
    putten: None,
    phone: Page,
    address: Address,
    journey: Journey,
    console: Console,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = phone
    page.goto(address("putten", "/vraag/"))
    press(page, "Begin")
    page.get_by_label("Vertel het in uw eigen woorden").fill("mijn hele verhaal")
    with console.expecting("503"), monkeypatch.context() as broken:
        broken.setitem(connections.settings["default"], "PORT", "1")
        with connection.cursor() as cursor:
            cursor.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where datname = current_database() and pid <> pg_backend_pid()"
            )
        press(page)
        assert "Er is nog niets verstuurd" in page.inner_text("main")
        journey.check(page, "database-down")
    press(page, "Verstuur nog een keer")
    assert page.get_by_role("heading", level=1).inner_text() == "Over wie gaat het?"
    page.get_by_label("Over mijzelf").check()
    page.context.clear_cookies()
    with console.expecting("403"):
        press(page)
        journey.check(page, "stood-open-too-long")
    press(page, "Ja, verstuur")
    assert "Wat u net heeft gestuurd, hebben wij nog" in page.inner_text("main")
    journey.check(page, "expired-and-kept")
