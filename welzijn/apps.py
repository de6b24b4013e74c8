"""The project's own app: commands, template tags and pages of no other app."""

from django.apps import AppConfig


class WelzijnConfig(AppConfig):
    """Has no models of its own: accounts, audit and notifications are apps beside it."""

    name = "welzijn"

    def ready(self) -> None:
        """Register the project's own checks."""
        from welzijn.config import postgres_log  # noqa: F401
