"""The browser of the journeys: real Chromium against the running product.

    def test_a_resident_asks(journey, page, address):
        page.goto(address("putten", "/"))
        journey.check(page, "front-door")   # axe, both widths, picture

A test that uses `address`, `page` or `open_page` may write to the database and see what the server
wrote. When it ends, the browser's console must have been silent; `console.expecting("403")` allows
a complaint that belongs to the story.
"""

import os
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, Protocol

import pytest
from django.utils import timezone
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Playwright,
    expect,
    sync_playwright,
)
from pytest_django.live_server_helper import LiveServer

from tests.browser import chromium
from tests.browser.elsewhere import Elsewhere
from tests.browser.pages import DESK, PHONE, Console, Journey
from tests.browser.partnerships import from_its_file
from tests.browser.signing_in import with_session
from tests.browser.stories import Story
from tests.support import factories as make
from welzijn.accounts.models import User
from welzijn.devtools.demo_data.staff import make_staff

# Playwright runs an event loop in this thread; Django's ORM would refuse to work beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
expect.set_options(timeout=60_000)


Address = Callable[..., str]
"""Gives the address of a path at a partnership's front door: `address("putten", "/vraag/")`."""
SignIn = Callable[[User], Page]
"""Opens a page of their own for somebody who is signed in."""
Clock = Callable[[datetime], None]
"""Sets the clock."""


class OpenPage(Protocol):
    """Opens a page in a browser window of its own: nothing is shared with another one."""

    def __call__(self, *, phone: bool = False, javascript: bool = True, **options: Any) -> Page:
        """Give a new page; `options` are Playwright's for a context (`locale="ar"`)."""


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright's driver."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """One Chromium for the session; each page gets a context of its own."""
    program = chromium.find_on_path() or chromium.of_playwright(playwright)
    if program is None:
        pytest.fail("No Chromium: run `make test`, which installs one.", pytrace=False)
    started = playwright.chromium.launch(executable_path=program, args=chromium.arguments())
    yield started
    started.close()


@pytest.fixture
def console() -> Iterator[Console]:
    """What the pages of this test complain about; at the end it must be nothing."""
    console = Console()
    yield console
    assert not console.complaints, "The browser's console:\n" + "\n".join(console.complaints)


@pytest.fixture
def open_page(browser: Browser, console: Console, live_server: LiveServer) -> Iterator[OpenPage]:
    """Opens pages for several people at once, each with their own cookies."""
    contexts: list[BrowserContext] = []

    def open_one(*, phone: bool = False, javascript: bool = True, **options: Any) -> Page:
        context = browser.new_context(
            **{
                "viewport": PHONE if phone else DESK,
                "has_touch": phone,
                "java_script_enabled": javascript,
                "locale": "nl-NL",
                "timezone_id": "Europe/Amsterdam",
                "reduced_motion": "reduce",
                **options,
            }
        )
        contexts.append(context)
        # A busy machine makes a slow test, not a red one.
        context.set_default_timeout(90_000)
        page = context.new_page()
        console.watch(page)
        return page

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """A page 1280 px wide."""
    return open_page()


@pytest.fixture
def phone(open_page: OpenPage) -> Page:
    """A page 360 px wide, with touch."""
    return open_page(phone=True)


@pytest.fixture
def address(live_server: LiveServer) -> Address:
    """Gives the address of a path at a partnership's front door: `address("putten", "/vraag/")`.

    An empty slug is the bare host, which lists the partnerships.
    """

    def of(slug: str, path: str = "/") -> str:
        host = f"{slug}.localhost" if slug else "localhost"
        return f"http://{host}:{live_server.thread.port}{path}"

    return of


@pytest.fixture
def journey(request: pytest.FixtureRequest) -> Journey:
    """The checks and pictures of this test, under its own name."""
    return Journey(re.sub(r"[^a-z0-9]+", "-", request.node.name.removeprefix("test_").lower()))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock of server and beat, which run in this process; it stands at a Tuesday, 10.00."""

    def set_to(moment: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: moment)

    set_to(make.TUESDAY)
    return set_to


@pytest.fixture
def here(transactional_db: None, settings: Any, clock: Clock) -> Iterator[make.World]:
    """A small Putten on that Tuesday; as in the demo, no second factor is asked."""
    settings.WELZIJN_DEMO = True
    make.fresh_front_doors()
    yield make.world()
    make.fresh_front_doors()


@pytest.fixture
def sign_in(open_page: OpenPage, address: Address) -> SignIn:
    """Opens a page of their own for somebody who is signed in."""

    def of(user: User) -> Page:
        page = open_page()
        with_session(page, user, address("putten", "/"))
        return page

    return of


@pytest.fixture
def at_partnership(
    transactional_db: None,
    settings: Any,
    clock: Clock,
    journey: Journey,
    open_page: OpenPage,
    address: Address,
) -> Iterator[Callable[[str], Elsewhere]]:
    """Gives a partnership as its file has it, with staff, that clock and the demo's mailbox."""

    def at(slug: str) -> Elsewhere:
        settings.WELZIJN_DEMO = True
        settings.EMAIL_BACKEND = "welzijn.devtools.demo_mail_backend.DemoBackend"

        def there(_slug: str, path: str = "/") -> str:
            return address(slug, path)

        partnership = from_its_file(slug)
        make_staff(partnership=partnership, now=make.TUESDAY)
        return Elsewhere(partnership, journey, open_page, there, clock, make.TUESDAY)

    make.fresh_front_doors()
    yield at
    make.fresh_front_doors()


@pytest.fixture
def story(at_partnership: Callable[[str], Elsewhere]) -> Story:
    """The same of Putten, where the stories of DESIGN play (`stories.py`)."""
    return at_partnership("putten")


@pytest.fixture
def putten(transactional_db: None, clock: Clock) -> Iterator[None]:
    """Breed Welzijn Putten as its own file describes it, on a Tuesday morning."""
    from_its_file("putten")
    yield
    make.fresh_front_doors()


@pytest.fixture
def old_phone(open_page: OpenPage) -> Page:
    """A page 360 px wide, without JavaScript."""
    return open_page(phone=True, javascript=False)
