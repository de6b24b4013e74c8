"""The pages where a resident or a worker links questions of one household."""

from typing import Any

import pytest
from django.utils import timezone

from intake.households import links as household_links
from intake.households.models import HouseholdLink
from intake.questions.models import Question
from intake.submission.submit import Receipt
from tests.support import factories as make
from tests.support.refused import is_refused
from tests.support.signing_in import entered, signed_in

pytestmark = pytest.mark.django_db
HOST = {"host": "putten.localhost"}


def fresh(receipt: Receipt) -> Question:
    return Question.objects.get(pk=receipt.question.pk)


def test_a_resident_links_with_reference_and_code_and_not_without() -> None:
    here = make.world()
    one, two = (make.submitted(here, d, now=timezone.now()) for d in ("geld", "opgroeien"))
    client = entered(one)
    wrong = {"reference": two.reference, "code": "123456789"}
    assert is_refused(client.post("/volg/vraag/gezin/", wrong, headers=HOST))
    assert not HouseholdLink.objects.exists()
    right = {"reference": two.reference, "code": two.code}
    assert client.post("/volg/vraag/gezin/", right, headers=HOST).status_code == 302
    assert HouseholdLink.objects.count() == 2
    text = client.get("/volg/vraag/gezin/", headers=HOST).content.decode()
    assert "Uw vraag hoort bij uw gezin." in text
    assert two.reference not in text


def test_a_question_asked_for_the_family_goes_to_the_same_lead_and_says_nothing_of_the_other() -> (
    None
):
    here = make.world()
    one = make.submitted(here, "geld", now=timezone.now())
    assert household_links.preferred_lead(fresh(one)) == "stimenz"
    another = make.submitted(here, "opgroeien", household_lead="stimenz")
    assert fresh(another).lead == here["stimenz"]
    assert one.reference not in another.reason
    assert "geld" not in another.reason
    household_links.link_new_question(
        origin_id=str(one.question.pk), question=fresh(another), now=make.TUESDAY
    )
    assert HouseholdLink.objects.filter(ended_at__isnull=True).count() == 2


def test_asking_for_the_family_begins_at_the_front_door() -> None:
    here = make.world()
    client = entered(make.submitted(here, "geld", now=timezone.now()))
    answer = client.post("/volg/vraag/gezin/vraag/", headers=HOST)
    assert (answer.status_code, answer["Location"]) == (302, "/vraag/")
    assert client.post("/vraag/", headers=HOST)["Location"] == "/vraag/woorden/"


def test_a_workers_page_links_and_unlinks(settings: Any) -> None:
    settings.WELZIJN_DEMO = True  # no second factor
    here = make.world()
    one, two = (make.submitted(here, "geld", now=timezone.now()) for _n in range(2))
    client = signed_in(make.intake_worker(here, "stimenz"))
    page = f"/vraagstuk/{one.question.pk}/gezin/"
    wrong = client.post(page, {"reference": "BBBB-BBBB", "how": "phone"}, headers=HOST)
    assert wrong.status_code == 422
    right = {"reference": two.reference.lower(), "how": "phone"}
    assert client.post(page, right, headers=HOST).status_code == 302
    text = client.get(page, headers=HOST).content.decode()
    assert two.reference in text
    assert "is het gezicht voor dit gezin" in text
    client.post(page, {"wat": "los"}, headers=HOST)
    assert two.reference not in client.get(page, headers=HOST).content.decode()
