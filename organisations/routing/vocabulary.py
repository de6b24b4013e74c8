"""The organisations, places, teams and values that rules and facts of one partnership may name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from organisations.routing.facts import FIXED, UNKNOWN

UNKNOWABLE = frozenset({"age_band", "neighbourhood", "municipality", "brought_by"})
"""Facts that may be missing: for these a condition may also name UNKNOWN."""


@dataclass(frozen=True, slots=True)
class OrganisationEntry:
    """An organisation, with the inclusive dates between which it takes part.

    `picks_up` is False for a partner that only brings questions in, such as a GP.
    """

    slug: str
    name: str
    takes_part_from: date | None = None
    takes_part_until: date | None = None
    picks_up: bool = True

    def takes_part(self, on: date) -> bool:
        """Whether it takes part on this day."""
        return not (
            (self.takes_part_from is not None and on < self.takes_part_from)
            or (self.takes_part_until is not None and on > self.takes_part_until)
        )


@dataclass(frozen=True, slots=True)
class NeighbourhoodEntry:
    """A neighbourhood and the GM code of its municipality."""

    slug: str
    name: str
    municipality: str | None = None


@dataclass(frozen=True, slots=True)
class TeamEntry:
    """A team, the organisation that leads its questions, and where it works."""

    slug: str
    name: str
    organisation: str
    neighbourhoods: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Everything a rule of this partnership may name.

    Mappings are from slug to entry or label, in screen order; `layers` run from the lightest (1)
    to the heaviest layer of the pyramid.
    """

    organisations: Mapping[str, OrganisationEntry]
    life_domains: Mapping[str, str] = field(default_factory=dict)
    neighbourhoods: Mapping[str, NeighbourhoodEntry] = field(default_factory=dict)
    municipalities: Mapping[str, str] = field(default_factory=dict)
    teams: Mapping[str, TeamEntry] = field(default_factory=dict)
    partners: Mapping[str, str] = field(default_factory=dict)
    languages: Mapping[str, str] = field(default_factory=lambda: {"nl": "Nederlands"})
    # The labels are lazy: each reader gets them in their own language.
    layers: Mapping[int, object] = field(default_factory=dict)

    def choices(self, dimension: str) -> dict[str, str]:
        """Return the labels of a fact's values, in screen order; empty for a free fact."""
        if dimension in FIXED:
            found: dict[str, Any] = dict(FIXED[dimension])
        elif dimension == "neighbourhood":
            found = {slug: entry.name for slug, entry in self.neighbourhoods.items()}
        elif dimension in {"household_lead", "offered_by"}:
            found = {slug: entry.name for slug, entry in self.organisations.items()}
        else:
            source: Mapping[str, str] = {
                "life_domains": self.life_domains,
                "municipality": self.municipalities,
                "brought_by": self.partners,
                "language": self.languages,
            }.get(dimension, {})
            found = dict(source)
        if dimension in UNKNOWABLE:
            found[UNKNOWN] = _("niemand") if dimension == "brought_by" else _("onbekend")
        return {value: str(label) for value, label in found.items()}

    def values(self, dimension: str) -> tuple[str, ...]:
        """Return the values that a fact can have, without UNKNOWN."""
        return tuple(value for value in self.choices(dimension) if value != UNKNOWN)

    def label(self, dimension: str, value: str) -> str:
        """Return the label of a value, or the value itself where it is no longer known."""
        return self.choices(dimension).get(value, value)

    def organisation_name(self, slug: str) -> str:
        """Return the name of an organisation, or its slug where it is no longer known."""
        entry = self.organisations.get(slug)
        return entry.name if entry is not None else slug

    def takes_part(self, slug: str, on: date) -> bool:
        """Whether an organisation is known and takes part on this day."""
        entry = self.organisations.get(slug)
        return entry is not None and entry.takes_part(on)

    def team_of(self, neighbourhood: str | None) -> TeamEntry | None:
        """Return the first team that works in this neighbourhood."""
        if neighbourhood is None:
            return None
        return next(
            (team for team in self.teams.values() if neighbourhood in team.neighbourhoods), None
        )
