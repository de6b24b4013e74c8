"""What is due: planning it, moving it, doing it, taking it over.

    plan(question=, what=, due_on=, by=, now=, shared=False)      an agreed next step
    move(follow_up=, due_on=, by=, now=)                           another day: its version goes up
    done(follow_up=, by=, now=)                                    it has happened
    take_over(follow_up=, by=, now=)                               it is mine now

The rest (`make`, `close_open`, `next_step`) is for the other verbs of this app, inside their
transaction and with the question locked. `remind_at` is when the sweep looks at it first:
early on the day itself, the day after for picking up, a working day ahead for a term of the law.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import F, Min, QuerySet
from django.utils.translation import gettext as _

from intake.questions import status, timeline
from intake.questions.models import Question, TimelineEntry
from intake.questions.sentences import Sentence
from intake.questions.status import WrongMomentError
from organisations.directory.models import Organisation, Team
from organisations.front_door import configuration as front_door
from referrals.casework_base import acting_membership
from referrals.follow_ups import sentences
from referrals.follow_ups.models import FollowUp
from welzijn.accounts.models import User
from welzijn.core.working_days import Calendar, local_date, local_moment

Kind = FollowUp.Kind
# Before the daily mail of 8.00 (welzijn/notifications/delivery_windows.py): it has to stand in it.
DAY_BEGINS = time(6)

# Those that say what the next step is; the others watch over it.
STEPS = (
    Kind.PICK_UP,
    Kind.FIRST_CONTACT,
    Kind.AGREED,
    Kind.HANDOVER,
    Kind.OUTSIDE,
    Kind.CLOCK,
    Kind.QUIET,
)
MOVABLE = (Kind.AGREED, Kind.FIRST_CONTACT, Kind.CHECK, Kind.ACTION, Kind.SAFETY)
DOABLE = (Kind.AGREED, Kind.CLOCK, Kind.ACTION, Kind.SAFETY, Kind.REVIEW)
# Of these there can be several at once for one question.
SEVERAL = (
    Kind.AGREED,
    Kind.CONSULTATION,
    Kind.ACTION,
    Kind.OUTSIDE,
    Kind.REVIEW,
    Kind.SAFETY,
)
# Of these the resident's page says nothing: that could endanger somebody.
FOR_STAFF_ONLY = (Kind.REVIEW, Kind.SAFETY)
# What may not be forgotten because the question has been closed.
OUTLIVES_THE_QUESTION = (Kind.REVIEW,)


def calendar_of(question: Question) -> Calendar:
    """The working days of the question's partnership."""
    return front_door.of(question.partnership).calendar


def first_look(kind: str, due_on: date, calendar: Calendar) -> datetime:
    """When the sweep first looks at something due on that day."""
    if kind == Kind.PICK_UP:
        return local_moment(due_on + timedelta(days=1), DAY_BEGINS)
    if kind == Kind.CLOCK:
        return local_moment(calendar.add_working_days(due_on, -1), DAY_BEGINS)
    return local_moment(due_on, DAY_BEGINS)


def make(
    *,
    question: Question,
    kind: FollowUp.Kind,
    what: Sentence,
    due_on: date,
    organisation: Organisation,
    team: Team | None = None,
    worker: User | None = None,
    waits_for: FollowUp.WaitsFor = FollowUp.WaitsFor.US,
    by: User | None = None,
    for_resident: bool = False,
    now: datetime,
) -> FollowUp:
    """Write something due. Of a kind that exists once a question, the open one gets this date."""
    calendar = calendar_of(question)
    fields = {
        "sentence": what.key,
        "parameters": what.parameters,
        "due_on": due_on,
        "organisation": organisation,
        "team": team,
        "worker": worker,
        "waits_for": waits_for,
        "for_resident": for_resident,
        "remind_at": first_look(kind, due_on, calendar),
        "escalation": 0,
    }
    if kind not in SEVERAL:
        known = FollowUp.objects.filter(
            question=question, kind=kind, status=FollowUp.Status.OPEN
        ).first()
        if known is not None:
            for name, value in fields.items():
                setattr(known, name, value)
            known.due_version += 1
            known.save()
            return known
    return FollowUp.objects.create(
        partnership_id=question.partnership_id,
        question=question,
        kind=kind,
        created_at=now,
        created_by=by,
        **fields,
    )


