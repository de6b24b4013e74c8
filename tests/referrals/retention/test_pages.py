"""The privacy officer reads proofs, terms and what has expired, without any person."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from organisations.roles.models import Role
from referrals.retention.models import DeletionProof
from referrals.retention.run import retain
from tests.referrals.retention.full_case import ended, with_terms
from tests.support import factories as make
from tests.support.html import squeezed
from tests.support.signing_in import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]
HOST = {"host": "putten.localhost"}
ADDRESS = "/beheer/inzage/gewist/"


def officer(here: make.World) -> Client:
    return signed_in(make.member(here, Role.PRIVACY_OFFICER))


def page(here: make.World, **requested: str) -> str:
    return officer(here).get(ADDRESS, requested, headers=HOST).content.decode()


def long_over(here: make.World, domain: str = "geld") -> Any:
    past = timezone.now() - timedelta(days=366 * 3)
    return ended(make.question(here, domain, name="Sanne de Wit"), past)


def test_what_is_over_shows_until_the_night_and_its_proof_from_then_on() -> None:
    here = with_terms(make.world())
    question = long_over(here)
    before = page(here)
    assert "Stimenz, welzijn: 1<" in squeezed(before)
    assert "In deze periode is niets gewist." in before
    connection.check_constraints()
    retain(now=timezone.now())
    after = page(here)
    assert "Alles waarvan de tijd om is, is gewist." in after
    assert "Stimenz" in after
    assert "mensen en hoe zij te bereiken zijn" in after
    for notified in (before, after):
        assert question.reference not in notified
        assert "Sanne" not in notified


def test_proofs_can_be_chosen_by_organisation_kind_and_day() -> None:
    here = with_terms(make.world())
    long_over(here, "geld")
    long_over(here, "bewegen")
    connection.check_constraints()
    retain(now=timezone.now())
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    rows = 'data-label="Gewist op"'
    assert page(here).count(rows) == 2
    assert page(here, organisatie=str(here["actief"].pk)).count(rows) == 1
    assert page(here, soort="wmo").count(rows) == 0
    assert page(here, tot=yesterday).count(rows) == 0
    unknown = page(here, van="nooit")
    assert unknown.count(rows) == 0
    # The field says that this is no day.
    invalid = "utrecht-form-field--invalid"
    assert (invalid in page(here, tot=yesterday), invalid in unknown) == (False, True)


def test_the_terms_in_force_stand_there_with_those_of_organisations() -> None:
    here = with_terms(make.world(), organisations={"stimenz": {"wmo": 7}})
    text = page(here)
    assert "melding Wmo" in text
    assert '<td>Stimenz</td><td class="vd-number">7</td>' in squeezed(text)


def test_without_terms_it_says_that_nothing_is_deleted() -> None:
    assert "Er wordt niets gewist." in page(make.world())


def test_proofs_of_another_partnership_are_hidden() -> None:
    here, there = with_terms(make.world()), with_terms(make.world("elders"))
    long_over(there)
    connection.check_constraints()
    retain(now=timezone.now())
    assert DeletionProof.objects.count() == 1
    assert "In deze periode is niets gewist." in page(here)


def test_only_the_privacy_officer_comes_in() -> None:
    here = with_terms(make.world())
    assert signed_in(make.coordinator(here)).get(ADDRESS, headers=HOST).status_code == 403
