"""What a mutant changes: operators of cosmic-ray, and three for how Django code goes wrong."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cosmic_ray import plugins
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.operator import Example, Operator
from parso.python.tree import Keyword, Name

# cosmic-ray replaces each comparison by each other one. These move a limit or turn it around; the
# rest (`==` by `<=`) is killed by the same tests.
COMPARISONS = (
    "Eq_NotEq",
    "NotEq_Eq",
    "Lt_LtE",
    "Lt_GtE",
    "LtE_Lt",
    "LtE_Gt",
    "Gt_GtE",
    "Gt_LtE",
    "GtE_Gt",
    "GtE_Lt",
    "Is_IsNot",
    "IsNot_Is",
)
CORE = (
    *(f"core/ReplaceComparisonOperator_{change}" for change in COMPARISONS),
    *(f"core/ReplaceBinaryOperator_{change}" for change in ("Add_Sub", "Sub_Add", "Mul_Add")),
    "core/ReplaceUnaryOperator_Delete_Not",
    "core/ReplaceUnaryOperator_Delete_USub",
    "core/AddNot",
    "core/ReplaceTrueWithFalse",
    "core/ReplaceFalseWithTrue",
    "core/ReplaceAndWithOr",
    "core/ReplaceOrWithAnd",
    "core/ReplaceBreakWithContinue",
    "core/ReplaceContinueWithBreak",
    "core/NumberReplacer",
    "core/ZeroIterationForLoop",
)
LOOKUPS = {"lt": "lte", "lte": "lt", "gt": "gte", "gte": "gt"}


class DropKeyword(Operator):
    """Leave a keyword argument out: a condition of a filter, a lock, who did it."""

    def mutation_positions(self, node: Any) -> Iterator[tuple[Any, Any]]:
        if node.type == "arglist" and node.search_ancestor("decorator", "classdef") is None:
            for argument in _keywords(node):
                yield argument.start_pos, argument.end_pos

    def mutate(self, node: Any, index: int) -> Any:
        gone = list(_keywords(node))[index]
        place = node.children.index(gone)
        comma = slice(place, place + 2) if place == 0 else slice(place - 1, place + 1)
        del node.children[comma]
        return node

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        return (Example("f(a, b=1)", "f(a)"), Example("f(a=1, b=2)", "f(b=2)"))


class MoveLookup(Operator):
    """Make a limit in a query inclusive or exclusive: `at__lt` becomes `at__lte`."""

    def mutation_positions(self, node: Any) -> Iterator[tuple[Any, Any]]:
        if node.type == "name" and node.value.rpartition("__")[2] in LOOKUPS and "__" in node.value:
            yield node.start_pos, node.end_pos

    def mutate(self, node: Any, index: int) -> Any:
        field, _, lookup = node.value.rpartition("__")
        return Name(f"{field}__{LOOKUPS[lookup]}", node.start_pos, prefix=node.prefix)

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        return (Example("f(at__lt=1)", "f(at__lte=1)"),)


class DropStatement(Operator):
    """Leave out a call for its effect, or a change of an attribute."""

    def mutation_positions(self, node: Any) -> Iterator[tuple[Any, Any]]:
        if node.type == "simple_stmt" and _has_effect(node.children[0]):
            yield node.start_pos, node.end_pos

    def mutate(self, node: Any, index: int) -> Any:
        first = node.children[0]
        node.children[0] = Keyword("pass", first.start_pos, prefix=first.get_first_leaf().prefix)
        return node

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        return (Example("f()\n", "pass\n"), Example("a.b = 1\n", "pass\n"))


def _keywords(arglist: Any) -> Iterator[Any]:
    for child in arglist.children:
        if child.type == "argument" and child.children[1] == "=":
            yield child


def _has_effect(statement: Any) -> bool:
    if statement.type == "atom_expr":
        return True
    return (
        statement.type == "expr_stmt"
        and statement.children[1].type != "annassign"
        and (statement.children[0].type == "atom_expr" or statement.children[1] != "=")
    )


OWN: dict[str, type[Operator]] = {
    operator.__name__: operator for operator in (DropKeyword, MoveLookup, DropStatement)
}
plugins.OPERATOR_PROVIDERS["own"] = OWN


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change of one module."""

    path: str
    operator: str
    occurrence: int
    lines: tuple[int, int]
    was: str
    becomes: str
    source: str

    def __str__(self) -> str:
        return f"{self.path}:{self.lines[0]}: {self.was!r} -> {self.becomes!r}"


def mutants_of(path: str) -> list[Mutant]:
    """All mutants of a module, in order of lines; each change once."""
    code = Path(path).read_text()
    found: dict[str, Mutant] = {}
    for name in (*CORE, *(f"own/{own}" for own in OWN)):
        operator = plugins.get_operator(name)()
        positions = [
            (node, place)
            for node in ast_nodes(get_ast(code))
            for place in operator.mutation_positions(node)
        ]
        for occurrence, (node, (start, end)) in enumerate(positions):
            if node.search_ancestor("decorator") is not None:
                continue
            source = mutate_code(code, operator, occurrence)
            if source is None or source in found or not _parses(source):
                continue
            was, becomes = _difference(code, source)
            found[source] = Mutant(path, name, occurrence, (start[0], end[0]), was, becomes, source)
    return sorted(found.values(), key=lambda mutant: (mutant.lines, mutant.operator))


def _parses(source: str) -> bool:
    try:
        compile(source, "mutant", "exec")
    except SyntaxError:
        return False
    return True


def _difference(code: str, source: str) -> tuple[str, str]:
    """The lines that differ, without the space around them."""
    old, new = code.splitlines(), source.splitlines()
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    was, becomes = old[head : len(old) - tail], new[head : len(new) - tail]
    return " ".join(" ".join(was).split()), " ".join(" ".join(becomes).split())
