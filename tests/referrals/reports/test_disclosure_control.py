"""Disclosure control: what it answers, what it takes together, and what it refuses."""

import random
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pytest

from referrals.reports import tables
from referrals.reports.disclosure_control import tabulate
from referrals.reports.noise import Noise
from referrals.reports.periods import parts_of
from referrals.reports.tables import KEYS, TOGETHER, Cell, Dimension, Query, Refused, Table

PLACE, DOMAIN, DOOR, MONTH = (
    Dimension.NEIGHBOURHOOD,
    Dimension.LIFE_DOMAIN,
    Dimension.CHANNEL,
    Dimension.MONTH,
)
CATEGORIES: Mapping[Dimension, Sequence[str]] = {
    PLACE: ["dorp", "kern", "buurtschap"],
    DOMAIN: ["geld", "vervoer"],
    DOOR: ["online", "phone"],
}
NOISE = Noise(2.0, 4, 99)


def people(*groups: tuple[int, str, str, int]) -> list[Cell]:
    chance = random.Random(3)
    return [
        Cell(
            {PLACE: place, DOMAIN: domain, DOOR: "online"},
            date(2026, month, 1),
            1,
            chance.randrange(KEYS),
        )
        for number, place, domain, month in groups
        for _n in range(number)
    ]


def ask(cells: list[Cell], rows: Dimension, smallest: int = 10, **query: Any) -> Table:
    requested = {"since": date(2026, 1, 1), "until": date(2027, 1, 1), **query}
    return tabulate(
        cells,
        Query("received", rows=rows, **requested),
        categories=CATEGORIES,
        noise=NOISE,
        smallest=smallest,
    )


LARGE = people(
    (60, "dorp", "geld", 2),
    (50, "kern", "vervoer", 2),
    (40, "kern", "geld", 5),
    (30, "buurtschap", "vervoer", 5),
)


def test_every_cell_is_shown_and_near_the_truth() -> None:
    table = ask(LARGE, DOMAIN, columns=PLACE)
    assert abs(table.figures["geld", "dorp"].value - 60) <= 4
    assert abs(table.figures["", "kern"].value - 90) <= 4
    assert abs(table.total.value - 180) <= 4
    assert table.figures["vervoer", "dorp"].upper >= 0


def test_the_same_group_has_the_same_figure_in_every_table() -> None:
    one = ask(LARGE, PLACE).figures["dorp", ""]
    assert ask(LARGE, DOMAIN, columns=PLACE).figures["geld", "dorp"] == one
    assert ask(LARGE, DOOR, filters={PLACE: "dorp"}).figures["online", ""] == one
    quarter = ask(LARGE, PLACE, since=date(2026, 1, 1), until=date(2026, 4, 1))
    assert quarter.figures["dorp", ""] == one
    month = ask(LARGE, PLACE, since=date(2026, 2, 1), until=date(2026, 3, 1))
    assert month.figures["dorp", ""] == one


def test_a_free_period_is_the_sum_of_parts_that_everybody_can_read() -> None:
    assert [part.since.month for part in parts_of(date(2026, 2, 1), date(2026, 8, 1))] == [
        2, 3, 4, 7,
    ]  # fmt: skip
    assert len(parts_of(date(2025, 1, 1), date(2027, 4, 1))) == 3
    free = ask(LARGE, PLACE, since=date(2026, 2, 1), until=date(2026, 7, 1))
    parts = [
        ask(LARGE, PLACE, since=part.since, until=part.until).figures["kern", ""]
        for part in parts_of(date(2026, 2, 1), date(2026, 7, 1))
    ]
    assert free.figures["kern", ""].noisy == sum(part.noisy for part in parts)
    assert abs(free.figures["kern", ""].value - 90) <= free.figures["kern", ""].bound


def test_small_places_are_taken_together_where_it_says_what_about() -> None:
    cells = people((60, "dorp", "geld", 2), (3, "kern", "vervoer", 2), (2, "buurtschap", "geld", 2))
    table = ask(cells, DOMAIN, columns=PLACE)
    assert table.columns == [TOGETHER]
    assert set(table.taken_together(PLACE)) == set(CATEGORIES[PLACE])
    cells += people((30, "kern", "geld", 4))
    table = ask(cells, DOMAIN, columns=PLACE)
    assert table.columns == ["dorp", TOGETHER]
    assert set(table.taken_together(PLACE)) == {"kern", "buurtschap"}
    assert len(ask(cells, PLACE).rows) == 3


def test_a_group_that_is_too_small_is_refused() -> None:
    cells = people((60, "dorp", "geld", 2), (2, "kern", "vervoer", 2))
    with pytest.raises(Refused, match=tables.TOO_FEW):
        ask(cells, DOMAIN, filters={PLACE: "kern"})
    with pytest.raises(Refused, match=tables.REST_TOO_FEW):
        ask(cells, DOMAIN, filters={PLACE: "dorp"})
    with pytest.raises(Refused, match=tables.TOO_MANY_CHOICES):
        ask(cells, PLACE, columns=DOOR, filters={DOMAIN: "geld"})
    with pytest.raises(Refused, match=tables.TOO_FEW):
        ask(people((2, "dorp", "geld", 2)), DOMAIN)


def test_a_month_with_few_questions_does_not_say_what_they_are_about() -> None:
    cells = people((60, "dorp", "geld", 2), (2, "dorp", "vervoer", 3))
    table = ask(cells, DOMAIN, columns=MONTH)
    assert table.columns == ["2026-02-01"]
    assert len(ask(cells, MONTH).rows) == 12


def test_two_divisions_of_people_are_guarded_as_what_they_ask_about_is() -> None:
    """Of somebody in a small place, the door would be told as well as the question."""
    cells = people((60, "dorp", "geld", 2), (2, "kern", "vervoer", 2))
    with pytest.raises(Refused, match=tables.TOO_FEW):
        ask(cells, DOOR, filters={PLACE: "kern"}, columns=MONTH)
    table = ask(cells + people((30, "kern", "geld", 4)), PLACE, columns=DOOR)
    assert table.rows[-1] == TOGETHER == table.columns[-1]
    assert "buurtschap" in table.taken_together(PLACE)
    assert table.taken_together(DOOR) == ["online", "phone"]
    assert len(ask(cells, PLACE, columns=MONTH).rows) == 3
