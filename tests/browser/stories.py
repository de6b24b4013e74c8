"""The base of Putten's stories: its own file, invented staff, a clock, and the mail.

    def test_story_1(story):
        phone = story.phone()                      # a resident, 360 px wide
        aart = story.as_staff("Aart van Ravenswaaij")
        story.until(2026, 11, 26, 9)               # the beat runs: reminders, then mails
        assert "PT-" in story.post("aart")[-1].text

The server runs in this process, so one clock serves browser, server and beat.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from playwright.sync_api import Page

from intake.questions.models import Question
from organisations.partnerships.models import Partnership
from referrals.reminders import sweep as reminder_sweep
from tests.browser.pages import Journey
from tests.browser.signing_in import with_session
from welzijn.accounts.models import User
from welzijn.core.working_days import AMSTERDAM
from welzijn.notifications.delivery import sweep
from welzijn.notifications.models import DemoMail

# The beat looks many times an hour; these hours of a day hold everything that a day brings: due
# before the daily mail, the daily mail, and the rest of the day.
BEAT = (6, 8, 10, 12, 15, 17, 21)


@dataclass
class Story:
    """Breed Welzijn Putten in a browser, on a clock that the story moves."""

    partnership: Partnership
    journey: Journey
    open_page: Callable[..., Page]
    address: Callable[..., str]
    clock: Callable[[datetime], None]
    now: datetime
    reference: str = ""
    code: str = ""
    _signed_in: dict[str, Page] = field(default_factory=dict)

    # --- Time -----------------------------------------------------------------------------------
    def at(self, *moment: int) -> datetime:
        """Set the clock: year, month, day, hour, minute in Amsterdam. Gives the moment."""
        year, month, day, hour, minute = (*moment, 0, 0)[:5]
        self.now = datetime(year, month, day, hour, minute, tzinfo=AMSTERDAM)
        self.clock(self.now)
        return self.now

    def until(self, *moment: int) -> None:
        """Let time pass up to a moment, with all that the beat does on the way."""
        year, month, day, hour, minute = (*moment, 0, 0)[:5]
        end = datetime(year, month, day, hour, minute, tzinfo=AMSTERDAM)
        today = self.now.astimezone(AMSTERDAM).date()
        while today <= date(year, month, day):
            for beat in BEAT:
                at = datetime(today.year, today.month, today.day, beat, 1, tzinfo=AMSTERDAM)
                if self.now < at <= end:
                    self.beat(at)
            today += timedelta(days=1)
        self.beat(end)

    def beat(self, at: datetime | None = None) -> None:
        """What the beat does at one moment: what is due reminds, and what waits is sent."""
        if at is not None:
            self.now = at
            self.clock(at)
        reminder_sweep.sweep(now=self.now)
        sweep(now=self.now)

    # --- People ---------------------------------------------------------------------------------
    def phone(self) -> Page:
        """A phone, 360 px wide, with the front door open."""
        page = self.open_page(phone=True)
        page.goto(self.address("putten", "/"))
        return page

    def person(self, name: str) -> User:
        """A colleague by name."""
        return User.objects.get(name=name)

    def as_staff(self, name: str, path: str = "/werk/") -> Page:
        """A colleague at their desk, signed in now, in a window of their own."""
        page = self._signed_in.get(name) or self.open_page()
        self._signed_in[name] = page
        with_session(page, self.person(name), self.address("putten", "/"))
        page.goto(self.address("putten", path))
        return page

    def remember_the_receipt(self, page: Page) -> None:
        """The resident keeps reference and code of the page that thanks them."""
        self.reference, self.code = (
            shown.inner_text().strip() for shown in page.locator("main .vd-slip__value").all()[:2]
        )

    def follow(self, page: Page) -> Page:
        """The resident opens their own page with reference and code."""
        page.context.clear_cookies()
        page.goto(self.address("putten", "/volg/"))
        # By name: the labels are in the language of the browser.
        page.locator("main input[name=reference]").fill(self.reference)
        page.locator("main input[name=code]").fill(self.code)
        page.locator("main form button[type=submit]").first.click()
        page.wait_for_url("**/volg/vraag/")
        return page

    # --- What was sent --------------------------------------------------------------------------
    def post(self, to: str) -> list[DemoMail]:
        """What went to an address (or a part of one), oldest first."""
        return list(DemoMail.objects.filter(recipient__icontains=to).order_by("created_at", "id"))

    def question(self) -> Question:
        """The question of this story, fresh from the database."""
        return Question.objects.get()

    def case(self) -> str:
        """The path of the case page."""
        return f"/vraagstuk/{self.question().pk}/"


def press(page: Page, name: str) -> None:
    """A button, or a link that looks like one, in the page's own part."""
    main = page.locator("main")
    main.get_by_role("button", name=name, exact=True).or_(
        main.get_by_role("link", name=name, exact=True)
    ).first.click()
    page.wait_for_load_state()


def main_of(page: Page) -> str:
    """What the page says in its own part."""
    return page.inner_text("main")


def choose(page: Page, group: str, option: str) -> None:
    """One of the options under a question."""
    page.get_by_role("group", name=group).get_by_label(option).check()
