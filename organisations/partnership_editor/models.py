"""What was changed in a partnership and by whom; texts that wait for a second person."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from welzijn.core.ids import uuid7


class TextProposal(models.Model):
    """A change of texts that residents read: it holds once another person approved it."""

    class Decision(models.TextChoices):
        OPEN = "", _("wacht")
        APPROVED = "approved", _("goedgekeurd")
        REFUSED = "refused", _("afgewezen")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    partnership = models.ForeignKey(
        "organisations.Partnership", models.CASCADE, related_name="text_proposals"
    )
    changes = models.JSONField(help_text="[{path, before, after}], values as canonical text")
    sections = ArrayField(models.CharField(max_length=40))
    source = models.CharField(max_length=100, blank=True, help_text="name of an uploaded file")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True, default="")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-proposed_at"]
        verbose_name = "voorstel voor een tekst"
        constraints = [
            models.CheckConstraint(
                condition=~Q(decision="approved") | ~Q(decided_by=F("proposed_by")),
                name="text_proposal_two_people",
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_by__isnull=True, decided_at__isnull=True)
                | Q(
                    decision__in=["approved", "refused"],
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                ),
                name="text_proposal_decided_whole",
            ),
        ]
        indexes = [models.Index(fields=["partnership", "decision"], name="text_proposal_open")]

    def __str__(self) -> str:
        return str(self.id)


class PartnershipRevision(models.Model):
    """One change of a partnership: who, when, which keys, before and after. Never changes."""

    class Source(models.TextChoices):
        BROWSER = "browser", _("in de browser")
        UPLOAD = "upload", _("bestand, in de browser")
        COMMAND = "command", _("bestand, op de server")
        TEXT = "text", _("tekst, goedgekeurd")
        PUT_BACK = "put_back", _("teruggezet")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    partnership = models.ForeignKey(
        "organisations.Partnership", models.CASCADE, related_name="revisions"
    )
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    source = models.CharField(max_length=10, choices=Source.choices)
    file_name = models.CharField(max_length=100, blank=True)
    sections = ArrayField(models.CharField(max_length=40))
    changes = models.JSONField(help_text="[{path, before, after}], values as canonical text")
    has_texts = models.BooleanField(
        default=False, help_text="changes what residents of an open front door read"
    )
    proposal = models.OneToOneField(
        TextProposal, models.PROTECT, null=True, related_name="revision"
    )
    undoes = models.ForeignKey("self", models.PROTECT, null=True, related_name="undone_by")

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = "wijziging"
        constraints = [
            models.CheckConstraint(
                condition=Q(by__isnull=False) | Q(source="command"), name="revision_by_somebody"
            ),
            models.CheckConstraint(
                condition=Q(has_texts=False) | Q(source="command") | Q(proposal__isnull=False),
                name="revision_of_texts_approved",
            ),
        ]
        indexes = [models.Index(fields=["partnership", "-at"], name="revision_newest")]

    def __str__(self) -> str:
        return str(self.id)


class LoadedState(models.Model):
    """What the file said that was last loaded: what "changed since" means."""

    partnership = models.OneToOneField(
        "organisations.Partnership",
        models.CASCADE,
        primary_key=True,
        related_name="loaded_state",
    )
    tables = models.JSONField(help_text="plain tables with the file's keys")
    loaded_at = models.DateTimeField()

    class Meta:
        verbose_name = "laatst geladen bestand"

    def __str__(self) -> str:
        return str(self.pk)
