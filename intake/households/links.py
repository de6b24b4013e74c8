"""Questions of one household, linked by who asked them (invariant 3: a link opens nothing).

    link(question=, other=, how=, now=)      link the households of two questions
    leave(question=, now=)                   take a question out of its household

A link is never inferred from an address or a number: the resident gives reference and code of the
other question, or a worker who may read both records how both agreed. A link changes nothing about
who may read a question; from the age of twelve a child's question is closed to the parents. Workers
who may read the coordinating question see who leads it, so that a family has one contact.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from intake.access_log.open_question import acting_membership
from intake.households.models import Household, HouseholdLink
from intake.people.models import Person
from intake.questions import question_sentences, timeline
from intake.questions.models import Question, SharingBasis, TimelineEntry
from intake.questions.sentences import Sentence
from intake.questions.status import WrongMomentError
from organisations.directory.models import Organisation
from organisations.routing.facts import MINOR_BANDS
from welzijn.accounts.models import User
from welzijn.core.working_days import local_date

ONLINE = SharingBasis.How.ONLINE
# Values of `agreed_how` besides those of `SharingBasis.How`: somebody else of the household used
# this question's code; the same where a minor is involved, which this resident's page doesn't show.
BY_CODE, UNDISCLOSED = "code", "quiet"


@dataclass(frozen=True, slots=True)
class Family:
    """The other questions of a household that a worker may read, and the coordinating one.

    `face` is the question whose lead coordinates: the oldest open one. None if the worker may not
    read it, or may read no other question of the household.
    """

    others: tuple[Question, ...] = ()
    face: Question | None = None


def link(
    *,
    question: Question,
    other: Question,
    how: str = ONLINE,
    by: User | None = None,
    now: datetime,
) -> Household:
    """Link the askers of two questions as one household; linking again changes nothing.

    Without `by` the resident of `question` does it, with the reference and code of `other`. With
    `by` a worker does, who may read both and heard both agree (`how`). Raises PermissionDenied for
    a worker who may not read both, and WrongMomentError for a question with itself or with one of
    another partnership.
    """
    with transaction.atomic():
        ids = sorted([question.pk, other.pk])
        rows = {
            row.pk: row
            for row in Question.objects.select_for_update(no_key=True, of=("self",))
            .filter(pk__in=ids)
            .order_by("pk")
        }
        if question.pk == other.pk:
            raise WrongMomentError(_("Dat is dezelfde vraag. Vul de andere vraag in."))
        if question.partnership_id != other.partnership_id:
            raise WrongMomentError(_("Deze vragen zijn niet van hetzelfde samenwerkingsverband."))
        own, theirs = rows[question.pk], rows[other.pk]
        organisation = _reads_both(by, own, theirs, now) if by is not None else None
        people = {
            p.pk: p
            for p in Person.objects.select_for_update(no_key=True)
            .filter(pk__in=[own.asker_id, theirs.asker_id])
            .order_by("pk")
        }
        minor = any(p.age_band in MINOR_BANDS for p in people.values())
        before = _households(own, theirs)
        household = _one_household(before, own, now)
        for row, agreed in (
            (own, how),
            (theirs, how if by else UNDISCLOSED if minor else BY_CODE),
        ):
            new = _join(household, row, agreed, now)
            if new and (row is own or not minor or people[row.asker_id].age_band in MINOR_BANDS):
                _notify(row, question_sentences.HOUSEHOLD_JOINED(), by, organisation, now)
    return household


def _reads_both(by: User, own: Question, theirs: Question, now: datetime) -> Organisation:
    readable = Question.objects.visible_to(by, local_date(now))
    if readable.filter(pk__in=[own.pk, theirs.pk]).count() != 2:
        raise PermissionDenied
    return acting_membership(by, own, now)[0].organisation


def _lock_households(*questions: Question) -> None:
    """Lock households before their links and in one order, so that no two calls deadlock."""
    known = HouseholdLink.objects.filter(
        person__in=[q.asker_id for q in questions], ended_at__isnull=True
    )
    list(
        Household.objects.select_for_update()
        .filter(pk__in=known.values("household"))
        .order_by("pk")
    )


def _households(*questions: Question) -> list[HouseholdLink]:
    _lock_households(*questions)
    return list(
        HouseholdLink.objects.select_for_update()
        .filter(person__in=[q.asker_id for q in questions], ended_at__isnull=True)
        .select_related("household")
        .order_by("household__created_at", "household_id")
    )


def _one_household(before: list[HouseholdLink], own: Question, now: datetime) -> Household:
    """Return the household of both: their own, a merged one, or a new one."""
    if not before:
        return Household.objects.create(partnership_id=own.partnership_id, created_at=now)
    first = before[0].household
    others = {row.household_id for row in before} - {first.pk}
    HouseholdLink.objects.filter(household__in=others).update(household=first)
    return first


def _join(household: Household, question: Question, how: str, now: datetime) -> bool:
    """Add the asker to the household; return whether that is new to them."""
    known = HouseholdLink.objects.filter(person=question.asker_id, ended_at__isnull=True).first()
    if known is None:
        HouseholdLink.objects.create(
            household=household, person_id=question.asker_id, agreed_at=now, agreed_how=how
        )
        return how != UNDISCLOSED
    if known.agreed_how == UNDISCLOSED and how not in (UNDISCLOSED, BY_CODE):
        # The resident has now made the link themselves, so their page may show it.
        known.agreed_how = how
        known.save(update_fields=["agreed_how"])
        return True
    return False


def leave(*, question: Question, now: datetime, by: User | None = None, how: str = ONLINE) -> None:
    """Take the asker out of their household; leaving twice changes nothing.

    If one person is left, their link ends as well, without a timeline entry. Raises
    PermissionDenied for a worker (`by`) who may not read the question.
    """
    with transaction.atomic():
        question = Question.objects.select_for_update(no_key=True, of=("self",)).get(pk=question.pk)
        organisation = None
        if by is not None:
            if not Question.objects.visible_to(by, local_date(now)).contains(question):
                raise PermissionDenied
            organisation = acting_membership(by, question, now)[0].organisation
        _lock_households(question)
        mine = (
            HouseholdLink.objects.select_for_update()
            .filter(person=question.asker_id, ended_at__isnull=True)
            .first()
        )
        if mine is None:
            return
        mine.ended_at = now
        mine.save(update_fields=["ended_at"])
        left = HouseholdLink.objects.filter(household=mine.household_id, ended_at__isnull=True)
        if left.count() == 1:
            left.update(ended_at=now)
        if mine.agreed_how != UNDISCLOSED:
            _notify(
                question,
                question_sentences.HOUSEHOLD_LEFT(),
                by,
                organisation,
                now,
            )


def _notify(
    question: Question,
    sentence: Sentence,
    by: User | None,
    organisation: Organisation | None,
    now: datetime,
) -> None:
    kind = TimelineEntry.Kind.HOUSEHOLD
    if by is not None and organisation is not None:
        timeline.by_staff(
            question=question,
            kind=kind,
            user=by,
            organisation=organisation,
            sentence=sentence,
            now=now,
        )
    else:
        timeline.by_resident(question=question, kind=kind, sentence=sentence, now=now)


def disclosed_link(question: Question) -> HouseholdLink | None:
    """Return the link that the page of this question may show, or None."""
    return (
        HouseholdLink.objects.filter(person=question.asker_id, ended_at__isnull=True)
        .exclude(agreed_how=UNDISCLOSED)
        .first()
    )


def preferred_lead(question: Question) -> str:
    """Return the organisation that a new question of this family should go to; "" if none.

    Decided only from the question whose code the resident holds, never from what others of the
    household asked. A leading team is left to the routing rules, which use the neighbourhood.
    """
    if not question.is_open or question.lead_team_id is not None:
        return ""
    return question.lead.slug


def link_new_question(*, origin_id: str, question: Question, now: datetime) -> None:
    """Link a new question to the one from whose page it was asked, if that still exists."""
    try:
        wanted = UUID(origin_id)
    except ValueError:
        return
    origin = Question.objects.filter(pk=wanted, partnership_id=question.partnership_id).first()
    if origin is not None:
        link(question=origin, other=question, now=now)


def family(*, question: Question, user: User, on: date) -> Family:
    """Return what a worker may know of the household of a question that they may read."""
    household = (
        HouseholdLink.objects.filter(person=question.asker_id, ended_at__isnull=True)
        .values_list("household_id", flat=True)
        .first()
    )
    if household is None:
        return Family()
    linked = Question.objects.filter(
        partnership_id=question.partnership_id,
        asker__household_links__household=household,
        asker__household_links__ended_at__isnull=True,
    )
    readable = tuple(
        linked.visible_to(user, on)
        .exclude(pk=question.pk)
        .select_related("lead", "lead_team", "assigned_to", "asker")
        .order_by("received_at", "id")
    )
    if not readable:
        return Family()
    first = linked.open().order_by("received_at", "id").first()
    shown = {row.pk: row for row in (*readable, question)}
    return Family(readable, shown.get(first.pk) if first is not None else None)
