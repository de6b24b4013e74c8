"""What is due: on which day, when the sweep looks first, who may move and do it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from intake.questions.models import Question, TimelineEntry
from intake.questions.status import WrongMomentError
from referrals.casework import close as casework_close
from referrals.casework import pick_up
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.follow_ups import sentences as follow_up_sentences
from referrals.follow_ups import services as follow_up_services
from referrals.follow_ups import staff_actions as follow_up_actions
from referrals.follow_ups.models import FollowUp
from tests.referrals.follow_ups.due import the
from tests.support import factories as make
from tests.support import guards
from welzijn.core.working_days import Calendar

pytestmark = pytest.mark.django_db
Kind = FollowUp.Kind
NOW = make.TUESDAY
TUESDAY, WEDNESDAY = date(2026, 11, 24), date(2026, 11, 25)
THURSDAY, FRIDAY = date(2026, 11, 26), date(2026, 11, 27)
MONDAY = date(2026, 11, 30)


def six_on(day: date) -> datetime:
    """Six o'clock in the morning in Amsterdam in winter."""
    return datetime(day.year, day.month, day.day, 5, 0, tzinfo=UTC)


class Case:
    """A question that Stimenz has picked up."""

    def __init__(self) -> None:
        self.here = make.world()
        self.worker = make.intake_worker(self.here, "stimenz")
        self.colleague = make.intake_worker(self.here, "stimenz")
        self.outsider = make.intake_worker(self.here, "actief")
        self.question = make.question(self.here, "geld")
        pick_up.pick_up(question=self.question, by=self.worker, now=NOW)
        self.question.refresh_from_db()

    def plan(self, due_on: date = FRIDAY, **changes: Any) -> FollowUp:
        values: dict[str, Any] = {"what": "brief lezen", "by": self.worker, "now": NOW}
        return follow_up_actions.plan(
            question=self.question, due_on=due_on, **{**values, **changes}
        )

    def entry(self) -> TimelineEntry:
        """The newest entry of the timeline."""
        return self.question.timeline.latest("id")


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in (Kind.PICK_UP, Kind.CLOCK)])
def test_the_sweep_looks_first_at_six_on_the_day_itself(kind: FollowUp.Kind) -> None:
    assert follow_up_services.first_look(kind, FRIDAY, Calendar()) == six_on(FRIDAY)


def test_picking_up_is_looked_at_the_day_after_and_not_on_the_day_itself() -> None:
    assert follow_up_services.first_look(Kind.PICK_UP, THURSDAY, Calendar()) == six_on(FRIDAY)
    # The day after, not the working day after: the sweep itself waits for one.
    assert follow_up_services.first_look(Kind.PICK_UP, FRIDAY, Calendar()) == six_on(
        date(2026, 11, 28)
    )


def test_a_term_of_the_law_is_looked_at_a_working_day_ahead() -> None:
    assert follow_up_services.first_look(Kind.CLOCK, FRIDAY, Calendar()) == six_on(THURSDAY)
    assert follow_up_services.first_look(Kind.CLOCK, MONDAY, Calendar()) == six_on(FRIDAY)
    closed = Calendar(closing_days=frozenset({FRIDAY}))
    assert follow_up_services.first_look(Kind.CLOCK, MONDAY, closed) == six_on(THURSDAY)


def test_a_new_question_is_due_for_picking_up_with_its_first_look_the_day_after() -> None:
    here = make.world()
    due = the(make.question(here, "geld"), "pick_up")
    assert (due.due_on, due.remind_at) == (THURSDAY, six_on(FRIDAY))


