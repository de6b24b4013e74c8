"""Rule sets in versions: what can change, what is refused, and what a question follows."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from organisations.front_door import configuration as front_door
from organisations.routing import NO_OFFER, Rule, Target, TargetKind, parse
from organisations.routing.models import RuleSet
from organisations.rule_sets import drafts as rule_sets
from organisations.rule_sets import editing
from tests.support import factories as make
from tests.support.rule_consent import everybody_agrees
from welzijn.accounts.models import User

pytestmark = pytest.mark.django_db


def fresh(here: make.World) -> front_door.FrontDoor:
    here.partnership.refresh_from_db()
    return front_door.of(here.partnership)


def money_to(slug: str, name: str = "geld") -> Rule:
    return Rule(
        key="",
        name=name,
        when=parse({"all": [{"is": "life_domains_any", "values": ["geld"]}]}),
        to=Target(TargetKind.ORGANISATION, slug),
        reason="het over geld gaat",
    )


def publish(here: make.World, draft: RuleSet, by: User, why: str) -> RuleSet:
    return rule_sets.publish(
        draft=draft,
        partnership=here.partnership,
        offer=NO_OFFER,
        why=why,
        by=by,
        now=make.TUESDAY,
    )


def published(here: make.World, by: User, rule: Rule, key: str) -> RuleSet:
    draft = rule_sets.open_draft(partnership=here.partnership, by=by)
    editing.save_rule(draft=draft, rule=rule, front=fresh(here), by=by, now=make.TUESDAY, key=key)
    everybody_agrees(here, by=by, now=make.TUESDAY)
    return publish(here, draft, by, "Actief Putten helpt nu ook met geld.")


def test_a_draft_starts_as_a_copy_and_is_there_once() -> None:
    here = make.world()
    boss = make.coordinator(here)
    draft = rule_sets.open_draft(partnership=here.partnership, by=boss)
    again = rule_sets.open_draft(partnership=here.partnership, by=boss)
    assert draft == again
    holding = here.partnership.rule_sets.get(status="published")
    assert list(draft.rules.values_list("key", "position")) == list(
        holding.rules.values_list("key", "position")
    )


def test_the_next_question_follows_a_published_rule_and_says_why() -> None:
    here = make.world()
    boss = make.coordinator(here)
    before = make.question(here, "geld")
    new = published(here, boss, money_to("actief"), "geld")
    here.partnership.refresh_from_db()
    after = make.question(here, "geld")
    assert (before.lead, after.lead) == (here["stimenz"], here["actief"])
    assert after.decisions.get().rule_set == new
    assert before.decisions.get().rule_set.status == RuleSet.Status.ARCHIVED
    assert (new.published_by, new.why) == (boss, "Actief Putten helpt nu ook met geld.")


def test_a_rule_that_can_never_match_is_refused_and_its_shadow_is_named() -> None:
    here = make.world()
    boss = make.coordinator(here)
    draft = rule_sets.open_draft(partnership=here.partnership, by=boss)
    again = money_to("actief", "Geld nog eens")
    editing.save_rule(draft=draft, rule=again, front=fresh(here), by=boss, now=make.TUESDAY)
    with pytest.raises(ValidationError) as refused:
        publish(here, draft, boss, "dubbel")
    assert "Geld nog eens" in str(refused.value)
    assert "geld" in str(refused.value)
    draft.refresh_from_db()
    assert draft.status == RuleSet.Status.DRAFT


def test_a_target_that_no_longer_takes_part_is_refused() -> None:
    here = make.world()
    boss = make.coordinator(here)
    here.partnership.participations.filter(organisation=here["actief"]).update(until="2025-01-01")
    draft = rule_sets.open_draft(partnership=here.partnership, by=boss)
    with pytest.raises(ValidationError, match="Actief Putten"):
        publish(here, draft, boss, "toch")


@pytest.mark.parametrize(
    ("condition", "named"),
    [
        ({"is": "moon_phase", "values": ["vol"]}, "maan"),
        ({"is": "life_domains_any", "values": ["bestaat-niet"]}, "bestaat-niet"),
        ({"all": [{"is": "kind", "values": []}]}, "maan"),
        ({"nonsense": True}, "maan"),
        ([], "maan"),
    ],
)
def test_a_condition_that_can_not_be_evaluated_is_refused(condition: object, named: str) -> None:
    here = make.world()
    boss = make.coordinator(here)
    draft = rule_sets.open_draft(partnership=here.partnership, by=boss)
    make.rule(draft, "maan", condition, here["actief"])  # type: ignore[arg-type]
    with pytest.raises(ValidationError, match=named):
        publish(here, draft, boss, "toch")
    assert here.partnership.rule_sets.get(status="published").version == 1


def test_publishing_needs_a_reason() -> None:
    here = make.world()
    boss = make.coordinator(here)
    draft = rule_sets.open_draft(partnership=here.partnership, by=boss)
    with pytest.raises(ValidationError, match="waarom"):
        publish(here, draft, boss, " ")


def test_rules_move_and_go() -> None:
    here = make.world()
    boss = make.coordinator(here)
    draft = rule_sets.open_draft(partnership=here.partnership, by=boss)
    editing.move(draft=draft, key="geld", up=True, by=boss, now=make.TUESDAY)
    assert list(draft.rules.values_list("key", flat=True))[:2] == ["geld", "opgroeien"]
    editing.move(draft=draft, key="geld", up=True, by=boss, now=make.TUESDAY)
    editing.remove(draft=draft, key="opgroeien", by=boss, now=make.TUESDAY)
    assert list(draft.rules.values_list("key", flat=True)) == ["geld", "bewegen", "vervoer"]


def test_a_version_that_holds_or_held_never_changes() -> None:
    here = make.world()
    holding = here.partnership.rule_sets.get()
    rule = holding.rules.get(key="geld")
    for act in (
        lambda: holding.rules.update(reason="anders"),
        lambda: holding.rules.filter(key="geld").delete(),
        lambda: make.rule(holding, "nieuw", {"all": []}, None),
        lambda: RuleSet.objects.filter(pk=holding.pk).update(version=9),
        lambda: RuleSet.objects.filter(pk=holding.pk).update(status="draft"),
    ):
        with pytest.raises(IntegrityError, match="for_ever"), transaction.atomic():
            act()
    rule.refresh_from_db()
    assert rule.reason == "het over geld gaat"


def test_a_draft_that_was_published_meanwhile_can_not_be_changed() -> None:
    here = make.world()
    boss = make.coordinator(here)
    draft = rule_sets.open_draft(partnership=here.partnership, by=boss)
    published(here, boss, money_to("actief"), "geld")
    with pytest.raises(ValidationError, match="intussen"):
        editing.remove(draft=draft, key="geld", by=boss, now=make.TUESDAY)
    with pytest.raises(ValidationError, match="intussen"):
        rule_sets.discard(draft=draft)
