"""Convert the conditions of a rule between the file's form and the tree of the routing engine.

    als = { leeftijd = ["12-15", "16-17"], leefgebieden = ["opgroeien", "school"] }

Keys side by side all have to be true. `of = [{...}, {...}]` asks for at least one, `en = [...]`
for all, `niet = {...}` negates one, `gevaar = true` needs no values. `als = {}` is always
true. `to_file(read(x))` gives an equal tree: `read(to_file(c)) == c`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from organisations.partnership_file import words
from organisations.partnership_file.problems import FileProblem, key_of
from organisations.routing.conditions import (
    MAX_DEPTH,
    All,
    Any_,
    Condition,
    ConditionError,
    Leaf,
    Not,
    parse,
    to_json,
)
from organisations.routing.kinds import KINDS, ConditionKind, Parameter
from organisations.routing.vocabulary import Vocabulary

_BY_KIND = {kind: dutch for dutch, kind in words.CONDITIONS.items()}
_FORMS = ("en", "of", "niet")

Path = tuple[str | int, ...]


def known_conditions() -> dict[str, ConditionKind]:
    """Return every condition that a file can name; by its key where it has no Dutch word."""
    return {_BY_KIND.get(key, key): kind for key, kind in KINDS.items()}


def read(
    table: object, vocabulary: Vocabulary, path: Path, problems: list[FileProblem]
) -> Condition:
    """Read one `als`. Adds faults to `problems`; the result is only valid without any."""
    found = len(problems)
    condition = _Reader(vocabulary, problems).table(table, path, 1)
    if len(problems) == found:
        try:
            parse(to_json(condition))
        except ConditionError as error:
            problems.extend(FileProblem(key_of(path), p.message) for p in error.problems)
    return condition


class _Reader:
    """Reads one tree, collecting its faults."""

    def __init__(self, vocabulary: Vocabulary, problems: list[FileProblem]) -> None:
        self.vocabulary = vocabulary
        self.problems = problems
        self.known = known_conditions()

    def wrong(self, path: Path, message: str) -> Condition:
        self.problems.append(FileProblem(key_of(path), message))
        return All()

    def table(self, data: object, path: Path, depth: int) -> Condition:
        if depth > MAX_DEPTH:
            return self.wrong(path, f"Zet hoogstens {MAX_DEPTH} voorwaarden in elkaar.")
        if not isinstance(data, Mapping):
            return self.wrong(path, 'Schrijf een tabel, zoals { leefgebieden = ["geld"] }.')
        parts = [self.part(key, value, (*path, key), depth) for key, value in data.items()]
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def part(self, key: str, value: object, path: Path, depth: int) -> Condition:
        if key == "niet":
            return Not(self.table(value, path, depth + 1))
        if key in _FORMS:
            if not isinstance(value, Sequence) or isinstance(value, str):
                return self.wrong(path, "Schrijf een lijst van tabellen: [{ ... }, { ... }].")
            read = tuple(
                self.table(item, (*path, index), depth + 1) for index, item in enumerate(value)
            )
            return All(read) if key == "en" else Any_(read)
        kind = self.known.get(key)
        if kind is None:
            return self.wrong(path, words.unknown_slug_message(key, [*self.known, *_FORMS]))
        match kind.parameter:
            case Parameter.NOTHING:
                if not isinstance(value, bool):
                    return self.wrong(path, "Schrijf true (ja) of false (nee).")
                return Leaf(kind.key) if value else Not(Leaf(kind.key))
            case Parameter.NUMBER:
                if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 40:
                    return self.wrong(path, "Schrijf een heel getal van 1 tot en met 40.")
                return Leaf(kind.key, number=value)
            case Parameter.CHOICES:
                return self.choices(kind, value, path)

    def choices(self, kind: ConditionKind, value: object, path: Path) -> Condition:
        if isinstance(value, str) or not isinstance(value, Sequence) or not value:
            return self.wrong(path, 'Schrijf een lijst met minstens een waarde, zoals ["..."].')
        dimension = kind.choices or ""
        codes = []
        for index, item in enumerate(value):
            try:
                codes.append(self.code(dimension, item))
            except ValueError as error:
                self.wrong((*path, index), str(error))
        return Leaf(kind.key, tuple(dict.fromkeys(codes)))

    def code(self, dimension: str, item: object) -> str:
        if not isinstance(item, str):
            raise ValueError("Zet hier een tekst tussen aanhalingstekens.")  # noqa: TRY004 - one kind of fault
        if dimension in words.WORDS:
            return words.code(dimension, item)
        known = {_in_file(value): value for value in self.vocabulary.choices(dimension)}
        if item not in known:
            raise ValueError(words.unknown_slug_message(item, known))
        return known[item]


def _in_file(value: str) -> str:
    return "onbekend" if value == "unknown" else value


def to_file(condition: Condition) -> dict[str, Any]:
    """Return the `als` of a condition, with `en` where there is no short form."""
    match condition:
        case Leaf(kind, values, number):
            return {_BY_KIND.get(kind, kind): _value(kind, values, number)}
        case Not(Leaf(kind, (), None)):
            return {_BY_KIND.get(kind, kind): False}
        case Not(part):
            return {"niet": to_file(part)}
        case Any_(parts):
            return {"of": [to_file(part) for part in parts]}
        case All(()):
            return {}
        case All(parts):
            written = [to_file(part) for part in parts]
            merged: dict[str, Any] = {}
            for table in written:
                if len(table) != 1 or table.keys() & merged.keys():
                    return {"en": written}
                merged |= table
            return merged if len(merged) > 1 else {"en": written}


def _value(kind: str, values: tuple[str, ...], number: int | None) -> Any:
    if number is not None:
        return number
    if not values:
        return True
    spec = KINDS.get(kind)
    dimension = (spec.choices if spec else None) or ""
    if dimension in words.WORDS:
        return [words.word(dimension, value) for value in values]
    return [_in_file(value) for value in values]
