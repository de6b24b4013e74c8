"""A role that ends signs its holder out everywhere, at once."""

import pytest
from django.test import Client
from django.utils import timezone

from organisations.roles import commands as role_commands
from organisations.roles.models import Role
from tests.support import factories as make
from tests.support.signing_in import signed_in
from welzijn.accounts.sessions import STARTED_AT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]


def begun_earlier(client: Client, seconds: int = 60) -> Client:
    session = client.session
    session[STARTED_AT] -= seconds
    session.save()
    return client


def test_a_role_that_ends_ends_each_session_also_where_other_roles_remain() -> None:
    here = make.world()
    boss = make.member(here, Role.ADMINISTRATOR)
    colleague = make.desk_worker(here)
    ended = make.coordinator(here, who=colleague).memberships.get(role=Role.COORDINATOR)
    phone, laptop = begun_earlier(signed_in(colleague)), begun_earlier(signed_in(colleague))
    bystander = begun_earlier(signed_in(boss))
    role_commands.end(membership=ended, by=boss, now=timezone.now())
    for client in (phone, laptop):
        answer = client.get("/balie/")
        assert (answer.status_code, "klaar=rol" in answer["Location"]) == (302, True)
    assert bystander.get("/beheer/").status_code == 200
    session = phone.get(answer["Location"])
    assert "Een van uw rollen is gestopt" in session.content.decode()


def test_a_new_session_after_that_works() -> None:
    here = make.world()
    boss = make.member(here, Role.ADMINISTRATOR)
    colleague = make.desk_worker(here)
    ended = make.coordinator(here, who=colleague).memberships.get(role=Role.COORDINATOR)
    role_commands.end(membership=ended, by=boss, now=timezone.now())
    client = begun_earlier(signed_in(colleague), -2)
    assert client.get("/balie/").status_code == 200
