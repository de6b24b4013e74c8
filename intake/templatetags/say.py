"""One sentence in two forms of address: `{% say _("Uw vraag") _("Jouw vraag") %}`."""

from typing import Any

from django import template
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from intake.people.forms_of_address import in_their_form

register = template.Library()


@register.filter
def their_form(text: str) -> str:
    """A text of a partnership, which says u, as this page speaks: `{{ basis|their_form }}`."""
    return in_their_form(text)


@register.simple_tag(takes_context=True)
def say(context: Context, polite: str, informal: str, **values: Any) -> SafeString:
    """The sentence that fits `je` in the context; `{name}` in it is filled from the arguments.

    The sentences come from the template itself, so they are trusted; what is filled in is escaped.
    """
    sentence = informal if context.get("je") else polite
    if not values:
        return mark_safe(sentence)  # noqa: S308 - a literal of the template
    return format_html(str(sentence), **values)
