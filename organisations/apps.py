"""Organisations: partnerships, their organisations, roles and routing rules."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Configuration of the app."""

    name = "organisations"
    verbose_name = "organisaties"

    def ready(self) -> None:
        """Let the outbox use each partnership's own working days."""
        from organisations.front_door import configuration as front_door
        from welzijn.notifications import message_kinds

        message_kinds.use_calendars(front_door.calendar_of)
