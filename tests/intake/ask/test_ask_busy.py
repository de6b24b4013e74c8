"""A flood at the form: nobody is refused, the suspected are set aside, duty is not flooded."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from intake.ask import draft
from intake.floods import gate
from intake.questions.models import Question, SetAside
from organisations.roles.models import Duty
from referrals.casework import set_aside
from tests.support import factories as make
from welzijn.notifications.models import Message

pytestmark = pytest.mark.django_db
HOST = {"host": "putten.localhost"}


def asks(
    words: str = "", *, address: str = "192.0.2.1", danger: bool = False, wait: bool = False
) -> tuple[Client, int]:
    """Ask to be called; return the browser and the status of the last POST."""
    browser = Client(headers=HOST, REMOTE_ADDR=address)
    call = {"phone": "0612345678", "name": "", "words": words}
    answer = browser.post("/vraag/bel-mij/", call)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    if danger:
        browser.post("/vraag/hulp/", {"way": "on"})
    page = browser.get("/vraag/controle/")
    sent = {"named": page.context["chosen"].shares_with, "shares": "yes"}
    answer = browser.post("/vraag/controle/", sent)
    if wait and answer.status_code == 429:
        ticket = gate.ticket(page.context["talk"].key, timezone.now() - gate.WAIT)
        answer = browser.post("/vraag/controle/", {**sent, "wacht": ticket})
    return browser, answer.status_code


def test_the_eleventh_of_a_network_waits_and_then_goes_on() -> None:
    make.world()
    for number in range(10):
        assert asks(f"nummer {number}")[1] == 302
    browser, status = asks("de elfde")
    assert status == 429
    page = browser.post("/vraag/controle/", {"shares": "yes", "named": "x<y"})
    text = page.content.decode()
    assert page["Retry-After"] == "20"
    assert "Wacht 20 seconden" in text
    assert 'name="named" value="x&lt;y"' in text
    assert "de elfde" not in text
    assert Question.objects.count() == 10
    assert asks("de twaalfde", wait=True)[1] == 302
    assert asks("elders", address="198.51.100.1")[1] == 302
    assert Question.objects.count() == 12
    # Filled in within a second, in busy times.
    assert SetAside.objects.get().why == "fast"


def test_what_is_set_aside_is_told_to_nobody_but_in_the_daily_mail() -> None:
    here = make.world()
    for number in range(10):
        asks(f"nummer {number}")
    before = Message.objects.exclude(recipient_kind="resident").count()
    for number in range(3):
        asks(f"verder {number}", wait=True)
    new = Message.objects.exclude(recipient_kind="resident").order_by("-created_at")
    lines = new.filter(template="questions_set_aside")
    assert lines.count() == 1
    assert new.exclude(template__in=["questions_set_aside", "digest"]).count() <= before
    assert SetAside.objects.count() == 3
    assert set_aside.lot(here.partnership).count() == 3


def test_duty_gets_one_alarm_and_one_merged_message() -> None:
    here = make.world()
    worker = make.triagist(here)
    now = timezone.now()
    Duty.objects.create(
        partnership=here.partnership,
        user=worker,
        starts_at=now - timedelta(hours=1),
        ends_at=now + timedelta(hours=5),
    )
    for number in range(10):
        assert asks(f"gevaar {number}", danger=True)[1] == 302
    alarms = Message.objects.filter(recipient_key=f"user:{worker.pk}")
    assert sorted(alarms.values_list("template", flat=True)) == [
        "question_urgent",
        "questions_urgent",
    ]
    merged = alarms.get(template="questions_urgent")
    assert merged.context["count"] == 9
    assert timedelta(0) < merged.not_before - timezone.now() <= timedelta(minutes=5)


def test_a_new_draft_waits_in_busy_times_and_an_existing_one_never() -> None:
    make.world()
    own = Client(headers=HOST)
    own.post("/vraag/")
    for _number in range(60):
        Client(headers=HOST).post("/vraag/")
    late = Client(headers=HOST).post("/vraag/")
    assert late.status_code == 429
    assert draft.COOKIE not in late.cookies
    assert own.post("/vraag/woorden/", {"words": "Ik zoek hulp."}).status_code == 302
