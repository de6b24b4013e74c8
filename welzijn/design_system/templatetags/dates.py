"""Template tags that write days, moments and deadlines as staff or residents say them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.template.context import Context
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from welzijn.core.date_formats import clock_text, day_text, moment_text

register = template.Library()


@register.simple_tag
def working_day(day: date | None, today: date | None = None) -> str:
    """Write a day for staff: vandaag, morgen, gisteren, "do 26 nov", or with its year.

    day: a local date (a datetime is converted to local time); None gives an empty string.
    """
    if day is None:
        return ""
    local = _local_date(day)
    return format_html(
        '<time class="vd-nowrap" datetime="{}">{}</time>',
        local.isoformat(),
        day_in_words(local, today or timezone.localdate()),
    )


@register.simple_tag
def moment(at: datetime | None, today: date | None = None) -> str:
    """Write a moment for staff: "vandaag, 10.12 uur". None gives an empty string."""
    if at is None:
        return ""
    local = timezone.localtime(at)
    return format_html(
        '<time class="vd-nowrap" datetime="{}">{}</time>',
        local.isoformat(timespec="minutes"),
        _("{day}, {time} uur").format(
            day=day_in_words(local.date(), today or timezone.localdate()),
            time=_clock(local),
        ),
    )


@register.simple_tag
def full_day(day: date | None) -> str:
    """Write a day for residents: "donderdag 26 november". None gives an empty string."""
    if day is None:
        return ""
    local = _local_date(day)
    written = day_text(local, year=local.year != timezone.localdate().year)
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), written)


@register.filter
def day_words(day: date | None) -> str:
    """Write a day as plain text within a sentence: "donderdag 26 november"."""
    return day_text(_local_date(day)) if day else ""


@register.filter
def moment_words(at: datetime | None) -> str:
    """Write a moment as plain text, to which a sentence adds "uur"."""
    return moment_text(timezone.localtime(at)) if at else ""


@register.filter
def in_full(when: Any) -> Any:
    """Write a moment or day in full; return anything else unchanged."""
    if isinstance(when, datetime):
        local = timezone.localtime(when) if timezone.is_aware(when) else when
        return format_html(_("{day}, {time} uur"), day=full_day(local.date()), time=_clock(local))
    return full_day(when) if isinstance(when, date) else when


@register.simple_tag(takes_context=True)
def due(context: Context, day: date | None, late: int | None = None) -> str:
    """Write a deadline: its day, and by how many working days it is overdue.

    late: the number of working days. If omitted, the context variable `calendar` (a
    `welzijn.core.working_days.Calendar`) counts them; without a calendar only the day is shown.
    """
    if day is None:
        return format_html('<span class="vd-muted">{}</span>', _("geen datum"))
    local, today = _local_date(day), timezone.localdate()
    calendar = context.get("calendar")
    if late is None and calendar is not None:
        late = calendar.overdue_by(local, today)
    if late:
        text = ngettext("{n} werkdag te laat", "{n} werkdagen te laat", late).format(n=late)
        return format_html(
            '<time class="vd-due vd-due--late" datetime="{}">{}</time> '
            '<span class="vd-cell-sub">{}</span>',
            local.isoformat(),
            text,
            day_in_words(local, today),
        )
    state = "vd-due--today" if local == today else ""
    return format_html(
        '<time class="vd-due {}" datetime="{}">{}</time>',
        state,
        local.isoformat(),
        day_in_words(local, today),
    )


def day_in_words(day: date, today: date) -> str:
    """Return vandaag, morgen, gisteren or "do 26 nov", with the year if it is another one."""
    near = {-1: _("gisteren"), 0: _("vandaag"), 1: _("morgen")}
    if (word := near.get((day - today).days)) is not None:
        return word
    # `b` is the month in lower case, as in Dutch; English months are capitalised.
    month = "b" if (get_language() or "nl").startswith("nl") else "M"
    year = "" if day.year == today.year else " Y"
    return formats.date_format(day, f"D j {month}{year}").replace(".", "")


def _clock(local: datetime) -> str:
    if (get_language() or "nl")[:2] not in {"nl", "en"}:
        return clock_text(local)
    return f"{local.hour}.{local.minute:02}" if local.hour else f"00.{local.minute:02}"


def _local_date(day: date) -> date:
    if isinstance(day, datetime):
        return timezone.localtime(day).date() if timezone.is_aware(day) else day.date()
    return day
