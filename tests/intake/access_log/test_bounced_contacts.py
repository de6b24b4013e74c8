"""How residents may be reached just before sending, and after a bounce."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail

from intake.access_log.bounced_contacts import preferences_of
from intake.people.models import ContactDetail, ContactWish, Person
from tests.support import factories
from tests.support.factories import TUESDAY
from welzijn.core.ids import uuid7
from welzijn.notifications.delivery import sweep
from welzijn.notifications.endings import did_not_arrive
from welzijn.notifications.models import Message, Status
from welzijn.notifications.reasons import Reason
from welzijn.notifications.recipients import RecipientKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def question():
    of = factories.world()
    return factories.question(of, "geld")


@pytest.fixture
def message(question) -> Message:
    """The message that this resident's question came in, to their mailbox."""
    row = Message.objects.get(about_id=question.id, recipient_kind=RecipientKind.RESIDENT)
    wish, _made = ContactWish.objects.update_or_create(
        person=question.asker, defaults={"ways": ["email"], "may_say_who": True, "times": []}
    )
    ContactDetail.objects.filter(person=question.asker, kind="email").delete()
    ContactDetail.objects.create(person=question.asker, kind="email", value="a@example.nl")
    Message.objects.filter(id=row.id).update(
        channel="email", address="a@example.nl", status=Status.WAITING, discreet=False,
        contact_from=None, contact_until=None, held_until=None, language="nl",
    )  # fmt: skip
    row.refresh_from_db()
    assert wish.ways == ["email"]
    return row


def to_residents() -> list[list[str]]:
    return [m.to for m in mail.outbox if m.subject == "Er is nieuws voor u"]


def test_news_is_sent_while_the_contact_wish_allows_it(message) -> None:
    sweep(now=TUESDAY + timedelta(minutes=1))
    assert to_residents() == [["a@example.nl"]]


def test_a_mail_queued_before_the_wish_changed_is_not_sent(message, question) -> None:
    ContactWish.objects.filter(person=question.asker).update(ways=["phone"])
    sweep(now=TUESDAY + timedelta(minutes=1))
    message.refresh_from_db()
    assert to_residents() == []
    assert message.status == Status.SHOWN


def test_a_bounce_disables_the_address_for_this_person_only(message, question) -> None:
    housemate = Person.objects.create(partnership=question.partnership, created_at=TUESDAY)
    ContactDetail.objects.create(person=housemate, kind="email", value="a@example.nl")
    sweep(now=TUESDAY + timedelta(minutes=1))
    message.refresh_from_db()
    did_not_arrive(message=message, reason=Reason.ADDRESS, now=TUESDAY + timedelta(hours=1))
    bounced = dict(ContactDetail.objects.filter(kind="email").values_list("person", "bounced_at"))
    assert bounced == {question.asker.id: TUESDAY + timedelta(hours=1), housemate.id: None}


def test_after_a_bounce_nothing_more_is_sent_there(message, question) -> None:
    sweep(now=TUESDAY + timedelta(minutes=1))
    message.refresh_from_db()
    did_not_arrive(message=message, reason=Reason.ADDRESS, now=TUESDAY + timedelta(hours=1))
    assert preferences_of([message.recipient_key])[message.recipient_key].choose() == ("none", "")


def test_reaches_take_two_queries_and_leave_unknown_keys_out(
    message, django_assert_num_queries
) -> None:
    keys = [message.recipient_key, f"resident:{uuid7()}", "user:1"]
    with django_assert_num_queries(2):
        found = preferences_of(keys)
    assert list(found) == [message.recipient_key]
