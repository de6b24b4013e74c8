"""A form of staff that was refused is shown by a GET: reload and Back never send it again."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from intake.questions.models import Question
from referrals.casework_base.models import ContactMoment
from tests.support import factories as make
from tests.welzijn.staff_forms.pages import (
    browser,
    hidden,
    keys_of,
    opened,
    sent,
    worker_with_question,
)
from welzijn.accounts.models import User
from welzijn.staff_forms.models import StaffDraft

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]
WRONG = 'aria-invalid="true"'
WORDS = "Zij huilde & vertelde over <thuis>"


@pytest.fixture
def world() -> make.World:
    return make.world()


@pytest.fixture
def worker(world: make.World) -> User:
    return worker_with_question(world)[0]


@pytest.fixture
def path(worker: User) -> str:
    return f"/vraagstuk/{Question.objects.get().pk}/contact/"


def note(**data: Any) -> dict[str, Any]:
    return {"outcome": "", "way": "phone", "note": WORDS, **data}


def refused(client: Any, path: str) -> str:
    """Send a note without its outcome; return the page that says so."""
    answer = sent(client, path, opened(client, path), **note())
    assert answer.status_code == 302
    assert answer["Location"].startswith(f"{path}?opnieuw=")
    return str(answer["Location"])


def test_the_page_has_the_words_and_what_is_wrong_as_often_as_it_is_read(
    worker: User, path: str
) -> None:
    client = browser(worker)
    address = refused(client, path)
    for _ in range(2):
        page = client.get(address)
        text = page.content.decode()
        assert page.status_code == 200
        assert "Zij huilde &amp; vertelde over &lt;thuis&gt;" in text
        assert WRONG in text
        assert 'data-method="GET"' in text
    saved = sent(client, address, keys_of(page), **note(outcome="spoken"))
    assert saved.status_code == 302
    assert "opnieuw" not in saved["Location"]
    assert ContactMoment.objects.get().note == WORDS
    # Sent: nothing of it is kept, and Back shows an empty form.
    assert not StaffDraft.objects.exists()
    assert "huilde" not in client.get(address).content.decode()


def test_what_was_typed_since_stands_there_after_a_reload(worker: User, path: str) -> None:
    client = browser(worker)
    address = refused(client, path)
    key = hidden(client.get(address).content.decode(), "form_key")
    later = {**note(note="Later getypt"), "draft_page": address, "draft_action": path}
    assert client.post("/concept/", {**later, "form_key": key}).json()["state"] == "kept"
    for shown in (address, path):
        assert "Later getypt" in client.get(shown).content.decode()


def test_nobody_else_and_nobody_without_access_sees_it_and_not_after_an_hour(
    world: make.World, worker: User, path: str
) -> None:
    client = browser(worker)
    address = refused(client, path)
    colleague = make.intake_worker(world, "stimenz")
    Question.objects.update(assigned_to=colleague)
    assert "huilde" not in browser(colleague).get(address).content.decode()
    Question.objects.update(assigned_to=worker)
    StaffDraft.objects.update(saved_at=timezone.now() - timedelta(minutes=61))
    page = client.get(address).content.decode()
    # The words are a draft still; what was wrong is not said any more.
    assert "huilde" in page
    assert WRONG not in page


def test_a_script_gets_the_answer_itself(worker: User, path: str) -> None:
    client = browser(worker)
    keys = opened(client, path)
    answer = client.post(
        path,
        {**note(), **keys},
        headers={"referer": f"http://putten.localhost{path}", "sec-fetch-mode": "cors"},
    )
    assert answer.status_code == 422
