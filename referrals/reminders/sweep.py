"""Remind of what is due: one sweep that claims rows, checks each again and queues messages.

    sweep(now=)  -> SweepResult

Everything that is due is a FollowUp in PostgreSQL with the moment at which to look at it
(`remind_at`). The sweep takes what is at or past its moment, in order of due, and works through
the steps of its kind (`escalation_plan`): first who has it, then a wider circle, in working days.
Harmless to run twice, at once or days late:

* question and follow-up are locked with SKIP LOCKED, so two sweeps take different ones and none
  waits for somebody who is working on it;
* at that moment it is decided again whether it is still so;
* a message is keyed on follow-up, version of its date, step and recipient: it exists once;
* a row that raises is set aside with a term and an alarm, and the others go on
  (`welzijn.sweeps.rows`);
* the next step counts from now, not from when it should have been: a worker that was away for
  days sends one message about each thing, not all of its steps at once.

Nobody is reminded outside working days and hours of their partnership; danger that nobody has
judged is the exception. What waits for the resident never goes to a coordinator.
"""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from intake.questions.legal_terms import LEGAL_TERMS
from intake.questions.models import Question, SetAside
from organisations.front_door import configuration as front_door
from organisations.partnerships.models import Partnership
from referrals.conferences import closing as conference_closing
from referrals.external_handovers import services as external_handover_services
from referrals.follow_ups import legal_clock
from referrals.follow_ups import services as follow_up_services
from referrals.follow_ups.models import FollowUp
from referrals.handovers.models import Handover
from referrals.reminders import orphaned_work, team_bases
from referrals.reminders.batch import WORK_BEGINS, WORK_ENDS, Batch
from welzijn.core.working_days import AMSTERDAM, local_date
from welzijn.notifications import outbox
from welzijn.sweeps import rows, set_aside

Kind = FollowUp.Kind
BATCH = 100
REMINDERS, CLOCKS = "reminders", "clocks"
# A partnership whose settings can't be read is looked at again soon: all its reminders wait.
_SOON = timedelta(minutes=5)


@dataclass(slots=True)
class SweepResult:
    """What one sweep did."""

    checked: int = 0
    notified: int = 0
    lapsed: int = 0
    set_aside: int = 0
    more: bool = False


def sweep(*, now: datetime, batch: int = BATCH, limit: int = 20) -> SweepResult:
    """Remind of everything due at `now` (aware, UTC) whose partnership is working.

    Works through at most `limit` batches, each a transaction of its own; `more` says that there
    may be more. Starts legal terms that no verb has started, returns orphaned work, and
    cancels conferences about questions that are all closed.
    """
    swept = SweepResult()
    working = working_partnerships(now)

    def remind() -> None:
        for _turn in range(limit):
            taken = _one_batch(working, now, batch, swept)
            if taken < batch:
                return
        swept.more = True

    rows.steps(
        "follow-ups",
        {
            "clocks": lambda: start_missing_clocks(working, now),
            "orphaned work": lambda: orphaned_work.return_orphaned_work(
                partnerships=working, now=now
            ),
            "team bases": lambda: team_bases.renew(partnerships=list(working.values()), now=now),
            "abandoned conferences": lambda: conference_closing.cancel_abandoned(now=now),
            "invited residents": lambda: conference_closing.uninvite_residents_of_closed(now=now),
            "reminders": remind,
        },
        now=now,
    )
    return swept


def working_partnerships(now: datetime) -> dict[UUID, Partnership]:
    """The partnerships in which it is a working day, between 6.00 and 18.00."""
    clock_time = now.astimezone(AMSTERDAM).time().replace(tzinfo=None)
    if not WORK_BEGINS <= clock_time < WORK_ENDS:
        return {}
    today, found = local_date(now), {}

    def look(partnerships: Sequence[Partnership]) -> None:
        found.update({p.id: p for p in partnerships if _is_working(p, today)})

    partnerships = list(Partnership.objects.exclude(triage_team=None))
    rows.work_off(
        "partnerships",
        partnerships,
        look,
        now=now,
        batch=len(partnerships),
        key_of=lambda p: p.id,
        partnership_of=lambda p: p.id,
        longest=_SOON,
    )
    return found


