"""Generate the tables of `docs/partnership-file.md` from the schema."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from organisations.partnership_file import words
from organisations.partnership_file.conditions import known_conditions
from organisations.partnership_file.fields import Form
from organisations.partnership_file.problems import table_in
from organisations.partnership_file.schema import PartnershipFile
from organisations.routing.kinds import ConditionKind, Parameter

BEGIN = "<!-- gemaakt door: manage.py partnership_file_docs -->"
END = "<!-- einde -->"


def tables() -> str:
    """Return the generated part of the page, as Markdown."""
    parts = [_table("Het hele bestand", PartnershipFile, "")]
    for field in PartnershipFile.model_fields.values():
        model = table_in(field.annotation)
        if model is not None:
            parts += _of(field.alias or "", field, model)
    return "\n".join([*parts, _conditions()])


def regenerate(page: str) -> str:
    """Return a page with the part between the marks replaced. Raises ValueError without marks."""
    before, begin, rest = page.partition(BEGIN)
    _old, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the page needs {BEGIN} and {END}")
    return f"{before}{BEGIN}\n\n{tables()}\n{END}{after}"


def _of(path: str, field: FieldInfo, model: type[BaseModel]) -> Iterator[str]:
    brackets = f"[[{path}]]" if _listed(field) else f"[{path}]"
    yield _table(f"`{brackets}`", model, (model.__doc__ or "").strip())
    for inner in model.model_fields.values():
        below = table_in(inner.annotation)
        if below is not None:
            yield from _of(f"{path}.{inner.alias}", inner, below)


def _table(title: str, model: type[BaseModel], description: str) -> str:
    lines = [f"### {title}", ""]
    if description:
        lines += [description, ""]
    lines += ["| sleutel | wat | vorm | moet |", "| --- | --- | --- | --- |"]
    for field in model.model_fields.values():
        must = "ja" if field.is_required() else _default(field.default)
        lines.append(f"| `{field.alias}` | {field.description} | {_form(field)} | {must} |")
    return "\n".join([*lines, ""])


def _default(value: Any) -> str:
    if value is None or value == [] or isinstance(value, BaseModel):
        return "nee"
    if isinstance(value, bool):
        return f"nee, anders `{'true' if value else 'false'}`"
    if isinstance(value, list):
        return "nee, anders `" + ", ".join(map(str, value)) + "`"
    return f"nee, anders `{value}`"


def _listed(field: FieldInfo) -> bool:
    return any(get_origin(part) is list for part in (field.annotation, *get_args(field.annotation)))


def _form(field: FieldInfo) -> str:
    model = table_in(field.annotation)
    if model is not None:
        return "lijst van tabellen" if _listed(field) else "tabel"
    found = next((m.text for m in field.metadata if isinstance(m, Form)), "") or _inside(
        field.annotation
    )
    return f"lijst van: {found}" if _listed(field) else found


def _inside(annotation: Any) -> str:
    for part in (annotation, *get_args(annotation)):
        for meta in getattr(part, "__metadata__", ()):
            if isinstance(meta, Form):
                return meta.text
        if get_args(part) and part is not annotation and (found := _inside(part)):
            return found
    names = {bool: "true of false", int: "getal", str: "tekst", dict: "tabel"}
    return next(
        (
            description
            for part in (annotation, *get_args(annotation))
            for kind, description in names.items()
            if part is kind or get_origin(part) is kind
        ),
        "",
    )


def _conditions() -> str:
    lines = [
        "### Voorwaarden (`als`)",
        "",
        "Sleutels naast elkaar moeten allemaal waar zijn. `als = {}` past altijd.",
        "",
        "| sleutel | de regel past als | waarden |",
        "| --- | --- | --- |",
    ]
    for key, kind in known_conditions().items():
        lines.append(f"| `{key}` | {kind.label} | {_values(kind)} |")
    lines += [
        "| `of` | minstens een van de tabellen past | lijst van tabellen: `[{ ... }, { ... }]` |",
        "| `en` | alle tabellen passen | lijst van tabellen |",
        "| `niet` | de tabel past niet | een tabel: `{ ... }` |",
        "",
    ]
    return "\n".join(lines)


def _values(kind: ConditionKind) -> str:
    if kind.parameter is Parameter.NUMBER:
        return "heel getal van 1 tot en met 40"
    if kind.parameter is Parameter.NOTHING:
        return "`true`, of `false` voor het omgekeerde"
    fixed = words.WORDS.get(kind.choices or "")
    if fixed is not None:
        return "lijst van: " + ", ".join(f"`{word}`" for word in fixed)
    named = {
        "life_domains": "slugs van leefgebieden",
        "neighbourhood": "slugs van wijken, of `onbekend`",
        "municipality": "GM-codes, of `onbekend`",
        "brought_by": "slugs van organisaties met `brengt_in = true`, of `onbekend`",
        "language": "taalcodes uit `talen`",
    }
    return "lijst van: " + named.get(kind.choices or "", "waarden")
