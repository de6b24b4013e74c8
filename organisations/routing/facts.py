"""The facts of a question that routing may use: codes and slugs, nothing personal.

`Facts` is all that rules read. It is frozen and hashable. It is stored with every decision, so it
never holds a name, an address or the resident's text.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

UNKNOWN = "unknown"
"""The value by which a condition names a fact that the resident did not give."""

CHANNELS: Mapping[str, Any] = {
    "online": gettext_lazy("online"),
    "call_me": gettext_lazy("bel mij"),
    "phone": gettext_lazy("telefoon"),
    "walk_in": gettext_lazy("balie"),
    "email": gettext_lazy("e-mail"),
    "letter": gettext_lazy("brief"),
    "chat": gettext_lazy("chat"),
    "outreach": gettext_lazy("op straat of aan huis"),
    "partner": gettext_lazy("een partner"),
}
AGE_BANDS: Mapping[str, Any] = {
    "0-11": gettext_lazy("jonger dan 12"),
    "12-15": gettext_lazy("12 tot en met 15"),
    "16-17": gettext_lazy("16 of 17"),
    "18-26": gettext_lazy("18 tot en met 26"),
    "27-66": gettext_lazy("27 tot en met 66"),
    "67+": gettext_lazy("67 of ouder"),
}
"""Age of the person it is about, in bands cut at 12, 16 and 18 as the law asks."""
MINOR_BANDS = frozenset({"0-11", "12-15", "16-17"})

ABOUT: Mapping[str, Any] = {
    "self": gettext_lazy("de vrager zelf"),
    "child": gettext_lazy("het kind van de vrager"),
    "parent": gettext_lazy("de ouder van de vrager"),
    "partner": gettext_lazy("de partner van de vrager"),
    "other": gettext_lazy("iemand anders"),
}
URGENCIES: Mapping[str, Any] = {
    "normal": gettext_lazy("gewoon"),
    "soon": gettext_lazy("spoed"),
    "danger": gettext_lazy("gevaar"),
}
KINDS: Mapping[str, Any] = {
    "advice": gettext_lazy("informatie of advies"),
    "welfare": gettext_lazy("welzijnsvraag"),
    "wmo": gettext_lazy("melding voor de Wmo"),
    "debts": gettext_lazy("schulden"),
    "debts_threat": gettext_lazy("schulden met een dreigende datum"),
    "youth_care": gettext_lazy("jeugdhulp"),
}
CLOCK_KINDS = frozenset({"wmo", "debts", "debts_threat"})
"""Kinds with a term of the law: Wmo melding six weeks; debts four weeks, with a threat three
working days. A lighter offer never diverts them (issue 3, DESIGN.md section 11)."""

DESK_TIMES: Mapping[str, Any] = {
    "office": gettext_lazy("tijdens de openingstijden"),
    "evening": gettext_lazy("op een werkdag buiten de openingstijden"),
    "weekend": gettext_lazy("in het weekend of op een sluitingsdag"),
}

FIXED: Mapping[str, Mapping[str, Any]] = {
    "channel": CHANNELS,
    "age_band": AGE_BANDS,
    "about": ABOUT,
    "urgency": URGENCIES,
    "kind": KINDS,
    "desk_time": DESK_TIMES,
}
"""The facts whose values are the same in every partnership, with their words on the screen."""

_SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?")
_MUNICIPALITY = re.compile(r"GM\d{4}")
MAX_LIFE_DOMAINS = 40


class KnownValues(Protocol):
    """The part of a partnership's vocabulary that reading facts needs."""

    def values(self, dimension: str) -> tuple[str, ...]:
        """Return the values that a fact can have."""


