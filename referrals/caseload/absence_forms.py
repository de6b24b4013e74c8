"""Forms about who is away and how many hours somebody has."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from welzijn.accounts.models import User
from welzijn.core.form_fields import DayField, set_choice_messages


class _ColleagueForm(forms.Form):
    """Chooses among the colleagues of the coordinator's own organisation."""

    def __init__(self, *args: Any, colleagues: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = colleagues
        set_choice_messages(self)


class AbsenceForm(_ColleagueForm):
    """Who is away, from when until when, and who stands in."""

    wie = forms.ModelChoiceField(
        label=_("Wie is er afwezig?"),
        queryset=User.objects.none(),
        empty_label=_("Kies een collega"),
    )
    van = DayField(label=_("Vanaf"), initial=timezone.localdate)
    tot = DayField(label=_("Tot en met"))
    vervanger = forms.ModelChoiceField(
        label=_("Wie vervangt?"),
        queryset=User.objects.none(),
        empty_label=_("Kies een collega"),
        help_text=_(
            "Nieuw werk gaat zolang naar deze collega. Die leest ook de vragen van wie er "
            "afwezig is, en krijgt de herinneringen."
        ),
    )


class OwnAbsenceForm(_ColleagueForm):
    """From when until when somebody is away themselves, and who stands in."""

    van = DayField(label=_("Vanaf"), initial=timezone.localdate)
    tot = DayField(label=_("Tot en met"))
    vervanger = forms.ModelChoiceField(
        label=_("Wie vervangt u?"),
        queryset=User.objects.none(),
        empty_label=_("Kies een collega"),
        help_text=_(
            "Nieuw werk gaat zolang naar deze collega. Die leest ook uw vragen en krijgt uw "
            "herinneringen. Spreek het eerst samen af."
        ),
    )


class HoursForm(_ColleagueForm):
    """The hours a week of a colleague, and how many questions fit in them."""

    prefix = "uren"
    collega = forms.ModelChoiceField(
        label=_("Collega"), queryset=User.objects.none(), empty_label=_("Kies een collega")
    )
    uren = forms.IntegerField(label=_("Uren per week"), min_value=1, max_value=60)
    vragen = forms.IntegerField(
        label=_("Hoeveel vragen passen daarin?"), min_value=1, max_value=500, required=False
    )
