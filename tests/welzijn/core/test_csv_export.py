"""Every CSV file escapes formulas, because there is one way to write one."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from welzijn.core import csv_export


@pytest.mark.parametrize(
    "typed",
    [
        "=1+1",
        "+cmd",
        "-cmd",
        "@SUM(A1)",
        "|x",
        "%x",
        "\tx",
        "\r=x",
        "  =x",
        "\uff1d1+1",
        "\u00a0=x",
        "\ufeff=x",
        "\u200b\u200e@x",
        " " * 60 + "=x",
        "\ufe66x",
        "\u2060 \u00ad+x",
    ],
)
def test_a_formula_is_text(typed: str) -> None:
    assert csv_export.escaped(typed) == f"'{typed}"


@pytest.mark.parametrize("typed", ["Stimenz", "-", "-3", "+4,5", "", "a=b", 12, None, 1.5])
def test_other_values_stay(typed: object) -> None:
    assert csv_export.escaped(typed) == typed


def test_no_other_code_writes_csv() -> None:
    root = Path(settings.BASE_DIR)
    writes = re.compile(r"csv\.(writer|DictWriter)|^from csv\b|text/csv", re.MULTILINE)
    found = {
        str(path.relative_to(root))
        for app in ("organisations", "intake", "referrals", "welzijn")
        for path in (root / app).rglob("*.py")
        if writes.search(path.read_text())
    }
    assert found == {"welzijn/core/csv_export.py"}
