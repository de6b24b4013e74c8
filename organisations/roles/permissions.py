"""Permissions in a partnership, as django-rules predicates over the partnership.

A predicate without an object returns False: django-rules reads None as "skip".
"""

from enum import StrEnum
from typing import Any

import rules

from organisations.partnerships.models import Partnership
from organisations.roles.memberships import memberships_of
from organisations.roles.models import OF_A_MUNICIPALITY, Membership, Role
from welzijn.accounts.models import User


class Permission(StrEnum):
    """Names of permissions."""

    MANAGE_ROLES = "organisations.manage_roles"
    SEE_ROLE_PROPOSALS = "organisations.see_role_proposals"
    CHANGE_RULES = "organisations.change_rules"
    SEE_RULES = "organisations.see_rules"
    SEE_CASELOAD = "organisations.see_caseload"
    SEE_REPORT = "organisations.see_report"
    SAMPLE_LOG = "organisations.sample_log"
    WORK_AT_DESK = "organisations.work_at_desk"
    BRING_IN = "organisations.bring_in"
    WORK = "organisations.work"
    SEARCH = "organisations.search"
    SEE_NEIGHBOURHOOD = "organisations.see_neighbourhood"
    TELL_SIGNALS = "organisations.tell_signals"
    SEE_SIGNALS = "organisations.see_signals"
    SEE_AGENDA = "organisations.see_agenda"
    SEE_PLACES = "organisations.see_places"
    BE_STAFF = "organisations.be_staff"
    KEEP_OFFER = "organisations.keep_offer"
    DECIDE_REQUESTS = "organisations.decide_requests"
    KEEP_PARTNERSHIP = "organisations.keep_partnership"


# Roles that work with residents and report signals to policy makers.
PRACTITIONERS = frozenset(
    {
        Role.PROFESSIONAL,
        Role.TEAM_MEMBER,
        Role.COORDINATOR,
        Role.NEIGHBOURHOOD_LEAD,
        Role.FRONT_DESK,
    }
)
ROLES_FOR: dict[Permission, frozenset[Role]] = {
    Permission.MANAGE_ROLES: frozenset({Role.ADMINISTRATOR}),
    Permission.SEE_ROLE_PROPOSALS: frozenset(
        {Role.ADMINISTRATOR, Role.COORDINATOR, Role.PRIVACY_OFFICER}
    ),
    Permission.CHANGE_RULES: frozenset({Role.COORDINATOR}),
    Permission.SEE_RULES: frozenset({Role.COORDINATOR, Role.ADMINISTRATOR, Role.PRIVACY_OFFICER}),
    Permission.SEE_CASELOAD: frozenset({Role.COORDINATOR}),
    Permission.SEE_REPORT: frozenset({Role.COORDINATOR, *OF_A_MUNICIPALITY}),
    Permission.SAMPLE_LOG: frozenset({Role.PRIVACY_OFFICER}),
    Permission.WORK_AT_DESK: frozenset({Role.FRONT_DESK}),
    Permission.BRING_IN: frozenset({Role.PARTNER_DOOR}),
    Permission.WORK: frozenset({Role.PROFESSIONAL, Role.TEAM_MEMBER, Role.COORDINATOR}),
    # Whoever sees any question; each finds what they may see.
    Permission.SEARCH: PRACTITIONERS,
    Permission.SEE_NEIGHBOURHOOD: frozenset({Role.NEIGHBOURHOOD_LEAD, Role.COORDINATOR}),
    Permission.TELL_SIGNALS: PRACTITIONERS,
    Permission.SEE_SIGNALS: PRACTITIONERS | {*OF_A_MUNICIPALITY},
    Permission.SEE_AGENDA: PRACTITIONERS,
    # How many places are in use: a change between two views would reveal one person (invariant 7).
    Permission.SEE_PLACES: PRACTITIONERS,
    Permission.BE_STAFF: frozenset(Role),
    # Each keeps a part (organisations/partnership_editor/permissions.py).
    Permission.KEEP_PARTNERSHIP: frozenset(
        {Role.ADMINISTRATOR, Role.COORDINATOR, Role.NEIGHBOURHOOD_LEAD}
    ),
    # Bring in many services at once: coordinators those of their own organisation.
    Permission.KEEP_OFFER: frozenset({Role.ADMINISTRATOR, Role.COORDINATOR}),
    # The second person beside the administrator who asked.
    Permission.DECIDE_REQUESTS: frozenset({Role.ADMINISTRATOR, Role.COORDINATOR}),
}


def roles_at(user: Any, partnership: Partnership | None) -> list[Membership]:
    """Return a user's memberships at one partnership that are active today."""
    if partnership is None or not isinstance(user, User):
        return []
    return [m for m in memberships_of(user) if m.partnership_id == partnership.pk]


def _one_of(permission: Permission) -> rules.predicates.Predicate:
    wanted = ROLES_FOR[permission]

    def has_role(user: Any, partnership: Partnership | None) -> bool:
        return any(m.role in wanted for m in roles_at(user, partnership))

    return rules.predicate(has_role, name=str(permission))


for _permission in Permission:
    rules.add_perm(_permission, _one_of(_permission))
