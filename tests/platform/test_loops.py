"""Every function of a text takes steps in proportion to it: no loop in a loop over what is typed.

Lines that run are counted, not timed. Patterns have a counter of their own (`test_patterns`).
"""

import contextlib
import gc
import importlib
import inspect
import pkgutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from types import FrameType, ModuleType
from typing import Any

import pytest

APPS = ("welzijn", "organisations", "intake", "referrals")
NOT_TYPED = (".devtools", ".migrations", ".management", ".locale", ".celery", ".wsgi", ".settings")
UNITS = ("a", " ", "1", "\n", "(", "a.", "x, ", "van de ")
SHORT, LONG = 100, 200
MOST = 200_000  # lines of one call


class _TooManyError(Exception):
    """More lines than any of these functions should run."""


def _modules() -> Iterator[ModuleType]:
    for app in APPS:
        package = importlib.import_module(app)
        for found in pkgutil.walk_packages(package.__path__, f"{app}."):
            if not any(part in f".{found.name}." for part in (f"{n}." for n in NOT_TYPED)):
                yield importlib.import_module(found.name)


def _of_one_text() -> dict[str, Callable[[str], Any]]:
    """Every function of ours whose one required argument is a text."""
    found: dict[str, Callable[[str], Any]] = {}
    for module in _modules():
        for name, one in vars(module).items():
            if not inspect.isfunction(one) or one.__module__ != module.__name__:
                continue
            required = [
                p
                for p in inspect.signature(one).parameters.values()
                if p.default is p.empty and p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)
            ]
            if len(required) == 1 and required[0].annotation in (str, "str"):
                if required[0].kind is inspect.Parameter.KEYWORD_ONLY:
                    continue
                found[f"{module.__name__}.{name}"] = one
    return found


def _lines(function: Callable[[str], Any], text: str) -> int:
    """Return how many lines ran; what the function makes of the text does not matter."""
    count = 0

    def of_line(_frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal count
        count += event == "line"
        if count > MOST:
            raise _TooManyError
        return of_line

    before = sys.gettrace()
    # A callback of the garbage collector would be counted, and stopped, in the function's place.
    gc.disable()
    sys.settrace(lambda _frame, _event, _argument: of_line)
    try:
        with contextlib.suppress(Exception):
            function(text)
    finally:
        sys.settrace(before)
        gc.enable()
    return count


def slow(function: Callable[[str], Any]) -> list[str]:
    """Return the units whose repetition takes more than its share of lines."""
    found = []
    for unit in UNITS:
        text = (unit * LONG)[:LONG] + "!"
        # What a function remembers of an earlier call is no part of its share.
        _lines(function, text[:2])
        first, second = _lines(function, text[:SHORT] + "!"), _lines(function, text)
        if second > 2.6 * first + 200:
            found.append(f"{unit!r}: {first} lines, twice the text {second}")
    return found


def test_a_function_of_a_text_takes_steps_in_proportion_to_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Whatever would start a program ends there.
    monkeypatch.setattr(subprocess, "Popen", None)
    functions = _of_one_text()
    assert len(functions) > 150
    assert "welzijn.core.text_cleaning.clean_text" in functions
    found = {name: wrong for name, one in functions.items() if (wrong := slow(one))}
    assert found == {}


def test_the_counter_notices_a_loop_in_a_loop() -> None:
    def pairs(text: str) -> int:
        return sum(1 for a in text for b in text if a == b)

    def once(text: str) -> int:
        return sum(1 for a in text if a == "b")

    assert slow(pairs)
    assert not slow(once)
