"""How well danger is heard and life domains are proposed, in each language; and the cost."""

from statistics import median
from time import process_time
from typing import Any

from organisations.triage_hints import find_danger
from organisations.triage_hints.corpus import (
    LANGUAGES,
    OURS,
    OUTSIDE_AUTHORS,
    OUTSIDE_AUTHORS_THREE,
    PERSONAS,
    SEALED,
    SENTENCES,
    Sentence,
    learned,
    measured,
    sentences,
)
from organisations.triage_hints.evaluation import measure
from organisations.triage_hints.model import Model, from_arrays
from organisations.triage_hints.suggestions import suggest
from organisations.triage_hints.training import arrays
from welzijn.devtools.bench.environment import log, partnership
from welzijn.devtools.bench.listener_memory import private_megabytes

LONG = 4_000
MS = 25
MEGABYTES = 150


def measure_words() -> dict[str, Any]:
    """Measure every set; docs/words.md says how independent each is.

    Sets that are learned from are measured with a model that was learned without them: both sets of
    strangers, and half of the sentences of each other language.
    """
    target = partnership()

    def slugs(text: str) -> list[str]:
        return [p.slug for p in suggest(partnership=target, text=text).life_domains]

    def figures(chosen: list[Sentence], half: str) -> dict[str, Any]:
        log(half)
        found = measure(slugs, chosen).to_json()
        return {**found, "goals": _goals(found, chosen[0].language)}

    sets = [half for half in OURS if half != "tune"] + [PERSONAS, OUTSIDE_AUTHORS_THREE]
    sealed = [half for half in SEALED if (SENTENCES / f"{half}.jsonl").exists()]
    result: dict[str, Any] = {half: figures(measured(half), half) for half in [*sets, *sealed]}
    result |= {f"{half}, learned without it": _without(half) for half in OUTSIDE_AUTHORS}
    result |= _without_half()
    cost, memory = _milliseconds(), private_megabytes()
    result["cost"] = {"ms_for_4000_characters": cost, **memory}
    result["goals"] = {
        "ms_for_4000_characters": cost <= MS,
        "private_mb_of_a_worker": memory["private_mb_of_a_worker"] <= MEGABYTES,
    }
    return result


def _goals(found: dict[str, Any], language: str) -> dict[str, bool]:
    dutch = language == "nl"
    return {
        "top_3": found["top_3"] >= (0.90 if dutch else 0.85),
        "danger_recall": found["danger_recall"] >= (0.95 if dutch else 0.90),
        "false_alarms": found["false_alarms"] <= (0.05 if dutch else 0.07),
    }


def _heard(chosen: list[Sentence], by: Model) -> dict[str, Any]:
    """Say how much danger another model hears, and how many calm sentences alarm it."""
    calm = [one for one in chosen if not one.danger]
    heard = sum(find_danger(one.text, by=by) is not None for one in chosen if one.danger)
    false = sum(find_danger(one.text, by=by) is not None for one in calm)
    found = {
        "sentences": len(chosen),
        "danger_recall": heard / (len(chosen) - len(calm)),
        "false_alarms": false / len(calm),
    }
    return {
        **found,
        "goals": {
            k: v
            for k, v in _goals(found | {"top_3": 1}, chosen[0].language).items()
            if k != "top_3"
        },
    }


def _without(half: str) -> dict[str, Any]:
    log(f"learn without {half}")
    by = from_arrays(arrays(learned(without=half), lambda _text: None))
    return _heard(sentences(half), by)


def _without_half() -> dict[str, Any]:
    log("learn without half of each other language")
    held = {one for language in LANGUAGES for one in sentences(f"learned_{language}")[::2]}
    by = from_arrays(arrays([one for one in learned() if one not in held], lambda _text: None))
    return {
        f"{language}, learned without this half": _heard(
            [one for one in sentences(f"learned_{language}") if one in held], by
        )
        for language in LANGUAGES
    }


def _milliseconds() -> float:
    """Give the processor's time for listening to a long text, the median of several."""
    every = [one.text for half in OUTSIDE_AUTHORS for one in sentences(half)]
    texts = [". ".join(every[start:])[:LONG] for start in range(0, 200, 10)]
    find_danger(texts[0])
    taken = []
    for text in texts:
        began = process_time()
        find_danger(text)
        taken.append((process_time() - began) * 1000)
    return round(median(taken), 1)
