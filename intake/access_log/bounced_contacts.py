"""Residents as recipients: how the outbox may reach them now, and which addresses bounced."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from intake.people.contact_preferences import reach_of
from intake.people.models import ContactDetail, Person
from welzijn.notifications.models import Message, Status
from welzijn.notifications.reasons import Reason
from welzijn.notifications.recipients import Channel, DeliveryPreferences

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


def note_bounce(message: Message, now: datetime) -> None:
    """Close the contact detail that messages don't reach, so that `reach_of` no longer uses it.

    A number that gets no texts stays good for calling. Only this person's: others at the same
    address have a detail and a wish of their own.
    """
    closed = "texts_closed_at" if message.reason == Reason.NO_TEXTS else "bounced_at"
    _detail(message).filter(**{closed: None}).update(**{closed: now})


def note_arrival(message: Message, now: datetime) -> None:
    """Open the contact detail again: a message arrived there, or was refused through our fault.

    In the second case only where that message closed it.
    """
    details = _detail(message)
    closed = "texts_closed_at" if message.channel == Channel.SMS else "bounced_at"
    if message.status != Status.SENT:
        details = details.filter(**{closed: message.reported_at})
    details.exclude(**{closed: None}).update(**{closed: None})


def _detail(message: Message) -> QuerySet[ContactDetail]:
    if not message.recipient_key.startswith(_KEY):
        return ContactDetail.objects.none()
    kind = ContactDetail.Kind.PHONE if message.channel == Channel.SMS else ContactDetail.Kind.EMAIL
    return ContactDetail.objects.filter(
        person_id=UUID(message.recipient_key.removeprefix(_KEY)), kind=kind, value=message.address
    )
