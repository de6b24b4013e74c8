"""What is written of an MDO: the plan in the resident's words, the minutes, the actions."""

from datetime import date, timedelta

import pytest

from intake.questions.status import WrongMomentError
from referrals.conferences import (
    minutes as conference_minutes,
)
from referrals.conferences import (
    notifications as conference_notifications,
)
from referrals.conferences import (
    planning as conference_planning,
)
from referrals.conferences.models import Conference, Participant
from referrals.follow_ups import staff_actions as follow_up_actions
from tests.referrals.conferences.family_conference import STARTS, Family
from tests.support import factories as make
from welzijn.notifications.models import Message

pytestmark = pytest.mark.django_db


def test_minutes_are_told_to_nobody_who_may_not_read_them() -> None:
    family = Family()
    family.planned()
    family.write()
    assert not Message.objects.filter(subject_kind=conference_notifications.MINUTES).exists()


def test_minutes_are_told_to_who_may_read_them() -> None:
    family = Family()
    family.planned()
    family.share()
    family.write()
    keys = Message.objects.filter(subject_kind=conference_notifications.MINUTES).values_list(
        "recipient_key", flat=True
    )
    assert list(keys) == [f"user:{family.youth.pk}"]


def test_it_is_reported_and_counts_as_held_once_it_has_begun() -> None:
    family = Family()
    conference = family.planned()
    for early in (family.now, STARTS - timedelta(seconds=1)):
        with pytest.raises(WrongMomentError, match="kan vanaf dinsdag 1 december"):
            family.write(now=early)
    assert Conference.objects.get(pk=conference.pk).status == "planned"
    family.write(now=STARTS + timedelta(minutes=1))
    assert Conference.objects.get(pk=conference.pk).status == "held"
    with pytest.raises(WrongMomentError):
        conference_planning.cancel(conference=conference, why="x", by=family.worker, now=family.now)


def test_an_action_is_due_for_who_does_it_on_the_day_agreed() -> None:
    family = Family()
    family.planned()
    participants = {p.user_id: p for p in Participant.objects.all()}
    own = conference_minutes.add_action(
        item=family.item(),
        what="de verhuurder bellen",
        participant=participants[family.worker.pk],
        due_on=date(2026, 11, 28),
        by=family.worker,
        now=family.now,
    )
    assert (own.follow_up.due_on, own.follow_up.worker) == (date(2026, 11, 28), family.worker)
    # Somebody without a basis can't have it on their list: who asks for it watches over it.
    theirs = conference_minutes.add_action(
        item=family.item(),
        what="school bellen",
        participant=participants[family.youth.pk],
        due_on=date(2026, 12, 2),
        by=family.worker,
        now=family.now,
    )
    assert theirs.follow_up.worker == family.worker
    # On the day itself it says whose it is and what to do about it.
    assert theirs.follow_up.what == f"vraag {family.youth} of dit gedaan is: school bellen"
    residents = conference_minutes.add_action(
        item=family.item(),
        what="brieven verzamelen",
        participant=None,
        due_on=date(2026, 12, 2),
        by=family.worker,
        now=family.now,
    )
    assert residents.follow_up.waits_for == "resident"
    assert residents.follow_up.what == "vraag de inwoner of dit gedaan is: brieven verzamelen"
    follow_up_actions.done(follow_up=own.follow_up, by=family.worker, now=family.now)
    with pytest.raises(WrongMomentError):
        conference_minutes.add_action(
            item=family.item(),
            what="te laat",
            participant=None,
            due_on=date(2026, 11, 20),
            by=family.worker,
            now=family.now,
        )


def test_the_plan_asks_the_partnerships_own_questions_in_words() -> None:
    here = make.world()
    here.partnership.opening_questions = [
        {"key": "wat", "question": "Wat wilt u?", "informal": "Wat wil je?", "help": "Bijvoorbeeld"}
    ]
    held = Conference(partnership=here.partnership)
    assert conference_minutes.opening_questions(held) == ["Wat wilt u?"]
    assert conference_minutes.opening_questions(held, je=True) == ["Wat wil je?"]
