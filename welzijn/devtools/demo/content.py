"""What the demo shows: the partnerships' files and invented people, loaded once per data folder."""

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

from welzijn.devtools.local_services.folder import write_whole

QUESTIONS = 2400
SEED = 2022


@dataclass(frozen=True)
class Step:
    """One thing to load. `mark` changes when it has to be done again."""

    title: str
    name: str
    mark: str
    command: tuple[str, ...]

    def run(self) -> None:
        """Do it. The command may be run again after an interruption."""
        # What a command tells about success is for those who run it by hand.
        call_command(*self.command, verbosity=0, stdout=io.StringIO())


class Loaded:
    """What has been loaded into this data folder, remembered in `demo.json`."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "demo.json"

    def missing(self) -> list[Step]:
        """Give the steps that are still to be done, in order."""
        done = self._done()
        return [step for step in _steps() if done.get(step.name) != step.mark]

    def note(self, step: Step) -> None:
        """Remember that `step` has been done."""
        write_whole(self._file, json.dumps({**self._done(), step.name: step.mark}, indent=1))

    def _done(self) -> dict[str, str]:
        try:
            return dict(json.loads(self._file.read_text("utf-8")))
        except (FileNotFoundError, ValueError):
            return {}


def migrations_to_apply() -> int:
    """How many migrations have not been applied to the database yet."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def make_tables(*, told: Callable[[str], None]) -> None:
    """Bring the database to the newest migration; `told` is called with the name of each."""
    call_command("migrate", interactive=False, no_color=True, stdout=_Applied(told))


class _Applied(io.StringIO):
    """Listens to what `migrate` says."""

    def __init__(self, told: Callable[[str], None]) -> None:
        super().__init__()
        self._told = told

    def write(self, text: str) -> int:
        name = text.strip().removeprefix("Applying ").removesuffix("...")
        if name != text.strip():
            self._told(name)
        return super().write(text)


def _steps() -> Iterator[Step]:
    commands = get_commands()
    files = sorted((settings.BASE_DIR / "organisations" / "partnerships").glob("*.toml"))
    marks = {file: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
    for file, mark in marks.items():
        yield Step(f"Partnership {file.stem}", file.name, mark, ("load_partnership", str(file)))
    together = hashlib.sha256("".join(marks.values()).encode()).hexdigest()
    yield Step("Invented staff and residents", "people", together, ("demo_people",))
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
        # Three years of history are longer than some terms: what is over has gone, with its proof.
        yield Step("What is over its term", "retention", f"{QUESTIONS}/{SEED}", ("retain",))
