"""Every regular expression takes steps in proportion to the text, whatever somebody types.

The steps of Python's matcher are counted (`regex_steps`), not timed. Each pattern of the code is
tried on texts that repeat what the pattern tells apart; twice the text may take twice the steps.
"""

import ast
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeGuard

import pytest

from intake.people import forms_of_address
from intake.questions import sentences
from organisations.routing import clause_order
from organisations.triage_hints.dutch_patterns import _PATTERNS as DANGER
from tests.platform import regex_steps
from tests.platform.processes import CHECKOUT
from tests.platform.regex_steps import (
    TooManyStepsError,
    characters,
    count,
    repeats_without_bound,
)
from welzijn.config.variables import VARIABLES
from welzijn.staff_forms import filling

APPS = ("welzijn", "organisations", "intake", "referrals")
# Run when the product is built or changed, over our own files.
OF_OUR_OWN_FILES = ("welzijn/devtools/", "welzijn/design_system/stylesheet_build.py")
# Patterns put together while running: what they become, with an example of the variable part.
PUT_TOGETHER = {
    ("organisations/services/glossary.py", "search"): [r"(?<!\w)schuldhulp(?!\w)"],
    ("organisations/routing/clause_order.py", "compile"): [
        order.pattern for order in clause_order.MAIN_ORDER
    ],
    ("welzijn/core/anonymity.py", "search"): [r"\bAnna de Vries\b"],
    ("intake/questions/sentences.py", "match"): [sentences.KEY],
    ("intake/people/forms_of_address.py", "sub"): [p for p, _ in forms_of_address.STEPS],
    ("organisations/triage_hints/dutch_patterns.py", "compile"): [],  # a test of their own
    ("welzijn/staff_forms/filling.py", "compile"): [filling.HAS_FIELDS.pattern.decode()],
    ("welzijn/config/environment.py", "fullmatch"): sorted(
        {variable.shape for variable in VARIABLES.values() if variable.shape}
    ),
    ("welzijn/staff_forms/filling.py", "sub"): [r'\schecked(?:="[^"]*")?(?=[\s/>])'],
}
ANCHORED = {"match", "fullmatch"}
CALLS = {"compile", "search", "match", "fullmatch", "sub", "split", "findall", "finditer"}
SHORT, LONG = 150, 300
PER_CHARACTER = 400  # steps; a bounded repeat may try its bound at each place


@dataclass(frozen=True)
class Found:
    """A pattern of the code; whole: it is only matched from the start of a text."""

    pattern: re.Pattern[str]
    whole: bool


def _patterns() -> Iterator[tuple[str, Found]]:
    for app in APPS:
        for path in sorted((CHECKOUT / app).rglob("*.py")):
            name = path.relative_to(CHECKOUT).as_posix()
            if name.startswith(OF_OUR_OWN_FILES) or "/migrations/" in name:
                continue
            source = path.read_text(encoding="utf-8")
            tree = ast.parse(source)
            named = {
                node.value: node.targets[0].id
                for node in ast.walk(tree)
                if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
            }
            for node in ast.walk(tree):
                if _is_of_re(node):
                    whole = node.func.attr in ANCHORED or _is_anchored(named.get(node), source)
                    for number, pattern in enumerate(_of_call(name, node)):
                        yield f"{name}:{node.lineno}:{number}", Found(pattern, whole)


def _is_of_re(node: ast.AST) -> TypeGuard[Any]:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "re"
        and node.func.attr in CALLS
    )


def _is_anchored(name: str | None, source: str) -> bool:
    used = set(re.findall(rf"\b{name}\.(\w+)\(", source)) if name else set()
    return bool(used) and used <= ANCHORED


def _of_call(name: str, call: Any) -> list[re.Pattern[str]]:
    flags = 0
    for node in ast.walk(call):
        if isinstance(node, ast.Attribute) and node.attr in {"IGNORECASE", "DOTALL", "MULTILINE"}:
            flags |= getattr(re, node.attr)
    written = call.args[0]
    if isinstance(written, ast.Constant):
        return [re.compile(str(written.value), flags)]
    return [re.compile(written, flags) for written in PUT_TOGETHER[name, call.func.attr]]


PATTERNS = dict(_patterns())


def _texts(pattern: re.Pattern[str], length: int) -> Iterator[str]:
    kinds = characters(pattern)
    units = [*kinds, *map("".join, itertools.permutations(kinds, 2))]
    for unit in units:
        repeated = (unit * length)[:length]
        yield repeated
        for end in "!a":
            yield repeated + end


def assert_linear(pattern: re.Pattern[str], *, whole: bool = False) -> None:
    for short, long in zip(_texts(pattern, SHORT), _texts(pattern, LONG), strict=True):
        first = count(pattern, short, most=PER_CHARACTER * SHORT, whole=whole)
        try:
            second = count(pattern, long, most=3 * first + 500, whole=whole)
        except TooManyStepsError:
            raise AssertionError(f"{pattern.pattern} on {long[:4]!r} repeated") from None
        assert second <= 3 * first + 500


@pytest.mark.parametrize("place", PATTERNS)
def test_a_pattern_takes_steps_in_proportion_to_the_text(place: str) -> None:
    found = PATTERNS[place]
    assert_linear(found.pattern, whole=found.whole)


def test_patterns_of_danger_take_steps_in_proportion_to_the_text() -> None:
    # One of each shape: which words stand between the repeats makes no difference.
    shapes = {re.sub(r"[a-z]+(\|[a-z]+)*", "x", p.pattern): p for _kind, p in DANGER.compiled}
    unbounded = [pattern for pattern in shapes.values() if repeats_without_bound(pattern)]
    assert unbounded
    for pattern in unbounded:
        words = re.findall(r"[a-z]{2,}", pattern.pattern)[:3]
        for unit in (f"{words[0]} ", " ".join(words) + " "):
            first = count(pattern, (unit * LONG)[:SHORT], most=PER_CHARACTER * SHORT)
            assert count(pattern, (unit * LONG)[:LONG], most=3 * first + 500)


@pytest.mark.parametrize(
    "slow", [r"[\w'-]{3,}(?:straat|weg)\s+\d+", r"(a+)+b", r"\s+$", r"[\w.]+@x", r"(a|aa)+b"]
)
def test_the_counter_notices_a_slow_pattern(slow: str) -> None:
    with pytest.raises((AssertionError, TooManyStepsError)):
        assert_linear(re.compile(slow))


@pytest.mark.parametrize("pattern", [r"a{2,3}b?c", r"(?<!\w)x(?!\w)", r"(a|b)*?c", r"^\s*[^a-c]+"])
def test_the_counter_follows_the_matcher(pattern: str) -> None:
    compiled = re.compile(pattern)
    for letters in itertools.product("abcx ", repeat=5):
        text = "".join(letters)
        assert _first_end(compiled, text) == (
            found.end() if (found := compiled.search(text)) else None
        )


def _first_end(pattern: re.Pattern[str], text: str) -> int | None:
    items = regex_steps.parser.parse(pattern.pattern)
    counter = regex_steps._Counter(text, pattern.flags, 10_000)
    for start in range(len(text) + 1):
        end = next(counter.ends(items, start), None)
        if end is not None:
            return end
    return None
