"""Invite a partnership's first administrator, from the command line of the installation."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from organisations.directory import participation
from organisations.directory.models import Organisation
from organisations.partnerships.models import Partnership
from organisations.roles import commands
from organisations.roles.models import Membership, Role
from welzijn.accounts import invitation
from welzijn.accounts.models import User
from welzijn.core.working_days import local_date


def invite(
    *,
    email: str,
    name: str,
    partnership: Partnership,
    organisation: str = "",
    also: bool,
    by_mail: bool,
    now: datetime,
) -> str:
    """Give an address the administrator's role; return the path of its invitation.

    "" for an account that has a password already. `by_mail` queues the invitation as a mail;
    otherwise the caller hands the path over. `also`: although somebody can administer it already.
    `organisation`: the slug of where they work; "" for the one that has the triage team.
    Raises ValidationError for a partnership without a triage team (its file was not loaded), and
    for one with an administrator who can sign in.
    """
    today = local_date(now)
    controller = _controller(partnership)
    works_at = _taking_part(partnership, organisation, today) if organisation else controller
    held = Membership.objects.active(today).filter(partnership=partnership, role=Role.ADMINISTRATOR)
    with transaction.atomic():
        if not also and any(
            m.user.has_usable_password() and m.user.email != email.lower()
            for m in held.select_related("user")
        ):
            raise ValidationError(
                f"{partnership.name} heeft al een beheerder. Laat die u uitnodigen, of geef --also."
            )
        user, made = User.objects.get_or_create(email=email.lower(), defaults={"name": name})
        if made:
            user.set_unusable_password()
            user.save()
        if not held.filter(user=user).exists():
            Membership.objects.create(
                user=user,
                partnership=partnership,
                organisation=works_at,
                role=Role.ADMINISTRATOR,
                since=today,
            )
        if user.has_usable_password():
            return ""
        if by_mail:
            commands.invite(user=user, partnership=partnership, by=None, now=now)
        return invitation.path_for(user)


def _controller(partnership: Partnership) -> Organisation:
    if partnership.triage_team is None:
        raise ValidationError(
            f"{partnership.name} heeft geen team voor triage. Laad eerst het hele bestand: "
            "manage.py load_partnership BESTAND.toml"
        )
    return partnership.triage_team.organisation


def _taking_part(partnership: Partnership, slug: str, today: date) -> Organisation:
    found = participation.taking_part(partnership.pk, today).filter(slug=slug).first()
    if found is None:
        raise ValidationError(f"{slug} doet nu niet mee in {partnership.name}.")
    return found
