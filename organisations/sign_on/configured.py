"""What single sign-on takes from here: providers, who may use them, and what follows."""

import logging
from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from cryptography.fernet import InvalidToken
from django.conf import settings
from pydantic import ValidationError as InvalidSettingsError

from organisations.directory.models import Participation
from organisations.roles.models import Membership, Role
from organisations.sign_on import proposals, role_table
from organisations.sign_on.models import SignOnSetting
from welzijn.accounts.models import User
from welzijn.core.encryption import decrypt
from welzijn.notifications import outbox
from welzijn.notifications.recipients import Recipient
from welzijn.single_sign_on.claims import Identity
from welzijn.single_sign_on.provider_settings import ProviderSettings
from welzijn.single_sign_on.refusals import Reason, Refused

log = logging.getLogger(__name__)
REFUSED = "sign_on.refused"


def providers() -> Iterator[ProviderSettings]:
    """Yield the approved providers. One that can't be read is left out, and logged by its id."""
    for setting in proposals.in_force(SignOnSetting.Kind.PROVIDER):
        try:
            yield settings_of(setting, decrypt(proposals.SECRET, setting.secret))
        except (InvalidToken, InvalidSettingsError):
            log.error("The settings of provider %s can't be read", setting.provider_id)  # noqa: TRY400 (an exception could quote them)


def settings_of(setting: SignOnSetting, client_secret: str) -> ProviderSettings:
    """Return the provider of a setting. Raises pydantic's ValidationError."""
    return ProviderSettings(
        **{
            **setting.content,
            "id": setting.provider_id,
            "client_secret": client_secret,
            "organisation": setting.organisation.slug,
            "insecure": settings.WELZIJN_TEST or settings.WELZIJN_DEMO,
        }
    )


def slugs_of(partnership_id: UUID) -> frozenset[str]:
    """Return the slugs of a partnership's organisations."""
    return frozenset(
        Participation.objects.filter(partnership=partnership_id).values_list(
            "organisation__slug", flat=True
        )
    )


def check(*, provider: ProviderSettings, user: User, identity: Identity, now: datetime) -> None:
    """Refuse a provider of one organisation for somebody who has a role with another.

    An employer's provider can sign in whom it likes; so only where nobody else's data is at stake.
    """
    if not provider.organisation:
        return
    roles = Membership.objects.active().filter(user=user)
    if roles.exclude(organisation__slug=provider.organisation).exists():
        raise Refused(Reason.OTHER_ORGANISATION)


def accepted(*, provider: ProviderSettings, user: User, identity: Identity, now: datetime) -> None:
    """Apply the tables of this provider, if it said anything about groups."""
    if not identity.groups_known:
        return
    for setting in proposals.in_force(SignOnSetting.Kind.ROLES).filter(provider_id=provider.id):
        if not provider.organisation or provider.organisation == setting.organisation.slug:
            role_table.apply(setting=setting, user=user, groups=identity.groups, now=now)


def notify(reason: Reason, user: User, now: datetime) -> None:
    """Tell the administrators of a user's partnerships that a sign-in was refused."""
    held = Membership.objects.active().filter(user=user).values("partnership")
    administrators = (
        Membership.objects.active()
        .filter(partnership__in=held, role=Role.ADMINISTRATOR)
        .select_related("user")
    )
    for one in administrators:
        outbox.queue(
            partnership_id=one.partnership_id,
            subject_kind=REFUSED,
            subject_id=user.pk,
            due_version=now.date().toordinal(),  # at most once a day
            recipient=Recipient.user(one.user_id, email=one.user.email, language=one.user.language),
            template="sign_on_refused",
            context={"path": f"/beheer/mensen/{user.pk}/"},
            urgent=False,
            now=now,
        )
