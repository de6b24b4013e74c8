"""Template tags of the design system. docs/look.md shows each with an example.

Every tag gives markup of NL Design System's packages; none writes a style or script attribute.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.http import QueryDict
from django.template.context import Context
from django.templatetags.static import static
from django.utils import formats, timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from welzijn.design_system.icons import ICONS

register = template.Library()

# Our words for a tone, and the class that the packages have for it.
_BADGES = {
    "neutral": "utrecht-status-badge--neutral",
    "info": "vd-badge--info",
    "ok": "utrecht-status-badge--safe",
    "warning": "utrecht-status-badge--warning",
    "danger": "utrecht-status-badge--danger",
}
_ALERTS = {
    "info": ("info", "info"),
    "debug": ("info", "info"),
    "ok": ("ok", "ok"),
    "success": ("ok", "ok"),
    "warning": ("warning", "let-op"),
    "danger": ("error", "let-op"),
    "error": ("error", "let-op"),
}


# --- The frame ---------------------------------------------------------------------------------
@register.simple_tag
def theme_path(slug: str) -> str:
    """The address of a partnership's tokens file."""
    return static(f"themes/{slug}.css")


@register.simple_block_tag(takes_context=True, end_name="endpage_title")
def page_title(context: Context, content: str) -> str:
    """The page's own words and the neutral name of the front door, with a dot between them.

    Says first that something is wrong where `form` in the context has errors, so that a screen
    reader's user hears it at once.
    """
    door = context.get("front_door")
    words = mark_safe(content.strip())  # noqa: S308 - rendered, so escaped, by the template
    parts = [words, door.title if door else "Voordeur"]
    form = context.get("form")
    if isinstance(form, BaseForm) and form.is_bound and form.errors:
        parts.insert(0, _("Er klopt iets niet"))
    return format_html_join(" · ", "{}", ((part,) for part in parts if part))


@register.simple_tag
def icon(name: str) -> SafeString:
    """A line drawing that goes with a word; hidden from screen readers. Raises KeyError."""
    return _svg(name, "vd-icon")


@register.simple_tag
def arch_icon(name: str) -> SafeString:
    """The same drawing in a doorway, for a choice card or the head of a page."""
    return format_html('<span class="vd-arch">{}</span>', _svg(name, "vd-icon"))


@register.inclusion_tag("components/back_link.html")
def back_link(url: str, label: str = "") -> dict[str, Any]:
    """The link above the page to the page before it."""
    return {"url": url, "label": label or _("Vorige")}


@register.inclusion_tag("components/progress.html")
def progress(step: int, of: int) -> dict[str, Any]:
    """Quiet progress: "Stap 2 van 6" and a thin bar. Both count from 1."""
    return {"step": step, "of": of, "bar": [number <= step for number in range(1, of + 1)]}


@register.inclusion_tag("components/breadcrumb.html")
def breadcrumb(*parts: str) -> dict[str, Any]:
    """Staff: label, url, label, url, ..., label. The last label is this page, without a url."""
    links = [(parts[i], parts[i + 1]) for i in range(0, len(parts) - 1, 2)]
    return {"links": links, "here": parts[-1] if len(parts) % 2 else ""}


