"""What a user sees of an MDO: time and place; a question only on a basis of its own."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from intake.questions.models import Question
from organisations.directory.models import Organisation
from organisations.partnerships.models import Partnership
from organisations.roles.models import Membership, Role
from referrals.casework_base import acting_membership
from referrals.conferences import state_machine
from referrals.conferences.models import AgendaItem, Conference, Participant
from welzijn.accounts.models import User
from welzijn.audit import access_log
from welzijn.audit.models import AccessEvent
from welzijn.core.working_days import local_date


@dataclass(frozen=True, slots=True)
class Item:
    """A question of the agenda, for who may read it. `missing`: invited, but without a basis."""

    item: AgendaItem
    works: bool
    actions: list[Any]
    missing: list[Organisation]


@dataclass(frozen=True, slots=True)
class View:
    """An MDO as one user sees it."""

    conference: Conference
    organises: bool
    own: Participant | None
    participants: list[Participant]
    items: list[Item]


def view_for(*, conference: Conference, user: User, now: datetime) -> View | None:
    """Return what `user` sees, or None if they have no part in it. Access is recorded."""
    on = local_date(now)
    organiser = state_machine.organising_as(user, conference, on)
    participants = list(
        conference.participants.filter(removed_at__isnull=True).select_related(
            "user", "organisation"
        )
    )
    own = next(
        (p for p in participants if p.user_id == user.pk and state_machine.takes_part(p, on)), None
    )
    if organiser is None and own is None:
        return None
    with transaction.atomic():
        items = []
        for item in conference.agenda.select_related("question__lead", "question__asker"):
            if state_machine.reads_item(user, item, own, on):
                items.append(_item(item, user, participants, on))
                _record_access(conference, item, user, organiser, own, now)
    return View(conference, organiser is not None, own, participants, items)


def _item(item: AgendaItem, user: User, participants: list[Participant], on: Any) -> Item:
    return Item(
        item=item,
        works=acting_membership.working_as(user, item.question, on) is not None,
        actions=list(
            item.actions.select_related(
                "follow_up", "participant__user", "participant__organisation"
            )
        ),
        missing=state_machine.missing(item, participants, on),
    )


def _record_access(
    conference: Conference,
    item: AgendaItem,
    user: User,
    organiser: Membership | None,
    own: Participant | None,
    now: datetime,
) -> None:
    organisation = own.organisation_id if own is not None else None
    if organisation is None and organiser is not None:
        organisation = organiser.organisation_id
    access_log.record(
        access_log.event(
            now=now,
            partnership_id=conference.partnership_id,
            actor=user,
            organisation_id=organisation,
            role=organiser.role if organiser is not None else "",
            action=AccessEvent.Action.READ,
            what="conference",
            question_id=item.question_id,
            person_id=item.question.asker_id,
        )
    )


def listed(*, user: User, partnership: Partnership, now: datetime) -> QuerySet[Conference]:
    """Return the MDOs a user is invited to, or that are about their question or neighbourhood."""
    on = local_date(now)
    mine = Membership.objects.active(on).filter(user=user, partnership=partnership)
    places = mine.filter(role=Role.NEIGHBOURHOOD_LEAD).values("neighbourhood")
    about = AgendaItem.objects.filter(conference=OuterRef("pk"))
    invited = Participant.objects.filter(
        conference=OuterRef("pk"),
        user=user,
        removed_at__isnull=True,
        organisation__in=mine.values("organisation"),
    )
    visible = Question.objects.visible_to(user, on).filter(partnership=partnership)
    return Conference.objects.filter(
        Exists(invited)
        | Exists(about.filter(question__in=visible.values("pk")))
        | Exists(about.filter(question__neighbourhood__in=places))
        | Q(Exists(mine.filter(role=Role.COORDINATOR))),
        partnership=partnership,
    ).order_by("starts_at", "-proposed_at")
