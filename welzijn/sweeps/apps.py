"""What a sweep could not work off."""

from django.apps import AppConfig


class SweepsConfig(AppConfig):
    """Rows that were set aside, and when they are tried again."""

    name = "welzijn.sweeps"
    label = "sweeps"
