"""Applies the steps of a demo question through the domain functions of staff and residents."""

from datetime import datetime, time, timedelta

from intake.questions.models import Question, SharingBasis
from organisations.directory.models import Organisation
from organisations.front_door import configuration as front_door
from organisations.roles.models import Membership
from referrals.casework import (
    close as casework_close,
)
from referrals.casework import (
    contact_moments,
    pick_up,
)
from referrals.casework import (
    withdraw as casework_withdraw,
)
from referrals.casework_base.models import ContactMoment
from referrals.follow_ups import staff_actions as follow_up_actions
from referrals.handovers import services as handover_services
from referrals.handovers.models import Handover
from welzijn.accounts.models import User
from welzijn.core.working_days import local_date, local_moment
from welzijn.devtools.demo_data.demo_questions import DemoQuestion, Step
from welzijn.devtools.demo_data.staff import Staff

_FOLLOW_UP_IN = 5  # working days


def apply_steps(
    *, staff: Staff, question: Question, demo: DemoQuestion, received_at: datetime, now: datetime
) -> None:
    """Apply the steps of `demo` to `question` in order, each at its own time, up to `now`."""
    calendar = front_door.of(staff.partnership).calendar
    worker = _worker(staff, question, demo)
    last = received_at
    for number, step in enumerate(demo.steps):
        day = calendar.add_working_days(local_date(received_at), step.after)
        hour = time(9 + (len(demo.key) + 2 * number) % 7, (7 * number) % 60)
        at = max(local_moment(day, hour), last + timedelta(minutes=20))
        if at >= now:
            return
        last = at
        question.refresh_from_db()
        _apply(staff, question, step, worker, at)


def _worker(staff: Staff, question: Question, demo: DemoQuestion) -> User:
    """A user of the lead organisation or team who may read new questions."""
    if question.lead_team is not None:
        members = [
            m.user
            for m in Membership.objects.active()
            .filter(team=question.lead_team)
            .select_related("user")
            .order_by("user__email")
        ]
        return members[len(demo.key) % len(members)]
    return staff.professionals[question.lead.slug][len(demo.key) % 2]


def _apply(staff: Staff, question: Question, step: Step, by: User, now: datetime) -> None:
    match step.action:
        case "pick_up":
            pick_up.pick_up(question=question, by=by, now=now)
        case "contact" | "no_answer":
            spoken = step.action == "contact"
            contact_moments.log_contact(
                question=question,
                way=ContactMoment.Way.PHONE,
                outcome=ContactMoment.Outcome.SPOKEN
                if spoken
                else ContactMoment.Outcome.NOT_REACHED,
                by=by,
                now=now,
                agreed=step.text,
                note=step.note,
            )
        case "follow_up":
            calendar = front_door.of(staff.partnership).calendar
            due_on = calendar.add_working_days(local_date(now), _FOLLOW_UP_IN)
            follow_up_actions.plan(question=question, what=step.text, due_on=due_on, by=by, now=now)
        case "propose" | "offer":
            handover_services.propose(
                question=question,
                to=Organisation.objects.get(slug=step.to),
                why=step.text,
                summary=step.note,
                by=by,
                now=now,
                yes_how=SharingBasis.How.PHONE if step.action == "offer" else None,
            )
        case "accept" | "decline":
            offered = Handover.objects.get(question=question, status=Handover.Status.OFFERED)
            receiver = staff.professionals[offered.receiver.slug][0]
            if step.action == "accept":
                handover_services.accept(handover=offered, by=receiver, now=now)
            else:
                handover_services.decline(handover=offered, reason=step.text, by=receiver, now=now)
        case "close":
            casework_close.close(
                question=question,
                result=Question.Result(step.result),
                words=step.text or "Er was geen contact meer.",
                by=by,
                now=now,
                verdict=step.verdict,
            )
        case "withdraw":
            casework_withdraw.withdraw(question=question, now=now)
