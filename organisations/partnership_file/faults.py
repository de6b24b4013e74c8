"""Collect the faults of one file, with the checks that every table needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from organisations.partnership_file.problems import FileProblem, key_of
from organisations.partnership_file.schema import PartnershipFile
from organisations.partnership_file.words import unknown_slug_message


class Faults:
    """The faults of one file so far, and the slugs and codes that the file defines."""

    def __init__(self, file: PartnershipFile) -> None:
        self.file = file
        self.problems: list[FileProblem] = []
        self.municipalities = {m.code for m in file.municipalities}
        self.neighbourhoods = {n.slug for n in file.neighbourhoods}
        self.organisations = {o.slug for o in file.organisations}
        self.life_domains = {d.slug for d in file.life_domains}
        self.teams = {t.slug for t in file.teams}

    def add(self, *path: str | int, message: str, name: str = "") -> None:
        """Record a fault at a key."""
        self.problems.append(FileProblem(key_of(path), message, name=name))

    def check_reference(
        self, value: str, known: Iterable[str], *path: str | int, name: str = ""
    ) -> None:
        """Record a value that is not defined in the file."""
        if value not in set(known):
            self.add(*path, message=unknown_slug_message(value, known), name=name)

    def check_references(
        self, values: Sequence[str], known: set[str], *path: str | int, name: str = ""
    ) -> None:
        """Record each value that is not defined in the file, or is listed twice."""
        for index, value in enumerate(values):
            self.check_reference(value, known, *path, index, name=name)
        for value, times in Counter(values).items():
            if times > 1:
                self.add(*path, message=f'"{value}" staat er {times} keer in.', name=name)

    def check_unique(self, values: Sequence[str], table: str, key: str) -> None:
        """Record each value that occurs twice under one key of a table."""
        first: dict[str, int] = {}
        for index, value in enumerate(values):
            if value in first:
                self.add(
                    table,
                    index,
                    key,
                    message=f'"{value}" staat ook al in {table}[{first[value] + 1}]. '
                    "Geef elk een eigen naam.",
                )
            first.setdefault(value, index)

    def check_date_order(
        self, start: date | None, end: date | None, *path: str | int, name: str = ""
    ) -> None:
        """Record a last day before the first."""
        if start and end and end < start:
            self.add(
                *path, message=f"De laatste dag ({end}) ligt voor de eerste ({start}).", name=name
            )
