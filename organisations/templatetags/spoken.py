"""A partnership's own text, in the language of the page where there is a translation."""

from django import template

from organisations.partnerships.translations import Spoken
from organisations.partnerships.translations import spoken as as_spoken

register = template.Library()


@register.filter
def spoken(text: str) -> Spoken:
    """`{% with told=domain.name|spoken %}`: `{{ told }}`, and `told.lang` for its element."""
    return as_spoken(str(text))
