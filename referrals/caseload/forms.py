"""Forms of the coordinator about one question or colleague: assign, move, divide their work."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intake.questions.models import Question, SharingBasis
from intake.questions.models.querysets import CASE_ROLES
from organisations.directory import participation
from organisations.directory.models import Organisation
from organisations.partnerships.models import Partnership
from organisations.roles.models import Membership, Role
from referrals.casework_base.grounds import Ground
from referrals.routing_review.models import Correction
from welzijn.accounts.models import User
from welzijn.core.form_fields import CleanCharField, set_choice_messages


class AssignForm(forms.Form):
    """Choose a colleague of the leading organisation or team."""

    to = forms.ModelChoiceField(
        label=_("Collega"), queryset=User.objects.none(), empty_label=_("Kies een collega")
    )
    why = CleanCharField(
        label=_("Reden"),
        max_length=300,
        required=False,
        help_text=_("Deze vraag is van een andere organisatie. Zij lezen uw reden."),
    )

    def __init__(
        self, *args: Any, question: Question, anothers: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = colleagues(question)
        self.fields["why"].required = anothers
        if not anothers:
            self.fields["why"].widget = forms.HiddenInput()
        set_choice_messages(self)


class SureField(forms.BooleanField):
    """The one time that a move is asked about: bases end with it, so there is no undo."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Ja, de nieuwe organisatie leest de vraag en de vorige niet meer"),
            help_text=_("U kunt dit hierna niet ongedaan maken."),
            error_messages={"required": _("Vink aan dat u dit zeker weet.")},
        )


class MoveForm(forms.Form):
    """Choose a new lead, the reason, and the ground on which it may know of the question."""

    TRIAGE = "toegang"
    NOT_ASKED = ""
    GROUNDS = (
        (NOT_ASKED, _("De inwoner is nog niet gevraagd: het toegangsteam vraagt het eerst")),
        (SharingBasis.How.PHONE.value, _("De inwoner zei ja, aan de telefoon")),
        (SharingBasis.How.SPOKEN.value, _("De inwoner zei ja, in een gesprek")),
        (SharingBasis.Kind.DANGER.value, _("Er is acuut gevaar")),
        (SharingBasis.Kind.LEGAL_DUTY.value, _("De wet verplicht het")),
    )
    to = forms.ChoiceField(label=_("Naar"))
    why = forms.ChoiceField(
        label=_("Waarom"), choices=[("", _("Kies een reden")), *Correction.Why.choices]
    )
    ground = forms.ChoiceField(
        label=_("Mag die organisatie het weten?"),
        choices=GROUNDS,
        required=False,
        widget=forms.RadioSelect,
    )
    reason = CleanCharField(
        label=_("Reden bij gevaar of een wettelijke plicht"), max_length=300, required=False
    )
    sure = SureField()

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        # AssignForm stands on the same page and has a field of the same name.
        super().__init__(*args, **{"auto_id": "move_%s", **kwargs})
        taking = participation.picking_up(
            question.partnership_id, timezone.localdate()
        ).values_list("slug", "name")
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)
        triage = question.partnership.triage_team
        field.choices = [
            ("", _("Kies een organisatie")),
            *((slug, name) for slug, name in taking if not self._leads(question, slug)),
            (self.TRIAGE, str(triage)),
        ]
        set_choice_messages(self)

    @staticmethod
    def _leads(question: Question, slug: str) -> bool:
        return question.lead_team_id is None and question.lead.slug == slug

    def clean(self) -> dict[str, Any]:
        """Require a reason for sharing without consent."""
        data = super().clean() or {}
        without_consent = (SharingBasis.Kind.DANGER, SharingBasis.Kind.LEGAL_DUTY)
        if data.get("ground") in without_consent and not data.get("reason"):
            self.add_error("reason", _("Schrijf op waarom u dit zonder toestemming deelt."))
        return data

    def organisation(self) -> Organisation | None:
        """Return the chosen organisation; None for the triage team."""
        slug = self.cleaned_data["to"]
        return None if slug == self.TRIAGE else Organisation.objects.get(slug=slug)

    def chosen_ground(self) -> Ground | None:
        """Return the ground for sharing, or None where the resident was not asked."""
        ground, reason = self.cleaned_data["ground"], self.cleaned_data["reason"]
        if not ground:
            return None
        if ground in SharingBasis.How.values:
            return Ground(how=SharingBasis.How(ground), reason=reason)
        return Ground(kind=SharingBasis.Kind(ground), how=SharingBasis.How.SYSTEM, reason=reason)


class DivideForm(forms.Form):
    """Choose who takes over a colleague's work; left empty it returns to their organisation."""

    to = forms.ModelChoiceField(
        label=_("Naar"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Terug naar de organisatie, om opnieuw op te pakken"),
    )
    reden = CleanCharField(
        label=_("Reden"),
        max_length=300,
        required=False,
        help_text=_("Nodig als het werk van een andere organisatie is. Zij lezen deze reden."),
    )

    def __init__(self, *args: Any, worker: User, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Membership.objects.active().filter(user=worker, partnership=partnership)
        field = self.fields["to"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = (
            User.objects.filter(
                is_active=True,
                memberships__in=Membership.objects.active().filter(
                    partnership=partnership, organisation__in=own.values("organisation")
                ),
            )
            .exclude(pk=worker.pk)
            .distinct()
            .order_by("name")
        )


def colleagues(question: Question) -> QuerySet[User]:
    """Return who could be assigned: people with a casework role at the lead."""
    active = Membership.objects.active().filter(partnership=question.partnership)
    if question.lead_team_id is not None:
        active = active.filter(team=question.lead_team, role=Role.TEAM_MEMBER)
    else:
        active = active.filter(organisation=question.lead, role__in=CASE_ROLES)
    return User.objects.filter(pk__in=active.values("user")).order_by("name")
