"""How well a set of labelled sentences is heard, and its life domains are proposed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from organisations.triage_hints.corpus import NOTHING, Sentence
from organisations.triage_hints.danger import find_danger


@dataclass(frozen=True, slots=True)
class WordFigures:
    """Shares between 0 and 1. top-1 and top-3: a right life domain is first, or among three.

    `quiet`: of the sentences that say nothing yet, for how many nothing is proposed.
    """

    sentences: int
    top_1: float
    top_3: float
    nothing_proposed: float
    quiet: float | None
    danger_sentences: int
    danger_recall: float
    false_alarms: float

    def to_json(self) -> dict[str, Any]:
        """Give the figures as JSON."""
        return asdict(self)


def measure(
    propose: Callable[[str], Sequence[str]],
    chosen: Sequence[Sentence],
    heard: Callable[[str], bool] = lambda text: find_danger(text) is not None,
) -> WordFigures:
    """Measure a proposer (text to slugs, best first) and what is heard, on sentences."""
    first = third = nothing = quiet = 0
    empty = [one for one in chosen if one.life_domains == (NOTHING,)]
    about = [one for one in chosen if one.life_domains and one not in empty]
    for sentence in about:
        found = list(propose(sentence.text))[:3]
        nothing += not found
        first += bool(found) and found[0] in sentence.life_domains
        third += bool(set(found) & set(sentence.life_domains))
    for sentence in empty:
        quiet += not propose(sentence.text)
    alarmed = [sentence for sentence in chosen if heard(sentence.text)]
    dangerous = sum(1 for sentence in chosen if sentence.danger)
    calm = len(chosen) - dangerous
    return WordFigures(
        sentences=len(chosen),
        top_1=first / max(1, len(about)),
        top_3=third / max(1, len(about)),
        nothing_proposed=nothing / max(1, len(about)),
        quiet=quiet / len(empty) if empty else None,
        danger_sentences=dangerous,
        danger_recall=sum(1 for one in alarmed if one.danger) / max(1, dangerous),
        false_alarms=sum(1 for one in alarmed if not one.danger) / max(1, calm),
    )
