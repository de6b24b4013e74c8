"""A coordinator changes a rule, tries it on the past, publishes it; the next question follows."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from intake.models import Question
from organisations.models import Role, RuleSet
from referrals.rules_on_the_past import moved_for, try_on_the_past, use_of_rules
from tests import factories as make
from tests.signing_in import signed_in

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
    from organisations import front_door, rule_sets

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


def test_decisions_and_corrections_are_counted_per_rule() -> None:
    here = make.world()
    make.question(here, "geld")
    make.question(here, "geld")
    used = use_of_rules(partnership=here.partnership, since=make.LONG_AGO)
    assert used["geld"].decided == 2
    assert used["geld"].corrected == 0
