"""Asking while signed in with DigiD, and asking without."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from intake.questions.models import Question
from intake.resident_sign_in import own_questions
from intake.resident_sign_in.models import OwnQuestion, ResidentAccount
from tests.intake.resident import Resident
from tests.intake.resident_sign_in.test_digid import HOST, broker, is_in, sign_in
from tests.support import factories as make
from tests.support.openid_provider import OpenIDProvider

__all__ = ["broker"]  # fixture
pytestmark = pytest.mark.django_db


def test_signed_in_the_question_that_is_sent_comes_in_the_list(broker: OpenIDProvider) -> None:
    make.world()
    resident = Resident()
    sign_in(broker, resident.client)
    named = resident.writes()
    assert "in uw eigen lijst" in resident.get("/vraag/controle/").content.decode()
    assert resident.sends(named).status_code == 302
    link = OwnQuestion.objects.get()
    assert (link.question, link.how) == (Question.objects.get(), "asked")
    assert is_in(resident.client)


def test_without_digid_nothing_is_linked_and_nothing_is_asked(
    broker: OpenIDProvider, settings: Any
) -> None:
    make.world()
    resident = Resident()
    named = resident.writes()
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert resident.sends(named).status_code == 302
    assert not any("residentaccount" in q["sql"] for q in captured.captured_queries)
    assert not OwnQuestion.objects.exists()
    assert "DigiD" not in resident.get("/vraag/gelukt/").content.decode()


def test_an_account_with_an_empty_list_is_deleted_after_a_day(broker: OpenIDProvider) -> None:
    here = make.world()
    receipt = make.submitted(here, "geld", now=timezone.now())
    client = sign_in(broker)
    later = timezone.now() + timedelta(days=1, minutes=1)
    account = ResidentAccount.objects.get()
    own_questions.link(
        account=account,
        question=receipt.question,
        how=OwnQuestion.How.CODE,
        now=timezone.now(),
    )
    assert own_questions.forget_empty_accounts(now=later) == 0
    client.post(reverse("own_question_off", args=[receipt.question.pk]), headers=HOST)
    assert own_questions.forget_empty_accounts(now=timezone.now()) == 0
    assert own_questions.forget_empty_accounts(now=later) == 1
