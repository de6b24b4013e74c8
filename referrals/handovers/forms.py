"""Forms of the warm handover: for sender, receiver, and the resident's recorded answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intake.questions.models import SharingBasis
from organisations.directory.models import Organisation
from referrals.casework_base.forms import (
    HEARD,
    SHORT,
    CaseForm,
    PersonFreeField,
    WithoutPersonForm,
    inline,
    rows,
)
from referrals.casework_base.models import ContactMoment
from welzijn.core.form_fields import CleanCharField, ClockField, DayField, StaffTextField
from welzijn.core.working_days import local_moment

How = SharingBasis.How
NOT_ASKED = "page"


class HandoverForm(WithoutPersonForm):
    """Propose a handover: receiver, reason, summary, and the resident's consent."""

    person_free = "summary"
    to = forms.ModelChoiceField(
        label=_("Aan wie draagt u over?"),
        queryset=Organisation.objects.none(),
        empty_label=_("Kies een organisatie"),
    )
    why = CleanCharField(
        label=_("Waarom kunnen zij beter helpen?"),
        help_text=_("Eén zin die de inwoner leest. Bijvoorbeeld: Zij kennen de school goed."),
        max_length=300,
    )
    summary = PersonFreeField(
        label=_("Wat moet de ander weten?"),
        help_text=_(
            "Een paar zinnen zonder naam, nummer of adres. De ander leest dit voordat die ja of "
            "nee zegt. Lees het voor aan de inwoner."
        ),
        max_length=SHORT,
        widget=rows(5),
    )
    yes_how = forms.ChoiceField(
        label=_("Vindt de inwoner het goed?"),
        choices=[
            *((value, _("Ja, {how}").format(how=how)) for value, how in HEARD[:2]),
            (NOT_ASKED, _("Nog niet gevraagd: de inwoner krijgt de vraag op de eigen pagina")),
        ],
        widget=forms.RadioSelect,
    )
    sender_stays = forms.BooleanField(
        label=_("De inwoner wil dat wij ook blijven helpen"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("to", self.others())

    def heard(self) -> How | None:
        """Return how the resident consented; None: they are asked on their page."""
        given = self.cleaned_data["yes_how"]
        return None if given == NOT_ASKED else How(given)


class ResidentSaysForm(CaseForm):
    """The resident's answer about the handover or a clarification, and how it was given."""

    answer = forms.ChoiceField(
        label=_("Wat zegt de inwoner?"),
        choices=[("ja", _("Ja, dat is goed")), ("nee", _("Nee, liever niet"))],
        widget=inline(),
    )
    how = forms.ChoiceField(label=_("Hoe hoorde u dat?"), choices=HEARD, widget=inline())


class TalkForm(WithoutPersonForm):
    """An answer to the receiver, without the person."""

    person_free = "text"
    text = PersonFreeField(
        label=_("Uw antwoord"),
        help_text=_("Zonder naam, nummer of adres."),
        max_length=SHORT,
        widget=rows(4),
    )
    yes_how = forms.ChoiceField(
        label=_("Vindt de inwoner dit antwoord goed?"),
        choices=[
            *((value, _("Ja, {how}").format(how=how)) for value, how in HEARD[:2]),
            (NOT_ASKED, _("Nog niet gevraagd: de inwoner krijgt de vraag op de eigen pagina")),
        ],
        widget=forms.RadioSelect,
    )

    def heard(self) -> How | None:
        """Return how the resident consented; None: they are asked on their page."""
        given = self.cleaned_data["yes_how"]
        return None if given == NOT_ASKED else How(given)


class MeetingForm(CaseForm):
    """When and where the three meet."""

    planned = {"day": "time"}
    day = DayField(label=_("Dag"))
    time = ClockField(label=_("Tijd"))
    where = CleanCharField(
        label=_("Waar?"),
        help_text=_("Of: telefonisch. In de uitnodiging aan de inwoner staat dit niet."),
        max_length=200,
    )

    def clean(self) -> dict[str, Any]:
        """Combine day and time."""
        given = super().clean() or {}
        if given.get("day") and given.get("time"):
            given["at"] = local_moment(given["day"], given["time"])
        return given


class MetForm(CaseForm):
    """How the resident was spoken to by the receiver."""

    how = forms.ChoiceField(
        label=_("Hoe hebben zij elkaar gesproken?"),
        choices=[c for c in ContactMoment.Way.choices if c[0] not in {"email", "sms", "page"}],
        widget=inline(),
    )


class ReceiveForm(forms.Form):
    """The receiver's answer to an offered handover."""

    NO, ASK, YES = "nee", "vraag", "ja"
    choice = forms.ChoiceField(choices=[(YES, YES), (NO, NO), (ASK, ASK)])
    reason = CleanCharField(label=_("Waarom niet?"), max_length=300, required=False)
    text = StaffTextField(
        label=_("Wat wilt u eerst weten?"), max_length=SHORT, required=False, widget=rows(3)
    )

    def clean(self) -> dict[str, Any]:
        """Require a reason for a no and a text for a question."""
        given = super().clean() or {}
        if given.get("choice") == self.NO and not given.get("reason"):
            self.add_error("reason", _("Schrijf op waarom niet. Uw collega leest dit."))
        if given.get("choice") == self.ASK and not given.get("text"):
            self.add_error("text", _("Schrijf op wat u wilt weten."))
        return given
