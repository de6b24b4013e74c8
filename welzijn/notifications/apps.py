"""Messages to residents and staff: an outbox in PostgreSQL, a sweep that empties it."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Messages are stored in the `Message` table; Celery only triggers their delivery."""

    name = "welzijn.notifications"

    def ready(self) -> None:
        """Create the Celery application and register the system checks."""
        import welzijn.celery
        import welzijn.notifications.tasks  # noqa: F401 - the outbox calls a task by its name
        from welzijn.notifications import checks  # noqa: F401 - registers itself
        from welzijn.notifications.gauges import register_gauges

        register_gauges()
