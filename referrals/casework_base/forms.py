"""Form parts that the actions on a question share."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intake.questions.models import Question, SharingBasis
from organisations.directory import participation
from organisations.directory.models import Organisation
from organisations.front_door import configuration as front_door
from referrals.casework_base import anonymity_check
from referrals.casework_base.grounds import Ground
from welzijn.core.form_fields import (
    CleanCharField,
    ClockField,
    DayField,
    StaffTextField,
    set_choice_messages,
)
from welzijn.core.planned_days import PlannedDays
from welzijn.core.working_days import Calendar

How = SharingBasis.How


# How consent was given to a worker.
HEARD = [
    (How.PHONE.value, _("aan de telefoon")),
    (How.SPOKEN.value, _("in een gesprek")),
    (How.PAPER.value, _("op papier")),
]


SHORT = 2_000


def rows(number: int) -> forms.Textarea:
    """Return a text area with this number of lines."""
    return forms.Textarea(attrs={"rows": number})


def inline() -> forms.RadioSelect:
    """Return radio buttons on one line."""
    return forms.RadioSelect(attrs={"class": "vd-options--inline"})


class CaseForm(PlannedDays):
    """A form about one question; `question` is never changed by it.

    `starting_texts` maps a kind of text to start from to the field that takes it.
    """

    starting_texts: ClassVar[Mapping[str, str]] = {}

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        self.question = question
        super().__init__(*args, **kwargs)
        set_choice_messages(self)

    def planning_calendar(self) -> Calendar:
        """Return the calendar of the question's partnership."""
        return front_door.of(self.question.partnership).calendar

    def others(self) -> QuerySet[Organisation]:
        """The organisations that could take part besides the lead."""
        taking_part = participation.picking_up(self.question.partnership_id, timezone.localdate())
        if self.question.lead_team_id is not None:
            return taking_part
        return taking_part.exclude(pk=self.question.lead_id)

    def offer(self, name: str, queryset: QuerySet[Any]) -> None:
        """Set the options of a model choice field."""
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = queryset


class SureForm(CaseForm):
    """A form without fields: only a button."""


class WhyForm(CaseForm):
    """A reason, for colleagues."""

    why = StaffTextField(label=_("Waarom?"), max_length=SHORT, widget=rows(3))


class DayForm(CaseForm):
    """A new due date."""

    planned = {"due_on": "at_time"}
    due_on = DayField(label=_("Nieuwe dag"))
    at_time = ClockField(label=_("Hoe laat, als u dat weet?"), required=False)


class PersonFreeField(StaffTextField):
    """Sentences without the person; the form that holds it knows the question."""


class WithoutPersonForm(CaseForm):
    """Checks its person-free field against the names of the question."""

    person_free: str

    def clean(self) -> dict[str, Any]:
        """Add an error to the field for each thing that identifies the person."""
        given = super().clean() or {}
        text = given.get(self.person_free)
        if text:
            try:
                anonymity_check.check(text, self.question)
            except ValidationError as error:
                self.add_error(self.person_free, error)
        return given


class GroundForm(CaseForm):
    """The ground on which another organisation may read the question."""

    ground = forms.ChoiceField(label=_("Mag die organisatie het weten?"), widget=forms.RadioSelect)
    reason = CleanCharField(
        label=_("Reden bij gevaar of een wettelijke plicht"), max_length=300, required=False
    )
    WITHOUT_YES = (
        (SharingBasis.Kind.DANGER.value, _("Er is acuut gevaar")),
        (SharingBasis.Kind.LEGAL_DUTY.value, _("De wet verplicht het")),
    )

    def __init__(self, *args: Any, without_yes: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["ground"]
        assert isinstance(field, forms.ChoiceField)
        consented = [(value, _("De inwoner zei ja, {how}").format(how=how)) for value, how in HEARD]
        field.choices = [*consented, *(self.WITHOUT_YES if without_yes else ())]
        if not without_yes:
            del self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        """Require a reason for sharing without consent."""
        given = super().clean() or {}
        if given.get("ground") in dict(self.WITHOUT_YES) and not given.get("reason"):
            self.add_error("reason", _("Schrijf op waarom u dit zonder toestemming deelt."))
        return given

    def ground_given(self) -> Ground:
        """Return the ground for the verbs."""
        ground = self.cleaned_data["ground"]
        reason = self.cleaned_data.get("reason", "")
        if ground in How.values:
            return Ground(how=How(ground), reason=reason)
        return Ground(kind=SharingBasis.Kind(ground), how=How.SYSTEM, reason=reason)
