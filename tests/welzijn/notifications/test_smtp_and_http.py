"""Nights, daily mails and machines that answer, over real servers: what arrives, and when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from tests.welzijn.notifications.conftest import by_mail, by_text
from tests.welzijn.notifications.test_bounces import report
from tests.welzijn.notifications.test_email import Mailbox, mailbox, parts  # noqa: F401 - a fixture
from tests.welzijn.notifications.test_sms import Service, service  # noqa: F401 - a fixture
from welzijn.core.ids import uuid7
from welzijn.notifications.bounces import receive
from welzijn.notifications.delivery import sweep
from welzijn.notifications.models import Message, Status
from welzijn.notifications.recipients import Recipient

pytestmark = pytest.mark.django_db
# Friday, 23.00 in Amsterdam; the next working moment is Monday, 8.00.
NIGHT = datetime(2026, 11, 27, 22, 0, tzinfo=UTC)
MONDAY = datetime(2026, 11, 30, 7, 0, tzinfo=UTC)
FATMA = Recipient.user(uuid7(), email="fatma@stimenz.example")

Queue = Callable[..., list[Message]]


def line(queue: Queue, number: int, **fields: Any) -> None:
    queue(
        FATMA,
        template="followup_due",
        context={"reference": f"PT-{number:02}", "path": "/werk/", "due_on": "2026-11-30"},
        **fields,
    )


def test_twenty_things_wait_for_one_daily_mail_and_danger_comes_at_once(
    queue: Queue,
    mailbox: Mailbox,  # noqa: F811
) -> None:
    for number in range(20):
        line(queue, number, now=NIGHT)
    queue(FATMA, template="question_urgent", urgent=True, now=NIGHT, context={"reference": "PT-X"})
    sweep(now=NIGHT)
    [urgent] = mailbox.mails
    assert "PT-X" in parts(urgent)["text/plain"]
    assert "List-Unsubscribe" not in urgent
    for hours in range(1, 58, 7):
        sweep(now=NIGHT + timedelta(hours=min(hours, 56)))
    assert len(mailbox.mails) == 1

    sweep(now=MONDAY)
    sweep(now=MONDAY + timedelta(minutes=1))
    _urgent, daily = mailbox.mails
    assert daily["Subject"] == "Uw werk van vandaag in Voordeur"
    assert parts(daily)["text/plain"].count("PT-") == 20


def test_one_click_in_the_mail_program_ends_the_daily_mail_and_not_what_is_urgent(
    queue: Queue,
    mailbox: Mailbox,  # noqa: F811
) -> None:
    line(queue, 1, now=NIGHT)
    sweep(now=MONDAY)
    [daily] = mailbox.mails
    assert daily["Auto-Submitted"] == "auto-generated"
    assert daily["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = urlsplit(daily["List-Unsubscribe"].strip(" <>"))
    # As RFC 8058 has it: a POST by a machine without cookies.
    machine = Client(enforce_csrf_checks=True, headers={"host": address.netloc.partition(":")[0]})
    stopped = machine.post(address.path, {"List-Unsubscribe": "One-Click"})
    assert stopped.status_code == 200
    tuesday = MONDAY + timedelta(days=1)
    line(queue, 2, now=MONDAY + timedelta(hours=1))
    queue(FATMA, template="question_urgent", urgent=True, now=tuesday, context={"reference": "P"})
    sweep(now=tuesday)
    assert [mail["Subject"] for mail in mailbox.mails[1:]] == [
        "Nu kijken: er is haast bij een vraag in Voordeur"
    ]


def test_a_text_that_became_due_at_night_arrives_in_the_morning(
    queue: Queue,
    service: Service,  # noqa: F811
) -> None:
    queue(by_text(), now=NIGHT)
    sweep(now=NIGHT)
    sweep(now=NIGHT + timedelta(hours=8, minutes=59))
    assert service.texts == []
    sweep(now=NIGHT + timedelta(hours=9))  # Saturday, 8.00: news is no reminder
    assert len(service.texts) == 1


ANSWERS = {
    "out of office": b"From: a@example.nl\r\nTo: %(to)s\r\nSubject: Re: Er is nieuws voor u\r\n"
    b"In-Reply-To: %(id)s\r\nAuto-Submitted: auto-replied\r\n\r\nIk ben er niet.",
    "a person": b"From: a@example.nl\r\nTo: %(to)s\r\nSubject: Re: Er is nieuws voor u\r\n"
    b"In-Reply-To: %(id)s\r\n\r\nWat bedoelt u?",
    "a read receipt": b"From: a@example.nl\r\nTo: %(to)s\r\nSubject: Gelezen\r\n"
    b"Content-Type: multipart/report; report-type=disposition-notification; boundary=b\r\n\r\n"
    b"--b\r\nContent-Type: message/disposition-notification\r\n\r\n"
    b"Disposition: automatic-action\r\nOriginal-Message-ID: %(id)s\r\n--b--",
}


@pytest.mark.parametrize("answer", ANSWERS)
def test_whatever_answers_gets_no_answer_and_changes_nothing(
    queue: Queue,
    mailbox: Mailbox,  # noqa: F811
    answer: str,
) -> None:
    [message] = queue(by_mail(), now=MONDAY)
    sweep(now=MONDAY)
    raw = ANSWERS[answer] % {
        b"to": b"bounce@voordeur.example",
        b"id": message.message_id.encode(),
    }
    assert receive(raw, now=MONDAY) is False
    sweep(now=MONDAY + timedelta(hours=1))
    assert len(mailbox.mails) == 1
    message.refresh_from_db()
    assert message.status == Status.SENT


def test_a_mail_about_a_bounce_that_bounces_itself_makes_no_further_mail(
    queue: Queue,
    mailbox: Mailbox,  # noqa: F811
) -> None:
    [message] = queue(by_mail(), now=MONDAY)
    sweep(now=MONDAY)
    assert receive(report(message), now=MONDAY)
    line(queue, 1, now=MONDAY)
    tuesday = MONDAY + timedelta(days=1)
    sweep(now=tuesday)
    daily = Message.objects.get(subject_kind="digest")
    before = Message.objects.count()
    assert receive(report(daily), now=tuesday)
    sweep(now=tuesday + timedelta(days=3))
    assert Message.objects.count() == before
    assert len(mailbox.mails) == 2
