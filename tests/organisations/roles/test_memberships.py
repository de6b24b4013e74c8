"""Memberships are read once a request, and never longer kept than that."""

from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from intake.questions.models import Question
from organisations.roles import commands as role_commands
from organisations.roles.memberships import cached_memberships, memberships_of
from organisations.roles.models import Membership, Role
from tests.support import factories as make

pytestmark = pytest.mark.django_db
HOST = {"host": "putten.localhost"}


@pytest.fixture
def here() -> make.World:
    return make.world()


def test_within_a_request_they_are_read_once(here: make.World) -> None:
    worker = make.intake_worker(here, "stimenz")
    with cached_memberships(), CaptureQueriesContext(connection) as captured:
        for _time in range(3):
            Question.objects.visible_to(worker)
            Question.objects.listed_for(worker)
    assert len(captured) == 1


def test_outside_one_they_are_read_each_time(here: make.World) -> None:
    worker = make.intake_worker(here, "stimenz")
    question = make.question(here, "geld")
    assert question in Question.objects.visible_to(worker)
    Membership.objects.filter(user=worker).delete()
    assert question not in Question.objects.visible_to(worker)


def test_a_day_is_a_reading_of_its_own(here: make.World) -> None:
    today = timezone.localdate()
    worker = make.intake_worker(here, "stimenz")
    Membership.objects.filter(user=worker).update(until=today)
    with cached_memberships():
        assert memberships_of(worker, today)
        assert not memberships_of(worker, today + timedelta(days=1))


def test_a_role_that_was_ended_opens_nothing_from_the_next_request_on(
    here: make.World, client: Client, settings: LazySettings
) -> None:
    settings.WELZIJN_DEMO = True  # a second factor is another test's subject
    worker = make.intake_worker(here, "stimenz")
    question = make.question(here, "geld")
    client.force_login(worker)
    path = f"/vraagstuk/{question.pk}/"
    assert client.get(path, headers=HOST).status_code == 200
    Membership.objects.filter(user=worker).update(until=timezone.localdate() - timedelta(days=1))
    assert client.get(path, headers=HOST).status_code in {403, 404}


def test_who_gives_or_ends_a_role_sees_it_at_once(here: make.World) -> None:
    boss, worker = make.user(), make.user()
    with cached_memberships():
        assert not memberships_of(worker)
        given = role_commands.grant(
            user=worker,
            partnership=here.partnership,
            organisation=here["stimenz"],
            role=Role.PROFESSIONAL,
            by=boss,
            now=timezone.now(),
        )
        assert [m.pk for m in memberships_of(worker)] == [given.pk]
        role_commands.end(membership=given, by=boss, now=timezone.now())
        assert not memberships_of(worker)


def test_an_account_that_is_off_has_none(here: make.World) -> None:
    worker = make.intake_worker(here, "stimenz")
    worker.is_active = False
    assert not memberships_of(worker)


def test_a_role_at_one_partnership_opens_nothing_at_another(here: make.World) -> None:
    """The same organisation takes part in both; its worker works in one of them."""
    elsewhere = make.world("elders")
    worker = make.intake_worker(here, "stimenz")
    make.member(elsewhere, Role.COORDINATOR, "jeugd-punt", who=worker)
    there = make.question(elsewhere, "geld")
    ours = make.question(here, "geld")
    assert set(Question.objects.visible_to(worker)) == {ours}
    assert set(Question.objects.listed_for(worker)) == {ours, there}
