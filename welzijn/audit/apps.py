"""The access log."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Who looked at whose data, when and why."""

    name = "welzijn.audit"
    label = "audit"
