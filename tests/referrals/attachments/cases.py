"""A question with one letter, and what its pages say."""

from html import unescape
from typing import Any

from django.utils import timezone

from intake.attachments.models import Attachment, MediaType, Scan
from intake.attachments.services import Examined
from intake.questions.models import Question
from intake.submission.submission import EnteredBy
from referrals.attachments import services
from referrals.casework import pick_up
from tests.intake.attachments import pictures
from tests.support import factories as make
from tests.support.factories import World
from tests.support.html import as_read
from welzijn.accounts.models import User

PDF = Examined(MediaType.PDF, pictures.PDF, Scan.CLEAN)


def said_in(answer: Any) -> str:
    """The text of a page."""
    return as_read(unescape(answer.content.decode()))


class Case:
    """A question with one letter of the resident, picked up by a worker of Stimenz."""

    def __init__(self) -> None:
        self.here: World = make.world()
        self.now = timezone.now()
        self.worker: User = make.intake_worker(self.here, "stimenz")
        self.desk: User = make.desk_worker(self.here)
        self.receipt = make.submitted(
            self.here,
            "geld",
            now=self.now,
            entered_by=EnteredBy(user=self.desk, organisation=self.here["welzijn"]),
        )
        self.question = Question.objects.get(pk=self.receipt.question.pk)
        pick_up.pick_up(question=self.question, by=self.worker, now=self.now)
        services.add_by_resident(question=self.question, given=[PDF], now=self.now)
        self.letter = Attachment.objects.get()

    def at_work(self, end: str = "") -> str:
        return f"/vraagstuk/{self.question.pk}/brief/{end}"

    def at_desk(self, end: str = "") -> str:
        return f"/balie/{self.question.pk}/brief/{end}"
