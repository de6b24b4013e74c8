"""The form of a step of the Meldcode."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from referrals.meldcode.models import MeldcodeStep
from welzijn.core.form_fields import MAX_NOTE_LENGTH, CleanCharField, DayField, StaffTextField

Outcome = MeldcodeStep.Outcome
# The outcomes of each step; the same list is a check constraint of MeldcodeStep.
ALLOWED_OUTCOMES: dict[int, tuple[str, ...]] = {
    1: (Outcome.DONE, Outcome.SKIPPED),
    2: (Outcome.DONE, Outcome.SKIPPED, Outcome.ADVISED),
    3: (Outcome.DONE, Outcome.SKIPPED),
    4: (Outcome.DONE, Outcome.SKIPPED, Outcome.ADVISED),
    5: (Outcome.REPORTED, Outcome.NOT_REPORTED, Outcome.ADVISED),
}


class StepForm(forms.Form):
    """What was done in this step; the last step may be a report to Veilig Thuis."""

    outcome = forms.ChoiceField(label=_("Wat is er gebeurd?"), widget=forms.RadioSelect)
    done_on = DayField(label=_("Wanneer?"), initial=timezone.localdate)
    note = StaffTextField(
        label=_("Wat zag of deed u?"),
        help_text=_("Feiten, met wie en wanneer. De inwoner leest dit niet op de eigen pagina."),
        max_length=MAX_NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    way = forms.ChoiceField(
        label=_("Hoe heeft u gemeld?"),
        help_text=_("Vul dit en het volgende alleen in als u heeft gemeld. Dan is het nodig."),
        choices=[c for c in MeldcodeStep.Way.choices if c[0]],
        required=False,
        widget=forms.RadioSelect,
    )
    ground = forms.ChoiceField(
        label=_("Op welke grond?"),
        choices=[c for c in MeldcodeStep.Ground.choices if c[0]],
        required=False,
        widget=forms.RadioSelect,
    )
    reason = CleanCharField(label=_("Waarom meldt u?"), max_length=300, required=False)
    hide = forms.BooleanField(
        label=_("Houd deze melding buiten beeld op de pagina van de inwoner"),
        help_text=_("Een tweede persoon van uw organisatie keurt dit goed."),
        initial=True,
        required=False,
    )
    hide_until = DayField(
        label=_("Tot wanneer buiten beeld?"),
        initial=lambda: timezone.localdate() + timedelta(days=28),
        required=False,
    )

    def __init__(self, *args: Any, step: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.step = step
        field = self.fields["outcome"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(o, Outcome(o).label) for o in ALLOWED_OUTCOMES[step]]
        if step != MeldcodeStep.Step.DECIDE:
            for name in ("way", "ground", "reason", "hide", "hide_until"):
                del self.fields[name]

    @property
    def reports(self) -> bool:
        """Whether this is a report to Veilig Thuis."""
        return self.cleaned_data.get("outcome") == Outcome.REPORTED

    def clean(self) -> dict[str, Any]:
        """Require a way, a ground and a reason for a report, and a day for hiding it."""
        data = super().clean() or {}
        if not self.reports:
            return data
        for name, text in (
            ("way", _("Kies hoe u gemeld heeft.")),
            ("ground", _("Kies de grond van de melding.")),
            ("reason", _("Schrijf op waarom u meldt.")),
        ):
            if not data.get(name):
                self.add_error(name, text)
        if data.get("hide") and not data.get("hide_until") and "hide_until" not in self.errors:
            self.add_error("hide_until", _("Kies de dag waarop u er opnieuw naar kijkt."))
        return data
