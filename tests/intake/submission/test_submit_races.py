"""One form sent several times at the same moment, in real transactions: one question."""

import uuid
from dataclasses import replace
from functools import partial

import pytest
from django.db import transaction

from intake.people.models import Person
from intake.questions.models import Decision, Question, SharingBasis
from intake.submission.submission import Submission
from intake.submission.submit import Receipt, submit
from tests.referrals.handovers.test_races import ROUNDS, at_once
from tests.support import factories as make
from welzijn.notifications.models import Message

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("within", [False, True], ids=["alone", "within-a-transaction"])
def test_four_posts_at_once_make_one_question_and_show_the_same_code(within: bool) -> None:
    make.fresh_front_doors()
    here = make.world()
    receipts: list[Receipt] = []

    def send(submission: Submission) -> None:
        if within:  # as a question that is asked for the same family
            with transaction.atomic():
                receipts.append(
                    submit(partnership=here.partnership, submission=submission, now=make.TUESDAY)
                )
        else:
            receipts.append(
                submit(partnership=here.partnership, submission=submission, now=make.TUESDAY)
            )

    for number in range(1, ROUNDS + 1):
        submission = replace(make.submission(here, "geld"), submission_key=uuid.uuid4())
        receipts.clear()
        assert at_once(*[partial(send, submission)] * 4) == ["ok"] * 4
        assert len({(r.reference, r.code) for r in receipts}) == 1
        assert sorted(r.repeated for r in receipts) == [False, True, True, True]
        assert Question.objects.count() == number
        assert Decision.objects.count() == SharingBasis.objects.count() == number
        assert Person.objects.count() == number
        assert Message.objects.filter(template="question_new").count() == number
    make.fresh_front_doors()
