"""Submit a question: decision, lead, sharing basis and messages in one transaction."""

from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, connection, transaction

from intake.danger import merged_alarms
from intake.floods.suspicion import Arrived
from intake.questions.models import Question
from intake.resident_access import codes
from intake.submission.routing_preview import Preview, preview
from intake.submission.rows import QuestionRows
from intake.submission.submission import RESIDENT, EnteredBy, Submission
from organisations.directory.models import Organisation, Team
from organisations.partnerships.models import Partnership
from welzijn.core.bulk_insert import bulk_insert
from welzijn.notifications import outbox

CALM = Arrived()


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What the resident gets to keep. `code` is '' if a repeated form's code was since replaced."""

    question: Question
    reference: str
    code: str
    organisation: Organisation
    team: Team | None
    reason: str
    promised_on: date
    repeated: bool = False


class OtherOrganisationError(Exception):
    """The rules changed since the preview: another organisation would pick the question up.

    The consent was for the one that was named, so it has to be asked again. Nothing was written.
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
    arrived: Arrived = CALM,
) -> Receipt:
    """Create the question of a form, once, however often the form is sent.

    Writes question, people, wishes, basis, decision, timeline, access log and messages in one
    transaction; the lead is there from the first commit on. With consent the lead is the
    organisation that the resident was shown. Without it, or if the rules say so, it is the triage
    team, on the controller's own basis for first handling (AVG 6): nobody is refused for saying no.
    `chosen` is the decision on these answers at this moment, if the caller has just made it; the
    answer about sharing doesn't change it. If left out, it is made here.
    Raises OtherOrganisationError if the decision is no longer the one that the consent was for,
    and `front_door.NotOpenError` for a partnership without a triage team.
    """
    chosen = chosen or preview(
        partnership=partnership, submission=submission, now=now, entered_by=entered_by
    )
    if submission.shares and submission.shares_with != chosen.shares_with:
        raise OtherOrganisationError(chosen)
    for attempt in range(5):
        reference = codes.reference_for(submission.submission_key, attempt)
        rows = QuestionRows(partnership, submission, chosen, entered_by, reference, now, arrived)
        try:
            # One statement is a transaction by itself; within another transaction a savepoint keeps
            # that usable after the IntegrityError of a reference that is taken.
            several = connection.in_atomic_block or rows.merges_alarm
            with transaction.atomic() if several else nullcontext():
                inserted = bulk_insert(
                    rows.rows(),
                    ignore_conflicts=rows.messages,
                    once=(rows.question, "submission_key"),
                )
                if inserted and rows.merges_alarm:
                    merged_alarms.add(rows.on_duty(), partnership_id=partnership.id, now=now)
                if inserted:
                    outbox.nudge_on_commit(urgent=rows.question.maybe_danger)
        except IntegrityError as error:
            if "reference" not in str(error):
                raise
            continue
        if inserted:
            return _receipt(rows)
        known = _already(submission, partnership)
        if known is None:
            raise IntegrityError("the form was sent at another partnership")
        return known
    raise RuntimeError("no free reference in five tries")


def _already(submission: Submission, partnership: Partnership) -> Receipt | None:
    """Return the receipt of the question that this form created before, or None."""
    question = (
        Question.objects.filter(submission_key=submission.submission_key, partnership=partnership)
        .select_related("lead", "lead_team")
        .first()
    )
    if question is None:
        return None
    decision = question.decisions.order_by("at").first()
    return Receipt(
        question=question,
        reference=question.reference,
        code=codes.first_code_again(submission.submission_key, question.id, question.code_digest),
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
