"""A resident erases an ended question at once, as far as the law lets us."""

import pytest
from django.test import Client
from django.utils import timezone

from intake.danger.models import HeardDanger
from intake.questions.models import Question
from referrals.resident_portal import erasure
from referrals.retention.models import DeletionProof
from tests.referrals.retention import full_case
from tests.support import factories as make
from tests.support.signing_in import entered

pytestmark = pytest.mark.django_db
HOST = {"host": "putten.localhost"}
PATH = "/volg/vraag/wis/"


def withdrawn() -> Client:
    here = full_case.with_terms(make.world())
    client = entered(make.submitted(here, "geld", now=timezone.now()))
    assert "Trek hem eerst in" in client.get(PATH, headers=HOST).content.decode()
    client.post("/volg/vraag/trek-in/", headers=HOST)
    return client


@pytest.mark.django_db(transaction=True)
def test_after_withdrawing_everything_can_be_erased_at_once_with_a_proof() -> None:
    client = withdrawn()
    assert "Wilt u alles wissen?" in client.get(PATH, headers=HOST).content.decode()
    assert Question.objects.exists()
    assert client.post(PATH, headers=HOST)["Location"] == "/volg/gewist/"
    assert not Question.objects.exists()
    proof = DeletionProof.objects.get()
    assert (proof.rule, proof.questions) == ("verzoek", 1)
    assert "Alles is gewist" in client.get("/volg/gewist/", headers=HOST).content.decode()
    assert client.get("/volg/vraag/", headers=HOST)["Location"] == "/volg/"


def test_where_somebody_has_to_look_first_it_stays_and_nothing_is_told() -> None:
    client = withdrawn()
    question = Question.objects.get()
    HeardDanger.objects.create(question=question, kinds=["violence"], at=timezone.now())
    page = client.get(PATH, headers=HOST).content.decode()
    assert "Iemand van ons moet hier eerst naar kijken" in page
    client.post(PATH, headers=HOST)
    assert Question.objects.exists()
    assert "gevaar" not in erasure.refusal(question)


def test_what_the_law_keeps_stays() -> None:
    client = withdrawn()
    Question.objects.update(kind="wmo")
    assert "Van de wet" in client.get(PATH, headers=HOST).content.decode()
    client.post(PATH, headers=HOST)
    assert Question.objects.exists()
