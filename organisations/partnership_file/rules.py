"""Convert the rules of a file to those of the routing engine."""

from __future__ import annotations

from typing import Any

from organisations.partnership_file import conditions
from organisations.partnership_file.problems import FileProblem
from organisations.partnership_file.schema import PartnershipFile, RoutingRule, Target
from organisations.partnership_file.vocabulary import vocabulary_of
from organisations.routing import Rule, read_rule, to_json


def target_json(to: Target) -> dict[str, Any]:
    """Return a target in the JSON form of routing, without empty or false keys."""
    result: dict[str, Any] = {}
    for key in ("organisation", "team"):
        if getattr(to, key) is not None:
            result[key] = getattr(to, key)
    for key in ("neighbourhood_team", "fitting_service", "household", "triage"):
        if getattr(to, key):
            result[key] = True
    if to.layers:
        result["layers"] = sorted(set(to.layers))
    return result


def rules_of(file: PartnershipFile) -> tuple[Rule, ...]:
    """Return the rules of a checked file, in order."""
    vocabulary = vocabulary_of(file)
    problems: list[FileProblem] = []
    return tuple(_rule(rule, index, problems, vocabulary) for index, rule in enumerate(file.rules))


def _rule(rule: RoutingRule, index: int, problems: list[FileProblem], vocabulary: Any) -> Rule:
    when = conditions.read(rule.when, vocabulary, ("regels", index, "als"), problems)
    assert not problems, "a checked file has no faults"
    return read_rule(
        {
            "key": rule.key,
            "name": rule.name,
            "when": to_json(when),
            "to": target_json(rule.to),
            "reason": rule.reason or "",
            "supporting": list(rule.supporting),
            "active_from": rule.active_from,
            "active_until": rule.active_until,
        }
    )