class FactsError(ValueError):
    """Facts that can't be read. `problems` maps each wrong key to what is expected."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        self.problems = dict(problems)
        super().__init__("; ".join(f"{key}: {text}" for key, text in self.problems.items()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The facts of one question at the moment it is routed.

    `age_band` is that of the person it is about; None where it was not given. `municipality`
    is a GM code. `household_lead` is the organisation that leads an earlier question that the
    asker linked themselves. `brought_by` is the slug of the partner whose door it came in by.
    `desk_time` is the local time (Europe/Amsterdam) at the desk that reads it. `offered_by` are
    the organisations with an open service that fits the other facts, by the offer of that moment;
    the rules fill it in where one reads it (`CompiledRuleSet.with_offer`), else it is None.
    """

    channel: str = "online"
    life_domains: frozenset[str] = frozenset()
    age_band: str | None = None
    about: str = "self"
    neighbourhood: str | None = None
    municipality: str | None = None
    urgency: str = "normal"
    safety: bool = False
    language: str = "nl"
    kind: str = "welfare"
    household_lead: str | None = None
    brought_by: str | None = None
    desk_time: str = "office"
    offered_by: frozenset[str] | None = None

    @property
    def danger(self) -> bool:
        """Whether someone may be in danger now. Danger precedes every other rule."""
        return self.safety or self.urgency == "danger"

    @property
    def informal(self) -> bool:
        """Whether the asker is a minor asking for themselves, who is addressed as 'je'."""
        return self.about == "self" and self.age_band in MINOR_BANDS

    @classmethod
    def from_json(cls, data: object, vocabulary: KnownValues | None = None) -> Facts:
        """Read facts from a JSON object (a dict, or text holding one).

        A missing key gets its default. With a `vocabulary`, the partnership's slugs are checked
        too. Raises FactsError with every wrong key and what is expected.
        """
        if isinstance(data, str | bytes):
            try:
                data = json.loads(data)
            except (ValueError, RecursionError) as error:
                raise FactsError({"": _("Dit is geen JSON: {error}").format(error=error)}) from None
        if not isinstance(data, dict):
            raise FactsError({"": _('Geef een object, zoals {"channel": "online"}.')})
        problems: dict[str, str] = {}
        values: dict[str, Any] = {}
        known = [field.name for field in fields(cls)]
        for key, value in data.items():
            if key not in known:
                problems[str(key)] = _("Dit feit bestaat niet. {hint}").format(
                    hint=unknown_value_message(str(key), known)
                )
                continue
            try:
                values[key] = _read(key, value, vocabulary)
            except _WrongValueError as error:
                problems[key] = str(error)
        if problems:
            raise FactsError(problems)
        return cls(**values)

    def to_json(self) -> dict[str, Any]:
        """Return the facts as a JSON object; equal facts always give an equal object."""
        result: dict[str, Any] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if field.name == "offered_by" and value is None:
                continue
            result[field.name] = sorted(value) if isinstance(value, frozenset) else value
        return result


class _WrongValueError(ValueError):
    """A value is wrong; the message says what is expected."""


def _read(key: str, value: object, vocabulary: KnownValues | None) -> Any:
    if key == "safety":
        if not isinstance(value, bool):
            raise _WrongValueError(_("Geef true of false."))
        return value
    if key == "life_domains":
        if not isinstance(value, list | tuple | set | frozenset) or not all(
            isinstance(item, str) for item in value
        ):
            raise _WrongValueError(_('Geef een lijst van leefgebieden, zoals ["geld"].'))
        if len(value) > MAX_LIFE_DOMAINS:
            raise _WrongValueError(
                _("Geef hoogstens {count} leefgebieden.").format(count=MAX_LIFE_DOMAINS)
            )
        return frozenset(_slug(key, item, vocabulary) for item in value)
    if value is None and key in {"age_band", "neighbourhood", "municipality", "household_lead"}:
        return None
    if value is None and key in {"brought_by", "offered_by"}:
        return None
    if key == "offered_by":
        if not isinstance(value, list | tuple | set | frozenset) or not all(
            isinstance(item, str) for item in value
        ):
            raise _WrongValueError(_('Geef een lijst van organisaties, zoals ["stimenz"].'))
        return frozenset(_slug(key, item, vocabulary) for item in value)
    if not isinstance(value, str):
        raise _WrongValueError(_("Geef een tekst tussen aanhalingstekens."))
    if key in FIXED:
        if value not in FIXED[key]:
            raise _WrongValueError(unknown_value_message(value, FIXED[key]))
        return value
    if key == "language":
        if not _LANGUAGE.fullmatch(value):
            raise _WrongValueError(_('Geef een taalcode, zoals "nl" of "ar".'))
        return value
    return _slug(key, value, vocabulary)


def _slug(key: str, value: str, vocabulary: KnownValues | None) -> str:
    if key == "municipality" and not _MUNICIPALITY.fullmatch(value):
        raise _WrongValueError(_('Geef de code van de gemeente, zoals "GM0273".'))
    if not _SLUG.fullmatch(value):
        raise _WrongValueError(_("Geef een korte naam van letters, cijfers en streepjes."))
    if vocabulary is not None:
        known = vocabulary.values(key)
        if value not in known:
            raise _WrongValueError(unknown_value_message(value, known))
    return value


def unknown_value_message(value: str, known: Iterable[str]) -> str:
    """Return a message that suggests the nearest known value, or lists the known values."""
    names = list(known)
    # Comparing takes as long as both texts multiplied.
    near = difflib.get_close_matches(value[:60], names[:500], n=1)
    if near:
        return _('"{value}" is onbekend. Bedoelt u "{near}"?').format(
            value=value[:60], near=near[0]
        )
    listed = ", ".join(names[:20]) or "-"
    return _('"{value}" is onbekend. Kies uit: {known}.').format(value=value[:60], known=listed)
