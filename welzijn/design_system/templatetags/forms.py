"""Template tags for forms: the error summary, and what a field template has to know."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import Any

from django import template
from django.forms import BaseForm, BoundField, Field
from django.forms.utils import ErrorList
from django.utils.translation import gettext as _

register = template.Library()


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms: Any) -> dict[str, Any]:
    """Render all errors of these forms, each with a link to its field; nothing without errors.

    A list counts as each of its forms. An error that several fields have is prefixed with the
    field's label.
    """
    entries: list[tuple[str, str, str]] = []
    for form in chain(*(one if isinstance(one, list) else [one] for one in forms)):
        if not isinstance(form, BaseForm) or not form.is_bound:
            continue
        # The form then doesn't say above its fields what the summary says already.
        form.summarised = True  # type: ignore[attr-defined]
        entries += [("", "", str(error)) for error in form.non_field_errors()]
        for field in form:
            entries += [(_first_control(field), str(field.label), text) for text in _texts(field)]
        # Of controls that no form field draws, such as the rows of a condition.
        entries += getattr(form, "more_errors", [])
    times = Counter(text for _id, _label, text in entries)
    return {
        "entries": [
            (id_, _about(label, text) if label and times[text] > 1 else text)
            for id_, label, text in entries
        ]
    }


@register.filter
def named_errors(field: BoundField) -> ErrorList:
    """Return the errors of a field; where it is empty the error says by name what is missing."""
    named = field.errors.copy()
    named.data = [*_texts(field)]
    # Django 5.2 has it; its stubs don't.
    named.field_id = field.errors.field_id  # type: ignore[attr-defined]
    return named


@register.filter
def is_optional(field: BoundField) -> bool:
    """Return whether the label has to say that the field is optional."""
    if getattr(field.field, "says_optional", True) is False:
        return False
    return not field.field.required and field.widget_type not in ("checkbox", "hidden")


@register.filter
def control_id(field: BoundField) -> str:
    """Return the id of a field's control or of its first option."""
    return _first_control(field)


def _texts(field: BoundField) -> list[str]:
    empty = {
        str(Field.default_error_messages["required"]),
        _("Vul dit nog in. Dan kunnen wij verder."),
    }
    label = str(field.label).rstrip(":")
    missing = _("Kies nog: {label}") if _is_choice(field) else _("Vul nog in: {label}")
    return [
        missing.format(label=label) if label and str(error) in empty else str(error)
        for error in field.errors
    ]


def _is_choice(field: BoundField) -> bool:
    return hasattr(field.field, "choices") or field.widget_type == "checkbox"


def _about(label: str, text: str) -> str:
    return f"{label} {text}" if label.endswith(("?", ".", ":")) else f"{label}: {text}"


def _first_control(field: BoundField) -> str:
    """Return the id of a field's control; of a group of options, that of the first."""
    if field.use_fieldset and field.auto_id:
        return f"{field.auto_id}_0"
    return field.id_for_label