def _is_working(partnership: Partnership, day: date) -> bool:
    return front_door.of(partnership).calendar.is_working_day(day)


def start_missing_clocks(working: dict[UUID, Partnership], now: datetime) -> None:
    """Start the term of the law for questions that came in as such a kind and that nobody touched.

    Counted from the day they came in, whenever this runs.
    """
    running = FollowUp.objects.filter(question=OuterRef("pk"), kind=Kind.CLOCK)
    waiting = Question.objects.open().filter(
        ~Exists(running), kind__in=list(LEGAL_TERMS), partnership__in=list(working)
    )

    def start(keys: Sequence[UUID]) -> None:
        for pk in keys:
            question = (
                Question.objects.select_for_update(no_key=True, of=("self",), skip_locked=True)
                .filter(pk=pk)
                .first()
            )
            if question is not None and question.is_open:
                legal_clock.watch(question, now)
                follow_up_services.next_step(question)

    free = set_aside.without_held(waiting, CLOCKS, now=now).values_list("pk", flat=True)
    rows.work_off(CLOCKS, list(free[:1000]), start, now=now)


def _one_batch(
    working: dict[UUID, Partnership], now: datetime, size: int, swept: SweepResult
) -> int:
    """Claim and process up to `size`; the claim is the lock, held until they are rescheduled.

    Returns how many were claimed. What fails is given back and set aside by itself; the locks are
    kept, so no other sweep takes the same rows meanwhile.
    """
    with transaction.atomic():
        due = FollowUp.objects.filter(
            Q(partnership__in=list(working)) | Q(kind=Kind.DUTY),
            status=FollowUp.Status.OPEN,
            remind_at__isnull=False,
            remind_at__lte=now,
        ).exclude(
            # Of a flood: its alarms are merged, and a coordinator looks into the lot.
            Exists(SetAside.objects.waiting().filter(question=OuterRef("question")))
        )
        claimed = list(
            set_aside.without_held(due, REMINDERS, now=now)
            .select_related(
                "question",
                "question__lead",
                "question__lead_team__organisation",
                "question__assigned_to",
                "question__neighbourhood",
                "partnership",
                "organisation",
                "worker",
            )
            .order_by("remind_at", "id")
            .select_for_update(no_key=True, of=("self", "question"), skip_locked=True)[:size]
        )
        outcome = rows.work_off(
            REMINDERS,
            claimed,
            lambda part: _process(part, now, swept),
            now=now,
            batch=size,
            key_of=lambda row: row.pk,
            partnership_of=lambda row: row.partnership_id,
        )
        swept.checked += outcome.done
        swept.set_aside += len(outcome.set_aside)
    return len(claimed)


def _process(claimed: Sequence[FollowUp], now: datetime, swept: SweepResult) -> None:
    """Remind of these rows, which are locked, and write all that follows from it."""
    due = [_copy(row) for row in claimed]
    run = Batch(now, due)
    for row in due:
        run.process(row)
    outbox.save(run.messages)
    FollowUp.objects.bulk_update(
        due,
        ["remind_at", "escalation", "due_on", "due_version", "status", "done_at", "waits_for"],
    )
    Handover.objects.filter(pk__in=run.escalated, escalated_at__isnull=True).update(
        escalated_at=now
    )
    if run.unanswered:
        external_handover_services.note_silence(follow_ups_late=run.unanswered, now=now)
    for question in run.rescheduled.values():
        follow_up_services.next_step(question)
    swept.notified += len(run.messages)
    swept.lapsed += run.lapsed


def _copy(row: FollowUp) -> FollowUp:
    """Return a copy to change: after a failure the same row is worked off again."""
    fresh = copy(row)
    fresh.question = copy(row.question)
    return fresh
