"""Forms of what the partners keep together. None of them may hold a person."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisations.directory import participation
from organisations.directory.models import LifeDomain, Organisation, PyramidLayer, Service
from organisations.learning_sessions.forms import PersonFreeField, person_free
from organisations.learning_sessions.permissions import reach
from organisations.partnerships.models import Partnership
from organisations.roles.permissions import PRACTITIONERS, roles_at
from organisations.working_together.models import MovableTask
from welzijn.accounts.models import User
from welzijn.core.form_fields import DayField, StaffTextField, set_choice_messages

MOST_PEOPLE = 10_000
_AREA = forms.Textarea(attrs={"rows": 4})


class _OfPartnership(forms.Form):
    """A form whose choices are of one partnership, for one user."""

    def __init__(self, *args: Any, partnership: Partnership, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.partnership, self.user, self.today = partnership, user, timezone.localdate()
        for name, queryset in self.choices().items():
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = queryset
        set_choice_messages(self)

    def choices(self) -> dict[str, QuerySet[Any]]:
        """Return the rows that each field offers."""
        return {}

    def _partners(self) -> QuerySet[Organisation]:
        return participation.taking_part(self.partnership.pk, self.today)

    def _domains(self) -> QuerySet[LifeDomain]:
        return self.partnership.life_domains.exclude(until__lt=self.today)


class WayForm(_OfPartnership):
    """How the partners work together, in their own words."""

    text = StaffTextField(
        label=_("Zo werken wij samen"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 12}),
        error_messages={"required": _("Schrijf op hoe u samenwerkt.")},
    )

    def clean_text(self) -> str:
        """Refuse a person in the text."""
        person_free(self.cleaned_data["text"])
        return str(self.cleaned_data["text"])


class SuccessForm(_OfPartnership):
    """Something that went well together."""

    title = PersonFreeField(label=_("Wat lukte er?"), max_length=120)
    text = PersonFreeField(
        label=_("Wat hielp daarbij?"),
        help_text=_("Geen naam en geen adres: iedereen met een rol leest dit."),
        max_length=600,
        widget=_AREA,
    )
    neighbourhood: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Waar was dat?"),
        queryset=None,
        required=False,
        empty_label=_("het hele samenwerkingsverband"),
    )

    def choices(self) -> dict[str, QuerySet[Any]]:
        """Offer a wijkaanjager the own neighbourhoods, a coordinator all."""
        may = reach(self.user, self.partnership)
        places = self.partnership.neighbourhoods.exclude(until__lt=self.today)
        if not may.everywhere:
            places = places.filter(pk__in=may.neighbourhoods)
            self.fields["neighbourhood"].required = True
            self.fields["neighbourhood"].empty_label = None  # type: ignore[attr-defined]
        return {"neighbourhood": places}


class ActionForm(_OfPartnership):
    """An action of the coordinators together."""

    what = PersonFreeField(label=_("Wat gaat er gebeuren?"), max_length=300)
    organisation: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Wie pakt het op?"), queryset=None, empty_label=_("Kies een organisatie")
    )
    due_on = DayField(label=_("Voor wanneer?"))

    def choices(self) -> dict[str, QuerySet[Any]]:
        """Offer the organisations that take part."""
        return {"organisation": self._partners()}

    def clean_due_on(self) -> date:
        """Refuse a day that has passed."""
        due: date = self.cleaned_data["due_on"]
        if due < self.today:
            raise ValidationError(_("Deze dag is al voorbij. Kies vandaag of later."))
        return due


class AgreementForm(_OfPartnership):
    """A note or agreement on an overlap or gap."""

    life_domain: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Leefgebied"), queryset=None, empty_label=_("Kies een leefgebied")
    )
    layer = forms.TypedChoiceField(label=_("Laag"), coerce=int, choices=PyramidLayer.choices)
    agreed = forms.TypedChoiceField(
        label=_("Wat is het?"),
        coerce=lambda value: value == "ja",
        choices=[("nee", _("een notitie")), ("ja", _("een afspraak"))],
        widget=forms.RadioSelect,
        initial="nee",
    )
    text = PersonFreeField(label=_("Wat is er besproken?"), max_length=600, widget=_AREA)
    review_on = DayField(label=_("Wanneer kijkt u er weer naar?"), required=False)

    def choices(self) -> dict[str, QuerySet[Any]]:
        """Offer the life domains of today."""
        return {"life_domain": self._domains()}


class TaskForm(_OfPartnership):
    """A task of a service that a residents' initiative could take over."""

    service: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Bij welk aanbod hoort de taak?"), queryset=None, empty_label=_("Kies een aanbod")
    )
    what = PersonFreeField(label=_("Welke taak kan verschuiven?"), max_length=200)
    to: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Naar wie?"), queryset=None, required=False, empty_label=_("nog niet bekend")
    )

    def choices(self) -> dict[str, QuerySet[Any]]:
        """Offer the services of today, and residents' initiatives."""
        services = Service.objects.filter(partnership=self.partnership)
        return {
            "service": services.exclude(until__lt=self.today).order_by("name"),
            "to": self._partners().filter(kind=Organisation.Kind.INITIATIVE),
        }


