"""Drafts: what a user typed in a form and did not send.

One per user, page and form. Encrypted with SECRET_KEY for that user: the row of one user can't be
put in another's place. Gone after sending, by "wis concept", with the question it is about, and
LIFETIME after the last letter.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from cryptography.fernet import InvalidToken
from django.db.models import Q
from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse

from welzijn.accounts.models import User
from welzijn.core.encryption import decrypt, encrypt
from welzijn.staff_forms.exempt import STEPS, WITHOUT_DRAFT
from welzijn.staff_forms.fields import Fields, digest, has_words, ids_in
from welzijn.staff_forms.models import FormKey, StaffDraft
from welzijn.sweeps import rows

LIFETIME = timedelta(days=5)  # from Thursday before Easter to Tuesday
LARGEST = 200_000  # characters; every form holds fewer
MOST_OF_A_USER = 100


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as its own user gets it back."""

    action: str
    fields: Fields
    saved_at: datetime


def _purpose(user_id: UUID) -> str:
    return f"staff-draft:{user_id.hex}"


def save(
    request: HttpRequest,
    *,
    user_id: UUID,
    key: str,
    page: str,
    action: str,
    fields: Fields,
    now: datetime,
    not_after: datetime | None = None,
) -> bool:
    """Keep the fields of a form that was not carried out; return whether they are kept.

    Not if the form was sent meanwhile: an autosave may arrive after the POST. `not_after`: nor if
    the same form was sent since then from any page.
    """
    if _name_of(action) in WITHOUT_DRAFT:
        return False
    of_action = digest(request, action)
    later_steps = [reverse(later) for later, step in STEPS.items() if reverse(step) == action]
    sending = [digest(request, one) for one in (action, *later_steps)]
    of_form = FormKey.objects.filter(user=user_id, action__in=sending, sent_at__isnull=False)
    sent = of_form.filter(Q(key=key) | Q(sent_at__gte=not_after) if not_after else Q(key=key))
    payload = json.dumps({"action": action, "fields": fields})
    if not has_words(fields) or len(payload) > LARGEST:
        return False
    if (key and sent.exists()) or not User.objects.filter(pk=user_id, is_active=True).exists():
        return False
    StaffDraft.objects.bulk_create(
        [
            StaffDraft(
                user_id=user_id,
                page=digest(request, page),
                action=of_action,
                payload=encrypt(_purpose(user_id), payload),
                about=ids_in(page, action),
                saved_at=now,
            )
        ],
        update_conflicts=True,
        unique_fields=["user", "page", "action"],
        update_fields=["payload", "about", "saved_at"],
    )
    too_many = StaffDraft.objects.filter(user=user_id).order_by("-saved_at")[MOST_OF_A_USER:]
    StaffDraft.objects.filter(pk__in=list(too_many.values_list("pk", flat=True))).delete()
    return True


def _name_of(action: str) -> str:
    """Return the name of an address, or "" for one that leads nowhere."""
    try:
        return resolve(action.partition("?")[0]).url_name or ""
    except Resolver404:
        return ""


def of_page(request: HttpRequest, *, user: User, page: str, now: datetime) -> list[Draft]:
    """Return this user's drafts of the forms on a page."""
    found = StaffDraft.objects.filter(
        user=user, page=digest(request, page), saved_at__gt=now - LIFETIME
    )
    return [draft for row in found if (draft := _opened(row)) is not None]


def _opened(row: StaffDraft) -> Draft | None:
    try:
        kept = json.loads(decrypt(_purpose(row.user_id), row.payload))
    except (InvalidToken, ValueError):
        return None
    return Draft(action=kept["action"], fields=kept["fields"], saved_at=row.saved_at)


def forget(request: HttpRequest, *, user_id: UUID, actions: Collection[str]) -> None:
    """Delete the drafts of forms that post to these addresses, on whatever page they stand."""
    hashes = [digest(request, action) for action in actions]
    StaffDraft.objects.filter(user=user_id, action__in=hashes).delete()


def delete_about(ids: Collection[UUID]) -> dict[str, int]:
    """Delete the drafts about these questions, of every user; for retention."""
    return StaffDraft.objects.filter(about__overlap=list(ids)).delete()[1]


def delete_expired(*, now: datetime) -> int:
    """Delete drafts untouched for LIFETIME; return how many."""
    expired = StaffDraft.objects.filter(saved_at__lt=now - LIFETIME)
    return rows.work_off(
        "staff drafts",
        list(expired.values_list("pk", flat=True)),
        lambda keys: expired.filter(pk__in=keys).delete()[0],
        now=now,
        batch=1_000,
    ).done
