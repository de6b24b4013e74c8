"""Retention terms of questions, from `[bewaartermijnen]` of the partnership's file.

The ask page, which promises them, and `manage.py retain`, which deletes, both read them here. Terms
are whole years from the day of the last activity (Europe/Amsterdam); with 0 years a question is
deleted from the next day on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta

if TYPE_CHECKING:
    from collections.abc import Mapping

    from organisations.partnerships.models import Partnership

ADVICE, WELFARE, WMO, DEBTS, YOUTH_CARE = "advice", "welfare", "wmo", "debts", "youth_care"
LOG = "log"
# Who looked can be looked up for a year: the database deletes no younger line of the log.
LOG_AT_LEAST = 1
KINDS = (ADVICE, WELFARE, WMO, DEBTS, YOUTH_CARE)


def term_kind(kind: str, *, has_person: bool = True) -> str:
    """Return the term that applies to a kind of question.

    Debts with a threatening date count as debts. Advice has its own term only without a person (no
    name, number or address); with one it counts as welfare work.
    """
    if kind == "debts_threat":
        return DEBTS
    if kind == ADVICE and has_person:
        return WELFARE
    return kind


def deletion_cutoff(today: date, years: int) -> date:
    """Return the day before which the last activity must lie for deletion on `today`."""
    return today - relativedelta(years=years)


def last_day(last_activity: date, years: int) -> date:
    """Return the last day on which something is kept that was last active on `last_activity`."""
    return last_activity + relativedelta(years=years)


@dataclass(frozen=True, slots=True)
class OrganisationTerm:
    """An organisation's own term for one kind."""

    organisation: str
    kind: str
    years: int


@dataclass(frozen=True, slots=True)
class RetentionTerms:
    """The terms of one partnership. `own` are those of organisations that differ."""

    years: Mapping[str, int]
    log: int
    own: tuple[OrganisationTerm, ...] = ()

    def of(self, kind: str, organisation: str) -> int:
        """Return the years for a kind of term (`term_kind`) at the organisation with this slug."""
        for one in self.own:
            if (one.organisation, one.kind) == (organisation, kind):
                return one.years
        return self.years[kind]


def terms_of(partnership: Partnership) -> RetentionTerms | None:
    """Return a partnership's terms; None while its file lacks any, and nothing is deleted."""
    stored = partnership.retention
    if not stored or any(kind not in stored for kind in (*KINDS, LOG)):
        return None
    years = {kind: int(stored[kind]) for kind in KINDS}
    own = [
        OrganisationTerm(slug, kind, int(theirs[kind]))
        for slug, theirs in sorted(stored.get("organisations", {}).items())
        for kind in KINDS
        if kind in theirs and int(theirs[kind]) != years[kind]
    ]
    log = max(int(stored[LOG]), LOG_AT_LEAST)
    return RetentionTerms(years=years, log=log, own=tuple(own))
