"""A percentage of two protected counts, with its uncertainty, against a target."""

import math
from dataclasses import dataclass
from enum import StrEnum

from referrals.reports.noise import Figure

_DEVIATIONS = 2
"""Standard deviations on each side: the true percentage lies between them in about 95 of 100."""


class Verdict(StrEnum):
    """Whether a target is reached, as far as the figures can tell."""

    REACHED = "reached"
    PROBABLY = "probably"
    PROBABLY_NOT = "probably_not"
    NOT_REACHED = "not_reached"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with its uncertainty, unrounded."""

    value: float
    lower: float
    upper: float

    def verdict(self, at_least: float | None) -> Verdict | None:
        """Compare with a target, before rounding and within the uncertainty."""
        if at_least is None:
            return None
        if self.lower >= at_least:
            return Verdict.REACHED
        if self.upper < at_least:
            return Verdict.NOT_REACHED
        return Verdict.PROBABLY if self.value >= at_least else Verdict.PROBABLY_NOT

    def verdict_below(self, at_most: float) -> Verdict:
        """Compare with a target that should not be passed."""
        if self.upper <= at_most:
            return Verdict.REACHED
        if self.lower > at_most:
            return Verdict.NOT_REACHED
        return Verdict.PROBABLY if self.value <= at_most else Verdict.PROBABLY_NOT


def of_count(figure: Figure) -> Estimate:
    """Return a protected count as an estimate."""
    return Estimate(figure.value, figure.lower, figure.upper)


def percentage(part: Figure, whole: Figure, smallest: int) -> Estimate | None:
    """Return part of whole in percent; None where the error would be larger than the figure.

    Both have noise of their own: that of the percentage follows by the delta method.
    """
    if whole.noisy < smallest:
        return None
    share = part.noisy / whole.noisy
    deviation = math.hypot(part.deviation, share * whole.deviation) / whole.noisy
    error = _DEVIATIONS * deviation
    if error > share:
        return None
    return Estimate(
        min(100.0, 100 * share),
        max(0.0, 100 * (share - error)),
        min(100.0, 100 * (share + error)),
    )
