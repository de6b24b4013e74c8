"""Accuracy of suggested life domains and of danger detection on five sets of sentences."""

from typing import Any

from organisations.triage_hints import danger_training, find_danger
from organisations.triage_hints.sentences import WordFigures, measure
from organisations.triage_hints.sentences_file import PERSONAS, SEALED, STRANGERS, sentences
from organisations.triage_hints.suggestions import suggest
from welzijn.devtools.bench.environment import partnership


def _goals(found: WordFigures) -> dict[str, bool]:
    return {
        "top_3": found.top_3 >= 0.9,
        "danger_recall": found.danger_recall >= 0.95,
        "false_alarms": found.false_alarms <= 0.05,
    }


def measure_words() -> dict[str, Any]:
    """Measure the "report" half and the sets written separately.

    The classifier was trained on the sets of the other author, so their own figures are too good;
    `learned_without` is measured with a classifier trained without the set. docs/words.md says how
    independent each set is.
    """
    target = partnership()

    def suggest_slugs(text: str) -> list[str]:
        return [p.slug for p in suggest(partnership=target, text=text).life_domains]

    def figures(half: str) -> dict[str, Any]:
        found = measure(suggest_slugs, half)[0]
        return {**found.to_json(), "goals": _goals(found)}

    def cross_validated(half: str) -> dict[str, float]:
        by = danger_training.without(half)
        every = sentences(half)
        flagged = [one for one in every if find_danger(one.text, by=by) is not None]
        dangerous = sum(1 for one in every if one.danger)
        return {
            "danger_recall": sum(1 for one in flagged if one.danger) / dangerous,
            "false_alarms": sum(1 for one in flagged if not one.danger) / (len(every) - dangerous),
        }

    return {
        **figures("report"),
        "written_later": figures("later"),
        PERSONAS: figures(PERSONAS),
        **{half: figures(half) | {"learned_without": cross_validated(half)} for half in STRANGERS},
        SEALED: figures(SEALED),
    }
