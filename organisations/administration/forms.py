"""Forms of the functional administrator."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

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
        help_text=_("Alleen voor beleid van de gemeente."),
    )

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = {
            "organisation": _organisations(partnership),
            "team": partnership.teams.all(),
            "neighbourhood": partnership.neighbourhoods.all(),
            "municipality": partnership.municipalities.all(),
        }
        for name, queryset in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = queryset
        set_choice_messages(self)


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
        """Require an end after the beginning, and somebody who can act on an alarm."""
        cleaned: dict[str, Any] = super().clean() or {}
        begin, end = cleaned.get("starts_at"), cleaned.get("ends_at")
        if begin and end and end <= begin:
            self.add_error("ends_at", _("Kies een moment na het begin van de dienst."))
        elif begin and end and cleaned.get("user"):
            try:
                duty.check(
                    partnership=self._partnership,
                    user=cleaned["user"],
                    starts_at=begin,
                    ends_at=end,
                )
            except forms.ValidationError as error:
                self.add_error("user", error)
        return cleaned


def _organisations(partnership: Partnership) -> Any:
    from organisations.directory.models import Organisation

    return Organisation.objects.filter(participations__partnership=partnership).order_by("name")
