"""Says at start, and at the readiness page, that the listener's model is not there."""

from typing import Any

from django.core.checks import CheckMessage, register
from django.core.checks import Warning as CheckWarning

from organisations.triage_hints.artefact import is_current


@register()
def check_model(**_options: Any) -> list[CheckMessage]:
    """Warn where the product would work without proposals."""
    if is_current():
        return []
    return [
        CheckWarning(
            "The listener's model is not there, or was learned from other sentences: no life"
            " domain is proposed, and only the plainest words of danger are heard.",
            hint="Run `manage.py learn` (under two minutes), then start the processes again.",
            id="organisations.W001",
        )
    ]
