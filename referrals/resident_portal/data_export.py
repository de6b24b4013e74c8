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
from django.utils.translation import gettext as _

from intake.questions.models import Question
from organisations.roles.models import Membership
from referrals.resident_portal.data_export_attachments import FileContent
from referrals.resident_portal.data_export_parts import Part, parts_of
from referrals.resident_portal.data_export_row import Row
from welzijn.accounts.models import User
from welzijn.audit import access_log
from welzijn.audit.models import AccessEvent
from welzijn.audit.reasons import Reason
from welzijn.core import dates
from welzijn.core.contact_details import display_phone, display_postcode

FORMAT = 1


def export(*, question: Question, now: datetime) -> list[Part]:
    """Return all that a resident may take along of their question; the access log records it."""
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


def export_for(*, question: Question, by: User, member: Membership, now: datetime) -> list[Part]:
    """Return the same for a request that a privacy officer answers; the log names the officer."""
    with transaction.atomic():
        access_log.record(
            access_log.event(
                now=now,
                partnership_id=question.partnership_id,
                actor=by,
                organisation_id=member.organisation_id,
                role=member.role,
                action=AccessEvent.Action.EXPORT,
                what="question",
                question_id=question.pk,
                person_id=question.asker_id,
                reason=Reason.DATA_REQUEST,
            )
        )
        return [part for part in parts_of(question, now) if part.rows]


def as_json(parts: list[Part]) -> dict[str, Any]:
    """Return the parts by their keys; docs/retention.md has the format."""
    return {"format": FORMAT, **{part.key: _to_dict(part.rows) for part in parts}}


@dataclass(frozen=True, slots=True)
class ExportRow:
    """One row for a reader: a text, or entries of (label, text)."""

    label: str
    text: str
    entries: list[list[tuple[str, str | FileContent]]]


def as_sections(parts: list[Part]) -> list[tuple[str, list[ExportRow]]]:
    """Return the parts for a page: (heading, rows)."""
    return [
        (part.title, [_export_row(key, label, value) for key, label, value in part.rows])
        for part in parts
    ]


def _export_row(key: str, label: str, value: Any) -> ExportRow:
    if not isinstance(value, list):
        return ExportRow(label, _format_for_reader(key, value), [])
    entries = [
        [(what, _part_for_reader(part_key, part)) for part_key, what, part in row] for row in value
    ]
    return ExportRow(label, "", entries)


def _part_for_reader(key: str, value: Any) -> str | FileContent:
    return value if isinstance(value, FileContent) else _format_for_reader(key, value)


def _format_for_reader(key: str, value: Any) -> str:
    """Format a value for a reader: `06 12345678`, where the JSON has `+31612345678`."""
    if key == "postcode":
        return display_postcode(value)
    if key == "value" and str(value).startswith("+"):
        return display_phone(value)
    return _format_value(value)


def _format_value(value: Any) -> str:
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    if isinstance(value, datetime):
        return dates.named_dated_moment(value) + " " + _("uur")
    if isinstance(value, date):
        return dates.named_dated_day(value)
    if isinstance(value, list):
        return "\n".join(": ".join(_format_value(part) for _k, _w, part in row) for row in value)
    return str(value)


def _to_dict(rows: Row) -> dict[str, Any]:
    return {
        key: [_to_dict(row) for row in value] if isinstance(value, list) else _for_machine(value)
        for key, _label, value in rows
    }


def _for_machine(value: Any) -> Any:
    return value.base64 if isinstance(value, FileContent) else value
