"""docs/asvs.md: each requirement once, with a known answer; what answers "yes" exists."""

import re
from collections import Counter

import pytest

from tests.platform.processes import CHECKOUT

PAGE = (CHECKOUT / "docs" / "asvs.md").read_text("utf-8")
LIST, _, BASELINE = PAGE.partition("## BIO2")
ANSWERS = {"yes", "partly", "no", "yours", "none"}
_ROW = re.compile(r"^\| ([\d., ]+) \| ([^|]+) \| ([^|]+) \| ([^|]*) ?\|$", re.MULTILINE)
_NAMED = re.compile(r"`((?:[\w.-]+/)*[\w.-]+(?:::\w+)?)`")


def _rows(text: str) -> list[tuple[list[str], str, str]]:
    return [
        ([one.strip() for one in row[1].split(",")], row[3].strip(), row[4].strip())
        for row in _ROW.finditer(text)
    ]


def _evidence(text: str) -> list[str]:
    """What is named between backticks and looks like a path or a test."""
    named = _NAMED.findall(text)
    return [one for one in named if "/" in one or one.endswith((".py", ".md", ".toml", ".yml"))]


@pytest.mark.parametrize(("text", "least"), [(LIST, 100), (BASELINE, 30)])
def test_each_number_stands_once_with_a_known_answer(text: str, least: int) -> None:
    rows = _rows(text)
    tables = [line for line in text.splitlines() if re.match(r"^\| [\d]", line)]
    assert len(rows) == len(tables)
    numbers = [number for row in rows for number in row[0]]
    assert len(numbers) >= least
    assert [number for number, times in Counter(numbers).items() if times > 1] == []
    assert {answer for _numbers, answer, _by in rows} <= ANSWERS
    form = r"\d{1,2}\.\d{1,2}\.\d{1,2}" if text is LIST else r"[58]\.\d{1,2}"
    assert [number for number in numbers if not re.fullmatch(form, number)] == []


def test_what_is_named_exists() -> None:
    gone = []
    for one in _evidence(PAGE):
        path, _, test = one.partition("::")
        file = CHECKOUT / path
        if not file.exists() or (test and f"def {test}(" not in file.read_text("utf-8")):
            gone.append(one)
    assert gone == []


def test_what_is_not_wholly_met_says_why() -> None:
    silent = [row for row in _rows(PAGE) if row[1] in {"partly", "no"} and not row[2]]
    assert silent == []
    # Passwords are asked of no service outside; nobody outside has looked.
    assert [row[0] for row in _rows(PAGE) if row[1] == "no"] == [["6.2.12"], ["5.35"]]
    assert len([row for row in _rows(LIST) if row[1] == "partly"]) >= 20
