"""How a question comes in: decision, lead, sharing basis and messages in one transaction."""

from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, connection, transaction

from intake.questions.models import Question
from intake.resident_access import codes
from intake.submission.routing_preview import Preview, preview
from intake.submission.rows import QuestionRows
from intake.submission.submission import RESIDENT, EnteredBy, Submission
from organisations.directory.models import Organisation, Team
from organisations.front_door import configuration as front_door
from organisations.partnerships.models import Partnership
from welzijn.core.bulk_insert import insert_together
from welzijn.notifications import outbox


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What the resident takes home. `code` is '' where a repeated form's code was replaced."""

    question: Question
    reference: str
    code: str
    organisation: Organisation
    team: Team | None
    reason: str
    promised_on: date
    repeated: bool = False


class OtherOrganisationError(Exception):
    """The rules changed while the resident was reading: another organisation would pick it up.

    The yes was for the one that was named, so it is asked again; nothing has been written.
    """

    def __init__(self, preview: Preview) -> None:
        super().__init__("the yes was for another organisation")
        self.preview = preview


def submit(
    *,
    partnership: Partnership,
    submission: Submission,
    now: datetime,
    entered_by: EnteredBy = RESIDENT,
    chosen: Preview | None = None,
) -> Receipt:
    """Make the question: once a form, however often it is sent.

    Writes question, people, wishes, basis, decision, timeline, access log and messages in one
    transaction; the lead is there from the first commit on. A yes to sharing gives the lead to the
    organisation that the resident was told about. A no, no answer, or a decision for triage gives
    it to the triage team, on the controller's own basis for first handling (AVG 6): nobody is sent
    away for saying no.
    `chosen` is the decision on these answers at this moment, where the caller has just made it to
    show or check it; a yes or no to sharing doesn't change it. Left out, it is made here.
    Raises OtherOrganisationError when the decision is no longer the one that the yes was for, and
    `front_door.NotOpenError` for a partnership without triage.
    """
    front = front_door.of(partnership)
    chosen = chosen or preview(
        partnership=partnership, submission=submission, now=now, entered_by=entered_by
    )
    if submission.shares and submission.shares_with != chosen.shares_with:
        raise OtherOrganisationError(chosen)
    for attempt in range(5):
        reference = codes.reference_for(submission.submission_key, attempt)
        rows = QuestionRows(partnership, front, submission, chosen, entered_by, reference, now)
        try:
            # All rows are one statement, so by itself it is one transaction; inside of another one
            # a savepoint lets that go on after a form that was sent twice.
            with transaction.atomic() if connection.in_atomic_block else nullcontext():
                insert_together(rows.rows(), unless_there=rows.messages)
                outbox.nudge_on_commit(urgent=rows.question.maybe_danger)
        except IntegrityError as error:
            known = _already(submission, partnership)
            if known is not None:
                return known
            if "reference" not in str(error):
                raise
            continue
        return _receipt(rows)
    raise RuntimeError("no free reference in five tries")


def _already(submission: Submission, partnership: Partnership) -> Receipt | None:
    """The receipt of the question that this form has made before, if it has."""
    question = (
        Question.objects.filter(submission_key=submission.submission_key, partnership=partnership)
        .select_related("lead", "lead_team")
        .first()
    )
    if question is None:
        return None
    code = codes.first_code(submission.submission_key)
    decision = question.decisions.order_by("at").first()
    return Receipt(
        question=question,
        reference=question.reference,
        code=code if codes.matches(question.id, code, question.code_digest) else "",
        organisation=question.lead,
        team=question.lead_team,
        reason=decision.reason if decision else "",
        promised_on=question.promised_on,
        repeated=True,
    )


def _receipt(rows: QuestionRows) -> Receipt:
    return Receipt(
        question=rows.question,
        reference=rows.question.reference,
        code=rows.code,
        organisation=rows.lead,
        team=rows.team,
        reason=rows.chosen.outcome.reason,
        promised_on=rows.question.promised_on,
    )