def test_a_step_is_planned_for_who_planned_it() -> None:
    case = Case()
    planned = case.plan()
    planned.refresh_from_db()
    assert (planned.kind, planned.what, planned.due_on) == ("agreed", "brief lezen", FRIDAY)
    assert (planned.worker, planned.created_by) == (case.worker, case.worker)
    assert (planned.organisation, planned.team) == (case.here["stimenz"], None)
    assert (planned.waits_for, planned.status, planned.created_at) == ("us", "open", NOW)
    assert (planned.remind_at, planned.escalation, planned.due_version) == (six_on(FRIDAY), 0, 1)
    assert (planned.partnership, planned.for_resident) == (case.here.partnership, False)
    entry = case.entry()
    assert (entry.kind, entry.text, entry.for_colleagues) == (
        "follow_up",
        "De volgende stap is op vrijdag 27 november.",
        "brief lezen",
    )
    assert (entry.actor, entry.organisation) == (case.worker, case.here["stimenz"])


def test_a_shared_step_is_told_to_the_resident_in_words() -> None:
    case = Case()
    assert case.plan(shared=True).for_resident
    entry = case.entry()
    assert (entry.text, entry.for_colleagues) == (
        "De volgende stap is op vrijdag 27 november: brief lezen",
        "",
    )


@pytest.mark.parametrize("day", [TUESDAY, FRIDAY, date(2026, 11, 28), date(2028, 11, 24)])
def test_a_step_stays_on_the_day_that_was_chosen(day: date) -> None:
    assert Case().plan(day).due_on == day


def test_a_step_lies_within_two_years() -> None:
    with pytest.raises(WrongMomentError, match="meer dan twee jaar"):
        Case().plan(date(2028, 11, 25))


def test_yesterday_is_over_by_clocks_in_amsterdam() -> None:
    case = Case()
    with pytest.raises(WrongMomentError):
        case.plan(date(2026, 11, 23))
    # Half past midnight on Wednesday in Amsterdam; still Tuesday in UTC.
    with pytest.raises(WrongMomentError):
        case.plan(TUESDAY, now=datetime(2026, 11, 24, 23, 30, tzinfo=UTC))
    assert not FollowUp.objects.filter(kind="agreed").exists()


def test_only_who_works_on_an_open_question_plans() -> None:
    case = Case()
    with pytest.raises(NotAllowedError):
        case.plan(by=case.outsider)
    casework_close.close(
        question=case.question,
        result=Question.Result.HELPED,
        words="Klaar.",
        by=case.worker,
        now=NOW,
    )
    with pytest.raises(WrongMomentError):
        case.plan()


def test_several_agreed_steps_stand_beside_each_other_and_one_first_contact() -> None:
    case = Case()
    assert case.plan() != case.plan()
    first = the(case.question, "first_contact")
    FollowUp.objects.filter(pk=first.pk).update(escalation=2, remind_at=None)
    again = follow_up_services.make(
        question=case.question,
        kind=Kind.FIRST_CONTACT,
        what=follow_up_sentences.AGREED(what="bellen"),
        due_on=MONDAY,
        organisation=case.here["stimenz"],
        worker=case.colleague,
        now=NOW + timedelta(days=1),
    )
    again.refresh_from_db()
    assert again == first
    assert (again.what, again.due_on, again.worker) == ("bellen", MONDAY, case.colleague)
    assert (again.due_version, again.escalation, again.remind_at) == (2, 0, six_on(MONDAY))
    assert again.created_at == NOW


def test_a_kind_that_exists_once_is_new_again_after_its_end() -> None:
    case = Case()
    first = the(case.question, "first_contact")
    follow_up_services.close_open(case.question, [Kind.FIRST_CONTACT], done=True, now=NOW)
    again = follow_up_services.make(
        question=case.question,
        kind=Kind.FIRST_CONTACT,
        what=follow_up_sentences.AGREED(what="bellen"),
        due_on=MONDAY,
        organisation=case.here["stimenz"],
        now=NOW,
    )
    assert again != first
    first.refresh_from_db()
    assert (first.status, first.done_at, first.remind_at) == ("done", NOW, None)