def of_the_lead(question: Question) -> QuerySet[FollowUp]:
    """What is open on the side of the lead: of its team where a team leads, else of itself.

    A member of a team may come from any of its organisations; what they plan is the team's.
    """
    rows = FollowUp.objects.filter(question=question, status=FollowUp.Status.OPEN)
    if question.lead_team_id is not None:
        return rows.filter(team_id=question.lead_team_id)
    return rows.filter(organisation_id=question.lead_id)


def fall_back(question: Question, organisation: Organisation) -> None:
    """What an organisation had planned that no longer reads the question is the lead's to do.

    For the verbs that end its part, with the question locked.
    """
    FollowUp.objects.filter(
        question=question,
        status=FollowUp.Status.OPEN,
        kind=Kind.AGREED,
        organisation=organisation,
        team=None,
    ).update(
        organisation=question.lead,
        team=question.lead_team,
        worker=question.assigned_to,
        due_version=F("due_version") + 1,
    )


def close_open(
    question: Question,
    kinds: Iterable[str] | None = None,
    *,
    done: bool = False,
    organisation: Organisation | None = None,
    but: Iterable[str] = (),
    now: datetime,
) -> None:
    """End what is open (of these kinds, of this organisation): done, or no longer needed."""
    rows = FollowUp.objects.filter(question=question, status=FollowUp.Status.OPEN)
    if kinds is not None:
        rows = rows.filter(kind__in=list(kinds))
    else:
        rows = rows.exclude(kind__in=OUTLIVES_THE_QUESTION)
    if organisation is not None:
        rows = rows.filter(organisation=organisation)
    rows.exclude(kind__in=list(but)).update(
        status=FollowUp.Status.DONE if done else FollowUp.Status.CANCELLED,
        done_at=now,
        remind_at=None,
    )


def next_step(question: Question) -> None:
    """Set the day of the question's next step from what is open; the caller need not save it."""
    due = FollowUp.objects.filter(
        question=question, status=FollowUp.Status.OPEN, kind__in=STEPS
    ).aggregate(first=Min("due_on"))["first"]
    if due is not None and due != question.due_on:
        question.due_on = due
        Question.objects.filter(pk=question.pk).update(due_on=due)


def watch_for_quiet(question: Question, now: datetime) -> None:
    """See to it that the sweep notices when nothing happens for `quiet_after` working days."""
    days = question.partnership.quiet_after
    make(
        question=question,
        kind=Kind.QUIET,
        what=sentences.QUIET(),
        due_on=calendar_of(question).add_working_days(local_date(now), days),
        organisation=question.lead,
        team=question.lead_team,
        worker=question.assigned_to,
        now=now,
    )


def plan(
    *,
    question: Question,
    what: str | Sentence,
    due_on: date,
    by: User,
    now: datetime,
    shared: bool = False,
) -> FollowUp:
    """Agree on a next step on a working day; a weekend or holiday becomes the next working day.

    `what` is what somebody wrote, or a sentence of ours. `shared`: the resident reads it; else only
    the day. Raises NotAllowedError, and
    WrongMomentError for a day that is over or a question that is closed.
    """
    with transaction.atomic():
        question = status.lock(question)
        acting = acting_membership.must_work(by, question, now)
        must_be_open(question)
        day = _working_day(question, due_on, now)
        agreed = sentences.AGREED(what=what) if isinstance(what, str) else what
        follow_up = make(
            question=question,
            kind=Kind.AGREED,
            what=agreed,
            due_on=day,
            organisation=acting.organisation,
            team=acting.basis.team,
            worker=by,
            by=by,
            for_resident=shared,
            now=now,
        )
        timeline.by_staff(
            question=question,
            kind=TimelineEntry.Kind.FOLLOW_UP,
            user=by,
            organisation=acting.organisation,
            sentence=sentences.PLANNED_SHARED(day=day, what=agreed)
            if shared
            else sentences.PLANNED(day=day, what=agreed),
            now=now,
        )
        _active(question, now)
        next_step(question)
    return follow_up


