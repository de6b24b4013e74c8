"""Translate a contact wish into what a sender may do (invariant 9)."""

from collections.abc import Iterable
from datetime import datetime, time
from uuid import UUID

from django.conf import settings

from intake.people.forms_of_address import JE
from intake.people.models import ContactDetail, ContactWish, Person
from welzijn.notifications.recipients import Channel, DeliveryPreferences, Recipient

# The parts of the day that residents choose, local time (Europe/Amsterdam).
PARTS_OF_THE_DAY = {
    "morning": (time(8), time(12)),
    "afternoon": (time(12), time(17)),
    "evening": (time(17), time(21)),
}
_CHANNEL_OF = {
    ContactDetail.Kind.EMAIL.value: Channel.EMAIL,
    ContactDetail.Kind.PHONE.value: Channel.SMS,
}


def reach_of(wish: ContactWish, details: Iterable[ContactDetail]) -> DeliveryPreferences:
    """Return what may be sent where; a detail that is closed for messages is not used.

    The chosen parts of the day form one window, from the first to the last of them.
    """
    usable = {d.kind: d for d in details if d.bounced_at is None and d.texts_closed_at is None}
    channels = tuple(
        channel
        for way, channel in (("email", Channel.EMAIL), ("sms", Channel.SMS))
        if way in wish.ways
    )
    windows = [PARTS_OF_THE_DAY[part] for part in wish.times if part in PARTS_OF_THE_DAY]
    return DeliveryPreferences(
        channels=channels,
        email=_value(usable.get(ContactDetail.Kind.EMAIL)),
        phone=_value(usable.get(ContactDetail.Kind.PHONE)),
        may_leave_message=bool(wish.may_leave_message),
        may_say_who=bool(wish.may_say_who),
        language=_language(wish),
        contact_from=min((w[0] for w in windows), default=None),
        contact_until=max((w[1] for w in windows), default=None),
        unconfirmed=frozenset(
            _CHANNEL_OF[detail.kind]
            for detail in usable.values()
            if detail.kind in _CHANNEL_OF and detail.confirmed_at is None
        ),
    )


def confirm(person_id: UUID, *, now: datetime) -> None:
    """Note that this person entered their code or answered: their details are theirs.

    Only this person's: the same address with another question is confirmed by that one's code.
    """
    ContactDetail.objects.filter(person_id=person_id, confirmed_at=None).update(confirmed_at=now)


def _value(detail: ContactDetail | None) -> str:
    return detail.value if detail is not None else ""


def _language(wish: ContactWish) -> str:
    """Return their language if we write it; else Dutch in their form of address."""
    if wish.language != "nl" and wish.language in dict(settings.LANGUAGES):
        return wish.language
    return JE if wish.says_je else "nl"


def resident(person: Person) -> Recipient:
    """Return a person as the recipient of a message; reads their wish and details."""
    return Recipient.resident(
        person.id, reach_of(person.contact_wish, person.contact_details.all())
    )
