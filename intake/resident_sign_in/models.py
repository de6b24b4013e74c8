"""Who signed in with DigiD, without saying who that is, and which questions are theirs."""

from django.db import models
from django.db.models import Q

from welzijn.core.ids import uuid7


class ResidentAccount(models.Model):
    """A resident in one partnership, known by a keyed pseudonym only.

    The pseudonym is an HMAC of the partnership and of what the broker calls the person, under
    DIGID_PSEUDONYM_KEY. No number of theirs is stored: a BSN has a thousand million values at most,
    so a plain digest of it could be turned back by trying all of them.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    partnership = models.ForeignKey(
        "organisations.Partnership", models.CASCADE, related_name="resident_accounts"
    )
    pseudonym = models.BinaryField(max_length=32)
    created_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()

    class Meta:
        verbose_name = "inwoner met DigiD"
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "pseudonym"], name="resident_account_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def code_digest(self) -> bytes | memoryview:
        """What a browser's access is bound to (intake.resident_access.browser_access)."""
        return self.pseudonym


class OwnQuestion(models.Model):
    """A question in somebody's own list."""

    class How(models.TextChoices):
        ASKED = "asked", "signed in while asking"
        CODE = "code", "with reference and code"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(ResidentAccount, models.CASCADE, related_name="own_questions")
    question = models.ForeignKey("intake.Question", models.CASCADE, related_name="own_lists")
    how = models.CharField(max_length=5, choices=How.choices)
    code_mark = models.BinaryField(
        max_length=32,
        default=bytes,
        help_text="which code was given: a new code ends the link of who had the old one",
    )
    linked_at = models.DateTimeField()

    class Meta:
        verbose_name = "eigen vraag"
        constraints = [
            models.UniqueConstraint(fields=["account", "question"], name="own_question_once"),
            models.CheckConstraint(condition=Q(how__in=["asked", "code"]), name="own_question_how"),
        ]

    def __str__(self) -> str:
        return str(self.id)
