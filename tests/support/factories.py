"""Rows for tests: small functions with role traits, no random choice that matters.

`world()` is a partnership like Putten with four organisations, rules and a triage team.
"""

import itertools
import uuid
from dataclasses import replace
from datetime import datetime
from typing import Any

from intake.questions.models import Question
from intake.submission.routing_preview import preview
from intake.submission.submission import ContactChoices, EnteredBy, Submission
from intake.submission.submit import Receipt, submit
from organisations.directory.models import (
    Organisation,
    Participation,
    PyramidLayer,
    Service,
    Team,
)
from organisations.front_door import configuration as front_door
from organisations.partnerships.models import Partnership
from organisations.roles.models import Duty, Membership, Role
from organisations.routing.models import RoutingRule, RuleSet
from tests.support.role_approvals import approved
from tests.support.worlds import LONG_AGO, TUESDAY, World, partnership, world
from welzijn.accounts.models import User

__all__ = ["LONG_AGO", "TUESDAY", "World", "partnership", "world"]  # those of `worlds` too
_numbers = itertools.count(1)

PASSWORD = "voordeur-voor-iedereen"


def organisation(slug: str = "", name: str = "", **fields: Any) -> Organisation:
    """An organisation; the one with this slug where it exists."""
    slug = slug or f"organisatie-{next(_numbers)}"
    fields.setdefault("email", f"post@{slug}.example")
    found, _made = Organisation.objects.get_or_create(
        slug=slug, defaults={"name": name or slug.replace("-", " ").title(), **fields}
    )
    return found


def participation(to: Partnership, who: Organisation, **fields: Any) -> Participation:
    """The participation of an organisation."""
    fields.setdefault("since", LONG_AGO)
    fields.setdefault("contact_email", f"contactpersoon@{who.slug}.example")
    return Participation.objects.create(partnership=to, organisation=who, **fields)


def rule(
    rules: RuleSet,
    key: str,
    conditions: dict[str, Any],
    to: Organisation | Team | None,
    reason: str = "",
    **fields: Any,
) -> RoutingRule:
    """A rule at the end of a set; without a target it goes to triage."""
    target: dict[str, Any] = {"target_kind": RoutingRule.Target.TRIAGE}
    if isinstance(to, Team):
        target = {"target_kind": RoutingRule.Target.TEAM, "team": to}
    elif to is not None:
        target = {"target_kind": RoutingRule.Target.ORGANISATION, "organisation": to}
    return RoutingRule.objects.create(
        rule_set=rules,
        position=rules.rules.count() + 1,
        key=key,
        name=key,
        conditions=conditions,
        reason=reason,
        **{**target, **fields},
    )


def user(name: str = "", **fields: Any) -> User:
    """Somebody without a role."""
    number = next(_numbers)
    return User.objects.create_user(
        email=f"medewerker{number}@voordeur.example",
        password=PASSWORD,
        name=name or f"Medewerker {number}",
        **fields,
    )


def member(
    of: World,
    role: Role | str,
    organisation: str = "welzijn",
    *,
    who: User | None = None,
    **fields: Any,
) -> User:
    """Return a user with a role in one organisation of a world."""
    who = who or user()
    fields.setdefault("since", LONG_AGO)
    where = Participation.objects.get(partnership=of.partnership, organisation=of[organisation])
    fields.setdefault("proposal", approved(where, role, who, **fields))
    Membership.objects.create(
        user=who, partnership=of.partnership, organisation=of[organisation], role=role, **fields
    )
    return who


def professional(of: World, organisation: str, **fields: Any) -> User:
    """A professional who reads only what is assigned to them."""
    return member(of, Role.PROFESSIONAL, organisation, **fields)


def intake_worker(of: World, organisation: str, **fields: Any) -> User:
    """A professional who reads the new questions of their organisation."""
    return member(of, Role.PROFESSIONAL, organisation, reads_new=True, **fields)


def triagist(of: World, organisation: str = "welzijn", **fields: Any) -> User:
    """A member of the triage team."""
    return member(of, Role.TEAM_MEMBER, organisation, team=of.triage, **fields)


def coordinator(of: World, organisation: str = "welzijn", **fields: Any) -> User:
    """A coordinator of one of the organisations."""
    return member(of, Role.COORDINATOR, organisation, **fields)


def desk_worker(of: World, organisation: str = "welzijn", **fields: Any) -> User:
    """Somebody at the front desk."""
    return member(of, Role.FRONT_DESK, organisation, **fields)


def duty(of: World, who: User, starts_at: datetime, ends_at: datetime) -> Duty:
    """A period in which somebody is on duty."""
    return Duty.objects.create(
        partnership=of.partnership, user=who, starts_at=starts_at, ends_at=ends_at
    )


def service(of: World, organisation: str, domain: str, **fields: Any) -> Service:
    """An offer of an organisation in one life domain."""
    number = next(_numbers)
    found = Service.objects.create(
        partnership=of.partnership,
        organisation=of[organisation],
        slug=fields.pop("slug", f"aanbod-{number}"),
        name=fields.pop("name", f"Aanbod {number}"),
        layer=fields.pop("layer", PyramidLayer.BASIC),
        **fields,
    )
    found.life_domains.add(of.domains[domain])
    return found


def submission(of: World, *domains: str, shares: bool | None = True, **fields: Any) -> Submission:
    """A submission; its consent is for whoever the rules name."""
    reach = fields.pop("reach", ContactChoices(phone="+31612345678", ways=("phone",)))
    question = Submission(
        submission_key=fields.pop("submission_key", uuid.uuid4()),
        channel=fields.pop("channel", Question.Channel.ONLINE),
        words=fields.pop("words", "Ik kom er niet uit."),
        life_domains=domains,
        reach=reach,
        **fields,
    )
    if not shares:
        return replace(question, shares=shares)
    named = preview(partnership=of.partnership, submission=question, now=TUESDAY).shares_with
    return replace(question, shares=True, shares_with=named)


def submitted(
    of: World,
    *domains: str,
    now: datetime = TUESDAY,
    entered_by: EnteredBy | None = None,
    **fields: Any,
) -> Receipt:
    """Submit a question as the product does; return the receipt with its code."""
    return submit(
        partnership=of.partnership,
        submission=submission(of, *domains, **fields),
        now=now,
        entered_by=entered_by or EnteredBy(),
    )


def question(of: World, *domains: str, now: datetime = TUESDAY, **fields: Any) -> Question:
    """A question in the database, fresh from it."""
    receipt = submitted(of, *domains, now=now, **fields)
    return Question.objects.get(pk=receipt.question.pk)


def fresh_front_doors() -> None:
    """Clear the process cache of front doors, between tests that roll back."""
    front_door._memory.clear()
