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
        }
        self.post("/vraag/")
        for page, usual in pages.items():
            self.fills_in(page, **other.get(page.replace("-", "_"), usual))
        self.reached_by(
            **other.get("bereiken", {"ways": ["phone"], "phone": "06-12 34 56 78", "name": "Ria"})
        )
        return self.named()

    def fills_in(self, page: str, **data: Any) -> None:
        """Send a page."""
        assert self.post(f"/vraag/{page}/", **data).status_code == 302, page

    def reached_by(self, **data: Any) -> None:
        """Go through the pages about contact: the ways, then what each needs, then the name."""
        self.fills_in("bereiken", ways=data["ways"])
        if {"phone", "sms"} & set(data["ways"]):
            self.fills_in("nummer", **_some(data, "phone", "times", "may"))
        if "email" in data["ways"]:
            self.fills_in("mail", **_some(data, "email", "say_who"))
        self.fills_in("naam", **_some(data, "name", "no_post", "language", "interpreter"))

    def sent_wrong(self, page: str, **data: Any) -> Any:
        """Send a page that is not right: it leads to itself. Gives what is wrong by field."""
        answer = self.post(f"/vraag/{page}/", **data)
        assert (answer.status_code, answer["Location"]) == (302, f"/vraag/{page}/")
        shown = self.get(f"/vraag/{page}/")
        assert shown.status_code == 200
        return shown

    def named(self) -> str:
        """Who the check page names."""
        return str(self.get("/vraag/controle/").context["form"].initial["named"])

    def sends(self, named: str, shares: str = "yes") -> Any:
        """Send the check page."""
        return self.post("/vraag/controle/", shares=shares, named=named)


def _some(data: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: data[name] for name in names if name in data}
