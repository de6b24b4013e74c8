"""Forms of the rule editor: a rule, whose condition is a list of rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisations.front_door.configuration import FrontDoor
from organisations.routing import (
    KINDS,
    Parameter,
    Rule,
    Target,
    TargetKind,
    kinds_for_editor,
)
from organisations.routing.conditions import Condition
from organisations.routing.models import RoutingRule
from organisations.routing.rows import Row, RowKind, from_rows
from welzijn.core.form_fields import CleanCharField, DayField, StaffTextField

MAX_ROWS = 40
MAX_LEVEL = 4


@dataclass(slots=True)
class EditedRow:
    """One row as it stands in the form; may be incomplete."""

    level: int
    row: str
    kind: str = ""
    values: list[str] = field(default_factory=list)
    number: str = ""
    error: str = ""

    @property
    def opens_group(self) -> bool:
        """Whether it opens a group of deeper rows."""
        return self.row in {RowKind.ALL, RowKind.ANY, RowKind.NONE}

    @property
    def wants_number(self) -> bool:
        """Whether its kind takes a number."""
        kind = KINDS.get(self.kind)
        return kind is not None and kind.parameter is Parameter.NUMBER

    def choices(self, front: FrontDoor) -> list[tuple[str, str]]:
        """Return the values of its kind, in screen order."""
        kind = KINDS.get(self.kind)
        if kind is None or kind.choices is None:
            return []
        return list(front.vocabulary.choices(kind.choices).items())

    def as_row(self) -> Row:
        """Return the row for the engine; what is missing is reported by `read_condition`."""
        number = int(self.number) if self.number.isdecimal() else None
        return Row(self.level, RowKind(self.row), self.kind, tuple(self.values), number)


def rows_of(condition_rows: list[Row]) -> list[EditedRow]:
    """Return stored rows for the form."""
    return [
        EditedRow(
            row.level,
            row.row.value,
            row.kind,
            list(row.values),
            "" if row.number is None else str(row.number),
        )
        for row in condition_rows
    ]


def posted_rows(data: QueryDict) -> list[EditedRow]:
    """Return the rows of a POST; what can't be a row is left out. Raises nothing."""
    rows: list[EditedRow] = []
    for index in range(MAX_ROWS):
        kind_of_row = data.get(f"r{index}-row")
        if kind_of_row is None or kind_of_row not in {k.value for k in RowKind}:
            continue
        level = data.get(f"r{index}-level", "1")
        rows.append(
            EditedRow(
                min(int(level), MAX_LEVEL) if level.isdecimal() else 1,
                kind_of_row,
                data.get(f"r{index}-kind", "")[:60],
                [v[:100] for v in data.getlist(f"r{index}-values")],
                data.get(f"r{index}-number", "")[:4],
            )
        )
    return rows or [EditedRow(0, RowKind.ALL.value)]


def changed_rows(rows: list[EditedRow], act: str) -> list[EditedRow]:
    """Return the rows after a button: add, group, and for a row up, down, in, out and del."""
    name, _colon, at = act.partition(":")
    if name == "add" and len(rows) < MAX_ROWS:
        return [*rows, EditedRow(1, RowKind.IS.value, next(iter(KINDS)))]
    if name == "group" and len(rows) < MAX_ROWS:
        return [*rows, EditedRow(1, RowKind.ANY.value)]
    index = int(at) if at.isdecimal() else 0
    if not 0 < index < len(rows):
        return rows
    rows = list(rows)
    if name == "del":
        del rows[index]
    elif name == "up" and index > 1:
        rows[index - 1], rows[index] = rows[index], rows[index - 1]
    elif name == "down" and index + 1 < len(rows):
        rows[index + 1], rows[index] = rows[index], rows[index + 1]
    elif name == "in":
        rows[index].level = min(rows[index].level + 1, MAX_LEVEL)
    elif name == "out":
        rows[index].level = max(rows[index].level - 1, 1)
    return rows


def moves(rows: list[EditedRow], index: int) -> dict[str, bool]:
    """Return which buttons apply to a row: up, down, in (to the group above) and out."""
    row = rows[index]
    group_above = next(
        (one for one in reversed(rows[1:index]) if one.level <= row.level), EditedRow(0, "")
    )
    return {
        "up": index > 1,
        "down": 0 < index < len(rows) - 1,
        "in": group_above.opens_group and group_above.level == row.level < MAX_LEVEL,
        "out": row.level > 1,
    }


def read_condition(rows: list[EditedRow]) -> Condition:
    """Return the condition of the rows. Raises ConditionError; see `mark_errors`."""
    return from_rows([row.as_row() for row in rows])


def mark_errors(rows: list[EditedRow], problems: list[Any]) -> None:
    """Set each problem on its row; those without a row on the first."""
    for problem in problems:
        parts = problem.where.split(".")
        number = int(parts[1].split("[")[0]) if len(parts) > 1 and parts[1][:1].isdigit() else 1
        rows[min(max(number, 1), len(rows)) - 1].error = problem.message


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

    def __init__(self, *args: Any, front: FrontDoor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
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


def initial_of(stored: RoutingRule) -> Mapping[str, Any]:
    """Return the initial values of the form for a stored rule."""
    slug = ""
    if stored.organisation is not None:
        slug = stored.organisation.slug
    elif stored.team is not None:
        slug = stored.team.slug
    return {
        "name": stored.name,
        "target": f"{stored.target_kind}:{slug}",
        "layers": [str(n) for n in stored.layers],
        "reason": stored.reason,
        "supporting": [o.slug for o in stored.supporting.all()],
        "active_from": stored.active_from,
        "active_until": stored.active_until,
    }


def kind_choices() -> list[tuple[str, str]]:
    """Return the kinds of condition that a row offers."""
    return [(kind.key, str(kind.label)) for kind in kinds_for_editor()]


def row_choices() -> list[tuple[str, str]]:
    """Return the kinds of row."""
    return [(kind.value, str(kind.label)) for kind in RowKind]


class PublishForm(forms.Form):
    """Why the rules change; stored with the version."""

    why = StaffTextField(
        label=_("Waarom veranderen de regels?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Schrijf kort op waarom de regels veranderen.")},
    )


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


def last_year() -> dict[str, Any]:
    """Return the initial period: the last twelve months."""
    today = timezone.localdate()
    return {"van": today - timedelta(days=365), "tot": today}
