"""Follow-ups: what is due about a question, when, and for whom.

For the services of this app, inside their transaction and with the question locked; what staff do
with a follow-up themselves is in `referrals.follow_ups.staff_actions`. `remind_at` is when the
sweep looks at it first: early on the day itself, the day after for picking up, and a working day
ahead for a term of the law.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db.models import F, Min, QuerySet
from django.utils.translation import gettext as _

from intake.questions.models import Question
from intake.questions.sentences import Sentence
from intake.questions.status import WrongMomentError
from organisations.directory.models import Organisation, Team
from organisations.front_door import configuration as front_door
from referrals.follow_ups import sentences
from referrals.follow_ups.models import FollowUp
from welzijn.accounts.models import User
from welzijn.core.working_days import Calendar, local_date, local_moment

Kind = FollowUp.Kind
# Before the daily digest of 8.00 (welzijn/notifications/delivery_windows.py) is composed.
DAY_BEGINS = time(6)

# Kinds that determine the next step; the others only watch over the question.
STEPS = (
    Kind.PICK_UP,
    Kind.FIRST_CONTACT,
    Kind.AGREED,
    Kind.HANDOVER,
    Kind.OUTSIDE,
    Kind.DESK,
    Kind.CLOCK,
    Kind.QUIET,
)
MOVABLE = (Kind.AGREED, Kind.FIRST_CONTACT, Kind.CHECK, Kind.ACTION, Kind.SAFETY, Kind.DESK)
DOABLE = (Kind.AGREED, Kind.CLOCK, Kind.ACTION, Kind.SAFETY, Kind.REVIEW, Kind.DESK)
CAN_BE_CALLED_OFF = (Kind.AGREED, Kind.ACTION, Kind.DESK)
# Kinds that a question can have several of at once.
SEVERAL = (
    Kind.AGREED,
    Kind.CONSULTATION,
    Kind.ACTION,
    Kind.OUTSIDE,
    Kind.REVIEW,
    Kind.SAFETY,
    Kind.DESK,
)
# Never shown on the resident's page: that could endanger somebody.
FOR_STAFF_ONLY = (Kind.REVIEW, Kind.SAFETY)
# Kinds that stay open when the question is closed.
# Danger that nobody has judged is not over because somebody ended the question.
OUTLIVES_THE_QUESTION = (Kind.REVIEW, Kind.DUTY)


def calendar_of(question: Question) -> Calendar:
    """Return the working-day calendar of the question's partnership."""
    return front_door.of(question.partnership).calendar


def first_look(kind: str, due_on: date, calendar: Calendar) -> datetime:
    """Return when the sweep first processes something due on that day."""
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
    at_time: time | None = None,
    now: datetime,
) -> FollowUp:
    """Create a follow-up, or update the open one of a kind that exists once for a question."""
    calendar = calendar_of(question)
    fields = {
        "sentence": what.key,
        "parameters": what.parameters,
        "due_on": due_on,
        "at_time": at_time,
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


def open_of_lead(question: Question) -> QuerySet[FollowUp]:
    """Return the lead's open follow-ups: of its team if a team leads, else of the organisation.

    A member of a team may come from any of its organisations; what they plan is the team's.
    """
    rows = FollowUp.objects.filter(question=question, status=FollowUp.Status.OPEN)
    if question.lead_team_id is not None:
        return rows.filter(team_id=question.lead_team_id)
    return rows.filter(organisation_id=question.lead_id)


def return_to_lead(question: Question, organisation: Organisation) -> None:
    """Reassign to the lead what an organisation planned that no longer reads the question.

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
    keep: Iterable[str] = (),
    now: datetime,
) -> None:
    """Close open follow-ups (of these kinds, of this organisation) as done or cancelled."""
    rows = FollowUp.objects.filter(question=question, status=FollowUp.Status.OPEN)
    if kinds is not None:
        rows = rows.filter(kind__in=list(kinds))
    else:
        rows = rows.exclude(kind__in=OUTLIVES_THE_QUESTION)
    if organisation is not None:
        rows = rows.filter(organisation=organisation)
    rows.exclude(kind__in=list(keep)).update(
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
    """Make the sweep notice if nothing happens for `quiet_after` working days."""
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


def must_be_open(question: Question) -> None:
    """Raise WrongMomentError for a question that is closed or withdrawn."""
    if not question.is_open:
        raise WrongMomentError(_("Deze vraag is afgerond. Heropen de vraag eerst."))
