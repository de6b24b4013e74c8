"""On duty is only who can act on an alarm; what nobody covers is shown and mailed."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from organisations.roles import commands as role_commands
from organisations.roles import duty, duty_gaps
from organisations.roles.models import Duty, Role
from tests.support import factories as make
from tests.support.signing_in import signed_in
from welzijn.accounts.models import User
from welzijn.core.working_days import local_date
from welzijn.notifications.models import Message

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def soon() -> datetime:
    """A moment to come, by the clock of the database too."""
    return datetime(2030, 1, 7, 8, tzinfo=timezone.get_current_timezone())


def never_accepted(here: make.World) -> User:
    user = make.triagist(here)
    user.set_unusable_password()
    user.save()
    return user


def inactive(here: make.World) -> User:
    user = make.triagist(here)
    User.objects.filter(pk=user.pk).update(is_active=False)
    user.refresh_from_db()
    return user


def leaves_before(here: make.World) -> User:
    return make.triagist(here, until=local_date(soon()) - DAY)


def of_another_team(here: make.World) -> User:
    return make.coordinator(here)


UNFIT = [never_accepted, inactive, leaves_before, of_another_team]


@pytest.mark.parametrize("kind", UNFIT, ids=lambda kind: kind.__name__)
def test_who_can_not_act_is_refused_by_the_form_and_by_the_database(kind: object) -> None:
    here = make.world()
    user = kind(here)  # type: ignore[operator]
    with pytest.raises(IntegrityError, match="on duty is only"), transaction.atomic():
        make.duty(here, user, soon(), soon() + DAY)
    with pytest.raises(ValidationError, match=user.name):
        duty.check(partnership=here.partnership, user=user, starts_at=soon(), ends_at=soon() + DAY)


def test_the_page_refuses_with_a_sentence() -> None:
    here = make.world()
    invited = never_accepted(here)
    answer = signed_in(make.member(here, Role.ADMINISTRATOR)).post(
        "/beheer/dienst/", {"user": invited.pk, "starts_at": soon(), "ends_at": soon() + DAY}
    )
    assert answer.status_code == 422
    assert "kan nog niet inloggen" in answer.content.decode()


@pytest.mark.parametrize(("phone", "fits"), [("", False), ("+31612345678", True)])
def test_an_address_whose_last_mail_came_back_needs_a_mobile_number(phone: str, fits: bool) -> None:
    here = make.world()
    user = make.triagist(here, who=make.user(phone=phone))
    Message.objects.create(
        partnership=here.partnership,
        subject_kind="duty",
        subject_id=here.partnership.pk,
        due_version=1,
        recipient_key=f"user:{user.pk}",
        recipient_kind="staff",
        channel="email",
        address=user.email,
        template="question_urgent",
        created_at=make.TUESDAY,
        not_before=make.TUESDAY,
        sent_at=make.TUESDAY,
        status="bounced",
    )
    if fits:
        duty.check(partnership=here.partnership, user=user, starts_at=soon(), ends_at=soon() + DAY)
        return
    with pytest.raises(ValidationError, match="kwam terug"):
        duty.check(partnership=here.partnership, user=user, starts_at=soon(), ends_at=soon() + DAY)


def test_a_role_that_ends_takes_its_duties_along() -> None:
    here = make.world()
    boss, user = make.member(here, Role.ADMINISTRATOR), make.triagist(here)
    now = timezone.now()
    running = make.duty(here, user, now - HOUR, now + HOUR)
    coming = make.duty(here, user, now + DAY, now + 2 * DAY)
    other = make.duty(here, make.triagist(here, "stimenz"), now + DAY, now + 2 * DAY)
    role_commands.end(membership=user.memberships.get(), by=boss, now=now)
    running.refresh_from_db()
    assert now - HOUR < running.ends_at <= timezone.now()
    assert not Duty.objects.filter(pk=coming.pk).exists()
    assert Duty.objects.filter(pk=other.pk).exists()


@pytest.mark.parametrize("way", ["ended", "deleted", "account", "another team"])
def test_the_database_ends_duties_whichever_way_the_role_ends(way: str) -> None:
    here = make.world()
    user = make.triagist(here)
    make.duty(here, user, soon(), soon() + DAY)
    if way == "ended":
        user.memberships.update(until=local_date(timezone.now()))
    elif way == "deleted":
        user.memberships.all().delete()
    elif way == "account":
        User.objects.filter(pk=user.pk).update(is_active=False)
    else:
        team = here.partnership.teams.create(
            slug="ander", name="Ander team", organisation=here["welzijn"]
        )
        here.partnership.triage_team = team
        here.partnership.save()
    assert not Duty.objects.exists()


def test_gaps_are_what_no_duty_covers() -> None:
    here = make.world()
    user, now = make.triagist(here), timezone.now()
    end = now + duty.GAPS_AHEAD
    assert duty.gaps(partnership=here.partnership, now=now) == [(now, end)]
    make.duty(here, user, now - DAY, now + DAY)
    make.duty(here, user, now + DAY, now + 2 * DAY)
    make.duty(here, user, now + 3 * DAY, end + DAY)
    assert duty.gaps(partnership=here.partnership, now=now) == [(now + 2 * DAY, now + 3 * DAY)]


def test_administrator_and_coordinator_see_the_gaps() -> None:
    here = make.world()
    boss, coordinator = make.member(here, Role.ADMINISTRATOR), make.coordinator(here)
    shown = "Niet altijd heeft iemand dienst"
    for client, path in (
        (signed_in(boss), "/beheer/dienst/"),
        (signed_in(coordinator), "/caseload/"),
    ):
        assert shown in client.get(path).content.decode()
    now = timezone.now()
    make.duty(here, make.triagist(here), now - HOUR, now + 15 * DAY)
    assert shown not in signed_in(boss).get("/beheer/dienst/").content.decode()


def test_administrators_are_mailed_of_a_gap_each_day_when_near_and_else_once_a_week() -> None:
    here = make.world()
    boss, user = make.member(here, Role.ADMINISTRATOR), make.triagist(here)
    now = make.TUESDAY
    planned = make.duty(here, user, now - DAY, now + 10 * DAY)
    lines = Message.objects.filter(template="duty_gap")
    for hours in (0, 1, 24, 48):
        duty_gaps.notify_of_gaps(now=now + hours * HOUR)
    assert list(lines.values_list("recipient_key", flat=True)) == [f"user:{boss.pk}"]
    for days in (9, 9, 10):
        duty_gaps.notify_of_gaps(now=now + days * DAY)
    assert lines.count() == 3
    [line] = lines[:1]
    assert duty_gaps.still_open([line], now) == {line.pk}
    planned.ends_at = now + 20 * DAY
    planned.save()
    assert duty_gaps.still_open([line], now) == set()
