"""The forms of the actions on a question."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intake.questions.models import Question
from organisations.directory.models import Organisation
from referrals.casework_base.forms import (
    HEARD,
    CaseForm,
    GroundForm,
    inline,
    rows,
)
from referrals.routing_review.models import Correction
from welzijn.core.form_fields import (
    MAX_NOTE_LENGTH,
    CleanCharField,
    ClockField,
    DayField,
    StaffTextField,
)


class PlanForm(CaseForm):
    """The next step."""

    planned = {"due_on": "at_time"}
    what = CleanCharField(label=_("Wat gaat u doen?"), max_length=200)
    due_on = DayField(
        label=_("Wanneer?"),
    )
    at_time = ClockField(label=_("Hoe laat, als u dat weet?"), required=False)
    shared = forms.BooleanField(label=_("De inwoner mag dit lezen"), required=False)


class BringInForm(GroundForm):
    """A supporting organisation, and the consent for it."""

    to = forms.ModelChoiceField(
        label=_("Wie gaat er meehelpen?"),
        queryset=Organisation.objects.none(),
        empty_label=_("Kies een organisatie"),
    )
    field_order = ("to", "ground", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("to", self.others())


class PlaceForm(GroundForm):
    """The new lead chosen by the triage team, and the reason."""

    to = forms.ModelChoiceField(
        label=_("Naar welke organisatie?"),
        queryset=Organisation.objects.none(),
        empty_label=_("Kies een organisatie"),
    )
    why = forms.ChoiceField(
        label=_("Klopte de eerste toedeling?"),
        choices=[("", _("Ja, of er was geen andere")), *Correction.Why.choices],
        required=False,
    )
    field_order = ("to", "ground", "reason", "why")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("to", self.others())


class KindForm(CaseForm):
    """The kind of question; some kinds have a legal term."""

    kind = forms.ChoiceField(
        label=_("Wat voor vraag is het?"),
        choices=[
            (Question.Kind.ADVICE.value, _("Advies")),
            (Question.Kind.WELFARE.value, _("Welzijn")),
            (Question.Kind.WMO.value, _("Melding Wmo: onderzoek binnen 6 weken")),
            (Question.Kind.DEBTS.value, _("Schulden: gesprek binnen 4 weken")),
            (
                Question.Kind.DEBTS_THREAT.value,
                _("Schulden, uitzetting of afsluiting dreigt: gesprek binnen 3 werkdagen"),
            ),
            (Question.Kind.YOUTH_CARE.value, _("Jeugdhulp")),
        ],
        widget=forms.RadioSelect,
    )


class JudgeForm(CaseForm):
    """The judgement whether there is danger."""

    danger = forms.ChoiceField(
        label=_("Is er gevaar?"),
        choices=[("ja", _("Ja, er is gevaar")), ("nee", _("Nee, geen gevaar"))],
        widget=inline(),
    )
    note = StaffTextField(
        label=_("Wat zag of hoorde u?"), max_length=MAX_NOTE_LENGTH, required=False, widget=rows(3)
    )


VERDICTS = [
    ("5", _("5, heel goed")),
    ("4", _("4, goed")),
    ("3", _("3, gaat wel")),
    ("2", _("2, niet goed")),
    ("1", _("1, slecht")),
]


class CloseForm(CaseForm):
    """The result, and the resident's own words and verdict."""

    result = forms.ChoiceField(
        label=_("Hoe is het afgelopen?"),
        choices=[c for c in Question.Result.choices if c[0]],
        widget=forms.RadioSelect,
    )
    words = StaffTextField(
        label=_("In de woorden van de inwoner, of wat er is gebeurd"),
        max_length=MAX_NOTE_LENGTH,
        widget=rows(4),
    )
    verdict = forms.TypedChoiceField(
        label=_("Is dit de beste oplossing?"),
        help_text=_("Vraag het de inwoner. Wat vindt hij of zij zelf?"),
        choices=[*VERDICTS, ("", _("niet gevraagd"))],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own_wording = self.question.partnership.closing_question
        if own_wording:
            self.fields["verdict"].label = own_wording


class CheckForm(CaseForm):
    """The check after closing by phone: reached or not, and then the resident's own verdict."""

    reached = forms.TypedChoiceField(
        label=_("Heeft u de inwoner gesproken?"),
        choices=[("ja", _("Ja")), ("nee", _("Nee, niet bereikt"))],
        coerce=lambda value: value == "ja",
        widget=inline(),
    )
    verdict = forms.TypedChoiceField(
        label=_("Hoe gaat het nu?"),
        help_text=_("Wat vindt de inwoner zelf? Alleen als u elkaar sprak."),
        choices=VERDICTS,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    words = StaffTextField(
        label=_("In de woorden van de inwoner"),
        max_length=MAX_NOTE_LENGTH,
        required=False,
        widget=rows(3),
    )

    def clean(self) -> dict[str, Any]:
        """Require a verdict for a conversation; refuse one for a failed attempt."""
        given = super().clean() or {}
        if given.get("reached") and not given.get("verdict") and "verdict" not in self.errors:
            self.add_error("verdict", _("Kies wat de inwoner ervan vindt."))
        if given.get("reached") is False and (given.get("verdict") or given.get("words")):
            self.add_error("reached", _("U sprak de inwoner niet. Laat het oordeel dan leeg."))
        return given


class SubjectForm(CaseForm):
    """The consent or refusal of the person it is about."""

    answer = forms.ChoiceField(
        label=_("Vindt degene om wie het gaat het goed?"),
        choices=[("yes", _("Ja")), ("no", _("Nee"))],
        widget=inline(),
    )
    answered_by = forms.ChoiceField(
        label=_("Wie gaf het antwoord?"),
        choices=[c for c in Question.Representation.choices if c[0]],
        widget=inline(),
    )
    how = forms.ChoiceField(label=_("Hoe hoorde u dat?"), choices=HEARD, widget=inline())
