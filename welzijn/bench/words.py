"""How often a proposed life domain is right, and how well danger is heard, on the held-out half."""

from typing import Any

from organisations.words.sentences import measure
from organisations.words.suggest import suggest
from welzijn.bench.stage import partnership


def measure_words() -> dict[str, Any]:
    """Figures of the "report" half, and of the sentences written when the words were done."""
    here = partnership()

    def propose(text: str) -> list[str]:
        return [p.slug for p in suggest(partnership=here, text=text).life_domains]

    found = measure(propose)[0].to_json()
    return {
        **found,
        "written_later": measure(propose, "later")[0].to_json(),
        "goals": {
            "top_3": found["top_3"] >= 0.9,
            "danger_recall": found["danger_recall"] >= 0.95,
            "false_alarms": found["false_alarms"] <= 0.05,
        },
    }
