"""The statuses of a question and the moves between them: data, one function, one lock."""

from datetime import datetime

from intake.questions.models import Question

S = Question.Status

# From a status to those it may move to. The docs draw their diagram from this table.
MOVES: dict[str, frozenset[str]] = {
    S.NEW: frozenset({S.PICKED_UP, S.CLOSED, S.WITHDRAWN}),
    S.PICKED_UP: frozenset({S.NEW, S.CLOSED, S.WITHDRAWN}),
    S.CLOSED: frozenset({S.NEW, S.PICKED_UP}),
    S.WITHDRAWN: frozenset({S.NEW, S.PICKED_UP}),
}


class WrongMomentError(Exception):
    """What somebody wants to do can't be done with the question as it is now.

    `args[0]` is a sentence for the screen; it holds no person.
    """


def lock(question: Question) -> Question:
    """The question anew, locked until the end of the transaction.

    Against other changes, not against a row that comes to point at it (`no_key`): the foreign key
    of such a row is looked at when its transaction ends, and two of those would wait for each
    other for ever.
    """
    return Question.objects.select_for_update(no_key=True, of=("self",)).get(pk=question.pk)


def move(question: Question, to: str, *, now: datetime) -> None:
    """Set the status of a locked question; the caller saves it and writes the timeline.

    Raises WrongMomentError for a move that the table doesn't have.
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
