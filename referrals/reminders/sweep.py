"""What is due reminds: one sweep that claims, decides again, and queues what must be told.

    sweep(now=)  -> Swept

Everything that is due is a FollowUp in PostgreSQL with the moment at which to look at it
(`remind_at`). The sweep takes what is at or past its moment, in order of due, and works through
the steps of its kind (`reminder_plan`): first who has it, then a wider circle, in working days.
Harmless to run twice, at once or days late:

* question and follow-up are locked with SKIP LOCKED, so two sweeps take different ones and none
  waits for somebody who is working on it;
* at that moment it is decided again whether it is still so;
* a message is keyed on follow-up, version of its date, step and recipient: it exists once;
* the next step counts from now, not from when it should have been: a worker that was away for
  days sends one message about each thing, not all of its steps at once.

Nobody is reminded outside working days and hours of their partnership; danger that nobody has
judged is the exception. What waits for the resident never goes to a coordinator.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from intake.questions.legal_terms import LEGAL_TERMS
from intake.questions.models import Question
from organisations.front_door import configuration as front_door
from organisations.partnerships.models import Partnership
from referrals.casework_base import notify
from referrals.conferences import closing as conference_closing
from referrals.consultations import services as consultation_services
from referrals.consultations.models import Consultation
from referrals.external_handovers import services as external_handover_services
from referrals.follow_ups import legal_clock
from referrals.follow_ups import services as follow_up_services
from referrals.follow_ups.models import FollowUp
from referrals.handovers import notifications as handover_notifications
from referrals.handovers.models import Handover
from referrals.reminders import escalation_plan, orphaned_work
from welzijn.accounts.models import User
from welzijn.core.working_days import AMSTERDAM, Calendar, local_date, local_moment
from welzijn.notifications import outbox
from welzijn.notifications.models import Message
from welzijn.notifications.recipients import Recipient

Kind = FollowUp.Kind
Waits = FollowUp.WaitsFor
BATCH = 100
# From two hours before the daily mail of 8.00, so that what is due today stands in it.
WORK_BEGINS, WORK_ENDS = follow_up_services.DAY_BEGINS, time(18)
# Danger that nobody has judged: again after an hour, four times, then every working morning.
DUTY_AGAIN = timedelta(hours=1)
DUTY_URGENTLY = 4
# Working days between the steps of anything else.
CHECK_LAPSES_AFTER = 10


@dataclass(slots=True)
class Swept:
    """What one sweep did."""

    looked_at: int = 0
    told: int = 0
    lapsed: int = 0
    more: bool = False


def sweep(*, now: datetime, batch: int = BATCH, limit: int = 20) -> Swept:
    """Remind of everything due at `now` (aware, UTC) whose partnership is at work.

    Works through at most `limit` batches, each a transaction of its own; `more` says that there
    may be more. Starts clocks of the law that no verb has started yet, lays back the work of who
    left, and calls off what was planned about questions that are all closed.
    """
    swept = Swept()
    at_work = working_partnerships(now)
    start_missing_clocks(at_work, now)
    orphaned_work.lay_back(partnerships=at_work, now=now)
    conference_closing.call_off_abandoned(now=now)
    conference_closing.let_off_finished(now=now)
    for _turn in range(limit):
        taken = _one_batch(at_work, now, batch, swept)
        swept.looked_at += taken
        if taken < batch:
            return swept
    swept.more = True
    return swept


def working_partnerships(now: datetime) -> dict[UUID, Partnership]:
    """The partnerships in which it is a working day, between 6.00 and 18.00."""
    clock_time = now.astimezone(AMSTERDAM).time().replace(tzinfo=None)
    if not WORK_BEGINS <= clock_time < WORK_ENDS:
        return {}
    today = local_date(now)
    return {
        p.id: p
        for p in Partnership.objects.exclude(triage_team=None)
        if front_door.of(p).calendar.is_working_day(today)
    }


def start_missing_clocks(at_work: dict[UUID, Partnership], now: datetime) -> None:
    """Start the term of the law for questions that came in as such a kind and that nobody touched.

    Counted from the day they came in, whenever this runs.
    """
    running = FollowUp.objects.filter(question=OuterRef("pk"), kind=Kind.CLOCK)
    waiting = (
        Question.objects.open()
        .filter(~Exists(running), kind__in=list(LEGAL_TERMS), partnership__in=list(at_work))
        .values_list("pk", flat=True)
    )
    for pk in list(waiting[:1000]):
        with transaction.atomic():
            question = (
                Question.objects.select_for_update(no_key=True, of=("self",), skip_locked=True)
                .filter(pk=pk)
                .first()
            )
            if question is not None and question.is_open:
                legal_clock.watch(question, now)
                follow_up_services.next_step(question)


def _one_batch(at_work: dict[UUID, Partnership], now: datetime, size: int, swept: Swept) -> int:
    """Claim and work off up to `size`; the claim is the lock, held until they are rescheduled."""
    with transaction.atomic():
        rows = list(
            FollowUp.objects.filter(
                Q(partnership__in=list(at_work)) | Q(kind=Kind.DUTY),
                status=FollowUp.Status.OPEN,
                remind_at__isnull=False,
                remind_at__lte=now,
            )
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
        if not rows:
            return 0
        run = _Run(now, rows)
        for row in rows:
            run.work_off(row)
        outbox.save(run.messages)
        FollowUp.objects.bulk_update(
            rows,
            ["remind_at", "escalation", "due_on", "due_version", "status", "done_at", "waits_for"],
        )
        Handover.objects.filter(pk__in=run.escalated, escalated_at__isnull=True).update(
            escalated_at=now
        )
        if run.silent:
            external_handover_services.note_silence(follow_ups_late=run.silent, now=now)
        for question in run.moved_on.values():
            follow_up_services.next_step(question)
        swept.told += len(run.messages)
        swept.lapsed += run.lapsed
    return len(rows)


@dataclass
class _Run:
    """One batch: what it looks up once, and what it will write."""

    now: datetime
    rows: list[FollowUp]
    messages: list[Message] = field(default_factory=list)
    escalated: list[UUID] = field(default_factory=list)
    silent: list[UUID] = field(default_factory=list)
    moved_on: dict[UUID, Question] = field(default_factory=dict)
    lapsed: int = 0

    def __post_init__(self) -> None:
        self._people: dict[tuple[str, UUID], list[Recipient]] = {}
        self.today = local_date(self.now)
        ids = [r.question_id for r in self.rows if r.kind == Kind.HANDOVER]
        self._handovers = (
            {
                h.question_id: h
                for h in Handover.objects.filter(
                    question__in=ids, status__in=Handover.OPEN
                ).select_related("receiver")
            }
            if ids
            else {}
        )
        due = [r.id for r in self.rows if r.kind == Kind.CONSULTATION]
        self._consultations = (
            {
                c.follow_up_id: c
                for c in Consultation.objects.filter(follow_up__in=due).select_related("receiver")
            }
            if due
            else {}
        )

    def work_off(self, row: FollowUp) -> None:
        """Decide again, tell, and say when to look next."""
        special: dict[str, Callable[[FollowUp], None]] = {
            Kind.DUTY: self._duty,
            Kind.QUIET: self._quiet,
            Kind.CHECK: self._check,
            Kind.HANDOVER: self._handover,
        }
        if not self._is_true(row):
            row.status = FollowUp.Status.CANCELLED
            row.done_at = self.now
            row.remind_at = None
            return
        special.get(row.kind, self._by_plan)(row)

    def _is_true(self, row: FollowUp) -> bool:
        question = row.question
        if row.kind == Kind.CHECK:
            return question.status == Question.Status.CLOSED
        if row.kind == Kind.PICK_UP:
            return question.status == Question.Status.NEW
        if row.kind == Kind.HANDOVER:
            return question.id in self._handovers
        if row.kind in follow_up_services.OUTLIVES_THE_QUESTION:
            return True
        return question.is_open

    def _by_plan(self, row: FollowUp) -> None:
        if row.kind == Kind.OUTSIDE and row.escalation:
            self.silent.append(row.id)
        self._take(row, escalation_plan.PLAN[row.kind])
        if row.kind == Kind.CONSULTATION and row.id in self._consultations:
            consultation_services.tell_receivers(
                self._consultations[row.id], self.now, kind="consultation.late"
            )

    def _handover(self, row: FollowUp) -> None:
        steps = escalation_plan.HANDOVER_PLAN[row.waits_for]
        step = steps[min(row.escalation, len(steps) - 1)]
        self._take(
            row, steps, path=handover_notifications.path_of(self._handovers[row.question_id])
        )
        if step.audience == escalation_plan.COORDINATORS:
            self.escalated.append(self._handovers[row.question_id].id)

    def _take(self, row: FollowUp, steps: tuple[escalation_plan.Step, ...], path: str = "") -> None:
        """Tell what this step says and move to the next one."""
        step = steps[min(row.escalation, len(steps) - 1)]
        name = escalation_plan.KINDS[min(row.escalation, len(escalation_plan.KINDS) - 1)]
        if step.audience == escalation_plan.COORDINATORS:
            told = self._wider(row)
        else:
            told = [(recipient, path) for recipient in self._audience(row, step.audience)]
        for recipient, way_in in told:
            self._tell(row, name, recipient, step.template, way_in)
        row.escalation += 1
        if step.again is None or row.escalation >= len(steps):
            row.remind_at = None
            return
        days = step.again
        if days < 0:
            days = row.partnership.handover_escalate_after
        if row.waits_for == Waits.RESIDENT:
            row.remind_at = None
            return
        start = max(self.today, row.due_on)
        row.remind_at = self._morning(row, start, days)

    def _duty(self, row: FollowUp) -> None:
        """Possible danger that nobody has judged: the triage team and the coordinators, at once."""
        team = row.question.lead_team_id
        people = self._members(team) if team else self._intake(row)
        told = {recipient.key: (recipient, path) for recipient, path in self._wider(row)}
        told |= {recipient.key: (recipient, "") for recipient in people}
        version = row.escalation + 1
        for recipient, path in told.values():
            self._tell(
                row, "duty", recipient, "question_urgent", path, urgent=True, version=version
            )
        row.escalation += 1
        row.remind_at = (
            self.now + DUTY_AGAIN
            if row.escalation < DUTY_URGENTLY
            else self._morning(row, self.today, 1)
        )

    def _quiet(self, row: FollowUp) -> None:
        """Nothing has happened for the partnership's term, or the day moves to when it would be."""
        calendar = self._calendar(row)
        last = local_date(row.question.last_activity_at)
        quiet_on = calendar.add_working_days(last, row.partnership.quiet_after)
        if quiet_on > self.today:
            self._move(row, quiet_on)
            return
        silent = calendar.working_days_between(last, self.today)
        told: dict[str, tuple[Recipient, str]] = {}
        if silent >= 2 * row.partnership.quiet_after:
            told |= {recipient.key: (recipient, path) for recipient, path in self._wider(row)}
        for recipient in self._audience(row, escalation_plan.WORKER):
            told[recipient.key] = (recipient, "")
        for recipient, path in told.values():
            self._tell(row, "quiet", recipient, "question_quiet", path, days=silent)
        self._move(row, calendar.add_working_days(self.today, row.partnership.quiet_after))

    def _move(self, row: FollowUp, day: date) -> None:
        row.due_on = day
        row.due_version += 1
        row.escalation = 0
        row.remind_at = follow_up_services.first_look(row.kind, day, self._calendar(row))
        self.moved_on[row.question_id] = row.question

    def _check(self, row: FollowUp) -> None:
        """Ask the resident how it goes; where no message may be sent, the worker phones.

        A mail that gets no answer lapses without a word. A call is the worker's, and escalates.
        """
        if row.waits_for == Waits.US:
            self._by_plan(row)
            return
        if row.escalation >= 1:
            row.status = FollowUp.Status.CANCELLED
            row.done_at = self.now
            row.remind_at = None
            self.lapsed += 1
            return
        from intake.people.contact_preferences import resident

        messages = outbox.messages_for(
            partnership_id=row.partnership_id,
            subject_kind="check",
            subject_id=row.id,
            due_version=row.due_version,
            recipient=resident(row.question.asker),
            template="check",
            context={"path": f"/volg/hoe-gaat-het/{row.question.check_code}/"},
            about_id=row.question_id,
            at_work=True,
            days=self._calendar(row),
            now=self.now,
        )
        self.messages.extend(messages)
        if all(m.status == "shown" for m in messages):
            row.waits_for = Waits.US
            self._by_plan(row)
            return
        row.escalation = 1
        row.remind_at = self._morning(row, self.today, CHECK_LAPSES_AFTER)

    # --- Whom, and how ---------------------------------------------------------------------------
    def _audience(self, row: FollowUp, audience: str) -> list[Recipient]:
        if audience == escalation_plan.RECEIVER:
            return (
                [notify.mailbox(row.organisation), *self._intake(row)]
                if (row.worker is None)
                else [notify.user(row.worker)]
            )
        if audience == escalation_plan.WORKER and row.worker is not None and row.worker.is_active:
            return [notify.user(row.worker)]
        team = row.question.lead_team
        if team is not None and row.team_id == team.id:
            return [notify.team_mailbox(team, row.partnership), *self._members(team.id)]
        return [notify.mailbox(row.organisation), *self._intake(row)]

    def _wider(self, row: FollowUp) -> list[tuple[Recipient, str]]:
        """The wider circle with each one's own way in: they see the row, and read no case.

        The coordinators; where there is none the wijkaanjager of the neighbourhood; where there is
        neither, whoever has the question hears it again, so that nothing ends with nobody.
        """
        here, place = row.partnership_id, row.question.neighbourhood
        found = self._once(("coordinators", here), lambda: notify.coordinators(here, self.today))
        if found:
            return [(who, f"/caseload/{row.question_id}/") for who in found]
        if place is not None:
            found = self._once(
                ("wijkaanjager", place.pk), lambda: notify.neighbourhood_leads(place.pk, self.today)
            )
        if place is not None and found:
            return [(who, f"/wijk/?wijk={place.slug}") for who in found]
        return [(notify.lead_mailbox(row.question), "")]

    def _members(self, team_id: UUID) -> list[Recipient]:
        return self._once(("team", team_id), lambda: notify.team_members(team_id, self.today))

    def _intake(self, row: FollowUp) -> list[Recipient]:
        return self._once(
            (f"intake {row.partnership_id}", row.organisation_id),
            lambda: notify.intake_workers(row.organisation_id, row.partnership_id, self.today),
        )

    def _once(self, key: tuple[str, UUID], find: Callable[[], list[User]]) -> list[Recipient]:
        if key not in self._people:
            self._people[key] = [notify.user(u) for u in find()]
        return self._people[key]

    def _tell(
        self,
        row: FollowUp,
        kind: str,
        recipient: Recipient,
        template: str,
        path: str = "",
        *,
        days: int | None = None,
        urgent: bool = False,
        version: int | None = None,
    ) -> None:
        calendar = self._calendar(row)
        late = calendar.overdue_by(row.due_on, self.today) if days is None else days
        self.messages.extend(
            outbox.messages_for(
                partnership_id=row.partnership_id,
                subject_kind=kind,
                subject_id=row.id,
                due_version=row.due_version if version is None else version,
                recipient=recipient,
                template=template,
                context={
                    "reference": row.question.reference,
                    "path": path or notify.path_of(row.question),
                    "due_on": row.due_on.isoformat(),
                    "working_days": late,
                },
                about_id=row.question_id,
                urgent=urgent,
                days=calendar,
                now=self.now,
            )
        )

    def _calendar(self, row: FollowUp) -> Calendar:
        return front_door.of(row.partnership).calendar

    def _morning(self, row: FollowUp, day: date, days: int) -> datetime:
        return local_moment(self._calendar(row).add_working_days(day, days), WORK_BEGINS)
