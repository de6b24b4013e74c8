"""What a screen says about one key of the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from organisations.partnership_file.schema.base import Table

Said = str | Promise


@dataclass(frozen=True, slots=True)
class Key:
    """Label and help of one key, and what the schema itself does not tell."""

    label: Said
    help: Said = ""
    choices: str = ""
    """A list of the file whose rows it names (`teams`), or a table of `choices.CHOICES`."""
    fixed: bool = False
    """Chosen once, when the row is made: other rows, rules and questions refer to it."""
    resident: bool = False
    """A text that residents read: changing it takes a second person."""
    approves: bool = False
    """Says who approves roles or rules, or who reads what is new: takes a second person too."""


Labels = Mapping[type[Table], Mapping[str, Any]]
