"""Which questions have expired: their retention term is over.

A question has expired when all of this is true:
- it was closed or withdrawn;
- its term is over, counted from the last activity: the latest of `last_activity_at` and the last
  timeline entry by a person (resident or staff). Reading a question is not activity, nor is what
  the system does by itself;
- nothing about it is still due, such as the review of a withheld entry.
The term is that of the last lead, for the kind of question. A change of this rule raises RULE,
which every proof records.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, Min, OuterRef, Q

from intake.people.models import ContactDetail, Person
from intake.questions.models import Question, TimelineEntry
from intake.questions.models.querysets import QuestionQuerySet
from organisations.directory.models import Organisation
from organisations.partnerships import retention_terms
from organisations.partnerships.models import Partnership
from referrals.follow_ups.models import FollowUp
from welzijn.core.working_days import local_date, local_moment

RULE = "1"


@dataclass(frozen=True, slots=True)
class Group:
    """The questions that share one term: of one kind, with one organisation as their last lead.

    `kind` is that of the term. Expired is what was last active before the day `before`.
    """

    partnership: Partnership
    organisation: Organisation
    kind: str
    years: int
    before: date


def groups(*, partnership: Partnership, now: datetime) -> list[Group]:
    """Return the groups in which questions may have expired; none without terms."""
    terms = retention_terms.terms_of(partnership)
    if terms is None:
        return []
    today = local_date(now)
    ended = (
        Question.objects.filter(partnership=partnership, status__in=Question.ENDED_STATUSES)
        .order_by()
        .values_list("lead", "kind")
        .annotate(oldest=Min("last_activity_at"))
    )
    leads = Organisation.objects.in_bulk({lead for lead, _kind, _oldest in ended})
    result: set[Group] = set()
    for lead, kind, oldest in ended:
        for term in {retention_terms.term_kind(kind, has_person=who) for who in (True, False)}:
            if term not in retention_terms.KINDS:
                continue  # a kind without a term is kept
            years = terms.of(term, leads[lead].slug)
            before = retention_terms.deletion_cutoff(today, years)
            if oldest < local_moment(before):
                result.add(Group(partnership, leads[lead], term, years, before))
    return sorted(result, key=lambda group: (group.organisation.name, group.kind))


def expired(group: Group, *, now: datetime) -> QuestionQuerySet:
    """Return the expired questions of a group."""
    cutoff = local_moment(group.before)
    active_since = TimelineEntry.objects.filter(question=OuterRef("pk"), at__gte=cutoff).exclude(
        actor_kind=TimelineEntry.Actor.SYSTEM
    )
    still_due = FollowUp.objects.filter(
        question=OuterRef("pk"), status=FollowUp.Status.OPEN, due_on__gte=local_date(now)
    )
    return Question.objects.filter(
        _of_kind(group.kind),
        ~Exists(active_since),
        ~Exists(still_due),
        partnership=group.partnership,
        lead=group.organisation,
        status__in=Question.ENDED_STATUSES,
        last_activity_at__lt=cutoff,
    )


def _of_kind(term: str) -> Q:
    """Return the condition for questions of a term: `retention_terms.term_kind`, in SQL."""
    fitting = Q(pk__in=[])
    for kind in Question.Kind.values:
        both = {
            who for who in (True, False) if retention_terms.term_kind(kind, has_person=who) == term
        }
        if both == {True, False}:
            fitting |= Q(kind=kind)
        elif both:
            fitting |= Q(_has_person() if True in both else ~_has_person(), kind=kind)
    return fitting


def _has_person() -> Q:
    """Return the condition for questions that hold somebody's name, number or address."""
    named = Person.objects.filter(Q(pk=OuterRef("asker")) | Q(pk=OuterRef("subject")))
    reached = ContactDetail.objects.filter(
        Q(person=OuterRef("asker")) | Q(person=OuterRef("subject"))
    )
    return Q(Exists(named.exclude(name=""))) | Q(Exists(reached))


def count_expired(*, partnership: Partnership, now: datetime) -> Iterator[tuple[Group, int]]:
    """Yield each group with its number of expired questions; empty groups are left out."""
    for group in groups(partnership=partnership, now=now):
        questions = expired(group, now=now).count()
        if questions:
            yield group, questions


def term_of(question: Question) -> tuple[str, int] | None:
    """Return the term of a question now, as (kind, years); None where it is kept for ever."""
    terms = retention_terms.terms_of(question.partnership)
    if terms is None:
        return None
    term = retention_terms.term_kind(
        question.kind, has_person=Question.objects.filter(_has_person(), pk=question.pk).exists()
    )
    return (term, terms.of(term, question.lead.slug)) if term in retention_terms.KINDS else None


def kept_until(question: Question) -> date | None:
    """Return until when an ended question is kept at least, as its resident is told.

    None while it is open, or where it has no term. Counts the same terms as `expired`, from its end
    or from the last later entry on the resident's page. An entry that is withheld from that page
    may keep the question longer, but does not change this day: it would reveal when it was made.
    """
    if question.is_open:
        return None
    term = term_of(question)
    if term is None:
        return None
    left = (
        question.timeline.filter(for_resident=True)
        .exclude(actor_kind=TimelineEntry.Actor.SYSTEM)
        .order_by("-at")
        .values_list("at", flat=True)
        .first()
    )
    last = max(filter(None, (question.closed_at or question.received_at, left)))
    return retention_terms.last_day(local_date(last), term[1])
