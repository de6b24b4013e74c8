"""Who there is and who picks up what."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Partnerships, organisations, services, teams, roles and routing rules."""

    name = "organisations"
    verbose_name = "organisaties"
