"""Form keys: each form is carried out once.

A POST claims its key before the view runs (a unique constraint decides between two at once), and
the claim becomes "sent" with the page that shows the result, or is given up where nothing was
saved. What failed halfway keeps its claim: nobody knows whether it was saved.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from welzijn.staff_forms.models import FormKey
from welzijn.staff_forms.tokens import Token
from welzijn.sweeps import rows

LIFETIME = timedelta(days=14)  # longer than any page stays valid (tokens.LIFETIME)
_WAIT = 10.0  # seconds for the first of two POSTs at once
_STEP = 0.05


@dataclass(frozen=True, slots=True)
class Claim:
    """A key that this POST holds (`mine`), or an earlier sending of the same form."""

    id: UUID
    mine: bool
    same_content: bool = True
    sent_at: datetime | None = None
    location: str = ""


def claim(*, token: Token, action: bytes, content: bytes, now: datetime) -> Claim:
    """Claim the key of a form, or return the sending that has it.

    The same form counts as sent if its key was, or if another tab sent the same content since this
    form's page was made. Waits for a sending that is still running.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            # Two tabs have two keys: one POST of a user and form at a time.
            cursor.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))",
                [f"form_key:{token.user_id.hex}:{action.hex()}"],
            )
        earlier = _earlier(token, action, content)
        if earlier is None:
            made = FormKey.objects.create(
                user_id=token.user_id, key=token.key, action=action, content=content, claimed_at=now
            )
            return Claim(made.pk, mine=True)
    earlier = _finished(earlier)
    if earlier is None:
        return claim(token=token, action=action, content=content, now=now)
    return Claim(
        earlier.pk,
        mine=False,
        same_content=bytes(earlier.content) == content,
        sent_at=earlier.sent_at,
        location=earlier.location,
    )


def _earlier(token: Token, action: bytes, content: bytes) -> FormKey | None:
    of_form = FormKey.objects.filter(user=token.user_id, action=action)
    same_key = of_form.filter(key=token.key).first()
    return same_key or (
        of_form.filter(content=content, claimed_at__gte=token.made_at)
        .order_by("-claimed_at")
        .first()
    )


def _finished(earlier: FormKey) -> FormKey | None:
    """Wait until a running sending has ended; None where it was given up."""
    until = time.monotonic() + _WAIT
    found: FormKey | None = earlier
    while found is not None and found.sent_at is None and time.monotonic() < until:
        if found.location == FAILED:
            break
        time.sleep(_STEP)
        found = FormKey.objects.filter(pk=earlier.pk).first()
    return found


FAILED = "-"  # the location of a sending that broke off


def sent(claim: Claim, *, location: str, now: datetime) -> None:
    """Record that the form was carried out, and where its result stands."""
    FormKey.objects.filter(pk=claim.id).update(sent_at=now, location=location[:500])


def failed(claim: Claim) -> None:
    """Record that nobody knows whether the form was carried out."""
    FormKey.objects.filter(pk=claim.id).update(location=FAILED)


def give_up(claim: Claim) -> None:
    """Free the key: nothing was saved."""
    FormKey.objects.filter(pk=claim.id).delete()


def delete_expired(*, now: datetime) -> int:
    """Delete keys older than LIFETIME; return how many."""
    expired = FormKey.objects.filter(claimed_at__lt=now - LIFETIME)
    return rows.work_off(
        "form keys",
        list(expired.values_list("pk", flat=True)),
        lambda keys: expired.filter(pk__in=keys).delete()[0],
        now=now,
        batch=1_000,
    ).done
