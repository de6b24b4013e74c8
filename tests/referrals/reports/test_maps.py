"""The map of neighbourhoods: drawn from the file's borders, each with its name and figure."""

import re
from typing import Any

import pytest

from organisations.partnerships.models import Neighbourhood
from referrals.reports import maps
from referrals.reports.charts import Bar
from tests.support import factories as make

SQUARE = [[[5.0, 52.0], [5.2, 52.0], [5.2, 52.1], [5.0, 52.1], [5.0, 52.0]]]
TWO = [SQUARE, [[[5.3, 52.0], [5.4, 52.0], [5.4, 52.1], [5.3, 52.0]]]]


def test_areas_are_drawn_in_proportion_and_say_their_figure() -> None:
    rows = [("a", "Dorp", Bar(40, 36, 44)), ("b", "Kern", Bar(None)), ("c", "Zonder grens", Bar(9))]
    picture = maps.drawn("kaart", "Binnengekomen", rows, {"a": [SQUARE], "b": TWO})
    assert picture is not None
    assert [shape["opacity"] for shape in picture.shapes] == ["0.50", "0.00"]
    assert picture.shapes[1]["path"].count("M") == 2
    texts = [text["text"] for text in picture.texts]
    assert texts == ["Dorp", "40", "Kern", "?"]
    numbers = [
        [float(n) for n in point.split(",")]
        for point in re.findall(r"[\d.]+,[\d.]+", picture.shapes[0]["path"])
    ]
    wide = max(x for x, _y in numbers) - min(x for x, _y in numbers)
    high = max(y for _x, y in numbers) - min(y for _x, y in numbers)
    # A degree of longitude is shorter than one of latitude here: 0.2 by 0.1 degrees.
    assert wide / high == pytest.approx(2 * 0.6149, rel=0.01)
    assert all(0 <= x <= picture.width and 0 <= y <= picture.height for x, y in numbers)
    assert maps.drawn("kaart", "Binnengekomen", rows, {}) is None


@pytest.mark.django_db
def test_borders_come_from_the_file(here: make.World) -> None:
    place = Neighbourhood.objects.first()
    assert place is not None
    border: dict[str, Any] = {"type": "Polygon", "coordinates": SQUARE}
    Neighbourhood.objects.filter(pk=place.pk).update(border=border)
    assert maps.borders_of(here.partnership) == {str(place.pk): [SQUARE]}
