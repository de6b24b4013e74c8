"""At most one message a day to an address that nobody confirmed; the database holds it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client

from intake.people.models import ContactDetail
from intake.questions import question_sentences, timeline
from intake.questions.models import Question, TimelineEntry
from intake.resident_access import code_entry
from intake.submission.submission import ContactChoices
from referrals.casework import close as casework_close
from referrals.casework_base import notify
from tests.support import factories as make
from tests.welzijn.notifications.conftest import TUESDAY
from welzijn.notifications import leases, unconfirmed
from welzijn.notifications.delivery import sweep
from welzijn.notifications.models import Message, Status
from welzijn.notifications.recipients import Channel

ADDRESS = "slachtoffer@example.nl"
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def requested(here: make.World, address: str = ADDRESS) -> Question:
    reach = ContactChoices(email=address, ways=("email",), may_say_who=True)
    return make.question(here, "geld", reach=reach, now=TUESDAY)


def news(question: Question, now: Any) -> None:
    entry = timeline.by_system(
        question=question,
        kind=TimelineEntry.Kind.ADDED,
        sentence=question_sentences.RECEIVED(),
        now=now,
    )
    notify.resident(question, entry, now)


def to_victim() -> int:
    return sum(ADDRESS.lower() in [to.lower() for to in m.to] for m in mail.outbox)


@pytest.mark.django_db
def test_no_mail_goes_out_right_after_asking() -> None:
    requested(make.world())
    sweep(now=TUESDAY + MINUTE)
    assert to_victim() == 0
    assert Message.objects.get(address=ADDRESS).status == Status.SHOWN


@pytest.mark.django_db
def test_a_hundred_questions_with_somebody_elses_address_are_one_mail_a_day() -> None:
    here = make.world()
    questions = [requested(here, ADDRESS if n % 2 else ADDRESS.title()) for n in range(20)]
    for question in questions:
        news(question, TUESDAY)
        news(question, TUESDAY)
    now = TUESDAY
    for day in range(1, 4):
        for _ in range(5):
            sweep(now=now)
            now += MINUTE
        assert to_victim() == day
        now = TUESDAY + day * DAY


@pytest.mark.django_db
def test_later_news_waits_once_and_then_says_it_all() -> None:
    question = requested(make.world())
    for minutes in range(6):
        news(question, TUESDAY + minutes * MINUTE)
        sweep(now=TUESDAY + minutes * MINUTE)
    rows = Message.objects.filter(subject_kind="question.news")
    assert sorted(rows.values_list("status", flat=True)) == [
        *[Status.NO_LONGER_TRUE] * 4,
        Status.SENT,
        Status.WAITING,
    ]
    sweep(now=TUESDAY + DAY)
    assert to_victim() == 2
    sweep(now=TUESDAY + 2 * DAY)
    assert to_victim() == 2


@pytest.mark.django_db
def test_other_people_and_partnerships_have_a_day_of_their_own() -> None:
    here = make.world()
    first, other = requested(here), requested(here, "b@example.nl")
    for question in (first, other):
        news(question, TUESDAY)
    sweep(now=TUESDAY)
    assert [m.to for m in mail.outbox if "nieuws" in m.subject] == [[ADDRESS], ["b@example.nl"]]


@pytest.mark.django_db
def test_the_code_confirms_the_address() -> None:
    here = make.world()
    question = requested(here)
    code = code_entry.renew_code(question=question)
    client = Client(headers={"host": "putten.localhost"})
    wrong = client.post("/volg/", {"reference": question.reference, "code": "000000000"})
    assert wrong["Location"].startswith("/volg/?opnieuw=")
    assert ContactDetail.objects.get(value=ADDRESS).confirmed_at is None
    right = client.post("/volg/", {"reference": question.reference, "code": code})
    assert right["Location"] == "/volg/vraag/"
    assert ContactDetail.objects.get(value=ADDRESS).confirmed_at is not None
    for minutes in range(3):
        news(question, TUESDAY + minutes * MINUTE)
        sweep(now=TUESDAY + minutes * MINUTE)
    assert to_victim() == 3


@pytest.mark.django_db
def test_an_answer_to_a_message_confirms_it_too_and_a_worker_does_not() -> None:
    here = make.world()
    worker = make.intake_worker(here, "stimenz")
    for recorded_by, confirmed in ((worker, False), (None, True)):
        question = requested(here)
        Question.objects.filter(pk=question.pk).update(
            status=Question.Status.CLOSED, closed_at=TUESDAY, result="helped", assigned_to=worker
        )
        casework_close.give_verdict(
            question=question, verdict=4, now=TUESDAY, recorded_by=recorded_by
        )
        detail = ContactDetail.objects.get(person=question.asker, kind="email")
        assert (detail.confirmed_at is not None) == confirmed


@pytest.mark.django_db
def test_what_waited_for_a_week_stands_on_the_page() -> None:
    here = make.world()
    for question in [requested(here) for _ in range(3)]:
        news(question, TUESDAY)
    for day in range(2):
        sweep(now=TUESDAY + day * DAY)
    # Somebody else's news takes the eighth day.
    late = TUESDAY + 8 * DAY
    news(requested(here), late)
    Message.objects.filter(created_at=late, subject_kind="question.news").update(
        not_before=TUESDAY - DAY
    )
    sweep(now=late)
    left = Message.objects.get(subject_kind="question.news", created_at=TUESDAY, sent_at=None)
    assert left.status == Status.SHOWN


@pytest.mark.django_db
def test_the_database_refuses_a_second_one_whoever_writes_it() -> None:
    here = make.world()
    rows = [Message.objects.get(about_id=requested(here).pk, channel="email") for _ in range(2)]
    day = TUESDAY.date()
    Message.objects.filter(pk=rows[0].pk).update(unconfirmed_on=day)
    Message.objects.filter(pk=rows[1].pk).update(address=ADDRESS.upper())
    with (
        pytest.raises(IntegrityError, match="message_unconfirmed_once_a_day"),
        transaction.atomic(),
    ):
        Message.objects.filter(pk=rows[1].pk).update(unconfirmed_on=day)


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_at_once_one_takes_the_day() -> None:
    here = make.world()
    for question in [requested(here) for _ in range(12)]:
        news(question, TUESDAY)

    def take(number: int) -> int:
        try:
            held = leases.lease_due(
                now=TUESDAY,
                worker=f"w{number}",
                lease=timedelta(minutes=2),
                limit=2,
                channels={Channel.EMAIL},
            )
            mine = [m for m in held if m.address == ADDRESS]
            return sum(unconfirmed.may_go(message, TUESDAY) for message in mine)
        finally:
            connection.close()

    with ThreadPoolExecutor(12) as threads:
        assert sum(threads.map(take, range(12))) == 1
