"""The labelled sentences that the proposal and the danger words are measured on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from organisations.words.danger import find_danger

_FILE = Path(__file__).with_name("sentences.tsv")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence. `half` is "tune" or "report"; `danger` a DangerKind or ""; `life_domains`
    the slugs of Putten's life domains that would be right, the best first."""

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


@dataclass(frozen=True, slots=True)
class WordFigures:
    """Shares between 0 and 1. top-1 and top-3: a right life domain is first, or among three."""

    sentences: int
    top_1: float
    top_3: float
    nothing_proposed: float
    danger_sentences: int
    danger_recall: float
    false_alarms: float

    def to_json(self) -> dict[str, Any]:
        """Give the figures as JSON."""
        return asdict(self)


def measure(
    propose: Callable[[str], Sequence[str]], half: str = "report"
) -> tuple[WordFigures, list[Sentence]]:
    """Measure a proposer (text to slugs, best first) and the danger words on a half.

    Also gives the sentences whose right life domain was not among the first three.
    """
    chosen = sentences(half)
    first = third = nothing = 0
    missed: list[Sentence] = []
    for sentence in chosen:
        found = list(propose(sentence.text))[:3]
        nothing += not found
        first += bool(found) and found[0] in sentence.life_domains
        if set(found) & set(sentence.life_domains):
            third += 1
        else:
            missed.append(sentence)
    alarmed = [sentence for sentence in chosen if find_danger(sentence.text) is not None]
    dangerous = sum(1 for sentence in chosen if sentence.danger)
    calm = len(chosen) - dangerous
    return (
        WordFigures(
            sentences=len(chosen),
            top_1=first / len(chosen),
            top_3=third / len(chosen),
            nothing_proposed=nothing / len(chosen),
            danger_sentences=dangerous,
            danger_recall=sum(1 for s in alarmed if s.danger) / dangerous,
            false_alarms=sum(1 for s in alarmed if not s.danger) / calm,
        ),
        missed,
    )
