"""What the outbox asks about residents: how they wish to be reached now, and what came back."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from intake.people.contact_preferences import reach_of
from intake.people.models import ContactDetail, Person
from welzijn.notifications.recipients import Reach

if TYPE_CHECKING:
    from welzijn.notifications.models import Message

_KEY = "resident:"


def reaches_of(keys: Collection[str]) -> dict[str, Reach]:
    """The reach of each resident as their wish stands now, in two queries.

    Asked just before sending, so that a wish changed since then is obeyed. A person who is gone or
    who has no wish is left out.
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
    """Mark the contact detail that doesn't work; `reach_of` uses it no more.

    Only that of this person: whoever shares the address has a detail and a wish of their own.
    """
    if message.recipient_key.startswith(_KEY):
        ContactDetail.objects.filter(
            person_id=UUID(message.recipient_key.removeprefix(_KEY)),
            value=message.address,
            bounced_at=None,
        ).update(bounced_at=now)
