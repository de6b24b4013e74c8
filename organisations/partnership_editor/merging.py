"""Three ways: the file as it was last loaded, the file now, and the partnership now.

What only the file changed is taken; what only the browser changed stays; what both changed, each
otherwise, is a conflict that somebody decides one by one. Nothing is silently undone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from organisations.partnership_editor import values
from organisations.partnership_editor.models import LoadedState
from organisations.partnership_editor.values import ENDED, ORDER, Change, Path, Plain
from organisations.partnerships.models import Partnership

FILE, BROWSER = "file", "browser"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A value that file and browser both changed since the last load."""

    path: Path
    then: Any
    file: Any
    now: Any

    @property
    def key(self) -> str:
        """Its name in a form."""
        return values.as_text(list(self.path)) or ""


@dataclass(slots=True)
class Comparison:
    """What loading a file would do to the partnership as it is now."""

    tables: Plain
    taken: list[Change] = field(default_factory=list)
    """What only the file changed."""
    kept: list[Change] = field(default_factory=list)
    """What only the browser changed: before is the file's, after is what stays."""
    conflicts: list[Disagreement] = field(default_factory=list)

    def changes(self, choices: Mapping[str, str]) -> list[Change]:
        """Return what to carry out, with the conflicts that were decided for the file."""
        chosen = [
            Change(one.path, one.now, one.file)
            for one in self.conflicts
            if choices.get(one.key) == FILE
        ]
        return _in_order([*self.taken, *chosen])

    def undecided(self, choices: Mapping[str, str]) -> list[Disagreement]:
        """Return the conflicts on which nobody has decided."""
        return [c for c in self.conflicts if choices.get(c.key) not in {FILE, BROWSER}]

    def all_for(self, side: str) -> dict[str, str]:
        """Return the same decision on every conflict."""
        return {one.key: side for one in self.conflicts}


def _in_order(changes: Iterable[Change]) -> list[Change]:
    """Return changes with orders last: a row has to be there first."""
    return sorted(changes, key=lambda change: change.path[-1] == ORDER)


def compare(partnership: Partnership, file: Plain, *, today: date) -> Comparison:
    """Compare a file with the partnership as it is now and as it was when last loaded."""
    now = values.of_partnership(partnership)
    state = LoadedState.objects.filter(partnership=partnership).first()
    # Without a load that was kept nothing was changed in the browser either (`remember_loaded`).
    then = state.tables if state is not None else now
    found = Comparison(now)
    for change in values.differences(now, file):
        _weigh(found, change, then, now, file, today)
    return found


def _weigh(
    found: Comparison, change: Change, then: Plain, now: Plain, file: Plain, today: date
) -> None:
    path = change.path
    before = values.value_at(then, path)
    if path[-1] == ORDER:
        _weigh_order(found, change, before or [])
        return
    if _ended_already(change, today):
        return
    if before == change.after:
        found.kept.append(Change(path, change.after, change.before))
    elif before == change.before:
        found.taken.append(change)
    else:
        found.conflicts.append(Disagreement(path, before, change.after, change.before))


def _ended_already(change: Change, today: date) -> bool:
    """Whether a file leaves out a row that ended: it stays as it is."""
    if change.section not in ENDED or len(change.path) != 2 or change.after is not None:
        return False
    return str(change.before.get("tot_en_met", "9999")) <= today.isoformat()


def _weigh_order(found: Comparison, change: Change, then: list[str]) -> None:
    """Compare the order of the rows that all three have."""
    common = [name for name in then if name in change.before and name in change.after]
    was = [name for name in change.before if name in common]
    wanted = [name for name in change.after if name in common]
    if was == wanted:
        # Only rows that come or go: they stand where the file has them.
        found.taken.append(change)
    elif was == common:
        found.taken.append(change)
    elif wanted == common:
        found.kept.append(Change(change.path, change.after, change.before))
    else:
        found.conflicts.append(Disagreement(change.path, then, change.after, change.before))


def leave_rules(found: Comparison) -> bool:
    """Keep the rules as they are; return whether the file has others.

    Coordinators decide on those of an open front door, by the editor of rules.
    """
    path = ("regels",)
    others = [c for c in found.taken if c.path == path]
    others += [Change(c.path, c.now, c.file) for c in found.conflicts if c.path == path]
    found.taken = [c for c in found.taken if c.path != path]
    found.conflicts = [c for c in found.conflicts if c.path != path]
    found.kept += [Change(c.path, c.after, c.before) for c in others]
    return bool(others)


def same_partnership(file: Plain, partnership: Partnership) -> bool:
    """Whether a file is of this partnership."""
    return bool(file.get("samenwerkingsverband", {}).get("slug") == partnership.slug)
