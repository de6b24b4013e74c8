"""Invite the first administrator of a partnership."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.utils import timezone

from organisations.partnerships.models import Partnership
from organisations.roles import first_administrator
from welzijn.notifications.rendering import absolute


class Command(BaseCommand):
    """`invite_administrator EMAIL --partnership SLUG`: account, role and invitation."""

    help = "Nodigt de eerste functioneel beheerder van een samenwerkingsverband uit."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Define the arguments."""
        parser.add_argument("address", nargs="?", default="", metavar="EMAIL")
        parser.add_argument("--email", default="", help="the same, by name")
        parser.add_argument(
            "--organisation",
            default="",
            metavar="SLUG",
            help="waar de beheerder werkt; anders wie het team voor triage heeft",
        )
        parser.add_argument("--partnership", required=True, metavar="SLUG")
        parser.add_argument("--name", default="", help="naam van de beheerder")
        parser.add_argument(
            "--also",
            action="store_true",
            help="ook als er al een beheerder is, bijvoorbeeld als die weg is",
        )
        parser.add_argument(
            "--print", action="store_true", help="toon de link in plaats van hem te mailen"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Invite, and say what happened in one sentence."""
        partnership = Partnership.objects.filter(slug=options["partnership"]).first()
        if partnership is None:
            raise CommandError(
                f"Er is geen samenwerkingsverband {options['partnership']}. "
                "Laad eerst het bestand: manage.py load_partnership BESTAND.toml"
            )
        email = options["email"] or options["address"]
        if not email or {options["email"], options["address"]} - {"", email}:
            raise CommandError("Noem één e-mailadres: invite_administrator EMAIL.")
        try:
            validate_email(email)
            path = first_administrator.invite(
                email=email,
                name=options["name"] or email,
                partnership=partnership,
                organisation=options["organisation"],
                also=options["also"],
                by_mail=not options["print"],
                now=timezone.now(),
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        if not path:
            self.stdout.write(f"{email} heeft al een account en beheert nu {partnership.name}.")
        elif options["print"]:
            self.stdout.write(absolute(partnership.hostname, partnership.slug, path))
        else:
            self.stdout.write(
                f"De uitnodiging voor {email} gaat mee met de eerstvolgende mails. "
                "De link werkt een week."
            )
