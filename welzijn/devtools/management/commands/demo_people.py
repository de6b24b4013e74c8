"""`manage.py demo_people`: add invented staff in every role and hand-written questions."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from organisations.partnerships.models import Partnership
from welzijn.devtools.demo_data import demo_questions
from welzijn.devtools.demo_data.joint_casework import add_joint_casework
from welzijn.devtools.demo_data.staff import PASSWORD, NoTriageError, logins, make_staff
from welzijn.devtools.demo_data.submission import submit_questions


class Command(BaseCommand):
    """Adds what is missing; idempotent."""

    help = (
        "Gives each loaded partnership invented staff with a login for every role, and invented "
        "residents with questions. For demos and tests: all of them share one known password."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options; without --partnership all partnerships are filled."""
        parser.add_argument("--partnership", metavar="SLUG", action="append", default=[])
        parser.add_argument(
            "--staff-only", action="store_true", help="no residents and no questions"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Add the data and print the logins. Refuses on a production configuration."""
        if settings.SESSION_COOKIE_SECURE:
            raise CommandError(
                "ALLOWED_HOSTS is set, so this is a real front door: accounts with a known "
                "password have no place here."
            )
        found = Partnership.objects.order_by("slug")
        if options["partnership"]:
            found = found.filter(slug__in=options["partnership"])
            missing = set(options["partnership"]) - {p.slug for p in found}
            if missing:
                raise CommandError(f"No such partnership: {', '.join(sorted(missing))}.")
        now = timezone.now()
        for partnership in found:
            try:
                staff = make_staff(partnership=partnership, now=now)
            except NoTriageError:
                self.stderr.write(f"{partnership.slug}: no triage team, so nobody can work there.")
                continue
            submitted = 0
            if not options["staff_only"]:
                data = demo_questions.load(partnership.slug)
                submitted = submit_questions(staff=staff, questions=data.questions, now=now)
                add_joint_casework(staff=staff, data=data, now=now)
            self._print_logins(partnership, submitted, options["verbosity"])

    def _print_logins(self, partnership: Partnership, submitted: int, verbosity: int) -> None:
        if verbosity == 0:
            return
        self.stdout.write(
            f"\n{partnership.name} ({partnership.slug}.localhost): {submitted} new questions"
        )
        for role, name, where, email in logins(partnership):
            self.stdout.write(f"  {role:<22} {name:<26} {where:<34} {email}")
        self.stdout.write(f"  password of everybody: {PASSWORD}")
