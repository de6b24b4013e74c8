"""When a message to a resident comes back, whoever helps them hears it once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from intake.people.models import ContactDetail
from intake.questions.models import Question
from intake.submission.submission import ContactChoices
from referrals.reminders import delivery_failure
from tests.support import factories
from tests.support.factories import TUESDAY
from welzijn.core.ids import uuid7
from welzijn.notifications import endings, rendering
from welzijn.notifications.models import Message, Status
from welzijn.notifications.reasons import Reason
from welzijn.notifications.recipients import RecipientKind

pytestmark = pytest.mark.django_db


def news_of(question) -> Message:
    return Message.objects.get(about_id=question.id, recipient_kind=RecipientKind.RESIDENT)


def notified() -> list[tuple[str, str]]:
    rows = Message.objects.filter(subject_kind=delivery_failure.KIND)
    return [(row.recipient_key, row.context["reference"]) for row in rows]


def test_the_worker_reads_that_the_address_does_not_work() -> None:
    of = factories.world()
    question = factories.question(of, "geld")
    worker = factories.professional(of, "stimenz")
    question.assigned_to = worker
    question.save()
    for _ in range(2):
        delivery_failure.notify_worker(news_of(question), TUESDAY)
    assert notified() == [(f"user:{worker.id}", question.reference)]


def test_without_a_worker_it_is_the_leads_mailbox() -> None:
    question = factories.question(factories.world(), "geld")
    delivery_failure.notify_worker(news_of(question), TUESDAY)
    [(key, _reference)] = notified()
    assert key.partition(":")[0] in {"organisation", "team"}


def test_a_question_that_is_gone_is_told_to_nobody() -> None:
    question = factories.question(factories.world(), "geld")
    news = news_of(question)
    for about in (None, uuid7()):
        news.about_id = about
        delivery_failure.notify_worker(news, TUESDAY)
    assert notified() == []


LINES = {
    Reason.ADDRESS: "bestaat niet",
    Reason.FULL: "mailbox is vol",
    Reason.TOO_BIG: "te groot",
    Reason.REFUSED: "niet vanwege het adres",
    Reason.NO_ANSWER: "steeds opnieuw geprobeerd",
    Reason.FAULT: "technische fout",
}


def a_mail(status: str = Status.SENT) -> tuple[Question, Message]:
    """A question whose resident was mailed."""
    reach = ContactChoices(email="a@example.nl", ways=("email",), may_say_who=True)
    question = factories.question(factories.world(), "geld", reach=reach)
    news = news_of(question)
    Message.objects.filter(pk=news.pk).update(status=status, sent_at=TUESDAY)
    return question, news


def lines() -> list[str]:
    """What the worker would read now, oldest first."""
    rows = Message.objects.filter(subject_kind=delivery_failure.KIND).order_by("due_version")
    true = delivery_failure.still_valid(list(rows), TUESDAY)
    return [rendering.line(row) for row in rows if row.id in true]


@pytest.mark.parametrize("reason", LINES)
def test_the_line_says_the_true_reason(reason: Reason) -> None:
    _question, news = a_mail()
    assert endings.did_not_arrive(message=news, reason=reason, now=TUESDAY)
    [line] = lines()
    assert LINES[reason] in line
    assert [word for other, word in LINES.items() if other is not reason and word in line] == []


def test_a_line_that_was_overtaken_is_not_sent() -> None:
    _question, news = a_mail()
    for reason in (Reason.NO_ANSWER, Reason.FULL, Reason.ADDRESS):
        endings.did_not_arrive(message=news, reason=reason, now=TUESDAY)
    [line] = lines()
    assert "bestaat niet" in line
    endings.arrived(message=news, now=TUESDAY)
    assert lines() == []


def test_who_heard_that_it_did_not_arrive_hears_that_it_did() -> None:
    _question, news = a_mail()
    endings.did_not_arrive(message=news, reason=Reason.FULL, now=TUESDAY)
    Message.objects.filter(subject_kind=delivery_failure.KIND).update(
        status=Status.SENT, sent_at=TUESDAY
    )
    endings.arrived(message=news, now=TUESDAY)
    [line] = lines()
    assert "toch aangekomen" in line


def test_an_address_is_opened_again_when_a_message_arrived_or_the_fault_was_ours() -> None:
    question, news = a_mail()
    detail = ContactDetail.objects.filter(person=question.asker, kind="email")
    for mend in (
        lambda: endings.arrived(message=news, now=TUESDAY),
        lambda: endings.take_back(message=news, until=TUESDAY, now=TUESDAY),
    ):
        endings.did_not_arrive(message=news, reason=Reason.ADDRESS, now=TUESDAY)
        assert detail.get().bounced_at == TUESDAY
        assert mend()
        assert detail.get().bounced_at is None


def test_an_address_that_was_closed_by_another_message_stays_closed() -> None:
    question, news = a_mail()
    detail = ContactDetail.objects.filter(person=question.asker, kind="email")
    detail.update(bounced_at=TUESDAY - timedelta(days=3))
    endings.did_not_arrive(message=news, reason=Reason.ADDRESS, now=TUESDAY)
    endings.take_back(message=news, until=TUESDAY, now=TUESDAY)
    assert detail.get().bounced_at == TUESDAY - timedelta(days=3)
