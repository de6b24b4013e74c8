"""A lost code when the reference may be in the wrong hands: the desk issues none by itself."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from intake.desk import code_reset
from intake.questions import timeline
from intake.questions.models import Question, TimelineEntry
from intake.resident_access import codes
from intake.submission.submission import ContactChoices
from referrals.meldcode import sentences as meldcode_sentences
from referrals.meldcode.models import MeldcodeStep
from tests.support import factories as make
from tests.support.html import comparable
from tests.support.refused import is_refused
from tests.support.signing_in import signed_in
from welzijn.audit.models import AccessEvent
from welzijn.notifications.models import Message

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]
HOST = {"host": "putten.localhost"}
PHONE = "+31612345678"
KNOWN = ContactChoices(phone=PHONE, ways=("phone",))
PATH = "/balie/nieuwe-code/"


def ask(client: Client, reference: str, detail: str = "") -> Any:
    return client.post(
        PATH, {"reference": reference, "detail": detail, "present": "on"}, headers=HOST
    )


def works_still(receipt: Any) -> bool:
    question = Question.objects.get(pk=receipt.question.pk)
    return codes.matches(question.pk, receipt.code, question.code_digest)


def test_a_card_without_a_known_detail_gets_no_code() -> None:
    here = make.world()
    receipt = make.submitted(here, "geld", reach=ContactChoices())
    desk = signed_in(make.desk_worker(here))
    answer = ask(desk, receipt.reference)
    assert answer.status_code == 200
    assert "Er kijkt eerst een collega mee" in answer.content.decode()
    assert works_still(receipt)
    assert is_refused(ask(desk, receipt.reference, "Noa"))
    assert works_still(receipt)


def test_the_resident_reads_that_somebody_asked_and_who_has_the_question_is_told_once() -> None:
    here = make.world()
    receipt = make.submitted(here, "geld", reach=ContactChoices())
    desk = signed_in(make.desk_worker(here))
    for _again in range(3):
        ask(desk, receipt.reference)
    entry = TimelineEntry.objects.get(kind="code")
    assert entry.for_resident
    assert "Uw code werkt nog" in entry.text
    notified = Message.objects.get(template="code_asked")
    assert (notified.recipient_kind, notified.address) == ("staff", here["stimenz"].email)
    assert AccessEvent.objects.filter(what="code", question_id=receipt.question.pk).count() == 3


def test_an_unknown_reference_gets_the_very_same_page() -> None:
    here = make.world()
    receipt = make.submitted(here, "geld", reach=ContactChoices())
    desk = signed_in(make.desk_worker(here))
    real, unknown = ask(desk, receipt.reference), ask(desk, "BBBB-BBBB")
    assert real.status_code == unknown.status_code
    assert comparable(real.content.decode()) == comparable(unknown.content.decode())


def test_a_reference_without_the_known_name_gets_no_code() -> None:
    here = make.world()
    receipt = make.submitted(here, "geld", name="Sanne", reach=KNOWN)
    ask(signed_in(make.desk_worker(here)), receipt.reference)
    assert works_still(receipt)


@pytest.mark.parametrize("sign", ["danger", "maybe", "meldcode"])
def test_no_code_is_issued_if_there_may_be_danger(sign: str) -> None:
    """Somebody who lives with her knows both and holds the card."""
    here = make.world()
    receipt = make.submitted(here, "geld", name="Sanne", reach=KNOWN)
    question = Question.objects.get()
    if sign == "meldcode":
        timeline.by_system(
            question=question,
            kind=TimelineEntry.Kind.SAFETY,
            sentence=meldcode_sentences.STEP_DONE(step=1, outcome=MeldcodeStep.Outcome.DONE),
            for_resident=False,
            now=make.TUESDAY,
        )
    else:
        change = {"urgency": "danger"} if sign == "danger" else {"maybe_danger": True}
        Question.objects.filter(pk=question.pk).update(**change)
    for detail in ("Sanne", "06-12345678"):
        answer = ask(signed_in(make.desk_worker(here)), receipt.reference, detail)
        assert "Er kijkt eerst een collega mee" in answer.content.decode()
        assert works_still(receipt)
    assert Message.objects.filter(template="code_asked").count() == 1


def test_the_responsible_worker_issues_the_code_after_a_talk() -> None:
    here = make.world()
    receipt = make.submitted(here, "geld", reach=ContactChoices())
    worker = signed_in(make.intake_worker(here, "stimenz"))
    path = f"/vraagstuk/{receipt.question.pk}/nieuwe-code/"
    assert worker.post(path, headers=HOST).status_code == 422
    # There is no number to call.
    assert worker.post(path, {"how": "phone"}, headers=HOST).status_code == 422
    assert works_still(receipt)
    page = worker.post(path, {"how": "spoken"}, headers=HOST)
    assert page.status_code == 200
    assert not works_still(receipt)
    assert "U heeft in een gesprek een nieuwe code gekregen." in [
        entry.text for entry in TimelineEntry.objects.all()
    ]


def test_who_has_the_question_is_told_again_after_a_day_and_not_before() -> None:
    here = make.world()
    receipt = make.submitted(here, "geld", reach=ContactChoices())
    worker = make.desk_worker(here)

    def notified_at(after: timedelta) -> int:
        with pytest.raises(code_reset.ColleagueFirstError):
            code_reset.issue_code(
                user=worker,
                partnership=here.partnership,
                reference=receipt.reference,
                detail="",
                now=make.TUESDAY + after,
            )
        return Message.objects.filter(template="code_asked").count()

    day = timedelta(days=1)
    assert notified_at(timedelta(0)) == 1
    assert notified_at(timedelta(minutes=2)) == 1
    assert notified_at(day - timedelta(seconds=1)) == 1
    assert notified_at(day) == 2
    assert TimelineEntry.objects.filter(kind="code").count() == 2
