"""Two people reset a second factor or change an address."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from organisations.colleagues import requests
from organisations.colleagues.models import AccountRequest
from organisations.roles.models import Role
from tests.support import factories as make
from tests.support import guards
from welzijn.accounts.models import User
from welzijn.notifications.models import Message

pytestmark = pytest.mark.django_db
HOST = {"host": "putten.localhost"}
RESET = AccountRequest.Kind.RESET_SECOND_FACTOR
ADDRESS = AccountRequest.Kind.CHANGE_ADDRESS


@pytest.fixture
def here() -> make.World:
    return make.world()


@pytest.fixture
def boss(here: make.World) -> User:
    return make.member(here, Role.ADMINISTRATOR)


@pytest.fixture
def second(here: make.World) -> User:
    return make.member(here, Role.ADMINISTRATOR)


@pytest.fixture
def worker(here: make.World, second: User) -> User:
    found = make.intake_worker(here, "stimenz")
    TOTP.activate(found, generate_totp_secret())
    return found


def _signed_in(user: User) -> Client:
    client = Client()
    client.post(
        reverse("account_login"), {"login": user.email, "password": make.PASSWORD}, headers=HOST
    )
    return client


def _ask(here: make.World, worker: User, boss: User, **more: Any) -> AccountRequest:
    return requests.ask(
        **{
            "kind": RESET,
            "user": worker,
            "partnership": here.partnership,
            "by": boss,
            "now": timezone.now(),
            **more,
        }
    )


def test_a_second_person_resets_it_and_the_owner_is_told(
    here: make.World, boss: User, second: User, worker: User
) -> None:
    requested = _ask(here, worker, boss)
    assert Authenticator.objects.filter(user=worker).exists()
    assert set(Message.objects.values_list("address", "template")) == {
        (second.email, "second_factor_asked")
    }
    requests.decide(request_id=requested.pk, approved=True, by=second, now=timezone.now())
    assert not Authenticator.objects.filter(user=worker).exists()
    assert Message.objects.get(template="second_factor_reset").address == worker.email


def test_a_reset_ends_the_sessions(
    here: make.World, boss: User, second: User, worker: User
) -> None:
    Authenticator.objects.filter(user=worker).delete()
    EmailAddress.objects.create(user=worker, email=worker.email, verified=True, primary=True)
    client = _signed_in(worker)
    assert client.session.get("_auth_user_id")
    requested = _ask(here, worker, boss)
    requests.decide(request_id=requested.pk, approved=True, by=second, now=timezone.now())
    assert client.session.get("_auth_user_id") is None


def test_a_coordinator_of_the_organisation_may_be_the_second_and_of_another_not(
    here: make.World, boss: User, worker: User
) -> None:
    own, other = make.coordinator(here, "stimenz"), make.coordinator(here, "jeugd-punt")
    requested = _ask(here, worker, boss)
    now = timezone.now()
    assert requests.open_for(partnership=here.partnership, by=other, now=now) == []
    with pytest.raises(ValidationError):
        requests.decide(request_id=requested.pk, approved=True, by=other, now=now)
    assert requests.open_for(partnership=here.partnership, by=own, now=now) == [requested]
    requests.decide(request_id=requested.pk, approved=True, by=own, now=now)
    assert not Authenticator.objects.filter(user=worker).exists()


@pytest.mark.parametrize("who", ["boss", "worker"])
def test_neither_who_asked_nor_the_owner_decides(
    here: make.World, boss: User, worker: User, who: str
) -> None:
    make.member(here, Role.ADMINISTRATOR, who=worker)
    requested = _ask(here, worker, boss)
    with pytest.raises(ValidationError):
        requests.decide(
            request_id=requested.pk,
            approved=True,
            by={"boss": boss, "worker": worker}[who],
            now=timezone.now(),
        )
    assert Authenticator.objects.filter(user=worker).exists()


def test_the_database_holds_that_they_are_two(here: make.World, boss: User, worker: User) -> None:
    requested = _ask(here, worker, boss)
    for wrong in (
        {"decided_by": boss, "decided_at": timezone.now(), "approved": True},
        {"decided_by": worker, "decided_at": timezone.now(), "approved": True},
        {"asked_by": worker},
        {"approved": True},
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), guards.switched_off():
            AccountRequest.objects.filter(pk=requested.pk).update(**wrong)


def test_nobody_asks_for_themselves_and_not_without_a_second_person(
    here: make.World, boss: User
) -> None:
    with pytest.raises(ValidationError, match="eigen account"):
        _ask(here, boss, boss)
    alone = make.intake_worker(here, "actief")
    with pytest.raises(ValidationError, match="Niemand anders"):
        _ask(here, alone, boss)


def test_a_refused_or_old_request_changes_nothing(
    here: make.World, boss: User, second: User, worker: User
) -> None:
    now = timezone.now()
    requested = _ask(here, worker, boss)
    with pytest.raises(ValidationError, match="al gevraagd"):
        _ask(here, worker, boss)
    late = now + requests.OPEN_FOR + timedelta(minutes=1)
    with pytest.raises(ValidationError):
        requests.decide(request_id=requested.pk, approved=True, by=second, now=late)
    again = _ask(here, worker, boss, now=late)
    requests.decide(request_id=again.pk, approved=False, by=second, now=late)
    with pytest.raises(ValidationError):
        requests.decide(request_id=again.pk, approved=True, by=second, now=late)
    assert Authenticator.objects.filter(user=worker).exists()
    assert not Message.objects.filter(template="second_factor_reset").exists()


def test_another_address_needs_two_and_the_old_one_is_told(
    here: make.World, boss: User, second: User, worker: User
) -> None:
    old = worker.email
    requested = _ask(here, worker, boss, kind=ADDRESS, new_email="Nieuw@voordeur.example")
    requests.decide(request_id=requested.pk, approved=True, by=second, now=timezone.now())
    worker.refresh_from_db()
    assert worker.email == "nieuw@voordeur.example"
    confirmed = EmailAddress.objects.get(user=worker)
    assert (confirmed.email, confirmed.verified) == (worker.email, False)
    assert Message.objects.get(template="account_changed").address == old


def test_an_address_of_another_account_is_refused(
    here: make.World, boss: User, second: User, worker: User
) -> None:
    with pytest.raises(ValidationError, match="ander account"):
        _ask(here, worker, boss, kind=ADDRESS, new_email=second.email)


def test_a_message_about_a_decided_request_is_not_sent(
    here: make.World, boss: User, second: User, worker: User
) -> None:
    requested = _ask(here, worker, boss)
    messages = list(Message.objects.filter(subject_id=requested.pk))
    assert requests.still_pending(messages, timezone.now()) == {m.pk for m in messages}
    requests.decide(request_id=requested.pk, approved=False, by=second, now=timezone.now())
    assert requests.still_pending(messages, timezone.now()) == set()
