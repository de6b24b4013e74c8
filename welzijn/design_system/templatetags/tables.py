"""Template tags for lists and tables: definitions, timelines, steps, pagination."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.core.paginator import Page
from django.http import QueryDict
from django.template.context import Context

register = template.Library()


@register.inclusion_tag("components/definitions.html")
def definitions(rows: Iterable[Any]) -> dict[str, Any]:
    """Render pairs of (term, value), or triples with a (label, url) that changes the value."""
    full = [(*row, None)[:3] for row in rows]
    return {"rows": full, "actions": any(change for _what, _value, change in full)}


@register.inclusion_tag("components/timeline.html")
def timeline(entries: Iterable[Any], first: int = 0) -> dict[str, Any]:
    """Render entries with `when`, `title` and optionally `text`, `who`, `now`, in the given order.

    when: a text, or a moment that is written in full ("dinsdag 24 november, 9.40 uur").
    first: how many are visible before the rest is unfolded. 0 shows all.
    """
    every = list(entries)
    cut = first or len(every)
    # One or two hidden entries are not worth a click.
    if len(every) <= cut + 2:
        cut = len(every)
    return {"entries": every[:cut], "more": every[cut:]}


@register.inclusion_tag("components/steps.html")
def steps(items: Iterable[Any]) -> dict[str, Any]:
    """Render steps in a fixed order: `label`, `done` or `now`, optionally `when` and `text`."""
    return {"steps": list(items)}


@register.inclusion_tag("components/own_words.html")
def own_words(text: str, limit: int = 150) -> dict[str, Any]:
    """Render a quoted text; one of far more than `limit` words can be unfolded."""
    words = text.split()
    long = len(words) > limit * 3 // 2
    return {
        "text": text,
        "count": len(words),
        "first": " ".join(words[:limit]) if long else "",
        "rest": long,
    }


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any], parameter: str = "pagina") -> dict[str, Any]:
    """Render the page links of a list, with its filters; nothing for a single page."""
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
    """Return the query of another page of this list, with its other parameters."""
    request = context.get("request")
    query = request.GET.copy() if request else QueryDict(mutable=True)
    query[parameter] = str(number)
    return f"?{query.urlencode()}"
