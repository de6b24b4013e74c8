"""Who is reminded of what is due, step by step: first who has it, then a wider circle.

Data for `referrals.reminders.sweep`. Working days between the steps are those of the partnership.
"""

from dataclasses import dataclass

from referrals.follow_ups.models import FollowUp

Kind = FollowUp.Kind
Waits = FollowUp.WaitsFor
# The messages of the first, second and third step: a recipient of two steps gets two.
KINDS = ("followup.due", "followup.late", "followup.escalated")


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a kind: whom it tells, with which template, and when to look again.

    again: working days until the next look; None: this was the last.
    """

    audience: str
    template: str
    again: int | None


# Without coordinators: the neighbourhood lead (`audience.Audience.coordinators`).
WORKER, LEAD, COORDINATORS, RECEIVER = "worker", "lead", "coordinators", "receiver"

# Who is reminded, step by step. "late" steps tell how many working days it is late.
PLAN: dict[str, tuple[Step, ...]] = {
    Kind.PICK_UP: (
        Step(LEAD, "question_not_picked_up", 1),
        Step(COORDINATORS, "question_not_picked_up", None),
    ),
    Kind.FIRST_CONTACT: (
        Step(WORKER, "followup_due", 1),
        Step(WORKER, "followup_overdue", 1),
        Step(COORDINATORS, "followup_overdue", None),
    ),
    Kind.AGREED: (
        Step(WORKER, "followup_due", 1),
        Step(WORKER, "followup_overdue", 2),
        Step(COORDINATORS, "followup_overdue", None),
    ),
    Kind.DESK: (
        Step(WORKER, "followup_due", 1),
        Step(COORDINATORS, "followup_overdue", None),
    ),
    Kind.CLOCK: (
        Step(WORKER, "legal_clock", 2),
        Step(WORKER, "legal_clock", 1),
        Step(COORDINATORS, "legal_clock", None),
    ),
    Kind.QUIET: (Step(WORKER, "question_quiet", None),),
    Kind.CONSULTATION: (Step(WORKER, "followup_due", None),),
    # If no message may be sent, the worker phones.
    Kind.CHECK: (
        Step(WORKER, "followup_due", 2),
        Step(WORKER, "followup_overdue", 3),
        Step(COORDINATORS, "followup_overdue", None),
    ),
    Kind.ACTION: (
        Step(WORKER, "conference_action_due", 1),
        Step(WORKER, "followup_overdue", 2),
        Step(COORDINATORS, "followup_overdue", None),
    ),
    # The partner outside did not answer: the sender phones, then the coordinators are notified.
    Kind.OUTSIDE: (
        Step(WORKER, "followup_due", 2),
        Step(COORDINATORS, "followup_overdue", None),
    ),
    Kind.REVIEW: (
        Step(WORKER, "followup_due", 1),
        Step(LEAD, "followup_overdue", None),
    ),
    Kind.SAFETY: (
        Step(WORKER, "followup_due", 1),
        Step(COORDINATORS, "followup_overdue", None),
    ),
}
# A handover, by whose turn it is. -1 means the partnership's own term.
HANDOVER_PLAN: dict[str, tuple[Step, ...]] = {
    Waits.RECEIVER: (
        Step(RECEIVER, "handover_answer_due", -1),
        Step(COORDINATORS, "handover_unanswered", None),
    ),
    Waits.SENDER: (
        Step(WORKER, "handover_question", -1),
        Step(COORDINATORS, "handover_unanswered", None),
    ),
    Waits.RESIDENT: (Step(WORKER, "followup_due", None),),
}
