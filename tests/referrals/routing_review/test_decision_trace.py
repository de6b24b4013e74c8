"""Why here: the trace says what was decided then, whatever has changed since."""

from datetime import timedelta

import pytest

from intake.questions.models import Question
from organisations.directory.models import Service
from organisations.front_door import configuration as front_door
from organisations.routing import Rule, Target, TargetKind, parse
from organisations.routing.models import RoutingRule, RuleSet
from organisations.routing.trace import RuleState, Trace
from organisations.rule_sets import drafts as rule_sets
from organisations.rule_sets import editing
from referrals.routing_review.decision_trace import trace_of
from tests.support import factories as make
from tests.support.rule_consent import everybody_agrees

pytestmark = pytest.mark.django_db
DANCE = {"is": "life_domains_any", "values": ["bewegen"]}


def published(here: make.World, rule: Rule, key: str) -> RuleSet:
    """The rules that hold with one of them changed, as a coordinator does it."""
    boss = make.coordinator(here)
    draft = rule_sets.open_draft(partnership=here.partnership, by=boss)
    editing.save_rule(draft=draft, rule=rule, front=fresh(here), by=boss, now=make.TUESDAY, key=key)
    everybody_agrees(here, by=boss, now=make.TUESDAY)
    return rule_sets.publish(
        draft=draft,
        partnership=here.partnership,
        offer=fresh(here).offer_now(),
        why="Bewegen gaat naar wie plek heeft.",
        by=boss,
        now=make.TUESDAY,
    )


def fresh(here: make.World) -> front_door.FrontDoor:
    here.partnership.refresh_from_db()
    make.fresh_front_doors()
    return front_door.of(here.partnership)


def fitting() -> Rule:
    to = Target(TargetKind.FITTING_SERVICE)
    return Rule(key="", name="Bewegen dichtbij", when=parse(DANCE), to=to)


def trace(question: Question, here: make.World) -> Trace | None:
    make.fresh_front_doors()
    decision = question.decisions.select_related("service__organisation").get()
    return trace_of(decision=decision, partnership=here.partnership)


@pytest.fixture
def here() -> make.World:
    return make.world()


@pytest.fixture
def dance(here: make.World) -> Service:
    return make.service(here, "actief", "bewegen", name="Dansen", layer=2, capacity=1)


def test_a_fitting_service_is_named_as_it_was_chosen_also_when_it_is_full_now(
    here: make.World, dance: Service
) -> None:
    published(here, fitting(), "bewegen")
    fresh(here)
    question = make.question(here, "bewegen")
    assert question.decisions.get().service == dance  # and the one place is taken by it
    found = trace(question, here)
    assert found is not None
    last = found.rules[-1]
    assert (last.key, last.state) == ("bewegen", RuleState.MATCHED)
    assert [(one.name, one.chosen) for one in last.services] == [("Dansen", True)]
    Service.objects.update(waiting_weeks=6, capacity=0)
    assert trace(question, here) == found


def test_a_trace_uses_the_rules_of_the_decision_not_the_current_ones(here: make.World) -> None:
    question = make.question(here, "bewegen")
    before = trace(question, here)
    assert before is not None
    assert (before.version, before.rules[-1].key) == (1, "bewegen")
    to = Target(TargetKind.ORGANISATION, "welzijn")
    published(here, Rule(key="", name="Iets anders", when=parse(DANCE), to=to), "bewegen")
    fresh(here)
    assert trace(question, here) == before
    after = trace(make.question(here, "bewegen"), here)
    assert after is not None
    assert (after.version, after.rules[-1].name) == (2, "Iets anders")


def test_there_is_no_trace_if_the_rules_would_decide_otherwise_now(
    here: make.World, dance: Service
) -> None:
    published(here, fitting(), "bewegen")
    fresh(here)
    question = make.question(here, "bewegen")
    Service.objects.update(audience=["67+"])  # since then it is for others
    assert trace(question, here) is None


def test_an_organisation_that_left_since_still_decided_then(here: make.World) -> None:
    question = make.question(here, "bewegen")
    here.partnership.participations.filter(organisation=here["actief"]).update(
        until=make.TUESDAY.date() + timedelta(days=1)
    )
    found = trace(question, here)
    assert found is not None
    assert found.rules[-1].key == "bewegen"
    assert RoutingRule.objects.get(key="bewegen").organisation == here["actief"]


def test_a_question_that_no_rule_matched_says_so(here: make.World) -> None:
    question = make.question(here)
    found = trace(question, here)
    assert found is not None
    assert found.conclusion == "Geen regel past. De vraag gaat naar triage."
    assert {rule.state for rule in found.rules} == {RuleState.NOT_MATCHED}
