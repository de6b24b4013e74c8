"""Forms of the rule editor: a rule without its condition, why it changes, a period."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisations.front_door.configuration import FrontDoor
from organisations.routing import Rule, Target, TargetKind, kinds_for_editor
from organisations.routing.conditions import Condition
from organisations.routing.models import RoutingRule
from organisations.routing.reason_checks import reason_problems
from organisations.routing.rows import RowKind
from welzijn.core.form_fields import CleanCharField, DayField, StaffTextField


class RuleForm(forms.Form):
    """A rule without its condition."""

    name = CleanCharField(label=_("Naam van de regel"), max_length=120)
    target = forms.ChoiceField(label=_("Wie pakt het op?"))
    layers = forms.MultipleChoiceField(
        label=_("Alleen aanbod uit deze lagen"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "vd-options--inline"}),
        help_text=_("Alleen bij het best passende aanbod. Niets aangevinkt: alle lagen."),
    )
    reason = CleanCharField(
        label=_("Reden voor de inwoner, na 'omdat'"),
        max_length=300,
        required=False,
        help_text=_("Wat na omdat komt, bijvoorbeeld: het over geld gaat."),
    )
    supporting = forms.MultipleChoiceField(
        label=_("Wie kijkt mee, als de inwoner dat goed vindt?"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "vd-options--inline"}),
    )
    active_from = DayField(label=_("Geldt vanaf"), required=False)
    active_until = DayField(label=_("Geldt tot en met"), required=False)

    more_errors: list[tuple[str, str, str]]
    """Errors of the rows of the condition for the summary: id, label, text."""

    def __init__(self, *args: Any, front: FrontDoor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.more_errors = []
        words = front.vocabulary
        organisations = [(slug, one.name) for slug, one in words.organisations.items()]
        self._choices(
            "target",
            [
                ("", _("Kies")),
                (
                    _("Organisaties"),
                    [(f"organisation:{slug}", name) for slug, name in organisations],
                ),
                (_("Teams"), [(f"team:{s}", team.name) for s, team in words.teams.items()]),
                (
                    _("Anders"),
                    [
                        (f"{kind}:", RoutingRule.Target(kind).label)
                        for kind in ("neighbourhood_team", "fitting_service", "household", "triage")
                    ],
                ),
            ],
        )
        self._choices("layers", [(str(n), label) for n, label in words.layers.items()])
        self._choices("supporting", organisations)

    def _choices(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        choice_field = self.fields[name]
        assert isinstance(choice_field, forms.ChoiceField)
        choice_field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Refuse a last day before the first."""
        cleaned: dict[str, Any] = super().clean() or {}
        begin, end = cleaned.get("active_from"), cleaned.get("active_until")
        if begin and end and end < begin:
            self.add_error("active_until", _("Kies een dag na de eerste dag."))
        return cleaned

    def read(self, when: Condition) -> bool:
        """Check the reason of a valid form with its condition, as the file is checked."""
        for message in reason_problems(self.rule(when)):
            self.add_error("reason", message)
        return not self.errors

    def rule(self, when: Condition) -> Rule:
        """Return the rule of a valid form with this condition."""
        c = self.cleaned_data
        kind, _colon, slug = c["target"].partition(":")
        target = Target(
            TargetKind(kind),
            slug,
            frozenset(int(n) for n in c["layers"]) if kind == "fitting_service" else frozenset(),
        )
        return Rule(
            key="",
            name=c["name"],
            when=when,
            to=target,
            reason=c["reason"].strip().rstrip("."),
            supporting=tuple(c["supporting"]),
            active_from=c["active_from"],
            active_until=c["active_until"],
        )


def initial_of(rule: Rule) -> Mapping[str, Any]:
    """Return the initial values of the form for a rule."""
    return {
        "name": rule.name,
        "target": f"{rule.to.kind.value}:{rule.to.slug}",
        "layers": [str(n) for n in sorted(rule.to.layers)],
        "reason": rule.reason,
        "supporting": list(rule.supporting),
        "active_from": rule.active_from,
        "active_until": rule.active_until,
    }


def kind_choices() -> list[tuple[str, str]]:
    """Return the kinds of condition that a row offers."""
    return [("", str(_("Kies een voorwaarde")))] + [
        (kind.key, str(kind.label)) for kind in kinds_for_editor()
    ]


def row_choices() -> list[tuple[str, str]]:
    """Return the kinds of row."""
    return [(kind.value, str(kind.label)) for kind in RowKind]


class PlaceForm(forms.Form):
    """The place of a rule: a number, or above another rule."""

    plek = forms.IntegerField(min_value=1, max_value=1000, required=False)
    boven = forms.SlugField(max_length=60, required=False)


class PublishForm(forms.Form):
    """Why the rules change; stored with the version."""

    why = StaffTextField(
        label=_("Waarom veranderen de regels?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Schrijf kort op waarom de regels veranderen.")},
    )
    answer_by = DayField(
        label=_("Antwoord uiterlijk"),
        required=False,
        help_text=_("Alleen als andere organisaties ja moeten zeggen."),
    )

    def clean_answer_by(self) -> date:
        """Give the organisations a week where no day was chosen, and no day that is past."""
        day: date = self.cleaned_data["answer_by"] or in_a_week()["answer_by"]
        if day < timezone.localdate():
            raise ValidationError(_("Kies een dag die nog komt."))
        return day


class PutBackForm(PublishForm):
    """Why an earlier version is put back."""


class PeriodForm(forms.Form):
    """The past period on which to run a draft."""

    van = DayField(label=_("Van"))
    tot = DayField(label=_("Tot en met"))

    def clean(self) -> dict[str, Any]:
        """Refuse more than five years, and an end before the beginning."""
        cleaned: dict[str, Any] = super().clean() or {}
        begin, end = cleaned.get("van"), cleaned.get("tot")
        if begin and end and end < begin:
            self.add_error("tot", _("Kies een dag na het begin."))
        if begin and end and end - begin > timedelta(days=5 * 366):
            self.add_error("van", _("Kies een periode van hoogstens vijf jaar."))
        return cleaned


def in_a_week() -> dict[str, Any]:
    """Return the initial term for an answer."""
    return {"answer_by": timezone.localdate() + timedelta(days=7)}


def last_year() -> dict[str, Any]:
    """Return the initial period: the last twelve months."""
    today = timezone.localdate()
    return {"van": today - timedelta(days=365), "tot": today}
