"""Forms of the MDO."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from intake.people.forms_of_address import says_je
from intake.questions.models import SharingBasis
from organisations.directory.models import Organisation
from organisations.partnerships.models import Partnership
from organisations.roles.models import Membership, Role
from referrals.casework_base.forms import HEARD
from referrals.conferences import minutes as conference_minutes
from referrals.conferences import state_machine
from referrals.conferences.models import AgendaItem, Conference, Participant
from welzijn.core.form_fields import CleanCharField, DayInput, StaffTextField
from welzijn.core.working_days import local_moment

INVITED_ROLES = (
    Role.PROFESSIONAL,
    Role.TEAM_MEMBER,
    Role.COORDINATOR,
    Role.NEIGHBOURHOOD_LEAD,
)


def _rows(number: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": number})


def _why() -> CleanCharField:
    return CleanCharField(
        label=_("Waarover gaat het gesprek?"),
        help_text=_("Eén zin. De inwoner leest dit."),
        max_length=300,
    )


class ProposeForm(forms.Form):
    """A sentence that the resident reads."""

    why = _why()


class ProposeByReferenceForm(forms.Form):
    """A question by its reference, and a sentence that its resident reads."""

    reference = CleanCharField(
        label=_("Kenmerk van de vraag"),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "vd-width-sm", "autocomplete": "off"}),
    )
    why = _why()


class AskForm(forms.Form):
    """The resident asks for it themselves."""

    why = StaffTextField(
        label=_("Waar wilt u samen over praten?"),
        max_length=300,
        error_messages={"required": _("Schrijf in een paar woorden waar u over wilt praten.")},
        widget=_rows(3),
    )


class TimeForm(forms.Form):
    """When and where."""

    day = forms.DateField(label=_("Dag"), widget=DayInput())
    begins = forms.TimeField(
        label=_("Van"), widget=forms.TimeInput(attrs={"type": "time", "class": "vd-width-sm"})
    )
    ends = forms.TimeField(
        label=_("Tot"), widget=forms.TimeInput(attrs={"type": "time", "class": "vd-width-sm"})
    )
    place = CleanCharField(label=_("Waar"), max_length=200)

    def __init__(self, *args: Any, conference: Conference, **kwargs: Any) -> None:
        if conference.starts_at is not None and conference.ends_at is not None:
            starts, ends = localtime(conference.starts_at), localtime(conference.ends_at)
            kwargs["initial"] = {
                "day": starts.date(),
                "begins": starts.strftime("%H:%M"),
                "ends": ends.strftime("%H:%M"),
                "place": conference.place,
            }
        super().__init__(*args, **kwargs)

    def moments(self) -> tuple[datetime, datetime]:
        """Return start and end, in UTC."""
        day: date = self.cleaned_data["day"]
        begins: time = self.cleaned_data["begins"]
        ends: time = self.cleaned_data["ends"]
        return local_moment(day, begins), local_moment(day, ends)


class CancelForm(forms.Form):
    """The reason for cancelling."""

    why = CleanCharField(label=_("Waarom gaat het niet door?"), max_length=300)


class InviteForm(forms.Form):
    """A colleague of an organisation that takes part, or somebody outside."""

    member = forms.ModelChoiceField(
        label=_("Collega"),
        queryset=Membership.objects.none(),
        required=False,
        empty_label=_("Iemand van buiten (vul hieronder in)"),
    )
    name = CleanCharField(label=_("Naam van iemand van buiten"), max_length=120, required=False)
    works_at = CleanCharField(
        label=_("Van welke organisatie?"),
        help_text=_("Bijvoorbeeld de huisarts of de school."),
        max_length=120,
        required=False,
    )
    email = forms.EmailField(label=_("E-mailadres"), required=False)

    def __init__(self, *args: Any, partnership: Partnership, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["member"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = (
            Membership.objects.active(on)
            .filter(partnership=partnership, role__in=INVITED_ROLES, user__is_active=True)
            .select_related("user", "organisation")
            .order_by("organisation__name", "user__name", "role")
        )
        field.label_from_instance = lambda member: (  # type: ignore[method-assign,assignment]
            f"{member.organisation}: {member.user} ({member.get_role_display()})"
        )

    def clean(self) -> dict[str, Any]:
        """Require exactly one of the two."""
        given = super().clean() or {}
        if not given.get("member"):
            for name in ("name", "email"):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, _("Kies een collega, of vul naam en e-mailadres in."))
        return given


class ShareForm(forms.Form):
    """The resident's consent for one invited organisation."""

    organisation = forms.ModelChoiceField(
        label=_("Wie mag het weten?"),
        queryset=Organisation.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
    )
    how = forms.ChoiceField(
        label=_("Hoe zei de inwoner ja?"), choices=HEARD, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, item: AgendaItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)
        invited = item.conference.participants.filter(removed_at__isnull=True).select_related(
            "user", "organisation"
        )
        missing = state_machine.missing(item, invited, timezone.localdate())
        field.queryset = Organisation.objects.filter(pk__in=[o.pk for o in missing])

    @property
    def heard(self) -> SharingBasis.How:
        """Return how the consent was given."""
        return SharingBasis.How(self.cleaned_data["how"])


