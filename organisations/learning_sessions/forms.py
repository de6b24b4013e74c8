"""Forms of arranging a learning session. None of them may hold a person."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from organisations.learning_sessions.arranging import Details
from organisations.learning_sessions.mailing import To
from organisations.learning_sessions.schedule import Session
from organisations.partnerships.models import Neighbourhood
from welzijn.core.anonymity import giveaways
from welzijn.core.form_fields import CleanCharField, ClockField, DayField, set_choice_messages
from welzijn.core.planned_days import PlannedDays
from welzijn.core.working_days import Calendar, local_moment


def person_free(text: str) -> None:
    """Raise ValidationError for a text in which a person can be recognised."""
    if found := giveaways(text, ()):
        raise ValidationError([ValidationError(line, code="person") for line in found])


class PersonFreeField(CleanCharField):
    """A line that the whole team reads: without a person."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        # CleanCharField drops Django's own validators, which would add a second message.
        self.validators = [person_free]


class SessionForm(PlannedDays):
    """What a session is about, when and where."""

    planned = {"day": "begins"}
    changed_only = frozenset({"day"})

    name = PersonFreeField(label=_("Hoe heet de sessie?"), max_length=80)
    theme = PersonFreeField(
        label=_("Thema"),
        help_text=_("Bijvoorbeeld: schulden bij jongeren."),
        max_length=120,
        required=False,
    )
    day = DayField(label=_("Dag"))
    begins = ClockField(label=_("Van"))
    ends = ClockField(label=_("Tot"))
    place = PersonFreeField(label=_("Waar"), max_length=120, required=False)
    case_wanted = PersonFreeField(
        label=_("Welke casus vraagt u aan het team?"),
        help_text=_(
            "Laat leeg als u er geen vraagt. Bijvoorbeeld: een gezin met schulden en een kind dat "
            "thuisblijft. Geen naam en geen adres."
        ),
        max_length=300,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        calendar: Calendar,
        session: Session | None = None,
        places: QuerySet[Neighbourhood] | None = None,
        whole: bool = False,
        **kwargs: Any,
    ) -> None:
        self._calendar = calendar
        kwargs["initial"] = _initial(session) if session else {"name": _("Leersessie")}
        super().__init__(*args, **kwargs)
        if places is not None:
            self._ask_where(places, whole)
        set_choice_messages(self)

    def _ask_where(self, places: QuerySet[Neighbourhood], whole: bool) -> None:
        field = forms.ModelChoiceField(
            label=_("Voor welke wijk?"),
            queryset=places,
            required=not whole,
            empty_label=_("het hele samenwerkingsverband") if whole else None,
        )
        self.fields["neighbourhood"] = field
        self.order_fields(["name", "neighbourhood"])

    def planning_calendar(self) -> Calendar:
        """Return the calendar of the partnership."""
        return self._calendar

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the beginning."""
        given = super().clean() or {}
        if given.get("begins") and given.get("ends") and given["ends"] <= given["begins"]:
            self.add_error("ends", _("De eindtijd is niet later dan de begintijd."))
        return given

    def details(self) -> Details:
        """Return what was filled in, for the verbs."""
        given = self.cleaned_data
        return Details(
            name=given["name"],
            theme=given["theme"],
            place=given["place"],
            starts=self._moment(given["begins"]),
            ends=self._moment(given["ends"]),
            case_wanted=given["case_wanted"],
        )

    def _moment(self, at: time) -> datetime:
        return local_moment(self.cleaned_data["day"], at)


def _initial(session: Session) -> dict[str, Any]:
    return {
        "name": session.name,
        "theme": session.theme,
        "day": session.day,
        "begins": localtime(session.starts).strftime("%H:%M"),
        "ends": localtime(session.ends).strftime("%H:%M"),
        "place": session.place,
        "case_wanted": session.case_wanted,
    }


class CancelForm(forms.Form):
    """Why a session is off."""

    why = PersonFreeField(
        label=_("Waarom gaat de sessie niet door?"),
        help_text=_("Wie zich aanmeldde, leest dit."),
        max_length=200,
    )


class MailForm(forms.Form):
    """Whom to mail."""

    to = forms.ChoiceField(label=_("Aan wie?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, team: int, attendees: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)
        counted = (
            (To.TEAM, _("het team"), team),
            (To.ATTENDEES, _("wie zich aanmeldde"), attendees),
        )
        field.choices = [(one.value, f"{label} ({number})") for one, label, number in counted]
        field.initial = To.TEAM.value


class OutcomeForm(forms.Form):
    """What came of a session, for who wasn't there."""

    theme = PersonFreeField(label=_("Thema"), max_length=120, required=False)
    cases = PersonFreeField(
        label=_("Welke casussen zijn besproken?"),
        help_text=_("Kort, zonder naam en adres."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    tips = PersonFreeField(
        label=_("Welke tips nemen collega's mee?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Schrijf op wat collega's ervan meenemen.")},
    )


class BringForm(forms.Form):
    """The case that somebody brings, in a line."""

    case = PersonFreeField(
        label=_("Waar gaat uw casus over?"),
        help_text=_("Eén zin. Geen naam en geen adres: het hele team leest dit."),
        max_length=300,
        required=False,
    )
