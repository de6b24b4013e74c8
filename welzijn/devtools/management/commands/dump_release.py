"""`manage.py dump_release`: the database of a release, with invented data to upgrade."""

import gzip
import subprocess
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from organisations.partnerships.models import Partnership
from welzijn.devtools.local_services import postgres

PARTNERSHIPS = ("putten", "oss")
QUESTIONS = 60


class Command(BaseCommand):
    """Fills an empty database with two partnerships and their history, and dumps it."""

    help = (
        "Migrates and fills an empty database with invented data and writes it to a gzipped SQL "
        "file. Made once for each release; tests/platform/test_upgrade.py upgrades each of them."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to."""
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Fill and dump. Raises CommandError for a database that holds a partnership already."""
        call_command("migrate", interactive=False, verbosity=0)
        if Partnership.objects.exists():
            raise CommandError("This database is not empty: take another WELZIJN_DATA.")
        folder = settings.BASE_DIR / "organisations" / "partnerships"
        for slug in PARTNERSHIPS:
            call_command("load_partnership", str(folder / f"{slug}.toml"), verbosity=0)
            call_command("synthesise", partnership=slug, questions=QUESTIONS, seed=1, verbosity=0)
        options["file"].write_bytes(gzip.compress(self._dump(), mtime=0))

    def _dump(self) -> bytes:
        given = connection.get_connection_params()
        program = postgres.installation() / "bin" / "pg_dump"
        return subprocess.run(
            [
                str(program),
                "--no-owner",
                "--no-privileges",
                f"--host={given['host']}",
                f"--port={given['port']}",
                f"--username={given['user']}",
                given["dbname"],
            ],
            env={"PGPASSWORD": given["password"]},
            check=True,
            capture_output=True,
        ).stdout
