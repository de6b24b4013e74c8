"""The form of a partner's door: the desk's, after the yes of who asks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intake.desk.forms import DeskForm
from intake.partner_door.models import LONGEST
from intake.questions.models import Question
from organisations.directory.models import Organisation
from welzijn.core.form_fields import CleanCharField

Channel = Question.Channel
# How a partner speaks of who asks; any other says "de inwoner".
_ASKERS = {
    Organisation.Kind.GP: _("uw patiënt"),
    Organisation.Kind.SCHOOL: _("uw leerling"),
}


class PartnerForm(DeskForm):
    """The form of a GP, school or other partner; the patient's or pupil's yes comes first."""

    agrees = forms.ChoiceField(
        choices=[("ja", _("ja")), ("nee", _("nee, of nog niet gevraagd"))],
        widget=forms.RadioSelect(attrs={"class": "vd-options--inline"}),
        error_messages={"required": _("Vraag het eerst. Zonder ja geven wij niets door.")},
    )

    mark = CleanCharField(
        label=_("Uw eigen aanduiding"),
        help_text=_("Bijvoorbeeld initialen. U ziet die in uw lijst, wij gebruiken die niet."),
        max_length=LONGEST,
        required=False,
        widget=forms.TextInput(attrs={"class": "vd-width-sm", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, partner: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asker = _ASKERS.get(Organisation.Kind(partner or "other"), _("de inwoner"))
        self.fields["agrees"].label = _("Vindt {who} het goed dat u dit doorgeeft?").format(
            who=asker
        )
        self._choices(
            "about",
            [
                (Question.About.SELF, _("{who} zelf").format(who=asker)),
                (Question.About.CHILD, _("een kind van {who}").format(who=asker)),
                (Question.About.PARENT, _("vader of moeder van {who}").format(who=asker)),
                (Question.About.PARTNER, _("de partner van {who}").format(who=asker)),
                (Question.About.OTHER, _("iemand anders")),
            ],
        )
        self.fields["words"].widget.attrs.pop("autofocus", None)
        self.fields["agrees"].widget.attrs["autofocus"] = True
        channel = self.fields["channel"]
        assert isinstance(channel, forms.ChoiceField)
        channel.choices = [(Channel.PARTNER, _("partner"))]
        channel.initial = Channel.PARTNER
        channel.widget = forms.HiddenInput()


class MarkForm(forms.Form):
    """A partner's own mark of one question; empty takes it away."""

    mark = CleanCharField(label=_("Uw eigen aanduiding"), max_length=LONGEST, required=False)
