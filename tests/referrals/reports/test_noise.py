"""The published table of probabilities, and the noise of a group."""

import math
import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.reports.noise import PARTS, Figure, Noise, add, table

SETTINGS = [(1.0, 3), (1.5, 4), (2.0, 4), (2.5, 6), (5.0, 20)]


@pytest.mark.parametrize(("spread", "bound"), SETTINGS)
def test_the_table_is_unbiased_bounded_and_has_its_variance(spread: float, bound: int) -> None:
    parts = table(spread, bound)
    noises = range(-bound, bound + 1)
    assert len(parts) == len(noises)
    assert sum(parts) == PARTS
    assert min(parts) > 0
    assert sum(p * n for p, n in zip(parts, noises, strict=True)) == 0
    variance = sum(p * n * n for p, n in zip(parts, noises, strict=True)) / PARTS
    assert math.isclose(variance, spread**2, rel_tol=0.01)


def _entropy(probabilities: list[float]) -> float:
    return -sum(p * math.log(p) for p in probabilities if p > 0)


@given(st.integers(0, 2**32))
def test_no_other_table_with_its_mean_and_variance_has_more_entropy(seed: int) -> None:
    """Move along random directions that keep sum, mean and variance: the entropy only falls."""
    chance = random.Random(seed)
    bound = 4
    best = [part / PARTS for part in table(2.0, bound)]
    direction = [chance.uniform(-1, 1) for _n in best]
    rules = [[1.0] * 9, [float(n) for n in range(-4, 5)], [float(n * n) for n in range(-4, 5)]]
    bases: list[list[float]] = []
    for vector in [*rules, direction]:
        rest = list(vector)
        for base in bases:
            along = sum(a * b for a, b in zip(rest, base, strict=True))
            rest[:] = [a - along * b for a, b in zip(rest, base, strict=True)]
        length = math.sqrt(sum(a * a for a in rest)) or 1
        bases.append([a / length for a in rest])
    step = 0.01
    moved = [p + step * d for p, d in zip(best, bases[-1], strict=True)]
    assert _entropy(moved) < _entropy(best)


@pytest.mark.parametrize(("spread", "bound"), [(3.0, 4), (0.0, 4)])
def test_a_spread_that_does_not_fit_the_bound_is_refused(spread: float, bound: int) -> None:
    with pytest.raises(ValueError, match="twice"):
        table(spread, bound)


def test_a_group_has_one_figure_and_another_group_another() -> None:
    noise = Noise(2.0, 4, 1)
    same = {noise.protect(40, 12345, ("received", n)) for n in range(50)}
    assert len(same) == 1
    others = Counter(noise.protect(40, key, ("received",)).value for key in range(2000))
    assert set(others) == set(range(36, 45))
    assert abs(sum(v * n for v, n in others.items()) / 2000 - 40) < 0.2


def test_measures_of_one_group_have_noise_of_their_own() -> None:
    """Or two equal figures would say that all of them were helped."""
    noise = Noise(2.0, 4, 1)
    equal = sum(
        noise.protect(40, key, ("received",)) == noise.protect(40, key, ("helped",))
        for key in range(500)
    )
    assert equal < 150


def test_empty_groups_do_not_give_themselves_away() -> None:
    noise = Noise(2.0, 4, 7)
    values = Counter(noise.protect(0, 0, ("received", n)).value for n in range(500))
    assert set(values) == {0, 1, 2, 3, 4}
    assert noise.protect(0, 0, ("received", 1)) == noise.protect(0, 0, ("received", 1))
    assert Noise(2.0, 4, 8).secret != noise.secret


@pytest.mark.parametrize("shown", range(1, 4))
def test_a_small_figure_may_be_any_small_count(shown: int) -> None:
    """Nought to three are told apart by no figure."""
    noise = Noise(2.0, 4, 7)
    for count in range(4):
        figures = {noise.protect(count, key, ("received", key)).value for key in range(400)}
        assert {0, shown} <= figures


@given(st.integers(0, 300), st.integers(0, 2**32 - 1))
def test_the_true_count_lies_between_the_bounds(count: int, key: int) -> None:
    figure = Noise(2.0, 4, 3).protect(count, key, ("received", "here"))
    assert figure.lower <= count <= figure.upper
    assert abs(figure.value - count) <= 4


def test_a_sum_is_wider_than_its_parts_and_no_wider_than_they_together() -> None:
    one = Figure(20, 2.0, 4)
    assert add([one]) == one
    assert add([one] * 2).bound == 8
    total = add([one] * 12)
    assert (total.noisy, total.bound) == (240, 21)
