"""The privacy officer samples the log and reads the register of bases, without names."""

from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from intake.access_log import open_question
from organisations.roles.models import Role
from tests.support import factories as make
from tests.support import guards
from tests.support.signing_in import signed_in
from welzijn.audit import access_log
from welzijn.audit.models import AccessEvent
from welzijn.audit.reasons import Reason

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]
HOST = {"host": "putten.localhost"}


def officer(here: make.World) -> Client:
    return signed_in(make.member(here, Role.PRIVACY_OFFICER))


def opened_question(here: make.World) -> Any:
    now = timezone.now()
    question = make.question(here, "geld", name="Sanne de Wit", words="deurwaarder", now=now)
    worker = make.intake_worker(here, "stimenz", who=make.user("Fatma de Boer"))
    open_question.open_question(
        user=worker,
        partnership=here.partnership,
        question_id=question.pk,
        why=Reason.OPENED,
        now=now,
    )
    return question


def test_a_sampled_event_shows_the_reference_but_not_the_resident() -> None:
    here = make.world()
    question = opened_question(here)
    page = officer(here).get("/beheer/inzage/", headers=HOST).content.decode()
    assert "Fatma de Boer" in page
    assert question.reference in page
    assert "Sanne" not in page
    assert "deurwaarder" not in page
    assert "toestemming" in page


def test_the_officers_own_access_is_logged() -> None:
    here = make.world()
    officer(here).get("/beheer/inzage/", headers=HOST)
    assert AccessEvent.objects.get(what="log").role == Role.PRIVACY_OFFICER


def test_one_reference_gives_all_its_entries_and_no_others() -> None:
    here = make.world()
    one, other = opened_question(here), opened_question(here)
    page = officer(here).get("/beheer/inzage/", {"kenmerk": one.reference}, headers=HOST)
    text = page.content.decode().split("Register van grondslagen")[0]
    assert text.count(one.reference) == 2  # in the filter and in the entry
    assert other.reference not in text


def test_the_log_of_another_partnership_is_hidden() -> None:
    here, there = make.world(), make.world("elders")
    question = opened_question(there)
    page = officer(here).get("/beheer/inzage/", headers=HOST).content.decode()
    assert question.reference not in page


def record_access(here: make.World, **fields: Any) -> Any:
    """Record an access with these fields; return its actor."""
    who = make.user()
    with transaction.atomic():
        access_log.record(
            access_log.event(
                now=timezone.now(),
                partnership_id=here.partnership.pk,
                actor=who,
                organisation_id=here["stimenz"].pk,
                action=AccessEvent.Action.READ,
                what="question",
                **fields,
            )
        )
    return who


def test_the_sample_can_be_of_one_role() -> None:
    here = make.world()
    worker = record_access(here, role=Role.PROFESSIONAL)
    coordinator = record_access(here, role=Role.COORDINATOR)
    page = officer(here).get("/beheer/inzage/", {"rol": Role.COORDINATOR}, headers=HOST)
    text = page.content.decode()
    assert coordinator.name in text
    assert worker.name not in text


def test_the_sample_can_be_of_emergency_access_only() -> None:
    here = make.world()
    hurried, calm = record_access(here, emergency=True), record_access(here)
    text = officer(here).get("/beheer/inzage/", {"spoed": "ja"}, headers=HOST).content.decode()
    assert hurried.name in text
    assert calm.name not in text


def test_reading_on_the_basis_of_danger_is_emergency_access() -> None:
    here = make.world()
    question = make.question(here, "geld", now=timezone.now())
    worker = make.intake_worker(here, "stimenz")
    for kind in ("consent", "danger"):
        with guards.switched_off():
            question.sharing_bases.update(kind=kind, reason="er is gevaar")
        open_question.open_question(
            user=worker,
            partnership=here.partnership,
            question_id=question.pk,
            why=Reason.OPENED,
            now=timezone.now(),
        )
    notified = AccessEvent.objects.filter(actor=worker).values_list("basis", "emergency")
    assert set(notified) == {("consent", False), ("danger", True)}
