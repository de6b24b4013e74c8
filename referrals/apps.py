"""What happens with a question then."""

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    """Handovers, follow-up, work list, caseload, signals and reports."""

    name = "referrals"
    verbose_name = "opvolging"
