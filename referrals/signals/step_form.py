"""How far an answer is, and by when."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from referrals.signals.answer_steps import NEEDS_A_DAY
from referrals.signals.follow_up_models import AnswerStep
from referrals.signals.forms import PersonFreeForm
from welzijn.core.form_fields import CleanCharField, DayField


class StepForm(PersonFreeForm):
    """One step after the answer."""

    person_free = ("note",)
    state = forms.ChoiceField(
        label=gettext_lazy("Hoe ver is het?"), choices=AnswerStep.State.choices
    )
    by_when = DayField(
        label=gettext_lazy("Uiterlijk"),
        help_text=gettext_lazy("Alleen bij toegezegd of in het plan."),
        required=False,
    )
    note = CleanCharField(
        label=gettext_lazy("Toelichting"),
        help_text=gettext_lazy("Bijvoorbeeld in welk plan het staat."),
        max_length=300,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Ask a day of a promise, and none of what is over."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("state") in NEEDS_A_DAY and not data.get("by_when"):
            if "by_when" not in self.errors:
                self.add_error("by_when", ValidationError(_("Kies de dag waarop het klaar is.")))
        elif data.get("state") not in NEEDS_A_DAY:
            data["by_when"] = None
        return data