# --- Dates -------------------------------------------------------------------------------------
@register.simple_tag
def working_day(day: date | None, today: date | None = None) -> str:
    """A day as staff say it: vandaag, morgen, gisteren, "do 26 nov", or with its year.

    day: a local date (a datetime is taken in local time); None gives an empty string.
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
    """A moment as staff say it: "vandaag, 10.12 uur". None gives an empty string."""
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
    """A day as a resident reads it: "donderdag 26 november". None gives an empty string."""
    if day is None:
        return ""
    local = _local_date(day)
    pattern = "l j F" if local.year == timezone.localdate().year else "l j F Y"
    return format_html(
        '<time datetime="{}">{}</time>', local.isoformat(), formats.date_format(local, pattern)
    )


@register.filter
def in_full(when: Any) -> Any:
    """A moment or day in full; anything else as it is."""
    if isinstance(when, datetime):
        local = timezone.localtime(when) if timezone.is_aware(when) else when
        return format_html(_("{day}, {time} uur"), day=full_day(local.date()), time=_clock(local))
    return full_day(when) if isinstance(when, date) else when


def _clock(local: datetime) -> str:
    return f"{local.hour}.{local.minute:02}" if local.hour else f"00.{local.minute:02}"


@register.simple_tag(takes_context=True)
def due(context: Context, day: date | None, late: int | None = None) -> str:
    """A deadline: its day, and how many working days too late it is.

    late: working days over time. Left out, the calendar in the context variable `calendar` (a
    `welzijn.core.working_days.Calendar`) counts them; without one only the day is shown.
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
    """vandaag, morgen, gisteren, "do 26 nov"; another year is named."""
    near = {-1: _("gisteren"), 0: _("vandaag"), 1: _("morgen")}
    if (word := near.get((day - today).days)) is not None:
        return word
    # `b` is the month in small letters, as Dutch writes it; English wants its capital.
    month = "b" if (get_language() or "nl").startswith("nl") else "M"
    year = "" if day.year == today.year else " Y"
    return formats.date_format(day, f"D j {month}{year}").replace(".", "")


def _local_date(day: date) -> date:
    if isinstance(day, datetime):
        return timezone.localtime(day).date() if timezone.is_aware(day) else day.date()
    return day


# --- Saying something --------------------------------------------------------------------------
@register.simple_tag
def badge(word: str, tone: str = "neutral") -> str:
    """A status in a word, with a colour: neutral, info, ok, warning or danger."""
    return format_html('<span class="utrecht-status-badge {}">{}</span>', _BADGES[tone], word)


@register.simple_block_tag(end_name="endnotice")
def notice(content: str, tone: str = "info", title: str = "", *, alert: bool = False) -> str:
    """A notice: info, ok, warning or danger. alert: read aloud at once by a screen reader."""
    kind, drawing = _ALERTS[tone]
    return format_html(
        '<div class="utrecht-alert utrecht-alert--{}"{}>{}<div class="utrecht-alert__content">'
        "{}<div>{}</div></div></div>",
        kind,
        mark_safe(' role="alert"') if alert else "",
        _svg(drawing, "vd-icon"),
        format_html('<p class="vd-alert-title">{}</p>', title) if title else "",
        content,
    )


@register.simple_tag
def alert_icon(level: str) -> SafeString:
    """The drawing of a message's level."""
    return _svg(_ALERTS.get(level, _ALERTS["info"])[1], "vd-icon")


@register.filter
def alert_tone(level: str) -> str:
    """The package's word for a Django message level."""
    return _ALERTS.get(level, _ALERTS["info"])[0]


@register.inclusion_tag("components/empty.html")
def empty(
    title: str, text: str = "", action_url: str = "", action_label: str = ""
) -> dict[str, str]:
    """Nothing here: says so, says why that is fine or what to do, offers one way on."""
    return {"title": title, "text": text, "action_url": action_url, "action_label": action_label}


# --- Forms -------------------------------------------------------------------------------------
@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms: Any) -> dict[str, Any]:
    """All that is wrong in these forms, each linked to its field. Empty where all is well.

    What is said of more fields than one gets the field's label before it.
    """
    entries: list[tuple[str, str, str]] = []
    for form in forms:
        if not isinstance(form, BaseForm) or not form.is_bound:
            continue
        entries += [("", "", str(error)) for error in form.non_field_errors()]
        for field in form:
            entries += [
                (_first_control(field), str(field.label), str(error)) for error in field.errors
            ]
    times = Counter(text for _id, _label, text in entries)
    return {
        "entries": [
            (id_, _about(label, text) if label and times[text] > 1 else text)
            for id_, label, text in entries
        ]
    }


def _about(label: str, text: str) -> str:
    return f"{label} {text}" if label.endswith(("?", ".", ":")) else f"{label}: {text}"


def _first_control(field: BoundField) -> str:
    """The id that a link has to jump to: of a group of options, the first one."""
    if field.use_fieldset and field.auto_id:
        return f"{field.auto_id}_0"
    return field.id_for_label


