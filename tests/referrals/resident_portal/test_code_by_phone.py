"""A lost code is given anew by a call to the known number, by who may read the question."""

import pytest

from intake.questions.models import Question
from intake.resident_access import codes
from intake.submission.submission import ContactChoices
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.resident_portal.code_by_phone import give_code
from tests.support import factories as make
from tests.support.signing_in import signed_in
from welzijn.audit.models import AccessEvent
from welzijn.audit.reasons import Reason

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]
HOST = {"host": "putten.localhost"}


def test_the_new_code_works_the_old_one_does_not_and_both_logs_say_so() -> None:
    here = make.world()
    receipt = make.submitted(
        here, "geld", reach=ContactChoices(phone="+31612345678", ways=("phone",))
    )
    client = signed_in(make.intake_worker(here, "stimenz"))
    path = f"/vraagstuk/{receipt.question.pk}/nieuwe-code/"
    first = client.get(path, headers=HOST).content.decode()
    assert "06 12345678" in first
    page = client.post(path, {"how": "phone"}, headers=HOST)
    question = Question.objects.get()
    assert not codes.matches(question.pk, receipt.code, question.code_digest)
    shown = page.content.decode().split("vd-reference")[-1].split(">")[1].split("<")[0]
    assert codes.matches(question.pk, shown, question.code_digest)
    assert "no-store" in page["Cache-Control"]
    assert question.timeline.filter(kind="code").count() == 1
    assert AccessEvent.objects.filter(what="code", question_id=question.pk).count() == 1


def test_the_log_says_how_the_code_was_given_and_of_looking_at_the_page_only_that() -> None:
    """A look at the page is no talk yet: the resident reads what happened, and how."""
    here = make.world()
    question = make.question(here, "geld", name="Ria")
    client = signed_in(make.intake_worker(here, "stimenz"))
    path = f"/vraagstuk/{question.pk}/nieuwe-code/"
    client.get(path, headers=HOST)
    client.post(path, {"how": "spoken"}, headers=HOST)
    said = AccessEvent.objects.filter(question_id=question.pk).order_by("at", "pk")
    opened = Reason.CODE_PAGE
    assert [(event.what, event.reason) for event in said] == [
        ("question", opened),
        ("question", opened),
        ("code", "code_in_person"),
    ]


def test_a_colleague_outside_the_work_gives_no_code() -> None:
    here = make.world()
    question = make.question(here, "geld")
    before = bytes(question.code_digest)
    with pytest.raises(NotAllowedError):
        give_code(question=question, by=make.intake_worker(here, "jeugd-punt"), now=make.TUESDAY)
    question.refresh_from_db()
    assert bytes(question.code_digest) == before
