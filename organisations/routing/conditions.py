"""Conditions: a small tree of kinds with and, or and not, and its JSON form.

    {"all": [...]}   {"any": [...]}   {"not": {...}}
    {"is": "life_domains_any", "values": ["geld"]}   {"is": "life_domains_at_least", "number": 2}
    {"is": "danger"}

`{"all": []}` is always true, `{"any": []}` never. Trees are bounded (MAX_DEPTH, MAX_LEAVES)
so that people can read a rule and the engine can evaluate it quickly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from organisations.routing.facts import Facts, unknown_value_message
from organisations.routing.kinds import KINDS, ConditionKind, Parameter
from organisations.routing.vocabulary import Vocabulary

MAX_DEPTH = 5
MAX_LEAVES = 40
MAX_VALUES = 200
MAX_NUMBER = 40


class BrokenConditionError(Exception):
    """A stored condition that this version of the product can't evaluate."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One row: a kind with its values or its number."""

    kind: str
    values: tuple[str, ...] = ()
    number: int | None = None

    @property
    def parameter(self) -> frozenset[str] | int | None:
        """The second argument of the predicate."""
        spec = KINDS.get(self.kind)
        if spec is None:
            raise BrokenConditionError(self.kind)
        if spec.parameter is Parameter.CHOICES:
            return frozenset(self.values)
        return self.number if spec.parameter is Parameter.NUMBER else None


@dataclass(frozen=True, slots=True)
class All:
    """Every part is true."""

    parts: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Any_:  # noqa: N801 - `Any` is typing's
    """At least one part is true."""

    parts: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Not:
    """The part is not true."""

    part: Condition


Condition = Leaf | All | Any_ | Not
ALWAYS = All()


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault in a rule: `where` is the path to it, `message` says what is expected."""

    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"


class ConditionError(ValueError):
    """A condition that can't be read. `problems` lists every fault with its place."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("; ".join(map(str, problems)))


def parse(data: object, *, where: str = "when") -> Condition:
    """Read a condition from its JSON form. Raises ConditionError with every fault at once."""
    reader = _Reader()
    result = reader.read(data, where, 1)
    if reader.leaves > MAX_LEAVES:
        reader.add(where, _("Gebruik hoogstens {count} voorwaarden.").format(count=MAX_LEAVES))
    if reader.problems:
        raise ConditionError(reader.problems)
    return result


