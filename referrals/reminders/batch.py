"""One batch of the sweep: decide again whether each follow-up still holds, queue its messages.

Reads once what several rows need, collects what is to be written, and leaves the writing to
`referrals.reminders.sweep`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from uuid import UUID

from intake.questions.models import Question
from organisations.front_door import configuration as front_door
from referrals.casework_base import notify
from referrals.consultations import services as consultation_services
from referrals.consultations.models import Consultation
from referrals.follow_ups import services as follow_up_services
from referrals.follow_ups.models import FollowUp
from referrals.handovers import notifications as handover_notifications
from referrals.handovers.models import Handover
from referrals.reminders import danger_alarm, escalation_plan
from referrals.reminders.audience import Audience
from welzijn.core.working_days import Calendar, local_date, local_moment
from welzijn.notifications import outbox
from welzijn.notifications.models import Message
from welzijn.notifications.recipients import Recipient

Kind = FollowUp.Kind
Waits = FollowUp.WaitsFor
# Starts two hours before the daily digest of 8.00, so that it includes what is due today.
WORK_BEGINS, WORK_ENDS = follow_up_services.DAY_BEGINS, time(18)
# Working days after which an unanswered check lapses.
CHECK_LAPSES_AFTER = 10


@dataclass
class Batch:
    """One batch: what it looks up once, and what it will write."""

    now: datetime
    rows: list[FollowUp]
    messages: list[Message] = field(default_factory=list)
    escalated: list[UUID] = field(default_factory=list)
    unanswered: list[UUID] = field(default_factory=list)
    rescheduled: dict[UUID, Question] = field(default_factory=dict)
    lapsed: int = 0

    def __post_init__(self) -> None:
        self.today = local_date(self.now)
        self._audience = Audience(self.today)
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
        alarms = [r.id for r in self.rows if r.kind == Kind.DUTY]
        self._opened = danger_alarm.opened_at(alarms) if alarms else {}
        due = [r.id for r in self.rows if r.kind == Kind.CONSULTATION]
        self._consultations = (
            {
                c.follow_up_id: c
                for c in Consultation.objects.filter(follow_up__in=due).select_related("receiver")
            }
            if due
            else {}
        )

    def process(self, row: FollowUp) -> None:
        """Check that the row still holds, queue its messages, and set the next reminder."""
        special: dict[str, Callable[[FollowUp], None]] = {
            Kind.DUTY: self._duty,
            Kind.QUIET: self._quiet,
            Kind.CHECK: self._check,
            Kind.HANDOVER: self._handover,
        }
        if not self._still_applies(row):
            row.status = FollowUp.Status.CANCELLED
            row.done_at = self.now
            row.remind_at = None
            return
        special.get(row.kind, self._by_plan)(row)

    def _still_applies(self, row: FollowUp) -> bool:
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
            self.unanswered.append(row.id)
        self._escalate(row, escalation_plan.PLAN[row.kind])
        if row.kind == Kind.CONSULTATION and row.id in self._consultations:
            consultation_services.notify_receivers(
                self._consultations[row.id], self.now, kind="consultation.late"
            )

    def _handover(self, row: FollowUp) -> None:
        steps = escalation_plan.HANDOVER_PLAN[row.waits_for]
        step = steps[min(row.escalation, len(steps) - 1)]
        self._escalate(
            row, steps, path=handover_notifications.path_of(self._handovers[row.question_id])
        )
        if step.audience == escalation_plan.COORDINATORS:
            self.escalated.append(self._handovers[row.question_id].id)

    def _escalate(
        self, row: FollowUp, steps: tuple[escalation_plan.Step, ...], path: str = ""
    ) -> None:
        """Queue the messages of this step and move to the next one."""
        step = steps[min(row.escalation, len(steps) - 1)]
        name = escalation_plan.KINDS[min(row.escalation, len(escalation_plan.KINDS) - 1)]
        if step.audience == escalation_plan.COORDINATORS:
            recipients = self._audience.coordinators(row)
        else:
            recipients = [
                (recipient, path) for recipient in self._audience.of_step(row, step.audience)
            ]
        for recipient, link in recipients:
            self._queue(row, name, recipient, step.template, link)
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
        """Alert the next circle to danger that nobody has opened, or not judged since."""
        alert = danger_alarm.next_alert(row, self._opened.get(row.id), self.now)
        if alert.circle is not None:
            version = row.escalation + 1
            for recipient, path in self._audience.alarmed(row, alert.circle):
                self._queue(
                    row, "duty", recipient, alert.template, path, urgent=True, version=version
                )
            row.escalation += 1
        row.remind_at = self.now + alert.again if alert.again else self._morning(row, self.today, 1)

    def _quiet(self, row: FollowUp) -> None:
        """Remind of a question without activity for the partnership's term, or reschedule."""
        calendar = self._calendar(row)
        last = local_date(row.question.last_activity_at)
        quiet_on = calendar.add_working_days(last, row.partnership.quiet_after)
        if quiet_on > self.today:
            self._reschedule(row, quiet_on)
            return
        silent = calendar.working_days_between(last, self.today)
        recipients: dict[str, tuple[Recipient, str]] = {}
        if silent >= 2 * row.partnership.quiet_after:
            recipients |= {
                recipient.key: (recipient, path)
                for recipient, path in self._audience.coordinators(row)
            }
        for recipient in self._audience.of_step(row, escalation_plan.WORKER):
            recipients[recipient.key] = (recipient, "")
        for recipient, path in recipients.values():
            self._queue(row, "quiet", recipient, "question_quiet", path, days=silent)
        self._reschedule(row, calendar.add_working_days(self.today, row.partnership.quiet_after))

    def _reschedule(self, row: FollowUp, day: date) -> None:
        row.due_on = day
        row.due_version += 1
        row.escalation = 0
        row.remind_at = follow_up_services.first_look(row.kind, day, self._calendar(row))
        self.rescheduled[row.question_id] = row.question

    def _check(self, row: FollowUp) -> None:
        """Ask the resident how it goes; where no message may be sent, the worker phones.

        An unanswered mail lapses silently; a call is due for the worker, and escalates.
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

    def _queue(
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
