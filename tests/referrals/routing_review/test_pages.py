"""A coordinator changes a rule, tries it on the past, publishes it; the next question follows."""

import sys
from copy import deepcopy
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags

from intake.questions.models import Question, SharingBasis
from organisations.roles.models import Role
from organisations.routing.models import RuleSet
from referrals.casework import assign as casework_assign
from referrals.casework_base.grounds import Ground
from referrals.routing_review import forms as editing
from referrals.routing_review.backtest import moved_for, try_on_the_past, use_of_rules
from referrals.routing_review.models import Correction
from referrals.routing_review.views import tried
from tests.support import factories as make
from tests.support.signing_in import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]
HOST = {"host": "putten.localhost"}


def edited(target: str, **fields: Any) -> dict[str, Any]:
    """The form of the rule about money, with another target."""
    return {
        "name": "geld",
        "target": target,
        "reason": "het gaat over geld",
        "r0-level": "0",
        "r0-row": "all",
        "r1-level": "1",
        "r1-row": "is",
        "r1-kind": "life_domains_any",
        "r1-values": ["geld"],
        "doe": "bewaar",
        **fields,
    }


def test_change_try_publish_and_the_next_question_follows() -> None:
    here = make.world()
    client = signed_in(make.coordinator(here))
    make.question(here, "geld", now=timezone.now() - timedelta(days=30))
    assert client.post("/verdeelregels/begin/", headers=HOST).status_code == 302
    saved = client.post(
        "/verdeelregels/concept/regel/geld/", edited("organisation:actief"), headers=HOST
    )
    assert saved["Location"] == "/verdeelregels/concept/"
    today = timezone.localdate()
    tried = client.get(
        "/verdeelregels/concept/proef/",
        {"van": f"{today - timedelta(days=365)}", "tot": f"{today}"},
        headers=HOST,
    ).content.decode()
    assert "1 van de 1 vragen waren ergens anders gekomen" in tried
    assert Question.objects.get().reference in tried
    published = client.post(
        "/verdeelregels/concept/publiceer/", {"why": "Actief helpt nu met geld."}, headers=HOST
    )
    assert published["Location"] == "/verdeelregels/"
    page = client.get("/verdeelregels/", headers=HOST).content.decode()
    assert "Versie 2 geldt sinds" in page
    assert "Actief helpt nu met geld." in page
    here.partnership.refresh_from_db()
    assert make.question(here, "geld").lead == here["actief"]


def test_buttons_change_rows_and_write_nothing() -> None:
    here = make.world()
    client = signed_in(make.coordinator(here))
    client.post("/verdeelregels/begin/", headers=HOST)
    page = client.post(
        "/verdeelregels/concept/regel/geld/",
        edited("organisation:actief", doe="add"),
        headers=HOST,
    ).content.decode()
    assert "r2-kind" in page
    gone = client.post(
        "/verdeelregels/concept/regel/geld/",
        edited("organisation:actief", doe="del:1"),
        headers=HOST,
    ).content.decode()
    assert "r1-kind" not in gone
    draft = RuleSet.objects.get(status="draft")
    assert draft.rules.get(key="geld").organisation == here["stimenz"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"r1-values": []},
        {"r1-kind": "bestaat-niet"},
        {"r1-level": "4"},
        {"target": "organisation:onbekend"},
        {"name": ""},
        {"active_from": "2026-02-01", "active_until": "2026-01-01"},
    ],
)
def test_a_wrong_rule_is_told_and_not_written(wrong: dict[str, Any]) -> None:
    here = make.world()
    client = signed_in(make.coordinator(here))
    client.post("/verdeelregels/begin/", headers=HOST)
    answer = client.post(
        "/verdeelregels/concept/regel/", edited("organisation:actief") | wrong, headers=HOST
    )
    assert answer.status_code == 422
    assert RuleSet.objects.get(status="draft").rules.count() == 4


def test_a_dead_rule_is_named_and_not_published() -> None:
    here = make.world()
    client = signed_in(make.coordinator(here))
    client.post("/verdeelregels/begin/", headers=HOST)
    client.post(
        "/verdeelregels/concept/regel/",
        edited("organisation:actief", name="Geld nog eens"),
        headers=HOST,
    )
    page = client.get("/verdeelregels/concept/", headers=HOST).content.decode()
    assert "Deze regels beslissen nooit" in page
    refused = client.post("/verdeelregels/concept/publiceer/", {"why": "x"}, headers=HOST)
    assert refused.status_code == 422
    assert RuleSet.objects.get(status="published").version == 1


