"""Messages to residents and staff: an outbox in PostgreSQL, a sweep that empties it."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """What is due lives in the `Message` table; Celery only says "look now"."""

    name = "welzijn.notifications"

    def ready(self) -> None:
        """Make the Celery application before the first message wants a worker's attention."""
        import welzijn.celery  # noqa: F401 - what it defines is reached by its name
        from welzijn.notifications import checks  # noqa: F401 - registers itself
