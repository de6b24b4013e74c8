"""The project's own app: commands, template tags and the pages that belong to no other app."""

from django.apps import AppConfig


class WelzijnConfig(AppConfig):
    """Has no models of its own: accounts, audit and notifications are apps beside it."""

    name = "welzijn"
