"""The tabs of the caseload."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from organisations.roles.decorators import here
from referrals.casework import set_aside


def tabs(request: HttpRequest, current: str) -> list[dict[str, Any]]:
    """Return the tabs of the caseload; a flood has one while something was set aside."""
    partnership, _user = here(request)
    suspected = set_aside.lot(partnership).count()
    pages = [
        ("index", _("Lijst"), reverse("caseload")),
        ("dashboard", _("Overzicht"), reverse("caseload_dashboard")),
        ("balance", _("Verdeling"), reverse("caseload_balance")),
        ("away", _("Afwezig en uren"), reverse("caseload_away")),
    ]
    found: list[dict[str, Any]] = [
        {"label": label, "url": url, "current": current == key} for key, label, url in pages
    ]
    if suspected or current == "set_aside":
        found.append(
            {
                "label": _("Mogelijk verzonnen"),
                "url": reverse("caseload_set_aside"),
                "current": current == "set_aside",
                "count": suspected,
            }
        )
    return found
