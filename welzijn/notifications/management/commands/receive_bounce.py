"""`manage.py receive_bounce`: process one mail from standard input."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from welzijn.notifications.bounces import receive


class Command(BaseCommand):
    """For a mail server's pipe: `|/srv/voordeur/.venv/bin/python manage.py receive_bounce`."""

    help = "Record an undeliverable mail that is piped in; anything else is ignored."

    def handle(self, *args: Any, **options: Any) -> None:
        """Process the mail. Always exits with 0, or the mail server would bounce the bounce."""
        bounced = receive(sys.stdin.buffer.read(), now=timezone.now())
        self.stdout.write("recorded" if bounced else "ignored")
