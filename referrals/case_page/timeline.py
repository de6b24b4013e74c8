"""The timeline as staff read it: what happened, and smaller what the resident reads of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from intake.questions.models import TimelineEntry
from referrals.casework import corrections
from welzijn.design_system.templatetags.dates import moment


@dataclass(frozen=True, slots=True)
class Step:
    """An entry of the timeline as the template takes it.

    `reads` is the sentence on the resident's own page; "" where they read none, or where `text`
    is that sentence already.
    """

    title: str
    when: str
    who: str
    text: str
    reads: str = ""
    now: bool = False
    struck: str = ""
    strike_url: str = ""


def steps_of(entries: Sequence[TimelineEntry], user_id: Any) -> list[Step]:
    """The steps of a question that was opened, for the user who reads it."""
    return [_step(entry, user_id) for entry in entries]


def _step(entry: TimelineEntry, user_id: Any) -> Step:
    happened = entry.for_staff
    text = entry.text
    own_words = not happened and text
    return Step(
        title=happened or entry.get_kind_display().capitalize(),
        when=moment(entry.at),
        who=_who(entry),
        text="\n".join(filter(None, [text if own_words else "", _for_colleagues(entry)])),
        reads=text if entry.for_resident and not own_words else "",
        struck=_struck(entry),
        strike_url=reverse("case_strike", args=[entry.question_id, entry.pk])
        if corrections.can_strike(entry, user_id)
        else "",
    )


def _struck(entry: TimelineEntry) -> str:
    """Who struck it through, and why; "" if nobody did."""
    if not corrections.is_struck(entry):
        return ""
    line = _("Doorgehaald door {who}.").format(who=entry.struck.by.name)
    return " ".join(filter(None, [line, entry.struck.reason]))


def _for_colleagues(entry: TimelineEntry) -> str:
    """What only colleagues read; what a resident said needs no such mark."""
    colleagues = entry.for_colleagues
    if entry.actor_kind == TimelineEntry.Actor.RESIDENT:
        return colleagues
    return _("Alleen voor collega's: {note}").format(note=colleagues) if colleagues else ""


def _who(entry: TimelineEntry) -> str:
    """The actor by name for colleagues, whatever the organisation shows to residents."""
    if entry.actor is not None:
        return ", ".join(str(part) for part in (entry.actor.name, entry.organisation) if part)
    return entry.get_actor_kind_display()
