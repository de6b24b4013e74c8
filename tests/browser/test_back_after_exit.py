"""Back after "Snel weg" shows nothing of the page that was left."""

import pytest
from playwright.sync_api import Page, expect

from intake.ask.views.leave import NEUTRAL_PAGE
from tests.browser.conftest import Address, OpenPage
from tests.browser.pages import press

SECRET = "iets dat niemand mag lezen"


def _write(page: Page, address: Address) -> None:
    page.route(
        NEUTRAL_PAGE,
        lambda route: route.fulfill(content_type="text/html", body="<title>Weer</title><p>Zon"),
    )
    page.goto(address("putten", "/vraag/"))
    press(page, "Begin")
    page.get_by_label("Vertel het in uw eigen woorden").fill(SECRET)
    press(page)
    expect(page.get_by_label("Over mijzelf")).to_be_visible()
    page.go_back()
    expect(page.get_by_label("Vertel het in uw eigen woorden")).to_have_value(SECRET)


@pytest.mark.parametrize("javascript", [True, False])
def test_back_finds_nothing_of_what_was_typed(
    putten: None, open_page: OpenPage, address: Address, javascript: bool
) -> None:
    page = open_page(phone=True, javascript=javascript)
    _write(page, address)
    page.get_by_role("button", name="Snel weg").click()
    expect(page).to_have_title("Weer")
    page.go_back(wait_until="commit")
    if javascript:
        # Back asked for the exit, which leads away again.
        expect(page).to_have_title("Weer")
    else:
        expect(page.get_by_role("button", name="Begin")).to_be_visible()
    assert SECRET not in page.content()
