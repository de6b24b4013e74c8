"""Count the clicks and the pages of a way through the product."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page


@dataclass
class Counted:
    """A page whose clicks are counted, and the addresses that one stood on while clicking."""

    page: Page
    clicks: int = 0
    pages: set[str] = field(default_factory=set)

    def click(self, target: Locator) -> None:
        """Click once; the address that one clicks on is a page."""
        target.wait_for()
        self.clicks += 1
        self.pages.add(urlsplit(self.page.url).path)
        target.click()

    def button(self, name: str) -> None:
        """Click the first button or link with this name."""
        self.click(
            self.page.get_by_role("button", name=name)
            .or_(self.page.get_by_role("link", name=name))
            .first
        )
