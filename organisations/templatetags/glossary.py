"""Explain glossary terms on the page that uses them."""

from typing import Any

from django import template

from organisations.services.glossary import terms_in

register = template.Library()


@register.inclusion_tag("organisations/services/_terms.html")
def explain_terms(partnership: Any, *texts: str) -> dict[str, Any]:
    """Explain the terms used in texts: `{% explain_terms partnership text other_text %}`.

    Renders nothing where no term of the partnership is used.
    """
    return {"terms": terms_in(partnership, *map(str, texts)) if partnership else []}
