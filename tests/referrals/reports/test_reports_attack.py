"""An attacker with every published table, the rule and time may not learn a small number.

They know the rule of `protection.py` in full, except what was drawn. For a list that they see they
can make every table that the rule could have turned into it; what all these tables agree on, they
know. Of a protected figure they may know nothing but that it is below the threshold.
"""

import itertools
import random
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referrals.reports.protection import Protected, protect

THRESHOLD = 5


def outcomes(figures: Sequence[int], threshold: int) -> Iterator[tuple[int | None, ...]]:
    """Every list that the rule can show of these figures, whatever is drawn."""
    if sum(figures) < threshold:
        yield (None,) * len(figures)
        return
    small = {n for n, figure in enumerate(figures) if figure < threshold}
    if not small:
        yield tuple(figures)
        return
    rest = [n for n in range(len(figures)) if n not in small]
    seen = set()
    for order in itertools.permutations(rest):
        hidden = set(small)
        for n in order:
            if len(hidden) >= 2 and sum(figures[k] for k in hidden) >= 2 * threshold:
                break
            hidden.add(n)
        shown = tuple(None if n in hidden else figure for n, figure in enumerate(figures))
        if shown not in seen:
            seen.add(shown)
            yield shown


def completions(shown: Sequence[int | None], total: int) -> Iterator[list[int]]:
    """Every table with these shown figures and this total."""
    hidden = [n for n, figure in enumerate(shown) if figure is None]
    rest = total - sum(figure for figure in shown if figure is not None)
    if not hidden:
        yield [figure or 0 for figure in shown]
        return
    for parts in itertools.product(range(rest + 1), repeat=len(hidden) - 1):
        last = rest - sum(parts)
        if last < 0:
            continue
        table = [figure or 0 for figure in shown]
        for n, value in zip(hidden, [*parts, last], strict=True):
            table[n] = value
        yield table


def what_can_be(shown: Sequence[int | None], total: int, threshold: int) -> list[set[int]]:
    """For each category every value that fits what is shown and the rule."""
    possible: list[set[int]] = [set() for _figure in shown]
    for table in completions(shown, total):
        if tuple(shown) in set(outcomes(table, threshold)):
            for n, value in enumerate(table):
                possible[n].add(value)
    return possible


def all_tables(categories: int, highest: int) -> Iterator[tuple[int, ...]]:
    return itertools.product(range(highest + 1), repeat=categories)


@pytest.mark.parametrize(("categories", "highest"), [(2, 14), (3, 9), (4, 6)])
def test_no_small_figure_of_any_table_can_be_narrowed_down(categories: int, highest: int) -> None:
    """From this many categories and up to that highest figure, all there are."""
    known: dict[tuple[tuple[int | None, ...], int], list[set[int]]] = {}
    tried = 0
    for figures in all_tables(categories, highest):
        total = sum(figures)
        for shown in outcomes(figures, THRESHOLD):
            if total < THRESHOLD:
                assert set(shown) == {None}
                continue
            if (shown, total) not in known:
                known[shown, total] = what_can_be(shown, total, THRESHOLD)
            for n, figure in enumerate(figures):
                if figure < THRESHOLD:
                    tried += 1
                    assert set(range(THRESHOLD)) <= known[shown, total][n], (figures, shown)
    assert tried


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.integers(0, 60), min_size=1, max_size=20),
    st.integers(5, 15),
    st.integers(0, 2**32),
)
def test_what_is_shown_is_one_of_the_outcomes_of_the_rule(
    figures: list[int], threshold: int, seed: int
) -> None:
    """And the interval of every hidden figure holds everything below the threshold."""
    shown = protect(dict(enumerate(figures)), threshold, random.Random(seed))
    total = sum(figures)
    if total < threshold:
        assert shown == Protected(None, dict.fromkeys(range(len(figures))))
        return
    assert shown.total == total
    hidden = [n for n, figure in shown.figures.items() if figure is None]
    rest = total - sum(f for f in shown.figures.values() if f is not None)
    for n, figure in enumerate(figures):
        assert shown.figures[n] in (None, figure)
        if figure < threshold:
            assert n in hidden
    if any(figure < threshold for figure in figures):
        assert len(hidden) >= 2
        assert rest >= 2 * threshold or len(hidden) == len(figures)
        assert rest >= threshold


def test_each_larger_figure_can_be_drawn_but_a_smaller_one_is_likelier() -> None:
    drawn = {"groot": 0, "middel": 0, "klein genoeg": 0}
    for seed in range(400):
        shown = protect(
            {"heel klein": 3, "klein genoeg": 25, "middel": 60, "groot": 120},
            10,
            random.Random(seed),
        )
        (also,) = [k for k, n in shown.figures.items() if n is None and k != "heel klein"]
        drawn[also] += 1
    assert drawn["klein genoeg"] > drawn["middel"] > drawn["groot"] > 0


def test_a_count_can_not_be_negative() -> None:
    with pytest.raises(ValueError, match="negative"):
        protect({"a": -1}, 5)
