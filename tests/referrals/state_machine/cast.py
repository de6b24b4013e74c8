"""The people of two partnerships, and the database as it is before each walk."""

from typing import Any

from django.db import connection

from organisations.roles.models import Membership, Role
from tests.referrals.retention.full_case import with_terms
from tests.support import factories as make
from tests.support.flushing import emptying
from welzijn.accounts.models import User


class Cast:
    """Made once for all walks."""

    def __init__(self) -> None:
        self.here, self.there = with_terms(make.world()), make.world("oss")
        here = self.here
        self.users: list[User] = [
            make.intake_worker(here, "stimenz"),
            make.professional(here, "stimenz"),
            make.intake_worker(here, "jeugd-punt"),
            make.intake_worker(here, "jeugd-punt"),
            make.intake_worker(here, "actief"),
            make.triagist(here, "welzijn"),
            make.triagist(here, "stimenz"),
            make.coordinator(here),
            make.desk_worker(here),
            make.member(here, Role.NEIGHBOURHOOD_LEAD, neighbourhood=here.places["dorp"]),
            make.intake_worker(self.there, "stimenz"),
            make.coordinator(self.there),
        ]
        self.outsiders = self.users[-2:]
        self.organisations = ["stimenz", "jeugd-punt", "actief", "welzijn"]
        self.members: list[Membership] = [Membership.objects.get(user=u) for u in self.users]
        # Two actors at once need connections of their own, so a walk commits. What it leaves goes
        # as the tests' flush does it: without triggers, for nothing may be deleted in earnest.
        self._empty = emptying(but=_filled())

    def organisation(self, number: int) -> Any:
        """One of the four."""
        return self.here[self.organisations[number % len(self.organisations)]]

    def clear(self) -> None:
        """Everything of a walk goes; the people stay."""
        with connection.cursor() as cursor:
            cursor.execute(self._empty)


def _filled() -> list[str]:
    """The tables that hold something now."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        filled = []
        for name in tables:
            quoted = connection.ops.quote_name(name)
            cursor.execute(f"SELECT EXISTS (SELECT FROM {quoted})")  # noqa: S608 - from the catalogue
            if cursor.fetchone() == (True,):
                filled.append(name)
    return filled
