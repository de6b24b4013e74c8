"""Filters of the privacy officer: for the sample of the access log, and for the proofs."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intake.questions.models import Question
from intake.resident_access import codes
from organisations.directory.models import Organisation
from organisations.partnerships import retention_terms
from organisations.partnerships.models import Partnership
from organisations.roles.models import Membership, Role
from referrals.privacy.log_lines import LinesFilter
from referrals.privacy.log_sampling import SampleFilter
from referrals.privacy.models import Finding
from referrals.retention.overview import kind_in_words
from welzijn.accounts.models import User
from welzijn.audit.models import AccessEvent
from welzijn.core.form_fields import CleanCharField, DayField


class FilterForm(forms.Form):
    """Filters at one partnership. What can't be filtered by is said, and the page shows no rows."""

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        self.partnership = partnership
        super().__init__(*args, **kwargs)

    @property
    def refused(self) -> bool:
        """Whether something was filled in that can't be filtered by."""
        return self.is_bound and not self.is_valid()


class PeriodForm(FilterForm):
    """A period, both days inclusive."""

    van = DayField(label=_("Van"), required=False)
    tot = DayField(label=_("Tot en met"), required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        given = super().clean() or {}
        since, until = given.get("van"), given.get("tot")
        if since and until and until < since:
            self.add_error("tot", _("De laatste dag ligt vóór de eerste. Draai de twee dagen om."))
        return given


class WithReference(FilterForm):
    """The reference of one question."""

    kenmerk = CleanCharField(label=_("Kenmerk"), max_length=20, required=False)
    question: Question | None = None

    def clean_kenmerk(self) -> str:
        """Return the reference as it is stored; refuse one that no question here has."""
        typed = self.cleaned_data.get("kenmerk") or ""
        if not typed:
            return ""
        reference = codes.clean_reference(typed)
        self.question = (
            Question.objects.only("pk", "reference")
            .filter(partnership=self.partnership, reference=reference)
            .first()
        )
        if self.question is None:
            raise forms.ValidationError(_("Er is geen vraag met dit kenmerk, of die is gewist."))
        return reference


class EarlierForm(WithReference):
    """The question of which the officer wants to know what was known before."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kenmerk"].required = True
        self.fields["kenmerk"].error_messages["required"] = _("Vul een kenmerk in.")


class LinesForm(PeriodForm, WithReference):
    """Which lines of the log: of a colleague, about a question, opened or seen in a list."""

    medewerker: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Medewerker"), queryset=None, required=False, empty_label=_("alle")
    )
    soort = forms.ChoiceField(
        label=_("Wat"),
        required=False,
        choices=[("", _("geopend of gewijzigd")), ("lijst", _("gezien in een lijst"))],
    )
    field_order = ("medewerker", "kenmerk", "soort", "van", "tot")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["medewerker"]
        assert isinstance(field, forms.ModelChoiceField)
        # Also who left: the question may be about last year.
        field.queryset = User.objects.filter(
            pk__in=Membership.objects.filter(partnership=self.partnership).values("user")
        ).order_by("name")

    def filters(self) -> LinesFilter:
        """Return the filter of a valid form; everything by default."""
        data = self.cleaned_data if self.is_bound else {}
        return LinesFilter(
            since=data.get("van"),
            until=data.get("tot"),
            colleague=data.get("medewerker"),
            question=self.question.pk if self.question else None,
            lists=data.get("soort") == "lijst",
        )


class FindingForm(forms.Form):
    """A finding about one thing on the page."""

    about = forms.CharField(widget=forms.HiddenInput, max_length=120)
    outcome = forms.ChoiceField(label=_("Bevinding"), choices=Finding.Outcome.choices)
    note = CleanCharField(
        label=_("Toelichting"),
        help_text=_("Zonder naam van een inwoner."),
        max_length=500,
    )


class SampleForm(PeriodForm, WithReference):
    """A period, and optionally an organisation, an action, a role or a question."""

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
    field_order = ("van", "tot", "organisatie", "actie", "rol", "spoed", "kenmerk")

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, partnership=partnership, **kwargs)
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
            reference=data.get("kenmerk") or "",
        )


class ProofFilter(PeriodForm):
    """A period, an organisation and a kind of term; all optional."""

    organisatie: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Organisatie"), queryset=None, required=False, empty_label=_("alle")
    )
    soort = forms.ChoiceField(label=_("Soort"), required=False)

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, partnership=partnership, **kwargs)
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
