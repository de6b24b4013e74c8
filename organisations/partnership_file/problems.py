"""Faults in a partnership file, in Dutch: the key, the line, and what is expected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from organisations.partnership_file.words import unknown_slug_message

MAX_PROBLEMS = 200
"""More than anybody reads at once; a file of another kind would give thousands."""


@dataclass(frozen=True, slots=True)
class FileProblem:
    """One fault. `key` is the path to it, such as `regels[3].naar` (the third rule)."""

    key: str
    message: str
    line: int | None = None
    name: str = ""

    def __str__(self) -> str:
        where = f"regel {self.line}: " if self.line else ""
        named = f' ("{self.name}")' if self.name else ""
        return f"{where}{self.key}{named}: {self.message}" if self.key else f"{where}{self.message}"


class FileProblemsError(ValueError):
    """A file that can't be loaded. `problems` lists every fault, in the file's order."""

    def __init__(self, source: str, problems: Sequence[FileProblem]) -> None:
        self.source = source
        self.problems = tuple(problems)
        super().__init__("\n".join(f"{source}: {problem}" for problem in problems))


def key_of(path: Sequence[str | int]) -> str:
    """Format a path for people: list indices count from 1."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part + 1}]"
        else:
            text += f".{part}" if text else part
    return text


def from_pydantic(
    error: ValidationError, data: Mapping[str, Any], model: type[BaseModel]
) -> list[FileProblem]:
    """Translate the errors of pydantic, each with its key and what is expected."""
    faults = error.errors(include_url=False)
    problems = []
    for fault in faults[:MAX_PROBLEMS]:
        path = list(fault["loc"])
        problems.append(
            FileProblem(key_of(path), _message(fault, path, model), name=_name(data, path))
        )
    return [*problems, *_rest(len(faults) - MAX_PROBLEMS)]


def at_most(number: int, problems: Sequence[FileProblem]) -> list[FileProblem]:
    """Return the first of these problems, and one line that says how many more there are."""
    return [*problems[:number], *_rest(len(problems) - number)]


def _rest(number: int) -> list[FileProblem]:
    if number <= 0:
        return []
    return [FileProblem("", f"En nog {number} andere fouten. Herstel eerst de fouten hierboven.")]


def _message(fault: Any, path: list[str | int], model: type[BaseModel]) -> str:
    kind, context = fault["type"], fault.get("ctx", {})
    match kind:
        case "missing":
            return f"Deze sleutel ontbreekt. Vul in: {_description(path, model)}."
        case "extra_forbidden":
            table = _table_at(path[:-1], model)
            known = [field.alias or name for name, field in table.model_fields.items()]
            return unknown_slug_message(str(path[-1]), known).replace(
                " is onbekend.", " is hier geen sleutel."
            )
        case "value_error":
            return str(context["error"])
        case "string_type":
            return "Zet hier een tekst tussen aanhalingstekens."
        case "bool_type":
            return "Schrijf true (ja) of false (nee), zonder aanhalingstekens."
        case "int_type" | "int_from_float":
            return "Schrijf een heel getal, zonder aanhalingstekens."
        case "date_type" | "date_from_datetime_inexact":
            return "Schrijf een datum zonder aanhalingstekens en zonder tijd: 2022-01-31."
        case "list_type":
            return (
                'Schrijf een lijst tussen rechte haken, zoals ["een", "twee"]. Zijn het stukken '
                f"met eigen sleutels, zet dan boven elk [[{path[-1]}]], met dubbele haken."
            )
        case "model_type" | "model_attributes_type" | "dict_type":
            if isinstance(fault.get("input"), list):
                return (
                    f"Dit is er maar een: zet er [{path[-1]}] boven, met enkele haken, of schrijf "
                    f"{path[-1]} = {{ ... }}."
                )
            return (
                f"Schrijf hier een tabel: {_description(path, model)}. Op een regel staat die "
                'tussen accolades: { leefgebieden = ["geld"] }.'
            )
        case "greater_than_equal":
            return f"Schrijf een getal van minstens {context['ge']}."
        case "less_than_equal":
            return f"Schrijf een getal van hoogstens {context['le']}."
        case "too_short":
            return f"Zet er minstens {context['min_length']} in."
        case "too_long":
            return f"Zet er hoogstens {context['max_length']} in."
    return "Dit klopt niet. Kijk in docs/partnership-file.md wat hier hoort."


def _table_at(path: Sequence[str | int], model: type[BaseModel]) -> type[BaseModel]:
    """Return the table at a path; the last known one where the path leaves the schema."""
    for part in path:
        if isinstance(part, int):
            continue
        for field in model.model_fields.values():
            if field.alias == part:
                inner = table_in(field.annotation)
                if inner is None:
                    return model
                model = inner
                break
        else:
            return model
    return model


def table_in(annotation: Any) -> type[BaseModel] | None:
    """Return the table inside `Table`, `list[Table]` or `Table | None`; None for a plain value."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for a in get_args(annotation) if (found := table_in(a))), None)


def _description(path: Sequence[str | int], model: type[BaseModel]) -> str:
    table = _table_at(path[:-1], model)
    for field in table.model_fields.values():
        if field.alias == path[-1]:
            return field.description or str(path[-1])
    inner = table_in(table)
    return (inner.__doc__ or "").strip(" .") if inner else str(path[-1])


def _name(data: Any, path: Sequence[str | int]) -> str:
    """Return the name of the list item in a path, so that people can find it."""
    found = ""
    for part in path:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(part, int) and isinstance(data, Mapping):
            label = next((data[k] for k in ("slug", "sleutel", "code", "naam") if k in data), "")
            found = label if isinstance(label, str) else ""
    return found[:60]


def with_lines(problems: Sequence[FileProblem], text: str) -> list[FileProblem]:
    """Add the line of each fault where it is known: of its key, else of its table."""
    tables = _tables(text)
    return [
        replace(problem, line=problem.line or _line_of(problem.key, tables)) for problem in problems
    ]


@dataclass(frozen=True, slots=True)
class _TableLines:
    """The line of a table's heading, and of each of its keys."""

    line: int
    keys: dict[str, int]


def _tables(text: str) -> Mapping[str, list[_TableLines]]:
    """Find all headings by name, and all keys below them, in one pass over the file."""
    found: defaultdict[str, list[_TableLines]] = defaultdict(list)
    table = _TableLines(0, {})
    for number, line in enumerate(text.splitlines(), start=1):
        stripped = line.strip()
        if stripped.startswith("["):
            heading = stripped.partition("#")[0].strip()
            table = _TableLines(number, {})
            if heading.endswith("]"):
                found[heading.strip("[]")].append(table)
        elif "=" in stripped:
            table.keys.setdefault(stripped.partition("=")[0].strip(), number)
    return found


def _line_of(key: str, tables: Mapping[str, list[_TableLines]]) -> int | None:
    first, _, rest = key.partition(".")
    name, _, index = first.partition("[")
    wanted = int(index.rstrip("]")) if index.rstrip("]").isdigit() else 1
    same_name = tables.get(name, [])
    if len(same_name) < wanted:
        return None
    table = same_name[wanted - 1]
    inner = rest.partition(".")[0].partition("[")[0]
    return table.keys.get(inner, table.line)
