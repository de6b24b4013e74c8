"""What becomes of an answer: in the plan, done, and by when; and where it stands."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from organisations.partnerships.models import Municipality
from referrals.signals import services
from referrals.signals.follow_up_models import AnswerStep
from referrals.signals.models import Signal, SignalBundle
from tests.support import factories as make

pytestmark = pytest.mark.django_db
HOST = {"host": "putten.localhost"}


@pytest.fixture
def world(settings: Any) -> make.World:
    settings.WELZIJN_DEMO = True  # a second factor is another test's subject
    return make.world()


@pytest.fixture
def bundle(world: make.World) -> SignalBundle:
    here, now = world, timezone.now()
    town = Municipality.objects.get(code="GM0273")
    writer, boss = make.intake_worker(here, "stimenz"), make.coordinator(here)
    signals = services.write(
        partnership=here.partnership,
        municipalities=[town],
        kind=Signal.Kind.RULES,
        text="De bus rijdt niet in de avond.",
        by=writer,
        now=now,
    )
    made = services.bundle(
        partnership=here.partnership,
        municipality=town,
        signals=signals,
        title="Geen bus",
        text="Mensen kunnen niet komen.",
        asks="Een bus.",
        meeting_on=timezone.localdate(),
        by=boss,
        now=now,
        about_figure="aanbod",
        concerns=SignalBundle.Concerns.ALDERMAN,
    )
    return services.send(bundle=made, by=boss, now=now)


@pytest.fixture
def officer(world: make.World, bundle: SignalBundle, client: Client) -> Client:
    client.force_login(make.member(world, "municipality", municipality=bundle.municipality))
    return client


def test_a_wrong_day_keeps_what_was_typed(bundle: SignalBundle, officer: Client) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    data = {"wat": "antwoord", "answer": "Er komt een bus.", "answered_on": f"{yesterday}"}
    page = officer.post(f"/signalen/bundel/{bundle.pk}/", data, headers=HOST)
    assert page.status_code == 422
    assert "Er komt een bus." in page.content.decode()
    assert "nog niet verstuurd" in page.content.decode()


def test_an_answer_is_followed_until_it_is_done(bundle: SignalBundle, officer: Client) -> None:
    path = f"/signalen/bundel/{bundle.pk}/"
    answer = {"wat": "antwoord", "answer": "Er komt een bus.", "answered_on": timezone.localdate()}
    assert officer.post(path, answer, headers=HOST).status_code == 302
    step = {"state": "in_plan", "note": "In het vervoersplan."}
    assert officer.post(f"{path}vervolg/", step, headers=HOST).status_code == 422
    step["by_when"] = f"{timezone.localdate() + timedelta(days=90)}"
    assert officer.post(f"{path}vervolg/", step, headers=HOST).status_code == 302
    assert officer.post(f"{path}vervolg/", {"state": "done"}, headers=HOST).status_code == 302
    assert [s.state for s in AnswerStep.objects.all()] == ["in_plan", "done"]
    assert "In het vervoersplan." in officer.get(path, headers=HOST).content.decode()
    beside = officer.get("/rapportage/vragen/aanbod/", headers=HOST).content.decode()
    assert "Geen bus" in beside
    assert "Gedaan" in beside


def test_a_wethouder_has_a_seat_that_reads_and_answers_what_concerns_them(
    world: make.World, bundle: SignalBundle, client: Client
) -> None:
    """And answers nothing that is for policy; their seat opens no question of a resident."""
    here = world
    seat = make.member(here, "alderman", municipality=bundle.municipality)
    client.force_login(seat)
    path = f"/signalen/bundel/{bundle.pk}/"
    answer = {"wat": "antwoord", "answer": "Er komt een bus.", "answered_on": timezone.localdate()}
    assert client.post(path, answer, headers=HOST).status_code == 302
    assert "Er komt een bus." in client.get(path, headers=HOST).content.decode()
    assert client.get("/rapportage/vragen/", headers=HOST).status_code == 200
    assert client.get("/werk/", headers=HOST).status_code == 403
    assert not services.may_answer(seat, _for_policy(bundle), timezone.now())


def _for_policy(bundle: SignalBundle) -> SignalBundle:
    bundle.concerns = SignalBundle.Concerns.POLICY
    return bundle