@register.filter
def is_optional(field: BoundField) -> bool:
    """True where a label has to say that the field may stay empty."""
    if getattr(field.field, "says_optional", True) is False:
        return False
    return not field.field.required and field.widget_type not in ("checkbox", "hidden")


@register.filter
def control_id(field: BoundField) -> str:
    """The id of a field's one control, or of its first option."""
    return _first_control(field)


# --- Lists and tables --------------------------------------------------------------------------
@register.inclusion_tag("components/definitions.html")
def definitions(rows: Iterable[Any]) -> dict[str, Any]:
    """Pairs of (what, value) or triples with a (label, url) to change it."""
    full = [(*row, None)[:3] for row in rows]
    return {"rows": full, "actions": any(change for _what, _value, change in full)}


@register.inclusion_tag("components/timeline.html")
def timeline(entries: Iterable[Any], first: int = 0) -> dict[str, Any]:
    """Entries with `when`, `title` and perhaps `text`, `who`, `now`, in the order given.

    when: words, or a moment that is then told in full ("dinsdag 24 november, 9.40 uur").
    first: how many are open; the rest can be unfolded. 0 shows all.
    """
    every = list(entries)
    cut = first or len(every)
    # One or two hidden entries are not worth a click.
    if len(every) <= cut + 2:
        cut = len(every)
    return {"entries": every[:cut], "more": every[cut:]}


@register.inclusion_tag("components/steps.html")
def steps(items: Iterable[Any]) -> dict[str, Any]:
    """Steps in a fixed order: `label`, `done` or `now`, perhaps `when` and `text`."""
    return {"steps": list(items)}


@register.inclusion_tag("components/own_words.html")
def own_words(text: str, limit: int = 150) -> dict[str, Any]:
    """Somebody's own words, whole; a text of many more than `limit` words can be unfolded."""
    words = text.split()
    long = len(words) > limit * 3 // 2
    return {
        "text": text,
        "count": len(words),
        "first": " ".join(words[:limit]) if long else "",
        "rest": long,
    }


@register.inclusion_tag("components/tabs.html")
def tabs(items: Iterable[Any], label: str) -> dict[str, Any]:
    """Links to the parts of a page: `label`, `url`, `current`, perhaps `count`."""
    return {"items": list(items), "label": label}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any], parameter: str = "pagina") -> dict[str, Any]:
    """The pages of a list; keeps the filters in the address. Nothing for a single page."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "page": page,
        "parameter": parameter,
        "numbers": list(numbers) if page.has_other_pages() else [],
        "ellipsis": page.paginator.ELLIPSIS,
        "request": context.get("request"),
    }


@register.simple_tag(takes_context=True)
def page_link(context: Context, parameter: str, number: int) -> str:
    """The address of another page of this list, with everything else in the query kept."""
    request = context.get("request")
    query = request.GET.copy() if request else QueryDict(mutable=True)
    query[parameter] = str(number)
    return f"?{query.urlencode()}"


@register.inclusion_tag("components/bar_chart.html")
def bar_chart(
    rows: Iterable[Any], caption: str, heading: str, unit: str, chart_id: str = "figuur"
) -> dict[str, Any]:
    """Horizontal bars in SVG inside the table of the same figures.

    rows: pairs of (label, number); None as number is a figure too small to be shown.
    heading: what the labels are (Organisatie); unit: what is counted (Vragen).
    chart_id: unique on the page, without blanks.
    """
    pairs = [(str(label), number) for label, number in rows]
    top = max((number for _label, number in pairs if number is not None), default=0) or 1
    bars = [
        {
            "label": label,
            "number": number,
            # A string: a width in SVG has a point, whatever the language of the page.
            "share": f"{max(1, 100 * number / top):.1f}" if number else "",
        }
        for label, number in pairs
    ]
    return {"bars": bars, "caption": caption, "heading": heading, "unit": unit, "id": chart_id}


def _svg(name: str, css: str) -> SafeString:
    return format_html(
        '<svg class="{}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>',
        css,
        mark_safe(ICONS[name]),  # noqa: S308 - constants of look_icons
    )
