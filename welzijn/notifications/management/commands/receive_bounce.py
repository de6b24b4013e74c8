"""`manage.py receive_bounce`: process one mail from standard input."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import OperationalError
from django.utils import timezone

from welzijn.notifications.bounce_mail import LARGEST
from welzijn.notifications.bounces import receive

_TEMPORARY_FAILURE = 75  # EX_TEMPFAIL: the mail server keeps the mail and tries again


class Command(BaseCommand):
    """For a mail server's pipe: `|/srv/voordeur/.venv/bin/python manage.py receive_bounce`."""

    help = "Record an undeliverable mail that is piped in; anything else is ignored."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the address that the mail was delivered to, where the server can pass it on."""
        parser.add_argument("--recipient", default="", help="the envelope's recipient")

    def handle(self, *args: Any, **options: Any) -> None:
        """Process the mail. Exits with 0, or the mail server would bounce the bounce.

        With 75 where the database can't be reached: then the mail server tries again.
        """
        raw = sys.stdin.buffer.read(LARGEST)
        while sys.stdin.buffer.read(LARGEST):
            pass  # The mail server minds a pipe that isn't read to its end.
        try:
            changed = receive(raw, now=timezone.now(), recipients=(options["recipient"],))
        except OperationalError:
            sys.exit(_TEMPORARY_FAILURE)
        self.stdout.write("recorded" if changed else "ignored")
