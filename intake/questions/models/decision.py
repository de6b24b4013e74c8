"""The routing decision of a question."""

from django.db import models

from welzijn.core.ids import uuid7


class Decision(models.Model):
    """A routing decision (toedeling): rule, facts, version and outcome. Append-only.

    It holds no personal data: facts are bands and choices. When the question is deleted at the end
    of its term, retention empties `question` and keeps the rest, so that new rules can still be
    tested against past questions.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    partnership = models.ForeignKey(
        "organisations.Partnership", models.PROTECT, related_name="decisions"
    )
    question = models.ForeignKey(
        "intake.Question", models.SET_NULL, null=True, related_name="decisions"
    )
    at = models.DateTimeField()
    rule_set = models.ForeignKey(
        "organisations.RuleSet", models.PROTECT, null=True, related_name="decisions"
    )
    rule_key = models.CharField(max_length=60, blank=True, help_text="empty: nothing matched")
    facts = models.JSONField()
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="decisions"
    )
    team = models.ForeignKey(
        "organisations.Team", models.PROTECT, null=True, related_name="decisions"
    )
    service = models.ForeignKey(
        "organisations.Service", models.PROTECT, null=True, related_name="decisions"
    )
    reason = models.CharField(max_length=400)
    fault = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = "toedeling"
        indexes = [models.Index(fields=["partnership", "at"], name="decision_partnership_at")]

    def __str__(self) -> str:
        return f"toedeling {self.rule_key or 'triage'}"
