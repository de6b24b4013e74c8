"""Residents as recipients: how the outbox may reach them now, and which addresses bounced."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from intake.people.contact_preferences import reach_of
from intake.people.models import ContactDetail, Person
from welzijn.notifications.recipients import DeliveryPreferences

if TYPE_CHECKING:
    from welzijn.notifications.models import Message

_KEY = "resident:"


def preferences_of(keys: Collection[str]) -> dict[str, DeliveryPreferences]:
    """Return how each resident may be reached now, in two queries.

    Read just before sending, so that a wish changed since queueing is obeyed. A person who was
    deleted or has no contact wish is left out.
    """
    ids = [UUID(key.removeprefix(_KEY)) for key in keys if key.startswith(_KEY)]
    people = (
        Person.objects.filter(pk__in=ids, contact_wish__isnull=False)
        .select_related("contact_wish")
        .prefetch_related("contact_details")
    )
    return {
        f"{_KEY}{person.id}": reach_of(person.contact_wish, person.contact_details.all())
        for person in people
    }


def note_bounce(message: "Message", now: datetime) -> None:
    """Mark the contact detail that bounced, so that `reach_of` no longer uses it.

    Only this person's: others at the same address have a detail and a wish of their own.
    """
    if message.recipient_key.startswith(_KEY):
        ContactDetail.objects.filter(
            person_id=UUID(message.recipient_key.removeprefix(_KEY)),
            value=message.address,
            bounced_at=None,
        ).update(bounced_at=now)