class _Reader:
    """Reads one tree, collecting its faults."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.leaves = 0

    def add(self, where: str, message: str) -> Condition:
        self.problems.append(Problem(where, message))
        return ALWAYS

    def read(self, data: object, where: str, depth: int) -> Condition:
        if depth > MAX_DEPTH:
            return self.add(
                where, _("Zet hoogstens {count} lagen in elkaar.").format(count=MAX_DEPTH)
            )
        if not isinstance(data, Mapping):
            return self.add(where, _('Geef een object met "all", "any", "not" of "is".'))
        forms = [form for form in ("all", "any", "not", "is") if form in data]
        if len(forms) != 1:
            return self.add(where, _('Gebruik precies een van "all", "any", "not" en "is".'))
        form = forms[0]
        if form == "is":
            return self._leaf(data, where)
        if len(data) > 1:
            extra = ", ".join(sorted(str(key) for key in data if key != form))
            self.add(
                where, _('Naast "{form}" mag niets staan: {extra}.').format(form=form, extra=extra)
            )
        if form == "not":
            return Not(self.read(data["not"], f"{where}.not", depth + 1))
        parts = data[form]
        if not isinstance(parts, list | tuple):
            return self.add(f"{where}.{form}", _("Geef een lijst van voorwaarden."))
        read = tuple(
            self.read(part, f"{where}.{form}[{index}]", depth + 1)
            for index, part in enumerate(parts[: MAX_LEAVES + 1])
        )
        if len(parts) > MAX_LEAVES:
            self.leaves = MAX_LEAVES + 1
        return All(read) if form == "all" else Any_(read)

    def _leaf(self, data: Mapping[str, Any], where: str) -> Condition:
        self.leaves += 1
        key = data["is"]
        spec = KINDS.get(key) if isinstance(key, str) else None
        if spec is None:
            return self.add(f"{where}.is", unknown_value_message(str(key), KINDS))
        wanted = {Parameter.CHOICES: "values", Parameter.NUMBER: "number"}.get(spec.parameter)
        for extra in sorted(str(name) for name in data if name not in {"is", wanted}):
            self.add(f"{where}.{extra}", _('Dit hoort niet bij "{kind}".').format(kind=key))
        if wanted is None:
            return Leaf(spec.key)
        if wanted not in data:
            return self.add(where, _('Hier mist "{name}".').format(name=wanted))
        if wanted == "number":
            number = data["number"]
            if (
                isinstance(number, bool)
                or not isinstance(number, int)
                or not (1 <= number <= MAX_NUMBER)
            ):
                return self.add(
                    f"{where}.number",
                    _("Geef een heel getal van 1 tot en met {count}.").format(count=MAX_NUMBER),
                )
            return Leaf(spec.key, number=number)
        values = data["values"]
        if not isinstance(values, list | tuple) or not all(isinstance(v, str) for v in values):
            return self.add(f"{where}.values", _("Geef een lijst van waarden."))
        if not values:
            return self.add(f"{where}.values", _("Kies minstens een waarde."))
        if len(values) > MAX_VALUES:
            return self.add(
                f"{where}.values", _("Kies hoogstens {count} waarden.").format(count=MAX_VALUES)
            )
        return Leaf(spec.key, values=tuple(dict.fromkeys(values)))


def parse_stored(data: object) -> Condition:
    """Read a condition that was valid when it was published.

    A condition that can no longer be read becomes one that fails when evaluated: questions that
    reach it go to triage, and the other rules still work.
    """
    try:
        return parse(data)
    except ConditionError:
        return Leaf("broken")


def to_json(condition: Condition) -> dict[str, Any]:
    """Return the JSON form; `parse(to_json(c)) == c`."""
    match condition:
        case All(parts):
            return {"all": [to_json(part) for part in parts]}
        case Any_(parts):
            return {"any": [to_json(part) for part in parts]}
        case Not(part):
            return {"not": to_json(part)}
        case Leaf(kind, values, number):
            if number is not None:
                return {"is": kind, "number": number}
            return {"is": kind, "values": list(values)} if values else {"is": kind}


def leaves(condition: Condition) -> Iterator[Leaf]:
    """Yield every leaf of the tree, from left to right."""
    match condition:
        case Leaf():
            yield condition
        case Not(part):
            yield from leaves(part)
        case All(parts) | Any_(parts):
            for part in parts:
                yield from leaves(part)


def unknown_values(condition: Condition, vocabulary: Vocabulary, *, where: str) -> list[Problem]:
    """List the values that the partnership does not (or no longer) have."""
    problems = []
    for leaf in leaves(condition):
        spec = KINDS.get(leaf.kind)
        if spec is None:
            problems.append(Problem(where, _("Deze soort voorwaarde bestaat niet meer.")))
            continue
        if spec.choices is None:
            continue
        known = vocabulary.choices(spec.choices)
        problems.extend(
            Problem(f"{where} ({spec.label})", unknown_value_message(value, known))
            for value in leaf.values
            if value not in known
        )
    return problems


def plain_test(leaf: Leaf) -> Callable[[Facts], bool]:
    """Return the leaf as a plain function of the facts. Raises BrokenConditionError."""
    spec = KINDS.get(leaf.kind)
    if spec is None:
        raise BrokenConditionError(leaf.kind)
    test, parameter = spec.test, leaf.parameter

    def check(facts: Facts) -> bool:
        answer = test(facts, parameter)
        if not isinstance(answer, bool):
            # django-rules reads None as "skip", which would count as a match.
            raise BrokenConditionError(leaf.kind)
        return answer

    return check


def kind_of(leaf: Leaf) -> ConditionKind | None:
    """Return the registered kind of a leaf, None where it is broken."""
    return KINDS.get(leaf.kind)
