"""When a service is and what it costs, in one line."""

from django import template

from organisations.directory.models import Service
from organisations.services import details

register = template.Library()


@register.filter
def in_short(service: Service) -> str:
    """Return the fixed times and the cost: `{{ service|in_short }}`."""
    return details.in_short(service)
