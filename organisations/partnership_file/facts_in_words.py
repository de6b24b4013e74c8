"""The facts of a question in the words of the partnership file, for the command `route`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from organisations.partnership_file import words

NAMES: Mapping[str, str] = {
    "ingang": "channel",
    "leefgebieden": "life_domains",
    "leeftijd": "age_band",
    "over_wie": "about",
    "wijk": "neighbourhood",
    "gemeente": "municipality",
    "spoed": "urgency",
    "gevaar": "safety",
    "taal": "language",
    "soort_vraag": "kind",
    "gekoppelde_vraag": "household_lead",
    "partner": "brought_by",
    "tijd": "desk_time",
    "vangnet": "offered_by",
}
"""Dutch name of a fact to its name in `organisations.routing.facts`."""


def facts_of_words(text: str) -> object:
    """Return the facts as `Facts.from_json` reads them: each Dutch word as its code.

    Names and values that are codes already, and what is no object, stay as they are: the reading
    says what is wrong with them.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return text
    if not isinstance(data, dict):
        return data
    return {NAMES.get(key, key): _value(NAMES.get(key, key), value) for key, value in data.items()}


def _value(fact: str, value: Any) -> Any:
    if value == "onbekend":
        return None
    table = words.WORDS.get(fact, {})
    return table.get(value, value) if isinstance(value, str) else value
