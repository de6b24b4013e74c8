"""Who arranges learning sessions: a wijkaanjager in their neighbourhood, a coordinator everywhere.

One declaration, for the page, its buttons and its verbs.
"""

from dataclasses import dataclass
from uuid import UUID

from organisations.learning_sessions.schedule import Session
from organisations.partnerships.models import Partnership
from organisations.roles.models import Role
from organisations.roles.permissions import roles_at
from welzijn.accounts.models import User


@dataclass(frozen=True, slots=True)
class Reach:
    """Where somebody may arrange sessions; `everywhere` includes those of the whole partnership."""

    everywhere: bool = False
    neighbourhoods: frozenset[UUID] = frozenset()

    def __bool__(self) -> bool:
        return self.everywhere or bool(self.neighbourhoods)

    def covers(self, neighbourhood_id: UUID | None) -> bool:
        """Whether it holds for a neighbourhood; None is the whole partnership."""
        return self.everywhere or neighbourhood_id in self.neighbourhoods

    def holds(self, session: Session) -> bool:
        """Whether it holds for a session."""
        return self.covers(session.neighbourhood_id)


def reach(user: User, partnership: Partnership) -> Reach:
    """Return where a user may arrange sessions today."""
    memberships = roles_at(user, partnership)
    return Reach(
        everywhere=any(m.role == Role.COORDINATOR for m in memberships),
        neighbourhoods=frozenset(
            m.neighbourhood_id
            for m in memberships
            if m.role == Role.NEIGHBOURHOOD_LEAD and m.neighbourhood_id
        ),
    )
