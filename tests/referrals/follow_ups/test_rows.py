"""The rows of what is due: the next step, what ends, what falls back, and to whom."""

from datetime import date
from typing import Any

import pytest

from intake.questions.models import Question
from referrals.follow_ups import sentences as follow_up_sentences
from referrals.follow_ups import services as follow_up_services
from referrals.follow_ups import staff_actions as follow_up_actions
from referrals.follow_ups.models import FollowUp
from tests.referrals.follow_ups.due import open_kinds, the
from tests.referrals.follow_ups.test_services import Case
from tests.support import factories as make
from welzijn.core.working_days import local_moment

pytestmark = pytest.mark.django_db
Kind = FollowUp.Kind
NOW = make.TUESDAY
TUESDAY, WEDNESDAY = date(2026, 11, 24), date(2026, 11, 25)
THURSDAY, FRIDAY = date(2026, 11, 26), date(2026, 11, 27)
MONDAY = date(2026, 11, 30)


def test_the_next_step_of_a_question_is_the_first_that_is_open() -> None:
    case = Case()
    first = the(case.question, "first_contact").due_on
    planned = case.plan(WEDNESDAY)

    def next_day() -> date | None:
        return Question.objects.get(pk=case.question.pk).due_on

    assert first > WEDNESDAY
    assert next_day() == WEDNESDAY
    follow_up_actions.move(follow_up=planned, due_on=date(2026, 12, 28), by=case.worker, now=NOW)
    assert next_day() == first
    follow_up_actions.move(follow_up=planned, due_on=WEDNESDAY, by=case.worker, now=NOW)
    follow_up_actions.done(follow_up=planned, by=case.worker, now=NOW)
    assert next_day() == first
    # What only watches over a step is none.
    follow_up_services.make(
        question=case.question,
        kind=Kind.ACTION,
        what=follow_up_sentences.AGREED(what="iets"),
        due_on=TUESDAY,
        organisation=case.here["stimenz"],
        now=NOW,
    )
    case.question.due_on = TUESDAY
    follow_up_services.next_step(case.question)
    assert next_day() == first
    # The caller's object knows it as well.
    assert case.question.due_on == first


def test_closing_what_is_open_can_be_for_one_organisation_and_leave_kinds_out() -> None:
    case = Case()
    ours = case.plan()
    theirs = follow_up_services.make(
        question=case.question,
        kind=Kind.AGREED,
        what=follow_up_sentences.AGREED(what="meehelpen"),
        due_on=FRIDAY,
        organisation=case.here["actief"],
        now=NOW,
    )
    review = follow_up_services.make(
        question=case.question,
        kind=Kind.REVIEW,
        what=follow_up_sentences.AGREED(what="terugkijken"),
        due_on=FRIDAY,
        organisation=case.here["stimenz"],
        now=NOW,
    )
    follow_up_services.close_open(case.question, organisation=case.here["actief"], now=NOW)
    for row in (ours, theirs):
        row.refresh_from_db()
    assert (ours.status, theirs.status, theirs.done_at) == ("open", "cancelled", NOW)
    follow_up_services.close_open(case.question, keep=[Kind.QUIET], now=NOW)
    # A review outlives the question, unless it is named.
    assert open_kinds(case.question) == {"quiet", "review"}
    follow_up_services.close_open(case.question, [Kind.REVIEW], now=NOW)
    review.refresh_from_db()
    assert (review.status, review.remind_at) == ("cancelled", None)
    assert open_kinds(case.question) == {"quiet"}


def test_what_an_organisation_planned_falls_back_to_the_lead_and_nothing_else_does() -> None:
    case = Case()
    fields: dict[str, Any] = {"question": case.question, "due_on": FRIDAY, "now": NOW}
    actief, triage = case.here["actief"], case.here.triage
    agreed = follow_up_services.make(
        kind=Kind.AGREED, what=follow_up_sentences.AGREED(what="a"), organisation=actief, **fields
    )
    requested = follow_up_services.make(
        kind=Kind.CONSULTATION,
        what=follow_up_sentences.AGREED(what="b"),
        organisation=actief,
        **fields,
    )
    of_team = follow_up_services.make(
        kind=Kind.AGREED,
        what=follow_up_sentences.AGREED(what="c"),
        organisation=actief,
        team=triage,
        **fields,
    )
    done = follow_up_services.make(
        kind=Kind.AGREED, what=follow_up_sentences.AGREED(what="d"), organisation=actief, **fields
    )
    FollowUp.objects.filter(pk=done.pk).update(status="done", done_at=NOW)
    follow_up_services.return_to_lead(case.question, actief)
    for row in (agreed, requested, of_team, done):
        row.refresh_from_db()
    assert (agreed.organisation, agreed.worker, agreed.due_version) == (
        case.here["stimenz"],
        case.worker,
        2,
    )
    assert {row.organisation for row in (requested, of_team, done)} == {actief}


def test_a_quiet_watch_runs_for_the_term_of_the_partnership() -> None:
    case = Case()
    follow_up_services.watch_for_quiet(case.question, NOW)
    due = the(case.question, "quiet")
    assert case.here.partnership.quiet_after == 15
    assert (due.due_on, due.worker, due.remind_at) == (
        date(2026, 12, 15),
        case.worker,
        local_moment(date(2026, 12, 15), follow_up_services.DAY_BEGINS),
    )


def test_what_is_of_the_lead_is_that_of_its_team_where_a_team_leads() -> None:
    here = make.world()
    question = make.question(here, "geld", shares=False)
    assert question.lead_team == here.triage
    fields: dict[str, Any] = {"question": question, "kind": Kind.AGREED, "now": NOW}
    of_team = follow_up_services.make(
        what=follow_up_sentences.AGREED(what="a"),
        due_on=FRIDAY,
        organisation=here["stimenz"],
        team=here.triage,
        **fields,
    )
    apart = follow_up_services.make(
        what=follow_up_sentences.AGREED(what="b"),
        due_on=FRIDAY,
        organisation=question.lead,
        **fields,
    )
    found = set(follow_up_services.open_of_lead(question).filter(kind="agreed"))
    assert found == {of_team}
    assert apart not in found
