"""Drafts and form keys. No row says in the clear what was typed."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from welzijn.core.ids import uuid7


class StaffDraft(models.Model):
    """What a user typed in one form and did not send; encrypted with SECRET_KEY."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    page = models.BinaryField(max_length=32, help_text="hash of host and address of the page")
    action = models.BinaryField(max_length=32, help_text="hash of host and address it posts to")
    payload = models.TextField(help_text="the fields, encrypted for this user")
    about = ArrayField(
        models.UUIDField(), default=list, help_text="ids in the two addresses, for retention"
    )
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name = "concept"
        constraints = [
            models.UniqueConstraint(fields=["user", "page", "action"], name="staff_draft_once"),
        ]
        indexes = [
            models.Index(fields=["saved_at"], name="staff_draft_saved_at"),
            GinIndex(fields=["about"], name="staff_draft_about"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class FormKey(models.Model):
    """One sending of one form: the same key and address never count twice."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=32)
    action = models.BinaryField(max_length=32, help_text="hash of host and address")
    content = models.BinaryField(max_length=32, help_text="keyed hash of the fields")
    claimed_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, help_text="empty while running, or if it failed")
    location = models.CharField(max_length=500, blank=True, help_text="where the result stands")

    class Meta:
        verbose_name = "verstuurd formulier"
        constraints = [
            models.UniqueConstraint(fields=["user", "key", "action"], name="form_key_once"),
        ]
        indexes = [
            models.Index(fields=["user", "action", "content"], name="form_key_same_content"),
            models.Index(fields=["claimed_at"], name="form_key_claimed_at"),
        ]

    def __str__(self) -> str:
        return str(self.id)
