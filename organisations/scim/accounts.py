"""What a directory does with the accounts of its organisation's people."""

from datetime import datetime
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from organisations.roles import commands as role_commands
from organisations.roles.models import Membership
from organisations.scim.messages import ScimError, Wanted
from organisations.sign_on.models import ProvisionedUser, SignOnSetting
from welzijn.accounts.models import User
from welzijn.accounts.session_views import end_all_sessions
from welzijn.accounts.user_notices import notify_at_once
from welzijn.single_sign_on import sources
from welzijn.single_sign_on.matching import ADDRESS_CHANGED


def of(setting: SignOnSetting) -> QuerySet[ProvisionedUser]:
    """Return the accounts that this organisation keeps up."""
    return (
        ProvisionedUser.objects.filter(organisation=setting.organisation_id)
        .select_related("user")
        .order_by("created_at", "pk")
    )


def find(*, setting: SignOnSetting, id_: UUID, lock: bool = False) -> ProvisionedUser:
    """Return an account of this organisation. Raises ScimError 404."""
    rows = of(setting).select_for_update(of=("self",)) if lock else of(setting)
    found = rows.filter(pk=id_).first()
    if found is None:
        raise ScimError(404, "No such user.")
    return found


def create(*, setting: SignOnSetting, wanted: Wanted, now: datetime) -> ProvisionedUser:
    """Create an account, or take up the one an administrator invited; without any role.

    Raises ScimError 409 for an address that is kept up already, or belongs to somebody who works
    for another organisation: over their account this directory has no say.
    """
    if wanted.email is None:
        raise ScimError(400, "userName is missing.", "invalidValue")
    _check_domain(setting, wanted.email)
    with transaction.atomic():
        user, made = User.objects.get_or_create(
            email=wanted.email,
            defaults={
                "name": wanted.name or wanted.email.partition("@")[0],
                "function": wanted.function or "",
                "password": "!",
            },
        )
        if made:
            user.set_unusable_password()
            user.save(update_fields=["password"])
        elif not _own(setting, user):
            raise ScimError(409, "This address is in use.", "uniqueness")
        try:
            with transaction.atomic():
                row = ProvisionedUser.objects.create(
                    organisation=setting.organisation,
                    user=user,
                    external_id=wanted.external_id or "",
                )
        except IntegrityError:
            raise ScimError(409, "This user exists.", "uniqueness") from None
        if wanted.active is not None or not made:
            _set_active(setting, row, active=wanted.active is not False, now=now)
    return row


def change(*, setting: SignOnSetting, id_: UUID, wanted: Wanted, now: datetime) -> ProvisionedUser:
    """Change an account as a PUT or PATCH says. Raises ScimError."""
    with transaction.atomic():
        row = find(setting=setting, id_=id_, lock=True)
        user = User.objects.select_for_update().get(pk=row.user_id)
        row.user = user
        changes = {"name": wanted.name, "function": wanted.function, "email": wanted.email}
        changed = {
            key: value
            for key, value in changes.items()
            if value is not None and value != getattr(user, key)
        }
        if changed and not _own(setting, user):
            raise ScimError(409, "This user works for another organisation too.", "mutability")
        if "email" in changed:
            _check_domain(setting, changed["email"])
        old = user.email
        for key, value in changed.items():
            setattr(user, key, value)
        if wanted.external_id is not None:
            row.external_id = wanted.external_id
        try:
            with transaction.atomic():
                if changed:
                    user.save(update_fields=list(changed))
                row.save()
        except IntegrityError:
            raise ScimError(409, "This userName or externalId is in use.", "uniqueness") from None
        if "email" in changed:
            _notify_old_address(setting, user, old, now)
            EmailAddress.objects.filter(user=user).delete()
            EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=False)
        if wanted.active is not None:
            _set_active(setting, row, active=wanted.active, now=now)
    return row


def remove(*, setting: SignOnSetting, id_: UUID, now: datetime) -> None:
    """End the account here, and forget it as one this directory keeps up. Raises ScimError."""
    with transaction.atomic():
        row = find(setting=setting, id_=id_, lock=True)
        _set_active(setting, row, active=False, now=now)
        row.delete()


def _notify_old_address(setting: SignOnSetting, user: User, old: str, now: datetime) -> None:
    notify_at_once(
        user,
        kind=ADDRESS_CHANGED,
        subject_id=user.pk,
        template="address_changed",
        partnership_id=setting.partnership_id,
        email=old,
        now=now,
    )


def _own(setting: SignOnSetting, user: User) -> bool:
    """Return whether everybody this user works for is this organisation."""
    elsewhere = Membership.objects.active().filter(user=user)
    others = user.provisioned_by.exclude(organisation=setting.organisation_id)
    return (
        not elsewhere.exclude(organisation=setting.organisation_id).exists() and not others.exists()
    )


def _check_domain(setting: SignOnSetting, email: str) -> None:
    """Refuse an address outside the mail domains of the organisation's provider, if it has any."""
    own = [one for one in sources.providers() if one.organisation == setting.organisation.slug]
    if any(one.domains for one in own) and not any(one.serves(email) for one in own):
        raise ScimError(400, "This mail domain is not the organisation's.", "invalidValue")


def _set_active(
    setting: SignOnSetting, row: ProvisionedUser, *, active: bool, now: datetime
) -> None:
    """End or reopen. Ended, the roles with this organisation end, with every session; the account
    itself where nobody else needs it. Reopened, it has no roles."""
    user = row.user
    if active:
        if not user.is_active and _own(setting, user):
            user.is_active = True
            user.save(update_fields=["is_active"])
    else:
        for membership in Membership.objects.filter(
            user=user, organisation=setting.organisation_id, until__isnull=True
        ):
            role_commands.end(membership=membership, by=_somebody_else(setting, user), now=now)
        if user.is_active and _own(setting, user):
            user.is_active = False
            user.save(update_fields=["is_active"])
        end_all_sessions(user=user, now=now)
    if row.active != active:
        row.active = active
        row.save(update_fields=["active", "changed_at"])


def _somebody_else(setting: SignOnSetting, user: User) -> User:
    """Return one of the two who set this up: in their name the directory ends a role."""
    two = [one for one in (setting.proposed_by, setting.approved_by) if one and one != user]
    return two[0]
