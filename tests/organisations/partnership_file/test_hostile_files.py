"""A file that is huge, deep or absurd gets a sentence, in steps that grow with its size.

Steps are the calls that Python makes while it reads the file: no test depends on time.
"""

import sys
from types import FrameType
from typing import Any

import pytest

from organisations.partnership_file.problems import MAX_PROBLEMS, FileProblemsError
from organisations.partnership_file.reading import read

HOSTILE = {
    "unknown keys": lambda n: "\n".join(f"onbekend{i} = 1" for i in range(n)),
    "unknown tables": lambda n: "\n".join(f"[onbekend{i}]\na = 1" for i in range(n)),
    "unknown keys in a table": lambda n: "[[aanbod]]\n" + "\n".join(f"x{i} = 1" for i in range(n)),
    "services without anything": lambda n: "[[aanbod]]\n" * n,
    "a deep key": lambda n: "a." * n + "b = 1",
    "a deep heading": lambda n: "[" + "a." * n + "b]",
    "a list of unknown domains": lambda n: (
        f"[[regels]]\nals = {{ leefgebieden = [{','.join(map(repr, map(str, range(n))))}] }}"
    ),
    "a long key": lambda n: "a" * n + " = 1",
    "blank lines": lambda n: "\n" * n + "x",
    "blanks": lambda n: " " * n + "x",
}


def problems_and_steps(text: str) -> tuple[FileProblemsError, int]:
    steps = 0

    def count(_frame: FrameType, _event: str, _arg: Any) -> None:
        nonlocal steps
        steps += 1

    sys.setprofile(count)
    try:
        with pytest.raises(FileProblemsError) as refused:
            read(text.encode(), source="x.toml")
    finally:
        sys.setprofile(None)
    return refused.value, steps


@pytest.mark.parametrize("kind", HOSTILE)
def test_steps_grow_with_the_file(kind: str) -> None:
    _problems, first = problems_and_steps(HOSTILE[kind](1_500))
    refused, second = problems_and_steps(HOSTILE[kind](3_000))
    assert second < 2.3 * first + 5_000
    assert len(refused.problems) <= MAX_PROBLEMS + 1


def test_what_is_not_listed_is_counted() -> None:
    refused, _steps = problems_and_steps(HOSTILE["unknown keys"](1_000))
    assert "andere fouten" in str(refused.problems[-1])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a = 1\nslug = " + "9" * 5_000, "regel 2: Hier staat een getal met veel te veel cijfers."),
        ("a = 1\n" + "b." * 500 + "c = 1", "regel 2: Deze sleutel heeft te veel punten."),
        ("x = " + "[" * 3_000 + "]" * 3_000, "In dit bestand staan te veel haken in elkaar."),
    ],
)
def test_the_sentence_says_what_and_where(text: str, expected: str) -> None:
    refused, _steps = problems_and_steps(text)
    assert [str(problem) for problem in refused.problems] == [expected]
