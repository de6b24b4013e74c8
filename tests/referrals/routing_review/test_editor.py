"""The editor of one rule: its buttons, its errors, and the rule read back in words."""

from copy import deepcopy
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client

from organisations.routing.models import RuleSet
from referrals.routing_review import condition_rows as editing
from tests.referrals.routing_review.editor import rule_form, text_of
from tests.support import factories as make
from tests.support.signing_in import signed_in
from tests.welzijn.staff_forms.pages import browser, opened, sent

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
    assert can == [set(), {"down"}, {"up", "down"}, {"out"}, {"up", "in"}]
    for number, buttons in enumerate(can):
        for button in buttons:
            assert editing.changed_rows(deepcopy(rows), f"{button}:{number}") != rows


def test_a_group_goes_with_what_is_in_it_and_comes_back_whole() -> None:
    """Without its frame an "or" would have become an "and" without a word."""

    def row(level: int, kind: str = "is") -> editing.EditedRow:
        return editing.EditedRow(level, kind, "channel", ["online"])

    rows = [row(0, "all"), row(1), row(1, "any"), row(2), row(2), row(1)]
    assert editing.changed_rows(deepcopy(rows), "del:2") == [row(0, "all"), row(1), row(1)]
    assert editing.rows_before(editing.rows_as_json(rows)) == rows
    for text in ("", "{}", "[1]", '[{"level": "x"}]', "[" * 5000, '[{"row": "moon"}]'):
        assert editing.rows_before(text) is None
    moved = editing.changed_rows(deepcopy(rows), "up:2")
    assert moved == [row(0, "all"), row(1, "any"), row(2), row(2), row(1), row(1)]
    assert editing.changed_rows(deepcopy(moved), "down:1") == rows


def test_no_button_leaves_a_row_outside_a_group() -> None:
    def row(level: int, kind: str = "is") -> editing.EditedRow:
        return editing.EditedRow(level, kind, "channel", ["online"])

    rows = [
        row(0, "all"),
        row(1, "any"),
        row(2),
        row(2, "all"),
        row(3),
        row(1),
        row(1, "none"),
        row(2),
    ]
    names = ("up", "down", "in", "out", "del", "add", "group")
    for first in (f"{name}:{n}" for name in names for n in range(len(rows))):
        once = editing.changed_rows(deepcopy(rows), first)
        for second in (f"{name}:{n}" for name in names for n in range(len(once))):
            after = editing.changed_rows(deepcopy(once), second)
            for above, below in pairwise(after):
                assert 1 <= below.level <= above.level + above.opens_group, (first, second)


@pytest.mark.parametrize(
    ("wrong", "says", "leads_to"),
    [
        ({"r1-values": []}, "Rij 2: Kruis minstens één keuze aan.", "#r1-row"),
        ({"r1-kind": ""}, "Rij 2: Kies een voorwaarde, of haal deze rij weg.", "#r1-row"),
        (
            {"r1-kind": "life_domains_at_least", "r1-number": "twee"},
            "Rij 2: Vul een heel getal in, bijvoorbeeld 2.",
            "#r1-row",
        ),
        (
            {"r2-level": "1", "r2-row": "any"},
            "Rij 3: Zet een voorwaarde in deze groep, of haal de groep weg.",
            "#r2-row",
        ),
        ({"reason": "omdat het over geld gaat"}, "Laat &quot;omdat&quot; weg", "#id_reason"),
        ({"reason": "het gaat over geld"}, "Zet het werkwoord achteraan", "#id_reason"),
        ({"name": ""}, "Vul nog in: Naam van de regel", "#id_name"),
    ],
)
def test_the_summary_names_each_fault_and_leads_to_it(
    wrong: dict[str, Any], says: str, leads_to: str
) -> None:
    client = signed_in(make.coordinator(make.world()))
    client.post("/verdeelregels/begin/", headers=HOST)
    answer = client.post(
        "/verdeelregels/concept/regel/", rule_form("organisation:actief") | wrong, headers=HOST
    )
    assert answer.status_code == 422
    summary = answer.content.decode().split('id="fouten"')[1].split("</ul>")[0]
    assert says in summary
    assert f'href="{leads_to}"' in summary


def test_two_groups_take_at_most_twelve_clicks() -> None:
    """(life domain or place) and (age or channel): each button, tick and choice is one click."""
    rows, clicks = editing.new_rows(), 0
    for kinds in (("life_domains_any", "neighbourhood"), ("age_band", "channel")):
        rows, clicks = editing.changed_rows(rows, "group:0"), clicks + 1
        own = rows[-2:]
        for one, kind in zip(own, kinds, strict=True):
            clicks += one.kind != kind
            one.kind, one.values, clicks = kind, ["x"], clicks + 1
    assert not editing.mark_missing(rows)
    assert [row.level for row in rows] == [0, 1, 2, 2, 1, 2, 2]
    clicks += 1  # save
    assert clicks <= 12


def test_languages_are_named_and_a_changed_kind_is_read_back_at_once() -> None:
    client = signed_in(make.coordinator(make.world()))
    client.post("/verdeelregels/begin/", headers=HOST)
    page = client.post(
        "/verdeelregels/concept/regel/geld/",
        rule_form("organisation:actief")
        | {"doe": "ververs", "r1-kind": "language", "r1-values": ["nl", "geld"]},
        headers=HOST,
    ).content.decode()
    assert "> Nederlands</label>" in page
    assert "De taal is Nederlands: naar Actief Putten." in page


def test_reading_a_rule_back_takes_no_key_of_the_form() -> None:
    """Two scripts may ask at once, and after the form was sent: none is refused."""
    here = make.world()
    client = browser(make.coordinator(here))
    path = "/verdeelregels/concept/regel/geld/"
    signed_in(make.coordinator(here)).post("/verdeelregels/begin/", headers=HOST)
    keys = opened(client, path)
    answer = sent(client, path, keys, **rule_form("organisation:actief", name="Geld en werk"))
    assert answer.status_code == 302
    for reason in ("het over geld gaat", "het over werk gaat"):
        form = rule_form("organisation:actief", doe="ververs", reason=reason)
        shown = client.post(path, {**form, **keys}, headers={**HOST, "HX-Request": "true"})
        assert shown.status_code == 200
        assert reason in text_of(shown.content.decode())
    draft = RuleSet.objects.get(status="draft")
    assert draft.rules.get(key="geld").reason == "het over geld gaat"
