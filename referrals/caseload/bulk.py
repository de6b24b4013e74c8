"""One verb for several questions: each is checked apart, and what couldn't be done is named.

    each(user=, partnership=, ids=, do=)  -> Outcome

The verbs are those of one question (`referrals.casework`, `referrals.follow_ups`), with the same
permission: a coordinator who may not do it for one question may not do it for fifty.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intake.questions.models import Question
from intake.questions.status import WrongMomentError
from organisations.directory.models import Organisation
from organisations.partnerships.models import Partnership
from referrals.casework import assign as casework_assign
from referrals.casework import remind as casework_remind
from referrals.casework import take_over
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.follow_ups import staff_actions
from referrals.routing_review.models import Correction
from welzijn.accounts.models import User

# A page of the list, twice: what one step may hold.
MOST = 100


@dataclass(slots=True)
class Outcome:
    """What a step did: the references done, those that were asked for, and those refused."""

    done: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    refused: dict[str, list[str]] = field(default_factory=dict)  # reason: references

    def refuse(self, reference: str, reason: str) -> None:
        """Add a question that it couldn't be done for."""
        self.refused.setdefault(reason, []).append(reference)

    def sentences(self) -> list[str]:
        """Return a sentence for each reason, with the references that it holds for."""
        found = []
        for reason, references in self.refused.items():
            number = ngettext(
                "Niet gelukt bij {n} vraag", "Niet gelukt bij {n} vragen", len(references)
            )
            found.append(
                _("{number} ({which}): {reason}").format(
                    number=number.format(n=len(references)),
                    which=", ".join(references),
                    reason=reason,
                )
            )
        return found


def chosen(*, user: User, partnership: Partnership, ids: Collection[UUID]) -> QuerySet[Question]:
    """Return the chosen questions of which `user` may see the row, the most urgent first."""
    return (
        Question.objects.listed_for(user)
        .filter(partnership=partnership, pk__in=list(ids)[:MOST])
        .select_related("partnership__triage_team", "lead", "lead_team", "assigned_to")
        .defer("words", "opening_answers", "result_words", "search")
        .order_by("due_on", "id")
    )


def each(
    *,
    user: User,
    partnership: Partnership,
    ids: Collection[UUID],
    do: Callable[[Question], bool | None],
) -> Outcome:
    """Do it for each chosen question; what is refused stops no other.

    `do` returns True where it could only ask. Each runs in its own transaction, under its lock.
    """
    outcome = Outcome()
    for question in chosen(user=user, partnership=partnership, ids=ids):
        try:
            asked = do(question)
        except (NotAllowedError, WrongMomentError) as error:
            reason = str(error) or _("U mag dit bij deze vraag niet doen.")
            outcome.refuse(question.reference, reason)
        else:
            (outcome.asked if asked else outcome.done).append(question.reference)
    return outcome


def move(
    *,
    to: Organisation | None,
    why: Correction.Why,
    reason: str,
    by: User,
    now: datetime,
) -> Callable[[Question], bool]:
    """Return the verb that moves one question; it asks where nobody may take it alone.

    No resident was asked about many questions at once: without a basis one goes to triage, which
    asks.
    """

    def do(question: Question) -> bool:
        try:
            casework_assign.move_lead(
                question=question, to=to, by=by, now=now, why=why, reason=reason
            )
        except take_over.AskFirstError:
            take_over.ask(question=question, to=to, by=by, why=why, now=now)
            return True
        return False

    return do


def plan(*, what: str, due_on: date, by: User, now: datetime) -> Callable[[Question], None]:
    """Return the verb that plans a next step for one question."""

    def do(question: Question) -> None:
        staff_actions.plan(question=question, what=what, due_on=due_on, by=by, now=now)

    return do


def remind(*, by: User, now: datetime) -> Callable[[Question], None]:
    """Return the verb that reminds whoever has one question."""

    def do(question: Question) -> None:
        casework_remind.remind(question=question, by=by, now=now)

    return do
