"""The rules that decide which partner picks a question up: a pure engine.

    compiled = compile_rules(spec, vocabulary)          # once per published version
    outcome = compiled.decide(facts, on=day, offer=offer)

`facts` is all it knows about a question. It reads no model and writes nothing.

Entry points: compile_rules, simulate, analysis.completeness.analyse; models (stored versions).
May import: nothing of organisations. The engine imports neither models.py nor analysis/.
"""

from organisations.routing.conditions import ConditionError, Problem, parse, to_json
from organisations.routing.decide import CompiledRuleSet, compile_rules
from organisations.routing.descriptions import describe, describe_rule, describe_target
from organisations.routing.facts import Facts, FactsError
from organisations.routing.kinds import KINDS, ConditionKind, Parameter, kinds_for_editor
from organisations.routing.offer import NO_OFFER, Load, Offer, ServiceOffer
from organisations.routing.outcome import DecidedBy, Fault, Outcome
from organisations.routing.publishing import check
from organisations.routing.reading import (
    RuleSetError,
    read_rule,
    read_rule_set,
    stored_rule,
)
from organisations.routing.rows import Row, RowKind, from_rows, to_rows
from organisations.routing.ruleset import (
    DANGER_KEY,
    HOUSEHOLD_KEY,
    Rule,
    RuleSetSpec,
    Target,
    TargetKind,
    Triage,
)
from organisations.routing.simulate import Move, PastQuestion, Simulation, simulate
from organisations.routing.trace import Trace
from organisations.routing.vocabulary import (
    NeighbourhoodEntry,
    OrganisationEntry,
    TeamEntry,
    Vocabulary,
)

__all__ = [
    "DANGER_KEY",
    "HOUSEHOLD_KEY",
    "KINDS",
    "NO_OFFER",
    "CompiledRuleSet",
    "ConditionError",
    "ConditionKind",
    "DecidedBy",
    "Facts",
    "FactsError",
    "Fault",
    "Load",
    "Move",
    "NeighbourhoodEntry",
    "Offer",
    "OrganisationEntry",
    "Outcome",
    "Parameter",
    "PastQuestion",
    "Problem",
    "Row",
    "RowKind",
    "Rule",
    "RuleSetError",
    "RuleSetSpec",
    "ServiceOffer",
    "Simulation",
    "Target",
    "TargetKind",
    "TeamEntry",
    "Trace",
    "Triage",
    "Vocabulary",
    "check",
    "compile_rules",
    "describe",
    "describe_rule",
    "describe_target",
    "from_rows",
    "kinds_for_editor",
    "parse",
    "read_rule",
    "read_rule_set",
    "simulate",
    "stored_rule",
    "to_json",
    "to_rows",
]
