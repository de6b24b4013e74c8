"""Forms of bringing in a spreadsheet: the file, and which column is what."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from organisations.exchange.columns import COLUMNS, guess
from welzijn.core.form_fields import set_choice_messages


class UploadForm(forms.Form):
    """The file, and whose services it holds where no column says so."""

    file = forms.FileField(
        label=_("Bestand"),
        help_text=_("CSV of XLSX, hoogstens 2 MB en 1.000 rijen. De eerste rij is de kop."),
        error_messages={"required": _("Kies een bestand.")},
        allow_empty_file=True,
    )
    organisation = forms.ChoiceField(
        label=_("Van welke organisatie?"),
        required=False,
        help_text=_("Als er geen kolom is waarin dat staat."),
    )

    def __init__(self, *args: Any, organisations: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ChoiceField)
        if len(organisations) == 1:
            field.choices = list(organisations)
            field.initial = organisations[0][0]
        else:
            field.choices = [("", _("dat staat in het bestand")), *organisations]
        set_choice_messages(self)


class MappingForm(forms.Form):
    """What each column is; each key once, and a name somewhere."""

    def __init__(
        self, *args: Any, head: Sequence[str], first: Sequence[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.head = list(head)
        guessed = guess(head)
        for number, heading in enumerate(head):
            example = first[number] if number < len(first) else ""
            self.fields[f"kolom-{number}"] = forms.ChoiceField(
                label=heading or _("Kolom {number}").format(number=number + 1),
                required=False,
                choices=[
                    ("", _("niet inladen")),
                    *((k, label) for k, (label, _n) in COLUMNS.items()),
                ],
                initial=guessed.get(number, ""),
                help_text=example[:80],
            )
        set_choice_messages(self)

    @property
    def mapping(self) -> Mapping[int, str]:
        """Column to key, of what was chosen."""
        return {
            number: self.cleaned_data[f"kolom-{number}"]
            for number in range(len(self.head))
            if self.cleaned_data.get(f"kolom-{number}")
        }

    def clean(self) -> dict[str, Any]:
        """Require a name, and each key at most once."""
        cleaned = super().clean() or {}
        chosen = [key for key in cleaned.values() if key]
        for key in dict.fromkeys(chosen):
            if chosen.count(key) > 1:
                raise forms.ValidationError(
                    _("Twee kolommen zijn allebei: {name}. Kies er een.").format(
                        name=COLUMNS[key][0]
                    )
                )
        if "naam" not in chosen:
            raise forms.ValidationError(_("Kies in welke kolom de naam van het aanbod staat."))
        return cleaned
