"""One sentence in two forms of address: `{% say _("Uw vraag") _("Jouw vraag") %}`."""

from typing import Any

from django import template
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from intake.people.forms_of_address import in_their_form
from organisations.partnerships.translations import translate

register = template.Library()


@register.filter
def their_form(text: str) -> str:
    """Return a partnership's text in this page's form of address: `{{ basis|their_form }}`.

    What has no translation stays Dutch and is marked so, for screen readers (WCAG 3.1.2).
    """
    shown = in_their_form(text)
    if shown == text and translate(text).lang:
        return format_html('<span lang="nl" dir="ltr">{}</span>', shown)
    return shown


@register.simple_tag(takes_context=True)
def say(context: Context, polite: str, informal: str, **values: Any) -> SafeString:
    """Return the sentence that fits `je` in the context; `{name}` is filled from the arguments.

    The sentences are literals of the template, so they are trusted; the values are escaped.
    """
    sentence = informal if context.get("je") else polite
    if not values:
        return mark_safe(sentence)  # noqa: S308 - a literal of the template
    return format_html(str(sentence), **values)
