"""The proof that data was deleted at the end of its term. It holds no person."""

import uuid

from django.db import models
from django.db.models import Q


class DeletionProof(models.Model):
    """How many questions of one organisation and kind were deleted at once, and from which tables.

    Written in the transaction that deletes, never changed. It holds no reference, no id and no date
    of a single question, so nothing leads back to a person. With `kind` "log" it is about entries
    of the access log and other rows without a question, and names no organisation.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey("organisations.Partnership", models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, null=True, related_name="+"
    )
    kind = models.CharField(
        max_length=15, help_text="of `organisations.partnerships.retention_terms`"
    )
    years = models.PositiveSmallIntegerField("termijn in jaren")
    before = models.DateField(help_text="all of it was last active before this day")
    at = models.DateTimeField()
    rule = models.CharField(max_length=10, help_text="version: `referrals.retention.due.RULE`")
    questions = models.PositiveIntegerField()
    rows = models.JSONField(help_text="how many rows went, by table")

    class Meta:
        ordering = ["-at", "id"]
        verbose_name = "bewijs van wissen"
        indexes = [models.Index(fields=["partnership", "-at"], name="deletion_proof_at")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["advice", "welfare", "wmo", "debts", "youth_care"])
                & Q(organisation__isnull=False, questions__gte=1)
                | Q(kind="log", organisation__isnull=True, questions=0),
                name="deletion_proof_of_something",
            )
        ]

    def __str__(self) -> str:
        return f"bewijs van wissen {self.kind}"


class ErasedQuestion(models.Model):
    """That a question was erased, told by a hash of its id (`referrals.retention.erasure_list`)."""

    mark = models.CharField(max_length=64, primary_key=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "gewiste vraag"
        indexes = [models.Index(fields=["at"], name="erased_question_at")]

    def __str__(self) -> str:
        return "gewiste vraag"
