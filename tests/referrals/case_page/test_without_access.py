"""The link of a question for who may not read it: what to do, and nothing that tells."""

import re
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from referrals.handovers import completion
from tests.referrals.handovers.case import Case
from tests.support import factories as make
from tests.support.html import as_read, comparable
from tests.support.signing_in import signed_in
from welzijn.accounts.models import User
from welzijn.audit.models import AccessEvent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]
LATER = make.TUESDAY + timedelta(hours=1)


def handed_over() -> Case:
    case = Case(words="brief over waterschildpad")
    completion.met(handover=case.accepted(), how="visit", recorded_by=case.receiver, now=LATER)
    return case


def test_the_giver_reads_to_whom_when_and_how_and_nothing_of_the_person() -> None:
    case = handed_over()
    answer = signed_in(case.sender).get(f"/vraagstuk/{case.question.pk}/")
    assert answer.status_code == 200
    page = as_read(answer.content.decode())
    for said in ("Jeugd-Punt", case.receiver.name, "op bezoek", case.question.reference):
        assert said in page, said
    for kept in ("Zeynep", "Yildiz", "waterschildpad", "school goed", "Een jongere"):
        assert kept not in page, kept
    assert not AccessEvent.objects.filter(
        actor=case.sender, question_id=case.question.pk, at__gt=LATER
    ).exists()


def test_the_giver_finds_it_back_among_what_they_handed_over() -> None:
    case = handed_over()
    page = as_read(signed_in(case.sender).get("/werk/bekeken/").content.decode())
    assert "Door u overgedragen" in page
    assert case.question.reference in page
    assert "Zeynep" not in page


def answered(client: Client, question_id: uuid.UUID) -> tuple[int, str, int]:
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(f"/vraagstuk/{question_id}/")
    content = comparable(answer.content.decode().replace(str(question_id), ""))
    return answer.status_code, as_read_text(content), len(captured)


def as_read_text(content: str) -> str:
    text = re.sub(r"<script.*?</script>|<[^>]*>", " ", content, flags=re.DOTALL)
    return re.sub(r"\s+", " ", text)


def others(case: Case) -> list[User]:
    return [
        make.intake_worker(case.here, "stimenz"),
        make.intake_worker(case.here, "actief"),
        make.professional(case.here, "jeugd-punt"),
    ]


def test_who_has_no_access_reads_the_same_whether_it_exists_or_not() -> None:
    case = handed_over()
    elsewhere = make.question(make.world("elders"), "geld")
    for user in others(case):
        client = signed_in(user)
        client.get("/werk/")
        there = answered(client, case.question.pk)
        assert there == answered(client, uuid.uuid4())
        assert there == answered(client, elsewhere.pk)
        assert there[0] == 404
        assert "Wat kunt u doen?" in there[1]
        assert "link oud" not in there[1]


def test_a_coordinator_without_access_is_led_to_the_row_they_may_see() -> None:
    case = Case()
    coordinator = make.coordinator(case.here, "actief")
    path = f"/vraagstuk/{case.question.pk}/"
    answer = signed_in(coordinator).get(path)
    assert answer.status_code == 404
    assert f"/caseload/{case.question.pk}/" in answer.content.decode()
    assert "Zeynep" not in answer.content.decode()
