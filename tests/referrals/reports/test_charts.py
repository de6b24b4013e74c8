"""Bars: their length is their number, and a line shows between which numbers it lies."""

from referrals.reports.charts import Bar, bars


def test_a_bar_is_as_long_as_its_number() -> None:
    rows = [("Geld", [Bar(10)]), ("Wonen", [Bar(5)]), ("Werk", [Bar(None)])]
    picture = bars("k", "title", "description", rows, [])
    long, short = (float(s["width"]) for s in picture.shapes if s["kind"] == "bar")
    assert long == 2 * short


def test_a_range_goes_from_the_lower_to_the_upper_bound() -> None:
    picture = bars("k", "title", "description", [("Geld", [Bar(10, 5, 20)])], [])
    (bar,) = (s for s in picture.shapes if s["kind"] == "bar")
    (line,) = (s for s in picture.shapes if s["kind"] == "range")
    start, length = float(bar["x"]), float(bar["width"])
    assert abs(float(line["x1"]) - start - length / 2) < 0.2
    assert abs(float(line["x2"]) - start - length * 2) < 0.2


def test_without_bounds_no_range_is_drawn() -> None:
    picture = bars("k", "title", "description", [("Geld", [Bar(10)])], [])
    assert [s["kind"] for s in picture.shapes if s["kind"] == "range"] == []
