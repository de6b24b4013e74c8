"""Forms about contact: a conversation, an answer, a note, what is called off or struck."""

from datetime import datetime, time
from types import MappingProxyType
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from referrals.casework_base.forms import CaseForm, inline, rows
from referrals.casework_base.models import ContactMoment
from referrals.follow_ups.models import FollowUp
from welzijn.core import dates
from welzijn.core.form_fields import (
    MAX_NOTE_LENGTH,
    CleanCharField,
    ClockField,
    DayField,
    StaffTextField,
)
from welzijn.core.working_days import local_moment


def _what_and_when(one: FollowUp) -> str:
    return f"{capfirst(one.what)} ({dates.plain_day(one.due_on)})"


class ContactForm(CaseForm):
    """A conversation with the resident, or an attempt."""

    starting_texts = MappingProxyType({"note": "note", "message": "agreed"})
    planned = {"next_on": "next_at"}
    outcome = forms.ChoiceField(
        label=_("Hoe ging het?"), choices=ContactMoment.Outcome.choices, widget=inline()
    )
    way = forms.ChoiceField(
        label=_("Op welke manier?"),
        choices=[c for c in ContactMoment.Way.choices if c[0] != ContactMoment.Way.PAGE],
        initial=ContactMoment.Way.PHONE,
        widget=inline(),
    )
    on = DayField(label=_("Wanneer was het?"), required=False)
    at_time = ClockField(label=_("Hoe laat, als u dat weet?"), required=False)
    agreed = StaffTextField(
        label=_("Wat is afgesproken?"),
        help_text=_("De inwoner leest dit op de eigen pagina."),
        max_length=MAX_NOTE_LENGTH,
        required=False,
        widget=rows(3),
    )
    note = StaffTextField(
        label=_("Werkaantekening"),
        help_text=_("Alleen voor collega's die deze vraag lezen."),
        max_length=MAX_NOTE_LENGTH,
        required=False,
        widget=rows(3),
    )
    done = forms.ModelMultipleChoiceField(
        label=_("Is hiermee gedaan"),
        queryset=FollowUp.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    next_on = DayField(label=_("Volgende stap op"), required=False)
    next_at = ClockField(label=_("Hoe laat, als u dat weet?"), required=False)
    next_what = CleanCharField(label=_("Wat is de volgende stap?"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("on", timezone.localdate())
        planned = self.question.follow_ups.filter(
            status=FollowUp.Status.OPEN,
            kind__in=[FollowUp.Kind.AGREED, FollowUp.Kind.CLOCK, FollowUp.Kind.DESK],
        )
        if not planned.exists():
            del self.fields["done"]
            return
        self.offer("done", planned.order_by("due_on", "id"))
        field = self.fields["done"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.label_from_instance = _what_and_when  # type: ignore[method-assign,assignment]

    def clean(self) -> dict[str, Any]:
        """Require a day for a next step."""
        given = super().clean() or {}
        if given.get("next_what") and not given.get("next_on") and "next_on" not in self.errors:
            self.add_error("next_on", _("Kies de dag van de volgende stap."))
        if given.get("at_time") and not given.get("on"):
            given["on"] = timezone.localdate()
        return given

    def moment(self) -> datetime | None:
        """Return when it was; None for now. Of a day without a time it is noon."""
        day, at = self.cleaned_data.get("on"), self.cleaned_data.get("at_time")
        if day is None or (day == timezone.localdate() and at is None):
            return None
        return local_moment(day, at or time(12))


class NoteForm(CaseForm):
    """A note without a contact."""

    starting_texts = MappingProxyType({"note": "text"})

    text = StaffTextField(
        label=_("Notitie"),
        help_text=_("Alleen voor collega's die deze vraag lezen."),
        max_length=MAX_NOTE_LENGTH,
        widget=rows(5),
    )


class CallOffForm(CaseForm):
    """Why something need not be done after all."""

    call_off_why = CleanCharField(label=_("Waarom niet meer?"), max_length=300)


class StrikeForm(CaseForm):
    """Why a step is struck through; on the day itself nobody asks."""

    reason = CleanCharField(label=_("Wat klopt er niet?"), max_length=300, required=False)


class WriteForm(CaseForm):
    """An answer on the resident's own page."""

    starting_texts = MappingProxyType({"message": "text"})

    text = StaffTextField(
        label=_("Uw antwoord"),
        help_text=_("De inwoner leest dit op de eigen pagina. Schrijf kort en gewoon."),
        max_length=MAX_NOTE_LENGTH,
        widget=rows(6),
    )
