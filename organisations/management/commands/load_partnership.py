"""Load a partnership from its file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from organisations.partnership_editor import merging
from organisations.partnership_editor.file_loading import (
    UndecidedError,
    conflict_lines,
    load_file,
)
from organisations.partnership_file.check_rules import check_on
from organisations.partnership_file.problems import FileProblemsError
from organisations.partnership_file.reading import read_file
from organisations.partnership_file.row_writer import LoadReport
from organisations.partnership_file.soundness import find_warnings
from welzijn.core.working_days import local_date


class Command(BaseCommand):
    """`load_partnership FILE.toml ...`: idempotent, one transaction a file."""

    help = "Laadt een samenwerkingsverband uit een bestand (docs/partnership-file.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Define the arguments."""
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE.toml")
        parser.add_argument("--check", action="store_true", help="alleen nakijken, niets bewaren")
        parser.add_argument(
            "--gedeeld",
            action="store_true",
            help="verander ook wat een ander samenwerkingsverband gebruikt",
        )
        parser.add_argument(
            "--regels-uit-bestand",
            action="store_true",
            help="vervang verdeelregels die een coördinator heeft gepubliceerd",
        )
        parser.add_argument(
            "--take",
            choices=[merging.FILE, merging.BROWSER],
            default="",
            help="wat geldt waar bestand en browser allebei veranderd zijn",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Check or load each file; exit 1 with every fault found."""
        now = timezone.now()
        faults = []
        for path in options["files"]:
            try:
                file = read_file(path)
                check_on(file, local_date(now), source=path.name)
                for doubt in find_warnings(file, local_date(now)):
                    self.stderr.write(self.style.WARNING(f"{path.name}: let op: {doubt}"))
                if options["check"]:
                    self.stdout.write(f"{path.name}: klopt.")
                    continue
                report, compared = load_file(
                    file=file,
                    source=path.name,
                    now=now,
                    shared=options["gedeeld"],
                    rules_from_file=options["regels_uit_bestand"],
                    take=options["take"],
                )
                self.say(path.name, report)
                for change in compared.kept if compared else []:
                    what = ".".join(change.path)
                    self.stdout.write(f"{path.name}: {what} is in de browser veranderd en blijft.")
            except UndecidedError as error:
                lines = "\n".join(f"  {line}" for line in conflict_lines(error.comparison))
                faults.append(
                    f"{path.name}: bestand en browser zijn allebei veranderd. Niets is geladen.\n"
                    f"{lines}\n  Kies met --take file of --take browser, of kies een voor een in "
                    "Beheer, Instellingen, Bestand."
                )
            except FileProblemsError as error:
                faults.append(str(error))
        if faults:
            raise CommandError("\n".join(faults))

    def say(self, name: str, report: LoadReport) -> None:
        """Print what was changed."""
        if report.created:
            self.stdout.write(f"{name}: {report.partnership.name} is geladen.")
        elif report.changed:
            self.stdout.write(f"{name}: {len(report.changes)} veranderd.")
            for change in report.changes:
                self.stdout.write(f"  {change}")
        else:
            self.stdout.write(f"{name}: er was niets veranderd.")
        for notice in report.notices:
            self.stdout.write(self.style.WARNING(f"{name}: {notice}"))
