"""What residents say and what the lists of a partnership call it, read from `meanings.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from organisations.triage_hints.spelling import plain

_FILE = Path(__file__).with_name("meanings.toml")


@dataclass(frozen=True, slots=True)
class Meanings:
    """The data file as columns for SQL: the number of a meaning beside each word of it.

    `weak` are words that say little by themselves, `strong` say nearly everything. `danger` is
    the meaning that each kind of danger belongs to.
    """

    said_of: tuple[int, ...]
    said: tuple[str, ...]
    means_of: tuple[int, ...]
    means: tuple[str, ...]
    weak: frozenset[str]
    strong: frozenset[str]
    danger: Mapping[str, int]


@cache
def meanings() -> Meanings:
    """Read the data file once a process."""
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    said: list[tuple[int, str]] = []
    means: list[tuple[int, str]] = []
    for number, meaning in enumerate(data["meaning"]):
        anchors = _entries(meaning["means"])
        means += [(number, word) for word in anchors]
        said += [(number, word) for word in dict.fromkeys([*anchors, *_entries(meaning["said"])])]
    return Meanings(
        said_of=tuple(number for number, _word in said),
        said=tuple(word for _number, word in said),
        means_of=tuple(number for number, _word in means),
        means=tuple(word for _number, word in means),
        weak=frozenset(_entries(data["weak"])),
        strong=frozenset(_entries(data["strong"])),
        danger={
            kind: number
            for number, meaning in enumerate(data["meaning"])
            for kind in meaning.get("danger", [])
        },
    )


def _entries(text: str) -> list[str]:
    """Split a list of words and phrases; a slash, a hyphen or a line end is a space."""
    parts = (re.sub(r"[\s/-]+", " ", plain(part)).strip() for part in text.split(","))
    return [part for part in parts if part]
