"""Write a file as TOML for people: conditions on one line, long lists wrapped."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel

from organisations.partnership_file.problems import table_in
from organisations.partnership_file.schema import PartnershipFile

_WIDTH = 100
_INLINE = frozenset({"als", "naar"})


def write(file: PartnershipFile) -> str:
    """Return the TOML text of a file; `read(write(file)) == file`."""
    lines = ["# Hoe dit bestand werkt: docs/partnership-file.md", ""]
    for field in PartnershipFile.model_fields.values():
        key = field.alias or ""
        value = file.model_dump(by_alias=True, exclude_defaults=True).get(key)
        if value is None:
            continue
        if isinstance(value, list):
            for item in value:
                lines += _table([key], item, table_in(field.annotation), listed=True)
        else:
            lines += _table([key], value, table_in(field.annotation), listed=False)
    return "\n".join(lines).rstrip() + "\n"


def _table(
    path: list[str], data: Mapping[str, Any], model: type[BaseModel] | None, *, listed: bool
) -> list[str]:
    name = ".".join(path)
    lines = [f"[[{name}]]" if listed else f"[{name}]"]
    below: list[str] = []
    for key, value in data.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            for item in value:
                below += _table([*path, key], item, None, listed=True)
        else:
            lines.append(f"{key} = {_value(value, len(key) + 3)}")
    return [*lines, "", *below]


def _value(value: Any, indent: int = 0) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float():
            return str(value)
        case date():
            return value.isoformat()
        case str():
            return _text(value)
        case list():
            return _list(value, indent)
        case Mapping():
            inside = ", ".join(f"{key} = {_value(part)}" for key, part in value.items())
            return f"{{ {inside} }}" if inside else "{}"
    raise TypeError(f"a file holds no {type(value).__name__}")


def _text(text: str) -> str:
    quoted = json.dumps(text, ensure_ascii=False)
    if "\n" not in text:
        return quoted
    return '"""\n' + quoted[1:-1].replace("\\n", "\n") + '"""'


def _list(values: list[Any], indent: int) -> str:
    parts = [_value(value) for value in values]
    flat = f"[{', '.join(parts)}]"
    if indent == 0 or indent + len(flat) <= _WIDTH:
        return flat
    lines: list[str] = []
    for part in parts:
        if lines and len(lines[-1]) + len(part) + 2 <= _WIDTH:
            lines[-1] += f" {part},"
        else:
            lines.append(f"  {part},")
    return "\n".join(["[", *lines, "]"])
