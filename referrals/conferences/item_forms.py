"""Forms about the outcome of an MDO: plan, minutes and actions."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intake.people.forms_of_address import says_je
from organisations.front_door import configuration as front_door
from referrals.casework_base.forms import rows
from referrals.conferences import minutes as conference_minutes
from referrals.conferences.models import AgendaItem, Participant
from welzijn.core.form_fields import CleanCharField, DayField, StaffTextField
from welzijn.core.planned_days import SURE, PlannedDays
from welzijn.core.working_days import Calendar

# How many actions the page of plan and minutes has room for; more are added one by one.
ACTIONS = 3


class WriteForm(PlannedDays):
    """The plan around the opening questions, the closing question and the minutes."""

    planned = {f"due_on{number}": "" for number in range(1, ACTIONS + 1)}

    plan = StaffTextField(
        label=_("Het plan, in de woorden van de inwoner"),
        max_length=4_000,
        required=False,
        widget=rows(4),
    )
    best = forms.ChoiceField(
        label="",
        choices=[("yes", _("Ja")), ("no", _("Nee")), ("", _("Nog niet gevraagd"))],
        required=False,
        widget=forms.RadioSelect,
    )
    best_words = StaffTextField(
        label=_("Wat zei de inwoner daarbij?"), max_length=2_000, required=False, widget=rows(2)
    )
    minutes = StaffTextField(
        label=_("Verslag"),
        help_text=_("De inwoner leest dit, en wie deze vraag mag lezen."),
        max_length=10_000,
        required=False,
        widget=rows(6),
    )

    def __init__(self, *args: Any, item: AgendaItem, **kwargs: Any) -> None:
        self.item = item
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
                widget=rows(2),
            )
        self.fields["best"].label = conference_minutes.closing_question(item.conference)
        self.order_fields([f"answer{n}" for n in range(len(self.asked))])
        who = item.conference.participants.filter(removed_at__isnull=True).select_related("user")
        for number in range(1, ACTIONS + 1):
            self.fields[f"what{number}"] = CleanCharField(
                label=_("Actie {number}").format(number=number), max_length=150, required=False
            )
            self.fields[f"participant{number}"] = forms.ModelChoiceField(
                label=_("Wie doet het?"),
                queryset=who,
                required=False,
                empty_label=_("de inwoner"),
            )
            self.fields[f"due_on{number}"] = DayField(label=_("Uiterlijk op"), required=False)

    def planning_calendar(self) -> Calendar:
        """Return the calendar of the partnership."""
        return front_door.of(self.item.conference.partnership).calendar

    def action_rows(self) -> list[list[forms.BoundField]]:
        """The fields of each action, for the template."""
        parts = ("what{}", "participant{}", "due_on{}", f"due_on{{}}{SURE}")
        return [
            [self[name] for part in parts if (name := part.format(n)) in self.fields]
            for n in range(1, ACTIONS + 1)
        ]

    def outcome_fields(self) -> list[forms.BoundField]:
        """The fields before the actions."""
        rest = {field.name for row in self.action_rows() for field in row}
        return [field for field in self if field.name not in rest]

    def clean(self) -> dict[str, Any]:
        """Require a day of today or later for each action, and words for each day."""
        given = super().clean() or {}
        for number in range(1, ACTIONS + 1):
            what, day = given.get(f"what{number}"), given.get(f"due_on{number}")
            if what and not day and f"due_on{number}" not in self.errors:
                self.add_error(f"due_on{number}", _("Kies de dag van deze actie."))
            if day and not what and f"what{number}" not in self.errors:
                self.add_error(f"what{number}", _("Schrijf op wat er gaat gebeuren."))
        return given

    def actions(self) -> list[tuple[str, Participant | None, date]]:
        """Return what was agreed: what, who (None: the resident), by when."""
        c = self.cleaned_data
        return [
            (c[f"what{n}"], c[f"participant{n}"], c[f"due_on{n}"])
            for n in range(1, ACTIONS + 1)
            if c[f"what{n}"]
        ]

    def answers(self) -> list[tuple[str, str]]:
        """Return the opening questions with the resident's answers."""
        return [(q, self.cleaned_data[f"answer{n}"]) for n, q in enumerate(self.asked)]


class ActionForm(PlannedDays):
    """Who does what by when."""

    planned = {"due_on": ""}

    what = CleanCharField(label=_("Wat gaat er gebeuren?"), max_length=150)
    participant = forms.ModelChoiceField(
        label=_("Wie doet het?"),
        queryset=Participant.objects.none(),
        required=False,
        empty_label=_("de inwoner"),
    )
    due_on = DayField(label=_("Uiterlijk op"))

    def __init__(self, *args: Any, item: AgendaItem, **kwargs: Any) -> None:
        self.item = item
        super().__init__(*args, **kwargs)
        field = self.fields["participant"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = item.conference.participants.filter(
            removed_at__isnull=True
        ).select_related("user")

    def planning_calendar(self) -> Calendar:
        """Return the calendar of the partnership."""
        return front_door.of(self.item.conference.partnership).calendar
