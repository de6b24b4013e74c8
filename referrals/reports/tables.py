"""What is asked for figures, and what comes back: dimensions, cells, queries and tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from referrals.reports.noise import Figure

KEYS = 2**32
"""Sums of keys are taken modulo this number."""
TOGETHER = "together"
"""The category of those that are too small to stand alone."""


class Dimension(StrEnum):
    """What figures can be divided by. A question is in exactly one category of each."""

    MUNICIPALITY = "municipality"
    NEIGHBOURHOOD = "neighbourhood"
    ORGANISATION = "organisation"
    LIFE_DOMAIN = "life_domain"
    CHANNEL = "channel"
    TEAM = "team"
    AGE = "age"
    LAYER = "layer"
    KIND = "kind"
    LANGUAGE = "language"
    SENDER = "sender"
    RECEIVER = "receiver"
    MONTH = "month"


ABOUT = frozenset({Dimension.LIFE_DOMAIN, Dimension.KIND, Dimension.LAYER})
"""Dimensions that say what somebody asked for, which others don't know of them."""


_OF_ALL = frozenset({Dimension.MUNICIPALITY, Dimension.MONTH, Dimension.SENDER, Dimension.RECEIVER})
"""Divisions that make no small groups of people: by place of all, by time, and of handovers."""


class Refused(Exception):  # noqa: N818 - an answer to who asks, not a fault
    """The group is too small for this question; `reason` is one of the constants below."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


TOO_FEW = "too_few"
REST_TOO_FEW = "rest_too_few"
TOO_MANY_CHOICES = "too_many_choices"


@dataclass(frozen=True, slots=True)
class Cell:
    """Questions in one combination of categories and one month: how many, and their keys' sum."""

    where: Mapping[Dimension, str]
    month: date
    count: int
    keys: int


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody asks. `until` is not included; both are first days of months."""

    measure: str
    since: date
    until: date
    rows: Dimension
    columns: Dimension | None = None
    filters: Mapping[Dimension, str] = field(default_factory=dict)

    @property
    def axes(self) -> tuple[Dimension, ...]:
        """Rows, and columns if there are any."""
        return (self.rows,) if self.columns is None else (self.rows, self.columns)

    @property
    def dimensions(self) -> frozenset[Dimension]:
        """Every dimension that the counts have to be divided by."""
        return frozenset((*self.axes, *self.filters)) - {Dimension.MONTH}

    @property
    def tells_what_about(self) -> bool:
        """Whether a figure of it says what questions are about."""
        return bool(ABOUT & {*self.axes, *self.filters})

    @property
    def divides_twice(self) -> bool:
        """Whether it divides by two things that may be told of a person, municipality apart.

        One of them can be known of somebody, and the other be the secret.
        """
        return len(self.dimensions - _OF_ALL) > 1

    @property
    def guarded_axes(self) -> Sequence[Dimension]:
        """The axes of which small categories are taken together."""
        if self.tells_what_about:
            return [axis for axis in self.axes if axis not in ABOUT]
        return self.axes if len(self.axes) > 1 else ()


Place = tuple[str, str]
"""Row and column; '' is the total."""


@dataclass(frozen=True, slots=True)
class Table:
    """The protected answer. Totals stand under ''. `together`: the categories taken together."""

    query: Query
    rows: Sequence[str]
    columns: Sequence[str]
    figures: Mapping[Place, Figure]
    together: Sequence[tuple[Dimension, str]] = ()

    def taken_together(self, dimension: Dimension) -> list[str]:
        """Return the categories of one axis that stand in one line."""
        return [name for axis, name in self.together if axis is dimension]

    @property
    def total(self) -> Figure:
        """The figure of everything in the table."""
        return self.figures["", ""]
