"""The stories of the four other partnerships: the same as `stories.py`, at their own front door.

def test_story_6(at_partnership):
    story = at_partnership("landerd")
    page = story.as_one_of("ons-welzijn")      # a professional who reads what is new there
"""

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page

from intake.questions.models import Question
from organisations.roles.models import Membership, Role
from tests.browser.stories import Story
from tests.support import factories as make
from welzijn.accounts.models import User


@dataclass
class Elsewhere(Story):
    """One partnership as its file has it, with everybody in every role."""

    receipts: dict[str, tuple[str, str]] = field(default_factory=dict)

    def member(self, organisation: str, role: Role = Role.PROFESSIONAL, number: int = 0) -> User:
        """Somebody with a role in an organisation; number 0 of the professionals reads new ones."""
        found = Membership.objects.filter(
            partnership=self.partnership, organisation__slug=organisation, role=role
        ).order_by("-reads_new", "granted_at", "user__created_at", "pk")
        return found.select_related("user")[number].user

    def as_one_of(
        self,
        organisation: str,
        role: Role = Role.PROFESSIONAL,
        path: str = "/werk/",
        number: int = 0,
    ) -> Page:
        """That somebody at their desk, signed in now, in a window of their own."""
        return self.as_staff(self.member(organisation, role, number).name, path)

    def officer(self, municipality: str) -> User:
        """The policy officer of a municipality."""
        found = Membership.objects.select_related("user").get(
            partnership=self.partnership,
            role=Role.MUNICIPALITY,
            municipality__name=municipality,
        )
        return found.user

    def policy_officer(self, municipality: str, path: str = "/rapportage/") -> Page:
        """The same at their desk, at the figures."""
        return self.as_staff(self.officer(municipality).name, path)

    def keep(self, page: Page, who: str) -> None:
        """Somebody keeps the reference and code of the page that thanks them."""
        self.remember_the_receipt(page)
        self.receipts[who] = (self.reference, self.code)

    def keep_from_the_desk(self, desk: Page, who: str) -> None:
        """Somebody gets a card and a slip at the desk: reference and code."""
        shown = desk.locator("main .vd-card .vd-reference")
        self.receipts[who] = (shown.nth(0).inner_text(), shown.nth(1).inner_text())
        self.reference, self.code = self.receipts[who]

    def others_ask(self, number: int, *domains: str, **fields: Any) -> None:
        """So many other residents ask something now, by the real way in."""
        for _each in range(number):
            make.submitted(self, *domains, now=self.now, **fields)  # type: ignore[arg-type]

    def follow_as(self, page: Page, who: str) -> Page:
        """Somebody opens their own page with what they kept."""
        self.reference, self.code = self.receipts[who]
        return self.follow(page)

    def question_of(self, who: str) -> Question:
        """Somebody's question, fresh from the database."""
        return Question.objects.get(reference=self.receipts[who][0])
