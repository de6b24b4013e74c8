"""The Dutch words of a partnership file, and their codes.

A functional administrator writes the file in Dutch; code and database use the codes of
`organisations.routing.facts`. Each table maps one word to one code.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from organisations.directory.models import Organisation, PyramidLayer, Service
from organisations.routing.facts import UNKNOWN, unknown_value_message
from welzijn.core.working_days import LiberationDay

_AGES = {age: age for age in ("0-11", "12-15", "16-17", "18-26", "27-66", "67+")}

WORDS: Mapping[str, Mapping[str, str]] = {
    "channel": {
        "online": "online",
        "bel-mij": "call_me",
        "telefoon": "phone",
        "balie": "walk_in",
        "e-mail": "email",
        "brief": "letter",
        "chat": "chat",
        "op-straat": "outreach",
        "partner": "partner",
    },
    "age_band": {**_AGES, "onbekend": UNKNOWN},
    "age": _AGES,
    "about": {
        "zelf": "self",
        "kind": "child",
        "ouder": "parent",
        "partner": "partner",
        "ander": "other",
    },
    "urgency": {"gewoon": "normal", "spoed": "soon", "gevaar": "danger"},
    "kind": {
        "advies": "advice",
        "welzijn": "welfare",
        "wmo": "wmo",
        "schulden": "debts",
        "schulden-dreiging": "debts_threat",
        "jeugdhulp": "youth_care",
    },
    "clock_kind": {"wmo": "wmo", "schulden": "debts", "schulden-dreiging": "debts_threat"},
    "desk_time": {"open": "office", "avond": "evening", "weekend": "weekend"},
    "organisation_kind": {
        "welzijn": Organisation.Kind.WELFARE.value,
        "gemeente": Organisation.Kind.MUNICIPALITY.value,
        "bewonersinitiatief": Organisation.Kind.INITIATIVE.value,
        "huisarts": Organisation.Kind.GP.value,
        "school": Organisation.Kind.SCHOOL.value,
        "anders": Organisation.Kind.OTHER.value,
    },
    "coming": {
        "binnenlopen": Service.Coming.WALK_IN.value,
        "eerst-aanmelden": Service.Coming.SIGN_UP.value,
        "via-gesprek": Service.Coming.THROUGH_US.value,
    },
    "text_kind": {"notitie": "note", "bericht": "message", "balie": "desk"},
    "liberation_day": {
        "nooit": LiberationDay.NEVER.value,
        "lustrum": LiberationDay.LUSTRUM.value,
        "elk-jaar": LiberationDay.YEARLY.value,
    },
    "rule_consent": {"alle": "all", "meerderheid": "majority", "een": "one"},
    "recurrence": {
        "maand": "month",
        "week": "week",
        "even-weken": "even_weeks",
        "oneven-weken": "odd_weeks",
    },
    "measure": {
        "op-tijd-opgepakt": "picked_up_in_time",
        "op-tijd-gesproken": "contacted_in_time",
        "geholpen": "helped",
        "over-leefgebieden-heen": "cross_domain",
        "warm-overgedragen": "handed_over",
        "lichte-laag": "lighter_layer",
        "tevreden": "satisfied",
        "aantal-vragen": "questions",
        "voor-het-eerst": "first_time",
        "opnieuw": "repeat",
        "samen-geholpen": "together",
        "geen-passend-aanbod": "no_offer",
        "informele-hulp": "informal",
        "overgenomen": "taken_up",
        "niet-beantwoord": "no_answer",
        "dagen-tot-gesprek": "contact_days_median",
        "dagen-tot-gesprek-negen-van-tien": "contact_days_p90",
        "dagen-tot-oplossing": "solution_days_median",
        "dagen-tot-oplossing-negen-van-tien": "solution_days_p90",
        "dagen-tot-antwoord": "answer_days_median",
        "dagen-tot-antwoord-negen-van-tien": "answer_days_p90",
    },
}
"""Dutch word to code, a table for each subject. "onbekend" is a fact that was not given."""

WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
"""ISO weekdays: the first is 1."""

WHICH: Mapping[str, int] = {"eerste": 1, "tweede": 2, "derde": 3, "vierde": 4, "laatste": -1}
"""Which one in a month; -1 is the last."""

LAYERS: Mapping[int, str] = {layer.value: str(layer.label) for layer in PyramidLayer}

CONDITIONS: Mapping[str, str] = {
    "leefgebieden": "life_domains_any",
    "alle_leefgebieden": "life_domains_all",
    "minstens_leefgebieden": "life_domains_at_least",
    "leeftijd": "age_band",
    "over_wie": "about",
    "soort_vraag": "kind",
    "spoed": "urgency",
    "gevaar": "danger",
    "wijk": "neighbourhood",
    "gemeente": "municipality",
    "ingang": "channel",
    "partner": "brought_by",
    "taal": "language",
    "tijd": "desk_time",
    "gekoppelde_vraag": "household",
    "vangnet": "safety_net",
}
"""Dutch name of a condition to its kind in `organisations.routing.kinds`."""


def code(subject: str, word: str) -> str:
    """Return the code of a Dutch word. Raises ValueError that suggests a word."""
    table = WORDS[subject]
    if word not in table:
        raise ValueError(unknown_value_message(word, table))
    return table[word]


def word(subject: str, value: str) -> str:
    """Return the Dutch word of a code. Raises KeyError for a code that has none."""
    return next(dutch for dutch, known in WORDS[subject].items() if known == value)


def weekday(name: str) -> int:
    """Return the ISO number of a weekday. Raises ValueError that suggests a word."""
    if name not in WEEKDAYS:
        raise ValueError(unknown_value_message(name, WEEKDAYS))
    return WEEKDAYS.index(name) + 1


def unknown_slug_message(value: str, known: Iterable[str]) -> str:
    """Return a message that suggests the nearest slug or key, or lists them."""
    return unknown_value_message(value, sorted(known))
