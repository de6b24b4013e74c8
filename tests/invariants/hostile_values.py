"""Valid and hostile values for each kind of form field."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from tests.invariants.form_answers import Sent
from tests.support import factories as make
from tests.support.all_roles import Scenario

MEGABYTE = "a" * 1_000_000
NUL = "geld\x00\x1b[31m\x07 is op"
# A lone surrogate can't be encoded in UTF-8 and arrives as replacement characters.
SURROGATE = "half \ufffd teken"
SCRIPTS = "\u202eolleh\u202c 👩‍👩‍👧 مرحبا <script>alert(1)</script> ' OR 1=1 --"
NUMBERS = ("-1", "99999999999999999999", "٣")
DATES = ("0000-00-00", "9999-12-31", "2026-02-30T25:61")


def valid_values(requested: forms.Field) -> list[str]:
    """Return a value that this field accepts."""
    if isinstance(requested, forms.ModelMultipleChoiceField | forms.ModelChoiceField):
        return [str(requested.prepare_value(o)) for o in (requested.queryset or [])[:1]]
    if isinstance(requested, forms.ChoiceField):
        return [next((str(k) for k, _said in _flat(requested.choices) if k not in ("", None)), "")]
    if isinstance(requested, forms.BooleanField):
        return ["on"]
    if isinstance(requested, forms.DateTimeField):
        return [f"{timezone.localdate() + timedelta(days=3):%Y-%m-%d}T10:00"]
    if isinstance(requested, forms.DateField):
        return [f"{timezone.localdate() + timedelta(days=3):%Y-%m-%d}"]
    if isinstance(requested, forms.TimeField):
        return ["10:00"]
    if isinstance(requested, forms.IntegerField):
        return [str(max(1, requested.min_value or 1) if not callable(requested.min_value) else 1)]
    kind = type(requested).__name__.lower()
    if "phone" in kind:
        return ["06 12345678"]
    if "email" in kind:
        return ["iemand@voordeur.example"]
    if "postcode" in kind:
        return ["3881 AB"]
    return ["Een gewone zin zonder naam."]


def _flat(choices: Any) -> Iterator[tuple[Any, Any]]:
    for key, shown in choices:
        if isinstance(shown, list | tuple):
            yield from _flat(shown)
        else:
            yield key, shown


def worst_values(requested: forms.Field | None) -> list[list[str]]:
    """Return hostile values for this kind of field; None: a name that is read outside a form."""
    if isinstance(requested, forms.DateField | forms.DateTimeField | forms.TimeField):
        return [[value] for value in DATES]
    if isinstance(requested, forms.IntegerField):
        return [[value] for value in NUMBERS]
    if isinstance(requested, forms.ModelChoiceField):
        return [[str(one)] for one in ids_elsewhere.get()] + [[NUL], ["-1"]]
    if isinstance(requested, forms.ChoiceField):
        return [[str(ids_elsewhere.get()[0])], [NUL], ["a", "b", "a"]]
    if isinstance(requested, forms.BooleanField):
        return [[NUL]]
    if requested is None:
        return [[str(ids_elsewhere.get()[0])], [NUL], ["-1"]]
    return [[MEGABYTE], [NUL], [SURROGATE], [SCRIPTS]]


ids_elsewhere: ContextVar[list[Any]] = ContextVar("ids_elsewhere")


def fields_of(sent: Sent) -> dict[str, forms.Field]:
    return {
        form.add_prefix(name): requested
        for form in sent.forms
        for name, requested in form.fields.items()
    }


EVERYWHERE = {
    "a megabyte": MEGABYTE,
    "NUL": NUL,
    "half characters": SURROGATE,
    "scripts": SCRIPTS,
    "blanks": "   ",
    "an unknown id": "0197a1b2-0000-7000-8000-00000000dead",
    "a negative number": "-1",
}


@contextmanager
def ids_of_elsewhere(scenario: Scenario) -> Iterator[None]:
    """Provide ids of another partnership: of a question, an organisation and a worker."""
    there = make.world("verderop")
    foreign = make.question(there, "geld")
    token = ids_elsewhere.set(
        [foreign.pk, there["stimenz"].pk, scenario.elsewhere["worker_own"].pk]
    )
    try:
        yield
    finally:
        ids_elsewhere.reset(token)
