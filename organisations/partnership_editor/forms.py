"""The form of one table of the file, made from its schema and its labels."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core import signing
from django.utils.text import slugify
from django.utils.translation import gettext as _
from pydantic.fields import FieldInfo

from organisations.partnership_editor.checking import Problem
from organisations.partnership_editor.sections import SECTIONS
from organisations.partnership_editor.values import Plain
from organisations.partnership_editor.widgets import form_field, kind_of, shown, to_plain
from organisations.partnership_file.labels import label_of
from organisations.partnership_file.labels.key import Said
from organisations.partnership_file.problems import table_in
from organisations.partnership_file.schema.base import Table
from welzijn.core.form_fields import CleanCharField

BLANK_ROWS = 2
_SALT = "partnership-editor-opened"
Keeps = Callable[[str], bool]


@dataclass(slots=True)
class Nested:
    """The rows of a table within a table, each with a form of its own; two blank ones last."""

    alias: str
    label: Said
    forms: list[TableForm]
    existing: int


class FindForm(forms.Form):
    """Find a row of a long list by its name."""

    zoek = CleanCharField(max_length=80, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zoek"].label = _("Zoek")


class TableForm(forms.Form):
    """A table: `new()` is its value, `nested` the tables within it."""

    def __init__(
        self,
        data: Any = None,
        *,
        table: type[Table],
        row: Plain,
        tables: Plain,
        new: bool = False,
        optional: bool = False,
        keeps: Keeps = lambda _key: True,
        only: tuple[str, ...] = (),
        prefix: str | None = None,
    ) -> None:
        super().__init__(data, prefix=prefix)
        self.table, self.row, self.is_new = table, row, new
        self.nested: list[Nested] = []
        self.schema: dict[str, FieldInfo] = {}
        for field in table.model_fields.values():
            alias = field.alias or ""
            if only and alias not in only:
                continue
            key = label_of(table, alias)
            if kind_of(field, key) == "rows":
                if keeps(alias):
                    self.nested.append(self._nested(alias, field, key.label, tables))
                continue
            required = field.is_required() and not optional
            if key.fixed and new:
                required = required and alias not in {"slug", "sleutel"}
            made = form_field(field, key, tables, row.get(alias), required=required)
            made.initial = shown(row.get(alias), field)
            made.disabled = (key.fixed and not new) or not keeps(alias)
            if optional or (key.fixed and new and not required):
                made.says_optional = False  # type: ignore[attr-defined]
            self.fields[alias] = made
            self.schema[alias] = field

    def _nested(self, alias: str, field: FieldInfo, label: Said, tables: Plain) -> Nested:
        inner = table_in(field.annotation)
        assert inner is not None
        assert issubclass(inner, Table)
        existing = self.row.get(alias, [])
        number = len(existing) + BLANK_ROWS
        if self.is_bound:
            posted = str(self.data.get(f"{self.add_prefix(alias)}-aantal", ""))
            number = min(int(posted), 200) if posted.isdecimal() and len(posted) < 4 else number
        made = [
            TableForm(
                self.data if self.is_bound else None,
                table=inner,
                row=existing[at] if at < len(existing) else {},
                tables=tables,
                optional=True,
                new=True,
                prefix=f"{self.add_prefix(alias)}-{at}",
            )
            for at in range(number)
        ]
        for at, form in enumerate(made):
            form.fields["weg"] = forms.BooleanField(
                required=False, label=_("Haal deze regel weg"), disabled=at >= len(existing)
            )
            if at >= len(existing):
                del form.fields["weg"]
        return Nested(alias, label, made, len(existing))

    def every(self) -> Iterator[TableForm]:
        """Yield this form and those of its rows, for the list of errors."""
        yield self
        for nested in self.nested:
            yield from nested.forms

    def is_valid(self) -> bool:
        """Whether every field has the form of its kind; what it says is checked by the file."""
        valid = [super(TableForm, form).is_valid() for form in self.every()]
        return all(valid)

    def new(self) -> Plain:
        """Return the table as typed, without what is empty or the default."""
        found: Plain = {}
        for alias, field in self.schema.items():
            value = to_plain(self.cleaned_data.get(alias), field)
            if value is not None:
                found[alias] = value
        for nested in self.nested:
            if rows := [form.new() for form in self._kept(nested)]:
                found[nested.alias] = rows
        if self.is_new and found:
            self._name(found)
        return found

    @staticmethod
    def _kept(nested: Nested) -> list[TableForm]:
        return [form for form in nested.forms if not form.cleaned_data.get("weg") and form.new()]

    def _name(self, found: Plain) -> None:
        """Make the short name of a new row from what it is called."""
        for alias in ("slug", "sleutel"):
            if alias in self.schema and alias not in found:
                called = str(found.get("naam") or found.get("vraag") or "")
                found[alias] = slugify(called)[:50].strip("-") or "nieuw"

    def changed_keys(self) -> list[str]:
        """Return the keys that this form lets its user change."""
        plain = [alias for alias, field in self.fields.items() if not field.disabled]
        return [a for a in plain if a in self.schema] + [n.alias for n in self.nested]

    def show(self, problems: list[Problem], path: tuple[str | int, ...]) -> None:
        """Put each problem at its field; what lies elsewhere on top, with where it lies."""
        for problem in problems:
            rest = problem.path[len(path) :] if problem.path[: len(path)] == path else None
            if rest is None:
                self.add_error(None, f"{_where(problem)}: {problem.message}")
            else:
                self.show_at(rest, problem.message)

    def show_at(self, rest: tuple[str | int, ...], message: str) -> None:
        """Put a sentence at the field of a path within this table."""
        alias = str(rest[0]) if rest else ""
        if alias in self.fields:
            self.add_error(alias, message)
            return
        for nested in self.nested:
            if nested.alias == alias and len(rest) > 1 and isinstance(rest[1], int):
                kept = self._kept(nested)
                if rest[1] < len(kept):
                    kept[rest[1]].show_at(rest[2:], message)
                    return
        self.add_error(None, message)


def _where(problem: Problem) -> str:
    section = SECTIONS.get(str(problem.path[0])) if problem.path else None
    return str(section.title) if section else _("Het samenwerkingsverband")


def seal(row: Plain) -> str:
    """Return what was opened, for the form: signed, since it decides what counts as changed."""
    return signing.dumps(row, salt=_SALT, compress=True)


def unseal(sealed: str) -> Plain | None:
    """Return what was opened; None where it was not made here."""
    try:
        found = signing.loads(sealed, salt=_SALT)
    except signing.BadSignature:
        return None
    return found if isinstance(found, dict) else None
