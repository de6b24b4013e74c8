"""How often a life domain is right, and how well danger is heard, on five sets of sentences."""

from typing import Any

from organisations.triage_hints import danger_training, find_danger
from organisations.triage_hints.sentences import WordFigures, measure
from organisations.triage_hints.sentences_file import PERSONAS, SEALED, STRANGERS, sentences
from organisations.triage_hints.suggestions import suggest
from welzijn.devtools.bench.stage import partnership


def _goals(found: WordFigures) -> dict[str, bool]:
    return {
        "top_3": found.top_3 >= 0.9,
        "danger_recall": found.danger_recall >= 0.95,
        "false_alarms": found.false_alarms <= 0.05,
    }


def measure_words() -> dict[str, Any]:
    """Figures of the "report" half, and of the sets that were written apart from it.

    Both sets of the other author are learned from: their own figures flatter. Beside them stands
    how an ear hears that was learned without the set. How independent each set is, docs/words.md
    says.
    """
    here = partnership()

    def propose(text: str) -> list[str]:
        return [p.slug for p in suggest(partnership=here, text=text).life_domains]

    def figures(half: str) -> dict[str, Any]:
        found = measure(propose, half)[0]
        return {**found.to_json(), "goals": _goals(found)}

    def heard(half: str) -> dict[str, float]:
        by = danger_training.without(half)
        every = sentences(half)
        alarmed = [one for one in every if find_danger(one.text, by=by) is not None]
        dangerous = sum(1 for one in every if one.danger)
        return {
            "danger_recall": sum(1 for one in alarmed if one.danger) / dangerous,
            "false_alarms": sum(1 for one in alarmed if not one.danger) / (len(every) - dangerous),
        }

    return {
        **figures("report"),
        "written_later": figures("later"),
        PERSONAS: figures(PERSONAS),
        **{half: figures(half) | {"learned_without": heard(half)} for half in STRANGERS},
        SEALED: figures(SEALED),
    }
