"""The form on which the desk passes something on."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intake.questions.models import Question
from intake.resident_access import codes
from organisations.partnerships.models import Partnership
from referrals.desk_messages.services import Kind
from welzijn.core.form_fields import CleanCharField


class DeskMessageForm(forms.Form):
    """The reference that the caller gives, and what has to be passed on."""

    kenmerk = CleanCharField(
        label=_("Kenmerk van de vraag"),
        max_length=40,
        help_text=_("De inwoner leest dit op van het kaartje. Een deel is niet genoeg."),
        error_messages={"required": _("Vul het kenmerk in.")},
        widget=forms.TextInput(
            attrs={
                "class": "vd-width-sm",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "autofocus": True,
            }
        ),
    )
    kind = forms.ChoiceField(
        label=_("Wat moet er gebeuren?"),
        choices=Kind.choices,
        initial=Kind.CALL_BACK,
        widget=forms.RadioSelect(attrs={"class": "vd-options--inline"}),
        error_messages={"required": _("Kies wat er moet gebeuren.")},
    )
    who = CleanCharField(
        label=_("Wie belt of staat aan de balie?"),
        max_length=120,
        error_messages={"required": _("Vul in wie het vraagt.")},
    )
    about = CleanCharField(
        label=_("Waar gaat het over, in één regel?"),
        max_length=200,
        error_messages={"required": _("Vul in waar het over gaat.")},
    )
    when = CleanCharField(
        label=_("Wanneer en waar is diegene bereikbaar?"), required=False, max_length=200
    )
    question: Question | None = None

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        self.partnership = partnership
        super().__init__(*args, **kwargs)
        self.fields["when"].says_optional = False  # type: ignore[attr-defined]

    def clean_kenmerk(self) -> str:
        """Return the reference; refuse one that no open question here has."""
        reference = codes.clean_reference(self.cleaned_data["kenmerk"])
        self.question = (
            Question.objects.open()
            .filter(partnership=self.partnership, reference=reference)
            .only("pk", "reference")
            .first()
        )
        if self.question is None:
            raise forms.ValidationError(
                _(
                    "Er is geen open vraag met dit kenmerk. Vraag het nog een keer, of schrijf "
                    "een nieuwe vraag op."
                )
            )
        return reference
