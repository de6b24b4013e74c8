"""Which help fits what was heard: the numbers and places of the danger page, best first.

It decides nothing but the order of a page. Kinds come from the listener; hunger, a carer at the end
of their strength and a place for the night are told apart here, because other help fits them.
"""

import re
from collections.abc import Iterable
from enum import StrEnum

from django.utils.translation import gettext_lazy as _lazy

from organisations.triage_hints import DangerKind

# Kinds of danger in words: those of the listener, and those that are told apart here.
NAMES = {
    "violence": _lazy("geweld"),
    "suicide": _lazy("zelfdoding"),
    "child": _lazy("een kind"),
    "acute": _lazy("acute nood"),
    "hunger": _lazy("geen eten"),
    "carer": _lazy("mantelzorger die niet meer kan"),
}


class Help(StrEnum):
    """One entry of the danger page; the value names its template, `intake/danger/help/`."""

    EMERGENCY = "112"
    SUICIDE = "113"
    VIOLENCE = "veilig_thuis"
    CHILD = "kindertelefoon"
    FOOD = "voedselbank"
    CARER = "mantelzorg"
    DOCTOR = "huisarts"


_FITS: dict[str, tuple[Help, ...]] = {
    DangerKind.VIOLENCE: (Help.EMERGENCY, Help.VIOLENCE),
    DangerKind.SUICIDE: (Help.SUICIDE, Help.EMERGENCY, Help.DOCTOR),
    DangerKind.CHILD: (Help.EMERGENCY, Help.VIOLENCE, Help.CHILD),
    DangerKind.ACUTE: (Help.EMERGENCY, Help.DOCTOR),
    "hunger": (Help.FOOD, Help.EMERGENCY),
    "carer": (Help.CARER, Help.EMERGENCY, Help.DOCTOR),
}
_ALL = (Help.EMERGENCY, Help.VIOLENCE, Help.SUICIDE, Help.CHILD)
# What is said of having nothing to eat, and of caring until nothing is left. Other languages come
# from the listener's kinds; only the order of the page depends on it.
_HUNGER = re.compile(
    r"honger|voedselbank|babyvoeding|nik?s (meer )?te eten|niets (meer )?te eten|geen (eten|brood)"
    r"|niet gegeten|nothing to eat|no food|food bank|hungry|starving",
    re.IGNORECASE,
)
_CARER = re.compile(
    r"mantelzorg|verzorg(?!ingshuis)|zorg(en)? voor|zorg ik|dement|alzheimer"
    r"|care (for|of) my|carer\b",
    re.IGNORECASE,
)
_AT_THE_END = re.compile(
    r"(kan|kunnen|trek|hou|houd) (het |dit |er )?(echt |gewoon )?(nie|niet|niks) meer"
    r"|ik ben op\b|ben kapot|uitgeput|can'?t (do this|cope|go on)|exhausted",
    re.IGNORECASE,
)


def kinds_of(kinds: Iterable[str], text: str) -> list[str]:
    """Return the kinds with those that are told apart here, the most telling first."""
    found = list(kinds)
    if not found:
        return []
    more = []
    if _CARER.search(text) and _AT_THE_END.search(text):
        more.append("carer")
    if _HUNGER.search(text):
        more.append("hunger")
    # Violence and suicide come first whatever else is the matter.
    grave = [k for k in found if k in (DangerKind.VIOLENCE, DangerKind.SUICIDE)]
    return list(dict.fromkeys([*grave, *more, *found]))


def names_of(kinds: Iterable[str]) -> str:
    """Return kinds of danger in words."""
    return ", ".join(str(NAMES[kind]) for kind in kinds if kind in NAMES)


def fitting(kinds: Iterable[str], *, young: bool, has_food_bank: bool) -> list[Help]:
    """Return the help for these kinds, best first; all numbers where no kind is known."""
    wanted = [one for kind in kinds for one in _FITS.get(kind, (Help.EMERGENCY,))] or list(_ALL)
    if young:
        # Whoever is under 18 can always talk first.
        wanted = [one for one in wanted if one != Help.CHILD]
        wanted.insert(2 if wanted[0] == Help.SUICIDE else 1, Help.CHILD)
    if not has_food_bank:
        wanted = [w for w in wanted if w != Help.FOOD] or [Help.EMERGENCY]
    return list(dict.fromkeys(wanted))
