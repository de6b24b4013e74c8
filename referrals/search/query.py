"""What somebody typed into the search box, as each way of finding takes it."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from intake.resident_access import codes
from welzijn.core.text_cleaning import clean_text

SHORTEST = 2
LONGEST = 100
SHORTEST_REFERENCE = 3
SHORTEST_NUMBER = 5  # digits: fewer are in too many numbers
SHORTEST_BEGINNING = 3  # letters of a word that goes on

_NUMBER = re.compile(r"[+(]?[\d\s()./+\-]+")
_ADDRESS = re.compile(r"[^\s@]*@[^\s@]*|[^\s@]+\.[^\s@.]{2,}")
_REFERENCE = re.compile(r"[A-Z0-9]+(?:[- ][A-Z0-9]+)?")


@dataclass(frozen=True, slots=True)
class ParsedSearch:
    """One text in each of its possible meanings; an empty one can't be meant."""

    text: str = ""
    references: tuple[str, ...] = ()  # as it is stored: a whole one, or what a part can be
    whole: bool = False
    number: str = ""  # digits without the country or the first 0
    email: str = ""
    name: str = ""
    words: str = ""  # for to_tsquery: all of them, the last one may go on


def parse(search: str) -> ParsedSearch:
    """Return what a search may mean; all is empty for what can't be searched for."""
    try:
        text = clean_text(search, LONGEST, one_line=True)
    except ValidationError:
        return ParsedSearch()
    if len(text) < SHORTEST or not any(c.isalnum() for c in text):
        return ParsedSearch()
    whole = codes.clean_reference(text) if _REFERENCE.fullmatch(text.upper()) else ""
    number = _number(text)
    email = text if _ADDRESS.fullmatch(text) and len(text.strip("@.")) >= SHORTEST + 1 else ""
    plain = not number and not email
    return ParsedSearch(
        text=text,
        references=(whole,) if whole else _parts_of_reference(text),
        whole=bool(whole),
        number=number,
        email=email,
        name=text if plain and any(c.isalpha() for c in text) else "",
        words=_words(text) if not number and "@" not in text else "",
    )


def _parts_of_reference(text: str) -> tuple[str, ...]:
    """Return what a part of a reference can be: its hyphen is often left out."""
    part = "-".join(text.upper().replace("-", " ").split())
    plain = part.replace("-", "")
    if len(plain) < SHORTEST_REFERENCE or not codes.may_be_in_reference(plain):
        return ()
    if plain != part:
        return (part,)
    half = 4
    across = range(max(1, len(part) - half), min(half, len(part) - 1) + 1)
    return (part, *(f"{part[:n]}-{part[n:]}" for n in across))


def _number(text: str) -> str:
    """Return the digits that stand in each notation of a number: without +31, 0031 or the 0."""
    if not _NUMBER.fullmatch(text):
        return ""
    text = text.replace("(0)", "") if text.startswith(("+", "00")) else text
    digits = "".join(filter(str.isdigit, text))
    if text.startswith("+"):
        digits = digits.removeprefix("31")
    elif digits.startswith("00"):
        digits = digits[2:].removeprefix("31")
    elif digits.startswith("0"):
        digits = digits[1:]
    return digits if len(digits) >= SHORTEST_NUMBER else ""


def _words(text: str) -> str:
    words = re.findall(r"\w+", text.replace("_", " "))[:10]
    if not words or not any(len(word) >= SHORTEST for word in words):
        return ""
    *first, last = words
    ending = ":*" if len(last) >= SHORTEST_BEGINNING else ""
    return " & ".join([*(f"'{word}'" for word in first), f"'{last}'{ending}"])
