"""Absence with dates and a stand-in."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from organisations.roles import availability
from organisations.roles.availability_models import Absence
from tests.support import factories as make
from welzijn.accounts.models import User

pytestmark = pytest.mark.django_db
DAY = make.TUESDAY.date()


def away(here: make.World, user: User, stand_in: User, days: int = 3) -> Absence:
    return availability.record(
        partnership=here.partnership,
        user=user,
        stand_in=stand_in,
        since=DAY,
        until=DAY + timedelta(days=days),
        by=stand_in,
        now=make.TUESDAY,
    )


def test_it_begins_and_ends_by_itself() -> None:
    here = make.world()
    ill, colleague = make.professional(here, "stimenz"), make.professional(here, "stimenz")
    away(here, ill, colleague)

    def stand_in(days: int) -> User | None:
        on = DAY + timedelta(days=days)
        return availability.stand_in(user=ill, partnership_id=here.partnership.pk, on=on)

    assert [stand_in(days) for days in (-1, 0, 3, 4)] == [None, colleague, colleague, None]


def test_who_is_away_stands_in_for_nobody_and_is_away_once() -> None:
    here = make.world()
    one, two, three = [make.professional(here, "stimenz") for _number in range(3)]
    away(here, one, two)
    for user, stand_in in ((three, one), (one, three), (three, three)):
        with pytest.raises(ValidationError):
            away(here, user, stand_in)
    with pytest.raises(ValidationError):
        away(here, three, two, days=-1)


def test_a_coordinator_records_it_for_their_own_organisation_only() -> None:
    here = make.world()
    boss = make.coordinator(here, "stimenz")
    own, other = make.professional(here, "stimenz"), make.professional(here, "jeugd-punt")
    found = availability.own_colleagues(by=boss, partnership=here.partnership, on=DAY)
    assert own in found
    assert other not in found


def test_the_database_takes_no_second_absence_in_the_same_days() -> None:
    here = make.world()
    user, first, second = (make.professional(here, "stimenz") for _one in range(3))
    known = away(here, user, first)
    with pytest.raises(IntegrityError, match="absence_once_a_day"):
        Absence.objects.create(
            partnership=here.partnership,
            user=user,
            stand_in=second,
            since=known.until,
            until=known.until + timedelta(days=1),
            recorded_at=known.recorded_at,
        )


def test_the_database_refuses_a_stand_in_who_is_no_colleague_or_is_away() -> None:
    here = make.world()
    one, two, three = [make.professional(here, "stimenz") for _number in range(3)]
    stranger = make.professional(here, "jeugd-punt")
    away(here, two, three)

    def write(stand_in: User) -> None:
        Absence.objects.create(
            partnership=here.partnership,
            user=one,
            stand_in=stand_in,
            since=DAY,
            until=DAY,
            recorded_at=make.TUESDAY,
        )

    for stand_in, why in ((stranger, "same organisation"), (two, "is away")):
        with pytest.raises(IntegrityError, match=why), transaction.atomic():
            write(stand_in)
    write(three)
