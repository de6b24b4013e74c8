"""When a message to a resident comes back, whoever helps them hears it once."""

from __future__ import annotations

import pytest

from referrals.reminders import delivery_failure
from tests.support import factories
from tests.support.factories import TUESDAY
from welzijn.core.ids import uuid7
from welzijn.notifications.models import Message
from welzijn.notifications.recipients import RecipientKind

pytestmark = pytest.mark.django_db


def news_of(question) -> Message:
    return Message.objects.get(about_id=question.id, recipient_kind=RecipientKind.RESIDENT)


def told() -> list[tuple[str, str]]:
    rows = Message.objects.filter(subject_kind=delivery_failure.KIND)
    return [(row.recipient_key, row.context["reference"]) for row in rows]


def test_the_worker_reads_that_the_address_does_not_work() -> None:
    of = factories.world()
    question = factories.question(of, "geld")
    worker = factories.professional(of, "stimenz")
    question.assigned_to = worker
    question.save()
    for _ in range(2):
        delivery_failure.notify_worker_of_bounce(news_of(question), TUESDAY)
    assert told() == [(f"user:{worker.id}", question.reference)]


def test_without_a_worker_it_is_the_leads_mailbox() -> None:
    question = factories.question(factories.world(), "geld")
    delivery_failure.notify_worker_of_bounce(news_of(question), TUESDAY)
    [(key, _reference)] = told()
    assert key.partition(":")[0] in {"organisation", "team"}


def test_a_question_that_is_gone_is_told_to_nobody() -> None:
    question = factories.question(factories.world(), "geld")
    news = news_of(question)
    for about in (None, uuid7()):
        news.about_id = about
        delivery_failure.notify_worker_of_bounce(news, TUESDAY)
    assert told() == []
