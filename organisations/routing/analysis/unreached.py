"""Find organisations that no question can reach, and targets that no longer take part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from organisations.routing.analysis.findings import GoneTarget
from organisations.routing.analysis.placement import PlacedRule, any_free
from organisations.routing.analysis.solver import Boxes
from organisations.routing.analysis.space import Space
from organisations.routing.analysis.target_conditions import (
    leads_in,
    service_condition,
    services_in_reach,
)
from organisations.routing.conditions import Condition
from organisations.routing.offer import Offer
from organisations.routing.ruleset import RuleSetSpec, TargetKind
from organisations.routing.vocabulary import Vocabulary


@dataclass(slots=True)
class Reachability:
    """The organisations that a question can reach by the live rules."""

    live: Sequence[PlacedRule]
    table: Boxes
    space: Space
    vocabulary: Vocabulary
    offer: Offer
    on: date

    def missing(self, triage: str) -> tuple[str, ...]:
        """Return the organisations that could pick questions up, but that no rule reaches."""
        reached = {triage}
        for entry in self.live:
            reached |= set(entry.rule.supporting)
            if entry.rule.to.kind is TargetKind.ORGANISATION:
                reached.add(entry.rule.to.slug)
            elif entry.rule.to.kind is TargetKind.TEAM:
                team = self.vocabulary.teams.get(entry.rule.to.slug)
                reached.add(team.organisation if team else "")
        return tuple(
            slug
            for slug, organisation in self.vocabulary.organisations.items()
            if organisation.takes_part(self.on)
            and organisation.picks_up
            and slug not in reached
            and not any(self._found_by(entry, slug) for entry in self.live)
        )

    def _found_by(self, entry: PlacedRule, slug: str) -> bool:
        """Whether a rule that looks for a team or a service can find this organisation."""
        if entry.rule.to.kind is TargetKind.NEIGHBOURHOOD_TEAM:
            return any(
                self._left(entry, leads_in(team, self.vocabulary), 0)
                for team in self.vocabulary.teams.values()
                if team.organisation == slug
            )
        if entry.rule.to.kind is not TargetKind.FITTING_SERVICE:
            return False
        choice = services_in_reach(entry.rule, self.vocabulary, self.offer, self.on)
        for service in choice:
            if service.organisation != slug:
                continue
            lighter = 0
            for other in choice:
                if other.never_full and other.layer < service.layer:
                    boxes = self.space.boxes(service_condition(other))
                    lighter |= self.table.add_all(boxes)
            if self._left(entry, service_condition(service), lighter):
                return True
        return False

    def _left(self, entry: PlacedRule, condition: Condition, before: int) -> bool:
        """Whether a rule can decide somewhere within a condition, outside earlier boxes."""
        boxes = self.space.both(entry.condition, self.space.boxes(condition))
        return any_free(boxes, self.table, entry.earlier | before)


def gone_targets(spec: RuleSetSpec, vocabulary: Vocabulary, on: date) -> tuple[GoneTarget, ...]:
    """Find the rules that name an organisation or team that doesn't take part, from a day on."""
    result = []
    for rule in spec.rules:
        if rule.active_until is not None and rule.active_until < on:
            continue
        wanted = list(rule.supporting)
        if rule.to.kind is TargetKind.ORGANISATION:
            wanted.insert(0, rule.to.slug)
        elif rule.to.kind is TargetKind.TEAM:
            team = vocabulary.teams.get(rule.to.slug)
            wanted.insert(0, team.organisation if team else rule.to.slug)
        for slug in wanted:
            entry = vocabulary.organisations.get(slug)
            day = max(on, rule.active_from or on)
            if entry is None:
                words = _('"{target}" bestaat niet (meer).').format(target=slug)
            elif not entry.takes_part(day):
                words = _("{name} doet niet mee op {day}.").format(
                    name=entry.name, day=day.isoformat()
                )
            else:
                continue
            result.append(GoneTarget(rule.key, rule.label, slug, words))
    return tuple(result)
