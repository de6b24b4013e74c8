"""Propose, approve and end what is set for signing in through an organisation."""

import hashlib
import secrets
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from cryptography.fernet import InvalidToken
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from organisations.directory.models import Organisation
from organisations.partnerships.models import Partnership
from organisations.roles import second_person
from organisations.roles.models import Membership, Role
from organisations.sign_on.models import SignOnSetting
from welzijn.accounts.models import User
from welzijn.core import encryption
from welzijn.core.encryption import encrypt
from welzijn.notifications import outbox
from welzijn.notifications.models import Message
from welzijn.notifications.recipients import Recipient

PROPOSED = "sign_on.proposed"
SECRET = "sign-on-client-secret"  # noqa: S105 (the purpose of the encryption)
Kind = SignOnSetting.Kind


def digest(token: str) -> str:
    """Return what is kept of a SCIM token."""
    return hashlib.sha256(b"scim:" + token.encode()).hexdigest()


def approvers(setting: SignOnSetting) -> QuerySet[User]:
    """Return who may approve: the organisation's coordinators, or administrators who work there.

    A table of roles only the coordinators, as for a role by itself; and nobody whom the proposer
    could be too (`roles.second_person`).
    """
    roles = [Role.COORDINATOR]
    if setting.kind != Kind.ROLES:
        roles.append(Role.ADMINISTRATOR)
    wanted = Membership.objects.active().filter(
        partnership=setting.partnership_id, organisation=setting.organisation_id, role__in=roles
    )
    people = User.objects.filter(pk__in=wanted.values("user"), is_active=True)
    return second_person.beside(
        setting.proposed_by, people, partnership=setting.partnership, on=timezone.now()
    )


def propose(
    *,
    kind: SignOnSetting.Kind,
    partnership: Partnership,
    organisation: Organisation,
    by: User,
    now: datetime,
    provider_id: str = "",
    content: dict[str, Any] | None = None,
    client_secret: str = "",
) -> tuple[SignOnSetting, str]:
    """Store a proposal and tell who may approve it; return it, and the token of a SCIM proposal.

    The token is shown this once. Raises ValidationError where nobody may approve.
    """
    token = secrets.token_urlsafe(32) if kind == Kind.SCIM else ""
    kept = encrypt(SECRET, client_secret) if client_secret else ""
    setting = SignOnSetting(
        partnership=partnership,
        organisation=organisation,
        kind=kind,
        provider_id=provider_id,
        content=content or {},
        secret=digest(token) if token else kept,
        proposed_by=by,
        proposed_at=now,
    )
    people = list(approvers(setting))
    if not people:
        raise ValidationError(
            _("Bij deze organisatie kan niemand dit goedkeuren: er is geen coördinator.")
        )
    with transaction.atomic():
        # The latest proposal counts; one before it that nobody approved is dropped.
        _same(setting).filter(approved_at__isnull=True).delete()
        setting.save()
        for person in people:
            outbox.queue(
                partnership_id=partnership.pk,
                subject_kind=PROPOSED,
                subject_id=setting.pk,
                due_version=1,
                recipient=Recipient.user(person.pk, email=person.email, language=person.language),
                template="sign_on_asked",
                context={"path": "/beheer/inloggen/"},
                urgent=False,
                now=now,
            )
    return setting, token


def _same(setting: SignOnSetting) -> QuerySet[SignOnSetting]:
    return SignOnSetting.objects.filter(
        partnership=setting.partnership_id,
        organisation=setting.organisation_id,
        kind=setting.kind,
        provider_id=setting.provider_id,
        ended_at__isnull=True,
    )


def approve(*, setting_id: UUID, by: User, now: datetime) -> SignOnSetting:
    """Let a proposal hold from now on; the one before it ends.

    Raises ValidationError: not open any more, not for this person, or its id is in use elsewhere.
    """
    with transaction.atomic():
        setting = _open(setting_id, by)
        _same(setting).filter(approved_at__isnull=False).update(ended_at=now)
        setting.approved_by, setting.approved_at = by, now
        try:
            with transaction.atomic():
                setting.save(update_fields=["approved_by", "approved_at"])
        except IntegrityError:
            raise ValidationError(
                _("Deze naam van een inlogsysteem is al in gebruik. Kies een andere.")
            ) from None
    return setting


def refuse(*, setting_id: UUID, by: User, now: datetime) -> None:
    """Drop a proposal. Raises ValidationError as `approve` does."""
    with transaction.atomic():
        setting = _open(setting_id, by)
        setting.ended_at = now
        setting.save(update_fields=["ended_at"])


def _open(setting_id: UUID, by: User) -> SignOnSetting:
    setting = SignOnSetting.objects.select_for_update().filter(pk=setting_id).first()
    if setting is None or setting.approved_at or setting.ended_at:
        raise ValidationError(_("Over dit voorstel is al beslist."))
    if not approvers(setting).filter(pk=by.pk).exists():
        raise ValidationError(_("Over dit voorstel beslist iemand anders."))
    return setting


def end(*, setting: SignOnSetting, now: datetime) -> None:
    """End a setting at once: nobody comes in by it any more. Idempotent."""
    SignOnSetting.objects.filter(pk=setting.pk, ended_at__isnull=True).update(ended_at=now)


def in_force(kind: SignOnSetting.Kind) -> QuerySet[SignOnSetting]:
    """Return the approved settings of a kind that have not ended."""
    return SignOnSetting.objects.filter(
        kind=kind, approved_at__isnull=False, ended_at__isnull=True
    ).select_related("organisation", "partnership", "proposed_by", "approved_by")


def still_open(messages: Sequence[Message], _now: datetime) -> Collection[UUID]:
    """Return the ids of messages about proposals that nobody has decided on yet."""
    waiting = set(
        SignOnSetting.objects.filter(
            pk__in=[m.subject_id for m in messages],
            approved_at__isnull=True,
            ended_at__isnull=True,
        ).values_list("pk", flat=True)
    )
    return {m.id for m in messages if m.subject_id in waiting}


def renew_secrets() -> tuple[int, int]:
    """Encrypt the providers' secrets with SECRET_KEY of today; return how many, and how many not.

    The others were encrypted with a key that is in SECRET_KEY_FALLBACKS no more.
    """
    renewed, unreadable = 0, 0
    current = SignOnSetting.objects.filter(kind=SignOnSetting.Kind.PROVIDER, ended_at__isnull=True)
    for one in current.exclude(secret="").order_by("pk"):
        try:
            secret = encryption.renew(SECRET, one.secret)
        except InvalidToken:
            unreadable += 1
            continue
        renewed += current.filter(pk=one.pk, secret=one.secret).update(secret=secret)
    return renewed, unreadable
