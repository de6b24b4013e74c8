"""What the completeness check can find."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from organisations.routing.analysis.cases import Case


class DeadBecause(StrEnum):
    """Why a rule can never decide."""

    SHADOWED = "shadowed"
    CONTRADICTION = "contradiction"
    NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True)
class DeadRule:
    """A rule that can never decide. `shadowed_by` are the keys of the earlier rules that
    together match everything it matches."""

    key: str
    name: str
    because: DeadBecause
    shadowed_by: tuple[str, ...]
    words: str

    def to_json(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "key": self.key,
            "name": self.name,
            "because": self.because.value,
            "shadowed_by": list(self.shadowed_by),
            "words": self.words,
        }


@dataclass(frozen=True, slots=True)
class FalseReason:
    """A reason that says that nobody else helps, where the open `service` of another does."""

    key: str
    name: str
    service: str
    words: str

    def to_json(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {"key": self.key, "name": self.name, "service": self.service, "words": self.words}


@dataclass(frozen=True, slots=True)
class GoneTarget:
    """A rule that names an organisation or team that does not (or no longer) take part."""

    key: str
    name: str
    target: str
    words: str

    def to_json(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {"key": self.key, "name": self.name, "target": self.target, "words": self.words}


@dataclass(frozen=True, slots=True)
class Completeness:
    """The findings. The two lists of cases are exact; `more` is whether one was cut off at the
    limit. `expired` rules are past and no fault."""

    dead: tuple[DeadRule, ...]
    only_triage: tuple[Case, ...]
    triage_when_full: tuple[Case, ...]
    more: bool
    unreached: tuple[str, ...]
    gone: tuple[GoneTarget, ...]
    broken: tuple[str, ...]
    tangled: tuple[str, ...]
    expired: tuple[str, ...]
    false_reasons: tuple[FalseReason, ...] = ()
    triage: str = field(default="")

    @property
    def sound(self) -> bool:
        """Whether no rule is dead, false or impossible to evaluate: `check_rules` exits 0."""
        return not (self.dead or self.broken or self.tangled or self.false_reasons)

    def to_json(self) -> dict[str, Any]:
        """Return the JSON form that `check_rules` prints."""
        return {
            "sound": self.sound,
            "dead": [rule.to_json() for rule in self.dead],
            "only_triage": [case.to_json() for case in self.only_triage],
            "triage_when_full": [case.to_json() for case in self.triage_when_full],
            "more": self.more,
            "triage": self.triage,
            "unreached": list(self.unreached),
            "false_reasons": [reason.to_json() for reason in self.false_reasons],
            "gone": [target.to_json() for target in self.gone],
            "broken": list(self.broken),
            "tangled": list(self.tangled),
            "expired": list(self.expired),
        }
