"""Roles by group: read the table as it is typed, and apply it at a sign-in."""

import logging
import re
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from organisations.partnerships.models import Partnership
from organisations.roles import commands as role_commands
from organisations.roles import memberships
from organisations.roles.models import Membership, Role
from organisations.roles.proposal_models import RoleProposal
from organisations.sign_on.models import SignOnSetting, TableMembership
from welzijn.accounts.models import User

log = logging.getLogger(__name__)
_LINE = re.compile(r"(?P<group>[^=]{1,200})=(?P<role>[^:+=]{1,60})(?::(?P<where>[^+=]{1,120}))?")
_READS = re.compile(r"\+\s*nieuwe vragen\s*$")
_MOST = 100
# Nobody becomes administrator or privacy officer by a group: that stays two people's word here.
_NEVER = frozenset({Role.ADMINISTRATOR, Role.PRIVACY_OFFICER})


def parse(text: str, partnership: Partnership) -> list[dict[str, Any]]:
    """Return the rows of a table: "groep = rol", "groep = teamlid: Toegangsteam".

    Raises ValidationError, which names the line and what would be right.
    """
    names = {str(role.label).lower(): role for role in Role if role not in _NEVER}
    names |= {role.value: role for role in Role if role not in _NEVER}
    rows = []
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines or len(lines) > _MOST:
        raise ValidationError(_("Schrijf één tot honderd regels."))
    for number, line in enumerate(lines, start=1):
        reads_new = bool(_READS.search(line))
        found = _LINE.fullmatch(_READS.sub("", line).strip())
        role = names.get(found["role"].strip().lower()) if found else None
        if found is None or role is None:
            raise ValidationError(
                _("Regel {n}: schrijf de groep, =, en een van deze rollen: {roles}.").format(
                    n=number, roles=", ".join(str(r.label) for r in Role if r not in _NEVER)
                )
            )
        if reads_new and role not in {Role.PROFESSIONAL, Role.COORDINATOR}:
            raise ValidationError(
                _("Regel {n}: alleen een medewerker of coördinator leest nieuwe vragen.").format(
                    n=number
                )
            )
        rows.append(
            {
                "group": found["group"].strip(),
                "role": role.value,
                "reads_new": reads_new,
                **_place(partnership, role, (found["where"] or "").strip(), number),
            }
        )
    return rows


def _place(partnership: Partnership, role: Role, where: str, number: int) -> dict[str, str]:
    """Return the team, neighbourhood or municipality that a role needs, by its name."""
    kinds: dict[Role, tuple[str, Any]] = {
        Role.TEAM_MEMBER: ("team", partnership.teams),
        Role.NEIGHBOURHOOD_LEAD: ("neighbourhood", partnership.neighbourhoods),
        Role.MUNICIPALITY: ("municipality", partnership.municipalities),
        Role.ALDERMAN: ("municipality", partnership.municipalities),
    }
    if role not in kinds:
        if where:
            raise ValidationError(
                _("Regel {n}: bij deze rol hoort niets achter de dubbele punt.").format(n=number)
            )
        return {}
    key, rows = kinds[role]
    for row in rows.all():
        if row.name.lower() == where.lower():
            return {key: str(row.pk), "where": row.name}
    raise ValidationError(
        _("Regel {n}: schrijf achter de dubbele punt een van deze namen: {names}.").format(
            n=number, names=", ".join(row.name for row in rows.all())
        )
    )


def as_text(rows: list[dict[str, Any]]) -> str:
    """Return a table as it is typed."""
    return "\n".join(
        f"{row['group']} = {Role(row['role']).label}"
        + (f": {row['where']}" if "where" in row else "")
        + (" + nieuwe vragen" if row["reads_new"] else "")
        for row in rows
    )


