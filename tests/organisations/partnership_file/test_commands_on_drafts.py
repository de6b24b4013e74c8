"""`route` and `check_rules` on a draft, and with input that nobody should give."""

import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from intake.questions.models import Decision
from organisations.front_door import configuration as front_door
from organisations.routing import Rule, Target, TargetKind, parse
from organisations.routing.models import RuleSet
from organisations.rule_sets import drafts as rule_sets
from organisations.rule_sets import editing
from tests.support import factories as make

pytestmark = pytest.mark.django_db
MONEY = {"is": "life_domains_any", "values": ["geld"]}


def run(*arguments: str) -> dict[str, Any]:
    out = io.StringIO()
    call_command(*arguments, stdout=out)
    answer: dict[str, Any] = json.loads(out.getvalue())
    return answer


def draft_with(here: make.World, rule: Rule, key: str = "") -> RuleSet:
    boss, front = make.coordinator(here), front_door.of(here.partnership)
    draft = rule_sets.open_draft(partnership=here.partnership, by=boss)
    editing.save_rule(draft=draft, rule=rule, front=front, by=boss, now=make.TUESDAY, key=key)
    return draft


def money_to(slug: str, name: str) -> Rule:
    to = Target(TargetKind.ORGANISATION, slug)
    return Rule(key="", name=name, when=parse(MONEY), to=to, reason="het over geld gaat")


def test_route_decides_by_the_draft_only_when_asked_to_and_writes_nothing() -> None:
    here = make.world()
    draft = draft_with(here, money_to("actief", "Geld"), "geld")
    asking = ["route", "--partnership", "putten", "--facts", '{"life_domains": ["geld"]}']
    now, then = run(*asking), run(*asking, "--draft")
    assert (now["organisation"], now["rule_set_version"], now["draft"]) == ("stimenz", 1, False)
    assert (then["organisation"], then["rule_set_version"], then["draft"]) == ("actief", 2, True)
    assert then["trace"]["rules"][-1]["state"] == "matched"
    assert not Decision.objects.exists()
    draft.refresh_from_db()
    assert draft.status == RuleSet.Status.DRAFT


def test_check_rules_exits_1_on_a_dead_rule_of_the_draft_and_names_its_shadow() -> None:
    here = make.world()
    draft_with(here, money_to("actief", "Geld nog eens"))
    assert run("check_rules", "--partnership", "putten")["sound"] is True
    out = io.StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("check_rules", "--partnership", "putten", "--draft", stdout=out)
    assert stopped.value.code == 1
    found = json.loads(out.getvalue())
    assert (found["draft"], found["sound"], found["rule_set_version"]) == (True, False, 2)
    assert [(dead["key"], dead["shadowed_by"]) for dead in found["dead"]] == [
        ("geld-nog-eens", ["geld"])
    ]


@pytest.mark.parametrize(
    "facts",
    [
        "",
        "null",
        "[]",
        "3",
        '"geld"',
        "{",
        '{"life_domains": "geld"}',
        '{"life_domains": [["geld"]]}',
        '{"life_domains": [null]}',
        '{"life_domains": {"geld": true}}',
        '{"safety": "ja"}',
        '{"channel": null}',
        '{"age_band": 12}',
        '{"municipality": "putten"}',
        '{"neighbourhood": "\'; DROP TABLE intake_question; --"}',
        '{"household_lead": "../../etc/passwd"}',
        '{"brought_by": "nobody"}',
        '{"language": "<script>"}',
        '{"name": "Fatma"}',
        '{"life_domains": ["geld\\u0000"]}',
        '{"kind": NaN}',
        "[" * 100_000,
        '{"life_domains": ' + json.dumps(["geld"] * 41) + "}",
    ],
)
def test_hostile_facts_get_a_sentence_and_no_decision(facts: str) -> None:
    make.world()
    with pytest.raises(CommandError, match="--facts"):
        call_command("route", "--partnership", "putten", "--facts", facts)


@pytest.mark.parametrize("command", ["route", "check_rules"])
@pytest.mark.parametrize("slug", ["", "PUTTEN", "putten' OR 1=1 --", "x" * 5000, "\x00"])
def test_a_partnership_that_can_not_be_is_answered_with_what_there_is(
    command: str, slug: str
) -> None:
    make.world()
    more = ["--facts", "{}"] if command == "route" else []
    with pytest.raises(CommandError, match="putten"):
        call_command(command, "--partnership", slug, *more)
