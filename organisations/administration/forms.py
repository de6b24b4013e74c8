"""Forms of the functional administrator."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisations.administration.role_rights import sentence_of
from organisations.partnerships.models import Partnership
from organisations.roles import duty
from organisations.roles.models import Duty, Membership, Role
from welzijn.accounts.models import User
from welzijn.core.form_fields import (
    CleanCharField,
    EmailAddressField,
    MomentInput,
    set_choice_messages,
)
from welzijn.core.working_days import local_date

_FIELD_OF: Mapping[str, str] = {
    Role.TEAM_MEMBER: "team",
    Role.NEIGHBOURHOOD_LEAD: "neighbourhood",
    Role.MUNICIPALITY: "municipality",
    Role.ALDERMAN: "municipality",
    Role.PROFESSIONAL: "reads_new",
    Role.COORDINATOR: "reads_new",
}
"""The one field that a role has beside the organisation."""
_ROLE_FIELDS = frozenset(_FIELD_OF.values())


class RoleForm(forms.Form):
    """One person's role: the organisation, and the team, neighbourhood or municipality."""

    role = forms.ChoiceField(
        label=_("Rol"),
        choices=[("", _("Kies een rol")), *Role.choices],
    )
    organisation: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Organisatie"),
        queryset=None,
        empty_label=_("Kies een organisatie"),
    )
    reads_new = forms.BooleanField(
        label=_("Leest nieuwe vragen van de organisatie"),
        required=False,
        help_text=_("Voor medewerkers en coördinatoren die vragen aannemen."),
    )
    team: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Team"),
        queryset=None,
        required=False,
        empty_label=_("Geen team"),
        help_text=_("Alleen voor een teamlid."),
    )
    neighbourhood: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Wijk of kern"),
        queryset=None,
        required=False,
        empty_label=_("Geen wijk of kern"),
        help_text=_("Alleen voor een wijkaanjager."),
    )
    municipality: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Gemeente"),
        queryset=None,
        required=False,
        empty_label=_("Geen gemeente"),
        help_text=_("Alleen voor beleid, een wethouder of een manager."),
    )

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        choices = {
            "organisation": _organisations(partnership),
            "team": partnership.teams.exclude(until__lt=today),
            "neighbourhood": partnership.neighbourhoods.exclude(until__lt=today),
            "municipality": partnership.municipalities.all(),
        }
        for name, queryset in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = queryset
        self.chosen = self._chosen_role()
        if self.chosen:
            for name in _ROLE_FIELDS - {_FIELD_OF.get(self.chosen)}:
                del self.fields[name]
            self._ask_for_its_field()
        # A GET of the role alone: no name or address comes into a URL.
        self.fields["role"].widget.attrs |= {
            "hx-get": "",
            "hx-trigger": "change",
            "hx-select": "#rol-velden",
            "hx-target": "#rol-velden",
            "hx-swap": "outerHTML",
        }
        set_choice_messages(self)

    def _ask_for_its_field(self) -> None:
        """Ask for the team, neighbourhood or municipality that the chosen role can't do without."""
        field = self.fields.get(_FIELD_OF.get(self.chosen, ""))
        if isinstance(field, forms.ModelChoiceField):
            field.required, field.help_text = True, ""
            field.empty_label = {
                "team": _("Kies een team"),
                "neighbourhood": _("Kies een wijk of kern"),
                "municipality": _("Kies een gemeente"),
            }[_FIELD_OF[self.chosen]]

    def _chosen_role(self) -> str:
        chosen = self.data.get("role") if self.is_bound else self.initial.get("role")
        return str(chosen) if chosen in Role.values else ""

    @property
    def of_every_role(self) -> list[forms.BoundField]:
        """The fields that do not depend on the role."""
        return [field for field in self if field.name not in _ROLE_FIELDS]

    @property
    def of_the_role(self) -> list[forms.BoundField]:
        """The fields that only the chosen role has; those of all roles while none is chosen."""
        return [field for field in self if field.name in _ROLE_FIELDS]

    @property
    def says(self) -> str:
        """What the chosen role may see, in one sentence."""
        return sentence_of(Role(self.chosen)) if self.chosen else ""

    def clean(self) -> dict[str, Any]:
        """Fill in what the chosen role doesn't have."""
        cleaned: dict[str, Any] = super().clean() or {}
        nothing = {"team": None, "neighbourhood": None, "municipality": None, "reads_new": False}
        return nothing | cleaned


