"""Find the account of somebody who signed in at a provider."""

import uuid
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.db import IntegrityError, transaction

from welzijn.accounts.models import User
from welzijn.accounts.user_notices import notify_at_once
from welzijn.single_sign_on import hooks
from welzijn.single_sign_on.claims import Identity
from welzijn.single_sign_on.provider_settings import ProviderSettings
from welzijn.single_sign_on.refusals import NOTIFIED, Reason, Refused

ADDRESS_CHANGED = "single_sign_on.address_changed"


def resolve(
    *,
    provider: ProviderSettings,
    identity: Identity,
    partnership_id: uuid.UUID | None,
    now: datetime,
) -> User:
    """Return the account of this person; connect it at the first sign-in. Raises Refused.

    Known by the provider's subject, else by the address of an invited user. The name and a new
    address at the provider are taken over. Roles follow (hooks).
    """
    try:
        with transaction.atomic():
            user = _known(provider, identity) or _connected(provider, identity)
            hooks.check(provider=provider, user=user, identity=identity, now=now)
            _take_over(user, provider, identity, partnership_id, now)
            hooks.accepted(provider=provider, user=user, identity=identity, now=now)
    except Refused as refused:
        if refused.reason in NOTIFIED:
            owner = User.objects.filter(email=identity.email).first()
            if owner is not None:
                hooks.notify(refused.reason, owner, now)
        raise
    return user


def _known(provider: ProviderSettings, identity: Identity) -> User | None:
    account = (
        SocialAccount.objects.select_related("user")
        .filter(provider=provider.id, uid=identity.subject)
        .first()
    )
    if account is None:
        return None
    # A subject is unique within its issuer only: under another one it is another person.
    if account.extra_data.get("iss", identity.issuer) != identity.issuer:
        raise Refused(Reason.SECOND_SUBJECT)
    user: User = account.user
    if not user.is_active:
        raise Refused(Reason.ENDED)
    return user


def _connected(provider: ProviderSettings, identity: Identity) -> User:
    user = User.objects.select_for_update().filter(email=identity.email).first()
    if user is None:
        raise Refused(Reason.UNKNOWN)
    if not user.is_active:
        raise Refused(Reason.ENDED)
    try:
        with transaction.atomic():
            SocialAccount.objects.create(
                user=user,
                provider=provider.id,
                uid=identity.subject,
                extra_data={"iss": identity.issuer},
            )
    except IntegrityError:
        raise Refused(Reason.SECOND_SUBJECT) from None
    return user


def _take_over(
    user: User,
    provider: ProviderSettings,
    identity: Identity,
    partnership_id: uuid.UUID | None,
    now: datetime,
) -> None:
    """Take over name and address; an address of another account stays theirs."""
    changed = []
    if identity.name and identity.name != user.name:
        user.name = identity.name
        changed.append("name")
    old = user.email
    if identity.email != old and not User.objects.filter(email=identity.email).exists():
        user.email = identity.email
        changed.append("email")
    if changed:
        user.save(update_fields=changed)
    if "email" in changed:
        EmailAddress.objects.filter(user=user).exclude(email=user.email).delete()
        if partnership_id is not None:
            _notify_old_address(user, old, partnership_id, now)
    # The provider's word replaces the confirmation of the invitation mail.
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )


def _notify_old_address(user: User, old: str, partnership_id: uuid.UUID, now: datetime) -> None:
    notify_at_once(
        user,
        kind=ADDRESS_CHANGED,
        subject_id=user.id,
        template="address_changed",
        partnership_id=partnership_id,
        email=old,
        now=now,
    )
