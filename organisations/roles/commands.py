"""Grant and end roles, and invite people."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from organisations.directory.models import Organisation, Team
from organisations.partnerships.models import Municipality, Neighbourhood, Partnership
from organisations.roles import memberships
from organisations.roles.models import Membership, Role
from welzijn.accounts import invitation, session_views
from welzijn.accounts.models import User
from welzijn.core.working_days import local_date

# Roles that can give access to a resident's name or words: nobody grants one to themselves.
READING_ROLES = frozenset(
    {
        Role.FRONT_DESK,
        Role.PROFESSIONAL,
        Role.TEAM_MEMBER,
        Role.COORDINATOR,
        Role.PARTNER_DOOR,
    }
)


def grant(
    *,
    user: User,
    partnership: Partnership,
    organisation: Organisation,
    role: Role,
    reads_new: bool = False,
    team: Team | None = None,
    neighbourhood: Neighbourhood | None = None,
    municipality: Municipality | None = None,
    by: User,
    now: datetime,
) -> Membership:
    """Grant a user a role from today on. The database records who granted it and when.

    Raises ValidationError, with a sentence for the form: the user already has the role; its team,
    neighbourhood or municipality is missing; the organisation doesn't take part; or administrators
    grant themselves a role that reads questions.
    """
    if user == by and role in READING_ROLES:
        raise ValidationError(
            {"role": _("Geef uzelf geen rol die vragen leest. Vraag een andere beheerder.")}
        )
    missing = {
        Role.TEAM_MEMBER: (team, "team", _("Kies het team waar deze persoon in werkt.")),
        Role.NEIGHBOURHOOD_LEAD: (neighbourhood, "neighbourhood", _("Kies de wijk of kern.")),
        Role.MUNICIPALITY: (municipality, "municipality", _("Kies de gemeente.")),
    }.get(role)
    if missing and missing[0] is None:
        raise ValidationError({missing[1]: missing[2]})
    today = local_date(now)
    taking_part = partnership.participations.filter(organisation=organisation).first()
    if taking_part is None or (taking_part.until and taking_part.until < today):
        raise ValidationError({"organisation": _("Deze organisatie doet niet (meer) mee.")})
    try:
        with transaction.atomic():
            given = Membership.objects.create(
                user=user,
                partnership=partnership,
                organisation=organisation,
                role=role,
                reads_new=reads_new and role in {Role.PROFESSIONAL, Role.COORDINATOR},
                team=team if role == Role.TEAM_MEMBER else None,
                neighbourhood=neighbourhood if role == Role.NEIGHBOURHOOD_LEAD else None,
                municipality=municipality if role == Role.MUNICIPALITY else None,
                since=today,
                granted_by=by,
            )
    except IntegrityError as error:
        if "membership_once" not in str(error):
            raise
        raise ValidationError(_("Deze persoon heeft deze rol al.")) from None
    memberships.clear_cache()
    return given


def end(*, membership: Membership, by: User, now: datetime) -> None:
    """End a role at once, with every session of its holder. Idempotent.

    Whoever has other roles signs in again for them. The database takes their duties along.

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
            return
        held.until = type(held.since).fromordinal(yesterday)
        held.save()


def invite(
    *,
    email: str,
    name: str,
    function: str = "",
    partnership: Partnership,
    by: User,
    now: datetime,
) -> User:
    """Return the account of an e-mail address; create and invite it where there is none.

    A new account has no password: the invitation lets its owner choose one and a second factor. An
    existing account gets no mail.
    """
    with transaction.atomic():
        user, made = User.objects.get_or_create(
            email=email.lower(), defaults={"name": name, "function": function, "password": "!"}
        )
        if made:
            user.set_unusable_password()
            user.save()
            invitation.queue(user=user, partnership_id=partnership.id, now=now)
    return user
