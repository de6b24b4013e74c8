"""What is asked for one step with several questions; each verb has its own form on the page."""

from typing import Any

from django import forms
from django.contrib.postgres.aggregates import StringAgg
from django.core.exceptions import ValidationError
from django.db.models import Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intake.questions.models.querysets import CASE_ROLES
from organisations.directory import participation
from organisations.directory.models import Organisation
from organisations.front_door import configuration as front_door
from organisations.partnerships.models import Partnership
from organisations.roles.models import Membership
from referrals.caseload.forms import SureField
from referrals.routing_review.models import Correction
from welzijn.accounts.models import User
from welzijn.core.anonymity import giveaways
from welzijn.core.form_fields import CleanCharField, DayField, set_choice_messages
from welzijn.core.planned_days import PlannedDays
from welzijn.core.working_days import Calendar

ASSIGN, MOVE, PLAN, REMIND = "toewijzen", "verplaatsen", "plannen", "herinneren"


class _StepForm(forms.Form):
    """A form beside others on one page: `prefix` keeps their fields apart."""

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        self.partnership = partnership
        super().__init__(*args, **kwargs)
        set_choice_messages(self)


def colleagues_here(partnership: Partnership) -> Any:
    """Return everybody of the partnership to whom work can be given, with where they work."""
    members = Membership.objects.active().filter(partnership=partnership, role__in=CASE_ROLES)
    where = Coalesce("memberships__team__name", "memberships__organisation__name")
    return (
        User.objects.filter(pk__in=members.values("user"))
        .annotate(
            works_for=StringAgg(
                where, Value(", "), distinct=True, filter=Q(memberships__in=members)
            )
        )
        .order_by("name", "pk")
    )


class TakersField(forms.ModelMultipleChoiceField):
    """Several colleagues, each with a checkbox."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"required": _("Kies een of meer collega's.")})
        super().__init__(queryset=User.objects.none(), **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        """Return the name, with the organisations and teams that they work for."""
        where = getattr(obj, "works_for", "")
        return f"{obj.name} ({where})" if where else obj.name


class TakersForm(_StepForm):
    """To whom; with several people the work is spread over them."""

    prefix = "toe"
    naar = TakersField(label=_("Naar"))
    reden = CleanCharField(
        label=_("Reden"),
        max_length=300,
        required=False,
        help_text=_("Nodig als het werk van een andere organisatie is. Zij lezen deze reden."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["naar"]
        assert isinstance(field, TakersField)
        field.queryset = colleagues_here(self.partnership)


class MoveManyForm(_StepForm):
    """To which organisation, and why."""

    prefix = "ver"
    TRIAGE = "toegang"
    naar = forms.ChoiceField(label=_("Naar"))
    waarom = forms.ChoiceField(
        label=_("Waarom"), choices=[("", _("Kies een reden")), *Correction.Why.choices]
    )
    reden = CleanCharField(label=_("Toelichting"), max_length=300, required=False)
    zeker = SureField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        taking = participation.picking_up(self.partnership.pk, timezone.localdate())
        field = self.fields["naar"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", _("Kies een organisatie")),
            *taking.values_list("slug", "name"),
            (self.TRIAGE, str(front_door.of(self.partnership).triage_team)),
        ]

    def organisation(self) -> Organisation | None:
        """Return the chosen organisation; None for the triage team."""
        slug = self.cleaned_data["naar"]
        return None if slug == self.TRIAGE else Organisation.objects.get(slug=slug)


class PlanManyForm(PlannedDays, _StepForm):
    """What is to be done for each of them, and when."""

    prefix = "plan"
    wat = CleanCharField(label=_("Wat gaat er gebeuren?"), max_length=200)
    op = DayField(label=_("Op welke dag?"))
    planned = {"op": ""}

    def planning_calendar(self) -> Calendar:
        """Return the calendar of the partnership."""
        return front_door.of(self.partnership).calendar


class RemindManyForm(_StepForm):
    """Nothing is asked: whoever has the question is mailed."""

    prefix = "her"


class ExportForm(_StepForm):
    """What for, as which file, and whether names go with it."""

    prefix = "uit"
    CSV, XLSX = "csv", "xlsx"
    reden = CleanCharField(
        label=_("Waarvoor heeft u het bestand nodig?"),
        max_length=150,
        help_text=_("De inwoners in de lijst lezen deze reden. Noem dus geen personen."),
    )
    soort = forms.ChoiceField(
        label=_("Bestand"),
        choices=[(XLSX, _("Excel (XLSX)")), (CSV, _("CSV"))],
        initial=XLSX,
        widget=forms.RadioSelect(attrs={"class": "vd-options--inline"}),
    )
    namen = forms.BooleanField(label=_("Zet de namen erin"), required=False)

    def clean_reden(self) -> str:
        """Refuse a reason that says who it is about: others in the list read it."""
        reason: str = self.cleaned_data["reden"]
        if found := giveaways(reason, ()):
            raise ValidationError([ValidationError(text) for text in found])
        return reason


STEPS: dict[str, type[_StepForm]] = {
    ASSIGN: TakersForm,
    MOVE: MoveManyForm,
    PLAN: PlanManyForm,
    REMIND: RemindManyForm,
}
