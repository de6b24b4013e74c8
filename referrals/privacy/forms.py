"""Filters of the privacy officer: for the sample of the access log, and for the proofs."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intake.resident_access import codes
from organisations.directory.models import Organisation
from organisations.partnerships import retention_terms
from organisations.partnerships.models import Partnership
from organisations.roles.models import Role
from referrals.privacy.log_sampling import SampleFilter
from referrals.retention.overview import kind_in_words
from welzijn.audit.models import AccessEvent
from welzijn.core.form_fields import CleanCharField, DayInput


class SampleForm(forms.Form):
    """A period, and optionally an organisation, an action, a role or a question."""

    van = forms.DateField(label=_("Van"), required=False, widget=DayInput())
    tot = forms.DateField(label=_("Tot en met"), required=False, widget=DayInput())
    organisatie: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Organisatie"), queryset=None, required=False, empty_label=_("alle")
    )
    actie = forms.ChoiceField(
        label=_("Wat"),
        required=False,
        choices=[("", _("alles")), *AccessEvent.Action.choices],
    )
    rol = forms.ChoiceField(
        label=_("Rol"), required=False, choices=[("", _("alle")), *Role.choices]
    )
    spoed = forms.ChoiceField(
        label=_("Noodtoegang"),
        required=False,
        choices=[("", _("met en zonder")), ("ja", _("Alleen noodtoegang"))],
    )
    kenmerk = CleanCharField(label=_("Kenmerk"), max_length=20, required=False)

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _organisations(self, partnership)

    def filters(self) -> SampleFilter:
        """Return the filter; the last thirty days by default."""
        today = timezone.localdate()
        data = self.cleaned_data if self.is_bound and self.is_valid() else {}
        until = data.get("tot") or today
        return SampleFilter(
            since=data.get("van") or until - timedelta(days=30),
            until=until,
            organisation=data.get("organisatie"),
            action=data.get("actie") or "",
            role=data.get("rol") or "",
            emergency=data.get("spoed") == "ja",
            reference=codes.clean_reference(data.get("kenmerk") or ""),
        )


class ProofFilter(forms.Form):
    """A period, an organisation and a kind of term; all optional."""

    van = forms.DateField(label=_("Van"), required=False, widget=DayInput())
    tot = forms.DateField(label=_("Tot en met"), required=False, widget=DayInput())
    organisatie: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Organisatie"), queryset=None, required=False, empty_label=_("alle")
    )
    soort = forms.ChoiceField(label=_("Soort"), required=False)

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _organisations(self, partnership)
        kinds = self.fields["soort"]
        assert isinstance(kinds, forms.ChoiceField)
        kinds.choices = [
            ("", _("alles")),
            *(
                (kind, kind_in_words(kind))
                for kind in (*retention_terms.KINDS, retention_terms.LOG)
            ),
        ]

    def filters(self) -> dict[str, Any]:
        """Return the arguments of `overview.proofs`; an invalid choice counts as left out."""
        data = self.cleaned_data if self.is_bound and self.is_valid() else {}
        return {
            "since": data.get("van"),
            "until": data.get("tot"),
            "organisation": data.get("organisatie"),
            "kind": data.get("soort") or "",
        }


def _organisations(form: forms.Form, partnership: Partnership) -> None:
    field = form.fields["organisatie"]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = Organisation.objects.filter(participations__partnership=partnership).order_by(
        "name"
    )
