"""How often a life domain is right, and how well danger is heard, on three held-out sets."""

from typing import Any

from organisations.words.sentences import WordFigures, measure
from organisations.words.suggest import suggest
from welzijn.bench.stage import partnership


def _goals(found: WordFigures) -> dict[str, bool]:
    return {
        "top_3": found.top_3 >= 0.9,
        "danger_recall": found.danger_recall >= 0.95,
        "false_alarms": found.false_alarms <= 0.05,
    }


def measure_words() -> dict[str, Any]:
    """Figures of the "report" half, and of the two sets that were written apart from it.

    "written_later" is the one to believe: whoever wrote the words and patterns of now has not
    seen it. "personas" was written before them, but by the same hand (docs/words.md).
    """
    here = partnership()

    def propose(text: str) -> list[str]:
        return [p.slug for p in suggest(partnership=here, text=text).life_domains]

    report, later, personas = (
        measure(propose, half)[0] for half in ("report", "later", "personas")
    )
    return {
        **report.to_json(),
        "goals": _goals(report),
        "written_later": {**later.to_json(), "goals": _goals(later)},
        "personas": {**personas.to_json(), "goals": _goals(personas)},
    }
