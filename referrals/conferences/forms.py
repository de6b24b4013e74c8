"""Forms of the MDO."""

from collections.abc import Iterable
from datetime import date, datetime, time
from itertools import groupby
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from intake.questions.models import SharingBasis
from organisations.directory.models import Organisation
from organisations.front_door import configuration as front_door
from organisations.roles.models import Membership, Role
from referrals.casework_base.forms import HEARD
from referrals.conferences import state_machine
from referrals.conferences.models import AgendaItem, Conference
from welzijn.core.form_fields import CleanCharField, ClockField, DayField
from welzijn.core.planned_days import PlannedDays
from welzijn.core.working_days import Calendar, local_moment

INVITED_ROLES = (
    Role.PROFESSIONAL,
    Role.TEAM_MEMBER,
    Role.COORDINATOR,
    Role.NEIGHBOURHOOD_LEAD,
)


def _rows(number: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": number})


def _why() -> CleanCharField:
    return CleanCharField(
        label=_("Waarover gaat het gesprek?"),
        help_text=_("Eén zin. De inwoner leest dit."),
        max_length=300,
    )


def _title() -> CleanCharField:
    return CleanCharField(
        label=_("Titel voor wie meedoet"),
        help_text=_("Zonder naam of adres. Bijvoorbeeld: Rust in huis."),
        max_length=80,
        required=False,
    )


class ProposeForm(forms.Form):
    """A sentence that the resident reads, and a title for all who are invited."""

    why = _why()
    title = _title()


class TitleForm(forms.Form):
    """The title by which all who are invited know it."""

    title = _title()


class ProposeByReferenceForm(forms.Form):
    """A question by its reference, and a sentence that its resident reads."""

    reference = CleanCharField(
        label=_("Kenmerk van de vraag"),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "vd-width-sm", "autocomplete": "off"}),
    )
    why = _why()


class AddQuestionForm(ProposeByReferenceForm):
    """A question for the agenda, with the yes of its own resident."""

    how = forms.ChoiceField(
        label=_("Hoe zei deze inwoner zelf ja?"),
        choices=HEARD,
        widget=forms.RadioSelect,
        error_messages={"required": _("Vraag het eerst. Zonder ja komt de vraag er niet op.")},
    )


class AskColleagueForm(forms.Form):
    """The reference of another question, for whoever works on it."""

    reference = CleanCharField(
        label=_("Kenmerk van de andere vraag"),
        help_text=_("U ziet niet van wie die vraag is. Wie eraan werkt, vraagt het de inwoner."),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "vd-width-sm", "autocomplete": "off"}),
    )
    why = CleanCharField(
        label=_("Waarover gaat het gesprek?"),
        help_text=_("Zonder naam of adres. Uw collega leest dit. Bijvoorbeeld: rust in huis."),
        max_length=300,
    )


class JoinForm(forms.Form):
    """The yes of the resident of a question that was asked for."""

    why = _why()
    how = forms.ChoiceField(
        label=_("Hoe zei deze inwoner zelf ja?"),
        choices=HEARD,
        widget=forms.RadioSelect,
        error_messages={"required": _("Vraag het eerst. Zonder ja komt de vraag er niet op.")},
    )


class TimeForm(PlannedDays):
    """When and where."""

    planned = {"day": "begins"}

    day = DayField(label=_("Dag"))
    begins = ClockField(label=_("Van"))
    ends = ClockField(label=_("Tot"))
    place = CleanCharField(label=_("Waar"), max_length=200)

    def __init__(self, *args: Any, conference: Conference, **kwargs: Any) -> None:
        if conference.starts_at is not None and conference.ends_at is not None:
            starts, ends = localtime(conference.starts_at), localtime(conference.ends_at)
            kwargs["initial"] = {
                "day": starts.date(),
                "begins": starts.strftime("%H:%M"),
                "ends": ends.strftime("%H:%M"),
                "place": conference.place,
            }
        self.conference = conference
        super().__init__(*args, **kwargs)

    def planning_calendar(self) -> Calendar:
        """Return the calendar of the partnership."""
        return front_door.of(self.conference.partnership).calendar

    def moments(self) -> tuple[datetime, datetime]:
        """Return start and end, in UTC."""
        day: date = self.cleaned_data["day"]
        begins: time = self.cleaned_data["begins"]
        ends: time = self.cleaned_data["ends"]
        return local_moment(day, begins), local_moment(day, ends)