class ResidentForm(forms.Form):
    """Whether the resident is invited, and why not."""

    invited = forms.TypedChoiceField(
        label=_("Is de inwoner uitgenodigd?"),
        coerce=lambda value: value == "ja",
        choices=[("ja", _("Ja")), ("nee", _("Nee"))],
        widget=forms.RadioSelect,
    )
    why_not = CleanCharField(
        label=_("Waarom niet?"),
        help_text=_("De inwoner leest deze reden op de eigen pagina."),
        max_length=300,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Require a reason for not inviting."""
        given = super().clean() or {}
        if given.get("invited") is False and not given.get("why_not"):
            self.add_error("why_not", _("Schrijf op waarom niet. De inwoner mag dat weten."))
        return given


class WriteForm(forms.Form):
    """The plan around the opening questions, the closing question and the minutes."""

    plan = StaffTextField(
        label=_("Het plan, in de woorden van de inwoner"),
        max_length=4_000,
        required=False,
        widget=_rows(4),
    )
    best = forms.ChoiceField(
        label="",
        choices=[("yes", _("Ja")), ("no", _("Nee")), ("", _("Nog niet gevraagd"))],
        required=False,
        widget=forms.RadioSelect,
    )
    best_words = StaffTextField(
        label=_("Wat zei de inwoner daarbij?"), max_length=2_000, required=False, widget=_rows(2)
    )
    minutes = StaffTextField(
        label=_("Verslag"),
        help_text=_("De inwoner leest dit, en wie deze vraag mag lezen."),
        max_length=10_000,
        required=False,
        widget=_rows(6),
    )

    def __init__(self, *args: Any, item: AgendaItem, **kwargs: Any) -> None:
        before = dict(item.answers)
        kwargs["initial"] = {
            "plan": item.plan,
            "best": item.best,
            "best_words": item.best_words,
            "minutes": item.minutes,
        }
        super().__init__(*args, **kwargs)
        self.asked = conference_minutes.opening_questions(
            item.conference, je=says_je(item.question.asker)
        )
        for number, question in enumerate(self.asked):
            self.fields[f"answer{number}"] = StaffTextField(
                label=question,
                max_length=2_000,
                required=False,
                initial=before.get(question, ""),
                widget=_rows(2),
            )
        self.fields["best"].label = conference_minutes.closing_question(item.conference)
        self.order_fields([f"answer{n}" for n in range(len(self.asked))])

    def answers(self) -> list[tuple[str, str]]:
        """Return the opening questions with the resident's answers."""
        return [(q, self.cleaned_data[f"answer{n}"]) for n, q in enumerate(self.asked)]


class ActionForm(forms.Form):
    """Who does what by when."""

    what = CleanCharField(label=_("Wat gaat er gebeuren?"), max_length=150)
    participant = forms.ModelChoiceField(
        label=_("Wie doet het?"),
        queryset=Participant.objects.none(),
        required=False,
        empty_label=_("de inwoner"),
    )
    due_on = forms.DateField(label=_("Uiterlijk op"), widget=DayInput())

    def __init__(self, *args: Any, item: AgendaItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["participant"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = item.conference.participants.filter(
            removed_at__isnull=True
        ).select_related("user")
