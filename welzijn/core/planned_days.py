"""The check of a day that staff plan: said at the field before saving, never moved silently.

A day that is over, or more than two years ahead, is refused. A weekend, a holiday, a closing day or
a time in the night is possible, but is confirmed first: the form comes back with what would be done
and a box to tick. The box names its day, so that another day is asked about again.
"""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from welzijn.core import dates
from welzijn.core.working_days import Calendar, local_moment

NIGHT_ENDS, NIGHT_BEGINS = time(7), time(22)
SURE = "_sure"


def refusal(day: date, at: time | None, now: datetime) -> str:
    """Return why nothing can be planned then, or ""."""
    today = timezone.localdate(now)
    if day < today:
        return _("Deze dag is al voorbij. Kies vandaag of later.")
    if day > (latest := dates.latest_plan(today)):
        return _("{day} is over meer dan twee jaar. Kies een dag tot en met {latest}.").format(
            day=dates.named_day(day, today).capitalize(), latest=dates.dated(latest)
        )
    if day == today and at is not None and local_moment(day, at) <= now:
        return _("Dit moment is al voorbij.")
    return ""


def doubt(day: date, at: time | None, calendar: Calendar) -> str:
    """Return what is unusual about that day or time and what confirming does, or ""."""
    written = dates.named_day(day).capitalize()
    if not calendar.is_working_day(day):
        opens = dates.named_day(calendar.add_working_days(day, 0))
        holiday = calendar.holiday_name(day)
        if holiday:
            warning = _("{day}: wij zijn dan dicht ({holiday}).").format(
                day=written, holiday=holiday.lower()
            )
        else:
            warning = _("{day}: wij zijn dan dicht.").format(day=written)
        return f"{warning} " + _(
            "Kies een andere dag of bevestig. De eerste werkdag daarna is {opens}."
        ).format(opens=opens)
    if at is not None and not NIGHT_ENDS <= at < NIGHT_BEGINS:
        return _("{time} uur is in de nacht. Kies een andere tijd of bevestig.").format(
            time=f"{at:%H.%M}"
        )
    return ""


class CheckboxInput(forms.CheckboxInput):
    """A box that counts only for the day and time that it was shown for.

    Its name is that of Django's: the templates of fields go by it.
    """

    def __init__(self, stands_for: str) -> None:
        super().__init__(attrs={"value": stands_for})
        self.stands_for = stands_for

    def value_from_datadict(self, data: Any, files: Any, name: str) -> bool:
        """Return whether it was ticked for this day."""
        return bool(data.get(name) == self.stands_for)


class PlannedDays(forms.Form):
    """A form whose `planned` fields are days on which something is going to happen.

    planned: the name of each day field with that of its time field, or "".
    """

    planned: ClassVar[Mapping[str, str]] = {}

    def planning_calendar(self) -> Calendar:
        """Return the calendar of the partnership; every form with planned days overrides it."""
        raise NotImplementedError

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        """Return what the form begins with: a day of our own choosing is a working day."""
        day = super().get_initial_for_field(field, field_name)
        ours = field_name in self.planned and field_name not in self.initial
        return self.planning_calendar().add_working_days(day, 0) if ours and day else day

    def clean(self) -> dict[str, Any]:
        """Check each planned day that was filled in."""
        given = super().clean() or {}
        for name, time_name in self.planned.items():
            if name in self.fields and given.get(name):
                self._check_planned(name, given[name], given.get(time_name))
        return given

    def _check_planned(self, name: str, day: date, at: time | None) -> None:
        if name in self.changed_only and day == self.initial.get(name):
            return
        if refused := refusal(day, at, timezone.now()):
            self.add_error(name, refused)
            return
        if not (warning := doubt(day, at, self.planning_calendar())):
            return
        stands_for = f"{day.isoformat()}{f' {at:%H:%M}' if at else ''}"
        box = CheckboxInput(stands_for)
        sure = f"{name}{SURE}"
        written = dates.named_day(day) + (f", {at:%H.%M}" if at else "")
        self.fields[sure] = forms.BooleanField(
            label=_("Ja, toch op {day}").format(day=written), required=False, widget=box
        )
        order = [one for one in self.fields if one != sure]
        order.insert(order.index(name) + 1, sure)
        self.order_fields(order)
        if not box.value_from_datadict(self.data, self.files, self.add_prefix(sure)):
            self.add_error(name, warning)

    # Days that stand in the form already, and need no check while nobody changes them.
    changed_only: ClassVar[frozenset[str]] = frozenset()
