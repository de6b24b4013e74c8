"""Make an empty partnership, to be filled in in the browser."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.utils import timezone

from organisations.partnership_editor import starting
from organisations.partnership_editor.checking import ProblemsError
from organisations.partnership_file.problems import FileProblemsError
from organisations.partnerships.models import Partnership
from organisations.roles import first_administrator
from welzijn.notifications.rendering import absolute


class Command(BaseCommand):
    """`start_partnership SLUG --naam ... --gemeente GM0273 Putten ... --beheerder EMAIL`."""

    help = "Begint een leeg samenwerkingsverband; de rest vult een beheerder in de browser in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Define the arguments."""
        parser.add_argument("slug")
        parser.add_argument("--naam", required=True, help="zoals inwoners jullie kennen")
        parser.add_argument("--adres", required=True, help="het webadres, zonder https://")
        parser.add_argument("--gemeente", required=True, nargs=2, metavar=("GM-CODE", "NAAM"))
        parser.add_argument("--organisatie", required=True, help="wie het triageteam heeft")
        parser.add_argument("--telefoon", required=True, help="van de balie")
        parser.add_argument("--beheerder", default="", metavar="EMAIL", help="wie de rest invult")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it; exit 1 with every fault found."""
        if Partnership.objects.filter(slug=options["slug"]).exists():
            raise CommandError(f"{options['slug']} is er al.")
        code, place = options["gemeente"]
        if options["beheerder"]:
            try:
                validate_email(options["beheerder"])
            except ValidationError:
                raise CommandError("Dit is geen e-mailadres: --beheerder.") from None
        try:
            made = starting.start(
                slug=options["slug"],
                name=options["naam"],
                hostname=options["adres"],
                municipality=(code, place),
                organisation=options["organisatie"],
                phone=options["telefoon"],
                now=timezone.now(),
            )
        except ProblemsError as error:
            raise CommandError("\n".join(one.message for one in error.problems)) from None
        except FileProblemsError as error:
            raise CommandError(str(error)) from None
        if not options["beheerder"]:
            self.stdout.write(
                f"{made.name} is begonnen, nog niet open. Nodig nu een beheerder uit met "
                "invite_administrator. Die vult de rest in bij Beheer, Beginnen."
            )
            return
        path = first_administrator.invite(
            email=options["beheerder"],
            name=options["beheerder"],
            partnership=made,
            also=False,
            by_mail=True,
            now=timezone.now(),
        )
        self.stdout.write(f"{made.name} is begonnen, nog niet open. De beheerder vult de rest in:")
        self.stdout.write(absolute(made.hostname, made.slug, path or "/beheer/beginnen/"))
