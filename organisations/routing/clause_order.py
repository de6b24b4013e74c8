"""Whether a reason is a Dutch clause that can follow "omdat": its verb stands at the end."""

import re

# Finite verbs that a main sentence puts second: "het over geld gaat", "zij zijn er voor u".
_SECOND = (
    "gaat|gaan|is|zijn|bent|ben|heeft|hebben|hebt|doet|doen|komt|komen|geeft|geven|biedt|bieden|"
    "kent|kennen|neemt|nemen|spreekt|spreken|zoekt|zoeken|regelt|regelen|beslist|beslissen|"
    "woont|wonen|werkt|werken"
)
_MODAL = "kan|kunnen|kunt|wil|willen|wilt|mag|mogen|moet|moeten|zal|zullen|zult"
_SUBJECT = (
    r"(?:het|dit|dat|u|je|jij|zij|ze|wij|we|er|hij|iemand|niemand|(?:de|dit|deze|een|uw|jouw) \w+)"
)
MAIN_ORDER = (
    re.compile(r"\bgaat (?:over|om)\b(?! (?:wat|wie|hoe)\b)", re.IGNORECASE),
    re.compile(rf"^{_SUBJECT} (?:{_SECOND}) (?!(?:en|of|die|dat|wie|wat|hoe)\b)", re.IGNORECASE),
    # "zij kunnen helpen" is in order, "zij kunnen u helpen" isn't.
    re.compile(rf"^{_SUBJECT} (?:{_MODAL}) (?!\w+en\b)", re.IGNORECASE),
)


def is_main_order(reason: str) -> bool:
    """Whether a reason has the word order of a sentence of its own.

    It knows common verbs only: what it doesn't recognise is accepted.
    """
    return any(pattern.search(reason) for pattern in MAIN_ORDER)
