"""The labelled sentences: what words and patterns are tuned on, learned from and measured with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_HERE = Path(__file__).parent
_SETS = _HERE / "sentences.tsv"
_PERSONAS = _HERE / "personas.tsv"
_SAID = _HERE / "said.txt"

PERSONAS = "personas"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence. `half` is "tune", "report", "later" or "personas"; `danger` a DangerKind or "";
    `life_domains` the slugs of Putten's life domains that would be right, the best first."""

    half: str
    danger: str
    life_domains: tuple[str, ...]
    text: str


def sentences(half: str = "") -> list[Sentence]:
    """Read the sentences, of one set or all."""
    rows = [row.split("\t") for row in _rows(_SETS)]
    rows += [[PERSONAS, *row.split("\t")] for row in _rows(_PERSONAS)]
    return [
        Sentence(own, danger.strip("-"), tuple(domains.split(",")), text)
        for own, danger, domains, text in rows
        if half in {"", own}
    ]


def said() -> list[tuple[str, str]]:
    """What only the second ear learns from: kind of danger ("" for calm), and the sentence."""
    result, kind = [], ""
    for row in _rows(_SAID):
        if row.startswith("["):
            kind = row.strip("[]").replace("calm", "")
        else:
            result.append((kind, row))
    return result


def _rows(path: Path) -> Iterator[str]:
    """The lines of a file that say something."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line
