"""How a question comes in."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Residents, households, questions, sharing bases, the form, the desk, the resident's page."""

    name = "intake"
    verbose_name = "vragen"
