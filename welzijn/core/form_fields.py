"""Form fields that clean and validate free text, phone numbers, addresses and postcodes.

Every free-text field is a `CleanCharField` or `CleanTextField`, so that NULs, lone surrogates and
overlong texts are refused in the form and not by the database. No field lets the browser keep what
is typed: mostly somebody types another's details. A resident's own page names its token.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from welzijn.core import dates
from welzijn.core.contact_details import (
    can_be_called_back,
    clean_email,
    clean_phone,
    clean_postcode,
)
from welzijn.core.text_cleaning import clean_text

MAX_TEXT_LENGTH = 20_000  # characters: about 3,000 words, ten times a long letter
MAX_NOTE_LENGTH = 10_000  # of staff: a long report of a conversation
ONE_LINE = 200


class _CleanMixin(forms.CharField):
    """Clean the value before Django's own checks; `clean_text` supplies the error messages."""

    one_line = True
    for_staff = False  # who reads that a text is too long
    limit: int
    default_error_messages = {"required": _("Vul dit nog in. Dan kunnen wij verder.")}

    def __init__(self, *, max_length: int, **kwargs: Any) -> None:
        # Django's length and NUL validators would add a second message. The limit still reaches
        # the widget as maxlength.
        self.limit = max_length
        super().__init__(**kwargs)
        self.max_length = max_length
        self.widget.attrs.update(self.widget_attrs(self.widget))
        self.validators = []

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        return clean_text(text, self.limit, one_line=self.one_line, for_staff=self.for_staff)


class CleanCharField(_CleanMixin):
    """A line of text: a name, a place, a short reason."""

    def __init__(self, *, max_length: int = ONE_LINE, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)


class CleanTextField(_CleanMixin):
    """Text of several lines.

    Has no maxlength attribute: a browser would cut off a pasted text without notice. The error
    says by how much the text is too long.
    """

    one_line = False
    widget = forms.Textarea

    def __init__(self, *, max_length: int = MAX_TEXT_LENGTH, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs


class StaffTextField(CleanTextField):
    """Text of several lines that staff types: with a counter, and errors that speak to staff."""

    for_staff = True

    def __init__(self, *, max_length: int = MAX_NOTE_LENGTH, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        # The script of staff's pages counts (static/scripts/staff-forms.js).
        return {**super().widget_attrs(widget), "data-limit": self.limit}


class PhoneField(_CleanMixin):
    """A person's phone number in any notation; cleaned to E.164 (`+31341123456`).

    A number that nobody can be called back on is refused with the reason.
    """

    default_error_messages = {"required": _("Vul een telefoonnummer in.")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}))
        kwargs.setdefault("label", _("Telefoonnummer"))
        super().__init__(max_length=100, **kwargs)

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        number = clean_phone(text) if text else ""
        if number and not can_be_called_back(number):
            raise ValidationError(
                _(
                    "Naar een 0800- of 0900-nummer kunnen wij niet terugbellen. "
                    "Vul een ander nummer in."
                ),
                code="phone_service",
            )
        return number


class EmailAddressField(_CleanMixin):
    """An e-mail address; cleaned to a lower-case domain."""

    default_error_messages = {"required": _("Vul een e-mailadres in.")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget", forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"})
        )
        kwargs.setdefault("label", _("E-mailadres"))
        super().__init__(max_length=254, **kwargs)

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        return clean_email(text) if text else ""


class PostcodeField(_CleanMixin):
    """A Dutch postcode, with or without letters; cleaned to `1234AB` or `1234`."""

    default_error_messages = {"required": _("Vul een postcode in.")}

    def __init__(self, *, letters_required: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off"}))
        kwargs.setdefault("label", _("Postcode"))
        self.letters_required = letters_required
        super().__init__(max_length=30, **kwargs)

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        return clean_postcode(text, letters_required=self.letters_required) if text else ""


class AskedField(forms.TypedChoiceField):
    """Yes, no, or nobody asked yet: True, False or None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            choices=[("", _("niet gevraagd")), ("yes", _("ja")), ("no", _("nee"))],
            coerce=lambda value: value == "yes",
            empty_value=None,
            required=False,
            widget=forms.RadioSelect(attrs={"class": "vd-options--inline"}),
            **kwargs,
        )

    def prepare_value(self, value: Any) -> Any:
        """The choice for True, False or None."""
        return {True: "yes", False: "no", None: ""}.get(value, value)


class DayInput(forms.DateInput):
    """A native date input, whose value is 2026-11-24 in every language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "vd-width-sm", **(attrs or {})}, format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day as staff pick or type it: 2026-12-05, 5-12-2026, "5 dec", "morgen"."""

    widget = DayInput

    def to_python(self, value: Any) -> date | None:
        """Return the day. Raises ValidationError for what is none."""
        if isinstance(value, str) and value.strip():
            if (found := dates.parse_day(value, timezone.localdate())) is None:
                raise ValidationError(
                    _("Dit is geen dag. Schrijf bijvoorbeeld 5 december, of 5-12-2026."),
                    code="invalid",
                )
            return found
        return super().to_python(value)


class ClockField(forms.TimeField):
    """A time of day in a native input."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TimeInput(attrs={"type": "time", "class": "vd-width-sm"}, format="%H:%M")
        super().__init__(**{"widget": widget, **kwargs})


class MomentInput(forms.DateTimeInput):
    """A native input for a local date and time."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


def set_choice_messages(form: forms.BaseForm) -> None:
    """Set the "required" message of each choice, date and time field of `form`.

    A choice field repeats its empty label ("Kies een organisatie."). A field with its own message
    keeps it. Call this after the choices have been set.
    """
    for field in form.fields.values():
        message = field.error_messages.get("required")
        if not field.required or message != forms.Field.default_error_messages["required"]:
            continue
        if isinstance(field, forms.ModelChoiceField):
            ask = field.empty_label
        elif isinstance(field, forms.ChoiceField):
            choices: Any = field.choices
            ask = next((label for value, label in choices if value == ""), None)
        elif isinstance(field, forms.DateField):
            ask = _("Kies een dag")
        elif isinstance(field, forms.TimeField):
            ask = _("Kies een tijd")
        elif isinstance(field, forms.DateTimeField):
            ask = _("Kies een dag en een tijd")
        else:
            continue
        field.error_messages["required"] = f"{ask or _('Kies wat past')}."
