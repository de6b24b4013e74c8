"""Load a file into a partnership that may have been changed in the browser since."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from organisations.partnership_editor import merging, saving, values
from organisations.partnership_editor.checking import ProblemsError
from organisations.partnership_editor.merging import Comparison
from organisations.partnership_editor.models import LoadedState, PartnershipRevision
from organisations.partnership_file.loading import load, one_at_a_time
from organisations.partnership_file.problems import FileProblem, FileProblemsError, key_of
from organisations.partnership_file.row_writer import LoadReport
from organisations.partnership_file.schema import PartnershipFile
from organisations.partnerships.models import Partnership
from welzijn.core.working_days import local_date


class UndecidedError(Exception):
    """File and browser both changed the same, and nobody has decided which is to hold."""

    def __init__(self, comparison: Comparison) -> None:
        self.comparison = comparison
        super().__init__(f"{len(comparison.conflicts)} conflicts")


def load_file(
    *,
    file: PartnershipFile,
    source: str,
    now: datetime,
    shared: bool = False,
    rules_from_file: bool = False,
    take: str = "",
) -> tuple[LoadReport, Comparison | None]:
    """Load a file at the command line; return the report, and what was compared.

    `take` decides every conflict: `file` or `browser`. Raises UndecidedError where there are
    conflicts and no decision, FileProblemsError as `load` does. Then nothing is loaded.
    """
    with transaction.atomic():
        one_at_a_time()
        here = Partnership.objects.filter(slug=file.heading.slug).first()
        comparison = None
        before = None
        own = values.of_file(file)
        if here is not None and here.triage_team_id is not None:
            before = values.of_partnership(here)
            comparison = merging.compare(here, own, today=local_date(now))
            _leave_rules_to_their_own_check(comparison)
            if comparison.conflicts and not take:
                raise UndecidedError(comparison)
            if comparison.kept or (comparison.conflicts and take != merging.FILE):
                file = _merged(comparison, before, take, source, now)
        report = load(
            file=file, source=source, now=now, shared=shared, rules_from_file=rules_from_file
        )
        remember_load(report.partnership, own, now)
        _record(report.partnership, before, source, now)
        return report, comparison


def _leave_rules_to_their_own_check(comparison: Comparison) -> None:
    """Rules have versions: `publish_rules` refuses to replace a coordinator's."""
    rules = [one for one in comparison.conflicts if one.path == ("regels",)]
    comparison.conflicts = [one for one in comparison.conflicts if one not in rules]
    comparison.kept = [one for one in comparison.kept if one.path != ("regels",)]
    for one in rules:
        comparison.taken.append(values.Change(one.path, one.now, one.file))


def _merged(
    comparison: Comparison, before: values.Plain, take: str, source: str, now: datetime
) -> PartnershipFile:
    changes = comparison.changes(comparison.all_for(take))
    try:
        return saving.sound(values.changed(before, changes), before, now=now)
    except ProblemsError as error:
        raise FileProblemsError(
            source, [FileProblem(key_of(one.path), one.message) for one in error.problems]
        ) from None


def _record(
    partnership: Partnership, before: values.Plain | None, source: str, now: datetime
) -> None:
    """Write the row of history of a load that changed something."""
    here = Partnership.objects.get(pk=partnership.pk)
    after = values.of_partnership(here)
    done = values.differences(before, after) if before is not None else []
    if done:
        saving.record(
            here,
            done,
            by=None,
            now=now,
            source=PartnershipRevision.Source.COMMAND,
            file_name=source,
        )


def remember_load(partnership: Partnership, tables: values.Plain, now: datetime) -> None:
    """Keep what the loaded file said, so that the same file undoes nothing when it comes again."""
    LoadedState.objects.update_or_create(
        partnership=partnership, defaults={"tables": tables, "loaded_at": now}
    )


def conflict_lines(comparison: Comparison, choices: Mapping[str, str] | None = None) -> list[str]:
    """Return the conflicts for the command line, each with the three values."""
    return [
        f"{'.'.join(one.path)}: toen {values.as_text(one.then) or 'leeg'}, "
        f"bestand {values.as_text(one.file) or 'leeg'}, "
        f"browser {values.as_text(one.now) or 'leeg'}"
        for one in comparison.undecided(choices or {})
    ]
