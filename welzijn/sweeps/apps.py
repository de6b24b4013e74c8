"""What a sweep could not work off."""

from django.apps import AppConfig


class SweepsConfig(AppConfig):
    """Rows that were set aside, and when they are tried again."""

    name = "welzijn.sweeps"

    def ready(self) -> None:
        """Register the figures for operators."""
        from welzijn.sweeps.gauges import register_gauges

        register_gauges()

    label = "sweeps"
