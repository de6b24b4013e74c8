"""`manage.py verify_log`: whether the access log is as it was written."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import CommandError
from django.core.management.base import BaseCommand

from welzijn.audit.chain import anchors, verification


class Command(BaseCommand):
    """Verify the chain over the access log: exit 1 and what is wrong, a sentence a kind.

    Reads all of the log in one snapshot, and writes nothing; give it anchors that were kept outside
    the database, or an end that was cut off can't be seen. LOG_ANCHORS is read too.
    """

    help = "Verify the access log against its chain and the anchors"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the anchors: lines of the daily log, or a file of them."""
        parser.add_argument("--anchor", action="append", default=[], help="NUMBER:HASH or its line")
        parser.add_argument("--anchors", type=Path, action="append", default=[], help="a file")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what was verified. Raises CommandError with what is wrong."""
        known = []
        for text in options["anchor"]:
            found = anchors.parse(text)
            if not found:
                raise CommandError(f"{text!r} is no anchor: NUMBER:HASH, as the daily line has it.")
            known += found
        files = list(options["anchors"])
        if settings.LOG_ANCHORS and Path(settings.LOG_ANCHORS).exists():
            files.append(Path(settings.LOG_ANCHORS))
        for file in files:
            try:
                known += anchors.parse(file.read_text("utf-8"))
            except OSError as error:
                raise CommandError(f"{file} can't be read: {error.strerror}.") from error
        report = verification.verify(known)
        if report.wrong:
            raise CommandError("\n".join(report.wrong))
        self.stdout.write(
            f"{report.lines} lines in {report.blocks} blocks are as they were written; "
            f"{report.cleared} emptied and {report.deleted} deleted by retention, "
            f"{report.waiting} wait for their block, {report.anchors} anchors hold."
        )
        if not known:
            self.stderr.write("No anchor was given: an end that was cut off can't be seen.")
