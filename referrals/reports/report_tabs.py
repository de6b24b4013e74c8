"""Tabs above the figures and the signals."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from organisations.roles.decorators import here
from organisations.roles.permissions import Permission
from referrals.casework_base.tabs import Tab


def report_tabs(request: HttpRequest, current: str) -> list[Tab]:
    """Return the tabs for figures and signals; none for users who may not see the figures."""
    partnership, user = here(request)
    if not user.has_perm(Permission.SEE_REPORT, partnership):
        return []
    return [
        Tab(_("Cijfers"), reverse("report"), current == "report", None),
        Tab(_("Vragen"), reverse("report_questions"), current == "questions", None),
        Tab(_("Doelen"), reverse("report_goals"), current == "goals", None),
        Tab(_("Zelf kiezen"), reverse("report_choice"), current == "choose", None),
        Tab(_("Signalen"), reverse("signals"), current == "signals", None),
    ]
