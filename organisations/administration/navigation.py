"""The navigation of staff screens: at most seven entries, by role."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from organisations.roles.permissions import ROLES_FOR, Permission, roles_at


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """One entry of the navigation."""

    label: str
    url: str
    current: bool = False
    count: int = 0


def _places() -> list[tuple[Permission, str, str]]:
    return [
        (Permission.WORK_AT_DESK, _("Balie"), "/balie/"),
        (Permission.BRING_IN, _("Vraag inbrengen"), "/partner/"),
        (Permission.WORK, _("Werk"), "/werk/"),
        (Permission.SEE_CASELOAD, _("Caseload"), "/caseload/"),
        (Permission.SEE_NEIGHBOURHOOD, _("Wijk"), "/wijk/"),
        (Permission.WORK, _("MDO"), "/mdo/"),
        # A neighbourhood lead without casework organises case conferences too.
        (Permission.SEE_NEIGHBOURHOOD, _("MDO"), "/mdo/"),
        (Permission.SEE_REPORT, _("Rapportage"), "/rapportage/"),
        (Permission.SAMPLE_LOG, _("Inzage"), "/beheer/inzage/"),
        (Permission.MANAGE_ROLES, _("Beheer"), "/beheer/"),
        (Permission.SEE_RULES, _("Verdeelregels"), "/verdeelregels/"),
        (Permission.BE_STAFF, _("Aanbod"), "/aanbod/"),
        # A coordinator, whose seven are taken, comes here by the tab beside the reports.
        (Permission.SEE_SIGNALS, _("Signalen"), "/signalen/"),
    ]


def navigation_for(user: Any, partnership: Any) -> list[tuple[str, str]]:
    """Return (label, url) of at most seven entries, most used first."""
    held = {m.role for m in roles_at(user, partnership)}
    mine = [(label, url) for permission, label, url in _places() if held & ROLES_FOR[permission]]
    return list(dict.fromkeys(mine))[:7]


def _shown_under(path: str, places: set[str]) -> str:
    """Return the entry under which a page is shown that has no entry of its own."""
    if path.startswith("/vraagstuk/"):
        return "/werk/"
    if path.startswith("/werk/gevraagd/"):
        return ""  # it stands beside the bell, above the entries
    if path.startswith("/signalen/") and "/signalen/" not in places:
        return "/rapportage/"
    return path


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context processor of staff screens: `rail` (entries), `acting_as` (roles), `may_search`.

    Empty on an error page that has to do without the database.
    """
    if getattr(request, "without_database", False):
        return {}
    partnership = getattr(request, "partnership", None)
    user = getattr(request, "user", None)
    mine = roles_at(user, partnership)
    if not mine:
        return {}
    found = navigation_for(user, partnership)
    path = _shown_under(request.path, {url for _label, url in found})
    current = max((url for _label, url in found if path.startswith(url)), key=len, default="")
    names = dict.fromkeys(f"{m.get_role_display()}, {m.organisation}" for m in mine)
    return {
        "rail": [NavigationItem(label, url, url == current) for label, url in found],
        "acting_as": "; ".join(names),
        "may_search": any(m.role in ROLES_FOR[Permission.SEARCH] for m in mine),
        "hears_notices": any(m.role in ROLES_FOR[Permission.SEE_AGENDA] for m in mine),
        "sees_role_proposals": any(
            m.role in ROLES_FOR[Permission.SEE_ROLE_PROPOSALS] for m in mine
        ),
    }
