"""The project's own app: commands, template tags and pages of no other app."""

from django.apps import AppConfig


class WelzijnConfig(AppConfig):
    """Has no models of its own: accounts, audit and notifications are apps beside it."""

    name = "welzijn"

    def ready(self) -> None:
        """Register the project's own checks, and begin traces and error reports if configured."""
        from welzijn.config import postgres_log  # noqa: F401
        from welzijn.monitoring import error_reports, traces

        traces.start_if_configured()
        error_reports.start_if_configured()
