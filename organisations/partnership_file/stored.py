"""Convert the parts of a file that the database stores as JSON.

Screens and reports read these forms from the partnership; `exporting.py` converts them back. A text
that the file leaves out is an empty string.

- opening_questions: [{"key", "question", "informal", "help"}]
- glossary: [{"term", "meaning", "also": [...]}]
- starting_texts: [{"title", "text", "kind": note|message|desk, "organisation"}]
- retention (years): {"advice", "welfare", "wmo", "debts", "youth_care", "log",
  "organisations": {slug: {kind: years}}}
- goals: [{"key", "name", "explanation", "priority", "life_domains": [...],
  "indicators": [{"key", "name", "measure", "at_least"}]}]
- assignment: {} or {"name", "since", "until", "organisations": [...], "explanation"}
- learning session: {"name", "every": month|week|even_weeks|odd_weeks, "which": 1..4|-1|None,
  "weekday": 1..7, "start": "12:00", "end": "13:00", "place"}
"""

from __future__ import annotations

from typing import Any

from organisations.partnership_file import words
from organisations.partnership_file.schema import LearningSession, PartnershipFile

RETENTION_KINDS = ("advice", "welfare", "wmo", "debts", "youth_care")


def questions_json(file: PartnershipFile) -> list[dict[str, str]]:
    """Return the opening questions; `informal` is empty where the file has none."""
    return [
        {
            "key": item.key,
            "question": item.question,
            "informal": item.informal or "",
            "help": item.help or "",
        }
        for item in file.opening_questions
    ]


def glossary_json(file: PartnershipFile) -> list[dict[str, Any]]:
    """Return the glossary in the order of the file."""
    return [
        {"term": item.term, "meaning": item.meaning, "also": list(item.also)}
        for item in file.glossary
    ]


def starting_texts_json(file: PartnershipFile) -> list[dict[str, str]]:
    """Return the texts to start from; `organisation` is empty where a text is for all."""
    return [
        {
            "title": item.title,
            "text": item.text,
            "kind": words.code("text_kind", item.kind),
            "organisation": item.organisation or "",
        }
        for item in file.starting_texts
    ]


def retention_json(file: PartnershipFile) -> dict[str, Any]:
    """Return the retention terms in years; empty where the file has none (not live yet)."""
    terms = file.retention
    if terms is None:
        return {}
    return {
        **{kind: getattr(terms, kind) for kind in RETENTION_KINDS},
        "log": terms.log,
        "organisations": {
            own.organisation: {
                kind: getattr(own, kind)
                for kind in RETENTION_KINDS
                if getattr(own, kind) is not None
            }
            for own in terms.organisations
        },
    }


def goals_json(file: PartnershipFile) -> list[dict[str, Any]]:
    """Return the goals of the municipality with their indicators."""
    return [
        {
            "key": goal.key,
            "name": goal.name,
            "explanation": goal.explanation or "",
            "priority": goal.priority,
            "life_domains": list(goal.life_domains),
            "indicators": [
                {
                    "key": indicator.key,
                    "name": indicator.name,
                    "measure": words.code("measure", indicator.measure),
                    "at_least": indicator.at_least,
                    "at_most": indicator.at_most,
                }
                for indicator in goal.indicators
            ],
        }
        for goal in file.goals
    ]


def population_json(file: PartnershipFile) -> dict[str, Any]:
    """Return the numbers of inhabitants with their source; empty where there are none."""
    towns = {m.code: m.inhabitants for m in file.municipalities if m.inhabitants is not None}
    places = {n.slug: n.inhabitants for n in file.neighbourhoods if n.inhabitants is not None}
    if not towns and not places:
        return {}
    return {
        "source": file.report.population_source or "",
        "year": file.report.population_year,
        "municipalities": towns,
        "neighbourhoods": places,
    }


def assignment_json(file: PartnershipFile) -> dict[str, Any]:
    """Return the municipality's assignment; empty where there is none."""
    work = file.assignment
    if work is None:
        return {}
    return {
        "name": work.name,
        "since": work.since.isoformat(),
        "until": work.until.isoformat(),
        "organisations": list(work.organisations),
        "explanation": work.explanation or "",
    }


def session_json(session: LearningSession) -> dict[str, Any]:
    """Return the recurrence of a learning session."""
    return {
        "name": session.name,
        "every": words.code("recurrence", session.every),
        "which": words.WHICH[session.which] if session.which else None,
        "weekday": words.weekday(session.weekday),
        "start": session.start,
        "end": session.end,
        "place": session.place or "",
    }
