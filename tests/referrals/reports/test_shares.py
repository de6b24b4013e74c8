"""A percentage of protected counts, and whether it reaches a target."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.reports.noise import Figure, Noise
from referrals.reports.shares import Verdict, of_count, percentage

NOISE = Noise(2.0, 4, 1)


def figure(number: int) -> Figure:
    return Figure(number, 2.0, 4)


@pytest.mark.parametrize(
    ("part", "whole", "target", "verdict"),
    [
        (790, 1000, 75, Verdict.REACHED),
        (72, 79, 75, Verdict.REACHED),
        (795, 1000, 80, Verdict.PROBABLY_NOT),
        (805, 1000, 80, Verdict.PROBABLY),
        (500, 1000, 80, Verdict.NOT_REACHED),
        (800, 1000, None, None),
    ],
)
def test_a_target_is_compared_before_rounding_and_within_the_uncertainty(
    part: int, whole: int, target: int | None, verdict: Verdict | None
) -> None:
    found = percentage(figure(part), figure(whole), 10)
    assert found is not None
    assert found.verdict(target) == verdict


def test_a_percentage_with_an_error_larger_than_itself_is_refused() -> None:
    assert percentage(figure(3), figure(40), 10) is None
    assert percentage(figure(5), figure(9), 10) is None
    assert percentage(figure(60), figure(60), 10) is not None


def test_a_count_is_compared_with_its_bounds() -> None:
    assert of_count(figure(30)).verdict(26) is Verdict.REACHED
    assert of_count(figure(30)).verdict(27) is Verdict.PROBABLY
    assert of_count(figure(30)).verdict(35) is Verdict.NOT_REACHED


@given(st.integers(40, 400), st.floats(0.3, 1.0), st.integers(0, 2**30))
def test_the_true_percentage_lies_within_three_deviations(
    whole: int, share: float, key: int
) -> None:
    part = round(whole * share)
    found = percentage(
        NOISE.protect(part, key, ("helped",)), NOISE.protect(whole, key + 1, ("closed",)), 10
    )
    if found is None:
        return
    error = max(found.upper - found.value, found.value - found.lower)
    assert abs(found.value - 100 * part / whole) <= 2.1 * error
