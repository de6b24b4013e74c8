"""What goes into the outbox: once, in the caller's transaction, and nothing about a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from kombu.exceptions import OperationalError

from tests.welzijn.notifications.conftest import TUESDAY, by_mail, by_text
from welzijn.core.ids import uuid7
from welzijn.notifications import erasure, message_kinds, outbox, tasks
from welzijn.notifications.calendar_invites import Invitation
from welzijn.notifications.models import Message, Status
from welzijn.notifications.recipients import Channel, DeliveryPreferences, Recipient, RecipientKind
from welzijn.notifications.rendering import PersonInMessageError

pytestmark = pytest.mark.django_db
COLLEAGUE = Recipient.user(uuid7(), email="fatma@stimenz.example")


def test_the_same_thing_is_told_once(queue) -> None:
    subject, resident = uuid7(), by_mail()
    queue(resident, subject_id=subject)
    queue(resident, subject_id=subject)
    assert Message.objects.count() == 1


def test_a_moved_date_or_another_recipient_is_another_message(queue) -> None:
    subject, resident = uuid7(), by_mail()
    queue(resident, subject_id=subject)
    queue(resident, subject_id=subject, due_version=2)
    queue(by_mail("other@example.nl"), subject_id=subject)
    assert Message.objects.count() == 3


def test_the_database_itself_refuses_a_double(queue) -> None:
    [message] = queue()
    message.pk = uuid7()
    with pytest.raises(IntegrityError, match="message_once"), transaction.atomic():
        message.save(force_insert=True)


def test_what_is_rolled_back_is_not_told(queue) -> None:
    def change_and_fail() -> None:
        with transaction.atomic():
            queue()
            raise LookupError

    with pytest.raises(LookupError):
        change_and_fail()
    assert not Message.objects.exists()


def test_a_broker_that_is_down_does_not_hurt(
    queue, monkeypatch, django_capture_on_commit_callbacks
):
    def down(**_options: object) -> None:
        raise OperationalError("no broker")

    monkeypatch.setattr(outbox, "_quiet_until", 0.0)
    monkeypatch.setattr(tasks.sweep_messages, "apply_async", down)
    with django_capture_on_commit_callbacks(execute=True):
        queue()
    assert Message.objects.get().status == Status.WAITING


def test_one_transaction_asks_for_attention_once(queue, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        queue()
        queue()
    assert len(callbacks) == 1


def test_an_unknown_kind_is_refused_at_once(partnership) -> None:
    with pytest.raises(message_kinds.UnknownKindError):
        outbox.queue(
            partnership_id=partnership.id,
            subject_kind="nobody registered this",
            subject_id=uuid7(),
            recipient=by_mail(),
            template="news",
            now=TUESDAY,
        )


@pytest.mark.parametrize(
    ("recipient", "template", "context"),
    [
        (by_mail(), "followup_due", {}),
        (by_mail(), "news", {"reference": "PT-123"}),
        (by_mail(), "news", {"path": "https://elders.example/"}),
        (COLLEAGUE, "news", {}),
        (COLLEAGUE, "followup_due", {"name": "Aydin"}),
        (COLLEAGUE, "followup_due", {"reference": "mevrouw Aydin, schulden"}),
        (COLLEAGUE, "followup_due", {"due_on": "morgen"}),
        (COLLEAGUE, "followup_overdue", {"working_days": "twee"}),
    ],
)
def test_a_message_can_not_hold_more_than_it_may(queue, recipient, template, context) -> None:
    with pytest.raises(PersonInMessageError) as refused:
        queue(recipient, template=template, context=context)
    assert "Aydin" not in str(refused.value)
    assert not Message.objects.exists()


def test_the_database_refuses_any_other_text_to_a_resident(queue) -> None:
    [message] = queue()
    with pytest.raises(IntegrityError, match="message_to_resident_says_nothing"):
        Message.objects.filter(id=message.id).update(template="handover_offered")


def test_an_unknown_status_is_refused_by_the_database(queue) -> None:
    [message] = queue()
    with pytest.raises(IntegrityError, match="message_status_known"):
        Message.objects.filter(id=message.id).update(status="vanished")


def test_without_an_allowed_way_it_stands_on_the_page_only(queue) -> None:
    nobody = Recipient.resident(uuid7(), DeliveryPreferences((), email="aydin@example.nl"))
    [message] = queue(nobody)
    assert (message.channel, message.status, message.address) == ("none", "shown", "")


def test_a_landline_gets_no_text(queue, settings) -> None:
    settings.SMS_API_URL = "https://texts.example"
    reach = DeliveryPreferences(
        (Channel.SMS, Channel.EMAIL), email="a@example.nl", phone="+31341357001"
    )
    [message] = queue(Recipient.resident(uuid7(), reach))
    assert message.channel == Channel.EMAIL


def test_without_a_text_service_mail_is_used(queue, settings) -> None:
    settings.SMS_API_URL, settings.WELZIJN_DEMO = "", False
    reach = DeliveryPreferences(
        (Channel.SMS, Channel.EMAIL), email="a@example.nl", phone="+31612345678"
    )
    [message] = queue(Recipient.resident(uuid7(), reach))
    assert message.channel == Channel.EMAIL


def test_no_text_is_planned_for_the_night(queue, settings) -> None:
    settings.SMS_API_URL = "https://texts.example"
    late = datetime(2026, 11, 24, 21, 30, tzinfo=UTC)  # 22.30 in Amsterdam
    [message] = queue(by_text(), now=late)
    assert message.held_until == datetime(2026, 11, 25, 7, 0, tzinfo=UTC)


def test_a_window_of_ones_own_is_kept_on_every_channel(queue) -> None:
    [message] = queue(by_mail(contact_from=time(13), contact_until=time(15)))
    assert message.held_until == datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def test_a_window_in_the_night_wins_from_the_rule_about_texts(queue, settings) -> None:
    settings.SMS_API_URL = "https://texts.example"
    [message] = queue(by_text(contact_from=time(22), contact_until=time(23)))
    assert message.held_until == datetime(2026, 11, 24, 21, 0, tzinfo=UTC)


def test_a_reminder_waits_for_a_working_moment(queue) -> None:
    saturday = datetime(2026, 11, 28, 10, 0, tzinfo=UTC)
    [message] = queue(now=saturday, at_work=True)
    assert message.held_until == datetime(2026, 11, 30, 7, 0, tzinfo=UTC)


def test_somebody_reachable_in_the_evening_only_is_not_forgotten(queue) -> None:
    evening = by_mail(contact_from=time(19), contact_until=time(21))
    [message] = queue(evening, at_work=True)
    assert message.held_until == datetime(2026, 11, 24, 18, 0, tzinfo=UTC)


def test_staff_get_a_line_in_the_daily_mail_of_the_next_morning(queue) -> None:
    mail, line = sorted(queue(COLLEAGUE, template="question_new"), key=lambda m: m.template)
    assert (line.channel, mail.template) == ("digest", "digest")
    assert mail.not_before == line.not_before == datetime(2026, 11, 25, 7, 0, tzinfo=UTC)


def test_all_lines_of_a_day_share_one_mail(queue) -> None:
    for _ in range(3):
        queue(COLLEAGUE, template="question_new")
    assert Message.objects.filter(template="digest").count() == 1


def test_what_is_urgent_goes_at_once_and_as_a_text_to_who_is_on_duty(queue, settings) -> None:
    settings.SMS_API_URL = "https://texts.example"
    night = datetime(2026, 11, 27, 22, 0, tzinfo=UTC)  # Friday, 23.00
    on_duty = Recipient.user(uuid7(), email="duty@putten.example", phone="+31612345678")
    messages = queue(on_duty, template="question_urgent", urgent=True, now=night)
    assert {m.channel for m in messages} == {"email", "sms"}
    assert {(m.not_before, m.held_until) for m in messages} == {(night, None)}


def test_urgent_means_nothing_to_a_residents_night(queue, settings) -> None:
    settings.SMS_API_URL = "https://texts.example"
    night = datetime(2026, 11, 27, 22, 0, tzinfo=UTC)
    [message] = queue(by_text(), urgent=True, now=night)
    assert message.held_until == datetime(2026, 11, 28, 7, 0, tzinfo=UTC)


def test_an_invitation_to_a_resident_says_when_and_no_more(queue) -> None:
    appointment = Invitation(
        uid="mdo-1@voordeur",
        starts=TUESDAY,
        ends=TUESDAY + timedelta(hours=1),
        made_at=TUESDAY,
        title="Gesprek over schulden",
        place="Stimenz, Dorpsstraat 1",
    )
    [message] = queue(template="appointment", invitation=appointment)
    assert "20261124T100000Z" in message.calendar
    assert "schulden" not in message.calendar
    assert "Stimenz" not in message.calendar
    assert "mdo" not in message.calendar
    [again] = queue(template="appointment", invitation=replace(appointment, sequence=1))
    assert f"UID:{appointment.uid_for(RecipientKind.RESIDENT)}" in again.calendar
    assert f"UID:{appointment.uid_for(RecipientKind.RESIDENT)}" in message.calendar
    [for_staff] = queue(COLLEAGUE, template="appointment_planned", invitation=appointment)
    assert "Gesprek over schulden" in for_staff.calendar


def test_retention_takes_every_message_about_a_question(queue) -> None:
    question = uuid7()
    queue(about_id=question)
    queue(COLLEAGUE, template="question_new", about_id=question)
    queue()
    assert erasure.delete_about([question]) == {"notifications.Message": 2}
    assert not Message.objects.filter(about_id=question).exists()


def test_the_rows_can_be_made_without_a_query(partnership, truth, django_assert_num_queries):
    with django_assert_num_queries(0):
        rows = outbox.messages_for(
            partnership_id=partnership.id,
            subject_kind="test",
            subject_id=uuid7(),
            recipient=by_mail(),
            template="news",
            now=TUESDAY,
        )
    with django_assert_num_queries(1):
        outbox.save(rows)
