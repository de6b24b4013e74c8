"""What the privacy officer looks at and decides stands in the access log."""

import pytest
from django.utils import timezone

from organisations.roles.models import Role
from referrals.privacy.models import DataRequest
from referrals.resident_portal import data_requests
from tests.support import factories as make
from tests.support.signing_in import signed_in
from welzijn.audit.models import AccessEvent
from welzijn.audit.reasons import Reason

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]
HOST = {"host": "putten.localhost"}


def test_requests_disclosures_and_unusual_looks_are_logged() -> None:
    here = make.world()
    question = make.question(here, "geld", now=timezone.now())
    officer = make.member(here, Role.PRIVACY_OFFICER)
    received = data_requests.receive(
        question=question,
        kind=DataRequest.Kind.ACCESS,
        proof=DataRequest.Proof.SPOKEN,
        received_on=timezone.localdate(),
        by=officer,
        now=timezone.now(),
    )
    client = signed_in(officer)
    for page in ("", "opvallend/", "verzoeken/", f"verzoeken/{received.pk}/"):
        assert client.get(f"/beheer/inzage/{page}", headers=HOST).status_code == 200
    looks = set(AccessEvent.objects.filter(actor=officer).values_list("what", "action", "reason"))
    assert {
        ("disclosures", "list", Reason.DISCLOSURES),
        ("unusual looks", "list", Reason.UNUSUAL),
        ("data request", "list", Reason.DATA_REQUEST_READ),
        ("data request", "read", Reason.DATA_REQUEST_READ),
    } <= looks


def test_a_refusal_is_logged_where_the_resident_reads_it() -> None:
    here = make.world()
    question = make.question(here, "geld", now=timezone.now())
    officer = make.member(here, Role.PRIVACY_OFFICER)
    received = data_requests.receive(
        question=question,
        kind=DataRequest.Kind.ERASURE,
        proof=DataRequest.Proof.SPOKEN,
        received_on=timezone.localdate(),
        by=officer,
        now=timezone.now(),
    )
    answer = signed_in(officer).post(
        f"/beheer/inzage/verzoeken/{received.pk}/",
        {"wat": "weiger", "reason": "De vraag loopt nog."},
        headers=HOST,
    )
    assert answer.status_code == 302
    logged = AccessEvent.objects.get(question_id=question.pk, action="change", actor=officer)
    assert logged.reason == Reason.DATA_REQUEST_HANDLED
