"""Sessions that a provider opened, and logout tokens that were used."""

from django.conf import settings
from django.db import models

from welzijn.core.ids import uuid7


class SignOnSession(models.Model):
    """A session of a user that a provider opened, so that the provider can end it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="sign_on_sessions"
    )
    provider_id = models.CharField(max_length=30)
    subject = models.CharField(max_length=191)
    sid = models.CharField(max_length=255, blank=True, help_text="the provider's own session")
    session_key = models.CharField(max_length=40, unique=True)
    started_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "sessie via een aanbieder"
        indexes = [
            models.Index(fields=["provider_id", "sid"], name="sign_on_sid"),
            models.Index(fields=["provider_id", "subject"], name="sign_on_subject"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class UsedLogoutToken(models.Model):
    """A logout token that was used: a second time it is refused."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    provider_id = models.CharField(max_length=30)
    jti = models.CharField(max_length=255)
    used_at = models.DateTimeField()

    class Meta:
        verbose_name = "gebruikt afmeldbericht"
        constraints = [
            models.UniqueConstraint(fields=["provider_id", "jti"], name="logout_token_once")
        ]
        indexes = [models.Index(fields=["used_at"], name="logout_token_used")]

    def __str__(self) -> str:
        return str(self.id)
