"""The switch of language: each language by its own name."""

from dataclasses import dataclass

from django import template
from django.conf import settings
from django.template.context import Context
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_info

from welzijn.core.languages import OWN_NAMES

register = template.Library()


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the switch."""

    code: str
    name: str
    dir: str
    current: bool


@register.simple_tag
def page_languages() -> list[Language]:
    """Return the languages that residents choose from, the one of the page marked."""
    spoken = (get_language() or "nl")[:2]
    return [
        Language(
            code,
            OWN_NAMES.get(code, name),
            "rtl" if get_language_info(code)["bidi"] else "ltr",
            code == spoken,
        )
        for code, name in settings.LANGUAGES
    ]


@register.simple_tag(takes_context=True)
def language_buttons(context: Context, form_id: str = "") -> SafeString:
    """Draw a button for each other language; written here, so that no white space weighs.

    With `form_id` they post that form of the page, with what was typed.
    """
    request = context.get("request")
    path = request.path if request else "/"
    # Never the whole address: a search may stand in it.
    path += "?je=1" if request and request.GET.get("je") else ""
    sends = (
        format_html(' form="{}" formaction="{}" name="taal"', form_id, path)
        if form_id
        else mark_safe(' name="language"')
    )
    buttons = format_html_join(
        "",
        '<li><button class="vd-link-button"{} value="{}" lang="{}" dir="auto">{}</button></li>',
        ((sends, one.code, one.code, one.name) for one in page_languages() if not one.current),
    )
    listed = format_html('<ul class="vd-languages">{}</ul>', buttons)
    if form_id:
        # Enter in a field sends the form by its first button: that is this one.
        return format_html('<button form="{}" hidden></button>{}', form_id, listed)
    return format_html(
        '<form method="post" action="{}"><input type="hidden" name="next" value="{}">{}</form>',
        reverse("set_language"),
        path,
        listed,
    )
