"""Say what to use instead of Django's createsuperuser."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    """Always refuses: there is no superuser, and no account without an invitation."""

    help = "Bestaat hier niet. Gebruik: manage.py invite_administrator EMAIL --partnership SLUG"

    def run_from_argv(self, argv: list[str]) -> None:
        """Refuse before the arguments are read: those of Django's command are unknown here."""
        super().run_from_argv(argv[:2])

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse with one sentence."""
        raise CommandError(
            "Voordeur heeft geen superuser. Nodig de eerste beheerder uit met: "
            "manage.py invite_administrator EMAIL --partnership SLUG"
        )
