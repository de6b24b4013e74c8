"""The faults that once stopped everybody's reminders, as they came about."""

from datetime import datetime, timedelta

import pytest

from organisations.partnerships.models import Partnership
from organisations.roles.models import Membership, Role
from referrals.follow_ups.models import FollowUp
from referrals.reminders import sweep as reminders
from referrals.reminders.batch import Batch
from tests.support import factories as make
from tests.support.factories import World
from welzijn.notifications.models import Message
from welzijn.sweeps.models import SetAside
from welzijn.sweeps.set_aside import NOTIFY_AFTER

pytestmark = pytest.mark.django_db
NOW = make.TUESDAY


def two_worlds() -> tuple[World, World]:
    make.fresh_front_doors()
    worlds = make.world("aa"), make.world("bb")
    for here in worlds:
        make.intake_worker(here, "stimenz")
        make.question(here, "geld", now=NOW)
    return worlds


def reminded(here: World) -> bool:
    return Message.objects.filter(
        partnership=here.partnership, template="question_not_picked_up"
    ).exists()


def when_due() -> datetime:
    late = FollowUp.objects.filter(kind=FollowUp.Kind.PICK_UP).order_by("-remind_at")[0].remind_at
    assert late is not None
    return late + timedelta(minutes=1)


def test_a_partnership_that_closed_with_danger_unjudged_stops_nobody() -> None:
    closed, other = two_worlds()
    question = make.question(closed, "geld", now=NOW, danger=True, shares=None)
    duty = FollowUp.objects.get(question=question, kind=FollowUp.Kind.DUTY)
    boss = make.member(closed, Role.ADMINISTRATOR, "welzijn")
    Partnership.objects.filter(pk=closed.partnership.pk).update(live=False, triage_team=None)
    now = when_due()
    for turn in range(3):
        reminders.sweep(now=now + timedelta(minutes=10 * turn))
    assert reminded(other)
    [row] = SetAside.objects.filter(sweep="reminders")
    assert (row.key, row.failures, row.partnership) == (
        str(duty.pk),
        NOTIFY_AFTER,
        closed.partnership,
    )
    assert row.error.startswith("NotOpenError in ")
    notified = Message.objects.filter(template="row_set_aside", channel="digest")
    assert [message.recipient_key for message in notified] == [f"user:{boss.pk}"]
    # Open again: it is told of at its next try, and forgotten.
    Partnership.objects.filter(pk=closed.partnership.pk).update(triage_team=closed.triage)
    assert row.held_until is not None
    reminders.sweep(now=row.held_until + timedelta(seconds=1))
    assert Message.objects.filter(subject_kind="duty").exists()
    assert not SetAside.objects.exists()


def test_reading_hours_that_can_not_be_read_stop_only_that_partnership() -> None:
    broken, other = two_worlds()
    Partnership.objects.filter(pk=broken.partnership.pk).update(reading_hours={"1": "from nine"})
    make.fresh_front_doors()
    reminders.sweep(now=when_due())
    assert (reminded(broken), reminded(other)) == (False, True)
    assert SetAside.objects.get(sweep="partnerships").partnership == broken.partnership


def test_a_row_that_is_set_aside_is_not_the_first_of_each_beat(monkeypatch) -> None:
    two_worlds()
    requested: list[object] = []
    real = Batch.process
    bad = FollowUp.objects.filter(kind=FollowUp.Kind.PICK_UP).order_by("remind_at", "id")[0]

    def process(self: Batch, row: FollowUp) -> None:
        if row.pk == bad.pk:
            requested.append(row.pk)
            raise LookupError
        real(self, row)

    monkeypatch.setattr(Batch, "process", process)
    now = when_due()
    for seconds in range(0, 60, 30):
        reminders.sweep(now=now + timedelta(seconds=seconds))
    first = len(requested)
    assert first == 2  # with its batch, and alone
    reminders.sweep(now=now + timedelta(seconds=61))
    assert len(requested) == first + 1
    assert SetAside.objects.get().failures == 2


def test_an_administrator_of_another_partnership_hears_nothing() -> None:
    closed, other = two_worlds()
    make.member(other, Role.ADMINISTRATOR, "welzijn")
    Membership.objects.filter(partnership=closed.partnership, role=Role.ADMINISTRATOR).delete()
    make.question(closed, "geld", now=NOW, danger=True, shares=None)
    Partnership.objects.filter(pk=closed.partnership.pk).update(live=False, triage_team=None)
    now = when_due()
    for turn in range(3):
        reminders.sweep(now=now + timedelta(minutes=10 * turn))
    assert not Message.objects.filter(template="row_set_aside").exists()
