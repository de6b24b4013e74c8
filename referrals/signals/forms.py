"""Forms of the signals from practice."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisations.partnerships.models import Municipality, Partnership
from referrals.reports.ready_made.catalogue import QUESTIONS
from referrals.signals.models import Signal, SignalBundle
from welzijn.core.form_fields import CleanCharField, DayField, StaffTextField

Check = Callable[[str], None]


def _rows(number: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": number})


class PersonFreeForm(forms.Form):
    """Refuses text that identifies a person, with an error at its field."""

    person_free: tuple[str, ...] = ()

    def __init__(self, *args: Any, check: Check, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._check = check

    def clean(self) -> dict[str, Any]:
        """Add an error for each thing in a text that identifies somebody."""
        data = super().clean() or {}
        for name in self.person_free:
            if data.get(name):
                try:
                    self._check(data[name])
                except ValidationError as error:
                    self.add_error(name, error)
        return data


class SignalForm(PersonFreeForm):
    """What a professional sees, in a few sentences, for one or more municipalities."""

    person_free = ("text",)
    kind = forms.ChoiceField(
        label=_("Waar gaat het over?"), choices=Signal.Kind.choices, widget=forms.RadioSelect
    )
    text = StaffTextField(
        label=_("Wat ziet u?"),
        help_text=_(
            "Een paar zinnen: wat gebeurt er, hoe vaak, en wat zou helpen? Zonder naam, nummer of "
            "adres. Ook wat u zelf nodig heeft om uw werk goed te doen, hoort hier."
        ),
        max_length=2_000,
        widget=_rows(6),
        error_messages={"required": _("Schrijf in een paar zinnen wat u ziet.")},
    )
    municipalities = forms.ModelMultipleChoiceField(
        label=_("Voor welke gemeente?"),
        queryset=Municipality.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Kies een gemeente, of allebei.")},
    )

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        existing = partnership.municipalities.existing(timezone.localdate()).order_by("name")
        field = self.fields["municipalities"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = existing
        self.only = existing.first() if existing.count() == 1 else None
        if self.only is not None:
            del self.fields["municipalities"]

    def chosen(self) -> list[Municipality]:
        """Return the chosen municipalities."""
        if self.only is not None:
            return [self.only]
        return list(self.cleaned_data["municipalities"])


class CorrectForm(PersonFreeForm):
    """A signal as its writer corrects it."""

    person_free = ("text",)
    kind = forms.ChoiceField(
        label=_("Waar gaat het over?"), choices=Signal.Kind.choices, widget=forms.RadioSelect
    )
    text = StaffTextField(
        label=_("Wat ziet u?"),
        max_length=2_000,
        widget=_rows(6),
        error_messages={"required": _("Schrijf in een paar zinnen wat u ziet.")},
    )


class RedactForm(PersonFreeForm):
    """A signal without what identifies somebody."""

    person_free = ("text",)
    text = StaffTextField(
        label=_("Wat ziet u?"),
        help_text=_("Wie het schreef, hoort dat u dit wijzigde."),
        max_length=2_000,
        widget=_rows(6),
        error_messages={"required": _("Schrijf in een paar zinnen wat u ziet.")},
    )


class AsideForm(forms.Form):
    """Why a signal doesn't go to the meeting."""

    why = CleanCharField(
        label=_("Waarom gaat dit niet naar het overleg?"),
        help_text=_("Wie het schreef, leest dit. Bijvoorbeeld: dit lossen wij onderling op."),
        max_length=300,
    )


# Pages that show every bundle, or the goals one by one.
_NO_FIGURE = {"signalen", "doel"}


class BundleForm(PersonFreeForm):
    """Signals of one municipality, their summary, and what is asked of the meeting."""

    person_free = ("title", "text", "asks")
    signals = forms.ModelMultipleChoiceField(
        label=_("Welke signalen?"),
        queryset=Signal.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Kies een signaal of meer.")},
    )
    title = CleanCharField(
        label=_("Waar gaat het over?"),
        help_text=_("Bijvoorbeeld: geen vervoer in de avond."),
        max_length=120,
    )
    text = StaffTextField(label=_("Wat zien wij?"), max_length=3_000, widget=_rows(5))
    asks = StaffTextField(
        label=_("Wat vragen wij aan de bestuurders?"), max_length=2_000, widget=_rows(3)
    )
    meeting_on = DayField(label=_("Bestuurlijk overleg op"))
    concerns = forms.ChoiceField(
        label=_("Wie gaat het aan?"),
        choices=SignalBundle.Concerns.choices,
        initial=SignalBundle.Concerns.POLICY,
    )
    about_figure = forms.ChoiceField(
        label=_("Bij welk cijfer hoort dit?"),
        help_text=_("De bundel staat dan naast dat cijfer in de rapportage."),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        waiting: QuerySet[Signal],
        goals: Sequence[Mapping[str, Any]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        figure = self.fields["about_figure"]
        assert isinstance(figure, forms.ChoiceField)
        figure.choices = [
            ("", _("bij geen cijfer")),
            *((slug, asked.title) for slug, asked in QUESTIONS.items() if slug not in _NO_FIGURE),
            *((f"doel:{goal['key']}", goal["name"]) for goal in goals),
        ]
        field = self.fields["signals"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = waiting
        field.label_from_instance = lambda signal: (  # type: ignore[method-assign,assignment]
            f"{signal.text} ({signal.get_kind_display()}, {signal.organisation})"
        )

    def clean_meeting_on(self) -> Any:
        """Refuse a day in the past."""
        day = self.cleaned_data["meeting_on"]
        if day < timezone.localdate():
            raise ValidationError(_("Deze dag is al voorbij. Kies vandaag of later."))
        return day


class AnswerForm(PersonFreeForm):
    """The answer of the meeting, and its day."""

    person_free = ("answer",)
    answer = StaffTextField(
        label=_("Antwoord van het bestuurlijk overleg"),
        help_text=_("Wat gaat er gebeuren, wanneer, en wat niet? Wie een signaal gaf, leest dit."),
        max_length=3_000,
        widget=_rows(5),
    )
    answered_on = DayField(label=_("Dag van het antwoord"))

    def clean_answered_on(self) -> Any:
        """Refuse a day in the future."""
        day = self.cleaned_data["answered_on"]
        if day > timezone.localdate():
            raise ValidationError(_("Deze dag moet nog komen."))
        return day
