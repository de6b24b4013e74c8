"""Who writes what the partners keep together; everybody with a role may read it.

| who | writes |
| --- | --- |
| wijkaanjager, coordinator | way of working, successes (a wijkaanjager: of the own place) |
| coordinator | joint actions, agreements on the offer, tasks that could move |
| who works with residents | group work, for an organisation where they have a role |
"""

from organisations.learning_sessions.permissions import reach
from organisations.partnerships.models import Partnership
from organisations.roles.models import Role
from organisations.roles.permissions import PRACTITIONERS, roles_at
from welzijn.accounts.models import User


def keeps_way_of_working(user: User, partnership: Partnership) -> bool:
    """Whether somebody keeps the text on the way of working."""
    return bool(reach(user, partnership))


def coordinates(user: User, partnership: Partnership) -> bool:
    """Whether somebody coordinates here."""
    return any(m.role == Role.COORDINATOR for m in roles_at(user, partnership))


def records_group_work(user: User, partnership: Partnership) -> bool:
    """Whether somebody works with residents here."""
    return any(m.role in PRACTITIONERS for m in roles_at(user, partnership))