class CancelForm(forms.Form):
    """The reason for cancelling."""

    why = CleanCharField(label=_("Waarom gaat het niet door?"), max_length=300)


class InviteForm(forms.Form):
    """Colleagues of organisations that take part, and somebody outside; several at once."""

    members = forms.ModelMultipleChoiceField(
        label=_("Collega's"),
        queryset=Membership.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    name = CleanCharField(label=_("Naam van iemand van buiten"), max_length=120, required=False)
    works_at = CleanCharField(
        label=_("Van welke organisatie?"),
        help_text=_("Bijvoorbeeld de huisarts of de school."),
        max_length=120,
        required=False,
    )
    email = forms.EmailField(label=_("E-mailadres"), required=False)

    def __init__(self, *args: Any, conference: Conference, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["members"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        # A row a person: whoever has several roles in an organisation stands there once.
        one_each = (
            Membership.objects.active(on)
            .filter(
                partnership=conference.partnership_id, role__in=INVITED_ROLES, user__is_active=True
            )
            .exclude(
                user__in=conference.participants.filter(
                    removed_at__isnull=True, user__isnull=False
                ).values("user")
            )
            .order_by("organisation__name", "user__name", "user_id", "role")
            .distinct("organisation__name", "user__name", "user_id")
        )
        field.queryset = Membership.objects.filter(pk__in=one_each.values("pk"))
        field.choices = _by_organisation(one_each.select_related("user", "organisation"))

    def clean(self) -> dict[str, Any]:
        """Require somebody; of somebody outside both name and address."""
        given = super().clean() or {}
        outside = [given.get("name"), given.get("email")]
        if any(outside) or not given.get("members"):
            for name in ("name", "email"):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, _("Kies een collega, of vul naam en e-mailadres in."))
        return given


def _by_organisation(members: Iterable[Membership]) -> list[tuple[str, list[tuple[Any, str]]]]:
    """The choices, a group an organisation."""
    return [
        (name, [(member.pk, str(member.user)) for member in group])
        for name, group in groupby(members, key=lambda member: member.organisation.name)
    ]


class ShareForm(forms.Form):
    """The resident's consent for one invited organisation."""

    organisation = forms.ModelChoiceField(
        label=_("Wie mag het weten?"),
        queryset=Organisation.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
    )
    how = forms.ChoiceField(
        label=_("Hoe zei de inwoner ja?"), choices=HEARD, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, item: AgendaItem, **kwargs: Any) -> None:
        self.item = item
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)
        invited = item.conference.participants.filter(removed_at__isnull=True).select_related(
            "user", "organisation"
        )
        missing = state_machine.missing(item, invited, timezone.localdate())
        field.queryset = Organisation.objects.filter(pk__in=[o.pk for o in missing])

    @property
    def heard(self) -> SharingBasis.How:
        """Return how the consent was given."""
        return SharingBasis.How(self.cleaned_data["how"])


class ResidentForm(forms.Form):
    """Whether the resident is invited, and why not."""

    invited = forms.TypedChoiceField(
        label=_("Is de inwoner uitgenodigd?"),
        coerce=lambda value: value == "ja",
        choices=[("ja", _("Ja")), ("nee", _("Nee"))],
        widget=forms.RadioSelect,
    )
    why_not = CleanCharField(
        label=_("Waarom niet?"),
        help_text=_("De inwoner leest deze reden op de eigen pagina."),
        max_length=300,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Require a reason for not inviting."""
        given = super().clean() or {}
        if given.get("invited") is False and not given.get("why_not"):
            self.add_error("why_not", _("Schrijf op waarom niet. De inwoner mag dat weten."))
        return given
