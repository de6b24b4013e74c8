"""Template tags for forms: the error summary, and what a field template has to know."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django import template
from django.forms import BaseForm, BoundField

register = template.Library()


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms: Any) -> dict[str, Any]:
    """Render all errors of these forms, each with a link to its field; nothing without errors.

    An error that several fields have is prefixed with the field's label.
    """
    entries: list[tuple[str, str, str]] = []
    for form in forms:
        if not isinstance(form, BaseForm) or not form.is_bound:
            continue
        entries += [("", "", str(error)) for error in form.non_field_errors()]
        for field in form:
            entries += [
                (_first_control(field), str(field.label), str(error)) for error in field.errors
            ]
    times = Counter(text for _id, _label, text in entries)
    return {
        "entries": [
            (id_, _about(label, text) if label and times[text] > 1 else text)
            for id_, label, text in entries
        ]
    }


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


def _about(label: str, text: str) -> str:
    return f"{label} {text}" if label.endswith(("?", ".", ":")) else f"{label}: {text}"


def _first_control(field: BoundField) -> str:
    """Return the id of a field's control; of a group of options, that of the first."""
    if field.use_fieldset and field.auto_id:
        return f"{field.auto_id}_0"
    return field.id_for_label
