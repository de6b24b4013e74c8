"""Form fields that take what people really type.

Every free-text field of the product is a `CleanCharField` or `CleanTextField`, so that no form
meets a NUL, a lone surrogate or a megabyte first in the database. An error stands at its own
field; what was typed elsewhere stays where it was, because Django gives bound data back.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from welzijn.core.contact_details import clean_email, clean_phone, clean_postcode
from welzijn.core.text_cleaning import clean_text

WORDS_OF_A_RESIDENT = 20_000  # characters: about 3,000 words, ten times a long letter
ONE_LINE = 200


class _CleanMixin(forms.CharField):
    """Cleans before Django's own checks, and lets `clean_text` say what is wrong."""

    one_line = True
    limit: int
    default_error_messages = {"required": _("Vul dit nog in. Dan kunnen wij verder.")}

    def __init__(self, *, max_length: int, **kwargs: Any) -> None:
        # Django's own length and NUL validators would add a second, colder sentence. The limit
        # still reaches the widget as maxlength, so that a browser says it first.
        super().__init__(**kwargs)
        self.limit = max_length
        self.max_length = max_length
        self.widget.attrs.update(self.widget_attrs(self.widget))
        self.validators = []

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        return clean_text(text, self.limit, one_line=self.one_line)


class CleanCharField(_CleanMixin):
    """One line of text: a name, a place, a short reason."""

    def __init__(self, *, max_length: int = ONE_LINE, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)


class CleanTextField(_CleanMixin):
    """Several lines: somebody's own words. No maxlength attribute, so that nothing pasted is cut
    off unseen; the error says by how much it is too long.
    """

    one_line = False
    widget = forms.Textarea

    def __init__(self, *, max_length: int = WORDS_OF_A_RESIDENT, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs


class PhoneField(_CleanMixin):
    """A phone number in any notation; gives E.164 (`+31341123456`)."""

    default_error_messages = {"required": _("Vul een telefoonnummer in.")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}))
        kwargs.setdefault("label", _("Telefoonnummer"))
        super().__init__(max_length=60, **kwargs)

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        return clean_phone(text) if text else ""


class EmailAddressField(_CleanMixin):
    """An e-mail address; gives it with the domain in lower case."""

    default_error_messages = {"required": _("Vul een e-mailadres in.")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget", forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"})
        )
        kwargs.setdefault("label", _("E-mailadres"))
        super().__init__(max_length=254, **kwargs)

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        return clean_email(text) if text else ""


class PostcodeField(_CleanMixin):
    """A Dutch postcode, with or without its letters; gives `1234AB` or `1234`."""

    default_error_messages = {"required": _("Vul een postcode in.")}

    def __init__(self, *, letters_required: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "postal-code"}))
        kwargs.setdefault("label", _("Postcode"))
        self.letters_required = letters_required
        super().__init__(max_length=30, **kwargs)

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        return clean_postcode(text, letters_required=self.letters_required) if text else ""


class DayInput(forms.DateInput):
    """A browser's own date field; it wants its value as 2026-11-24 whatever the language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "vd-width-sm", **(attrs or {})}, format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    """A browser's own field for a day and a time, in local time."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


def say_what_to_choose(form: forms.BaseForm) -> None:
    """Let each required choice, day and time of `form` say what to do when it is left empty.

    A list to choose from says its own first line ("Kies een organisatie."). A field with a
    sentence of its own keeps it. Call it once the choices are there.
    """
    for field in form.fields.values():
        said = field.error_messages.get("required")
        if not field.required or said != forms.Field.default_error_messages["required"]:
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
