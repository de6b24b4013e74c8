"""Conditions on the offer as conditions on the facts, for the completeness check.

Whether somebody else has an open service follows from the services. One that can fill up may be
open or full, so a safety net has two bounds: where it may hold, and where it surely does.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from organisations.routing.analysis.target_conditions import suit_any
from organisations.routing.conditions import All, Any_, Condition, Leaf, Not
from organisations.routing.offer import Offer, ServiceOffer
from organisations.routing.vocabulary import Vocabulary

Counts = Callable[[ServiceOffer], bool]


def bounds(
    condition: Condition, vocabulary: Vocabulary, offer: Offer, on: date
) -> tuple[Condition, Condition]:
    """Return where a condition may hold, and where it surely does, whatever is full."""
    part = [s for s in offer.services if vocabulary.takes_part(s.organisation, on)]
    always = [s for s in part if s.never_full]
    sometimes = [s for s in part if s.capacity != 0]
    return (
        _rewritten(condition, open_=always, closed=sometimes),
        _rewritten(condition, open_=sometimes, closed=always),
    )


def as_it_is_now(condition: Condition, vocabulary: Vocabulary, offer: Offer, on: date) -> Condition:
    """Return a condition with the services that have room at this moment."""
    now = open_now(vocabulary, offer, on)
    return _rewritten(condition, open_=now, closed=now)


def open_now(vocabulary: Vocabulary, offer: Offer, on: date) -> list[ServiceOffer]:
    """Return the services that have room at this moment."""
    return [s for s in offer.services if s.has_room and vocabulary.takes_part(s.organisation, on)]


def _rewritten(
    condition: Condition, *, open_: list[ServiceOffer], closed: list[ServiceOffer]
) -> Condition:
    """Replace each safety net by "none of these services suits"; below a "not" the other list."""
    match condition:
        case Leaf("safety_net", values):
            return Not(suit_any([s for s in open_ if s.organisation not in values]))
        case Leaf():
            return condition
        case Not(part):
            return Not(_rewritten(part, open_=closed, closed=open_))
        case All(parts):
            return All(tuple(_rewritten(p, open_=open_, closed=closed) for p in parts))
        case Any_(parts):
            return Any_(tuple(_rewritten(p, open_=open_, closed=closed) for p in parts))
