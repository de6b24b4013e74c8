"""What happened, kept as data: a kind of sentence with typed parameters.

    PROPOSED = declare("handover.proposed", gettext_noop("Wij denken dat {who} ..."), who=Party())
    PROPOSED(who=organisation)      a Sentence, ready to be stored; wrong parameters raise here
    render(stored, names)           the sentence in the language and form that the page speaks now

Each subject declares its kinds in a module of its own beside its verbs. A row keeps the key of the
kind and the parameters as JSON: ids, days and values of a choice, no words. Only what somebody
wrote freely is kept as it was written (`Free`, `OwnWords`, `PartnershipText`). The language, and u
or je, are those of who reads it: each kind has its English and its je in the catalogues.
"""

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import get_language, gettext

from intake.people.forms_of_address import JE
from intake.questions.sentence_parameters import Names, OwnWords, Parameter, SentenceError
from organisations.front_door import configuration as front_door

__all__ = [
    "KINDS",
    "Kind",
    "Sentence",
    "SentenceError",
    "declare",
    "render",
    "render_of",
    "written_in",
]

logger = logging.getLogger(__name__)

KEY = r"^[a-z_]+\.[a-z_]+$"
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as it is stored: the key of its kind, and parameters that have been checked."""

    key: str
    parameters: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        """As a parameter of another sentence."""
        return {"sentence": self.key, "parameters": self.parameters}


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of sentence: a B1 sentence that the resident may read, and what staff read.

    `staff` says the same step as colleagues say it, with `{by}` for who did it: "{by} pakte de
    vraag op." `colleagues` is what only they read besides. A kind without `text` is for staff
    only. `text` is Dutch that says u; all are marked for translation.
    """

    key: str
    text: str
    colleagues: str
    staff: str
    parameters: Mapping[str, Parameter]

    def __call__(self, **values: object) -> Sentence:
        """A sentence of this kind. Raises SentenceError for missing, extra or wrong parameters."""
        self._must_have(values)
        return Sentence(
            self.key,
            {
                name: parameter.store(f"{self.key}: {name}", values[name])
                for name, parameter in self.parameters.items()
            },
        )

    def words(self) -> str:
        """What a kind without parameters says, in the language of now."""
        return gettext(self.text)

    def check(self, parameters: Mapping[str, Any]) -> None:
        """Raise SentenceError where stored parameters are not those of this kind."""
        self._must_have(parameters)
        for name, parameter in self.parameters.items():
            parameter.check(f"{self.key}: {name}", parameters[name])

    def _must_have(self, values: object) -> None:
        if not isinstance(values, Mapping) or set(values) != set(self.parameters):
            given = sorted(values) if isinstance(values, Mapping) else type(values).__name__
            raise SentenceError(f"{self.key} takes {sorted(self.parameters)}, not {given}")


# Every kind there is, by its key; filled when the modules that declare them are imported.
KINDS: dict[str, Kind] = {}


def declare(
    key: str, text: str, /, *, colleagues: str = "", staff: str = "", **parameters: Parameter
) -> Kind:
    """Add a kind of sentence. Raises SentenceError for one that could not be written or read."""
    if key in KINDS or not re.match(KEY, key):
        raise SentenceError(f"{key!r} is taken or is no key")
    named = set(_PLACEHOLDER.findall(text + colleagues))
    if named != set(parameters):
        raise SentenceError(f"{key} names {sorted(named)} and declares {sorted(parameters)}")
    if unknown := set(_PLACEHOLDER.findall(staff)) - named - {"by"}:
        raise SentenceError(f"{key} names {sorted(unknown)} for staff without declaring them")
    KINDS[key] = Kind(key, text, colleagues, staff, parameters)
    return KINDS[key]


def written_in(key: str, parameters: Mapping[str, Any]) -> list[str]:
    """What the resident typed in a sentence of this kind."""
    kind = KINDS.get(key)
    declared = kind.parameters if kind else {}
    return [str(parameters[n]) for n, p in declared.items() if isinstance(p, OwnWords)]


def render(key: str, parameters: Mapping[str, Any], names: Names) -> tuple[str, str]:
    """What the resident reads and what only colleagues read, in the language of now.

    Raises SentenceError for an unknown kind or wrong parameters.
    """
    kind = KINDS.get(key)
    if kind is None:
        raise SentenceError(f"unknown kind {key!r}")
    kind.check(parameters)
    return _filled(kind, kind.text, parameters, names), _filled(
        kind, kind.colleagues, parameters, names
    )


def render_of(row: Any, fallback: str) -> tuple[str, str]:
    """`render` for a row with `sentence` and `parameters` that belongs to a question.

    Names come from the partnership's front door, which is in memory, so a list needs no query a
    row. A row that can't be read shows `fallback` and is reported: a page never breaks on it.
    """
    try:
        return render(row.sentence, row.parameters, Names(_front_of(row), _render_nested))
    except SentenceError:
        logger.exception("%s %s can't be shown", type(row).__name__, row.pk)
        return fallback, ""


def render_for_staff(row: Any, by: str) -> str:
    """The step of a row as staff read it, done by `by`; "" for a kind that has no such sentence."""
    kind = KINDS.get(row.sentence)
    if kind is None or not kind.staff:
        return ""
    try:
        kind.check(row.parameters)
        shown = _filled(kind, kind.staff, row.parameters, Names(_front_of(row), _render_nested), by)
    except SentenceError:
        logger.exception("%s %s can't be shown", type(row).__name__, row.pk)
        return ""
    return capfirst(shown)


def _front_of(row: Any) -> front_door.FrontDoor:
    cached = row._state.fields_cache.get("partnership")
    return front_door.of(cached or row.question.partnership)


def _render_nested(stored: Mapping[str, Any], names: Names) -> str:
    return render(stored["sentence"], stored["parameters"], names)[0]


def _filled(
    kind: Kind, template: str, parameters: Mapping[str, Any], names: Names, by: str = ""
) -> str:
    # What is nothing but parameters has no words to translate.
    words = template if not _PLACEHOLDER.sub("", template).strip(" :") else gettext(template)
    used = set(_PLACEHOLDER.findall(template))
    if not used:
        return words if template else ""
    how = "show_to_staff" if template == kind.staff else "show"
    shown = {"by": by} | {
        name: getattr(kind.parameters[name], how)(value, names)
        for name, value in parameters.items()
        if name in used
    }
    text = _PLACEHOLDER.sub(lambda found: shown[found[1]], words).strip()
    # "{who} helps you": a team's name begins with its article.
    return capfirst(text) if words != template and get_language() not in {"nl", JE} else text