@pytest.mark.parametrize("kind", list(Kind))
def test_what_can_be_moved_gets_a_new_version_and_the_rest_keeps_its_day(
    kind: FollowUp.Kind,
) -> None:
    case = Case()
    with guards.switched_off():
        FollowUp.objects.filter(question=case.question).delete()
    due = follow_up_services.make(
        question=case.question,
        kind=kind,
        what=follow_up_sentences.AGREED(what="iets"),
        due_on=FRIDAY,
        organisation=case.here["stimenz"],
        worker=case.worker,
        now=NOW,
    )
    FollowUp.objects.filter(pk=due.pk).update(escalation=1, remind_at=None)
    move: dict[str, Any] = {"follow_up": due, "due_on": MONDAY, "by": case.worker}
    if kind not in ("agreed", "first_contact", "check", "action", "safety", "desk"):
        with pytest.raises(WrongMomentError):
            follow_up_actions.move(**move, now=NOW)
        due.refresh_from_db()
        assert (due.due_on, due.due_version) == (FRIDAY, 1)
        return
    moved = follow_up_actions.move(**move, now=NOW)
    moved.refresh_from_db()
    assert (moved.due_on, moved.due_version, moved.escalation) == (MONDAY, 2, 0)
    assert moved.remind_at == six_on(MONDAY)
    entry = case.entry()
    assert (entry.text, entry.for_colleagues) == (
        "De volgende stap is nu op maandag 30 november.",
        "iets",
    )
    assert entry.for_resident == (kind not in ("check", "safety"))


def test_moving_to_the_same_day_changes_nothing() -> None:
    case = Case()
    planned = case.plan()
    before = case.question.timeline.count()
    same = follow_up_actions.move(follow_up=planned, due_on=FRIDAY, by=case.colleague, now=NOW)
    assert (same.due_version, case.question.timeline.count()) == (1, before)


def test_moving_is_for_who_works_on_it_and_not_to_the_past() -> None:
    case = Case()
    planned = case.plan()
    with pytest.raises(NotAllowedError):
        follow_up_actions.move(follow_up=planned, due_on=MONDAY, by=case.outsider, now=NOW)
    with pytest.raises(WrongMomentError):
        follow_up_actions.move(
            follow_up=planned, due_on=date(2026, 11, 23), by=case.worker, now=NOW
        )
    follow_up_actions.done(follow_up=planned, by=case.worker, now=NOW)
    with pytest.raises(WrongMomentError):
        follow_up_actions.move(follow_up=planned, due_on=MONDAY, by=case.worker, now=NOW)


@pytest.mark.parametrize("kind", list(Kind))
def test_what_a_worker_does_is_done_once_and_the_rest_ends_by_its_own_step(
    kind: FollowUp.Kind,
) -> None:
    case = Case()
    with guards.switched_off():
        FollowUp.objects.filter(question=case.question).delete()
    due = follow_up_services.make(
        question=case.question,
        kind=kind,
        what=follow_up_sentences.AGREED(what="iets"),
        due_on=FRIDAY,
        organisation=case.here["stimenz"],
        now=NOW,
    )
    before = case.question.timeline.count()
    if kind not in ("agreed", "clock", "action", "safety", "review", "desk"):
        with pytest.raises(WrongMomentError):
            follow_up_actions.done(follow_up=due, by=case.worker, now=NOW)
        return
    later = NOW + timedelta(hours=1)
    follow_up_actions.done(follow_up=due, by=case.worker, now=later)
    follow_up_actions.done(follow_up=due, by=case.worker, now=later + timedelta(hours=1))
    due.refresh_from_db()
    assert (due.status, due.done_at, due.remind_at) == ("done", later, None)
    assert case.question.timeline.count() == before + 1
    entry = case.entry()
    assert (entry.text, entry.for_colleagues) == (
        "Wij hebben gedaan wat er afgesproken was.",
        "iets",
    )
    assert entry.for_resident == (kind not in ("safety", "review"))
    assert Question.objects.get(pk=case.question.pk).last_activity_at == later


def test_done_within_a_conversation_is_not_told_to_the_resident_again() -> None:
    case = Case()
    follow_up_actions.done(follow_up=case.plan(), by=case.worker, now=NOW, for_resident=False)
    assert not case.entry().for_resident
