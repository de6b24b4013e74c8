"""The outbox: one row per message to one recipient.

What is due is stored in PostgreSQL; the broker may lose everything at any moment. A message is
unique by what is due, the version of its due date and the recipient, so that a second beat, a
repeated POST or a task that runs twice finds the same row.
"""

from __future__ import annotations

from email.utils import parseaddr
from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from welzijn.core.ids import uuid7
from welzijn.notifications.reasons import Reason
from welzijn.notifications.recipients import Channel, RecipientKind

# Invariant 9, enforced by a constraint: residents get one of these texts, which say that there is
# news and never what or from whom.
RESIDENT_TEMPLATES = ("news", "check", "appointment")


class Status(models.TextChoices):
    """The statuses of a message; only outbox.py, leases.py and endings.py set them."""

    WAITING = "waiting", _("wacht")
    SENDING = "sending", _("wordt verstuurd")
    SENT = "sent", _("verstuurd")
    NO_LONGER_TRUE = "no_longer_true", _("niet meer nodig")
    FAILED = "failed", _("niet gelukt")
    BOUNCED = "bounced", _("teruggekomen")
    SHOWN = "shown", _("staat alleen op de pagina")
    REHEARSED = "rehearsed", _("oefening: niet verstuurd")


class Message(models.Model):
    """A message to one recipient, and its delivery status."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    partnership = models.ForeignKey(
        "organisations.Partnership", models.PROTECT, related_name="messages"
    )
    subject_kind = models.CharField(max_length=60, help_text="a kind known to registry.py")
    subject_id = models.UUIDField(help_text="the row that is due")
    due_version = models.PositiveIntegerField(default=1, help_text="raised when its date moves")
    recipient_key = models.CharField(max_length=80, help_text="who, by id; never an address")
    about_id = models.UUIDField(
        null=True, blank=True, help_text="the question, so that retention finds this row"
    )

    recipient_kind = models.CharField(max_length=10, choices=RecipientKind.choices)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    address = models.CharField(max_length=254, blank=True)
    language = models.CharField(max_length=5, default="nl")
    template = models.CharField(max_length=40)
    context = models.JSONField(default=dict, help_text="without a person: content.py has the keys")
    calendar = models.TextField(blank=True, help_text="an iCalendar invitation to go along")
    discreet = models.BooleanField(default=False, help_text="no link: a host name says who we are")
    urgent = models.BooleanField(default=False)
    at_work = models.BooleanField(default=False, help_text="only in working hours")
    contact_from = models.TimeField(null=True, blank=True)
    contact_until = models.TimeField(null=True, blank=True)

    created_at = models.DateTimeField()
    not_before = models.DateTimeField(help_text="when it is due; order of sending")
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.WAITING)
    held_until = models.DateTimeField(
        null=True,
        blank=True,
        help_text="nobody takes it before: a lease, a pause after a refusal, or a night",
    )
    claimed_by = models.CharField(max_length=80, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=200, blank=True, help_text="a class or code, no person")
    reason = models.CharField(
        max_length=10,
        choices=Reason.choices,
        blank=True,
        default="",
        db_default="",
        help_text="why it did not arrive",
    )
    reported_at = models.DateTimeField(null=True, blank=True, help_text="when that was heard")
    reports = models.PositiveSmallIntegerField(
        default=0, db_default=0, help_text="how often news of its end changed"
    )
    unconfirmed_on = models.DateField(
        null=True, blank=True, help_text="the day it took at an address that nobody confirmed"
    )

    class Meta:
        ordering = ["not_before", "id"]
        verbose_name = "bericht"
        verbose_name_plural = "berichten"
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "due_version", "recipient_key"],
                name="message_once",
            ),
            models.UniqueConstraint(
                "partnership",
                Lower("address"),
                "unconfirmed_on",
                condition=Q(unconfirmed_on__isnull=False),
                name="message_unconfirmed_once_a_day",
            ),
            models.CheckConstraint(
                condition=Q(reason__in=["", *Reason.values]), name="message_reason_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="message_status_known"
            ),
            models.CheckConstraint(
                condition=Q(channel__in=Channel.values), name="message_channel_known"
            ),
            models.CheckConstraint(
                condition=Q(recipient_kind=RecipientKind.STAFF)
                | Q(recipient_kind=RecipientKind.RESIDENT, template__in=RESIDENT_TEMPLATES),
                name="message_to_resident_says_nothing",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.SENDING) | Q(held_until__isnull=False),
                name="message_sending_has_lease",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[Status.SENT, Status.BOUNCED]) | Q(sent_at__isnull=False),
                name="message_sent_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.SHOWN) | ~Q(channel=Channel.NONE),
                name="message_without_channel_is_shown",
            ),
        ]
        indexes = [
            # Serves the sweep, whatever the size of the table.
            models.Index(
                F("urgent").desc(),
                F("not_before"),
                F("id"),
                name="message_due",
                condition=Q(
                    status__in=[Status.WAITING, Status.SENDING],
                    channel__in=[Channel.EMAIL, Channel.SMS],
                ),
            ),
            models.Index(
                fields=["recipient_key", "not_before"],
                name="message_for_digest",
                condition=Q(status=Status.WAITING, channel=Channel.DIGEST),
            ),
            models.Index(fields=["about_id"], name="message_about"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.status}"

    @property
    def message_id(self) -> str:
        """The Message-ID header, derived from the id and so the same on a second attempt."""
        return f"<{self.id.hex}@{_mail_domain()}>"

    @staticmethod
    def id_from(message_id: str) -> UUID | None:
        """Return the id of the message with this Message-ID; None where it is not one of ours."""
        local, _at, domain = message_id.strip().strip("<>").partition("@")
        if domain != _mail_domain():
            return None
        try:
            return UUID(hex=local)
        except ValueError:
            return None


class Refusal(models.Model):
    """A message refused for good while the server has taken no other mail since (`refusals`)."""

    message = models.OneToOneField(
        Message, models.CASCADE, primary_key=True, related_name="refusal"
    )
    channel = models.CharField(max_length=10, choices=Channel.choices)
    destination = models.CharField(max_length=40, help_text="a keyed hash of a domain or number")
    answer = models.CharField(max_length=80, help_text="the class of the answer, no person")
    at = models.DateTimeField()
    is_final = models.BooleanField(
        default=False, help_text="other mail was taken since: the next refusal is the recipient's"
    )

    def __str__(self) -> str:
        return self.answer


class DigestChoice(models.Model):
    """A worker who wants no digest: no mail but urgent ones, or each mail at once.

    The work list shows everything in it.
    """

    recipient_key = models.CharField(max_length=80, primary_key=True)
    stopped_at = models.DateTimeField()
    at_once = models.BooleanField(
        default=False, db_default=False, help_text="mails in working hours instead of a digest"
    )

    def __str__(self) -> str:
        return self.recipient_key


class DemoMail(models.Model):
    """A mail or text that the demo shows in the browser instead of sending it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    message_id = models.CharField(max_length=200)
    channel = models.CharField(max_length=10, choices=Channel.choices, default=Channel.EMAIL)
    recipient = models.CharField(max_length=254)
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    html = models.TextField(blank=True)
    calendar = models.TextField(blank=True)
    headers = models.JSONField(default=dict)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return self.message_id


def _mail_domain() -> str:
    return _domain_of(settings.DEFAULT_FROM_EMAIL)


@lru_cache(maxsize=8)
def _domain_of(sender: str) -> str:
    return parseaddr(sender)[1].rpartition("@")[2] or "localhost"