class TaskStateForm(_OfPartnership):
    """How far a task is."""

    state = forms.ChoiceField(label=_("Stand"), choices=MovableTask.State.choices)
    to: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Naar wie?"), queryset=None, required=False, empty_label=_("nog niet bekend")
    )

    def choices(self) -> dict[str, QuerySet[Any]]:
        """Offer residents' initiatives that take part."""
        return {"to": self._partners().filter(kind=Organisation.Kind.INITIATIVE)}

    def clean(self) -> dict[str, Any]:
        """Require who takes over once that was agreed."""
        cleaned: dict[str, Any] = super().clean() or {}
        moves = cleaned.get("state") in (MovableTask.State.AGREED, MovableTask.State.MOVED)
        if moves and cleaned.get("to") is None:
            self.add_error("to", _("Kies het bewonersinitiatief dat de taak overneemt."))
        return cleaned


class GroupWorkForm(_OfPartnership):
    """One gathering of a group: what, where, how many."""

    what = PersonFreeField(
        label=_("Wat was het?"),
        help_text=_("Bijvoorbeeld: koffieochtend, taalgroep, buurtmaaltijd."),
        max_length=120,
    )
    organisation: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Van welke organisatie?"), queryset=None, empty_label=None
    )
    day = DayField(label=_("Dag"))
    life_domain: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Leefgebied"), queryset=None, empty_label=_("Kies een leefgebied")
    )
    neighbourhood: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Wijk of kern"), queryset=None, required=False, empty_label=_("niet in één wijk")
    )
    people = forms.IntegerField(
        label=_("Hoeveel mensen kwamen er?"), min_value=0, max_value=MOST_PEOPLE
    )
    volunteers = forms.IntegerField(
        label=_("Hoeveel vrijwilligers hielpen mee?"),
        min_value=0,
        max_value=MOST_PEOPLE,
        required=False,
        initial=0,
    )

    def choices(self) -> dict[str, QuerySet[Any]]:
        """Offer the organisations in which this user works with residents."""
        mine = [
            m.organisation_id
            for m in roles_at(self.user, self.partnership)
            if m.role in PRACTITIONERS
        ]
        return {
            "organisation": Organisation.objects.filter(pk__in=mine).order_by("name"),
            "life_domain": self._domains(),
            "neighbourhood": self.partnership.neighbourhoods.exclude(until__lt=self.today),
        }

    def clean_day(self) -> date:
        """Refuse a day to come: what is counted has been."""
        day: date = self.cleaned_data["day"]
        if day > self.today:
            raise ValidationError(_("Deze dag moet nog komen. Schrijf op wat is geweest."))
        return day

    def clean_volunteers(self) -> int:
        """Read nothing as none."""
        return self.cleaned_data["volunteers"] or 0
