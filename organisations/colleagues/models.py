"""Requests about a colleague's account that two people decide on."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from welzijn.core.ids import uuid7


class AccountRequest(models.Model):
    """An administrator's request to reset a second factor or to change an address.

    Either would let its asker into the account, so somebody else decides, and neither is the
    account's owner. The database holds that.
    """

    class Kind(models.TextChoices):
        RESET_SECOND_FACTOR = "reset_second_factor", _("tweede stap wissen")
        CHANGE_ADDRESS = "change_address", _("e-mailadres wijzigen")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    partnership = models.ForeignKey(
        "organisations.Partnership", models.CASCADE, related_name="account_requests"
    )
    kind = models.CharField(max_length=24, choices=Kind.choices)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="account_requests"
    )
    new_email = models.EmailField(blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    approved = models.BooleanField(null=True)

    class Meta:
        ordering = ["-asked_at"]
        verbose_name = "verzoek over een account"
        constraints = [
            models.CheckConstraint(
                condition=~Q(asked_by=F("user"))
                & ~Q(decided_by=F("asked_by"))
                # The owner's own word would be that of whoever holds their password.
                & ~Q(decided_by=F("user")),
                name="account_request_two_people",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True, decided_at__isnull=True, approved__isnull=True)
                | Q(decided_by__isnull=False, decided_at__isnull=False, approved__isnull=False),
                name="account_request_decided_whole",
            ),
            models.CheckConstraint(
                condition=Q(kind="reset_second_factor", new_email="")
                | (Q(kind="change_address") & ~Q(new_email="")),
                name="account_request_kind",
            ),
            models.UniqueConstraint(
                fields=["partnership", "user", "kind"],
                condition=Q(decided_at__isnull=True),
                name="account_request_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"
