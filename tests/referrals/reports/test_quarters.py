"""Quarters, and the day on which the figures of one are published."""

from datetime import UTC, date, datetime

import pytest

from referrals.reports.quarters import (
    default_municipality,
    latest_quarter,
    publication_day,
    quarter_number,
    quarter_of,
)


@pytest.mark.parametrize(
    ("day", "first", "number"),
    [
        (date(2026, 1, 1), date(2026, 1, 1), 1),
        (date(2026, 3, 31), date(2026, 1, 1), 1),
        (date(2026, 4, 1), date(2026, 4, 1), 2),
        (date(2026, 12, 31), date(2026, 10, 1), 4),
    ],
)
def test_a_day_lies_in_its_quarter(day: date, first: date, number: int) -> None:
    assert (quarter_of(day), quarter_number(quarter_of(day))) == (first, number)


def test_the_last_quarter_is_published_on_the_fifteenth_in_amsterdam() -> None:
    assert publication_day(date(2026, 10, 1)) == date(2027, 1, 15)
    # In April midnight in Amsterdam is 22:00 UTC.
    assert latest_quarter(datetime(2026, 4, 14, 21, 59, tzinfo=UTC)) == date(2025, 10, 1)
    assert latest_quarter(datetime(2026, 4, 14, 22, 1, tzinfo=UTC)) == date(2026, 1, 1)


def test_an_unknown_municipality_counts_as_the_only_one_with_its_successor() -> None:
    assert default_municipality({"GM0273": "GM0273"}) == "GM0273"
    assert default_municipality({"GM1685": "GM1991", "GM1991": "GM1991"}) == "GM1991"
    assert default_municipality({"GM0743": "GM0743", "GM0847": "GM0847"}) == ""
    assert default_municipality({}) == ""
