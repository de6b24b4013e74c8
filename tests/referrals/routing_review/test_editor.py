"""The editor of one rule: its buttons, its errors, and the rule read back in words."""

from copy import deepcopy
from typing import Any

import pytest
from django.test import Client

from organisations.routing.models import RuleSet
from referrals.routing_review import forms as editing
from tests.referrals.routing_review.editor import rule_form
from tests.support import factories as make
from tests.support.signing_in import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]
HOST = {"host": "putten.localhost"}


def test_buttons_change_rows_and_write_nothing() -> None:
    here = make.world()
    client = signed_in(make.coordinator(here))
    client.post("/verdeelregels/begin/", headers=HOST)
    page = client.post(
        "/verdeelregels/concept/regel/geld/",
        rule_form("organisation:actief", doe="add"),
        headers=HOST,
    ).content.decode()
    assert "r2-kind" in page
    gone = client.post(
        "/verdeelregels/concept/regel/geld/",
        rule_form("organisation:actief", doe="del:1"),
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
def test_an_invalid_rule_is_reported_and_not_saved(wrong: dict[str, Any]) -> None:
    here = make.world()
    client = signed_in(make.coordinator(here))
    client.post("/verdeelregels/begin/", headers=HOST)
    answer = client.post(
        "/verdeelregels/concept/regel/", rule_form("organisation:actief") | wrong, headers=HOST
    )
    assert answer.status_code == 422
    assert RuleSet.objects.get(status="draft").rules.count() == 4


def read_back(client: Client, **fields: Any) -> str:
    """What the editor reads back of a rule that is being typed."""
    page = client.post(
        "/verdeelregels/concept/regel/geld/",
        rule_form("organisation:actief") | {"doe": "ververs"} | fields,
        headers=HOST,
    ).content.decode()
    return page.split('id="teruggelezen"')[1].split("</section>")[0]


def test_a_rule_is_read_back_while_it_is_made_also_as_a_resident_reads_it() -> None:
    here = make.world()
    client = signed_in(make.coordinator(here))
    client.post("/verdeelregels/begin/", headers=HOST)
    summary = read_back(client, supporting=["jeugd-punt"])
    assert "Het gaat over Geld en post: naar Actief Putten, samen met Jeugd-Punt." in summary
    assert "Uw vraag ligt bij Actief Putten, omdat het over geld gaat." in summary
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
def test_any_input_is_read_back_or_reported_without_markup(typed: dict[str, Any]) -> None:
    here = make.world()
    client = signed_in(make.coordinator(here))
    client.post("/verdeelregels/begin/", headers=HOST)
    summary = read_back(client, **typed)
    assert "<script>" not in summary
    assert "<b>" not in summary


def test_a_row_shows_only_buttons_that_have_an_effect() -> None:
    def row(level: int, kind: str = "is") -> editing.EditedRow:
        return editing.EditedRow(level, kind, "channel", ["online"])

    rows = [row(0, "all"), row(1), row(1, "any"), row(2), row(1)]
    can = [{name for name, may in editing.moves(rows, n).items() if may} for n in range(len(rows))]
    assert can == [set(), {"down"}, {"up", "down"}, {"up", "down", "out"}, {"up", "in"}]
    for number, buttons in enumerate(can):
        for button in buttons:
            assert editing.changed_rows(deepcopy(rows), f"{button}:{number}") != rows