def test_who_only_reads_can_not_change() -> None:
    here = make.world()
    client = signed_in(make.member(here, Role.PRIVACY_OFFICER))
    assert client.get("/verdeelregels/", headers=HOST).status_code == 200
    assert client.post("/verdeelregels/begin/", headers=HOST).status_code == 403
    worker = signed_in(make.intake_worker(here, "stimenz"))
    assert worker.get("/verdeelregels/", headers=HOST).status_code == 403


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
    found = try_on_the_past(partnership=here.partnership, draft=draft, since=day, until=day)
    assert found.moved == 1
    assert len(moved_for(boss, found, front)) == 1
    assert not moved_for(boss, found, front)[0].readable
    assert moved_for(outsider, found, front) == []


def read_back(client: Client, **fields: Any) -> str:
    """What the editor reads back of a rule that is being typed."""
    page = client.post(
        "/verdeelregels/concept/regel/geld/",
        edited("organisation:actief") | {"doe": "ververs"} | fields,
        headers=HOST,
    ).content.decode()
    return page.split('id="teruggelezen"')[1].split("</section>")[0]


def test_a_rule_is_read_back_while_it_is_made_also_as_a_resident_reads_it() -> None:
    here = make.world()
    client = signed_in(make.coordinator(here))
    client.post("/verdeelregels/begin/", headers=HOST)
    told = read_back(client, supporting=["jeugd-punt"])
    assert "Het gaat over Geld en post: naar Actief Putten, samen met Jeugd-Punt." in told
    assert "Uw vraag ligt bij Actief Putten, omdat het gaat over geld." in told
    fitting = read_back(client, target="fitting_service:", layers=["1"])
    assert "naar het aanbod dat past" in fitting
    assert "(alleen uzelf en uw netwerk)" in fitting
    assert "hangt af van de vraag" in fitting
    # The link of a household never shows, whatever reason a coordinator writes.
    linked = read_back(client, **{"r1-kind": "household", "r1-values": [], "reason": "uw man"})
    assert "omdat u daar één vaste plek heeft voor uw vragen" in linked
    assert "uw man" not in linked.split("Een inwoner leest")[1]
    assert RuleSet.objects.get(status="draft").rules.get(key="geld").organisation == here["stimenz"]


@pytest.mark.parametrize(
    "typed",
    [
        {"target": ""},
        {"target": "organisation:"},
        {"target": "organisation:<script>"},
        {"target": "team:\x00"},
        {"target": "moon:x"},
        {"target": "fitting_service:", "layers": ["9", "x", "-1"]},
        {"supporting": ["<script>alert(1)</script>"]},
        {"reason": "<b>{organisatie.__class__}</b>{0}{"},
        {"r1-values": []},
        {"r1-kind": "life_domains_at_least", "r1-number": "9" * 400},
    ],
)
def test_whatever_is_typed_is_read_back_or_said_not_to_be_done(typed: dict[str, Any]) -> None:
    here = make.world()
    client = signed_in(make.coordinator(here))
    client.post("/verdeelregels/begin/", headers=HOST)
    told = read_back(client, **typed)
    assert "<script>" not in told
    assert "<b>" not in told


def test_only_buttons_that_do_something_stand_at_a_row() -> None:
    def row(level: int, kind: str = "is") -> editing.EditedRow:
        return editing.EditedRow(level, kind, "channel", ["online"])

    rows = [row(0, "all"), row(1), row(1, "any"), row(2), row(1)]
    can = [{name for name, may in editing.moves(rows, n).items() if may} for n in range(len(rows))]
    assert can == [set(), {"down"}, {"up", "down"}, {"up", "down", "out"}, {"up", "in"}]
    for number, buttons in enumerate(can):
        for button in buttons:
            assert editing.changed_rows(deepcopy(rows), f"{button}:{number}") != rows


