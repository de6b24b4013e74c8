"""Who changed what in a draft of the routing rules, and when."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from welzijn.core.ids import uuid7


class DraftChange(models.Model):
    """One change of one rule of a version while it was a draft. Holds no resident.

    `before` and `after` are the rule in the JSON form of `routing.read_rule`, with its `place` in
    the list from 1; None where it didn't exist.
    """

    class What(models.TextChoices):
        ADDED = "added", _("erbij gezet")
        CHANGED = "changed", _("gewijzigd")
        MOVED = "moved", _("verplaatst")
        REMOVED = "removed", _("weggehaald")
        RESTORED = "restored", _("teruggezet")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    rule_set = models.ForeignKey(
        "organisations.RuleSet", models.CASCADE, related_name="draft_changes"
    )
    key = models.SlugField(max_length=60)
    name = models.CharField("naam", max_length=120)
    what = models.CharField("wat", max_length=10, choices=What.choices)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = "wijziging in een concept"
        constraints = [
            models.CheckConstraint(
                condition=Q(what__in=["added", "changed", "moved", "removed", "restored"]),
                name="draft_change_what_known",
            )
        ]
        indexes = [models.Index(fields=["rule_set", "key"], name="draft_change_rule")]

    def __str__(self) -> str:
        return f"{self.what} {self.key}"


class RuleProposal(models.Model):
    """The asking of other organisations' yes to a draft that changes who gets which questions.

    It is about the draft as it was: each change of the draft withdraws it.
    """

    class Needs(models.TextChoices):
        ALL = "all", _("iedereen zegt ja")
        MAJORITY = "majority", _("meer dan de helft zegt ja")
        ONE = "one", _("één zegt ja")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    rule_set = models.ForeignKey("organisations.RuleSet", models.CASCADE, related_name="proposals")
    why = models.CharField("waarom", max_length=300)
    needs = models.CharField(max_length=10, choices=Needs.choices)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="none: a partnership file asks",
    )
    asked_at = models.DateTimeField()
    answer_by = models.DateField("antwoord uiterlijk")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at"]
        verbose_name = "voorstel voor verdeelregels"
        constraints = [
            models.CheckConstraint(
                condition=Q(needs__in=["all", "majority", "one"]), name="rule_proposal_needs_known"
            ),
            models.UniqueConstraint(
                fields=["rule_set"],
                condition=Q(withdrawn_at__isnull=True),
                name="rule_proposal_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"voorstel {self.id}"


class RuleAnswer(models.Model):
    """What one organisation, that gains or loses, says to a proposal. Its own coordinator answers.

    `gains` and `loses` are the questions of the trial's period. A trigger holds who answers.
    """

    class Answer(models.TextChoices):
        OPEN = "", _("nog geen antwoord")
        YES = "yes", _("ja")
        NO = "no", _("nee")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    proposal = models.ForeignKey(RuleProposal, models.CASCADE, related_name="answers")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    gains = models.PositiveIntegerField(default=0)
    loses = models.PositiveIntegerField(default=0)
    answer = models.CharField(max_length=3, choices=Answer.choices, blank=True, default="")
    note = models.CharField("toelichting", max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["organisation__name"]
        verbose_name = "antwoord op een voorstel"
        constraints = [
            models.UniqueConstraint(fields=["proposal", "organisation"], name="rule_answer_once"),
            models.CheckConstraint(
                condition=Q(answer="", by__isnull=True, at__isnull=True)
                | Q(answer__in=["yes", "no"], by__isnull=False, at__isnull=False),
                name="rule_answer_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"antwoord {self.answer or 'open'}"
