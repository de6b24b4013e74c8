"""Check plain tables with the checks and sentences of the file, and say where each fault is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from organisations.partnership_editor.values import Plain
from organisations.partnership_file.check import check
from organisations.partnership_file.check_rules import check_on
from organisations.partnership_file.problems import (
    FileProblem,
    FileProblemsError,
    from_pydantic,
    table_in,
)
from organisations.partnership_file.schema import PartnershipFile

_PART = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: where (row numbers count from 0), and the sentence of the file's check."""

    path: tuple[str | int, ...]
    message: str

    @classmethod
    def of(cls, fault: FileProblem) -> Problem:
        """Return the fault of a file as one of a screen, which has no keys to fill in."""
        path = tuple(
            int(number) - 1 if number else name for name, number in _PART.findall(fault.key)
        )
        return cls(path, fault.message.removeprefix("Deze sleutel ontbreekt. "))


class ProblemsError(ValueError):
    """A change that would make the partnership's file wrong."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__(f"{len(problems)} problems")


def checked(tables: Plain, *, day: date) -> tuple[PartnershipFile | None, list[Problem]]:
    """Return the file, or None where it has no right form, and every fault."""
    data = revived(tables, PartnershipFile)
    try:
        file = PartnershipFile.model_validate(data)
    except ValidationError as error:
        return None, [Problem.of(one) for one in from_pydantic(error, data, PartnershipFile)]
    faults = check(file)
    if not faults:
        try:
            check_on(file, day, source="")
        except FileProblemsError as error:
            faults = list(error.problems)
    return file, [Problem.of(one) for one in faults]


def revived(tables: Mapping[str, Any], model: type[BaseModel]) -> dict[str, Any]:
    """Return plain tables with days as days, as the schema wants them."""
    fields = {field.alias or name: field for name, field in model.model_fields.items()}
    return {
        key: _revived(value, fields[key]) if key in fields else value
        for key, value in tables.items()
    }


def _revived(value: Any, field: FieldInfo) -> Any:
    inner = table_in(field.annotation)
    if inner is not None:
        if isinstance(value, list):
            return [revived(v, inner) if isinstance(v, Mapping) else v for v in value]
        return revived(value, inner) if isinstance(value, Mapping) else value
    if isinstance(value, str) and is_day(field):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return value


def is_day(field: FieldInfo) -> bool:
    """Whether a key holds a day."""
    return field.annotation is date or date in _parts(field.annotation)


def _parts(annotation: Any) -> set[Any]:
    return {annotation, *(part for arg in get_args(annotation) for part in _parts_of(arg))}


def _parts_of(arg: Any) -> set[Any]:
    try:
        return _parts(arg)
    except TypeError:
        return set()
