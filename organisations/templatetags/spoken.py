"""Translate a partnership's own text to the language of the page."""

from django import template

from organisations.partnerships import translations
from organisations.partnerships.translations import TranslatedText

register = template.Library()


@register.filter(name="spoken")
def translate(text: str) -> TranslatedText:
    """Translate a text: `{% with t=domain.name|spoken %}`, then `{{ t }}` and `t.lang`."""
    return translations.translate(str(text))
