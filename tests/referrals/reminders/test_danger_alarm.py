"""Possible danger that nobody opens reaches the next circle, until somebody opens it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from intake.access_log import open_question
from intake.questions.models import Question
from organisations.roles.models import Role
from referrals.case_page import alarm
from referrals.reminders import sweep as reminder_sweep
from tests.referrals.follow_ups.due import the
from tests.support import factories as make
from tests.support.signing_in import signed_in
from welzijn.accounts.models import User
from welzijn.audit.reasons import Reason
from welzijn.core.working_days import local_moment
from welzijn.notifications import delivery
from welzijn.notifications.models import Message

pytestmark = pytest.mark.django_db
FRIDAY = datetime(2026, 11, 27, 17, 10, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def alerted(question: Question, version: int) -> set[str]:
    """Whom one step of the alarm reached."""
    rows = Message.objects.filter(subject_kind="duty", due_version=version, channel="email")
    return set(rows.filter(about_id=question.pk).values_list("recipient_key", flat=True))


def keys(*users: User) -> set[str]:
    return {f"user:{user.pk}" for user in users}


def test_each_circle_hears_it_after_the_partnerships_own_minutes() -> None:
    here = make.world()
    here.partnership.danger_opened_within = 20
    here.partnership.save()
    on_duty, colleague = make.triagist(here), make.triagist(here, "stimenz")
    boss, administrator = make.coordinator(here), make.member(here, Role.ADMINISTRATOR)
    make.duty(here, on_duty, FRIDAY - HOUR, FRIDAY + 8 * HOUR)
    question = make.question(here, "geld", danger=True, shares=None, now=FRIDAY)
    first = Message.objects.filter(subject_kind="question.new", recipient_key__startswith="user")
    assert set(first.values_list("recipient_key", flat=True)) == keys(on_duty)
    due = the(question, "duty")
    due_at = []
    for _ in range(7):
        due.refresh_from_db()
        assert due.remind_at is not None
        due_at.append(due.remind_at)
        assert reminder_sweep.sweep(now=due_at[-1] - MINUTE).notified == 0
        assert reminder_sweep.sweep(now=due_at[-1]).notified > 0
    assert [(moment - FRIDAY) / MINUTE for moment in due_at[:6]] == [20, 40, 60, 120, 180, 240]
    assert due_at[6] == local_moment(date(2026, 11, 30)) + timedelta(hours=6)
    assert alerted(question, 1) == keys(on_duty, colleague)
    assert alerted(question, 2) == keys(boss)
    assert alerted(question, 3) == keys(administrator)
    assert alerted(question, 4) == keys(on_duty, colleague, boss)
    [phone] = Message.objects.filter(template="question_unopened", channel="email")
    assert phone.context["path"] == "/beheer/dienst/"


def test_opened_danger_goes_to_no_further_circle_and_is_reminded_after_an_hour() -> None:
    here = make.world()
    on_duty, boss = make.triagist(here), make.coordinator(here)
    question = make.question(here, "geld", danger=True, shares=None, now=FRIDAY)
    opened = FRIDAY + 5 * MINUTE
    open_question.open_question(
        user=on_duty,
        partnership=here.partnership,
        question_id=question.pk,
        why=Reason.OPENED,
        now=opened,
    )
    for minutes in range(0, 60, 5):
        assert reminder_sweep.sweep(now=FRIDAY + minutes * MINUTE).notified == 0
    assert the(question, "duty").remind_at == opened + HOUR
    assert reminder_sweep.sweep(now=opened + HOUR).notified > 0
    assert alerted(question, 1) == keys(on_duty, boss)


def test_a_duty_whose_owner_can_not_sign_in_any_more_is_passed_over() -> None:
    here = make.world()
    on_duty, colleague = make.triagist(here), make.triagist(here, "stimenz")
    make.duty(here, on_duty, FRIDAY - HOUR, FRIDAY + HOUR)
    on_duty.set_unusable_password()
    on_duty.save()
    make.question(here, "geld", danger=True, shares=None, now=FRIDAY)
    alarms = Message.objects.filter(subject_kind="question.new", recipient_key__startswith="user")
    assert set(alarms.values_list("recipient_key", flat=True)) == keys(colleague)


def test_where_nobody_of_the_team_can_sign_in_the_coordinators_hear_it_at_once() -> None:
    here = make.world()
    invited, boss = make.triagist(here), make.coordinator(here)
    invited.set_unusable_password()
    invited.save()
    make.question(here, "geld", danger=True, shares=None, now=FRIDAY)
    alarms = Message.objects.filter(subject_kind="question.new", recipient_key__startswith="user")
    assert set(alarms.values_list("recipient_key", flat=True)) == keys(boss)


@pytest.mark.usefixtures("no_second_factor")
def test_the_question_shows_who_was_alerted_when_and_who_opened_it() -> None:
    here = make.world()
    on_duty = make.triagist(here, who=make.user("Fatma de Boer"))
    question = make.question(here, "geld", danger=True, shares=None, now=timezone.now())
    delivery.sweep(now=timezone.now())
    unopened = alarm.alarm_of(question)
    assert unopened is not None
    assert unopened.opened_at is None
    assert ("Fatma de Boer", "verstuurd") in {(a.name, a.result) for a in unopened.alerted}
    client: Client = signed_in(on_duty)
    page = client.get(f"/vraagstuk/{question.pk}/").content.decode()
    assert "Wie is gewaarschuwd" in page
    assert "Als eerste geopend door Fatma de Boer," in page


def test_a_question_without_danger_shows_no_alarm_and_asks_no_query(
    django_assert_num_queries: object,
) -> None:
    here = make.world()
    question = make.question(here, "geld")
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert alarm.alarm_of(question) is None


def test_an_alarm_has_a_subject_that_no_other_mail_has() -> None:
    here = make.world()
    make.triagist(here)
    make.question(here, "geld", danger=True, shares=None, now=timezone.now())
    delivery.sweep(now=timezone.now())
    subjects = {m.subject for m in mail.outbox if "heeft haast" in str(m.body)}
    assert subjects == {"Nu kijken: er is haast bij een vraag in Voordeur"}
