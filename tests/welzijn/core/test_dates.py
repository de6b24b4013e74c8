"""One parser and one formatter of days, for all of staff."""

import ast
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.utils import translation

from welzijn.core import dates

TODAY = date(2026, 11, 24)  # a Tuesday
ROOT = Path(__file__).parents[3]
APPS = ("welzijn", "organisations", "intake", "referrals")


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-12-05", date(2026, 12, 5)),
        ("5-12-2026", date(2026, 12, 5)),
        ("05/12/26", date(2026, 12, 5)),
        ("5.12", date(2026, 12, 5)),
        ("5 12", date(2026, 12, 5)),
        ("5 dec", date(2026, 12, 5)),
        ("za 5 dec.", date(2026, 12, 5)),
        ("Zaterdag 5 december", date(2026, 12, 5)),
        ("5 december 2027", date(2027, 12, 5)),
        ("3 mrt 2027", date(2027, 3, 3)),
        ("3 maart", date(2027, 3, 3)),
        ("4 januari", date(2027, 1, 4)),
        ("morgen", date(2026, 11, 25)),
        ("vandaag", TODAY),
        ("vrijdag", date(2026, 11, 27)),
        ("dinsdag", date(2026, 12, 1)),
        ("31 februari", None),
        ("31-2-2027", None),
        ("volgende week", None),
        ("5 foo", None),
        ("", None),
    ],
)
def test_what_is_typed_is_a_day_or_none(typed: str, day: date | None) -> None:
    assert dates.parse_day(typed, TODAY) == day


@pytest.mark.parametrize(
    "write", [dates.near_day, dates.named_day, dates.plain_day], ids=lambda one: one.__name__
)
def test_a_year_that_is_not_this_one_is_always_written(write) -> None:
    with translation.override("nl"):
        assert "2026" not in write(date(2026, 12, 5), TODAY)
        assert write(date(2027, 12, 5), TODAY).endswith(" 2027")
        assert write(date(2025, 12, 5), TODAY).endswith(" 2025")


def test_what_is_kept_has_its_year_and_a_moment_its_local_time() -> None:
    at = datetime(2027, 7, 1, 12, 30, tzinfo=UTC)
    with translation.override("nl"):
        assert dates.dated(TODAY) == "24 november 2026"
        assert dates.named_moment(at) == "donderdag 1 juli 2027, 14.30"
        assert dates.named_dated_moment(at) == "donderdag 1 juli 2027, 14.30"
        assert dates.dated_moment(at) == "1 juli 2027, 14.30"


def test_a_plan_made_on_a_leap_day_ends_on_a_day_that_is_there() -> None:
    assert dates.latest_plan(TODAY) == date(2028, 11, 24)
    assert dates.latest_plan(date(2028, 2, 29)) == date(2030, 2, 28)


def _sources() -> list[Path]:
    return [
        path
        for app in APPS
        for path in (ROOT / app).rglob("*.py")
        if path != ROOT / "welzijn/core/dates.py" and "migrations" not in path.parts
    ]


def test_no_other_code_formats_or_parses_a_day() -> None:
    """Django's formatter and date field are named in one file each; templates use the filters."""
    found = []
    may_name = {
        ROOT / "welzijn/core/form_fields.py",
        ROOT / "welzijn/devtools/styleguide.py",
        ROOT / "welzijn/core/date_formats.py",
    }
    for path in _sources():
        for node in ast.walk(ast.parse(path.read_text())):
            name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
            if (name == "date_format" and path not in may_name) or (
                name == "DateField" and "forms" in ast.dump(node) and path not in may_name
            ):
                found.append(f"{path.relative_to(ROOT)}: {name}")
    for path in (ROOT / "templates").rglob("*.*"):
        found += [
            f"{path.relative_to(ROOT)}: {hit}"
            for hit in re.findall(r"\|(?:date|time):", path.read_text())
        ]
    assert found == []
