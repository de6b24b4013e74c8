"""A draft tried on the past: the load per week, the progress, and who may see which question."""

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

    draft = rule_sets.open_draft(partnership=here.partnership, by=boss)
    rule_sets.remove(draft=draft, key="geld")
    here.partnership.refresh_from_db()
    front = front_door.of(here.partnership)
    day = make.TUESDAY.date()
    found = run_backtest(partnership=here.partnership, draft=draft, since=day, until=day)
    assert found.moved == 1
    assert len(moved_for(boss, found, front)) == 1
    assert not moved_for(boss, found, front)[0].readable
    assert moved_for(outsider, found, front) == []


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
    assert "Alle 4 vragen waren bij dezelfde organisatie" in trial(client).content.decode()
    client.post(
        "/verdeelregels/concept/regel/geld/", rule_form("organisation:actief"), headers=HOST
    )
    page = trial(client, days=6).content.decode()
    assert "geen vragen binnen" in page
    notified = text_of(trial(client, days=55).content.decode())
    assert "Stimenz 0,5 0,0 -1 -1 -2" in notified.replace("\N{MINUS SIGN}", "-")
    assert "Actief Putten 0,0 0,5 +1 +1 +2" in notified


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
    assert "Alle 3 vragen waren bij dezelfde organisatie" in parts[-1]
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
