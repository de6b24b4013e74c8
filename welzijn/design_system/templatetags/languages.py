"""The switch of language: each language by its own name."""

from dataclasses import dataclass

from django import template
from django.conf import settings
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
