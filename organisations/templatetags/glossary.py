"""Agreed words explained on the page where they are used."""

from typing import Any

from django import template

from organisations.services.glossary import terms_in

register = template.Library()


@register.inclusion_tag("organisations/services/_terms.html")
def explain_terms(partnership: Any, *texts: str) -> dict[str, Any]:
    """`{% explain_terms partnership text other_text %}`: unfolds what the words in them mean.

    Shows nothing where none of the partnership's words is used.
    """
    return {"terms": terms_in(partnership, *map(str, texts)) if partnership else []}
