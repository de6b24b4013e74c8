"""Who there is and who picks up what."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Partnerships, organisations, services, teams, roles and routing rules."""

    name = "organisations"
    verbose_name = "organisaties"

    def ready(self) -> None:
        """Give the outbox each partnership's own working days."""
        from organisations import front_door
        from welzijn.notifications import registry

        registry.use_calendars(front_door.calendar_of)
