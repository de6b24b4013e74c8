"""How one person or mailbox may be told something. Frozen, so that nobody widens it on the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import Self
from uuid import UUID

from django.db.models import TextChoices

from welzijn.core.contact_details import can_receive_text


class Channel(TextChoices):
    """How a message travels. DIGEST waits for the daily mail; NONE only stands on the pages."""

    EMAIL = "email"
    SMS = "sms"
    DIGEST = "digest"
    NONE = "none"


class RecipientKind(TextChoices):
    """Residents get news and nothing else; staff get one line about what is due."""

    RESIDENT = "resident"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Reach:
    """What a ContactWish allows, as far as a message can obey it.

    channels: allowed ones in order of preference; the first one with an address is used.
    may_leave_message: for those who phone; no machine here speaks into a voicemail.
    may_say_who: False makes a message leave out the link too, since a host name says who we are.
    contact_from, contact_until: the only hours (local time) at which anything may arrive; both
    None means any hour. A window over midnight (20.00 to 02.00) is possible.
    """

    channels: tuple[Channel, ...] = ()
    email: str = ""
    phone: str = ""
    may_leave_message: bool = False
    may_say_who: bool = False
    language: str = "nl"
    contact_from: time | None = None
    contact_until: time | None = None

    def __post_init__(self) -> None:
        if (self.contact_from is None) != (self.contact_until is None):
            raise ValueError("a window for contact has a beginning and an end, or neither")

    def choose(self, *, texts: bool = True) -> tuple[Channel, str]:
        """The channel and address to use, or (NONE, "") where no message may or can be sent.

        A text message needs a number that can receive one (a landline is passed over) and a
        service that sends it (`texts`).
        """
        for channel in self.channels:
            if channel is Channel.EMAIL and self.email:
                return channel, self.email
            if channel is Channel.SMS and texts and self.phone and can_receive_text(self.phone):
                return channel, self.phone
        return Channel.NONE, ""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who is told. `key` is half of what makes a message unique, so it holds an id, no address."""

    kind: RecipientKind
    key: str
    reach: Reach

    @classmethod
    def resident(cls, asker_id: UUID, reach: Reach) -> Self:
        """A resident, by the id of their own row (the asker's)."""
        return cls(RecipientKind.RESIDENT, f"resident:{asker_id}", reach)

    @classmethod
    def user(
        cls, user_id: UUID | int, *, email: str, phone: str = "", language: str = "nl"
    ) -> Self:
        """A member of staff. With `phone` an urgent message goes as a text as well as by mail."""
        reach = Reach((Channel.EMAIL,), email, phone, may_say_who=True, language=language)
        return cls(RecipientKind.STAFF, f"user:{user_id}", reach)

    @classmethod
    def mailbox(cls, what: str, id_: UUID | int, *, email: str, language: str = "nl") -> Self:
        """A shared mailbox; `what` is "organisation" or "team"."""
        reach = Reach((Channel.EMAIL,), email, may_say_who=True, language=language)
        return cls(RecipientKind.STAFF, f"{what}:{id_}", reach)
