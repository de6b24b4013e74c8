"""Roles that two people did not give on the screens, for the privacy officer: seen, and told.

By the partnership file, by a command on the server, by an administrator alone, or past the product
by who owns the database.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from organisations.partnerships.models import Partnership
from organisations.roles import proposal_notices
from organisations.roles.commands import TWO_PEOPLE
from organisations.roles.models import Membership, Role
from organisations.roles.proposal_models import RoleProposal
from welzijn.core.working_days import local_date
from welzijn.notifications.models import Message
from welzijn.sweeps import rows

SWEEP = "granted roles"
# Longer than the worker may be down without somebody noticing.
LOOKS_BACK = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Outside:
    """One role that holds now, and how it came."""

    membership: Membership
    how: str
    past_the_product: bool = False


def of(partnership: Partnership, *, now: datetime) -> list[Outside]:
    """Return the roles of now that two people did not give on the screens, latest first."""
    held = _weighty(Membership.objects.active(local_date(now))).filter(partnership=partnership)
    by_contact = ~Q(proposal__decided_by_contact="") & Exists(_inserted())
    on_a_page = Exists(_inserted().filter(pgh_context__isnull=False))
    found = (
        held.exclude(
            Q(proposal__isnull=False)
            & ~Q(proposal__source=RoleProposal.Source.FILE)
            & (Q(on_a_page) | by_contact)
        )
        .select_related("user", "organisation", "granted_by", "proposal")
        .order_by("-granted_at", "id")
    )
    return [_outside(one) for one in found]


def notify(*, now: datetime) -> int:
    """Tell the privacy officers of each role they were not told of when it was given. Idempotent.

    Goes by the history, which the database writes, and finds a role without any or without its
    approval. Of what somebody gave on a page they know, but of an administrator. Returns the number
    of roles.
    """
    lately = _events().filter(pgh_created_at__gte=now - LOOKS_BACK).values("pgh_obj_id")
    on_a_page = Exists(_inserted().filter(pgh_context__isnull=False))
    told = Message.objects.filter(
        subject_kind=proposal_notices.GRANTED, subject_id=OuterRef("pk"), due_version=1
    )
    administers = Q(role=Role.ADMINISTRATOR)
    wanted = (
        _weighty(Membership.objects.active(local_date(now)))
        .filter(
            Q(pk__in=lately) & (administers | ~Q(on_a_page))
            | ~Exists(_inserted())
            | Q(proposal__isnull=True) & ~administers
        )
        .exclude(Exists(told))
        .order_by("pk")
    )

    def tell(memberships: Sequence[Membership]) -> None:
        for one in memberships:
            proposal_notices.notify_privacy_officers(one, now)

    return rows.work_off(
        SWEEP,
        list(wanted),
        tell,
        now=now,
        key_of=lambda one: one.pk,
        partnership_of=lambda one: one.partnership_id,
    ).done


def _weighty(held: QuerySet[Membership]) -> QuerySet[Membership]:
    """Return the roles that read or oversee persons, or that appoint others."""
    return held.filter(
        Q(role__in=[*TWO_PEOPLE, Role.ADMINISTRATOR]) | Q(role=Role.PROFESSIONAL, reads_new=True)
    )


def _events() -> QuerySet[Any]:
    """Return the history of roles, whose model pghistory makes."""
    events: QuerySet[Any] = apps.get_model("organisations", "MembershipEvent").objects.all()
    return events


def _inserted() -> QuerySet[Any]:
    """Return the history of the outer row's beginning.

    It has a context where somebody who was signed in made it; a contact person is not.
    """
    return _events().filter(pgh_obj_id=OuterRef("pk"), pgh_label="insert")


def _outside(one: Membership) -> Outside:
    if one.proposal is not None and one.proposal.source == RoleProposal.Source.FILE:
        return Outside(one, _("genoemd in het bestand van het samenwerkingsverband"))
    if one.role == Role.ADMINISTRATOR and one.granted_by is not None:
        how = _("door {name}, zonder tweede persoon").format(name=one.granted_by.name)
        return Outside(one, how)
    if one.role == Role.ADMINISTRATOR:
        return Outside(one, _("met een opdracht op de server"))
    return Outside(
        one, _("niet in Voordeur gegeven, maar in de database gezet"), past_the_product=True
    )
