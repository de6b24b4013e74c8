"""Who works here: a row a person and organisation, for the overview and the yearly review.

Two queries, whatever the number of people. What it says of signing in is of the account, which
another partnership may share; names of what somebody does elsewhere aren't in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from organisations.partnerships.models import Partnership
from organisations.roles.known_accounts import is_known_here, name_here
from organisations.roles.models import Membership


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person at one organisation, with the roles they hold there."""

    user_id: object
    name: str
    email: str
    organisation: str
    roles: tuple[str, ...]
    since: date
    given_by: str
    last_login: datetime | None
    invited: bool
    second_factor: bool

    @property
    def quiet(self) -> bool:
        """Whether somebody has an account and didn't sign in for half a year."""
        seen = self.last_login
        return not self.invited and (seen is None or (timezone.now() - seen).days > 182)


def people(partnership: Partnership) -> list[PersonRow]:
    """Return everybody with a role today, by organisation and name."""
    factor = Authenticator.objects.filter(user=OuterRef("user")).exclude(
        type=Authenticator.Type.RECOVERY_CODES
    )
    held = (
        Membership.objects.active()
        .filter(partnership=partnership)
        .select_related(
            "user", "organisation", "team", "neighbourhood", "municipality", "granted_by"
        )
        .annotate(has_factor=Exists(factor))
        .order_by("organisation__name", "user__name", "user_id", "since", "role")
    )
    return [
        _row(list(group))
        for _key, group in groupby(held, key=lambda m: (m.organisation_id, m.user_id))
    ]


def _row(held: list[Membership]) -> PersonRow:
    first = held[0]
    user = first.user
    givers = dict.fromkeys(m.granted_by.name for m in held if m.granted_by is not None)
    return PersonRow(
        user_id=user.pk,
        name=name_here(user, held),
        email=user.email,
        organisation=first.organisation.name,
        roles=tuple(_role(m) for m in held),
        since=min(m.since for m in held),
        given_by=", ".join(givers),
        last_login=user.last_login if is_known_here(user, held) else None,
        invited=not user.has_usable_password() and user.last_login is None,
        second_factor=bool(first.has_factor),  # type: ignore[attr-defined]
    )


def _role(held: Membership) -> str:
    place = held.team or held.neighbourhood or held.municipality
    role_name = capfirst(held.get_role_display())
    if place is not None:
        role_name = f"{role_name} ({place})"
    return f"{role_name}, {_('leest nieuwe vragen')}" if held.reads_new else role_name


def table(rows: Iterable[PersonRow]) -> list[list[object]]:
    """Return the rows of the export, with their head."""
    head: list[object] = [
        _("Organisatie"),
        _("Naam"),
        _("E-mailadres"),
        _("Rollen"),
        _("Sinds"),
        _("Gegeven door"),
        _("Laatst ingelogd"),
        _("Tweede stap"),
    ]
    found = [head]
    for row in rows:
        seen = timezone.localtime(row.last_login).date() if row.last_login else _("nooit")
        found.append(
            [
                row.organisation,
                row.name,
                row.email,
                "; ".join(row.roles),
                row.since,
                row.given_by,
                seen,
                _("ja") if row.second_factor else _("nee"),
            ]
        )
    return found
