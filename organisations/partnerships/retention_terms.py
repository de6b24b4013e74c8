"""How long a question stays: the promise of the ask page and the deed of `manage.py retain`.

Both read the same terms here, from the `[bewaartermijnen]` of the partnership's file, so that what
is promised and what is done can't drift apart. Terms are whole years and count from the day of the
last activity, as clocks in Amsterdam have it; 0 years is gone from the next day on.
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
KINDS = (ADVICE, WELFARE, WMO, DEBTS, YOUTH_CARE)


def term_kind(kind: str, *, has_person: bool = True) -> str:
    """Under which term a question of this kind falls.

    Debts with a threatening date are debts. Advice has a term of its own only without a person:
    nobody's name, number or address. With a person it is welfare work.
    """
    if kind == "debts_threat":
        return DEBTS
    if kind == ADVICE and has_person:
        return WELFARE
    return kind


def last_day_kept_before(today: date, years: int) -> date:
    """What was last active before this day is over on `today`."""
    return today - relativedelta(years=years)


def last_day(last_activity: date, years: int) -> date:
    """The last day on which something is there that was last active on `last_activity`."""
    return last_activity + relativedelta(years=years)


@dataclass(frozen=True, slots=True)
class Own:
    """An organisation whose term for one kind differs from the partnership's."""

    organisation: str
    kind: str
    years: int


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of one partnership. `own`: of organisations, by slug, where theirs differ."""

    years: Mapping[str, int]
    log: int
    own: tuple[Own, ...] = ()

    def of(self, kind: str, organisation: str) -> int:
        """The years for a kind of term (`term_kind`) at the organisation with this slug."""
        for one in self.own:
            if (one.organisation, one.kind) == (organisation, kind):
                return one.years
        return self.years[kind]


def terms_of(partnership: Partnership) -> Terms | None:
    """The terms of a partnership; None where its file has none yet: then nothing is deleted."""
    stored = partnership.retention
    if not stored or any(kind not in stored for kind in (*KINDS, LOG)):
        return None
    years = {kind: int(stored[kind]) for kind in KINDS}
    own = [
        Own(slug, kind, int(theirs[kind]))
        for slug, theirs in sorted(stored.get("organisations", {}).items())
        for kind in KINDS
        if kind in theirs and int(theirs[kind]) != years[kind]
    ]
    return Terms(years=years, log=int(stored[LOG]), own=tuple(own))
