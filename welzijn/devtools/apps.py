"""The Django app that adds the commands of the development tools."""

from django.apps import AppConfig


class DevtoolsConfig(AppConfig):
    """Has no models; installed only in a checkout that isn't configured for production."""

    name = "welzijn.devtools"
