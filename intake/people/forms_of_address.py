"""U or je: who is spoken to, in which form."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from django.utils.translation import get_language, gettext, override

from intake.people.models import ContactWish, Person
from organisations.routing.outcome import told_again

# A language of our own: Dutch that says je. Its catalogue (welzijn/locale/nl_JE) holds what differs
# from the Dutch in the source. Nobody can choose it, and a page's `lang` stays "nl".
JE: Final = "nl-je"


def pick(je: bool, polite: str, informal: str) -> str:
    """The sentence in the form that fits: `informal` where the page says je."""
    return informal if je else polite


@contextmanager
def in_form(je: bool) -> Iterator[None]:
    """Say je in here, where the page is Dutch and `je` asks for it; else nothing changes."""
    if je and get_language() == "nl":
        with override(JE):
            yield
    else:
        yield


def says_je(person: Person) -> bool:
    """Whether this person was spoken to with je when they asked."""
    wish: ContactWish | None = getattr(person, "contact_wish", None)
    return wish is not None and wish.says_je


def in_their_form(text: str, *, je: bool = False) -> str:
    """A text of a partnership or a colleague, Dutch that says u, as this page speaks.

    In je where the page or `je` says so; in English where a catalogue has it (that of the five
    partnership files is organisations/partnerships/locale); else as it is.
    """
    language = get_language() or "nl"
    if language == JE or (je and language == "nl"):
        return in_je(text)
    return told_again(gettext(text)) if text and language == "en" else text


# After these, je is "jou": it carries weight there.
_WEIGHTY = "voor|aan|over|zonder|bij|naar|van|door|tegen"
_TURNED = {
    "heeft": "heb",
    "bent": "ben",
    "kunt": "kun",
    "wilt": "wil",
    "zult": "zul",
    "hebt": "heb",
}
# Where a sentence begins with one of these and a verb, u is who does it.
_FIRST = "[Dd]an|[Dd]aar|[Hh]ier|[Hh]iermee|[Dd]aarmee|[Nn]u|[Zz]o|[Ss]amen|[Dd]aarna|[Ee]erst"
_NO_VERB = "(?i:met|dat|wat|omdat|voordat|totdat|zodat|doordat|uit|niet) "
_OPENING = r"^|[.?!:] |\n"
_SUBORDINATE = r"(?:(?:dat|het|al|nu|nog|iemand|een|eerder|net|hier|zelf|nodig) )*"


def in_je(text: str) -> str:
    """Dutch that says u, in je: pronouns, and the verbs that change with them.

    For short texts that we did not write twice: a partnership's own, and what stands in a timeline.
    A verb before u loses its t only where it opens a sentence or is one of the auxiliaries: in "Zij
    brengt u naar huis" u is not who brings.
    """
    verbs = "|".join(_TURNED)
    steps: list[tuple[str, str | Callable[[re.Match[str]], str]]] = [
        (rf"\b({verbs}) u\b", lambda m: f"{_TURNED[m[1]]} je"),
        (rf"\b({verbs.title()}) u\b", lambda m: f"{_TURNED[m[1].lower()].capitalize()} je"),
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
    for pattern, replacement in steps:
        text = re.sub(pattern, replacement, text)
    return text


def _je(letter: str) -> str:
    return "Je" if letter == "U" else "je"


def _stem(verb: str) -> str:
    """A verb without its t, as it stands before je; "weet" and "moet" keep theirs."""
    return f"{verb}t" if verb.lower() in {"wee", "moe", "zi", "laa"} else verb
