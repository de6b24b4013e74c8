"""Reading hours in words for residents."""

from datetime import time, timedelta

import pytest

from intake.ask.opening_hours import availability, clock, hours_in_words, join_words
from organisations.front_door import configuration as front_door
from tests.support import factories as make
from welzijn.core.working_days import OpeningHours

NINE_TO_FIVE = (time(9), time(17))


def test_days_in_a_row_with_the_same_hours_are_joined() -> None:
    hours = OpeningHours(dict.fromkeys(range(1, 6), (NINE_TO_FIVE,)))
    assert hours_in_words(hours) == [("Maandag tot en met vrijdag", "9.00 tot 17.00 uur")]


def test_other_hours_begin_a_new_line_and_a_closed_day_is_left_out() -> None:
    short = (time(9, 30), time(12))
    hours = OpeningHours({1: (NINE_TO_FIVE,), 2: (NINE_TO_FIVE,), 3: (short,), 5: (NINE_TO_FIVE,)})
    assert hours_in_words(hours) == [
        ("Maandag en dinsdag", "9.00 tot 17.00 uur"),
        ("Woensdag", "9.30 tot 12.00 uur"),
        ("Vrijdag", "9.00 tot 17.00 uur"),
    ]


def test_a_time_is_written_as_in_dutch() -> None:
    assert (clock(time(9)), clock(time(13, 5))) == ("9.00", "13.05")


@pytest.mark.parametrize(
    ("words", "joined"),
    [([], ""), (["a"], "a"), (["a", "b"], "a en b"), (["a", "b", "c"], "a, b en c")],
)
def test_words_are_joined_with_en(words: list[str], joined: str) -> None:
    assert join_words(words) == joined


@pytest.mark.django_db
def test_outside_reading_hours_the_next_day_is_named() -> None:
    front = front_door.of(make.world().partnership)
    assert availability(front, make.TUESDAY).now
    night = availability(front, make.TUESDAY.replace(hour=22))
    assert (night.now, night.today) == (False, False)
    assert night.day == make.TUESDAY.date() + timedelta(days=1)
