"""Measure the rules: how often each decided and was corrected, and a draft run on a past period.

Decisions hold no person; only questions that the user may see are listed.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from intake.questions.models import Decision, Question
from organisations.front_door import configuration as front_door
from organisations.front_door.configuration import FrontDoor
from organisations.front_door.past_offers import PastOffers
from organisations.partnerships.models import Partnership
from organisations.routing import Facts, compile_rules
from organisations.routing.models import RuleSet
from organisations.routing.ruleset import Rule
from organisations.routing.simulate import (
    PastQuestion,
    Simulation,
    Since,
    decided_now,
    simulate,
)
from organisations.rule_sets.drafts import spec_of
from referrals.routing_review.models import Correction
from welzijn.accounts.models import User
from welzijn.core.working_days import local_date, local_moment

LIST_LIMIT = 200


@dataclass(frozen=True, slots=True)
class RuleUsage:
    """How often a rule decided in a period, and how often a coordinator corrected that, and why."""

    decided: int
    corrected: int
    why: tuple[tuple[str, int], ...]

    @property
    def percentage(self) -> int:
        """Corrections per hundred decisions, rounded."""
        return round(100 * self.corrected / self.decided) if self.decided else 0


def usage_of_rules(*, partnership: Partnership, since: date) -> dict[str, RuleUsage]:
    """Return the usage since a day by rule key ('' for triage). Three queries at any size."""
    start = local_moment(since)
    decided = dict(
        Decision.objects.filter(partnership=partnership, at__gte=start)
        .order_by()
        .values_list("rule_key")
        .annotate(n=Count("*"))
    )
    corrected: dict[str, list[tuple[str, int]]] = {}
    rows = (
        Correction.objects.filter(partnership=partnership, decision__at__gte=start)
        .order_by()
        .values_list("decision__rule_key", "why")
        .annotate(n=Count("*"))
    )
    for key, why, number in rows:
        corrected.setdefault(key, []).append((str(Correction.Why(why).label), number))
    return {
        key: RuleUsage(
            decided.get(key, 0),
            sum(n for _reason, n in corrected.get(key, [])),
            tuple(sorted(corrected.get(key, []), key=lambda pair: -pair[1])),
        )
        for key in {*decided, *corrected}
    }


def past_questions(*, partnership: Partnership, since: date, until: date) -> Iterator[PastQuestion]:
    """Yield the decision of each question received from `since` to `until`, both inclusive."""
    rows = (
        Decision.objects.filter(
            partnership=partnership,
            at__gte=local_moment(since),
            at__lt=local_moment(until + timedelta(days=1)),
        )
        .order_by("at", "id")
        .annotate(text=Cast("facts", TextField()))
        .values_list("question_id", "text", "at", "organisation__slug", "team__slug")
    )
    read: dict[str, Facts] = {}
    # In a transaction: behind a pooler such as PgBouncer a cursor can't outlive one.
    with transaction.atomic(savepoint=False):
        for question_id, text, at, slug, team in rows.iterator(chunk_size=5000):
            facts = read.get(text)
            if facts is None:
                facts = read[text] = Facts.from_json(json.loads(text))
            yield PastQuestion(question_id, facts, local_date(at), slug, team)


def count_past(*, partnership: Partnership, since: date, until: date) -> int:
    """Return the number of decisions in a period, both days inclusive."""
    return Decision.objects.filter(
        partnership=partnership,
        at__gte=local_moment(since),
        at__lt=local_moment(until + timedelta(days=1)),
    ).count()


@dataclass(frozen=True, slots=True)
class Trial:
    """A draft on a past period: against the rules that hold now, and those against then.

    Each question finds the room of the day it came in; before `room_known_from` that of now (None:
    on every day). `outside` are the draft's rules that are not active on any day of the period: the
    trial says nothing about them.
    """

    found: Simulation
    since: Since
    outside: tuple[Rule, ...]
    room_known_from: date | None


def run_backtest(
    *,
    partnership: Partnership,
    draft: RuleSet,
    since: date,
    until: date,
    progress: Callable[[int], None] | None = None,
) -> Trial:
    """Return what a draft would decide for the questions of a period. Writes nothing."""
    front = front_door.of(partnership)
    spec = spec_of(draft, front)
    rooms = PastOffers(front, front.offer_now())
    then = Since()
    past = past_questions(partnership=partnership, since=since, until=until)
    found = simulate(
        compile_rules(spec, front.vocabulary),
        decided_now(front.rules, past, offer=rooms.on, since=then),
        offer=rooms.on,
        progress=progress,
    )
    outside = tuple(
        rule
        for rule in spec.rules
        if (rule.active_from is not None and rule.active_from > until)
        or (rule.active_until is not None and rule.active_until < since)
    )
    return Trial(found, then, outside, rooms.known_from)


def place_name(key: str, front: FrontDoor) -> str:
    """Return the name of a place in a simulation: an organisation or a team; triage is marked."""
    organisation, _slash, slug = key.partition("/")
    team = front.teams.get(slug)
    if team is None:
        return front.vocabulary.organisation_name(organisation)
    if team.pk == front.triage_team.pk:
        return _("{team} (triage)").format(team=team.name)
    return team.name


@dataclass(frozen=True, slots=True)
class MovedQuestion:
    """A question that would go elsewhere, as far as this user may see it."""

    question_id: UUID
    reference: str
    received: Any
    before: str
    after: str
    readable: bool


def moved_for(user: User, simulation: Simulation, front: FrontDoor) -> list[MovedQuestion]:
    """Return the moved questions that `user` may see, latest first, at most LIST_LIMIT."""
    by_id = {move.id: move for move in simulation.moves if move.id is not None}
    shown = list(
        Question.objects.listed_for(user)
        .filter(pk__in=list(by_id)[-5000:])
        .order_by("-received_at")
        .only("id", "reference", "received_at")[:LIST_LIMIT]
    )
    readable = set(
        Question.objects.visible_to(user)
        .filter(pk__in=[q.pk for q in shown])
        .values_list("pk", flat=True)
    )
    return [
        MovedQuestion(
            q.pk,
            q.reference,
            q.received_at,
            place_name(by_id[q.pk].before, front),
            place_name(by_id[q.pk].after, front),
            q.pk in readable,
        )
        for q in shown
    ]
