"""How often a life domain is right, and how well danger is heard, on five sets of sentences."""

from typing import Any

from organisations.words.sentences import WordFigures, measure
from organisations.words.sentences_file import PERSONAS, STRANGERS_HELD, STRANGERS_TUNE
from organisations.words.suggest import suggest
from welzijn.bench.stage import partnership


def _goals(found: WordFigures) -> dict[str, bool]:
    return {
        "top_3": found.top_3 >= 0.9,
        "danger_recall": found.danger_recall >= 0.95,
        "false_alarms": found.false_alarms <= 0.05,
    }


def measure_words() -> dict[str, Any]:
    """Figures of the "report" half, and of the sets that were written apart from it.

    "strangers_held" is the one to believe: by another author, and never read while words, patterns
    and weights were made. "strangers_tune" is the same author's, learned from: its figures flatter.
    How independent each other set is, docs/words.md says.
    """
    here = partnership()

    def propose(text: str) -> list[str]:
        return [p.slug for p in suggest(partnership=here, text=text).life_domains]

    def figures(half: str) -> dict[str, Any]:
        found = measure(propose, half)[0]
        return {**found.to_json(), "goals": _goals(found)}

    return {
        **figures("report"),
        "written_later": figures("later"),
        PERSONAS: figures(PERSONAS),
        STRANGERS_TUNE: figures(STRANGERS_TUNE),
        STRANGERS_HELD: figures(STRANGERS_HELD),
    }
