"""One form is carried out once: sent twice, in two tabs, by Back."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from intake.questions.models import Question
from referrals.casework_base.models import ContactMoment
from referrals.follow_ups.models import FollowUp
from tests.support import factories as make
from tests.welzijn.staff_forms.pages import browser, keys_of, opened, sent, worker_with_question
from welzijn.accounts.models import User
from welzijn.staff_forms import form_keys
from welzijn.staff_forms.models import FormKey

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]
WORDS = "Gebeld over de huur"


@pytest.fixture
def worker() -> User:
    return worker_with_question(make.world())[0]


@pytest.fixture
def path(worker: User) -> str:
    return f"/vraagstuk/{Question.objects.get().pk}/contact/"


def working_days_from_now() -> date:
    """A Wednesday, two weeks or so ahead."""
    today = timezone.localdate()
    return today + timedelta(days=16 - today.weekday())


def note(**data: Any) -> dict[str, Any]:
    return {"outcome": "spoken", "way": "phone", "note": WORDS, **data}


def notes() -> int:
    return ContactMoment.objects.filter(note__startswith="Gebeld").count()


def test_sent_twice_it_is_saved_once_and_leads_to_what_was_saved(worker: User, path: str) -> None:
    client = browser(worker)
    keys = opened(client, path)
    first, second = (sent(client, path, keys, **note()) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert notes() == 1
    assert "Dit was al opgeslagen" in client.get(second["Location"]).content.decode()


def test_two_tabs_with_the_same_words_save_one(worker: User, path: str) -> None:
    client = browser(worker)
    tabs = [opened(client, path), opened(client, path)]
    answers = [sent(client, path, keys, **note()) for keys in tabs]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert notes() == 1


def test_the_same_words_on_a_page_opened_afterwards_are_a_second_one(
    worker: User, path: str
) -> None:
    client = browser(worker)
    for _ in range(2):
        sent(client, path, opened(client, path), **note())
    assert notes() == 2


def test_back_with_other_words_asks_and_keeps_them(worker: User, path: str) -> None:
    client = browser(worker)
    keys = opened(client, path)
    sent(client, path, keys, **note())
    answer = sent(client, path, keys, **note(note="Gebeld over de huur en het gas"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Dit formulier was al verstuurd" in page
    assert "Gebeld over de huur en het gas" in page
    assert f"/vraagstuk/{Question.objects.get().pk}/" in page
    assert notes() == 1
    also = sent(client, path, keys_of(answer), **note(note="Gebeld over de huur en het gas"))
    assert also.status_code == 302
    assert notes() == 2


def test_a_plan_too(worker: User) -> None:
    client = browser(worker)
    plan = f"/vraagstuk/{Question.objects.get().pk}/plan/"
    keys = opened(client, plan)
    day = working_days_from_now()
    for _ in range(2):
        answer = sent(client, plan, keys, what="Brief meelezen", due_on=day.isoformat())
        assert answer.status_code == 302, answer.content.decode()
    assert FollowUp.objects.filter(due_on=day).count() == 1


def test_a_refused_form_keeps_its_key(worker: User, path: str) -> None:
    client = browser(worker)
    keys = opened(client, path)
    refused = sent(client, path, keys, **note(outcome=""))
    assert "opnieuw=" in refused["Location"]
    assert sent(client, path, keys, **note()).status_code == 302
    assert notes() == 1


def test_without_a_key_nothing_is_saved_and_the_text_can_be_sent(worker: User, path: str) -> None:
    client = browser(worker)
    keys = opened(client, path)
    del keys["form_key"]
    answer = sent(client, path, keys, **note())
    assert answer.status_code == 409
    assert notes() == 0
    assert sent(client, path, keys_of(answer), **note()).status_code == 302
    assert notes() == 1


def test_the_database_holds_it(worker: User) -> None:
    row = {"user": worker, "key": "k", "action": b"a", "claimed_at": timezone.now()}
    FormKey.objects.create(content=b"1", **row)
    with pytest.raises(IntegrityError), transaction.atomic():
        FormKey.objects.create(content=b"2", **row)


def test_keys_go_after_two_weeks(worker: User, path: str) -> None:
    client = browser(worker)
    sent(client, path, opened(client, path), **note())
    now = timezone.now()
    assert form_keys.delete_expired(now=now + form_keys.LIFETIME - timedelta(hours=1)) == 0
    assert form_keys.delete_expired(now=now + form_keys.LIFETIME + timedelta(hours=1)) == 1
