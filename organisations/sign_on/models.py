"""What is set for signing in through an organisation, and what it gave."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from welzijn.core.ids import uuid7


class SignOnSetting(models.Model):
    """A provider, a table of roles or access by SCIM for one organisation.

    It holds once somebody of the organisation approved what an administrator proposed: each of them
    lets people in. A change is a new row, which ends the former at its approval.
    """

    class Kind(models.TextChoices):
        PROVIDER = "provider", _("inlogsysteem")
        ROLES = "roles", _("rollen per groep")
        SCIM = "scim", _("accounts bijhouden met SCIM")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    partnership = models.ForeignKey(
        "organisations.Partnership", models.CASCADE, related_name="sign_on_settings"
    )
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="sign_on_settings"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    provider_id = models.CharField(max_length=30, blank=True)
    content = models.JSONField(default=dict)
    secret = models.TextField(blank=True, help_text="encrypted client secret, or a token's digest")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["organisation__name", "kind", "provider_id", "-proposed_at"]
        verbose_name = "instelling van inloggen"
        constraints = [
            models.CheckConstraint(
                condition=~Q(approved_by=F("proposed_by")), name="sign_on_two_people"
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True, approved_at__isnull=True)
                | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="sign_on_approved_whole",
            ),
            models.UniqueConstraint(
                fields=["provider_id"],
                condition=Q(kind="provider", approved_at__isnull=False, ended_at__isnull=True),
                name="sign_on_provider_once",
            ),
            models.UniqueConstraint(
                fields=["organisation", "partnership", "kind", "provider_id"],
                condition=Q(approved_at__isnull=False, ended_at__isnull=True),
                name="sign_on_setting_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class TableMembership(models.Model):
    """A role that came from a table: only such a role ends when its group is taken away."""

    membership = models.OneToOneField(
        "organisations.Membership", models.CASCADE, primary_key=True, related_name="from_table"
    )
    setting = models.ForeignKey(SignOnSetting, models.PROTECT, related_name="memberships")

    class Meta:
        verbose_name = "rol uit een tabel"

    def __str__(self) -> str:
        return str(self.pk)


class ProvisionedUser(models.Model):
    """An account that an organisation keeps up by SCIM, with its id there."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(
        "organisations.Organisation", models.CASCADE, related_name="provisioned_users"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="provisioned_by"
    )
    external_id = models.CharField(max_length=200, blank=True)
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "account via SCIM"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "user"], name="provisioned_user_once"),
            models.UniqueConstraint(
                fields=["organisation", "external_id"],
                condition=~Q(external_id=""),
                name="provisioned_external_id_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
