"""Write the rows that differ from a file, and report each change in Dutch."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import models

from organisations.partnership_file.schema import PartnershipFile
from organisations.partnerships.models import Partnership


@dataclass(slots=True)
class LoadReport:
    """The result of a load. `somebody_reads`: whether a role may read new questions (`try_to_load`
    looks). `changes` describes it in Dutch; empty where nothing differed."""

    partnership: Partnership
    created: bool = False
    changes: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    published: int | None = None
    somebody_reads: bool = True

    @property
    def changed(self) -> bool:
        """Whether anything was written."""
        return self.created or bool(self.changes)


@dataclass(frozen=True, slots=True)
class RowWriter:
    """Writes the rows of one load, within the caller's transaction."""

    file: PartnershipFile
    partnership: Partnership
    today: date
    report: LoadReport

    def change(self, thing: models.Model, label: str, **values: Any) -> None:
        """Save a new row, or the columns that differ, if any."""
        if thing._state.adding:
            for name, value in values.items():
                setattr(thing, name, value)
            thing.save(force_insert=True)
            self.report.changes.append(f"{label}: nieuw")
            return
        different = [name for name, value in values.items() if getattr(thing, name) != value]
        if different:
            for name in different:
                setattr(thing, name, values[name])
            thing.save(update_fields=different)
            self.report.changes.append(f"{label}: {', '.join(different)}")

    def relate(self, manager: Any, wanted: Iterable[models.Model], label: str) -> None:
        """Set a many-to-many relation; writes only where it differs."""
        before = set(manager.values_list("pk", flat=True))
        after = {thing.pk for thing in wanted}
        if before != after:
            manager.set(after)
            self.report.changes.append(label)

    def end(self, thing: models.Model, label: str, since: date | None = None) -> None:
        """End a row that the file no longer names, on the day before; keep an earlier end."""
        until = getattr(thing, "until", None)
        if until is not None and until <= self.today:
            return
        last = self.today - timedelta(days=1)
        self.change(thing, label, until=max(last, since) if since else last)