def move(*, follow_up: FollowUp, due_on: date, by: User, now: datetime) -> FollowUp:
    """Give it another day. Its version goes up, so it reminds again and the old reminder is void.

    Raises NotAllowedError, and WrongMomentError where it can't be moved (a term of the law) or the
    day is over.
    """
    with transaction.atomic():
        question, follow_up, acting = _mine(follow_up, by, now)
        if follow_up.kind not in MOVABLE:
            raise WrongMomentError(_("Deze datum kunt u niet verzetten."))
        day = _working_day(question, due_on, now)
        if day == follow_up.due_on:
            return follow_up
        follow_up.due_on = day
        follow_up.due_version += 1
        follow_up.escalation = 0
        follow_up.remind_at = first_look(follow_up.kind, day, calendar_of(question))
        follow_up.save()
        timeline.by_staff(
            question=question,
            kind=TimelineEntry.Kind.FOLLOW_UP,
            user=by,
            organisation=acting.organisation,
            sentence=sentences.MOVED(day=day, what=follow_up),
            for_resident=follow_up.kind not in (Kind.CHECK, *FOR_STAFF_ONLY),
            now=now,
        )
        _active(question, now)
        next_step(question)
    return follow_up


def done(*, follow_up: FollowUp, by: User, now: datetime, told: bool = True) -> FollowUp:
    """It has happened. Doing it twice changes nothing. Raises NotAllowedError, WrongMomentError.

    told: the resident reads that it was done; not where a conversation says so already.
    """
    with transaction.atomic():
        question, follow_up, acting = _mine(follow_up, by, now, open_only=False)
        if follow_up.status != FollowUp.Status.OPEN:
            return follow_up
        if follow_up.kind not in DOABLE:
            raise WrongMomentError(_("Dit is vanzelf klaar als de stap gezet is."))
        follow_up.status = FollowUp.Status.DONE
        follow_up.done_at = now
        follow_up.remind_at = None
        follow_up.save()
        timeline.by_staff(
            question=question,
            kind=TimelineEntry.Kind.FOLLOW_UP,
            user=by,
            organisation=acting.organisation,
            sentence=sentences.DONE(what=follow_up),
            for_resident=told and follow_up.kind not in FOR_STAFF_ONLY,
            now=now,
        )
        _active(question, now)
        next_step(question)
    return follow_up


def take_over(*, follow_up: FollowUp, by: User, now: datetime) -> FollowUp:
    """Make it one's own, from a colleague or the mailbox. Raises NotAllowedError."""
    with transaction.atomic():
        question, follow_up, acting = _mine(follow_up, by, now)
        if follow_up.worker_id == by.id:
            return follow_up
        follow_up.worker = by
        follow_up.organisation = acting.organisation
        follow_up.due_version += 1
        follow_up.save()
        timeline.by_staff(
            question=question,
            kind=TimelineEntry.Kind.ASSIGNED,
            user=by,
            organisation=acting.organisation,
            sentence=sentences.TAKEN_OVER(what=follow_up),
            for_resident=False,
            now=now,
        )
    return follow_up


def must_be_open(question: Question) -> None:
    """Raises WrongMomentError for a question that is closed or withdrawn."""
    if not question.is_open:
        raise WrongMomentError(_("Deze vraag is afgerond. Heropen de vraag eerst."))


def _mine(
    follow_up: FollowUp, by: User, now: datetime, *, open_only: bool = True
) -> tuple[Question, FollowUp, acting_membership.Standing]:
    question = status.lock(follow_up.question)
    follow_up = FollowUp.objects.select_for_update(no_key=True).get(pk=follow_up.pk)
    acting = acting_membership.must_work(by, question, now)
    if open_only and follow_up.status != FollowUp.Status.OPEN:
        raise WrongMomentError(_("Dit is al gedaan of niet meer nodig."))
    return question, follow_up, acting


def _working_day(question: Question, day: date, now: datetime) -> date:
    if day < local_date(now):
        raise WrongMomentError(_("Deze dag is al voorbij. Kies vandaag of later."))
    return calendar_of(question).add_working_days(day, 0)


def _active(question: Question, now: datetime) -> None:
    question.last_activity_at = now
    Question.objects.filter(pk=question.pk).update(last_activity_at=now)
