"""What is shared with another question is kept, and so are figures and person-free decisions."""

from datetime import date, timedelta

import pytest

from intake.households import links as household_links
from intake.households.models import Household
from intake.people.models import Person
from intake.questions.models import Decision, Question
from referrals.casework.pick_up import pick_up
from referrals.conferences import agenda as conference_agenda
from referrals.conferences import invitations as conference_invitations
from referrals.conferences import planning as conference_planning
from referrals.conferences.models import Conference
from referrals.reports import counting
from referrals.reports.models import ReportCell
from referrals.routing_review.models import Correction
from tests.referrals.retention import personal_traces
from tests.referrals.retention.expired import LATER, THEN, old, round_at
from tests.referrals.retention.full_case import ended
from tests.support import factories as make
from tests.support import guards

pytestmark = pytest.mark.django_db
FAR_AHEAD = date(2100, 1, 1)


def test_a_person_is_kept_until_their_last_question_is_erased(here: make.World) -> None:
    first, second = old(here, name="Sanne"), make.question(here, "geld")
    with guards.switched_off():
        Question.objects.filter(pk=second.pk).update(asker=first.asker, subject=first.asker)
    assert round_at() == 1
    assert Person.objects.get(pk=first.asker_id).name == "Sanne"
    second.refresh_from_db()
    ended(second, THEN)
    assert round_at() == 1
    assert not Person.objects.exists()


def test_a_household_of_one_is_deleted(here: make.World) -> None:
    recent = LATER - timedelta(days=1)
    one, other, third = old(here), old(here, at=recent), old(here, at=recent)
    household_links.link(question=one, other=other, now=THEN)
    household_links.link(question=other, other=third, now=THEN)
    for question, at in ((one, THEN), (other, recent), (third, recent)):
        ended(question, at)
    assert round_at() == 1
    left = Household.objects.get().links.values_list("person", flat=True)
    assert set(left) == {other.asker_id, third.asker_id}
    Question.objects.filter(pk=third.pk).update(last_activity_at=LATER + timedelta(days=300))
    with guards.switched_off():
        third.timeline.update(at=LATER + timedelta(days=300))
    assert round_at(LATER + timedelta(days=366 * 2 - 1)) == 1
    assert not Household.objects.exists()
    assert Person.objects.filter(pk=third.asker_id).exists()


def test_a_conference_with_another_question_on_its_agenda_stays(here: make.World) -> None:
    worker = make.intake_worker(here, "stimenz")
    first, second = make.question(here, "geld"), make.question(here, "geld")
    for question in (first, second):
        pick_up(question=question, by=worker, now=THEN)
    conference = conference_planning.propose(question=first, why="Samen.", by=worker, now=THEN)
    conference_agenda.add_question(
        conference=conference, question=second, why="Ook.", by=worker, now=THEN
    )
    conference_invitations.invite_outside(
        conference=conference,
        name="Meester Bo",
        works_at="School",
        email="bo@voordeur.example",
        by=worker,
        now=THEN,
    )
    ended(first, THEN)
    assert round_at() == 1
    assert conference.agenda.get().question == second
    assert conference.participants.filter(email="bo@voordeur.example").exists()
    ended(second, THEN)
    assert round_at() == 1
    assert not Conference.objects.exists()
    assert personal_traces.traces(["bo@voordeur.example"]) == []


def test_figures_go_on_counting_as_they_did(here: make.World) -> None:
    ended(make.question(here, "geld"), THEN, "closed")
    ended(make.question(here, "geld", "vervoer"), THEN, "closed")
    totals = {
        (c.life_domain, c.several): c.helped for c in ReportCell.objects.all() if c.helped > 0
    }
    round_at()
    gone = ReportCell.objects.filter(departed=True, helped__gt=0)
    assert {(c.life_domain, c.several): c.helped for c in gone} == totals
    rollup = counting.rolled_up(here.partnership, make.LONG_AGO, FAR_AHEAD)
    assert rollup == counting.recount(here.partnership) == {}


def test_the_decision_stays_without_its_question_and_its_correction_with_it(
    here: make.World,
) -> None:
    decision = Decision.objects.get(question=old(here))
    Correction.objects.create(
        decision=decision,
        partnership=here.partnership,
        from_organisation=here["stimenz"],
        to_organisation=here["actief"],
        why=Correction.Why.NO_ROOM,
        by=make.user(),
        at=THEN,
    )
    round_at()
    decision.refresh_from_db()
    assert decision.question is None
    assert decision.rule_key == "geld"
    assert decision.corrections.count() == 1
