"""Simulate a draft on the questions of a past period.

Every question is decided with the draft, on the day it was received, with the offer of that day as
far as the caller knows it. Permission to open the questions found is up to the caller.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from organisations.routing.decide import Choice, CompiledRuleSet
from organisations.routing.facts import Facts
from organisations.routing.offer import NO_OFFER, Offer
from organisations.routing.ruleset import Triage

Week = tuple[int, int]
"""An ISO year and week: 2026 has 53 of them."""
PROGRESS_EVERY = 1000
OfferOn = Callable[[date], Offer]
"""The offer of a day."""


@dataclass(frozen=True, slots=True)
class PastQuestion:
    """A past question: its facts, the local day it came in, and who picked it up."""

    id: Any
    facts: Facts
    received: date
    organisation: str
    team: str | None = None


def place(organisation: str, team: str | None) -> str:
    """Return one key for an organisation, or one of its teams ('stimenz/toegang').

    A team counts apart: a question that goes from an organisation to the triage team it hosts has
    moved.
    """
    return organisation if team is None else f"{organisation}/{team}"


@dataclass(frozen=True, slots=True)
class Move:
    """A question that the draft would send elsewhere.

    `rule` is the key of the draft's rule, None for triage.
    """

    id: Any
    before: str
    after: str
    rule: str | None


@dataclass(frozen=True, slots=True)
class Simulation:
    """The effect of a draft on past questions.

    `matrix` counts questions by (place then, place with the draft), including those that stay; see
    `place`. `weeks` is the change in the number of questions per place and ISO week. `moves` lists
    the questions that would go elsewhere, in the order given.
    """

    total: int
    moves: tuple[Move, ...]
    matrix: dict[tuple[str, str], int]
    weeks: dict[str, dict[Week, int]]
    rules: dict[str | None, int]
    faults: dict[str, int]

    @property
    def moved(self) -> int:
        """The number of questions that would go elsewhere."""
        return len(self.moves)

    def to_json(self) -> dict[str, Any]:
        """Return the figures as JSON, without the moves."""
        return {
            "total": self.total,
            "moved": self.moved,
            "matrix": [
                {"from": before, "to": after, "count": count}
                for (before, after), count in sorted(self.matrix.items())
            ],
            "weeks": {
                slug: {f"{year}-W{week:02}": change for (year, week), change in sorted(w.items())}
                for slug, w in sorted(self.weeks.items())
            },
            "rules": [{"rule": rule, "count": count} for rule, count in self.rules.items()],
            "faults": self.faults,
        }


def _place_of(choice: Choice, triage: Triage) -> str:
    if choice.destination is None:
        return place(triage.organisation, triage.team)
    return place(
        choice.destination.organisation,
        choice.destination.team.slug if choice.destination.team else None,
    )


@dataclass(slots=True)
class Since:
    """What changed between the decisions of then and the rules that hold now.

    `counts` is by (place then, place by today's rules), including those that stay.
    """

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def moved(self) -> int:
        """The number of questions that today's rules would decide otherwise than then."""
        return sum(n for (then, now), n in self.counts.items() if then != now)


def decided_now(
    current: CompiledRuleSet,
    past: Iterable[PastQuestion],
    *,
    offer: OfferOn,
    since: Since,
) -> Iterator[PastQuestion]:
    """Yield past questions as the rules that hold now would decide them.

    A draft is compared with those: the decisions of then were made by other rules, with other
    room. The difference between both is counted in `since`.
    """
    known: dict[tuple[Facts, date], tuple[str, str | None]] = {}
    triage = current.spec.triage
    for question in past:
        key = (question.facts, question.received)
        found = known.get(key)
        if found is None:
            choice = current.choose(
                question.facts, on=question.received, offer=offer(question.received)
            )
            to = choice.destination
            found = known[key] = (
                (triage.organisation, triage.team)
                if to is None
                else (to.organisation, to.team.slug if to.team else None)
            )
        since.counts[place(question.organisation, question.team), place(*found)] += 1
        yield PastQuestion(question.id, question.facts, question.received, *found)


def simulate(
    draft: CompiledRuleSet,
    past: Iterable[PastQuestion],
    *,
    offer: OfferOn = lambda _day: NO_OFFER,
    progress: Callable[[int], None] | None = None,
) -> Simulation:
    """Decide past questions with a draft, and compare with who picked them up.

    `progress` is called with the number done, every PROGRESS_EVERY questions and at the end;
    an exception it raises stops the simulation. Questions with the same facts on the same day
    are decided once. Reads only.
    """
    total = 0
    moves: list[Move] = []
    matrix: Counter[tuple[str, str]] = Counter()
    weeks: dict[str, Counter[Week]] = {}
    rules: Counter[str | None] = Counter()
    faults: Counter[str] = Counter()
    decided: dict[tuple[Facts, date], tuple[str, str | None, str | None]] = {}
    week_of: dict[date, Week] = {}
    for question in past:
        key = (question.facts, question.received)
        found = decided.get(key)
        if found is None:
            choice = draft.choose(
                question.facts, on=question.received, offer=offer(question.received)
            )
            found = decided[key] = (
                _place_of(choice, draft.spec.triage),
                choice.rule.key if choice.rule else None,
                choice.fault.rule if choice.fault else None,
            )
        after, rule, fault = found
        total += 1
        rules[rule] += 1
        if fault is not None:
            faults[fault] += 1
        before = place(question.organisation, question.team)
        matrix[before, after] += 1
        if before != after:
            moves.append(Move(question.id, before, after, rule))
            week = week_of.get(question.received)
            if week is None:
                week = week_of[question.received] = question.received.isocalendar()[:2]
            weeks.setdefault(before, Counter())[week] -= 1
            weeks.setdefault(after, Counter())[week] += 1
        if progress is not None and total % PROGRESS_EVERY == 0:
            progress(total)
    if progress is not None:
        progress(total)
    return Simulation(
        total=total,
        moves=tuple(moves),
        matrix=dict(matrix),
        weeks={slug: {w: n for w, n in counts.items() if n} for slug, counts in weeks.items()},
        rules=dict(rules.most_common()),
        faults=dict(faults),
    )
