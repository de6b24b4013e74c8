"""What a desk worker may find about an asker, and read back of what they logged."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet
from django.db.models.functions import Lower
from django.shortcuts import get_object_or_404

from intake.danger import unjudged
from intake.people import name_search
from intake.people.models import ContactDetail
from intake.questions.models import Question, TimelineEntry
from organisations.directory.models import Organisation
from organisations.front_door import configuration as front_door
from organisations.partnerships.models import Partnership
from organisations.roles.models import Membership, Role
from welzijn.accounts.models import User
from welzijn.audit import access_log
from welzijn.audit.models import AccessEvent
from welzijn.audit.reasons import Reason
from welzijn.core.name_matching import fold
from welzijn.core.working_days import local_date, local_moment

SHORTEST_NAME = 2
SHORT_NAME = 4  # letters; shorter ones are found as a whole word
MOST_FOUND = 5
MOST_LOGGED = 40


@dataclass(frozen=True, slots=True)
class EarlierQuestion:
    """An open question of the same asker, with what this worker may know of it."""

    question_id: UUID
    reference: str
    status: str
    received_at: datetime
    lead: str
    readable: bool


def earlier_questions(
    *,
    user: User,
    partnership: Partnership,
    phone: str = "",
    email: str = "",
    name: str = "",
    now: datetime,
) -> list[EarlierQuestion]:
    """Return open questions, logged or readable by this user, that may be of the same asker.

    The desk must not reveal that somebody has a question: one that the user may not see is not
    found, and an empty result looks the same. Each result is logged in the access log.
    """
    if not (phone or email or len(fold(name)) >= SHORTEST_NAME):
        return []
    with transaction.atomic():
        found = list(
            _findable(user, partnership, now)
            .filter(_same_asker(partnership, phone, email, name))
            .select_related("lead", "lead_team")
            .order_by("-received_at")[:MOST_FOUND]
        )
        membership = _desk_role(user, partnership, now)
        access_log.record(
            *(
                access_log.event(
                    now=now,
                    partnership_id=partnership.id,
                    actor=user,
                    organisation_id=membership.organisation_id,
                    role=membership.role,
                    action=AccessEvent.Action.SEARCH,
                    what="question",
                    question_id=question.id,
                    person_id=question.asker_id,
                    reason=Reason.EARLIER_QUESTION,
                )
                for question in found
            )
        )
        readable = set(
            Question.objects.visible_to(user, local_date(now))
            .filter(pk__in=[q.pk for q in found])
            .values_list("pk", flat=True)
        )
    return [
        EarlierQuestion(
            q.pk,
            q.reference,
            q.get_status_display(),
            q.received_at,
            str(q.lead_team or q.lead),
            q.pk in readable,
        )
        for q in found
    ]


def _findable(user: User, partnership: Partnership, now: datetime) -> QuerySet[Question]:
    mine = Question.objects.visible_to(user, local_date(now)).values("pk")
    return (
        Question.objects.open()
        .filter(partnership=partnership)
        .filter(Q(logged_by=user) | Q(pk__in=mine))
    )


def _same_asker(partnership: Partnership, phone: str, email: str, name: str) -> Q:
    """Return the condition for the same number, address or name; an index serves each."""
    details = ContactDetail.objects.filter(person__partnership=partnership)
    people: list[QuerySet[Any]] = []
    if phone:
        numbers = details.filter(kind=ContactDetail.Kind.PHONE, value=phone)
        people.append(numbers.values("person"))
    if email:
        addresses = details.filter(kind=ContactDetail.Kind.EMAIL, value__iexact=email)
        people.append(addresses.values("person"))
    folded = fold(name)
    if len(folded) >= SHORT_NAME:
        people.append(name_search.nearly(name, partnership).values("pk"))
    elif len(folded) >= SHORTEST_NAME:
        # A short name ("Bo") is a word of the name, or it is not: no beginning of another.
        whole = Q(folded__regex=rf"\m{re.escape(folded)}\M")
        begins = name_search.called(name, partnership)
        unaccented = begins.annotate(folded=Lower(Func(F("name"), function="unaccent")))
        people.append(unaccented.filter(whole).values("pk"))
    same = Q(pk=None)
    for found in people:
        same |= Q(asker__in=found)
    return same


def _desk_role(user: User, partnership: Partnership, now: datetime) -> Membership:
    return (
        Membership.objects.active(local_date(now))
        .filter(user=user, partnership=partnership, role=Role.FRONT_DESK)
        .select_related("organisation")[0]
    )


def logged_at_desk(*, user: User, partnership: Partnership, now: datetime) -> list[Question]:
    """Return what this desk logged today and on the working day before, latest first.

    Danger that nobody judged stands before all, with `unjudged_since`.

    Of its organisation, by any colleague; rows without a person. Only one's own can be read back.
    """
    by_this_desk = TimelineEntry.objects.filter(
        question=OuterRef("pk"),
        kind=TimelineEntry.Kind.RECEIVED,
        organisation=organisation_of_desk(user, partnership, now),
    )
    found = list(
        Question.objects.filter(
            Exists(by_this_desk),
            partnership=partnership,
            logged_by__isnull=False,
            brought_by__isnull=True,
            received_at__gte=_since(partnership, now),
        )
        .select_related("lead", "lead_team", "logged_by")
        .order_by("-received_at")[:MOST_LOGGED]
    )
    waits = unjudged.since([question.pk for question in found])
    for question in found:
        question.unjudged_since = waits.get(question.pk)  # type: ignore[attr-defined]
    return unjudged.first(found, waits, lambda question: question.pk)


def is_of_this_desk_day(question: Question, now: datetime) -> bool:
    """Whether a question came in today or on the working day before."""
    return question.received_at >= _since(question.partnership, now)


def _since(partnership: Partnership, now: datetime) -> datetime:
    calendar = front_door.of(partnership).calendar
    return local_moment(calendar.add_working_days(local_date(now), -1))


def organisation_of_desk(user: User, partnership: Partnership, now: datetime) -> Organisation:
    """Return the organisation at whose desk this user works; IndexError if none."""
    return _desk_role(user, partnership, now).organisation


def read_back(
    *, user: User, partnership: Partnership, question_id: UUID, now: datetime
) -> Question:
    """Return a question that this user logged, with its words, and log the access.

    Raises Http404 for a question that somebody else logged or that doesn't exist.
    """
    with transaction.atomic():
        question = get_object_or_404(
            Question.objects.logged_by_user(user).select_related("lead", "lead_team"),
            partnership=partnership,
            pk=question_id,
        )
        membership = _desk_role(user, partnership, now)
        access_log.record(
            access_log.event(
                now=now,
                partnership_id=partnership.id,
                actor=user,
                organisation_id=membership.organisation_id,
                role=membership.role,
                action=AccessEvent.Action.READ,
                what="question",
                question_id=question.id,
                person_id=question.asker_id,
                reason=Reason.OPENED,
            )
        )
    return question
