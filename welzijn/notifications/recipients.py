"""Recipients of messages and their delivery preferences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import Self
from uuid import UUID

from django.db.models import TextChoices

from welzijn.core.contact_details import can_receive_text


class Channel(TextChoices):
    """Delivery channels. DIGEST waits for the daily mail; NONE is shown on pages only."""

    EMAIL = "email"
    SMS = "sms"
    DIGEST = "digest"
    NONE = "none"


class RecipientKind(TextChoices):
    """Residents are told that there is news; staff get one line about what is due."""

    RESIDENT = "resident"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class DeliveryPreferences:
    """What a ContactWish allows, as far as it concerns messages.

    channels: the allowed ones in order of preference; the first one with an address is used.
    may_leave_message: for workers who phone; the product leaves no voicemail.
    may_say_who: False also omits the link, since a host name tells who we are.
    contact_from, contact_until: the only hours (local time) at which a message may arrive; None
    for both means any hour. A window may pass midnight (20.00 to 02.00).
    unconfirmed: the channels whose address nobody has confirmed yet.
    """

    channels: tuple[Channel, ...] = ()
    email: str = ""
    phone: str = ""
    may_leave_message: bool = False
    may_say_who: bool = False
    language: str = "nl"
    contact_from: time | None = None
    contact_until: time | None = None
    unconfirmed: frozenset[Channel] = frozenset()

    def __post_init__(self) -> None:
        if (self.contact_from is None) != (self.contact_until is None):
            raise ValueError("a window for contact has a beginning and an end, or neither")

    def choose(self, *, texts: bool = True) -> tuple[Channel, str]:
        """Return the channel and address to use, or (NONE, "") where no message can be sent.

        texts: whether a text service is configured. A number that can't receive texts is skipped.
        """
        for channel in self.channels:
            if channel is Channel.EMAIL and self.email:
                return channel, self.email
            if channel is Channel.SMS and texts and self.phone and can_receive_text(self.phone):
                return channel, self.phone
        return Channel.NONE, ""


@dataclass(frozen=True, slots=True)
class Recipient:
    """The recipient of a message. `key` is part of the unique key: an id, never an address."""

    kind: RecipientKind
    key: str
    preferences: DeliveryPreferences

    @classmethod
    def resident(cls, asker_id: UUID, preferences: DeliveryPreferences) -> Self:
        """Return the recipient for a resident, identified by the asker's id."""
        return cls(RecipientKind.RESIDENT, f"resident:{asker_id}", preferences)

    @classmethod
    def user(
        cls, user_id: UUID | int, *, email: str, phone: str = "", language: str = "nl"
    ) -> Self:
        """Return the recipient for a worker; with `phone`, urgent messages also go as texts."""
        preferences = DeliveryPreferences(
            (Channel.EMAIL,), email, phone, may_say_who=True, language=language
        )
        return cls(RecipientKind.STAFF, f"user:{user_id}", preferences)

    @classmethod
    def mailbox(cls, what: str, id_: UUID | int, *, email: str, language: str = "nl") -> Self:
        """Return the recipient for a shared mailbox; `what` is "organisation" or "team"."""
        preferences = DeliveryPreferences(
            (Channel.EMAIL,), email, may_say_who=True, language=language
        )
        return cls(RecipientKind.STAFF, f"{what}:{id_}", preferences)
