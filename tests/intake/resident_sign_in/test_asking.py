"""Asking while signed in with DigiD, and asking without."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from intake.questions.models import Question
from intake.resident_sign_in.models import OwnQuestion
from tests.intake.resident import Resident
from tests.intake.resident_sign_in.test_digid import broker, is_in, sign_in
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
