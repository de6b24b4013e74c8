"""A resident's browser in tests: Django's client at Putten's front door."""

from typing import Any

from django.test import Client

HOST = {"host": "putten.localhost"}


class Resident:
    """A browser at Putten's front door."""

    def __init__(self) -> None:
        self.client = Client()

    def get(self, path: str) -> Any:
        """Open a page."""
        return self.client.get(path, headers=HOST)

    def post(self, path: str, **data: Any) -> Any:
        """Send a page."""
        return self.client.post(path, data, headers=HOST)

    def writes(self, words: str = "brief van deurwaarder snap nie", **other: Any) -> str:
        """Go through all pages up to the check page; `other` are answers by page. Gives the who
        of the check page's form."""
        pages: dict[str, dict[str, Any]] = {
            "woorden": {"words": words},
            "over-wie": {"about": "self"},
            "onderwerp": {"domains": ["geld"]},
            "leeftijd-en-postcode": {"age_band": "27-66", "postcode": "3881 ab"},
            "bereiken": {"ways": ["phone"], "phone": "06-12 34 56 78", "name": "Ria"},
        }
        self.post("/vraag/")
        for page, usual in pages.items():
            data = other.get(page.replace("-", "_"), usual)
            assert self.post(f"/vraag/{page}/", **data).status_code == 302, page
        return self.named()

    def named(self) -> str:
        """Who the check page names."""
        return str(self.get("/vraag/controle/").context["form"].initial["named"])

    def sends(self, named: str, shares: str = "yes") -> Any:
        """Send the check page."""
        return self.post("/vraag/controle/", shares=shares, named=named)
