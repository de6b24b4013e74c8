"""Photos and PDFs of letters: those of a question, and those of a draft that isn't sent yet.

The files lie in the database, encrypted, so that a backup, a restore and retention take them along
with the question that they belong to (docs/decisions/0009-letters-lie-in-the-database.md).
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

MEGABYTE = 1024 * 1024
MAX_SIZE = 10 * MEGABYTE  # of one file, as it was sent and as it is stored
MOST_OF_RESIDENT = 3
MOST_OF_STAFF = 10


class MediaType(models.TextChoices):
    """What is stored: photos are encoded anew as JPEG, PDFs stay as they are."""

    JPEG = "image/jpeg", _("foto")
    PDF = "application/pdf", _("PDF")


class Scan(models.TextChoices):
    """What the virus scanner said."""

    CLEAN = "clean", _("gecontroleerd")
    WAITING = "waiting", _("wordt nog gecontroleerd")
    NOT_SCANNED = "not_scanned", _("niet gecontroleerd: er is geen virusscanner")
    INFECTED = "infected", _("niet veilig, weggegooid")


class Attachment(models.Model):
    """One photo or PDF of a letter at a question.

    Its row stays as long as the question does; the file itself goes earlier where it is removed or
    where the scanner finds something in it. `slot` is its place among the files of one source: the
    database holds how many there can be. The key of the file is encrypted with SECRET_KEY;
    `key_mark` says with which one.
    """

    class Source(models.TextChoices):
        RESIDENT = "resident", _("inwoner")
        STAFF = "staff", _("medewerker")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    question = models.ForeignKey("intake.Question", models.CASCADE, related_name="attachments")
    source = models.CharField(max_length=8, choices=Source.choices)
    slot = models.PositiveSmallIntegerField()
    media_type = models.CharField(max_length=20, choices=MediaType.choices)
    size = models.PositiveIntegerField(help_text="bytes, before encryption")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, null=True, related_name="+"
    )
    for_resident = models.BooleanField(default=True)
    scan = models.CharField(max_length=11, choices=Scan.choices)
    scanned_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    wrapped_key = models.TextField()
    key_mark = models.CharField(max_length=16)
    payload = models.BinaryField(null=True)

    class Meta:
        ordering = ["added_at", "source", "slot"]
        verbose_name = "bijlage"
        indexes = [
            models.Index(
                fields=["added_at"], name="attachment_waiting", condition=Q(scan="waiting")
            ),
            models.Index(fields=["key_mark"], name="attachment_key_mark"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "source", "slot"],
                condition=Q(payload__isnull=False),
                name="attachment_slot_once",
            ),
            models.CheckConstraint(
                condition=Q(source="resident", slot__range=(1, MOST_OF_RESIDENT))
                | Q(source="staff", slot__range=(1, MOST_OF_STAFF)),
                name="attachment_at_most",
            ),
            models.CheckConstraint(
                condition=Q(media_type__in=MediaType.values), name="attachment_type_known"
            ),
            models.CheckConstraint(
                condition=Q(size__range=(1, MAX_SIZE)), name="attachment_size_limit"
            ),
            models.CheckConstraint(condition=Q(scan__in=Scan.values), name="attachment_scan_known"),
            models.CheckConstraint(
                condition=Q(payload__isnull=False, removed_at__isnull=True) & ~Q(scan="infected")
                | Q(payload__isnull=True) & (Q(removed_at__isnull=False) | Q(scan="infected")),
                name="attachment_file_or_gone",
            ),
            models.CheckConstraint(
                condition=Q(source="resident", added_by__isnull=True, organisation__isnull=True)
                | Q(source="staff", added_by__isnull=False, organisation__isnull=False),
                name="attachment_staff_is_named",
            ),
        ]

    def __str__(self) -> str:
        return "bijlage"

    @property
    def is_open(self) -> bool:
        """Whether the file may be opened: it is there, and nothing waits for the scanner."""
        return self.removed_at is None and self.scan in {Scan.CLEAN, Scan.NOT_SCANNED}


class DraftAttachment(models.Model):
    """A file of a draft that isn't sent yet; readable only with what the draft itself holds.

    `bundle` is a digest of the draft's secret for files. `about` (type, size, scan, key) and
    `payload` are encrypted with that secret. Deleted with the draft, and an hour after its last
    step.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    bundle = models.BinaryField(max_length=32)
    slot = models.PositiveSmallIntegerField()
    about = models.BinaryField()
    payload = models.BinaryField()
    touched_at = models.DateTimeField()

    class Meta:
        ordering = ["slot"]
        indexes = [models.Index(fields=["touched_at"], name="draft_attachment_touched")]
        constraints = [
            models.UniqueConstraint(fields=["bundle", "slot"], name="draft_attachment_slot_once"),
            models.CheckConstraint(
                condition=Q(slot__range=(1, MOST_OF_RESIDENT)), name="draft_attachment_at_most"
            ),
        ]

    def __str__(self) -> str:
        return "bijlage bij een concept"
