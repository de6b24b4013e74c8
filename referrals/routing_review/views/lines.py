"""The rules of a version in words, as lines on a screen."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest

from organisations.front_door import configuration as front_door
from organisations.front_door.configuration import FrontDoor
from organisations.partnerships.models import Partnership
from organisations.roles import decorators
from organisations.routing import describe, describe_target
from organisations.routing.analysis.difference import active_days
from organisations.routing.models import RuleSet
from organisations.routing.ruleset import Rule
from organisations.rule_sets.drafts import spec_of
from referrals.routing_review.backtest import RuleUsage
from welzijn.accounts.models import User
from welzijn.core import dates


@dataclass(frozen=True, slots=True)
class Line:
    """One rule in words, with its usage."""

    number: int
    key: str
    name: str
    when: str
    where: str
    reason: str
    dates: str
    used: RuleUsage | None


def moment_of(at: datetime) -> str:
    """Return a moment as a colleague says it: 'vandaag, 14.05'."""
    return dates.near_moment(at)


def here(request: HttpRequest) -> tuple[Partnership, User, FrontDoor]:
    """Return the partnership, the user and the front door of a request."""
    partnership, user = decorators.here(request)
    return partnership, user, front_door.of(partnership)


def lines(rule_set: RuleSet, front: FrontDoor, used: dict[str, RuleUsage]) -> list[Line]:
    """Return the rules of a version in words, in their order."""
    return [
        _line(number, rule, front, used.get(rule.key))
        for number, rule in enumerate(spec_of(rule_set, front).rules, start=1)
    ]


def _line(number: int, rule: Rule, front: FrontDoor, used: RuleUsage | None) -> Line:
    return Line(
        number,
        rule.key,
        rule.name,
        describe(rule.when, front.vocabulary),
        describe_target(rule, front.vocabulary),
        rule.reason,
        active_days(rule),
        used,
    )
