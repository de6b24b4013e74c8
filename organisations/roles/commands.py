"""Grant and end roles, and make the accounts for them."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from organisations.directory.models import Organisation, Team
from organisations.partnerships.models import Municipality, Neighbourhood, Partnership
from organisations.roles import duty, memberships
from organisations.roles.models import Membership, Role
from organisations.roles.proposal_models import RoleProposal
from organisations.roles.same_person import mailbox_of
from welzijn.accounts import invitation, session_views
from welzijn.accounts.models import User
from welzijn.core.working_days import local_date

CAN_READ_NEW = frozenset({Role.PROFESSIONAL, Role.COORDINATOR})
# Roles that read or oversee persons: proposed by one, approved by another (`roles.proposals`).
# A professional among them if they read new questions. In SQL: `role_takes_two`.
TWO_PEOPLE = frozenset(
    {
        Role.FRONT_DESK,
        Role.TEAM_MEMBER,
        Role.COORDINATOR,
        Role.MUNICIPALITY,
        Role.ALDERMAN,
        Role.PRIVACY_OFFICER,
    }
)
# Roles that a colleague grants alone, but nobody to themselves: they see work about residents.
_NOT_TO_ONESELF = frozenset({Role.PROFESSIONAL, Role.NEIGHBOURHOOD_LEAD, Role.PARTNER_DOOR})


def takes_two(role: Role, *, reads_new: bool) -> bool:
    """Return whether a role needs the approval of a second person."""
    return role in TWO_PEOPLE or (role == Role.PROFESSIONAL and reads_new)


def grant(
    *,
    user: User,
    partnership: Partnership,
    organisation: Organisation,
    role: Role,
    neighbourhood: Neighbourhood | None = None,
    by: User,
    now: datetime,
) -> Membership:
    """Grant a role that needs no second person, from today on.

    Raises ValidationError, with a sentence for the form: the role takes two people; the user
    already has it; its neighbourhood is missing; the organisation doesn't take part; or
    administrators grant it to themselves or to a second address of their own.
    """
    if takes_two(role, reads_new=False):
        raise ValidationError({"role": _("Deze rol moet een ander goedkeuren.")})
    if role in _NOT_TO_ONESELF and mailbox_of(user.email) == mailbox_of(by.email):
        raise ValidationError({"role": _("Geef uzelf deze rol niet. Vraag een andere beheerder.")})
    check_grant(
        partnership=partnership,
        organisation=organisation,
        role=role,
        team=None,
        neighbourhood=neighbourhood,
        municipality=None,
        reads_new=False,
        now=now,
    )
    return write(
        user=user,
        partnership=partnership,
        organisation=organisation,
        role=role,
        reads_new=False,
        team=None,
        neighbourhood=neighbourhood,
        municipality=None,
        by=by,
        proposal=None,
        now=now,
    )


def check_grant(
    *,
    partnership: Partnership,
    organisation: Organisation,
    role: Role,
    team: Team | None,
    neighbourhood: Neighbourhood | None,
    municipality: Municipality | None,
    reads_new: bool,
    now: datetime,
) -> None:
    """Raise ValidationError where a role is incomplete or would give nothing.

    Nothing is what a team member outside the team's organisations gets, and who would read the
    questions of an organisation that picks none up.
    """
    missing = {
        Role.TEAM_MEMBER: (team, "team", _("Kies het team waar deze persoon in werkt.")),
        Role.NEIGHBOURHOOD_LEAD: (neighbourhood, "neighbourhood", _("Kies de wijk of kern.")),
        Role.MUNICIPALITY: (municipality, "municipality", _("Kies de gemeente.")),
        Role.ALDERMAN: (municipality, "municipality", _("Kies de gemeente.")),
    }.get(role)
    if missing and missing[0] is None:
        raise ValidationError({missing[1]: missing[2]})
    today = local_date(now)
    taking_part = partnership.participations.filter(organisation=organisation).first()
    if taking_part is None or (taking_part.until and taking_part.until < today):
        raise ValidationError({"organisation": _("Deze organisatie doet niet (meer) mee.")})
    inside = team is None or team.organisations.filter(pk=organisation.pk).exists()
    if role == Role.TEAM_MEMBER and not inside:
        told = _("{organisation} doet niet mee in {team}. Kies een ander team.")
        raise ValidationError({"team": told.format(organisation=organisation, team=team)})
    if (role == Role.PROFESSIONAL or reads_new) and not taking_part.picks_up:
        told = _("{organisation} pakt geen vragen op. Deze rol geeft daar niets te lezen.")
        raise ValidationError({"organisation": told.format(organisation=organisation)})


def has_role(wanted: RoleProposal, user: User, on: date) -> bool:
    """Return whether `user` has the role of a proposal, as it is proposed."""
    return (
        Membership.objects.active(on)
        .filter(
            user=user,
            partnership=wanted.partnership,
            organisation=wanted.organisation,
            role=wanted.role,
            reads_new=wanted.reads_new,
            team=wanted.team,
            municipality=wanted.municipality,
        )
        .exists()
    )


def write(
    *,
    user: User,
    partnership: Partnership,
    organisation: Organisation,
    role: Role,
    reads_new: bool,
    team: Team | None,
    neighbourhood: Neighbourhood | None,
    municipality: Municipality | None,
    by: User | None,
    proposal: RoleProposal | None,
    now: datetime,
) -> Membership:
    """Write a checked role; a professional who gets to read new questions keeps their row.

    Raises ValidationError where the user has the role. The database refuses a role that takes two
    people without its approved proposal.
    """
    memberships.clear_cache()
    plain = Membership.objects.filter(
        user=user,
        partnership=partnership,
        organisation=organisation,
        role=role,
        until=None,
        reads_new=False,
    ).first()
    if reads_new and plain is not None:
        plain.reads_new, plain.proposal, plain.granted_by = True, proposal, by
        plain.save()
        return plain
    try:
        with transaction.atomic():
            return Membership.objects.create(
                user=user,
                partnership=partnership,
                organisation=organisation,
                role=role,
                reads_new=reads_new,
                team=team,
                neighbourhood=neighbourhood,
                municipality=municipality,
                since=local_date(now),
                granted_by=by,
                proposal=proposal,
            )
    except IntegrityError as error:
        if "membership_once" not in str(error):
            raise
        raise ValidationError(_("Deze persoon heeft deze rol al.")) from None


def end(*, membership: Membership, by: User, now: datetime) -> None:
    """End a role at once, with every session of its holder. Idempotent.

    Whoever has other roles signs in again for them. Duties that the role carried end with it.

    Raises ValidationError for one's own administrator role: another administrator has to end it,
    so that a partnership is not left without one by accident.
    """
    if membership.role == Role.ADMINISTRATOR and membership.user_id == by.id:
        raise ValidationError(_("Uw eigen beheerrol kan alleen een andere beheerder stoppen."))
    with transaction.atomic():
        held = Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
        if held.until is not None:
            return
        memberships.clear_cache()
        session_views.end_all_sessions(user=held.user, now=now)
        yesterday = local_date(now).toordinal() - 1
        if held.since.toordinal() > yesterday:
            held.delete()
        else:
            held.until = type(held.since).fromordinal(yesterday)
            held.save()
        duty.end_unfit(user=held.user, partnership=held.partnership, now=now)


def account_for(
    *,
    email: str,
    name: str,
    function: str,
    partnership: Partnership,
    role: Role,
    by: User | None,
    now: datetime,
) -> User:
    """Return the account of an e-mail address; create and invite it where there is none.

    A new account has no password: the invitation names `role` and who invites, and lets its owner
    choose a password and a second factor. An existing account gets no mail, and keeps its own
    name. Call it in the transaction that grants the role, so that a refused role makes no account.
    """
    with transaction.atomic():
        user, made = User.objects.get_or_create(
            email=email.strip().lower(),
            defaults={"name": name, "function": function, "password": "!"},
        )
        if made:
            user.set_unusable_password()
            user.save()
            _invite(user, partnership, [role], by, now)
    return user


def invite(*, user: User, partnership: Partnership, by: User | None, now: datetime) -> None:
    """Queue an invitation again, with the roles that somebody has here by now."""
    held = Membership.objects.active(local_date(now)).filter(user=user, partnership=partnership)
    _invite(
        user, partnership, [Role(role) for role in held.values_list("role", flat=True)], by, now
    )


def _invite(
    user: User, partnership: Partnership, roles: list[Role], by: User | None, now: datetime
) -> None:
    with override(None):
        # The words as the catalogues know them: the mail says them in two languages.
        role = str(roles[0].label) if roles else ""
    invitation.queue(
        user=user,
        partnership_id=partnership.id,
        invited_by=by.name if by else "",
        role=role,
        now=now,
    )
