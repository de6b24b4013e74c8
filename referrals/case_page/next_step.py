"""The next step of a question: what to do now, by whom, and with which action."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from intake.questions.models import Question
from referrals.follow_ups.models import FollowUp
from referrals.handovers.models import Handover
from referrals.work_list.rows import late_for_us
from welzijn.core import dates
from welzijn.core.working_days import Calendar

Kind = FollowUp.Kind


@dataclass(frozen=True, slots=True)
class Next:
    """The next step: a sentence, its action, and its urgency."""

    text: str
    action: str
    day: date | None = None
    late: int = 0
    tone: str = "neutral"
    waits_for: str = ""
    follow_up: FollowUp | None = None


def next_step(
    question: Question,
    due: Sequence[FollowUp],
    handover: Handover | None,
    leads: bool,
    receives: bool,
    calendar: Calendar,
    today: date,
) -> Next:
    """Return the next step: the first that applies. The page gives it most prominence."""
    by_kind = {f.kind: f for f in due}
    if Kind.DUTY in by_kind:
        return Next(_("Mogelijk gevaar. Kijk nu, en zeg of er gevaar is."), "judge", tone="danger")
    if not question.is_open:
        check = by_kind.get(Kind.CHECK)
        if leads and check is not None and _by_phone(check, today):
            text = _("Bel de inwoner en vraag hoe het gaat.")
            return _with_day(text, "check", check, question, calendar, today)
        return Next(_("Deze vraag is afgerond."), "reopen" if leads else "")
    if question.status == Question.Status.NEW and leads:
        row = by_kind.get(Kind.PICK_UP)
        return _with_day(_("Nog niet opgepakt."), "pick_up", row, question, calendar, today)
    if handover is not None:
        found = _handover_next(handover, by_kind.get(Kind.HANDOVER), leads, receives)
        if found is not None:
            text, action = found
            row = by_kind.get(Kind.HANDOVER)
            step = _with_day(text, action, row, question, calendar, today)
            # Don't tell the receiver that it waits for the receiver.
            return replace(step, waits_for="") if receives else step
    first = by_kind.get(Kind.FIRST_CONTACT)
    if first is not None:
        return _with_day(
            _("Neem contact op met de inwoner."), "contact", first, question, calendar, today
        )
    rows = [f for f in due if f.kind in (Kind.AGREED, Kind.CLOCK, Kind.DESK)]
    if rows:
        return _with_day(
            capfirst(rows[0].what),
            "contact",
            rows[0],
            question,
            calendar,
            today,
        )
    if handover is not None and handover.status == Handover.Status.OFFERED and leads:
        text = _("{who} antwoordt op de overdracht. Tot dan helpt u verder.")
        row = by_kind.get(Kind.HANDOVER)
        step = _with_day(
            text.format(who=handover.receiver), "contact", row, question, calendar, today
        )
        return replace(step, waits_for="")
    return Next(_("Er staat geen volgende stap gepland."), "plan")


def _by_phone(check: FollowUp, today: date) -> bool:
    """Whether the worker must do the check: it is due and no message was sent."""
    return check.waits_for == FollowUp.WaitsFor.US and check.due_on <= today


def _handover_next(
    handover: Handover, row: FollowUp | None, leads: bool, receives: bool
) -> tuple[str, str] | None:
    state = Handover.Status
    if handover.status == state.PROPOSED and leads:
        return _("Vraag de inwoner of {who} de vraag mag overnemen.").format(
            who=handover.receiver
        ), "resident_says"
    if handover.status == state.QUESTION and leads:
        return _("{who} vraagt iets over de overdracht.").format(who=handover.receiver), "answer"
    if handover.status == state.ANSWERED and leads:
        return _("Vraag de inwoner of uw antwoord naar {who} mag.").format(
            who=handover.receiver
        ), "resident_says"
    if handover.status == state.ACCEPTED and receives:
        return _("Maak kennis met de inwoner. Daarna heeft u de regie."), "met"
    if handover.status == state.ACCEPTED and leads:
        when = (
            _(" Afspraak: {when}.").format(when=dates.near_moment(handover.meeting_at))
            if handover.meeting_at
            else ""
        )
        return _("{who} zei ja. Plan het gesprek met z'n drieën.").format(
            who=handover.receiver
        ) + when, "met" if handover.meeting_at else "meeting"
    return None


def _with_day(
    text: str,
    action: str,
    row: FollowUp | None,
    question: Question,
    calendar: Calendar,
    today: date,
) -> Next:
    day = row.due_on if row is not None else question.due_on
    late = late_for_us(row, calendar, today) if row is not None else calendar.overdue_by(day, today)
    tone = "danger" if late else ("warning" if day <= today else "neutral")
    waits = row.get_waits_for_display() if row is not None and row.waits_for != "us" else ""
    return Next(text, action, day, late, tone, waits, row)
