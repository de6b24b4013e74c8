"""Texts to start from: of the partnership or of one's own organisation, from its file.

A form says which of its fields take which kind in `starting_texts`. A page offers them as links
with the number of the text (`?begintekst=3`), so that they work without a script; the script puts
the text in the field at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from organisations.partnerships.models import Partnership
from organisations.roles.permissions import roles_at

PARAMETER = "begintekst"


@dataclass(frozen=True, slots=True)
class Offered:
    """A text as the page offers it, for the field with this name."""

    number: int
    title: str
    text: str
    field: str


def offered(fields: Mapping[str, str], partnership: Partnership, user: Any) -> list[Offered]:
    """The texts that this user may start from; `fields` maps kind to the name of a field."""
    stored = list(enumerate(partnership.starting_texts, start=1))
    if not fields or not stored:
        return []
    own: set[str] = set()
    if any(item["organisation"] for _number, item in stored):
        own = {role.organisation.slug for role in roles_at(user, partnership)}
    return [
        Offered(number, item["title"], item["text"], fields[item["kind"]])
        for number, item in stored
        if item["kind"] in fields and (not item["organisation"] or item["organisation"] in own)
    ]


def chosen(texts: list[Offered], number: str) -> dict[str, str]:
    """What a form starts with after one of them was chosen; {} for none or an unknown one."""
    return next((({one.field: one.text}) for one in texts if str(one.number) == number), {})
