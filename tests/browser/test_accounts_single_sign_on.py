"""Through the organisation's own sign-on, in a browser that holds the policy against forms."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Address
from tests.browser.pages import Console, Journey
from tests.support import factories as make
from tests.support.factories import World
from tests.welzijn.accounts.identity_provider import configured, issuer, know

__all__ = ["configured", "issuer"]  # fixtures


@pytest.fixture
def here(transactional_db: None, settings: Any, configured: None) -> Iterator[World]:
    """Putten, as in production, with a sign-on of its own."""
    settings.WELZIJN_DEMO = False
    make.fresh_front_doors()
    yield make.world()
    make.fresh_front_doors()


def test_a_colleague_comes_in_through_the_organisation(
    here: World, issuer: str, page: Page, address: Address, journey: Journey, console: Console
) -> None:
    user = make.coordinator(here)
    name = know(issuer, email=user.email)
    page.goto(address("putten", "/accounts/login/"))
    journey.check(page, "sign-in")
    with console.expecting("ERR_NAME_NOT_RESOLVED|favicon|404"):  # the provider's own page
        page.get_by_role("link", name="Gemeente Voorbeeld").click()
        page.wait_for_url(re.compile(re.escape(issuer)))
        page.locator("input[name=sub]").fill(name)
        page.get_by_role("button", name="Authorize").click()
        page.get_by_role("heading", name="Tweede stap bij inloggen").wait_for()
    journey.check(page, "signed-in")


def test_a_stranger_reads_what_to_do(
    here: World, issuer: str, page: Page, address: Address, journey: Journey, console: Console
) -> None:
    name = know(issuer, email="niemand@elders.example")
    page.goto(address("putten", "/accounts/login/"))
    with console.expecting("ERR_NAME_NOT_RESOLVED|favicon|404|403"):
        page.get_by_role("link", name="Gemeente Voorbeeld").click()
        page.locator("input[name=sub]").fill(name)
        page.get_by_role("button", name="Authorize").click()
        page.get_by_role("heading", name="U heeft hier nog geen account").wait_for()
    journey.check(page, "no-account")


def test_stopping_at_the_provider_leads_back_to_sign_in(
    here: World, issuer: str, page: Page, address: Address, journey: Journey, console: Console
) -> None:
    page.goto(address("putten", "/accounts/login/"))
    with console.expecting("ERR_NAME_NOT_RESOLVED|favicon|404|403"):
        page.get_by_role("link", name="Gemeente Voorbeeld").click()
        page.get_by_role("button", name="Deny").click()
        page.get_by_role("heading", name="U bent gestopt met inloggen").wait_for()
    journey.check(page, "stopped")
    page.get_by_role("link", name="Naar inloggen").click()
    page.get_by_role("heading", name="Inloggen voor medewerkers").wait_for()
