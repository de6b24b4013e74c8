"""A draft tried on the past: the load per week, the progress, and who may see which question."""

import re
import sys
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from referrals.routing_review.backtest import moved_for, run_backtest
from referrals.routing_review.views import trial as trial_view
from tests.referrals.routing_review.editor import rule_form, text_of
from tests.support import factories as make
from tests.support.rule_consent import everybody_agrees
from tests.support.signing_in import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]
HOST = {"host": "putten.localhost"}


def test_a_trial_lists_only_what_this_user_may_see() -> None:
    here = make.world()
    boss = make.coordinator(here)
    outsider = make.intake_worker(here, "jeugd-punt")
    make.question(here, "geld", now=make.TUESDAY)
    from organisations.front_door import configuration as front_door
    from organisations.rule_sets import drafts as rule_sets
    from organisations.rule_sets import editing

    draft = rule_sets.open_draft(partnership=here.partnership, by=boss)
    editing.remove(draft=draft, key="geld", by=boss, now=make.TUESDAY)
    here.partnership.refresh_from_db()
    front = front_door.of(here.partnership)
    day = make.TUESDAY.date()
    found = run_backtest(partnership=here.partnership, draft=draft, since=day, until=day)
    assert found.found.moved == 1
    assert len(moved_for(boss, found.found, front)) == 1
    assert not moved_for(boss, found.found, front)[0].readable
    assert moved_for(outsider, found.found, front) == []


def trial(client: Client, days: int = 363) -> Any:
    """A trial of the draft on so many days; 363 days and today are 52 weeks."""
    today = timezone.localdate()
    return client.get(
        "/verdeelregels/concept/proef/",
        {"van": f"{today - timedelta(days=days)}", "tot": f"{today}"},
        headers=HOST,
    )


def test_a_trial_tells_the_load_per_week_then_and_with_the_draft() -> None:
    here = make.world()
    client = signed_in(make.coordinator(here))
    for days in (30, 30, 37, 44):
        make.question(here, "geld", now=timezone.now() - timedelta(days=days))
    client.post("/verdeelregels/begin/", headers=HOST)
    assert "Alle 4 vragen gaan met dit concept" in trial(client).content.decode()
    client.post(
        "/verdeelregels/concept/regel/geld/", rule_form("organisation:actief"), headers=HOST
    )
    page = trial(client, days=6).content.decode()
    assert "geen vragen binnen" in page
    notified = text_of(trial(client, days=55).content.decode()).replace("\N{MINUS SIGN}", "-")
    # The last eight weeks, those without a difference too; 56 days are eight weeks.
    stimenz = re.search(r"Stimenz 0,5 0,0 ([-+0-9 ]+)", notified)
    assert stimenz is not None
    assert len(stimenz[1].split()) == 8
    assert sum(map(int, stimenz[1].split())) == -4
    assert stimenz[1].split()[-1] == "0"
    # 45 days are not six weeks: 4 / (45 / 7).
    assert "Stimenz 0,6 0,0" in text_of(trial(client, days=44).content.decode())
    # 40 days are more than five weeks: 3 / (40 / 7), not 3 / 5.
    assert "Stimenz 0,5 0,0" in text_of(trial(client, days=39).content.decode())


def test_a_trial_keeps_what_changed_since_apart_from_what_the_draft_changes() -> None:
    here = make.world()
    boss = make.coordinator(here)
    client = signed_in(boss)
    make.question(here, "geld", now=timezone.now() - timedelta(days=30))
    client.post("/verdeelregels/begin/", headers=HOST)
    client.post(
        "/verdeelregels/concept/regel/geld/", rule_form("organisation:actief"), headers=HOST
    )
    everybody_agrees(here, by=boss, now=timezone.now())
    client.post("/verdeelregels/concept/publiceer/", {"why": "Actief helpt."}, headers=HOST)
    client.post("/verdeelregels/begin/", headers=HOST)
    notified = text_of(trial(client).content.decode())
    assert "De ene vraag van toen gaat met dit concept naar dezelfde organisatie" in notified
    assert "Los van dit concept: 1 vraag ging toen ergens anders heen" in notified
    assert "Stimenz toen, Actief Putten nu: 1" in notified


def test_a_rule_that_is_not_active_in_the_period_says_so() -> None:
    here = make.world()
    client = signed_in(make.coordinator(here))
    make.question(here, "geld", now=timezone.now() - timedelta(days=30))
    client.post("/verdeelregels/begin/", headers=HOST)
    tomorrow = timezone.localdate() + timedelta(days=1)
    client.post(
        "/verdeelregels/concept/regel/geld/",
        rule_form("organisation:actief", active_from=f"{tomorrow}"),
        headers=HOST,
    )
    notified = text_of(trial(client).content.decode())
    assert "Deze regels gelden niet in deze tijd geld geldt vanaf" in notified


@pytest.mark.django_db(transaction=True)
def test_a_large_trial_streams_progress_and_then_the_result(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    here = make.world()
    client = signed_in(make.coordinator(here))
    for _number in range(3):
        make.question(here, "geld", now=timezone.now() - timedelta(days=3))
    client.post("/verdeelregels/begin/", headers=HOST)
    monkeypatch.setattr(trial_view, "PROGRESS_EVERY", 1)
    monkeypatch.setattr(sys.modules["organisations.routing.simulate"], "PROGRESS_EVERY", 1)
    answer = trial(client)
    assert answer.streaming
    parts = [part.decode() for part in answer.streaming_content]
    notified = [text_of(part) for part in parts[1:-1]]
    assert notified == [f"{n} van 3 vragen bekeken." for n in (1, 2, 3)]
    assert "<h1>" in parts[0]
    assert "Alle 3 vragen gaan met dit concept" in parts[-1]
    assert parts[-1].rstrip().endswith("</html>")


@pytest.mark.django_db(transaction=True)
def test_a_large_trial_that_fails_says_so_on_a_page_that_is_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    here = make.world()
    client = signed_in(make.coordinator(here))
    for _number in range(3):
        make.question(here, "geld", now=timezone.now() - timedelta(days=3))
    client.post("/verdeelregels/begin/", headers=HOST)

    def fails(**_given: Any) -> None:
        raise RuntimeError("the database went away")

    monkeypatch.setattr(trial_view, "PROGRESS_EVERY", 1)
    monkeypatch.setattr(trial_view, "run_backtest", fails)
    parts: list[str] = []
    with pytest.raises(RuntimeError, match="went away"):
        parts.extend(part.decode() for part in trial(client).streaming_content)
    assert "De proef is niet gelukt" in parts[-1]
    assert parts[-1].rstrip().endswith("</html>")
    assert "went away" not in "".join(parts)
