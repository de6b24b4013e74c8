"""Staff accounts. Residents have none."""

from typing import Any, ClassVar

import pghistory
import rules
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from welzijn.core.ids import uuid7


class UserManager(BaseUserManager["User"]):
    """Creates users by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Save and return a user; without a password the account can't sign in with one."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old), exclude=["password", "last_login", "signed_out_at"]
)
class User(AbstractBaseUser):
    """A worker of one of the organisations.

    There is no superuser and no `is_staff`: permissions follow from memberships only.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField("e-mailadres", unique=True)
    name = models.CharField("naam", max_length=120)
    function = models.CharField("functie", max_length=120, blank=True)
    phone = models.CharField(
        "mobiel nummer", max_length=20, blank=True, help_text="for a text message while on duty"
    )
    language = models.CharField("taal", max_length=5, default="nl")
    is_active = models.BooleanField("actief", default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    signed_out_at = models.DateTimeField(
        null=True, editable=False, help_text="sessions that began before this have ended"
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = UserManager()

    class Meta:
        ordering = ["name", "id"]
        verbose_name = "gebruiker"
        verbose_name_plural = "gebruikers"
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_once"),
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="user_email_lower"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def has_perm(self, permission: str, obj: object | None = None) -> bool:
        """Return whether the predicates in `rules.py` grant `permission` on `obj`."""
        return self.is_active and bool(rules.has_perm(permission, self, obj))

    def has_module_perms(self, app_label: str) -> bool:
        """Return False: there is no Django admin."""
        return False
