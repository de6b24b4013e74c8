"""A sentence that was written down in Dutch, told again as the page speaks.

Timelines and what is due keep sentences, not templates: they are what was said then. They are
written in Dutch whatever the language of who did it (`gettext_noop`, `languages.in_dutch`),
and each reader is told them again: a resident's page in English or one that says je, a colleague
who works in English. What somebody wrote freely stays as it was written.
"""

import re
from functools import cache

from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, override

from intake.people.forms_of_address import in_their_form

# The sentences of timelines and of what can't be done any more, with something filled in. Those
# without stand in the catalogue as they are. test_timeline_rendering.py holds the whole list.
SENTENCES = (
    "Uw vraag ligt bij {who}, omdat {reason}.",
    "Uw vraag ligt bij {who}.",
    "Uw vraag ligt nu bij {who}.",
    "Uw vraag is opgepakt. U hoort van ons op {day} of eerder.",
    "Een medewerker van {who} gaat u helpen.",
    "De volgende stap is op {day}: {what}",
    "De volgende stap is op {day}.",
    "De volgende stap is nu op {day}.",
    "Wij denken dat {who} u beter kan helpen. {why}",
    "U wilt niet dat {who} uw vraag krijgt. Wij helpen u verder.",
    "U vindt het goed dat {who} uw vraag krijgt.",
    "{who} gaat u helpen. Eerst maakt u kennis. Tot dan helpt {sender} u.",
    "{who} kan uw vraag niet overnemen. {sender} helpt u verder.",
    "{sender} blijft u helpen. Uw vraag gaat niet naar {who}.",
    "U heeft {who} gesproken. {who} helpt u vanaf nu.",
    "U maakt kennis op {when} uur.",
    "De overdracht aan {who} is gestopt. {sender} blijft u helpen.",
    "De overdracht aan {who} gaat niet door.",
    "Wij konden u drie keer niet bereiken. {who} blijft u helpen.",
    "Dat kan nu niet meer. De overdracht is intussen: {state}.",
    "{who} vraagt iets. Mag ons antwoord naar hen toe?",
    "U wilt dit antwoord liever niet geven. {sender} zoekt met u een ander.",
    "U vindt het goed dat {who} ons antwoord leest.",
    "U vindt het goed dat wij {who} om hulp vragen. {why}",
    "{who} heeft de korte samenvatting gelezen.",
    "{who} wil u helpen. {lead} brengt u met elkaar in contact.",
    "{who} kan u niet helpen. {lead} helpt u verder.",
    "Wij vragen {who} niet meer om hulp.",
    "{who} heeft nog niet geantwoord. {lead} zoekt dat uit.",
    "U wilt niet meer dat {who} meeleest. Dat is geregeld.",
    "U wilt niet meer dat {who} uw vraag leest. Dat is geregeld.",
    "Wij hebben uw vraag afgerond: {result}.",
    "Cijfer: {verdict} van 5.",
    "{who} helpt nu ook mee.",
    "{who} helpt niet meer mee.",
    "Wij willen samen met u en anderen praten over uw vraag. {why}",
    "U vraagt om een gesprek met iedereen die u helpt. {why}",
    "U bent niet uitgenodigd voor het gesprek. {why}",
    "U vindt het goed dat {who} meepraat en uw vraag leest.",
    "Het gesprek van {when} uur gaat niet door.",
    "U bent welkom bij het gesprek over uw vraag: {when} uur, {place}.",
    (
        "{who} heeft uw melding binnen. Binnen zes weken is uitgezocht wat u nodig heeft. "
        "Gratis hulp van iemand die naast u staat: {support}."
    ),
    "{who} heeft uw melding binnen. Binnen zes weken is uitgezocht wat u nodig heeft.",
    "Wij hebben u gesproken. Afgesproken: {agreed}",
    "Wij probeerden u te bereiken. Dat lukte niet. Afgesproken: {agreed}",
    "Wij probeerden u te bereiken. Afgesproken: {agreed}",
    "Ons antwoord: {text}",
    # What is due, and what only colleagues read of a step.
    "antwoord van {who} op even overleggen",
    "antwoord van {who}",
    "kennismaken met {who}",
    "vraag {who} of dit gedaan is: {what}",
    "Meldcode stap {step}: {outcome}.",
    "Meldcode stap {step}: {what}",
    "Soort vraag: {kind}",
)

# What somebody wrote themselves in a sentence of ours: it stays as it was written.
FREE = frozenset({"why", "text", "agreed", "place"})


def retold(text: str) -> str:
    """This sentence in the language and the form of address that the page speaks now."""
    if get_language() != "en":
        return in_their_form(text)
    whole = in_their_form(text)
    if whole != text:
        return whole
    for sentence, pattern in _patterns():
        found = pattern.fullmatch(text)
        if found:
            filled = {name: _filled(name, value) for name, value in found.groupdict().items()}
            return capfirst(gettext(sentence).format(**filled)).strip()
    return text


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((sentence, _pattern(sentence)) for sentence in SENTENCES)


def _pattern(sentence: str) -> re.Pattern[str]:
    """A regular expression of a template; a name that comes back says the same both times."""
    seen: set[str] = set()
    parts = []
    for literal, name in re.findall(r"([^{]*)(?:\{(\w+)\})?", sentence):
        parts.append(re.escape(literal))
        if name in seen:
            parts.append(f"(?P={name})")
        elif name:
            parts.append(f"(?P<{name}>.*?)" if name in FREE else f"(?P<{name}>.+?)")
            seen.add(name)
    return re.compile("".join(parts), re.DOTALL)


def _filled(name: str, value: str) -> str:
    if name in {"day", "when"}:
        return re.sub(r"[a-z]+", lambda m: _names_of_days().get(m[0], m[0]), value)
    team = re.fullmatch(r"[Hh]et (.+)", value) if name in {"who", "sender", "lead"} else None
    if team:
        return gettext("het {team}").format(team=team[1])
    return value if name in FREE else in_their_form(value)


@cache
def _names_of_days() -> dict[str, str]:
    """Weekdays and months, from Dutch to English."""
    names = [*WEEKDAYS.values(), *MONTHS.values()]
    with override("nl"):
        dutch = [str(name) for name in names]
    with override("en"):
        return dict(zip(dutch, map(str, names), strict=True))
