"""The form field of a key, made from the schema: its kind, its choices, and its plain value."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from typing import Any, get_args, get_origin

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from pydantic.fields import FieldInfo

from organisations.partnership_editor.checking import is_day
from organisations.partnership_editor.values import IDENTITY, Plain
from organisations.partnership_file import fields as schema_fields
from organisations.partnership_file.fields import Form
from organisations.partnership_file.labels.choices import CHOICES
from organisations.partnership_file.labels.key import Key, Said
from organisations.partnership_file.problems import table_in
from welzijn.core.form_fields import ClockField, DayField
from welzijn.core.languages import OWN_NAMES, staff_name
from welzijn.design_system.context_processors import theme_slugs

Choices = Sequence[tuple[str, Said]]


class PlainField(forms.CharField):
    """A text as it was typed; the checks of the file say what is wrong with it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(strip=True, **kwargs)


class LinesField(PlainField):
    """A list with one item on each line."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> Any:
        """Return the lines that are not empty."""
        return [
            line.strip() for line in (super().to_python(value) or "").splitlines() if line.strip()
        ]

    def prepare_value(self, value: Any) -> Any:
        """Return the text of the area."""
        return "\n".join(map(str, value)) if isinstance(value, list) else value


class HoursField(PlainField):
    """Times of a day: 08:30-12:00, 13:00-17:00."""

    def to_python(self, value: Any) -> Any:
        """Return the times apart."""
        text = (super().to_python(value) or "").replace(" en ", ",").replace(";", ",")
        parts = [part.replace(" ", "").replace(".", ":") for part in text.split(",")]
        return [part.replace("\u2013", "-") for part in parts if part]

    def prepare_value(self, value: Any) -> Any:
        """Return the times in a line."""
        return ", ".join(map(str, value)) if isinstance(value, list) else value


class DecimalField(forms.FloatField):
    """A number with a comma or a point."""

    def to_python(self, value: Any) -> Any:
        """Return the number."""
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


def kind_of(field: FieldInfo, key: Key) -> str:
    """Return what kind of field a key gets."""
    if table_in(field.annotation) is not None:
        return "rows"
    if _listed(field):
        if key.choices:
            return "choices"
        return "hours" if _notation(field) == _notation_of(schema_fields.Slot) else "lines"
    if key.choices:
        return "choice"
    kinds = {bool: "yes", int: "number", float: "decimal"}
    for kind, name in kinds.items():
        if kind in _types(field.annotation):
            return name
    if is_day(field):
        return "day"
    return {
        _notation_of(schema_fields.Text): "text",
        _notation_of(schema_fields.Clock): "time",
        _notation_of(schema_fields.Phone): "phone",
        _notation_of(schema_fields.Email): "email",
        _notation_of(schema_fields.Url): "url",
    }.get(_notation(field), "line")


_MAKE: dict[str, Any] = {
    "line": lambda: PlainField(widget=forms.TextInput()),
    "text": lambda: PlainField(widget=forms.Textarea(attrs={"rows": 4})),
    "phone": lambda: PlainField(widget=forms.TextInput(attrs={"type": "tel"})),
    "email": lambda: PlainField(widget=forms.TextInput(attrs={"type": "email"})),
    "url": lambda: PlainField(widget=forms.TextInput(attrs={"type": "url"})),
    "time": ClockField,
    "day": DayField,
    "yes": forms.BooleanField,
    "number": lambda: forms.IntegerField(
        widget=forms.NumberInput(attrs={"class": "vd-width-xs"}),
        error_messages={"invalid": _("Vul een heel getal in, bijvoorbeeld 2.")},
    ),
    "decimal": lambda: DecimalField(
        localize=False,
        widget=forms.TextInput(attrs={"class": "vd-width-xs", "inputmode": "decimal"}),
        error_messages={"invalid": _("Vul een getal in, bijvoorbeeld 2,5.")},
    ),
    "lines": lambda: LinesField(widget=forms.Textarea(attrs={"rows": 5})),
    "hours": HoursField,
    "choice": forms.ChoiceField,
    "choices": lambda: forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple(attrs={"class": "vd-options--plain"})
    ),
}


def form_field(
    field: FieldInfo, key: Key, tables: Plain, value: Any, *, required: bool
) -> forms.Field:
    """Return the form field of a key that isn't a table of its own."""
    kind = kind_of(field, key)
    made: forms.Field = _MAKE[kind]()
    made.label, made.help_text = str(key.label), str(key.help)
    made.required = required and kind not in {"yes", "choices", "lines", "hours"}
    if field.is_required():
        made.says_optional = False  # type: ignore[attr-defined]
    if made.required:
        # The sentence of the file's check, without its word for a key.
        made.error_messages["required"] = f"Vul in: {field.description}."
    if isinstance(made, forms.MultipleChoiceField):
        made.choices = choices_of(key, tables, value or [])
    elif isinstance(made, forms.ChoiceField):
        options = choices_of(key, tables, [value] if value is not None else [])
        empty: Choices = (
            []
            if field.default not in (None, "") and not field.is_required()
            else [("", _("Kies") if made.required else "-")]
        )
        made.choices = [*empty, *options]
    return made


def choices_of(key: Key, tables: Plain, held: Sequence[Any]) -> Choices:
    """Return the choices of a key; rows that ended only where the value holds them."""
    if key.choices in CHOICES:
        return list(CHOICES[key.choices].items())
    if key.choices == "theme":
        return [("default", _("blauw, van Voordeur")), *((t, t) for t in sorted(theme_slugs()))]
    if key.choices == "language":
        codes = dict.fromkeys([*OWN_NAMES, *map(str, held)])
        return [(code, staff_name(code)) for code in codes]
    identity = IDENTITY[key.choices]
    today = timezone.localdate().isoformat()
    return [
        (row[identity], row.get("kort") or row["naam"])
        for row in tables.get(key.choices, [])
        if row[identity] in held or not ("tot_en_met" in row and row["tot_en_met"] < today)
    ]


def to_plain(value: Any, field: FieldInfo) -> Any:
    """Return a cleaned value as it stands in the tables; None where it is empty or the default."""
    if isinstance(value, time):
        value = value.strftime("%H:%M")
    elif isinstance(value, date):
        value = value.isoformat()
    elif isinstance(value, str) and int in _types(field.annotation) and value:
        value = int(value)
    if value in ("", None, []) or (not field.is_required() and value == field.default):
        return None
    return value


def shown(value: Any, field: FieldInfo) -> Any:
    """Return the initial value of a form field: the default where the tables leave it out."""
    if value is None and not field.is_required() and not isinstance(field.default, list):
        value = field.default
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _listed(field: FieldInfo) -> bool:
    return get_origin(field.annotation) is list


def _types(annotation: Any) -> set[Any]:
    found = {annotation} if isinstance(annotation, type) else set()
    for arg in get_args(annotation):
        if get_origin(arg) is not None or isinstance(arg, type):
            found |= _types(arg)
    return found


def _notation(field: FieldInfo) -> str:
    found = next((m.text for m in field.metadata if isinstance(m, Form)), "")
    return found or next(map(_notation_of, get_args(field.annotation)), "")


def _notation_of(annotation: Any) -> str:
    metadata = getattr(annotation, "__metadata__", ())
    return next((m.text for m in metadata if isinstance(m, Form)), "")
