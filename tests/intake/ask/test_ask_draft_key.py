"""A cookie that somebody else put into the browser, or copied, opens nothing that is typed."""

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from intake.ask import draft
from tests.intake.resident import Resident
from tests.support import factories as make

pytestmark = pytest.mark.django_db
WORDS = "brief van deurwaarder snap nie"
PAGES = ("/vraag/woorden/", "/vraag/controle/", "/vraag/gelukt/", "/vraag/bel-mij/")


@pytest.fixture(autouse=True)
def _a_tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: make.TUESDAY)


def _key(resident: Resident) -> str:
    return resident.client.cookies[draft.COOKIE].value


def _planted(key: str) -> Resident:
    """A resident in whose browser somebody put this key."""
    resident = Resident()
    resident.client.cookies[draft.COOKIE] = key
    return resident


def _reads(key: str) -> str:
    """What somebody reads who has the key and nothing else of the browser."""
    other = _planted(key)
    return "".join(other.get(path).content.decode() for path in PAGES)


def _begun_by_another() -> str:
    """The key of a draft that somebody else began, up to the first thing to type."""
    other = Resident()
    other.post("/vraag/")
    return _key(other)


@pytest.mark.parametrize("begun", [True, False])
def test_a_planted_key_reads_neither_words_nor_code(begun: bool) -> None:
    make.world()
    key = _begun_by_another() if begun else "x" * 43
    victim = _planted(key)
    named = victim.writes()
    before_sending = _key(victim)
    assert before_sending != key
    assert WORDS not in _reads(key)
    assert victim.sends(named).status_code == 302
    receipt = victim.get("/vraag/gelukt/").context
    for known in (key, before_sending):
        seen = _reads(known)
        assert receipt["reference"] not in seen
        assert receipt["code"] not in seen


def test_a_key_planted_at_the_page_of_the_words_reads_nothing_either() -> None:
    """Who sits down at a shared computer where the form stands open."""
    make.world()
    key = _begun_by_another()
    victim = _planted(key)
    victim.post("/vraag/woorden/", words=WORDS)
    assert WORDS in victim.get("/vraag/woorden/").content.decode()
    assert WORDS not in _reads(key)


def test_a_key_planted_before_a_call_is_asked_for_reads_nothing() -> None:
    make.world()
    key = _begun_by_another()
    victim = _planted(key)
    answer = victim.post("/vraag/bel-mij/", phone="06 12345678", words=WORDS, name="Ria")
    assert answer.status_code == 302
    assert _key(victim) != key
    assert WORDS not in _reads(key)


def test_a_browser_that_never_got_the_answer_finds_what_it_sent() -> None:
    make.world()
    resident = Resident()
    named = resident.writes()
    lost = _key(resident)
    resident.sends(named)
    reference = resident.get("/vraag/gelukt/").context["reference"]
    resident.client.cookies[draft.COOKIE] = lost  # the answer with the new key was lost
    again = resident.sends(named)
    assert again["Location"] == "/vraag/gelukt/"
    assert resident.get("/vraag/gelukt/").context["reference"] == reference
    resident.client.cookies.pop(settings.CSRF_COOKIE_NAME)
    assert resident.get("/vraag/gelukt/").status_code == 302


def test_a_new_question_after_a_sent_one_gets_another_key() -> None:
    make.world()
    resident = Resident()
    resident.sends(resident.writes())
    sent = _key(resident)
    resident.post("/vraag/")
    resident.post("/vraag/woorden/", words=WORDS)
    assert _key(resident) != sent
    assert WORDS not in _reads(sent)
    assert Client().get("/vraag/gelukt/", headers={"host": "putten.localhost"}).status_code == 302
