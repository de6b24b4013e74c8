"""A hundred things that are due in casework; one of each can't be worked off."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from intake.questions.models import Question
from organisations.directory.models import Team
from organisations.partnerships.models import Partnership
from organisations.roles.models import Membership
from referrals.casework import pick_up
from referrals.conferences import closing
from referrals.conferences.models import AgendaItem, Conference
from referrals.follow_ups.models import FollowUp
from referrals.reminders import orphaned_work
from referrals.reminders import sweep as reminders
from tests.invariants.one_bad_row.faults import MANY, Step
from tests.referrals.retention.full_case import ended
from tests.support import factories as make
from welzijn.core.working_days import local_moment
from welzijn.notifications.models import Message

NOW = make.TUESDAY
Case = tuple[Step, Callable[[], Any], Callable[[], int]]
REMINDERS = "referrals.reminders."


def _questions(here: make.World) -> list[Question]:
    return [make.question(here, "geld", now=NOW) for _ in range(MANY)]


def remind() -> Iterator[Case]:
    """Questions that nobody picked up in time."""
    make.fresh_front_doors()
    here = make.world()
    make.intake_worker(here, "stimenz")
    _questions(here)
    rows = FollowUp.objects.filter(kind=FollowUp.Kind.PICK_UP).order_by("remind_at", "id")
    bad = rows[0]
    assert bad.remind_at is not None
    due = bad.remind_at + timedelta(minutes=1)

    def notified() -> int:
        notified = Message.objects.filter(subject_id__in=rows.values("pk"))
        return notified.values("subject_id").distinct().count()

    def about(_self: object, row: FollowUp, *_rest: Any) -> bool:
        return row.pk == bad.pk

    steps = [
        Step("validity", f"{REMINDERS}batch.Batch._still_applies", about),
        Step("row", f"{REMINDERS}batch.Batch.process", about),
        Step("audience", f"{REMINDERS}audience.Audience.of_step", about),
        Step("messages", "welzijn.notifications.outbox.messages_for",
             lambda **options: options["subject_id"] == bad.pk),
        Step("outbox", "welzijn.notifications.outbox.save",
             lambda messages: any(m.subject_id == bad.pk for m in messages)),
        Step("the row in the database", table="referrals_followup", statement="UPDATE",
             key=bad.pk),
    ]  # fmt: skip
    for step in steps:
        yield step, lambda: reminders.sweep(now=due), notified


def partnerships() -> Iterator[Case]:
    """A hundred partnerships, one with reading hours that can't be read."""
    make.fresh_front_doors()
    here = make.world()
    first = here.partnership
    for number in range(MANY - 1):
        other = make.partnership(f"p{number}")
        make.participation(other, here["welzijn"])
        team = Team.objects.create(
            partnership=other, slug="toegang", name="Toegang", organisation=here["welzijn"]
        )
        Partnership.objects.filter(pk=other.pk).update(triage_team=team)
    found: list[int] = []

    def look() -> None:
        found[:] = [len(reminders.working_partnerships(NOW))]

    yield (
        Step("hours", f"{REMINDERS}sweep._is_working",
             lambda partnership, _day: partnership.pk == first.pk),
        look,
        lambda: found[0],
    )  # fmt: skip


def start_clocks() -> Iterator[Case]:
    """Questions with a term of the law that no verb started."""
    here = make.world("clocks")
    questions = _questions(here)
    ids = [question.pk for question in questions]
    Question.objects.filter(pk__in=ids).update(kind=Question.Kind.DEBTS)

    def started() -> int:
        return FollowUp.objects.filter(kind=FollowUp.Kind.CLOCK, question__in=ids).count()

    for step in [
        Step("term", "referrals.follow_ups.legal_clock.watch",
             lambda question, _now: question.pk == ids[0]),
        Step("next step", "referrals.follow_ups.services.next_step",
             lambda question, *_rest: question.pk == ids[0]),
    ]:  # fmt: skip
        yield (
            step,
            lambda: reminders.sweep(now=local_moment(NOW.date()) + timedelta(hours=9)),
            started,
        )


def give_back() -> Iterator[Case]:
    """Questions of a worker whose role ended."""
    here = make.world("orphans")
    worker = make.intake_worker(here, "stimenz")
    questions = [
        pick_up.pick_up(question=question, by=worker, now=NOW) for question in _questions(here)
    ]
    Membership.objects.filter(user=worker).update(until=NOW.date() - timedelta(days=1))
    ids = [question.pk for question in questions]

    def back_with_triage() -> int:
        return Question.objects.filter(pk__in=ids, assigned_to=None).count()

    def about(question: Question, *_rest: Any, **_options: Any) -> bool:
        return question.pk == ids[0]

    for step in [
        Step("status", "intake.questions.status.move", about),
        Step("pick up", "referrals.leads.assignment.make_pick_up_due", about),
        Step("telling", "referrals.casework_base.notify.staff", about),
        Step("the question", table="intake_question", statement="UPDATE", key=ids[0]),
    ]:
        yield (
            step,
            lambda: orphaned_work.return_orphaned_work(partnerships=[here.partnership.pk], now=NOW),
            back_with_triage,
        )


def _conferences(here: make.World, **fields: Any) -> list[Conference]:
    return Conference.objects.bulk_create(
        Conference(partnership=here.partnership, proposed_at=NOW, **fields) for _ in range(MANY)
    )


def cancel() -> Iterator[Case]:
    """Proposals for an MDO about nothing any more."""
    ids = [one.pk for one in _conferences(make.world("cancel"))]

    def cancelled() -> int:
        return Conference.objects.filter(pk__in=ids, status=Conference.Status.CANCELLED).count()

    def about(*arguments: Any, **options: Any) -> bool:
        one = arguments[0] if arguments else options["conference"]
        return one.pk == ids[0]

    for step in [
        Step("status", "referrals.conferences.state_machine.move", about),
        Step("telling", "referrals.conferences.notifications.everybody", about),
        Step("bases", "referrals.conferences.closing.end_all_participation", about),
        Step("the MDO", table="referrals_conference", statement="UPDATE", key=ids[0]),
    ]:
        yield step, lambda: closing.cancel_abandoned(now=NOW), cancelled


def uninvite() -> Iterator[Case]:
    """Residents whose question ended before the talk about it."""
    here = make.world("uninvite")
    start = NOW + timedelta(days=7)
    times = {"starts_at": start, "ends_at": start + timedelta(hours=1)}
    conferences = _conferences(here, status=Conference.Status.PLANNED, **times)
    question = make.question(here, "geld", now=NOW)
    ended(question, NOW)
    items = AgendaItem.objects.bulk_create(
        AgendaItem(conference=one, question=question, why="Geld", added_at=NOW)
        for one in conferences
    )
    ids = [item.pk for item in items]

    def uninvited() -> int:
        return AgendaItem.objects.filter(pk__in=ids, resident_invited=False).count()

    for step in [
        Step("telling", "referrals.conferences.notifications.not_invited",
             lambda item, *_rest: item.pk == ids[0]),
        Step("the item", table="referrals_agendaitem", statement="UPDATE", key=ids[0]),
    ]:  # fmt: skip
        yield step, lambda: closing.uninvite_residents_of_closed(now=NOW), uninvited
