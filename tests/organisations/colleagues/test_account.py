"""An administrator mends and ends a colleague's account, and sees who gave which role."""

from datetime import timedelta

import pghistory
import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from organisations.colleagues import account
from organisations.roles import commands as role_commands
from organisations.roles.models import Role
from tests.support import factories as make
from tests.support.all_roles import clients_of
from welzijn.accounts.models import User
from welzijn.notifications.models import Message

pytestmark = pytest.mark.django_db
HOST = {"host": "putten.localhost"}


@pytest.fixture
def here() -> make.World:
    return make.world()


@pytest.fixture
def boss(here: make.World) -> User:
    return make.member(here, Role.ADMINISTRATOR)


@pytest.fixture
def worker(here: make.World) -> User:
    return make.intake_worker(here, "stimenz")


def test_ending_signs_out_everywhere_and_ends_every_role(
    here: make.World, boss: User, worker: User
) -> None:
    EmailAddress.objects.create(user=worker, email=worker.email, verified=True, primary=True)
    browser = Client()
    browser.post(
        reverse("account_login"), {"login": worker.email, "password": make.PASSWORD}, headers=HOST
    )
    assert browser.session.get("_auth_user_id")
    now = timezone.now()
    make.member(here, Role.TEAM_MEMBER, "stimenz", team=here.triage, who=worker)
    make.duty(here, worker, now, now + timedelta(hours=8))
    assert account.end(user=worker, partnership=here.partnership, by=boss, now=now)
    worker.refresh_from_db()
    assert not worker.is_active
    assert browser.session.get("_auth_user_id") is None
    assert not worker.memberships.active().exists()
    assert not worker.duties.exists()


def test_who_also_works_elsewhere_keeps_the_account_for_it(
    here: make.World, boss: User, worker: User
) -> None:
    there = make.world("elders")
    make.member(there, Role.FRONT_DESK, who=worker)
    assert not account.end(user=worker, partnership=here.partnership, by=boss, now=timezone.now())
    worker.refresh_from_db()
    assert worker.is_active
    assert [m.partnership for m in worker.memberships.active()] == [there.partnership]


def test_reopened_it_has_no_role(here: make.World, boss: User, worker: User) -> None:
    account.end(user=worker, partnership=here.partnership, by=boss, now=timezone.now())
    account.reopen(user=worker, by=boss)
    worker.refresh_from_db()
    assert worker.is_active
    assert not worker.memberships.active().exists()


def test_nobody_ends_or_unlinks_their_own_account(here: make.World, boss: User) -> None:
    now = timezone.now()
    with pytest.raises(ValidationError):
        account.end(user=boss, partnership=here.partnership, by=boss, now=now)
    with pytest.raises(ValidationError):
        account.unlink(user=boss, partnership=here.partnership, by=boss, now=now)
    with pytest.raises(ValidationError):
        account.reopen(user=boss, by=boss)


def test_a_changed_name_is_told_to_its_owner(here: make.World, boss: User, worker: User) -> None:
    for _twice in range(2):
        account.change(
            user=worker,
            name="Fatma de Boer",
            function="Maatschappelijk werker",
            partnership=here.partnership,
            by=boss,
            now=timezone.now(),
        )
    worker.refresh_from_db()
    assert (worker.name, worker.function) == ("Fatma de Boer", "Maatschappelijk werker")
    assert Message.objects.get(template="account_changed").address == worker.email


def test_unlinked_the_next_sign_in_connects_anew(
    here: make.World, boss: User, worker: User
) -> None:
    SocialAccount.objects.create(user=worker, provider="werk", uid="a")
    account.unlink(user=worker, partnership=here.partnership, by=boss, now=timezone.now())
    assert not SocialAccount.objects.exists()
    assert Message.objects.filter(template="account_changed").exists()


def test_the_history_names_who_gave_and_who_ended(here: make.World, boss: User) -> None:
    somebody, other = make.user(), make.member(here, Role.ADMINISTRATOR)
    now = timezone.now()
    given = role_commands.grant(
        user=somebody,
        partnership=here.partnership,
        organisation=here["stimenz"],
        role=Role.NEIGHBOURHOOD_LEAD,
        neighbourhood=here.places["dorp"],
        by=boss,
        now=now,
    )
    type(given).objects.filter(pk=given.pk).update(since="2026-01-01")
    given.refresh_from_db()
    with pghistory.context(user=str(other.pk)):
        role_commands.end(membership=given, by=other, now=now)
    [shown] = account.history(user=somebody, partnership=here.partnership)
    assert (shown.given_by, shown.ended_by) == (boss.name, other.name)
    assert shown.until is not None


def test_a_role_that_ended_on_its_first_day_stays_in_the_history(
    here: make.World, boss: User
) -> None:
    somebody, now = make.user(), timezone.now()
    given = role_commands.grant(
        user=somebody,
        partnership=here.partnership,
        organisation=here["stimenz"],
        role=Role.NEIGHBOURHOOD_LEAD,
        neighbourhood=here.places["dorp"],
        by=boss,
        now=now,
    )
    with pghistory.context(user=str(boss.pk)):
        role_commands.end(membership=given, by=boss, now=now)
    [shown] = account.history(user=somebody, partnership=here.partnership)
    assert shown.membership.get_role_display() == "wijkaanjager"
    assert (shown.given_by, shown.ended_by) == (boss.name, boss.name)
    assert shown.until is not None


def test_the_screens_work(here: make.World, boss: User, worker: User, settings: object) -> None:
    settings.WELZIJN_DEMO = True  # type: ignore[attr-defined]  # no second factor of the tester
    second = make.member(here, Role.ADMINISTRATOR)
    SocialAccount.objects.create(user=worker, provider="werk", uid="a")
    client, other = clients_of({"a": boss, "b": second}).values()
    page = client.get(reverse("colleague", args=[worker.pk]), headers=HOST)
    assert page.status_code == 200
    client.post(
        reverse("colleague_details", args=[worker.pk]),
        {"name": "Fatma", "function": "", "email": "fatma@voordeur.example"},
        headers=HOST,
    )
    worker.refresh_from_db()
    assert worker.name == "Fatma"
    assert worker.email != "fatma@voordeur.example"
    waiting = other.get(reverse("account_requests"), headers=HOST)
    assert "fatma@voordeur.example" in waiting.content.decode()
    requested = worker.account_requests.get()
    other.post(
        reverse("account_request_decide", args=[requested.pk]), {"besluit": "ja"}, headers=HOST
    )
    worker.refresh_from_db()
    assert worker.email == "fatma@voordeur.example"
    client.post(reverse("colleague_unlink", args=[worker.pk]), headers=HOST)
    client.post(reverse("colleague_end", args=[worker.pk]), headers=HOST)
    worker.refresh_from_db()
    assert not worker.is_active
