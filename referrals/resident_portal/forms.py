"""Forms of the resident's own page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from welzijn.core.form_fields import CleanCharField, CleanTextField


class EnterForm(forms.Form):
    """Reference and code."""

    reference = CleanCharField(
        label=_("Uw kenmerk"),
        max_length=40,
        help_text=_("Acht letters en cijfers, bijvoorbeeld BK7M-4PQ9."),
        error_messages={"required": _("Vul uw kenmerk in. Het staat op uw kaartje.")},
        widget=forms.TextInput(
            attrs={
                "class": "vd-width-sm",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )
    code = CleanCharField(
        label=_("Uw code"),
        max_length=40,
        help_text=_("Negen cijfers."),
        error_messages={"required": _("Vul uw code in. Dat zijn negen cijfers.")},
        widget=forms.TextInput(
            attrs={"class": "vd-width-sm", "autocomplete": "off", "inputmode": "numeric"}
        ),
    )


class OtherQuestionForm(EnterForm):
    """Reference and code of the other question: who has both, may link them."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["reference"].label = _("Kenmerk van de andere vraag")
        self.fields["code"].label = _("Code van de andere vraag")


class AddForm(forms.Form):
    """Something to add, in their own words."""

    words = CleanTextField(
        label=_("Uw bericht"),
        error_messages={"required": _("Schrijf eerst iets op. Een paar woorden is genoeg.")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class VerdictForm(forms.Form):
    """The resident's own verdict: five steps, and words if they like."""

    verdict = forms.TypedChoiceField(
        label=_("Wat vindt u ervan?"),
        coerce=int,
        choices=[
            (5, _("Ja, helemaal")),
            (4, _("Ja, best goed")),
            (3, _("Het gaat wel")),
            (2, _("Nee, niet echt")),
            (1, _("Nee, helemaal niet")),
        ],
        error_messages={"required": _("Kies wat het beste past.")},
        widget=forms.RadioSelect,
    )
    words = CleanTextField(
        label=_("Wilt u daar iets over zeggen?"),
        required=False,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AskConferenceForm(forms.Form):
    """The resident asks for a conversation with everybody who helps."""

    why = CleanTextField(
        label=_("Waar wilt u samen over praten?"),
        max_length=300,
        error_messages={"required": _("Schrijf in een paar woorden waar u over wilt praten.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
