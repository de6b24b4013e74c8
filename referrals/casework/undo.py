"""Undo what was done a moment ago: assigned, picked up, put back, moved, ticked off, taken over.

`state` before and after a step is what an undo goes back to, and how it knows that nothing else
happened since. Undoing is a new entry in the history: no entry and no follow-up is deleted, what
the step added is cancelled, and each due version rises, so that reminders fit again.
"""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from intake.questions import status, timeline
from intake.questions.models import Question, TimelineEntry
from intake.questions.sentences import Sentence
from intake.questions.status import WrongMomentError
from referrals.casework_base import acting_membership, notify
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.follow_ups import sentences
from referrals.follow_ups import services as follow_up_services
from referrals.follow_ups.models import FollowUp
from referrals.handovers import meetings as handover_meetings
from welzijn.accounts.models import User
from welzijn.core.working_days import local_date

_OPEN = FollowUp.Status.OPEN


def state(question: Question) -> dict[str, Any]:
    """Return who has the question, what is due for it and its last entry: ids and days only."""
    found = Question.objects.values("status", "assigned_to", "lead", "lead_team", "due_on").get(
        pk=question.pk
    )
    last = TimelineEntry.objects.filter(question=question).order_by("-id").values("pk").first()
    return {
        "question": {name: _plain(value) for name, value in found.items()},
        "last": _plain(last["pk"]) if last else None,
        "due": {
            str(one["pk"]): {name: _plain(value) for name, value in one.items() if name != "pk"}
            for one in FollowUp.objects.filter(question=question).values(
                "pk", "status", "due_on", "at_time", "worker", "organisation", "team", "due_version"
            )
        },
    }


def undo(
    *, question: Question, before: dict[str, Any], after: dict[str, Any], by: User, now: datetime
) -> Question:
    """Bring back what was before the last step of `by`, with an entry that says so.

    Raises WrongMomentError where anything happened since, and NotAllowedError where `by` may no
    longer do the step itself.
    """
    with transaction.atomic():
        question = status.lock(question)
        if before == after or state(question) != after:
            raise WrongMomentError(
                _("Er is intussen iets anders gebeurd. Ongedaan maken kan niet meer.")
            )
        undone = TimelineEntry.objects.get(pk=after["last"])
        if undone.actor_id != by.id or undone.question_id != question.pk:
            raise NotAllowedError(_("Alleen wie het deed, kan het ongedaan maken."))
        on = local_date(now)
        acting = acting_membership.working_as(by, question, on)
        member = (
            acting.membership if acting else acting_membership.coordinating_as(by, question, on)
        )
        if member is None:
            raise NotAllowedError(_("U werkt niet (meer) aan deze vraag."))
        worker_before, worker_after = _workers(before, after)
        if worker_before and (
            acting_membership.can_be_assigned(worker_before, question, on) is None
        ):
            raise WrongMomentError(_("Deze collega mag deze vraag niet lezen."))
        had, has = before["question"], after["question"]
        if had["status"] != has["status"]:
            status.move(question, had["status"], now=now)
        question.assigned_to = worker_before
        question.last_activity_at = now
        question.save()
        _restore(question, before["due"])
        follow_up_services.next_step(question)
        handover_meetings.reassign_meeting(question=question, now=now)
        entry = timeline.by_staff(
            question=question,
            kind=TimelineEntry.Kind(undone.kind),
            user=by,
            organisation=member.organisation,
            sentence=sentences.UNDONE(what=Sentence(undone.sentence, undone.parameters)),
            for_resident=undone.for_resident,
            now=now,
        )
        if worker_before != worker_after:
            recipients = [
                notify.user(who) for who in (worker_before, worker_after) if who is not None
            ]
            notify.staff(question, entry, recipients, "question_moved", now, exclude=by)
    return question


def _workers(before: dict[str, Any], after: dict[str, Any]) -> tuple[User | None, User | None]:
    ids = [one["question"]["assigned_to"] for one in (before, after)]
    found = {str(user.pk): user for user in User.objects.filter(pk__in=[pk for pk in ids if pk])}
    first, second = (found.get(pk) for pk in ids)
    return first, second


def _restore(question: Question, due: dict[str, dict[str, Any]]) -> None:
    """Cancel what the step added, then set the rest back: only one of a kind can be open."""
    calendar = follow_up_services.calendar_of(question)
    rows = list(FollowUp.objects.select_for_update(no_key=True).filter(question=question))
    now = question.last_activity_at
    for row in rows:
        was = due.get(str(row.pk))
        if row.status == _OPEN and (was is None or was["status"] != _OPEN):
            row.status = was["status"] if was else FollowUp.Status.CANCELLED
            row.done_at, row.remind_at = now, None
            row.save()
    for row in rows:
        was = due.get(str(row.pk))
        if was is None or was["status"] != _OPEN or _same(row, was):
            continue
        row.status, row.done_at = _OPEN, None
        row.due_on = date.fromisoformat(was["due_on"])
        row.at_time = time.fromisoformat(was["at_time"]) if was["at_time"] else None
        row.worker_id = UUID(was["worker"]) if was["worker"] else None
        row.organisation_id = UUID(was["organisation"])
        row.team_id = UUID(was["team"]) if was["team"] else None
        row.due_version += 1
        row.escalation = 0
        row.remind_at = follow_up_services.first_look(row.kind, row.due_on, calendar)
        row.save()


def _same(row: FollowUp, was: dict[str, Any]) -> bool:
    names = {"worker": "worker_id", "organisation": "organisation_id", "team": "team_id"}
    return all(_plain(getattr(row, names.get(name, name))) == value for name, value in was.items())


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    return value.isoformat() if isinstance(value, date | time) else value
