"""Encrypt what is stored encrypted with the SECRET_KEY of today."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from intake.attachments import upkeep
from organisations.sign_on import proposals
from welzijn.accounts import second_factor_keys


class Command(BaseCommand):
    """`renew_keys`: after a new SECRET_KEY, with the former one in SECRET_KEY_FALLBACKS.

    After it the former one may go from there, except for residents' codes, sessions and links.
    """

    help = "Encrypts second factors, providers' secrets and keys of files with today's SECRET_KEY."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Renew, and say how many; end with 1 where something can't be read any more."""
        factors, lost = second_factor_keys.renew()
        providers, closed = proposals.renew_secrets()
        files = 0
        while renewed := upkeep.renew_keys(now=timezone.now()):
            files += renewed
        self.stdout.write(
            f"Encrypted with today's SECRET_KEY: {factors} second factors, {providers} secrets of "
            f"providers, keys of {files} files."
        )
        if lost or closed:
            raise CommandError(
                f"{lost} second factors and {closed} secrets of providers can't be read: their key "
                "is not in SECRET_KEY_FALLBACKS. Put it there, or let them be set anew."
            )
