"""A colleague leaves: everything ends at once, and nothing of their work is orphaned."""

from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from intake.questions.models import Question
from organisations.directory.models import Service
from organisations.roles.models import Membership, Role
from referrals.casework import leaving
from referrals.casework.pick_up import pick_up
from referrals.follow_ups.models import FollowUp
from tests.support import factories as make
from welzijn.accounts.models import User

pytestmark = pytest.mark.django_db
HOST = {"host": "putten.localhost"}


@pytest.fixture
def here(settings: LazySettings) -> make.World:
    settings.WELZIJN_DEMO = True  # a second factor is another test's subject
    return make.world()


@pytest.fixture
def leaver(here: make.World) -> User:
    return make.intake_worker(here, "stimenz")


@pytest.fixture
def question(here: make.World, leaver: User) -> Question:
    found = make.question(here, "geld")
    return pick_up(question=found, by=leaver, now=timezone.now())


def leave(here: make.World, client: Client, leaver: User, to: User | None) -> int:
    client.force_login(make.member(here, Role.ADMINISTRATOR))
    page = f"/beheer/mensen/{leaver.pk}/vertrekt/"
    assert "Vragen: 1." in client.get(page, headers=HOST).content.decode()
    chosen = {f"bij-{here['stimenz'].pk}": str(to.pk) if to else ""}
    return client.post(page, chosen, headers=HOST).status_code


@pytest.mark.parametrize("somebody", [True, False])
def test_work_goes_to_who_is_chosen_or_back_and_every_role_ends(
    here: make.World, client: Client, leaver: User, question: Question, somebody: bool
) -> None:
    to = make.professional(here, "stimenz") if somebody else None
    kept = make.service(here, "stimenz", "geld", keeper=leaver)
    assert leave(here, client, leaver, to) == 302
    question.refresh_from_db()
    assert question.assigned_to == to
    assert question.status == ("picked_up" if to else "new")
    assert not FollowUp.objects.filter(worker=leaver, status=FollowUp.Status.OPEN).exists()
    assert FollowUp.objects.filter(question=question, status=FollowUp.Status.OPEN).exists()
    assert Service.objects.get(pk=kept.pk).keeper == to
    assert not Membership.objects.active().filter(user=leaver).exists()
    leaver.refresh_from_db()
    assert not leaver.is_active


def test_a_stranger_is_no_successor_and_nobody_ends_themselves(
    here: make.World, client: Client, leaver: User, question: Question
) -> None:
    stranger = make.professional(here, "actief")
    assert leave(here, client, leaver, stranger) == 422
    boss = make.member(here, Role.ADMINISTRATOR)
    attempts: list[Callable[[], int]] = [
        lambda: leaving.leave(
            worker=leaver,
            successors={here["stimenz"].pk: stranger},
            partnership=here.partnership,
            by=boss,
            now=timezone.now(),
        ),
        lambda: leaving.leave(
            worker=boss,
            successors={},
            partnership=here.partnership,
            by=boss,
            now=timezone.now(),
        ),
        lambda: leaving.leave(
            worker=leaver,
            successors={},
            partnership=here.partnership,
            by=make.coordinator(here, "stimenz"),
            now=timezone.now(),
        ),
    ]
    for attempt in attempts:
        with pytest.raises(ValidationError):
            attempt()
    question.refresh_from_db()
    assert question.assigned_to == leaver
