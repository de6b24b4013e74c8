"""Stored rules as the routing engine reads them."""

from datetime import date

import pytest

from organisations.front_door.stored_rules import as_rule, spec_of
from organisations.routing import Rule, Target, TargetKind, Triage
from organisations.routing.conditions import Leaf
from organisations.routing.models import RuleSet
from tests.support import factories as make

pytestmark = pytest.mark.django_db
TRIAGE = Triage("welzijn", "toegang")


def test_without_a_rule_set_everything_goes_to_triage() -> None:
    spec = spec_of(None, TRIAGE)
    assert (spec.version, spec.rules, spec.triage) == (0, (), TRIAGE)


def test_rules_are_read_in_the_order_of_their_positions() -> None:
    here = make.world()
    rule_set = here.partnership.rule_sets.get()
    assert [rule.key for rule in spec_of(rule_set, TRIAGE).rules] == [
        "opgroeien",
        "geld",
        "bewegen",
        "vervoer",
    ]


def test_a_rule_is_read_with_everything_that_was_stored() -> None:
    here = make.world()
    draft = RuleSet.objects.create(partnership=here.partnership, version=2)
    stored = make.rule(
        draft,
        "kind",
        {"is": "about", "values": ["child"]},
        here.triage,
        "het team helpt",
        active_from=date(2026, 1, 1),
        active_until=date(2026, 12, 31),
    )
    stored.supporting.set([here["stimenz"], here["actief"]])
    assert as_rule(stored) == Rule(
        key="kind",
        name="kind",
        when=Leaf("about", ("child",)),
        to=Target(TargetKind.TEAM, "toegang"),
        reason="het team helpt",
        supporting=("actief", "stimenz"),
        active_from=date(2026, 1, 1),
        active_until=date(2026, 12, 31),
    )


def test_a_condition_that_can_no_longer_be_read_fails_only_for_its_own_rule() -> None:
    here = make.world()
    draft = RuleSet.objects.create(partnership=here.partnership, version=2)
    make.rule(draft, "oud", {"is": "maanstand"}, here["stimenz"])
    [rule] = spec_of(draft, TRIAGE).rules
    assert (rule.when, rule.to.slug) == (Leaf("broken"), "stimenz")
