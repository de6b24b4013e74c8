"""Load a partnership from its file."""

from argparse import ArgumentParser
from datetime import datetime
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
from organisations.partnership_file.loading import try_to_load
from organisations.partnership_file.problems import FileProblemsError
from organisations.partnership_file.reading import read_file
from organisations.partnership_file.row_writer import LoadReport
from organisations.partnership_file.schema import PartnershipFile
from organisations.partnership_file.soundness import find_warnings, refusals, resident_sentences
from welzijn.core.working_days import local_date

_NOBODY_READS = (
    "De deur gaat open, maar niemand kan nieuwe vragen lezen. Geef eerst iemand een rol in het "
    "triageteam of aan de balie."
)


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
                if options["check"]:
                    faults += self.check_file(path, file, now, options)
                    continue
                check_on(file, local_date(now), source=path.name)
                self.warn(path, find_warnings(file, local_date(now)))
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

    def check_file(
        self, path: Path, file: PartnershipFile, now: datetime, options: dict[str, Any]
    ) -> list[str]:
        """Check a file against itself, the day and the database; print what a resident reads."""
        found = []
        try:
            check_on(file, local_date(now), source=path.name)
        except FileProblemsError as error:
            found.append(str(error))
        if dead := refusals(file, local_date(now)):
            found.append(str(FileProblemsError(path.name, dead)))
        try:
            report = try_to_load(
                file=file,
                source=path.name,
                now=now,
                shared=options["gedeeld"],
                rules_from_file=options["regels_uit_bestand"],
            )
        except FileProblemsError as error:
            # The load refuses dead rules too, where they are new.
            found += [line for line in str(error).splitlines() if line not in "\n".join(found)]
        else:
            if not report.somebody_reads:
                self.warn(path, [_NOBODY_READS])
        self.warn(path, find_warnings(file, local_date(now)))
        for line in resident_sentences(file):
            self.stdout.write(f"{path.name}: een inwoner leest bij {line}")
        if not found:
            self.stdout.write(f"{path.name}: klopt.")
        return found

    def warn(self, path: Path, doubts: list[str]) -> None:
        """Print what is valid but probably not meant."""
        for doubt in doubts:
            self.stderr.write(self.style.WARNING(f"{path.name}: let op: {doubt}"))

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
