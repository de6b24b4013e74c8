"""Carry out changes: the partnership as it is now plus the changes, checked and loaded as a file.

All in one transaction, with one row of history. Who may change what is checked by `submitting`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from organisations.partnership_editor import consequences, values
from organisations.partnership_editor.checking import Problem, ProblemsError, checked
from organisations.partnership_editor.models import (
    LoadedState,
    PartnershipRevision,
    TextProposal,
)
from organisations.partnership_editor.values import ORDER, Change, Plain
from organisations.partnership_file.loading import load, one_at_a_time
from organisations.partnership_file.problems import FileProblemsError
from organisations.partnership_file.schema import PartnershipFile
from organisations.partnerships.models import Partnership
from welzijn.accounts.models import User
from welzijn.core.working_days import local_date

Source = PartnershipRevision.Source


@dataclass(frozen=True, slots=True)
class Conflict:
    """A value that somebody else changed since it was opened."""

    change: Change
    now: Any


class ConflictError(Exception):
    """Somebody else changed the same: nothing is saved, and both are to be shown."""

    def __init__(self, conflicts: list[Conflict]) -> None:
        self.conflicts = conflicts
        super().__init__(f"{len(conflicts)} conflicts")


class UnconfirmedError(Exception):
    """The change has consequences that its maker has not seen yet."""

    def __init__(self, sentences: list[str]) -> None:
        self.sentences = sentences
        super().__init__(f"{len(sentences)} consequences")


def save(
    *,
    partnership: Partnership,
    changes: Sequence[Change],
    by: User | None,
    now: datetime,
    source: Source = Source.BROWSER,
    confirmed: bool = False,
    file_name: str = "",
    has_texts: bool = False,
    proposal: TextProposal | None = None,
    undoes: PartnershipRevision | None = None,
) -> PartnershipRevision | None:
    """Carry out changes; return the row of history, or None where nothing differed any more.

    Raises ConflictError, ProblemsError or UnconfirmedError: then nothing is saved.
    """
    with transaction.atomic():
        here = locked(partnership)
        tables = values.of_partnership(here)
        wanted = still_wanted(tables, changes)
        if not wanted:
            return None
        after = values.changed(tables, wanted)
        file = sound(after, tables, now=now)
        if not confirmed and (
            warnings := consequences.of_change(here, tables, after, wanted, file, now)
        ):
            raise UnconfirmedError(warnings)
        remember_loaded(here, tables, now)
        _load(file, wanted, file_name or "browser", now)
        here = Partnership.objects.get(pk=here.pk)
        done = values.differences(tables, values.of_partnership(here))
        if not done:
            return None
        return record(
            here,
            done,
            by=by,
            now=now,
            source=source,
            file_name=file_name,
            has_texts=has_texts,
            proposal=proposal,
            undoes=undoes,
        )


def locked(partnership: Partnership) -> Partnership:
    """Lock a partnership and read it anew, within the caller's transaction."""
    one_at_a_time()
    return Partnership.objects.select_for_update(of=("self",)).get(pk=partnership.pk)


def still_wanted(tables: Plain, changes: Sequence[Change]) -> list[Change]:
    """Return the changes that are not there yet. Raises ConflictError."""
    wanted, conflicts = [], []
    for change in changes:
        found = values.value_at(tables, change.path)
        if found == change.after:
            continue
        if found != change.before and change.path[-1] != ORDER:
            conflicts.append(Conflict(change, found))
        wanted.append(change)
    if conflicts:
        raise ConflictError(conflicts)
    return wanted


def sound(after: Plain, before: Plain, *, now: datetime) -> PartnershipFile:
    """Return the file of changed tables. Raises ProblemsError with every fault that is new."""
    day = local_date(now)
    file, problems = checked(after, day=day)
    if problems and file is not None:
        _file, known = checked(before, day=day)
        problems = [one for one in problems if one not in known]
    if file is None or problems:
        raise ProblemsError(problems)
    return file


def _load(file: PartnershipFile, wanted: Sequence[Change], source: str, now: datetime) -> None:
    try:
        load(
            file=file,
            source=source,
            now=now,
            rules_from_file=any(change.section == "regels" for change in wanted),
        )
    except FileProblemsError as error:
        raise ProblemsError([Problem.of(one) for one in error.problems]) from None


def remember_loaded(partnership: Partnership, tables: Plain, now: datetime) -> None:
    """Keep the state before the first change, where no load has been kept yet."""
    LoadedState.objects.get_or_create(
        partnership=partnership, defaults={"tables": tables, "loaded_at": now}
    )


def record(
    partnership: Partnership,
    done: Sequence[Change],
    *,
    by: User | None,
    now: datetime,
    source: Source,
    file_name: str = "",
    has_texts: bool = False,
    proposal: TextProposal | None = None,
    undoes: PartnershipRevision | None = None,
) -> PartnershipRevision:
    """Write the row of history of what was changed."""
    return PartnershipRevision.objects.create(
        partnership=partnership,
        at=now,
        by=by,
        source=source,
        file_name=file_name[:100],
        sections=values.touched(done),
        changes=stored(done),
        has_texts=has_texts,
        proposal=proposal,
        undoes=undoes,
    )


def stored(changes: Sequence[Change]) -> list[dict[str, Any]]:
    """Return changes as they are kept: each value as its canonical text."""
    return [
        {
            "path": list(one.path),
            "before": values.as_text(one.before),
            "after": values.as_text(one.after),
        }
        for one in changes
    ]


def read(kept: Sequence[dict[str, Any]]) -> list[Change]:
    """Return kept changes."""
    return [
        Change(tuple(one["path"]), values.from_text(one["before"]), values.from_text(one["after"]))
        for one in kept
    ]
