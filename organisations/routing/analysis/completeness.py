"""Which rules can never decide, what reaches only triage, whom nothing reaches. Exact.

Method. Each condition is reduced to the values it tells apart (`space.py`): facts that no rule
reads are left out, values that every condition answers alike are one class, days are cut only
where a rule begins or ends. In that space each rule is a union of boxes. A rule can decide if
and only if some combination lies in its boxes and in no box of an earlier rule that surely
decides; what reaches only triage is the complement of all boxes. Both are satisfiability
questions, answered by an exact search (`solver.py`); nothing is sampled or enumerated.

- For a dead rule the proof names the earlier rules it leans on; they are thinned until none
  can be missed: a smallest-by-inclusion set of rules that together shadow it.
- What reaches triage is shown as few cases: each combination found is widened, fact by fact,
  to a largest box that still meets no rule (a prime implicant), until the boxes cover
  everything; then cases that the others cover are left out.
- A rule to a *fitting service*, a *neighbourhood team* or a *household* decides only where
  there is one. A service with a limited number of places may be full, so it catches a
  combination possibly, a service without a limit surely. Hence two lists: what no rule ever
  catches, and what reaches triage only when services are full.
- The built-in danger rule takes part and is never reported itself. The built-in household rule
  is left out: a question its asker linked is looked at as if it were not linked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from organisations.routing.analysis.cases import Case, cases
from organisations.routing.analysis.solver import Box, Boxes
from organisations.routing.analysis.space import Space, TooManyBoxesError, usable
from organisations.routing.conditions import Condition
from organisations.routing.explain import join
from organisations.routing.offer import NO_OFFER, Offer
from organisations.routing.reach import leads_in, reach, service_condition, services, works_in
from organisations.routing.ruleset import HOUSEHOLD_KEY, Rule, RuleSetSpec, TargetKind
from organisations.routing.vocabulary import Vocabulary


class DeadBecause(StrEnum):
    """Why a rule can never decide."""

    SHADOWED = "shadowed"
    CONTRADICTION = "contradiction"
    NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True)
class DeadRule:
    """A rule that can never decide. `shadowed_by` are the keys of the earlier rules that
    together take everything it could have."""

    key: str
    name: str
    because: DeadBecause
    shadowed_by: tuple[str, ...]
    words: str

    def to_json(self) -> dict[str, Any]:
        """Give the JSON form."""
        return {
            "key": self.key,
            "name": self.name,
            "because": self.because.value,
            "shadowed_by": list(self.shadowed_by),
            "words": self.words,
        }


@dataclass(frozen=True, slots=True)
class GoneTarget:
    """A rule that names an organisation or team which does not, or no longer, take part."""

    key: str
    name: str
    target: str
    words: str

    def to_json(self) -> dict[str, Any]:
        """Give the JSON form."""
        return {"key": self.key, "name": self.name, "target": self.target, "words": self.words}


@dataclass(frozen=True, slots=True)
class Completeness:
    """What the check found. The two lists of cases are exact; `more` says that a list was cut
    off at the limit asked for. `expired` rules lie behind us and are no fault."""

    dead: tuple[DeadRule, ...]
    only_triage: tuple[Case, ...]
    triage_when_full: tuple[Case, ...]
    more: bool
    unreached: tuple[str, ...]
    gone: tuple[GoneTarget, ...]
    broken: tuple[str, ...]
    tangled: tuple[str, ...]
    expired: tuple[str, ...]
    triage: str = field(default="")

    @property
    def sound(self) -> bool:
        """Whether no rule is dead or impossible to evaluate: `check_rules` exits 0."""
        return not (self.dead or self.broken or self.tangled)

    def to_json(self) -> dict[str, Any]:
        """Give the JSON form that `check_rules` prints."""
        return {
            "sound": self.sound,
            "dead": [rule.to_json() for rule in self.dead],
            "only_triage": [case.to_json() for case in self.only_triage],
            "triage_when_full": [case.to_json() for case in self.triage_when_full],
            "more": self.more,
            "triage": self.triage,
            "unreached": list(self.unreached),
            "gone": [target.to_json() for target in self.gone],
            "broken": list(self.broken),
            "tangled": list(self.tangled),
            "expired": list(self.expired),
        }


@dataclass(slots=True)
class _Placed:
    """One rule as boxes: where its condition holds, where it may decide, where it surely does.
    `bits` are those of its sure boxes in the table, `earlier` those of the rules before it."""

    rule: Rule
    condition: list[Box]
    possible: list[Box]
    sure: list[Box]
    bits: int = 0
    earlier: int = 0


def analyse(
    spec: RuleSetSpec,
    vocabulary: Vocabulary,
    *,
    on: date,
    offer: Offer = NO_OFFER,
    limit: int = 40,
) -> Completeness:
    """Check a rule set from a day on, for the services offered now.

    `limit` bounds how many cases each list shows; the rest of the answer does not depend on it.
    """
    rules = tuple(rule for rule in spec.in_order() if rule.key != HOUSEHOLD_KEY)
    broken = tuple(rule.key for rule in rules if not usable(rule.when, vocabulary))
    whole = [rule for rule in rules if rule.key not in broken]
    reachable = {rule.key: reach(rule, vocabulary, offer, on) for rule in whole}
    wanted = [rule.when for rule in whole]
    wanted += [condition for pair in reachable.values() for condition in pair]
    wanted += [service_condition(service) for service in offer.services]
    wanted += [works_in(team) for team in vocabulary.teams.values()]
    space = Space(wanted, whole, vocabulary, on=on)
    placed, tangled, expired = _place(whole, reachable, space)
    table = Boxes(space.sizes)
    impossible = table.add_all(space.impossible())
    dead, live = _dead(placed, table, impossible)
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
        unreached=_Reached(live, table, space, vocabulary, offer, on).missing(
            spec.triage.organisation
        ),
        gone=_gone(spec, vocabulary, on),
        broken=broken,
        tangled=tangled,
        expired=expired,
        triage=spec.triage.organisation,
    )


def _place(
    rules: Sequence[Rule], reachable: dict[str, tuple[Condition, Condition]], space: Space
) -> tuple[list[_Placed], tuple[str, ...], tuple[str, ...]]:
    placed: list[_Placed] = []
    tangled: list[str] = []
    expired: list[str] = []
    for rule in rules:
        window = space.window(rule)
        if window is None:
            expired.append(rule.key)
            continue
        possible, sure = reachable[rule.key]
        try:
            condition = space.both(space.boxes(rule.when), [window])
            entry = _Placed(
                rule,
                condition,
                space.both(condition, space.boxes(possible)),
                space.both(condition, space.boxes(sure)),
            )
        except TooManyBoxesError:
            tangled.append(rule.key)
            continue
        placed.append(entry)
    return placed, tuple(tangled), tuple(expired)


def _dead(
    placed: Sequence[_Placed], table: Boxes, impossible: int
) -> tuple[list[DeadRule], list[_Placed]]:
    """Find the rules that can never decide; adds the boxes of every rule to the table."""
    dead: list[DeadRule] = []
    live: list[_Placed] = []
    earlier = impossible
    before: list[_Placed] = []
    for entry in placed:
        proof = 0
        alive = False
        for box in entry.possible:
            found, used = table.free_box(box, earlier)
            if found is not None:
                alive = True
                break
            proof |= used
        if alive:
            live.append(entry)
        elif not entry.rule.key.startswith("_"):
            dead.append(_why_dead(entry, before, proof, table, impossible, earlier))
        entry.earlier = earlier
        entry.bits = table.add_all(entry.sure)
        earlier |= entry.bits
        before.append(entry)
    return dead, live


def _why_dead(
    entry: _Placed,
    before: Sequence[_Placed],
    proof: int,
    table: Boxes,
    impossible: int,
    earlier: int,
) -> DeadRule:
    rule = entry.rule
    if not _exists(entry.condition, table, impossible):
        words = _("Deze voorwaarden kunnen nooit samen waar zijn.")
        return DeadRule(rule.key, rule.name, DeadBecause.CONTRADICTION, (), words)
    if not _exists(entry.possible, table, impossible):
        words = _("Er is geen aanbod of team waar deze regel naartoe kan.")
        return DeadRule(rule.key, rule.name, DeadBecause.NOWHERE, (), words)
    shadows = [other for other in before if other.bits & proof]
    meeting = [table.meeting(box, earlier) for box in entry.possible]
    single = next(
        (
            other
            for other in before
            if all(other.bits & mask for mask in meeting)
            and _covered(entry.possible, table, impossible | other.bits)
        ),
        None,
    )
    if single is not None:
        shadows = [single]
    else:
        for other in reversed(list(shadows)):
            fewer = [shadow for shadow in shadows if shadow is not other]
            mask = impossible
            for shadow in fewer:
                mask |= shadow.bits
            if _covered(entry.possible, table, mask):
                shadows = fewer
    names = join((f'"{shadow.rule.name}"' for shadow in shadows), _("en"))
    words = (
        _("Regel {names} staat ervoor en neemt alles over.").format(names=names)
        if len(shadows) == 1
        else _("De regels {names} staan ervoor en nemen samen alles over.").format(names=names)
    )
    keys = tuple(shadow.rule.key for shadow in shadows)
    return DeadRule(rule.key, rule.name, DeadBecause.SHADOWED, keys, words)


def _exists(boxes: Sequence[Box], table: Boxes, impossible: int) -> bool:
    return any(table.free_box(box, impossible)[0] is not None for box in boxes)


def _covered(boxes: Sequence[Box], table: Boxes, among: int) -> bool:
    return not _exists(boxes, table, among)


@dataclass(slots=True)
class _Reached:
    """Which organisations a question can ever come to."""

    live: Sequence[_Placed]
    table: Boxes
    space: Space
    vocabulary: Vocabulary
    offer: Offer
    on: date

    def missing(self, triage: str) -> tuple[str, ...]:
        """Give the organisations that take part, could pick up, and that nothing reaches."""
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
            and not any(self._by_chance(entry, slug) for entry in self.live)
        )

    def _by_chance(self, entry: _Placed, slug: str) -> bool:
        """Whether a rule that looks for a team or a service can find this organisation."""
        if entry.rule.to.kind is TargetKind.NEIGHBOURHOOD_TEAM:
            return any(
                self._left(entry, leads_in(team, self.vocabulary), 0)
                for team in self.vocabulary.teams.values()
                if team.organisation == slug
            )
        if entry.rule.to.kind is not TargetKind.FITTING_SERVICE:
            return False
        choice = services(entry.rule, self.vocabulary, self.offer, self.on)
        for service in choice:
            if service.organisation != slug:
                continue
            lighter = 0
            for other in choice:
                if other.has_always_room and other.layer < service.layer:
                    boxes = self.space.boxes(service_condition(other))
                    lighter |= self.table.add_all(boxes)
            if self._left(entry, service_condition(service), lighter):
                return True
        return False

    def _left(self, entry: _Placed, condition: Condition, before: int) -> bool:
        """Whether a rule can decide somewhere in a condition that nothing before it takes."""
        boxes = self.space.both(entry.condition, self.space.boxes(condition))
        return _exists(boxes, self.table, entry.earlier | before)


def _gone(spec: RuleSetSpec, vocabulary: Vocabulary, on: date) -> tuple[GoneTarget, ...]:
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
            result.append(GoneTarget(rule.key, rule.name, slug, words))
    return tuple(result)
