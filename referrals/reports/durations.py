"""How long something takes, in working days: the median and the 90th percentile.

A duration is protected as counts are: of all questions in a group, how many took at most so many
days. Each of these counts is a group of questions with a key and noise of its own; the median is
where they pass the half. So no question's own duration leaves the door.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

STEPS = (0, 1, 2, 3, 4, 5, 7, 10, 15, 20, 30, 45, 60, 90)
"""Working days at which a duration is looked at; between two of them it is read off a line."""


@dataclass(frozen=True, slots=True)
class Duration:
    """Working days from one day to another, of the questions of a measure."""

    name: str | Promise
    definition: str | Promise
    base: str
    since: str
    until: str


def _day(moment: str) -> str:
    return f"({moment} AT TIME ZONE 'Europe/Amsterdam')::date"


DURATIONS: Mapping[str, Duration] = {
    "contact_days": Duration(
        _("Werkdagen tot het eerste gesprek"),
        _("Van binnenkomst tot de inwoner is gesproken, van vragen waarbij dat is gebeurd."),
        "spoken",
        _day("q.received_at"),
        _day("q.first_contact_at"),
    ),
    "solution_days": Duration(
        _("Werkdagen tot de oplossing"),
        _("Van binnenkomst tot afronden, van vragen die zijn geholpen."),
        "helped",
        _day("q.received_at"),
        _day("q.closed_at"),
    ),
    "answer_days": Duration(
        _("Werkdagen tot antwoord op een overdracht"),
        _("Van het voorstel tot het ja of nee van de ontvanger, als er een antwoord kwam."),
        "answered",
        _day("h.proposed_at"),
        _day("h.answered_at"),
    ),
}


def set_of(duration: str, days: int) -> str:
    """Return the name of the set of questions that took at most so many days."""
    return f"{duration}_{days}"
