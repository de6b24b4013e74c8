"""Who there is and who picks up what."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Partnerships, organisations, services, teams, roles and routing rules."""

    name = "organisations"
    verbose_name = "organisaties"

    def ready(self) -> None:
        """Give the outbox each partnership's own working days."""
        from organisations.front_door import configuration as front_door
        from welzijn.notifications import message_kinds

        message_kinds.use_calendars(front_door.calendar_of)
