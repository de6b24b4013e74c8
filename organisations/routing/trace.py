"""The data of an explanation: each rule tried, with its conditions and the services it weighed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _


class RuleState(StrEnum):
    """The result of trying one rule."""

    MATCHED = "matched"
    NOT_MATCHED = "not_matched"
    INACTIVE = "inactive"
    NOWHERE = "nowhere"
    FAILED = "failed"
    NOT_REACHED = "not_reached"

    @property
    def label(self) -> str:
        """The label on the screen."""
        return {
            "matched": _("past: deze regel beslist"),
            "not_matched": _("past niet"),
            "inactive": _("geldt niet op deze dag"),
            "nowhere": _("past, maar er is nu geen plek om heen te gaan"),
            "failed": _("kon niet worden bepaald: naar triage"),
            "not_reached": _("niet meer aan de beurt"),
        }[self.value]


@dataclass(frozen=True, slots=True)
class ConditionTrace:
    """One condition with its result: True, False, or None where it failed."""

    sentence: str
    truth: bool | None
    found: str = ""
    form: str = "is"
    parts: tuple[ConditionTrace, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the JSON form."""
        result: dict[str, Any] = {"sentence": self.sentence, "truth": self.truth}
        if self.form == "is":
            return result | {"found": self.found}
        return result | {"form": self.form, "parts": [part.to_json() for part in self.parts]}


@dataclass(frozen=True, slots=True)
class ServiceTrace:
    """One service that a rule considered, and why it was or wasn't chosen."""

    key: str
    name: str
    organisation: str
    layer: str
    chosen: bool
    why: str

    def to_json(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "key": self.key,
            "name": self.name,
            "organisation": self.organisation,
            "layer": self.layer,
            "chosen": self.chosen,
            "why": self.why,
        }


@dataclass(frozen=True, slots=True)
class RuleTrace:
    """One rule that was tried."""

    key: str
    name: str
    state: RuleState
    condition: ConditionTrace
    services: tuple[ServiceTrace, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "key": self.key,
            "name": self.name,
            "state": self.state.value,
            "label": self.state.label,
            "condition": self.condition.to_json(),
            "services": [service.to_json() for service in self.services],
        }


@dataclass(frozen=True, slots=True)
class Trace:
    """The explanation of a decision. `not_reached` counts the rules after the deciding one."""

    version: int
    on: date
    rules: tuple[RuleTrace, ...]
    not_reached: int
    conclusion: str

    def to_json(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "version": self.version,
            "on": self.on.isoformat(),
            "rules": [rule.to_json() for rule in self.rules],
            "not_reached": self.not_reached,
            "conclusion": self.conclusion,
        }
