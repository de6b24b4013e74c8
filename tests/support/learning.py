"""Learning sessions for tests."""

from datetime import datetime, timedelta

from organisations.learning_sessions import arranging
from organisations.learning_sessions.models import ArrangedSession
from tests.support import factories as make

# What the addresses of working together are asked with: nothing that exists.
NOT_WRITTEN_YET = ("success_id", "action_id", "agreement_id", "task_id", "work_id")


def details(now: datetime, **fields: object) -> arranging.Details:
    """A session of an hour, tomorrow."""
    starts = now + timedelta(days=1)
    values: dict[str, object] = {
        "name": "Leersessie",
        "theme": "Schulden bij jongeren",
        "place": "Het Trefpunt",
        "starts": starts,
        "ends": starts + timedelta(hours=1),
        "case_wanted": "",
    }
    return arranging.Details(**values | fields)  # type: ignore[arg-type]


def planned(of: make.World, now: datetime, place: str = "dorp") -> ArrangedSession:
    """A planned session of tomorrow in a neighbourhood."""
    return arranging.plan(
        partnership=of.partnership,
        neighbourhood=of.places[place],
        details=details(now),
        by=make.coordinator(of, "stimenz"),
        now=now,
    )
