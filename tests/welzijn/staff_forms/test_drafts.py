"""What staff typed is there again after everything that can go wrong, and only for them."""

import time
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from intake.questions.models import Question
from tests.support import factories as make
from tests.support.signing_in import signed_in
from tests.welzijn.staff_forms.pages import (
    browser,
    hidden,
    keys_of,
    opened,
    sent,
    worker_with_question,
)
from welzijn.accounts.models import User
from welzijn.accounts.sessions import LAST_SEEN_AT, STARTED_AT
from welzijn.staff_forms import drafts
from welzijn.staff_forms.models import StaffDraft

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]
WORDS = "Zij huilde aan de telefoon <b>& zei</b>:\n\n'ik kan niet meer'"


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
    return {"outcome": "spoken", "way": "phone", "note": WORDS, **data}


def shown(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def _without_cookies(client: Client) -> None:
    client.cookies.clear()


def _without_session(client: Client) -> None:
    del client.cookies[settings.SESSION_COOKIE_NAME]


def _invalid_session(client: Client) -> None:
    client.cookies[settings.SESSION_COOKIE_NAME] = "x" * 32


def _session_deleted(client: Client) -> None:
    client.session.flush()


def _idle(client: Client) -> None:
    session = client.session
    session[LAST_SEEN_AT] = int(time.time()) - settings.STAFF_IDLE_SECONDS - 1
    session.save()


def _day_over(client: Client) -> None:
    session = client.session
    session[STARTED_AT] = int(time.time()) - settings.STAFF_SESSION_SECONDS - 1
    session.save()


def _signed_out_in_another_tab(client: Client) -> None:
    client.logout()


ENDS = [
    _without_cookies,
    _without_session,
    _invalid_session,
    _session_deleted,
    _idle,
    _day_over,
    _signed_out_in_another_tab,
]


@pytest.mark.parametrize("end", ENDS)
def test_after_the_session_the_text_is_back_for_the_same_person_only(
    worker: User, path: str, end: Any
) -> None:
    client = browser(worker)
    keys = opened(client, path)
    end(client)
    answer = sent(client, path, keys, **note())
    assert answer.status_code == 401
    page = answer.content.decode()
    assert "Uw tekst is bewaard als concept" in page
    assert "huilde" not in page
    assert not Question.objects.get().contact_moments.filter(note__contains="huilde").exists()

    back = shown(browser(worker), path)
    assert "Zij huilde aan de telefoon &lt;b&gt;&amp; zei&lt;/b&gt;:\n\n'ik kan niet meer'" in back
    assert "Wis dit concept" in back


def test_somebody_else_sees_nothing_of_it(world: make.World, worker: User, path: str) -> None:
    client = browser(worker)
    keys = opened(client, path)
    client.logout()
    sent(client, path, keys, **note())
    other = make.intake_worker(world, "stimenz")
    Question.objects.update(assigned_to=other)
    page = signed_in(other).get(path)
    assert page.status_code == 200
    text = page.content.decode()
    assert "huilde" not in text
    assert "Wis dit concept" not in text
    Question.objects.update(assigned_to=worker)
    assert "huilde" in shown(signed_in(worker), path)


def test_a_form_of_one_person_is_not_sent_nor_shown_by_another(worker: User, path: str) -> None:
    client = browser(worker)
    keys = opened(client, path)
    other = make.user("Iemand anders")
    client.force_login(other, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = sent(client, path, keys, **note())
    assert answer.status_code in {403, 409}
    assert "huilde" not in answer.content.decode()
    assert "huilde" in shown(browser(worker), path)


def test_what_was_refused_is_back_on_the_page(worker: User, path: str) -> None:
    client = browser(worker)
    answer = sent(client, path, opened(client, path), **note(outcome=""))
    assert answer.status_code == 302
    assert "huilde" in shown(client, answer["Location"])
    assert "huilde" in shown(client, path)
    # The draft, and the page that says what is wrong.
    kept = StaffDraft.objects.all()
    assert len(kept) == 2
    assert not any("huilde" in row.payload for row in kept)


def test_a_server_error_keeps_the_text(
    worker: User, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = browser(worker)
    client.raise_request_exception = False
    keys = opened(client, path)

    def breaks(*_args: Any, **_options: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("referrals.case_page.views.messages.success", breaks)
    answer = sent(client, path, keys, **note())
    assert answer.status_code == 500
    assert "huilde" in answer.content.decode()
    assert "huilde" in shown(client, path)
    again = sent(client, path, keys, **note())
    assert again.status_code == 409
    assert "Misschien is dit al opgeslagen" in again.content.decode()


def test_without_a_right_any_more_the_text_is_not_lost(worker: User, path: str) -> None:
    client = browser(worker)
    keys = opened(client, path)
    worker.memberships.update(until=timezone.localdate() - timedelta(days=1))
    answer = sent(client, path, keys, **note())
    assert answer.status_code in {403, 404}
    assert "huilde" in answer.content.decode()
    assert StaffDraft.objects.filter(user=worker).exists()


def test_while_typing_it_is_saved_and_sending_ends_the_draft(worker: User, path: str) -> None:
    client = browser(worker)
    keys = opened(client, path)
    saved = sent(client, "/concept/", keys, draft_page=path, draft_action=path, **note())
    assert saved.status_code == 200
    assert "Concept bewaard om" in saved.json()["text"]
    assert "huilde" in shown(client, path)
    assert sent(client, path, opened(client, path), **note()).status_code == 302
    assert not StaffDraft.objects.exists()
    # An autosave that was on its way.
    keys_used = keys_of(client.get(path))
    sent(client, path, keys_used, **note(note="Iets anders"))
    late = sent(client, "/concept/", keys_used, draft_page=path, draft_action=path, **note())
    assert late.json() == {"state": "not"}
    assert not StaffDraft.objects.exists()


def test_it_is_saved_without_a_session_but_never_without_the_page_s_key(
    worker: User, path: str
) -> None:
    client = browser(worker)
    keys = opened(client, path)
    client.cookies.clear()
    saved = sent(client, "/concept/", keys, draft_page=path, draft_action=path, **note())
    assert saved.json()["state"] == "out"
    assert StaffDraft.objects.get().user == worker
    forged = {**keys, "form_key": keys["form_key"][:-1] + "x"}
    for wrong in (forged, {}):
        answer = sent(client, "/concept/", wrong, draft_page=path, draft_action=path, **note())
        assert answer.status_code == 403
    for address in ("https://elders.example/x", "//elders.example", "", "x" * 3000):
        answer = sent(client, "/concept/", keys, draft_page=address, draft_action=path, **note())
        assert answer.status_code == 400


def test_a_draft_can_be_wiped(worker: User, path: str) -> None:
    client = browser(worker)
    sent(client, path, opened(client, path), **note(outcome=""))
    page = shown(client, path)
    keys = {name: hidden(page, name) for name in ("csrfmiddlewaretoken", "form_key")}
    answer = sent(client, "/concept/wis/", keys, draft_page=path, draft_action=path)
    assert answer["Location"] == path
    assert "huilde" not in shown(client, path)


def test_it_goes_after_five_days_and_with_its_question(worker: User, path: str) -> None:
    client = browser(worker)
    sent(client, path, opened(client, path), **note(outcome=""))
    now = timezone.now()
    assert drafts.delete_expired(now=now + drafts.LIFETIME - timedelta(minutes=1)) == 0
    assert drafts.delete_about([uuid4()]) == {}
    assert drafts.delete_about([Question.objects.get().pk]) == {"staff_forms.StaffDraft": 2}
    sent(client, path, opened(client, path), **note(outcome=""))
    assert drafts.delete_expired(now=now + drafts.LIFETIME + timedelta(minutes=1)) == 2


@pytest.mark.parametrize(
    "text", ["met een \x00 nul", "half \ufffd teken huilde", "a" * 30_000, "</textarea><script>"]
)
def test_bad_input_keeps_the_text(worker: User, path: str, text: str) -> None:
    client = browser(worker)
    answer = sent(client, path, opened(client, path), **note(note=text))
    if answer.status_code == 302:
        return
    assert "opnieuw=" in answer["Location"]
    page = shown(client, path)
    assert "Wis dit concept" in page
    assert "</textarea><script>" not in page
    assert text[:8] in page


def test_ten_thousand_characters_fit_and_one_more_is_told_to_staff(worker: User, path: str) -> None:
    client = browser(worker)
    page = shown(client, path)
    assert 'data-limit="10000"' in page
    refused = sent(client, path, opened(client, path), **note(note="é" * 10_001))
    answer = client.get(refused["Location"])
    said = answer.content.decode()
    assert "1 tekens te lang: 10.001 van hooguit 10.000" in said
    assert "De rest kunt u later vertellen" not in said
    assert sent(client, path, keys_of(answer), **note(note="é" * 10_000)).status_code == 302


def test_staying_signed_in_moves_the_idle_end(worker: User, path: str) -> None:
    client = browser(worker)
    keys = opened(client, path)
    session = client.session
    session[LAST_SEEN_AT] = int(time.time()) - settings.STAFF_IDLE_SECONDS + 30
    session.save()
    answer = client.post("/concept/blijf/", headers={"x-csrftoken": keys["csrfmiddlewaretoken"]})
    assert answer.json()["idle"] == settings.STAFF_IDLE_SECONDS
    assert client.session[LAST_SEEN_AT] >= int(time.time()) - 5
