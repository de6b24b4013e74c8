"""A log names pages and rows, never what somebody typed into an address."""

import pytest

from welzijn.core.ids import uuid7
from welzijn.monitoring.logged_paths import loggable_path
from welzijn.monitoring.logs import masked


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/", "/"),
        ("/vraag/", "/vraag/"),
        ("/vraag/quirina/", "/vraag/[...]/"),
        ("/niets/Quirina Zwaluwstaart/", "[onbekend adres]"),
        ("/aanbod/kijk/quirina-zwaluwstaart/", "/aanbod/kijk/[...]/"),
        ("/static/quirina.css", "/static/[...]"),
        ("quirina", "[onbekend adres]"),
    ],
)
def test_what_is_shown(path: str, shown: str) -> None:
    assert loggable_path(path) == shown


def test_the_id_of_a_row_is_shown() -> None:
    path = f"/vraagstuk/{uuid7()}/"
    assert masked(loggable_path(path)) == path
