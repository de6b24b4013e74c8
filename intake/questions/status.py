"""The moves between the statuses of a question, and the lock under which they happen."""

from datetime import datetime

from intake.questions.models import Question

S = Question.Status

# The statuses that each status may move to. The diagram in the docs is drawn from this table.
MOVES: dict[str, frozenset[str]] = {
    S.NEW: frozenset({S.PICKED_UP, S.CLOSED, S.WITHDRAWN}),
    S.PICKED_UP: frozenset({S.NEW, S.CLOSED, S.WITHDRAWN}),
    S.CLOSED: frozenset({S.NEW, S.PICKED_UP}),
    S.WITHDRAWN: frozenset({S.NEW, S.PICKED_UP}),
}


class WrongMomentError(Exception):
    """An action that the current state of the question doesn't allow.

    `args[0]` is a sentence for the screen, without personal data.
    """


def lock(question: Question) -> Question:
    """Return the question, read again and locked until the end of the transaction.

    The lock (`no_key`) stops other changes but not new rows that refer to the question: their
    foreign keys are checked at the end of the transaction, and two of those would deadlock.
    """
    return Question.objects.select_for_update(no_key=True, of=("self",)).get(pk=question.pk)


def move(question: Question, to: str, *, now: datetime) -> None:
    """Set the status of a locked question; the caller saves it and writes the timeline.

    Raises WrongMomentError for a move that is not in MOVES.
    """
    if to not in MOVES[question.status]:
        from django.utils.translation import gettext as _

        raise WrongMomentError(_("Dat kan nu niet meer: deze vraag is intussen veranderd."))
    question.status = to
    question.last_activity_at = now
    ended = to in {S.CLOSED, S.WITHDRAWN}
    question.closed_at = now if ended else None
    if to != S.CLOSED:
        question.result = ""
