"""The labelled sentences: what the words and patterns are tuned on and measured with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

_FILE = Path(__file__).with_name("sentences.tsv")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence. `half` is "tune", "report" or "later"; `danger` a DangerKind or "";
    `life_domains` the slugs of Putten's life domains that would be right, the best first."""

    half: str
    danger: str
    life_domains: tuple[str, ...]
    text: str


def sentences(half: str = "") -> list[Sentence]:
    """Read the sentences, of one half or all."""
    result = []
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            own, danger, domains, text = line.split("\t")
            found = Sentence(own, danger.strip("-"), tuple(domains.split(",")), text)
            if half in {"", own}:
                result.append(found)
    return result
