"""Loads the demo's content once per data folder: partnership files and invented people."""

import hashlib
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command, get_commands
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from welzijn.devtools.local_services.data_folder import write_atomically

QUESTIONS = 2400
SEED = 2022


@dataclass(frozen=True)
class Step:
    """One command that loads content. It runs again when `mark` changes."""

    title: str
    name: str
    mark: str
    command: tuple[str, ...]

    def run(self) -> None:
        """Run the command. It may be repeated after an interruption."""
        call_command(*self.command, verbosity=0, stdout=io.StringIO())


class LoadLog:
    """The steps done in a data folder, stored in its `demo.json`."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "demo.json"

    def missing(self) -> list[Step]:
        """The steps still to be done, in order."""
        done = self._done()
        return [step for step in _steps() if done.get(step.name) != step.mark]

    def mark_done(self, step: Step) -> None:
        """Store that `step` has been done."""
        write_atomically(self._file, json.dumps({**self._done(), step.name: step.mark}, indent=1))

    def _done(self) -> dict[str, str]:
        try:
            return dict(json.loads(self._file.read_text("utf-8")))
        except (FileNotFoundError, ValueError):
            return {}


def migrations_to_apply() -> int:
    """The number of unapplied migrations."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def make_tables(*, on_applied: Callable[[str], None]) -> None:
    """Apply all migrations; `on_applied` is called with the name of each."""
    call_command("migrate", interactive=False, no_color=True, stdout=_MigrateOutput(on_applied))


class _MigrateOutput(io.StringIO):
    """Parses the output of `migrate`."""

    def __init__(self, on_applied: Callable[[str], None]) -> None:
        super().__init__()
        self._on_applied = on_applied

    def write(self, text: str) -> int:
        name = text.strip().removeprefix("Applying ").removesuffix("...")
        if name != text.strip():
            self._on_applied(name)
        return super().write(text)


def _steps() -> Iterator[Step]:
    commands = get_commands()
    files = sorted((settings.BASE_DIR / "organisations" / "partnerships").glob("*.toml"))
    marks = {file: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
    for file, mark in marks.items():
        yield Step(f"Partnership {file.stem}", file.name, mark, ("load_partnership", str(file)))
    all_marks = hashlib.sha256("".join(marks.values()).encode()).hexdigest()
    yield Step("Invented staff and residents", "people", all_marks, ("demo_people",))
    if "synthesise" in commands:
        for file in files:
            wanted = ("--partnership", file.stem, "--questions", str(QUESTIONS))
            yield Step(
                f"Invented questions for {file.stem}",
                f"questions {file.name}",
                f"{QUESTIONS}/{SEED}",
                ("synthesise", *wanted, "--seed", str(SEED)),
            )
    if "retain" in commands:
        # Some of the generated questions are older than their retention term.
        yield Step("What is over its term", "retention", f"{QUESTIONS}/{SEED}", ("retain",))
