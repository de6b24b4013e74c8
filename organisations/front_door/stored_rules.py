"""Stored rule sets as the routing engine reads them."""

from organisations.routing import Rule, RuleSetSpec, Target, TargetKind, Triage
from organisations.routing.conditions import parse_stored
from organisations.routing.models import RoutingRule, RuleSet


def spec_of(rule_set: RuleSet | None, triage: Triage) -> RuleSetSpec:
    """Return a stored rule set as the engine reads it; without one, all goes to triage."""
    if rule_set is None:
        return RuleSetSpec(version=0, rules=(), triage=triage)
    stored = rule_set.rules.select_related("organisation", "team").prefetch_related("supporting")
    return RuleSetSpec(
        version=rule_set.version, rules=tuple(as_rule(r) for r in stored), triage=triage
    )


def as_rule(stored: RoutingRule) -> Rule:
    """Return a stored rule as the engine reads it."""
    slug = ""
    if stored.organisation is not None:
        slug = stored.organisation.slug
    elif stored.team is not None:
        slug = stored.team.slug
    return Rule(
        key=stored.key,
        name=stored.name,
        when=parse_stored(stored.conditions),
        to=Target(TargetKind(stored.target_kind), slug, frozenset(stored.layers)),
        reason=stored.reason,
        supporting=tuple(sorted(o.slug for o in stored.supporting.all())),
        active_from=stored.active_from,
        active_until=stored.active_until,
    )
