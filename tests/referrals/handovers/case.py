"""A question that can be handed over, for the tests of handovers."""

from datetime import date
from typing import Any

from intake.questions.models import Question, SharingBasis
from referrals.casework import pick_up
from referrals.handovers import (
    services as handover_services,
)
from referrals.handovers.models import Handover
from tests.support import factories as make
from welzijn.accounts.models import User

PHONE = SharingBasis.How.PHONE


class Case:
    """A question at Stimenz that could go to Jeugd-Punt."""

    def __init__(self, **requested: Any) -> None:
        self.here = make.world()
        self.sender = make.intake_worker(self.here, "stimenz")
        self.receiver = make.intake_worker(self.here, "jeugd-punt")
        self.receipt = receipt = make.submitted(
            self.here, "geld", name="Zeynep Yildiz", **requested
        )
        self.question, self.code = Question.objects.get(pk=receipt.question.pk), receipt.code
        pick_up.pick_up(question=self.question, by=self.sender, now=make.TUESDAY)

    def propose(self, **changes: Any) -> Handover:
        values: dict = {
            "question": self.question,
            "to": self.here["jeugd-punt"],
            "why": "Zij kennen de school goed.",
            "summary": "Een jongere met vragen over school en geld.",
            "by": self.sender,
            "now": make.TUESDAY,
        }
        return handover_services.propose(**{**values, **changes})

    def offered(self) -> Handover:
        return self.propose(yes_how=PHONE)

    def accepted(self) -> Handover:
        return handover_services.accept(handover=self.offered(), by=self.receiver, now=make.TUESDAY)

    def reads(self, user: User) -> bool:
        return Question.objects.visible_to(user, date(2026, 11, 24)).contains(self.question)

    def fresh(self) -> Question:
        return Question.objects.get(pk=self.question.pk)
