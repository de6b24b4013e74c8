"""Template tags that write days, moments and deadlines as staff or residents say them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django import template
from django.template.context import Context
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from welzijn.core import dates
from welzijn.core.date_formats import clock_text

register = template.Library()


def _optional(write: Callable[[Any], str]) -> Callable[[Any], str]:
    return lambda day: write(day) if day else ""


for _write in (
    dates.near_day,
    dates.named_day,
    dates.plain_day,
    dates.dated,
    dates.named_moment,
    dates.plain_moment,
    dates.dated_moment,
    dates.named_dated_moment,
    dates.near_moment,
    dates.clock,
):
    register.filter(_write.__name__, _optional(_write))


@register.filter
def iso(day: date) -> str:
    """Write 2026-11-26, for an id or an address."""
    return day.isoformat()


@register.simple_tag
def working_day(day: date | None, today: date | None = None) -> str:
    """Write a day for staff: vandaag, morgen, gisteren, "do 26 nov", or with its year.

    day: a local date (a datetime is converted to local time); None gives an empty string.
    """
    if day is None:
        return ""
    local = dates.local_day(day)
    return format_html(
        '<time class="vd-nowrap" datetime="{}">{}</time>',
        local.isoformat(),
        dates.near_day(local, today),
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
            day=dates.near_day(local.date(), today),
            time=_clock(local),
        ),
    )


@register.simple_tag
def full_day(day: date | None) -> str:
    """Write a day for residents: "donderdag 26 november". None gives an empty string."""
    if day is None:
        return ""
    local = dates.local_day(day)
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), dates.named_day(local))


@register.filter
def day_words(day: date | None) -> str:
    """Write a day as plain text within a sentence: "donderdag 26 november"."""
    return dates.named_day(day) if day else ""


@register.filter
def moment_words(at: datetime | None) -> str:
    """Write a moment as plain text, to which a sentence adds "uur"."""
    return dates.named_moment(at) if at else ""


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

    late: the number of working days, 1 as soon as the day has ended. If omitted, the context
    variable `calendar` (a `welzijn.core.working_days.Calendar`) counts them; without a calendar
    only the day is shown.
    """
    if day is None:
        return format_html('<span class="vd-muted">{}</span>', _("geen datum"))
    local, today = dates.local_day(day), timezone.localdate()
    calendar = context.get("calendar")
    if late is None and calendar is not None:
        late = calendar.overdue_by(local, today)
    if late:
        text = ngettext("{n} werkdag te laat", "{n} werkdagen te laat", late).format(n=late)
        if calendar is not None and not calendar.working_days_between(local, today):
            # The promised day has ended, and no working day has passed since.
            text = _("te laat")
        return format_html(
            '<time class="vd-due vd-due--late" datetime="{}">{}</time> '
            '<span class="vd-cell-sub">{}</span>',
            local.isoformat(),
            text,
            dates.near_day(local, today),
        )
    state = "vd-due--today" if local == today else ""
    return format_html(
        '<time class="vd-due {}" datetime="{}">{}</time>',
        state,
        local.isoformat(),
        dates.near_day(local, today),
    )


def _clock(local: datetime) -> str:
    if (get_language() or "nl")[:2] not in {"nl", "en"}:
        return clock_text(local)
    return f"{local.hour}.{local.minute:02}" if local.hour else f"00.{local.minute:02}"