def apply(*, setting: SignOnSetting, user: User, groups: frozenset[str], now: datetime) -> None:
    """Give a user the roles of their groups and end those whose group is gone.

    Ends roles that a table gave and no others: what two people granted here they end here.
    """
    wanted = {
        _key(row["role"], row): row for row in setting.content["rows"] if row["group"] in groups
    }
    given = TableMembership.objects.filter(
        membership__user=user,
        membership__until__isnull=True,
        setting__partnership=setting.partnership_id,
        setting__organisation=setting.organisation_id,
        setting__provider_id=setting.provider_id,
    ).select_related("membership")
    held = {_key(one.membership.role, _columns(one.membership)): one.membership for one in given}
    for key, membership in held.items():
        row = wanted.pop(key, None)
        if row is None or row["reads_new"] != membership.reads_new:
            # A second before: the session that begins now is not one of those that end.
            role_commands.end(
                membership=membership, by=setting.proposed_by, now=now - timedelta(seconds=1)
            )
            if row is not None:
                wanted[key] = row
    for row in wanted.values():
        _grant(setting, user, row, now)


def _columns(membership: Membership) -> dict[str, str]:
    found = {
        "team": membership.team_id,
        "neighbourhood": membership.neighbourhood_id,
        "municipality": membership.municipality_id,
    }
    return {key: str(value) for key, value in found.items() if value}


def _key(role: str, row: dict[str, Any]) -> tuple[str, str]:
    return role, next((row[k] for k in ("team", "neighbourhood", "municipality") if k in row), "")


def _approval(
    setting: SignOnSetting, user: User, row: dict[str, Any], places: dict[str, Any], now: datetime
) -> RoleProposal:
    """Write the approval that the table's two people gave."""
    return RoleProposal.objects.create(
        partnership=setting.partnership,
        organisation=setting.organisation,
        user=user,
        email=user.email,
        name=user.name,
        role=row["role"],
        reads_new=row["reads_new"],
        team=places.get("team"),
        municipality=places.get("municipality"),
        source=RoleProposal.Source.TABLE,
        proposed_by=setting.proposed_by,
        proposed_at=setting.proposed_at,
        decision=RoleProposal.Decision.APPROVED,
        decided_by=setting.approved_by,
        decided_at=now,
    )


def _grant(setting: SignOnSetting, user: User, row: dict[str, Any], now: datetime) -> None:
    """Grant one role. Two people approved the table, so each role of it counts as approved."""
    partnership = setting.partnership
    people = [one for one in (setting.proposed_by, setting.approved_by) if one and one != user]
    places: dict[str, Any] = {
        key: getattr(partnership, rows).filter(pk=row[key]).first()
        for key, rows in (
            ("team", "teams"),
            ("neighbourhood", "neighbourhoods"),
            ("municipality", "municipalities"),
        )
        if key in row
    }
    role = Role(row["role"])
    named: dict[str, Any] = {
        "user": user,
        "partnership": partnership,
        "organisation": setting.organisation,
        "role": role,
    }
    try:
        with transaction.atomic():
            if not role_commands.takes_two(role, reads_new=row["reads_new"]):
                neighbourhood = places.get("neighbourhood")
                given = role_commands.grant(
                    **named, neighbourhood=neighbourhood, by=people[0], now=now
                )
            else:
                where: dict[str, Any] = {
                    key: places.get(key) for key in ("team", "neighbourhood", "municipality")
                }
                role_commands.check_grant(
                    partnership=partnership,
                    organisation=setting.organisation,
                    role=role,
                    reads_new=row["reads_new"],
                    now=now,
                    **where,
                )
                given = role_commands.write(
                    **named,
                    **where,
                    reads_new=row["reads_new"],
                    by=setting.proposed_by,
                    proposal=_approval(setting, user, row, places, now),
                    now=now,
                )
    except IntegrityError as error:
        if "another person" not in str(error):
            raise
        log.info("A role of a table was not granted to who approved the table")
        return
    except ValidationError:
        # They hold it already, or its team or organisation is gone: signing in goes on.
        log.info("A role of a table was not granted")
        return
    TableMembership.objects.create(membership=given, setting=setting)
    memberships.clear_cache()
