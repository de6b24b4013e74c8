"""Find the organisations that gain or lose questions by another version of the rules. Exact.

Both versions are placed in one space. Where a rule of the old version decides and a rule of the new
one decides the same question for another organisation, the first loses and the second gains. A
rule that looks for a service or a team is split by where it can lead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from organisations.routing.analysis.dimensions import usable
from organisations.routing.analysis.offer_conditions import bounds
from organisations.routing.analysis.placement import PlacedRule, any_free, place_rules
from organisations.routing.analysis.solver import Box, Boxes
from organisations.routing.analysis.space import Space, TooManyBoxesError
from organisations.routing.analysis.target_conditions import (
    leads_in,
    service_condition,
    services_in_reach,
    target_conditions,
)
from organisations.routing.conditions import ALWAYS, Condition
from organisations.routing.offer import Offer
from organisations.routing.ruleset import (
    HOUSEHOLD_KEY,
    Rule,
    RuleSetSpec,
    Target,
    TargetKind,
    reads_household,
)
from organisations.routing.vocabulary import Vocabulary


@dataclass(slots=True)
class Affected:
    """The slugs of the organisations that lose and that gain questions."""

    loses: set[str] = field(default_factory=set)
    gains: set[str] = field(default_factory=set)

    @property
    def all(self) -> frozenset[str]:
        """Everybody whose questions change."""
        return frozenset(self.loses | self.gains)


@dataclass(slots=True)
class _Region:
    """Where a rule may decide for one organisation; `earlier` are the boxes of earlier rules."""

    to: Target
    organisation: str
    boxes: list[Box]
    earlier: int


def affected(
    old: RuleSetSpec, new: RuleSetSpec, vocabulary: Vocabulary, *, offer: Offer, on: date
) -> Affected:
    """Return who gains and who loses where `new` replaces `old`, from a day on.

    A condition that can't be taken apart counts as a change for all that its rule can lead to.
    """
    found = Affected()
    if [_essence(rule) for rule in old.rules] == [_essence(rule) for rule in new.rules]:
        return found
    sets = [_rules(spec, vocabulary) for spec in (old, new)]
    both = [rule for rules in sets for rule in rules]
    whens = [{r.key: bounds(r.when, vocabulary, offer, on) for r in rules} for rules in sets]
    targets = [
        {r.key: target_conditions(r, vocabulary, offer, on) for r in rules} for rules in sets
    ]
    splits = [_split(rule, vocabulary, offer, on, old) for rule in both]
    space = Space(
        [
            *(c for one in (*whens, *targets) for pair in one.values() for c in pair),
            *(c for split in splits for c, _organisation in split),
        ],
        both,
        vocabulary,
        on=on,
    )
    table = Boxes(space.sizes)
    impossible = table.add_all(space.impossible())
    regions, rests = [], []
    for spec, rules, when, target in zip((old, new), sets, whens, targets, strict=True):
        placed, tangled, _expired = place_rules(rules, when, target, space)
        for rule in rules:
            if rule.key in tangled:
                found.loses |= {o for _c, o in _split(rule, vocabulary, offer, on, spec)}
        mine, rest = _regions(placed, spec, space, table, vocabulary, offer, on)
        regions.append(mine)
        rests.append(rest)
    everything = [space.everything]
    for before in [*regions[0], _Region(_TRIAGE, old.triage.organisation, everything, rests[0])]:
        for after in [
            *regions[1],
            _Region(_TRIAGE, new.triage.organisation, everything, rests[1]),
        ]:
            if before.organisation == after.organisation:
                continue
            # The same search among the services leads both to the same one.
            if before.to == after.to and before.to.kind is TargetKind.FITTING_SERVICE:
                continue
            if before.organisation in found.loses and after.organisation in found.gains:
                continue
            meeting = space.both(before.boxes, after.boxes)
            if any_free(meeting, table, before.earlier | after.earlier | impossible):
                found.loses.add(before.organisation)
                found.gains.add(after.organisation)
    return found


_TRIAGE = Target(TargetKind.TRIAGE)


def _essence(rule: Rule) -> tuple[object, ...]:
    return (rule.when, rule.to, rule.active_from, rule.active_until)


def _rules(spec: RuleSetSpec, vocabulary: Vocabulary) -> list[Rule]:
    return [
        rule
        for rule in spec.in_order()
        if rule.key != HOUSEHOLD_KEY and usable(rule.when, vocabulary)
    ]


def _split(
    rule: Rule, vocabulary: Vocabulary, offer: Offer, on: date, spec: RuleSetSpec
) -> list[tuple[Condition, str]]:
    """Return where a rule can lead, with the condition under which it does."""
    match rule.to.kind:
        case TargetKind.ORGANISATION:
            return [(ALWAYS, rule.to.slug)]
        case TargetKind.TEAM:
            team = vocabulary.teams.get(rule.to.slug)
            return [(ALWAYS, team.organisation)] if team else []
        case TargetKind.NEIGHBOURHOOD_TEAM:
            return [
                (leads_in(team, vocabulary), team.organisation)
                for team in vocabulary.teams.values()
                if team.neighbourhoods
            ]
        case TargetKind.FITTING_SERVICE:
            services = services_in_reach(rule, vocabulary, offer, on)
            return [(service_condition(s), s.organisation) for s in services]
        case TargetKind.TRIAGE:
            return [(ALWAYS, spec.triage.organisation)]
    # A household leads to whoever leads the earlier question: the same by both versions.
    assert reads_household(rule)
    return []


def _regions(
    placed: Sequence[PlacedRule],
    spec: RuleSetSpec,
    space: Space,
    table: Boxes,
    vocabulary: Vocabulary,
    offer: Offer,
    on: date,
) -> tuple[list[_Region], int]:
    """Return the regions of a version, and the boxes in which one of its rules surely decides."""
    found: list[_Region] = []
    earlier = 0
    for entry in placed:
        for condition, organisation in _split(entry.rule, vocabulary, offer, on, spec):
            try:
                boxes = space.both(entry.condition, space.boxes(condition))
            except TooManyBoxesError:
                boxes = entry.condition
            found.append(_Region(entry.rule.to, organisation, boxes, earlier))
        earlier |= table.add_all(entry.sure)
    return found, earlier
