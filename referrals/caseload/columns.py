"""The columns of the caseload: which there are, which are shown, and the order that each gives."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

# The reference always stands first.
LABELS: Mapping[str, Any] = {
    "waar": _("Waar"),
    "leefgebied": _("Leefgebied"),
    "bij": _("Bij"),
    "medewerker": _("Medewerker"),
    "status": _("Status"),
    "termijn": _("Termijn"),
    "binnen": _("Binnen"),
    "ingang": _("Ingang"),
    "spoed": _("Spoed"),
    "laatste": _("Laatst gewerkt"),
}
DEFAULT = ("waar", "leefgebied", "bij", "status", "termijn", "binnen")
# The order that a column sorts by, and the one of a second press.
SORTS: Mapping[str, tuple[str, str]] = {
    "kenmerk": ("kenmerk", "-kenmerk"),
    "waar": ("waar", "-waar"),
    "leefgebied": ("leefgebied", "-leefgebied"),
    "bij": ("bij", "-bij"),
    "medewerker": ("medewerker", "-medewerker"),
    "status": ("status", "-status"),
    "termijn": ("termijn", "-termijn"),
    "binnen": ("nieuwste", "oudste"),
    "ingang": ("ingang", "-ingang"),
    "spoed": ("spoed", "-spoed"),
    "laatste": ("laatste", "-laatste"),
}


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column: its link sorts by it, or turns the order round."""

    key: str
    label: Any
    url: str
    sorted: str = ""
    """ascending or descending, for `aria-sort`; empty where the list has another order."""


def chosen(keys: Iterable[str]) -> tuple[str, ...]:
    """Return the known ones among the chosen columns in their own order; none: the usual ones."""
    wanted = set(keys)
    return tuple(key for key in LABELS if key in wanted) or DEFAULT


def heads(query: QueryDict, shown: Iterable[str], order: str) -> list[Head]:
    """Return the heads of a page of the list with this address."""
    return [_head(query, key, order) for key in ("kenmerk", *shown)]


def _head(query: QueryDict, key: str, order: str) -> Head:
    first, second = SORTS[key]
    address = query.copy()
    for parameter in ("na", "voor"):
        address.pop(parameter, None)
    address["volgorde"] = second if order == first else first
    descending = order.startswith("-") or order == "nieuwste"
    return Head(
        key,
        _("Kenmerk") if key == "kenmerk" else LABELS[key],
        f"?{address.urlencode()}",
        ("descending" if descending else "ascending") if order in {first, second} else "",
    )