def test_a_draft_says_what_it_changes() -> None:
    here = make.world()
    client = signed_in(make.coordinator(here))
    client.post("/verdeelregels/begin/", headers=HOST)
    draft = "/verdeelregels/concept/"
    assert "Nog niets." in client.get(draft, headers=HOST).content.decode()
    client.post(f"{draft}regel/geld/", edited("organisation:actief"), headers=HOST)
    client.post(f"{draft}regel/vervoer/volgorde/", {"doe": "weg"}, headers=HOST)
    page = client.get(draft, headers=HOST).content.decode()
    told = words_of(page.split('id="verschil"')[1].split("</section>")[0])
    assert "gewijzigd geld Nu: Het gaat over Geld en post: naar Stimenz." in told
    assert "Straks: Het gaat over Geld en post: naar Actief Putten." in told
    assert "weggehaald vervoer Nu: Het gaat over Vervoer" in told


def words_of(html: str) -> str:
    """What a page says, with a space between one cell and the next."""
    return " ".join(strip_tags(html.replace("<", " <")).split())


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
    client.post("/verdeelregels/concept/regel/geld/", edited("organisation:actief"), headers=HOST)
    page = trial(client, days=6).content.decode()
    assert "geen vragen binnen" in page
    told = words_of(trial(client, days=55).content.decode())
    assert "Stimenz 0,5 0,0 -1 -1 -2" in told.replace("\N{MINUS SIGN}", "-")
    assert "Actief Putten 0,0 0,5 +1 +1 +2" in told


@pytest.mark.django_db(transaction=True)
def test_a_large_trial_tells_how_far_it_is_and_then_the_outcome(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    here = make.world()
    client = signed_in(make.coordinator(here))
    for _number in range(3):
        make.question(here, "geld", now=timezone.now() - timedelta(days=3))
    client.post("/verdeelregels/begin/", headers=HOST)
    monkeypatch.setattr(tried, "TELL_EVERY", 1)
    monkeypatch.setattr(sys.modules["organisations.routing.simulate"], "PROGRESS_EVERY", 1)
    answer = trial(client)
    assert answer.streaming
    parts = [part.decode() for part in answer.streaming_content]
    told = [words_of(part) for part in parts[1:-1]]
    assert told == [f"{n} van 3 vragen bekeken." for n in (1, 2, 3)]
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

    monkeypatch.setattr(tried, "TELL_EVERY", 1)
    monkeypatch.setattr(tried, "try_on_the_past", fails)
    parts: list[str] = []
    with pytest.raises(RuntimeError, match="went away"):
        parts.extend(part.decode() for part in trial(client).streaming_content)
    assert "De proef is niet gelukt" in parts[-1]
    assert parts[-1].rstrip().endswith("</html>")
    assert "went away" not in "".join(parts)


def test_the_rules_page_shows_how_often_and_why_a_rule_was_corrected() -> None:
    here = make.world()
    boss = make.coordinator(here)
    asked = [make.question(here, "geld", now=timezone.now()) for _number in range(4)]
    whys = [Correction.Why.WRONG_DOMAIN, Correction.Why.NO_ROOM, Correction.Why.NO_ROOM]
    for question, why in zip(asked[:3], whys, strict=True):
        casework_assign.move_lead(
            question=question,
            to=here["jeugd-punt"],
            by=boss,
            ground=Ground(how=SharingBasis.How.PHONE),
            why=why,
            now=timezone.now(),
        )
    make.question(here, "bewegen", now=timezone.now())
    page = signed_in(boss).get("/verdeelregels/", headers=HOST).content.decode()
    told = [words_of(row) for row in page.split("<tr>")]
    [money] = [row for row in told if "Het gaat over Geld en post." in row]
    no_room, wrong = Correction.Why.NO_ROOM.label, Correction.Why.WRONG_DOMAIN.label
    assert money.endswith(f"4 3 (75%) 2x {no_room} 1x {wrong}")
    [moving] = [row for row in told if "Naar Actief Putten" in row]
    assert moving.endswith("1 0")


def test_decisions_and_corrections_are_counted_per_rule() -> None:
    here = make.world()
    make.question(here, "geld")
    make.question(here, "geld")
    used = use_of_rules(partnership=here.partnership, since=make.LONG_AGO)
    assert used["geld"].decided == 2
    assert used["geld"].corrected == 0
