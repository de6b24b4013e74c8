"""Forms of address: which texts say u and which say je."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from django.utils.translation import get_language, override

from organisations.partnerships.translations import translate
from organisations.routing.reasons import translate_reason

if TYPE_CHECKING:
    # The models tell their sentences with this module.
    from intake.people.models import ContactWish, Person

# A language code of our own: Dutch that says je. Its catalogue (welzijn/locale/nl_JE) holds what
# differs from the Dutch in the source. Nobody can choose it, and a page's `lang` stays "nl".
JE: Final = "nl-je"


def pick(je: bool, polite: str, informal: str) -> str:
    """Return `informal` if the page says je, else `polite`."""
    return informal if je else polite


@contextmanager
def in_form(je: bool) -> Iterator[None]:
    """Use je in this block if the page is Dutch and `je` is set; else change nothing."""
    if je and get_language() == "nl":
        with override(JE):
            yield
    else:
        yield


def says_je(person: "Person") -> bool:
    """Whether this person was addressed with je when they asked."""
    wish: ContactWish | None = getattr(person, "contact_wish", None)
    return wish is not None and wish.says_je


def in_their_form(text: str, *, je: bool = False) -> str:
    """Return a Dutch text that says u, in the language and form of address of this page.

    For texts of a partnership or a colleague. In je if the page or `je` says so; in English if a
    catalogue has it (organisations/partnerships/locale for the five partnership files); else as
    it is.
    """
    language = get_language() or "nl"
    if language == JE or (je and language == "nl"):
        return in_je(text)
    if not text or language.startswith("nl"):
        return text
    return translate_reason(str(translate(text)))


# After these prepositions je is stressed, so it becomes "jou".
_WEIGHTY = "voor|aan|over|zonder|bij|naar|van|door|tegen"
_TURNED = {
    "heeft": "heb",
    "bent": "ben",
    "kunt": "kun",
    "wilt": "wil",
    "zult": "zul",
    "hebt": "heb",
}
# In a sentence that begins with one of these and a verb, u is the subject.
_FIRST = "[Dd]an|[Dd]aar|[Hh]ier|[Hh]iermee|[Dd]aarmee|[Nn]u|[Zz]o|[Ss]amen|[Dd]aarna|[Ee]erst"
_NO_VERB = "(?i:met|dat|wat|omdat|voordat|totdat|zodat|doordat|uit|niet) "
_OPENING = r"^|[.?!:] |\n"
_SUBORDINATE = r"(?:(?:dat|het|al|nu|nog|iemand|een|eerder|net|hier|zelf|nodig) )*"


def in_je(text: str) -> str:
    """Rewrite Dutch that says u into je: pronouns, and the verbs that change with them.

    For short texts of which there is no second version: a partnership's own, and timeline texts.
    A verb before u loses its t only if it opens a sentence or is an auxiliary: in "Zij brengt u
    naar huis" u is not the subject.
    """
    for pattern, replacement in STEPS:
        text = re.sub(pattern, replacement, text)
    return text


def _je(letter: str) -> str:
    return "Je" if letter == "U" else "je"


def _stem(verb: str) -> str:
    """Return a verb as written before je, without its t; "weet" and "moet" keep theirs."""
    return f"{verb}t" if verb.lower() in {"wee", "moe", "zi", "laa"} else verb


# Each pattern, and what its matches become; in this order.
_VERBS = "|".join(_TURNED)
STEPS: list[tuple[str, str | Callable[[re.Match[str]], str]]] = [
    (rf"\b({_VERBS}) u\b", lambda m: f"{_TURNED[m[1]]} je"),
    (rf"\b({_VERBS.title()}) u\b", lambda m: f"{_TURNED[m[1].lower()].capitalize()} je"),
    (rf"({_OPENING})(?!{_NO_VERB})([A-Z][a-zé]+)t u\b", lambda m: f"{m[1]}{_stem(m[2])} je"),
    (rf"\b({_FIRST}) (?!{_NO_VERB})(\w+)t u\b", lambda m: f"{m[1]} {_stem(m[2])} je"),
    (r"\b([Vv]indt) u\b", lambda m: f"{m[1][:-1]} je"),
    (rf"\b({_WEIGHTY}) u\b", r"\1 jou"),
    (
        rf"(?<!met )\b([Uu]) ({_SUBORDINATE}?)(?:heeft|hebt)\b",
        lambda m: f"{_je(m[1])} {m[2]}hebt",
    ),
    (r"(?<!\d )\b([Uu])(zelf|w)?\b", lambda m: _je(m[1]) + ("zelf" if m[2] == "zelf" else "")),
    (r"\b([Jj]e (?:\w+ )?)zich\b", r"\1je"),
]
