"""What the text service tells afterwards: a number that is gone is a bounce, silence is not."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from intake.access_log.open_question import open_question
from intake.people.models import ContactDetail
from intake.questions.models import Question
from intake.submission.submission import ContactChoices
from organisations.roles.models import Membership
from referrals.case_page import page as case_page_page
from referrals.casework import pick_up
from tests.support import factories as make
from tests.welzijn.notifications.conftest import TUESDAY, by_mail, by_text
from tests.welzijn.notifications.test_sms import service  # noqa: F401 - the service on this machine
from welzijn.audit.reasons import Reason
from welzijn.notifications.delivery import sweep
from welzijn.notifications.models import Message, Status
from welzijn.notifications.recipients import Channel

pytestmark = pytest.mark.django_db
TOKEN = "een-lang-en-toevallig-teken-van-de-dienst"
PATH = "/bericht/ontvangst/"


@pytest.fixture(autouse=True)
def token(settings: Any) -> None:
    settings.SMS_CALLBACK_TOKEN = TOKEN


def receipt(message: Message, status: str, **changes: Any) -> dict[str, Any]:
    """As GOV.UK Notify's documentation has it."""
    return {
        "id": str(uuid4()),
        "reference": str(message.id),
        "to": message.address,
        "status": status,
        "created_at": "2026-11-24T10:00:00.000000Z",
        "completed_at": "2026-11-24T10:00:09.000000Z",
        "sent_at": "2026-11-24T10:00:01.000000Z",
        "notification_type": "sms",
        "template_id": "f33517ff-2a88-4f6e-b855-c550268ce08a",
        "template_version": 1,
        **changes,
    }


def notified(body: Any, token: str = f"Bearer {TOKEN}") -> int:
    raw = body if isinstance(body, bytes | str) else json.dumps(body)
    headers = {"host": "putten.localhost", **({"authorization": token} if token else {})}
    answer = Client().post(PATH, raw, content_type="application/json", headers=headers)
    return answer.status_code


class Asked:
    """A resident who gets texts, and a worker."""

    def __init__(self) -> None:
        self.here = make.world()
        self.worker = make.intake_worker(self.here, "stimenz")
        self.question = make.question(
            self.here,
            "geld",
            reach=ContactChoices(phone="+31612345678", ways=("sms",), may_say_who=True),
            now=TUESDAY,
        )
        pick_up.pick_up(question=self.question, by=self.worker, now=TUESDAY)
        sweep(now=TUESDAY)

    def text(self) -> Message:
        return Message.objects.filter(channel=Channel.SMS, status=Status.SENT).earliest("sent_at")

    def lines(self) -> list[str]:
        rows = Message.objects.filter(subject_kind="message.returned")
        return [row.template for row in rows]


def test_a_number_that_is_gone_is_closed_and_the_worker_hears_it(service: Any) -> None:  # noqa: F811
    requested = Asked()
    assert service.texts[0]["reference"] == str(requested.text().id)
    sent = requested.text()
    assert notified(receipt(sent, "permanent-failure")) == 204
    sent.refresh_from_db()
    assert (sent.status, sent.error) == (Status.BOUNCED, "permanent-failure")
    phone = ContactDetail.objects.get(person=requested.question.asker, kind="phone")
    assert (phone.bounced_at, phone.texts_closed_at is not None) == (None, True)
    assert requested.lines() == ["message_no_texts"]
    # Told twice is once.
    assert notified(receipt(sent, "permanent-failure")) == 204
    assert requested.lines() == ["message_no_texts"]


@pytest.mark.parametrize(
    ("status", "line_for_worker"),
    [("temporary-failure", "text_not_arrived"), ("technical-failure", "message_fault")],
)
def test_a_phone_that_was_off_keeps_its_number_and_the_worker_phones(
    service: Any,  # noqa: F811
    status: str,
    line_for_worker: str,
) -> None:
    requested = Asked()
    sent = requested.text()
    assert notified(receipt(sent, status)) == 204
    sent.refresh_from_db()
    assert (sent.status, sent.error) == (Status.FAILED, status)
    phone = ContactDetail.objects.get(person=requested.question.asker, kind="phone")
    assert phone.bounced_at is None
    assert requested.lines() == [line_for_worker]
    # And it isn't sent again by itself.
    before = len(service.texts)
    sweep(now=TUESDAY)
    assert not [t for t in service.texts[before:] if t["reference"] == str(sent.id)]


def test_a_text_that_arrived_and_unknown_words_change_nothing(queue: Any, service: Any) -> None:  # noqa: F811
    [message] = queue(by_text())
    sweep(now=TUESDAY)
    for status in ("delivered", "sent", "something-new"):
        assert notified(receipt(message, status)) == 204
    message.refresh_from_db()
    assert message.status == Status.SENT


def test_a_receipt_about_somebody_elses_text_or_a_mail_is_only_acknowledged(queue: Any) -> None:
    [mail] = queue(by_mail())
    Message.objects.filter(pk=mail.pk).update(status=Status.SENT, sent_at=TUESDAY)
    assert notified(receipt(mail, "permanent-failure")) == 204
    assert notified(receipt(mail, "permanent-failure", reference=str(uuid4()))) == 204
    mail.refresh_from_db()
    assert mail.status == Status.SENT


def test_without_the_token_nothing_is_believed(queue: Any, settings: Any, service: Any) -> None:  # noqa: F811
    [message] = queue(by_text())
    sweep(now=TUESDAY)
    body = receipt(message, "permanent-failure")
    assert [notified(body, t) for t in ("", "Bearer", "Bearer x", TOKEN, "Bearer é")] == [401] * 5
    settings.SMS_CALLBACK_TOKEN = ""
    assert [notified(body, t) for t in ("", "Bearer ", f"Bearer {TOKEN}")] == [404] * 3
    message.refresh_from_db()
    assert message.status == Status.SENT


@pytest.mark.parametrize(
    "body",
    ["", "x", "[]", "{}", '{"reference": 1, "status": "x"}', b"\xff", "[" * 9_000, "9" * 30_000],
)
def test_what_is_no_receipt_is_refused(body: Any) -> None:
    assert notified(body) == 400


def test_nobody_reads_the_address(client: Client) -> None:
    assert client.get(PATH, headers={"host": "putten.localhost"}).status_code == 405


def test_the_bounced_text_stands_on_the_case_as_a_mail_does(service: Any) -> None:  # noqa: F811
    requested = Asked()
    notified(receipt(requested.text(), "permanent-failure"))

    opened = open_question(
        user=requested.worker,
        partnership=requested.here.partnership,
        question_id=Question.objects.get().pk,
        why=Reason.OPENED,
        now=TUESDAY,
    )
    roles = list(Membership.objects.filter(user=requested.worker))
    assert case_page_page.of(opened=opened, roles=roles, now=TUESDAY).texts_closed
