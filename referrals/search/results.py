"""The results of a search as a page shows them; every person on them is a look in the log."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import (
    Case,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Left
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from intake.questions.models import Question
from organisations.partnerships.models import Partnership
from organisations.roles.models import Membership, Role
from organisations.roles.permissions import ROLES_FOR, Permission, roles_at
from referrals.casework_base.list_access import record_list_access
from referrals.follow_ups import unjudged
from referrals.search.finding import Group, Hit, Scopes, find_ids
from referrals.search.query import parse
from welzijn.accounts.models import User
from welzijn.audit import access_log
from welzijn.audit.models import AccessEvent
from welzijn.audit.reasons import Reason
from welzijn.core.working_days import local_date

WHILE_TYPING = 6
ON_A_PAGE = 25
EXCERPT_LENGTH = 110
SCREEN = Reason.SEARCHED

TITLES: Mapping[Group, StrPromise] = {
    Group.PERSON: _("Naam, nummer of e-mail"),
    Group.REFERENCE: _("Kenmerk"),
    Group.WORDS: _("In eigen woorden"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One question; `who` and `excerpt` are empty for who may only see its row."""

    question: Question
    who: str
    about: str
    excerpt: str
    url: str
    unjudged_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """What was found, by group; `more` says that a group has more than it shows."""

    groups: Sequence[tuple[Group, StrPromise, Sequence[Row]]]
    more: bool
    searched: bool


def find(*, user: User, partnership: Partnership, search: str, most: int, now: datetime) -> Results:
    """Return the best hits for a text, and record a look for each person among them."""
    parsed = parse(search)
    roles = roles_at(user, partnership)
    at_desk = next((m for m in roles if m.role == Role.FRONT_DESK), None)
    on = local_date(now)
    scopes = Scopes.of(user, partnership, on, at_desk=at_desk is not None)
    found = find_ids(parsed=parsed, partnership=partnership, scopes=scopes, most=most)
    shown = {group: hits[:most] for group, hits in found.items()}
    questions = {}
    with transaction.atomic():
        if parsed.text:
            pks = [hit.pk for hits in shown.values() for hit in hits]
            wide = _with_columns(
                Question.objects.filter(pk__in=pks), user, on, at_desk=at_desk is not None
            )
            questions = {q.pk: q for q in wide}
        rows = {pk: _row(question, roles, user) for pk, question in questions.items()}
        _record(user, partnership, rows.values(), at_desk, now)
    groups = [(group, TITLES[group], _sorted(hits, rows)) for group, hits in shown.items()]
    return Results(
        groups=[one for one in groups if one[2]],
        more=any(len(hits) > most for hits in found.values()),
        searched=bool(parsed.text),
    )


def _sorted(hits: Sequence[Hit], rows: Mapping[UUID, Row]) -> list[Row]:
    """Danger that nobody judged first; then the nearest, what is open, and the latest."""
    found = [(hit.rank, rows[hit.pk]) for hit in hits if hit.pk in rows]
    found.sort(key=lambda one: one[1].question.received_at, reverse=True)
    found.sort(key=lambda one: (one[1].unjudged_since is None, one[0], not one[1].question.is_open))
    return [row for _rank, row in found]


def _with_columns(
    questions: QuerySet[Question], user: User, on: date, *, at_desk: bool
) -> QuerySet[Question]:
    """Add what a row shows. A name or words that may not be shown don't leave the database."""
    readable = Question.objects.visible_to(user, on).filter(pk=OuterRef("pk"))
    named = Q(readable=True) | Q(logged_by=user) if at_desk else Q(readable=True)
    other = ~Q(subject=F("asker")) & Q(subject_answer=Question.SubjectAnswer.YES)

    def where(condition: Q, value: Any) -> Case:
        return Case(When(condition, then=value), default=Value(""), output_field=TextField())

    return (
        questions.select_related("lead", "lead_team", "assigned_to", "neighbourhood")
        .defer("words", "opening_answers", "result_words", "search", "code_digest")
        .annotate(
            readable=Exists(readable),
            who=where(named, F("asker__name")),
            about_whom=where(named & other, F("subject__name")),
            excerpt=where(named, Left("words", EXCERPT_LENGTH + 1)),
            waits_since=Subquery(unjudged.open_for(OuterRef("pk")).values("created_at")[:1]),
        )
    )


def _row(question: Question, roles: Sequence[Membership], user: User) -> Row:
    excerpt = " ".join(question.excerpt.split())  # type: ignore[attr-defined]  # annotated above
    if len(excerpt) > EXCERPT_LENGTH:
        excerpt = f"{excerpt[:EXCERPT_LENGTH].rstrip()}…"
    return Row(
        question=question,
        who=question.who,  # type: ignore[attr-defined]  # annotated above
        about=question.about_whom,  # type: ignore[attr-defined]  # annotated above
        excerpt=excerpt,
        url=_url(question, {Role(m.role) for m in roles}, user),
        unjudged_since=question.waits_since,  # type: ignore[attr-defined]  # annotated above
    )


def _url(question: Question, roles: set[Role], user: User) -> str:
    """Return the page on which this user opens the question; empty for a mere row."""
    if question.readable:  # type: ignore[attr-defined]  # annotated above
        return reverse("case", args=[question.pk])
    if roles & ROLES_FOR[Permission.SEE_CASELOAD]:
        return reverse("caseload_one", args=[question.pk])
    if question.logged_by_id == user.pk and roles & ROLES_FOR[Permission.WORK_AT_DESK]:
        return reverse("desk_done", args=[question.pk])
    return ""


def _record(
    user: User,
    partnership: Partnership,
    rows: Iterable[Row],
    at_desk: Membership | None,
    now: datetime,
) -> None:
    """Record the looks, in the transaction that read them."""
    shown = [row.question for row in rows if row.who or row.excerpt]
    record_list_access(
        user=user,
        partnership=partnership,
        questions=[q for q in shown if q.readable],  # type: ignore[attr-defined]  # annotated
        searched=True,
        screen=SCREEN,
        now=now,
    )
    if at_desk is None:
        return
    access_log.record(
        *(
            access_log.event(
                now=now,
                partnership_id=partnership.pk,
                actor=user,
                organisation_id=at_desk.organisation_id,
                role=at_desk.role,
                action=AccessEvent.Action.SEARCH,
                what="question",
                question_id=question.pk,
                person_id=question.asker_id,
                reason=SCREEN,
            )
            for question in shown
            if not question.readable  # type: ignore[attr-defined]  # annotated above
        )
    )
