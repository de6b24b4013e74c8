"""Days and moments in words: the one formatter, and the one parser of what is typed.

A year that isn't this one is always written. All functions take local dates; a datetime is
converted to local time. Template filters of the same names are in
`welzijn.design_system.templatetags.dates`.
"""

import re
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from welzijn.core.date_formats import clock_text, day_text, moment_text

# A plan lies between today and this many years ahead.
YEARS_AHEAD = 2
_MONTHS = ("jan", "feb", "maa", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_ENGLISH = {"mrt": 3, "mar": 3, "may": 5, "oct": 10}
_WEEKDAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
_NEAR = {
    "vandaag": 0,
    "today": 0,
    "morgen": 1,
    "tomorrow": 1,
    "overmorgen": 2,
    "gisteren": -1,
    "yesterday": -1,
    "eergisteren": -2,
}
_BY_NUMBER = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})(?:\s*[-/. ]\s*(\d{4}|\d{2}))?\.?")
_BY_NAME = re.compile(r"(?:[a-z]+\.?,?\s+)?(\d{1,2})\s+([a-z]{3})[a-z]*\.?(?:\s+(\d{4}))?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


def parse_day(text: str, today: date) -> date | None:
    """Return the day that was typed, or None.

    Understands 2026-12-05, 5-12-2026, 5/12, "za 5 dec", "5 december 2027", "morgen" and "vrijdag"
    (the next one). Without a year it is the year in which the day is nearest to today.
    """
    typed = " ".join(text.lower().split())
    if typed in _NEAR:
        return today + timedelta(days=_NEAR[typed])
    if typed[:2] in _WEEKDAYS and _is_weekday(typed):
        ahead = (_WEEKDAYS.index(typed[:2]) - today.weekday()) % 7
        return today + timedelta(days=ahead or 7)
    if found := _ISO.fullmatch(typed):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _BY_NUMBER.fullmatch(typed):
        year = found[3] and (int(found[3]) if len(found[3]) == 4 else 2000 + int(found[3]))
        return _nearest(int(found[1]), int(found[2]), year or None, today)
    if found := _BY_NAME.fullmatch(typed):
        month = _month(found[2])
        year = int(found[3]) if found[3] else None
        return _nearest(int(found[1]), month, year, today) if month else None
    return None


def _is_weekday(typed: str) -> bool:
    names = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
    return typed.rstrip(".") in (*names, *_WEEKDAYS)


def _month(name: str) -> int | None:
    return _MONTHS.index(name) + 1 if name in _MONTHS else _ENGLISH.get(name)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _nearest(day: int, month: int, year: int | None, today: date) -> date | None:
    if year is not None:
        return _day(year, month, day)
    years = (today.year - 1, today.year, today.year + 1)
    found = [one for one in (_day(year, month, day) for year in years) if one is not None]
    return min(found, key=lambda one: abs((one - today).days), default=None)


def latest_plan(today: date) -> date:
    """Return the last day on which something may be planned."""
    try:
        return today.replace(year=today.year + YEARS_AHEAD)
    except ValueError:
        return today.replace(year=today.year + YEARS_AHEAD, day=28)


def local_day(day: date) -> date:
    """Return the local date of a date or a datetime."""
    if isinstance(day, datetime):
        return timezone.localtime(day).date() if timezone.is_aware(day) else day.date()
    return day


def near_day(day: date, today: date | None = None) -> str:
    """Return vandaag, morgen, gisteren or "do 26 nov", with the year if it is another one."""
    day, today = local_day(day), today or timezone.localdate()
    near = {-1: _("gisteren"), 0: _("vandaag"), 1: _("morgen")}
    if (word := near.get((day - today).days)) is not None:
        return word
    # `b` is the month in lower case, as in Dutch; English months are capitalised.
    month = "b" if (get_language() or "nl").startswith("nl") else "M"
    return date_format(day, f"D j {month}{_year(day, today)}").replace(".", "")


def named_day(day: date, today: date | None = None) -> str:
    """Return "donderdag 26 november", with the year if it is another one."""
    day = local_day(day)
    return day_text(day, year=bool(_year(day, today)))


def plain_day(day: date, today: date | None = None) -> str:
    """Return "26 november", with the year if it is another one."""
    day = local_day(day)
    return date_format(day, f"j F{_year(day, today)}")


def dated(day: date) -> str:
    """Return "26 november 2026": the year always, for what is kept."""
    return date_format(local_day(day), "j F Y")


def named_moment(at: datetime) -> str:
    """Return "donderdag 26 november, 14.30", to which a sentence adds "uur"."""
    local = _local(at)
    return moment_text(local, year=bool(_year(local.date(), None)))


def plain_moment(at: datetime) -> str:
    """Return "26 november, 14.30", to which a sentence adds "uur"."""
    return f"{plain_day(at)}, {clock(at)}"


def dated_moment(at: datetime) -> str:
    """Return "26 november 2026, 14.30": the year always, for what is kept."""
    return f"{dated(at)}, {clock(at)}"


def named_dated_day(day: date) -> str:
    """Return "donderdag 26 november 2026": the year always, for what is kept."""
    return day_text(local_day(day), year=True)


def named_dated_moment(at: datetime) -> str:
    """Return "donderdag 26 november 2026, 14.30": the year always, for what is kept."""
    return moment_text(_local(at), year=True)


def near_moment(at: datetime) -> str:
    """Return "morgen, 14.30", to which a sentence adds "uur"."""
    return f"{near_day(at)}, {clock(at)}"


def clock(at: datetime) -> str:
    """Return the local time: "9.05"."""
    return clock_text(_local(at))


def month_named(day: date) -> str:
    """Return "november 2026"."""
    return date_format(day, "F Y")


def weekday_named(day: date) -> str:
    """Return "donderdag"."""
    return date_format(day, "l")


def _year(day: date, today: date | None) -> str:
    return "" if day.year == (today or timezone.localdate()).year else " Y"


def _local(at: datetime) -> datetime:
    return timezone.localtime(at) if timezone.is_aware(at) else at
