"""Which goals and which assignment held at the end of a quarter."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from organisations.partnerships.goal_versions import GoalVersion
from organisations.partnerships.models import Partnership
from referrals.reports.quarters import next_quarter


class Versions:
    """The versions of a partnership's goals; what held first holds for everything before it."""

    def __init__(self, partnership: Partnership) -> None:
        self._versions = list(GoalVersion.objects.filter(partnership=partnership).order_by("since"))

    def goals(self, quarter: date) -> Sequence[Mapping[str, Any]]:
        """Return the goals of a quarter."""
        version = self._of(quarter)
        return version.goals if version else []

    def assignment(self, quarter: date) -> Mapping[str, Any]:
        """Return the assignment of a quarter; empty where there was none."""
        version = self._of(quarter)
        return version.assignment if version else {}

    def since(self, quarter: date) -> date | None:
        """Return the day on which the goals of a quarter were set."""
        version = self._of(quarter)
        return version.since if version else None

    def _of(self, quarter: date) -> GoalVersion | None:
        last_day = next_quarter(quarter) - timedelta(days=1)
        held = [version for version in self._versions if version.since <= last_day]
        return (held or self._versions[:1] or [None])[-1]  # type: ignore[list-item]  # none yet
