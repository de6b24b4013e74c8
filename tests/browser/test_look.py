"""The design system in a real browser: every component, in every state, in both widths."""

import gzip

import pytest
from playwright.sync_api import Page, Request

from tests.browser.conftest import Address, OpenPage
from tests.browser.pages import Journey, overflow, violations
from welzijn.devtools.styleguide import ERROR_PAGES

NARROWEST = {"width": 320, "height": 640}
BUDGET = 60 * 1024


@pytest.mark.parametrize("part", ["", "start/", "medewerkers/"])
def test_the_components(journey: Journey, page: Page, address: Address, part: str) -> None:
    page.goto(address("", f"/_onderdelen/{part}"))
    journey.check(page, "components")
    page.set_viewport_size(NARROWEST)  # type: ignore[arg-type]  # a plain dict of two ints
    assert overflow(page) == ""
    page.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true })")
    assert violations(page) == []
    assert overflow(page) == ""


@pytest.mark.parametrize("name", ERROR_PAGES)
def test_the_pages_for_when_something_is_wrong(
    journey: Journey, page: Page, address: Address, name: str
) -> None:
    page.goto(address("", f"/_onderdelen/fouten/{name}/"))
    assert page.locator("h1").count() == 1
    journey.check(page, name)


def test_the_first_visit_fits_the_budget(page: Page, address: Address) -> None:
    """60 KB for page, style sheet, fonts and icon together, as they go over the line.

    The test server doesn't compress, so text counts as what gzip makes of it.
    """
    sizes: dict[str, int] = {}

    finished: list[Request] = []
    page.on("requestfinished", lambda one: finished.append(one))  # noqa: PLW0108 - Playwright marks the function
    page.goto(address("", "/_onderdelen/start/"), wait_until="networkidle")
    for request in finished:
        response = request.response()
        assert response is not None
        body = response.body()
        compressed = request.url.endswith(".woff2")
        sizes[request.url] = len(body) if compressed else len(gzip.compress(body))
    assert any(url.endswith("resident.css") for url in sizes)
    assert sum(sizes.values()) < BUDGET, sizes


def test_text_twice_as_large_still_fits(page: Page, address: Address) -> None:
    page.goto(address("", "/_onderdelen/"))
    page.set_viewport_size({"width": 640, "height": 900})
    page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
    assert overflow(page) == ""


def test_a_keyboard_reaches_content_first_and_always_sees_where_it_is(
    page: Page, address: Address
) -> None:
    page.goto(address("", "/_onderdelen/start/"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#inhoud"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    for _ in range(3):
        ring = page.evaluate(
            """() => { const s = getComputedStyle(document.activeElement);
            const after = getComputedStyle(document.activeElement, '::after');
            return [s.outlineStyle, after.outlineStyle]; }"""
        )
        assert "solid" in ring, page.evaluate("document.activeElement.outerHTML")
        page.keyboard.press("Tab")


def test_the_staff_menu_opens_without_script(open_page: OpenPage, address: Address) -> None:
    phone = open_page(phone=True, javascript=False)
    phone.goto(address("", "/_onderdelen/medewerkers/"))
    assert not phone.get_by_role("link", name="Caseload").is_visible()
    phone.get_by_text("Menu", exact=True).click()
    assert phone.get_by_role("link", name="Caseload").is_visible()


def test_every_control_is_large_enough_to_hit(phone: Page, address: Address) -> None:
    phone.goto(address("", "/_onderdelen/"))
    small = phone.evaluate(
        """() => [...document.querySelectorAll('button, input, select, summary, .vd-option')]
            .filter((e) => e.offsetParent && !e.closest('.vd-option > *'))
            .filter((e) => !['hidden', 'radio', 'checkbox'].includes(e.type))
            .map((e) => [e.outerHTML.slice(0, 80), e.getBoundingClientRect().height])
            .filter(([, height]) => height < 24)"""
    )
    assert small == []
