"""Each conversation with the resident."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from welzijn.core.ids import uuid7


class ContactMomentQuerySet(models.QuerySet["ContactMoment"]):
    """Contact moments."""

    def counted(self) -> "ContactMomentQuerySet":
        """Leave out those that were struck through."""
        return self.filter(entry__struck__isnull=True)


class ContactMoment(models.Model):
    """A contactmoment, or a try at one. `at` is when it was, not when it was written down."""

    class Way(models.TextChoices):
        PHONE = "phone", _("gebeld")
        VISIT = "visit", _("op bezoek")
        DESK = "desk", _("aan de balie")
        VIDEO = "video", _("beeldbellen")
        EMAIL = "email", _("e-mail")
        SMS = "sms", _("sms")
        PAGE = "page", _("op de eigen pagina geschreven")
        OTHER = "other", _("anders")

    class Outcome(models.TextChoices):
        SPOKEN = "spoken", _("gesproken")
        NOT_REACHED = "not_reached", _("niet bereikt")
        MESSAGE_LEFT = "message_left", _("bericht ingesproken")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    question = models.ForeignKey("intake.Question", models.CASCADE, related_name="contact_moments")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    entry = models.OneToOneField(
        "intake.TimelineEntry", models.CASCADE, null=True, related_name="contact_moment"
    )
    at = models.DateTimeField()
    way = models.CharField(max_length=6, choices=Way.choices)
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    agreed = models.TextField("afgesproken", blank=True, help_text="the resident reads this")
    note = models.TextField("werkaantekening", blank=True, help_text="staff only")

    objects = ContactMomentQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = "contactmoment"
        indexes = [models.Index(fields=["question", "at"], name="contact_question_at")]

    def __str__(self) -> str:
        return self.get_way_display()


class Referral(models.Model):
    """A betrokken organisatie: the lead, or one that supports. Ended, never deleted."""

    class Part(models.TextChoices):
        LEAD = "lead", _("heeft de regie")
        SUPPORT = "support", _("helpt mee")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    question = models.ForeignKey("intake.Question", models.CASCADE, related_name="referrals")
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="referrals"
    )
    part = models.CharField(max_length=10, choices=Part.choices)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        ordering = ["since"]
        constraints = [
            models.UniqueConstraint(
                fields=["question"],
                condition=Q(part="lead", until__isnull=True),
                name="referral_one_lead",
            ),
            models.UniqueConstraint(
                fields=["question", "organisation"],
                condition=Q(until__isnull=True),
                name="referral_once_an_organisation",
            ),
        ]

    def __str__(self) -> str:
        return self.get_part_display()