class InviteForm(RoleForm):
    """A new colleague with their first role."""

    name = CleanCharField(label=_("Naam"), max_length=120)
    function = CleanCharField(label=_("Functie"), max_length=120, required=False)
    email = EmailAddressField(label=_("E-mailadres"))
    field_order = ("name", "function", "email", "role", "organisation")


class ContactDecisionForm(forms.Form):
    """The decision of an organisation's contact person, who has no account."""

    name = CleanCharField(
        label=_("Uw naam"), max_length=120, help_text=_("Uw naam komt bij dit besluit te staan.")
    )
    decision = forms.ChoiceField(
        label=_("Uw besluit"),
        choices=[("goed", _("Goedkeuren")), ("niet", _("Afwijzen"))],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choice_messages(self)


class FilterForm(forms.Form):
    """Filter the list of people."""

    zoek = CleanCharField(label=_("Naam"), max_length=80, required=False)
    organisatie: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Organisatie"), queryset=None, required=False, empty_label=_("alle")
    )
    rol = forms.ChoiceField(
        label=_("Rol"), choices=[("", _("alle")), *Role.choices], required=False
    )

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisatie"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = _organisations(partnership)


class DutyForm(forms.ModelForm[Duty]):
    """A period of duty, in local time."""

    class Meta:
        model = Duty
        fields = ["user", "starts_at", "ends_at"]
        labels = {"user": _("Wie"), "starts_at": _("Vanaf"), "ends_at": _("Tot")}
        widgets = {
            "starts_at": MomentInput(),
            "ends_at": MomentInput(),
        }

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._partnership = partnership
        self.also_on_duty: list[str] = []
        field = self.fields["user"]
        assert isinstance(field, forms.ModelChoiceField)
        field.empty_label = _("Kies een collega")
        field.queryset = User.objects.filter(
            pk__in=Membership.objects.active()
            .filter(partnership=partnership, team=partnership.triage_team)
            .values("user")
        )
        set_choice_messages(self)

    def clean(self) -> dict[str, Any]:
        """Require a time to come, and somebody who can act on an alarm and is free for it."""
        cleaned: dict[str, Any] = super().clean() or {}
        begin, end = cleaned.get("starts_at"), cleaned.get("ends_at")
        now = timezone.now()
        if begin and local_date(begin) < local_date(now):
            self.add_error("starts_at", _("Deze dag is al voorbij. Kies vandaag of later."))
        elif end and end <= now:
            self.add_error("ends_at", _("Dit moment is al voorbij. Kies een later moment."))
        if begin and end and end <= begin:
            self.add_error("ends_at", _("Kies een moment na het begin van de dienst."))
        elif begin and end and (user := cleaned.get("user")):
            try:
                duty.check(
                    partnership=self._partnership,
                    user=user,
                    starts_at=begin,
                    ends_at=end,
                )
            except forms.ValidationError as error:
                self.add_error("user", error)
            self._check_overlap(user, begin, end)
        return cleaned

    def _check_overlap(self, user: User, begin: datetime, end: datetime) -> None:
        """Refuse the same person twice at once; remember who else has duty then."""
        others = duty.at_the_same_time(partnership=self._partnership, starts_at=begin, ends_at=end)
        if user in others:
            self.add_error("user", _("{name} heeft in deze tijd al dienst.").format(name=user.name))
        self.also_on_duty = [one.name for one in others if one != user]


def _organisations(partnership: Partnership) -> Any:
    from organisations.directory.models import Organisation

    return Organisation.objects.filter(participations__partnership=partnership).order_by("name")
