"""How often the proposal is right and danger is heard, on the labelled sentences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from organisations.triage_hints.danger_patterns import find_danger
from organisations.triage_hints.sentences_file import Sentence, sentences


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
