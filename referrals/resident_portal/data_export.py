"""A resident's own question to take along (AVG 15 and 20): the same for reading and for a machine.

In it: what they told us, how we may reach them, and what their own page shows: what happened, who
may read it, who looked, and how long it stays. Out of it: what is about others (also who it is
about, where that is somebody else), a worker's own notes, the Meldcode, and what is withheld from
the list of looks. Nothing is in it that their page would not show them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from intake.questions.models import Question
from referrals.resident_portal.data_export_parts import Part, Row, parts_of
from welzijn.audit import access_log
from welzijn.audit.models import AccessEvent
from welzijn.core.contact_details import display_phone, display_postcode

FORMAT = 1


def take(*, question: Question, now: datetime) -> list[Part]:
    """Everything that a resident may take along of their own question; that is in the log."""
    with transaction.atomic():
        access_log.record(
            access_log.event(
                now=now,
                partnership_id=question.partnership_id,
                actor_kind=AccessEvent.Kind.RESIDENT,
                action=AccessEvent.Action.EXPORT,
                what="question",
                question_id=question.pk,
                person_id=question.asker_id,
            )
        )
        return [part for part in parts_of(question, now) if part.rows]


def as_json(parts: list[Part]) -> dict[str, Any]:
    """The parts by their keys; docs/retention.md has the form."""
    return {"format": FORMAT, **{part.key: _keyed(part.rows) for part in parts}}


@dataclass(frozen=True, slots=True)
class Read:
    """One row for a reader: a text, or entries of (words, text)."""

    words: str
    text: str
    entries: list[list[tuple[str, str]]]


def as_read(parts: list[Part]) -> list[tuple[str, list[Read]]]:
    """The parts as a page tells them: (heading, rows)."""
    return [
        (part.title, [_read(key, words, value) for key, words, value in part.rows])
        for part in parts
    ]


def _read(key: str, words: str, value: Any) -> Read:
    if not isinstance(value, list):
        return Read(words, _as_people_write(key, value), [])
    entries = [
        [(what, _as_people_write(part_key, part)) for part_key, what, part in row] for row in value
    ]
    return Read(words, "", entries)


def _as_people_write(key: str, value: Any) -> str:
    """A value for a reader: a machine gets `+31612345678`, a person `06 12345678`."""
    if key == "postcode":
        return display_postcode(value)
    if key == "value" and str(value).startswith("+"):
        return display_phone(value)
    return _in_words(value)


def _in_words(value: Any) -> str:
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    if isinstance(value, datetime):
        return date_format(localtime(value), "l j F Y, H.i") + " " + _("uur")
    if isinstance(value, date):
        return date_format(value, "l j F Y")
    if isinstance(value, list):
        return "\n".join(": ".join(_in_words(part) for _k, _w, part in row) for row in value)
    return str(value)


def _keyed(rows: Row) -> dict[str, Any]:
    return {
        key: [_keyed(row) for row in value] if isinstance(value, list) else value
        for key, _words, value in rows
    }
