"""What a draft gives to and takes from each organisation, on questions of the past."""

from datetime import date, timedelta

from organisations.partnerships.models import Partnership
from organisations.routing.models import RuleSet
from referrals.routing_review.backtest import count_past, run_backtest

PERIODS = (365, 90, 30, 7)
MOST = 50_000
"""The number of questions up to which a period is tried while somebody waits for the page."""


def figures(*, partnership: Partnership, draft: RuleSet, today: date) -> dict[str, tuple[int, int]]:
    """Return by organisation the questions that it would gain and lose, of the longest period
    that is tried within seconds."""
    since = today - timedelta(days=PERIODS[-1])
    for days in PERIODS:
        begin = today - timedelta(days=days)
        if count_past(partnership=partnership, since=begin, until=today) <= MOST:
            since = begin
            break
    found = run_backtest(partnership=partnership, draft=draft, since=since, until=today).found
    gains: dict[str, int] = {}
    loses: dict[str, int] = {}
    for (before, after), number in found.matrix.items():
        one, other = before.partition("/")[0], after.partition("/")[0]
        if one != other:
            loses[one] = loses.get(one, 0) + number
            gains[other] = gains.get(other, 0) + number
    return {slug: (gains.get(slug, 0), loses.get(slug, 0)) for slug in {*gains, *loses}}
