"""Staff accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users, their second factor and their invitation."""

    name = "welzijn.accounts"
    label = "accounts"
