"""Template tags for the page frame: titles, icons, navigation, badges and notices.

docs/look.md shows each with an example. The markup is that of NL Design System's packages; no tag
writes a style or script attribute, which the content security policy would refuse.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.forms import BaseForm
from django.template.context import Context
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from welzijn.core.direction import apart
from welzijn.design_system.icons import ICONS
from welzijn.design_system.pictures import FILE as PICTURES_FILE
from welzijn.design_system.pictures import PICTURES, of_life_domain

register = template.Library()

# Point along the line of reading: mirrored on a page from right to left.
_POINTS = frozenset({"terug", "verder", "weg", "schrijven"})

# Tone to the CSS class of the packages.
_BADGES = {
    "neutral": "utrecht-status-badge--neutral",
    "info": "vd-badge--info",
    "ok": "utrecht-status-badge--safe",
    "warning": "utrecht-status-badge--warning",
    "danger": "utrecht-status-badge--danger",
}
# Tone or Django message level to the package's class and the icon.
_ALERTS = {
    "info": ("info", "info"),
    "debug": ("info", "info"),
    "ok": ("ok", "ok"),
    "success": ("ok", "ok"),
    "warning": ("warning", "let-op"),
    "danger": ("error", "let-op"),
    "error": ("error", "let-op"),
}


@register.filter
def untranslated(value: object) -> str:
    """Keep a name or reference within a sentence from being translated; "" for nothing."""
    return "" if not value else format_html('<bdi translate="no">{}</bdi>', value)


@register.simple_tag
def theme_path(slug: str) -> str:
    """Return the URL of a partnership's tokens file."""
    return static(f"themes/{slug}.css")


@register.simple_block_tag(takes_context=True, end_name="endpage_title")
def page_title(context: Context, content: str) -> str:
    """Write the page title: the page's own words and the neutral name of the front door.

    Begins with an error notice where `form` in the context has errors, so that users of a screen
    reader hear it first.
    """
    door = context.get("front_door")
    words = mark_safe(content.strip())  # noqa: S308 - rendered, so escaped, by the template
    parts = [words, door.title if door else "Voordeur"]
    if getattr(door, "rehearsing", False):
        parts.insert(0, _("Oefening"))
    form = context.get("form")
    if isinstance(form, BaseForm) and form.is_bound and form.errors:
        parts.insert(0, _("Er klopt iets niet"))
    return format_html_join(" · ", "{}", ((part,) for part in parts if part))


register.filter("apart", apart)


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon beside a word; hidden from screen readers. Raises KeyError."""
    return _svg(name, "vd-icon")


@register.simple_tag
def arch_icon(name: str) -> SafeString:
    """Draw an icon in a doorway, for a choice card or the head of a page."""
    return format_html('<span class="vd-arch">{}</span>', _svg(name, "vd-icon"))


@register.simple_tag
def picture(name: str) -> SafeString:
    """Draw a picture of `pictures.py` beside words; hidden from screen readers."""
    return format_html(
        '<svg class="vd-picture" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        static(PICTURES_FILE),
        name if name in PICTURES else "vraag",
    )


@register.simple_tag
def domain_picture(slug: str) -> SafeString:
    """Draw the picture of a life domain beside its name."""
    return picture(of_life_domain(slug))


@register.inclusion_tag("components/back_link.html")
def back_link(url: str, label: str = "") -> dict[str, Any]:
    """Render the link to the previous page."""
    return {"url": url, "label": label or _("Vorige")}


@register.inclusion_tag("components/progress.html")
def progress(step: int, of: int, drawn: str = "") -> dict[str, Any]:
    """Render "Stap 2 van 6" with a thin bar, and a picture of the step. Both count from 1."""
    bar = [number <= step for number in range(1, of + 1)]
    return {"step": step, "of": of, "bar": bar, "drawn": drawn}


@register.inclusion_tag("components/breadcrumb.html")
def breadcrumb(*parts: str) -> dict[str, Any]:
    """Render a breadcrumb: label, url, label, url, ..., label; the last label is this page."""
    links = [(parts[i], parts[i + 1]) for i in range(0, len(parts) - 1, 2)]
    return {"links": links, "here": parts[-1] if len(parts) % 2 else ""}


@register.inclusion_tag("components/tabs.html")
def tabs(items: Iterable[Any], label: str) -> dict[str, Any]:
    """Render links to the parts of a page: `label`, `url`, `current`, optionally `count`."""
    return {"items": list(items), "label": label}


@register.simple_tag
def badge(word: str, tone: str = "neutral") -> str:
    """Render a status badge; tone is neutral, info, ok, warning or danger."""
    return format_html('<span class="utrecht-status-badge {}">{}</span>', _BADGES[tone], word)


@register.simple_block_tag(end_name="endnotice")
def notice(content: str, tone: str = "info", title: str = "", *, alert: bool = False) -> str:
    """Render a notice: info, ok, warning or danger. alert: announced at once by screen readers."""
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
    """Draw the icon of a message level."""
    return _svg(_ALERTS.get(level, _ALERTS["info"])[1], "vd-icon")


@register.filter
def alert_tone(level: str) -> str:
    """Return the package's class suffix for a Django message level."""
    return _ALERTS.get(level, _ALERTS["info"])[0]


@register.inclusion_tag("components/empty.html")
def empty(
    title: str, text: str = "", action_url: str = "", action_label: str = ""
) -> dict[str, str]:
    """Render an empty state: a title, an explanation and one link onwards."""
    return {"title": title, "text": text, "action_url": action_url, "action_label": action_label}


def _svg(name: str, css: str) -> SafeString:
    if name in _POINTS:
        css += " vd-icon--points"
    return format_html(
        '<svg class="{}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>',
        css,
        mark_safe(ICONS[name]),  # noqa: S308 - constants of look_icons
    )
