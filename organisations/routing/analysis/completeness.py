"""Find rules that can never decide, what reaches only triage, and whom nothing reaches. Exact.

Method. Each condition is reduced to the values it distinguishes (`dimensions.py`): facts that no
rule reads are left out, values that every condition treats alike are one class, days are divided
only where a rule begins or ends. In that space each rule is a union of boxes. A rule can decide if
and only if some combination lies in its boxes and in no box of an earlier rule that surely
decides; what reaches only triage is the complement of all boxes. Both are satisfiability
questions, answered by an exact search (`solver.py`); nothing is sampled or enumerated.

- For a dead rule the proof names the earlier rules it depends on, reduced to a minimal set of
  rules that together shadow it.
- What reaches triage is shown as few cases: each combination found is widened, fact by fact, to a
  maximal box that meets no rule (a prime implicant), until the boxes cover everything; then
  redundant cases are dropped.
- A rule to a *fitting service*, a *neighbourhood team* or a *household* decides only where
  there is one. A service with a limited number of places may be full, so it catches a
  combination possibly, a service without a limit surely. Hence two lists: what no rule ever
  catches, and what reaches triage only when services are full.
- A *safety net* (nobody else has an open service that fits) is a condition on the offer. It is
  rewritten as one on the facts, likewise with two bounds (`offer_conditions.py`). A reason that
  says that nobody else helps is held against the services that are open now.
- The built-in danger rule takes part and is never reported itself. The built-in household rule
  is left out: a linked question is treated as if it were not linked.
"""

from __future__ import annotations

from datetime import date

from organisations.routing.analysis.cases import Case, cases
from organisations.routing.analysis.dead_rules import find_dead
from organisations.routing.analysis.dimensions import usable
from organisations.routing.analysis.false_reasons import claims_of, false_reasons
from organisations.routing.analysis.findings import Completeness
from organisations.routing.analysis.offer_conditions import bounds
from organisations.routing.analysis.placement import place_rules
from organisations.routing.analysis.solver import Boxes
from organisations.routing.analysis.space import Space
from organisations.routing.analysis.target_conditions import (
    service_condition,
    target_conditions,
    works_in,
)
from organisations.routing.analysis.unreached import Reachability, gone_targets
from organisations.routing.offer import NO_OFFER, Offer
from organisations.routing.ruleset import HOUSEHOLD_KEY, RuleSetSpec
from organisations.routing.vocabulary import Vocabulary


def analyse(
    spec: RuleSetSpec,
    vocabulary: Vocabulary,
    *,
    on: date,
    offer: Offer = NO_OFFER,
    limit: int = 40,
) -> Completeness:
    """Check a rule set from a day on, for the services offered now.

    `limit` is the most cases that each list shows; nothing else depends on it.
    """
    rules = tuple(rule for rule in spec.in_order() if rule.key != HOUSEHOLD_KEY)
    broken = tuple(rule.key for rule in rules if not usable(rule.when, vocabulary))
    whole = [rule for rule in rules if rule.key not in broken]
    reachable = {rule.key: target_conditions(rule, vocabulary, offer, on) for rule in whole}
    whens = {rule.key: bounds(rule.when, vocabulary, offer, on) for rule in whole}
    claims = claims_of(whole, vocabulary, offer, on)
    wanted = [condition for pair in whens.values() for condition in pair]
    wanted += [claim.when for claim in claims]
    wanted += [condition for pair in reachable.values() for condition in pair]
    wanted += [service_condition(service) for service in offer.services]
    wanted += [works_in(team) for team in vocabulary.teams.values()]
    space = Space(wanted, whole, vocabulary, on=on)
    placed, tangled, expired = place_rules(whole, whens, reachable, space)
    table = Boxes(space.sizes)
    impossible = table.add_all(space.impossible())
    dead, live = find_dead(placed, table, impossible)
    caught = table.add_all([box for entry in placed for box in entry.possible])
    for entry in placed:
        caught |= entry.bits
    only, cut = cases(table, space, caught, impossible, limit=limit)
    full: tuple[Case, ...] = ()
    cut_again = False
    if not cut:
        caught = table.add_all([box for case in only for box in case.boxes])
        for entry in placed:
            caught |= entry.bits
        full, cut_again = cases(table, space, caught, impossible, limit=limit)
    return Completeness(
        dead=tuple(dead),
        only_triage=only,
        triage_when_full=full,
        more=cut or cut_again,
        unreached=Reachability(live, table, space, vocabulary, offer, on).missing(
            spec.triage.organisation
        ),
        gone=gone_targets(spec, vocabulary, on),
        broken=broken,
        false_reasons=false_reasons(claims, placed, table, space, impossible),
        tangled=tangled,
        expired=expired,
        triage=spec.triage.organisation,
    )
