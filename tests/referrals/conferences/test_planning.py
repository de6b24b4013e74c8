"""The MDO: invited is not informed, each question keeps its own readers, the resident is there."""

from datetime import date

import pytest
from django.db import IntegrityError, connection

from intake.questions.models import Question
from intake.questions.status import WrongMomentError
from organisations.roles.models import Role
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.conferences import agenda as conference_agenda
from referrals.conferences import page as conference_page
from referrals.conferences import planning as conference_planning
from referrals.conferences.models import AgendaItem
from referrals.follow_ups.models import FollowUp
from referrals.resident_portal import consent_withdrawal
from tests.referrals.conferences.family_conference import ENDS, STARTS, Family
from tests.referrals.follow_ups.due import the
from tests.support import factories as make
from welzijn.audit.models import AccessEvent

pytestmark = pytest.mark.django_db


def test_being_invited_shows_time_and_place_and_nothing_of_the_question() -> None:
    family = Family()
    conference = family.planned()
    assert family.sees(family.youth, conference) == []
    assert not Question.objects.visible_to(family.youth, date(2026, 11, 24)).contains(
        family.question
    )
    family.share()
    assert family.sees(family.youth, conference) == [family.parents.reference]
    assert AccessEvent.objects.filter(actor=family.youth, what="conference").count() == 1


def test_who_has_nothing_to_do_with_it_sees_nothing() -> None:
    family = Family()
    conference = family.planned()
    for stranger in (make.intake_worker(family.here, "actief"), make.triagist(family.here)):
        assert family.sees(stranger, conference) is None
        assert not conference_page.listed(
            user=stranger, partnership=family.here.partnership, now=family.now
        ).exists()


def test_revoking_shuts_the_door_of_the_mdo_as_well() -> None:
    family = Family()
    conference = family.planned()
    basis = family.share()
    consent_withdrawal.revoke(question=family.question, basis=basis, now=family.now)
    assert family.sees(family.youth, conference) == []


def test_the_question_of_a_son_on_the_same_agenda_stays_closed_to_the_parents_side() -> None:
    family = Family()
    conference = family.planned()
    family.share()
    conference_agenda.add_question(
        conference=conference,
        question=family.sons,
        why="Over thuis.",
        by=family.youth,
        now=family.now,
    )
    assert family.sees(family.worker, conference) == [family.parents.reference]
    assert family.sees(family.youth, conference) == [
        family.parents.reference,
        family.son.reference,
    ]
    with pytest.raises(NotAllowedError):
        family.write(item=AgendaItem.objects.get(question=family.sons))


def test_a_wijkaanjager_proposes_and_it_is_due_for_who_has_the_question() -> None:
    family = Family()
    place = family.here.places["dorp"]
    lead = make.member(family.here, Role.NEIGHBOURHOOD_LEAD, neighbourhood=place)
    conference = conference_planning.propose(
        question=family.question, why="Samen verder.", by=lead, now=family.now
    )
    assert family.sees(lead, conference) == []
    due = the(family.question, FollowUp.Kind.ACTION)
    assert (due.worker, due.due_on) == (family.worker, date(2026, 11, 27))
    with pytest.raises(NotAllowedError):
        conference_planning.propose(question=family.sons, why="x", by=lead, now=family.now)


def test_a_resident_asks_for_one_and_planning_it_is_the_answer() -> None:
    family = Family()
    conference = conference_planning.propose(
        question=family.question, why="Met u allen.", now=family.now
    )
    assert conference.proposed_by is None
    with pytest.raises(WrongMomentError):
        family.proposed()
    conference_planning.plan(
        conference=conference,
        starts_at=STARTS,
        ends_at=ENDS,
        place="Het Trefpunt",
        by=family.worker,
        now=family.now,
    )
    assert not FollowUp.objects.filter(question=family.question, kind="action", status="open")


def test_the_resident_is_invited_and_where_not_the_reason_is_theirs_to_read() -> None:
    family = Family()
    family.planned()
    assert family.item().resident_invited
    with pytest.raises(ValueError, match="reason"):
        conference_planning.say_about_resident(
            item=family.item(), invited=False, by=family.worker, now=family.now
        )
    conference_planning.say_about_resident(
        item=family.item(),
        invited=False,
        why_not="U bent die dag in het ziekenhuis.",
        by=family.worker,
        now=family.now,
    )
    shown = family.question.timeline.filter(for_resident=True)
    assert any("in het ziekenhuis" in entry.text for entry in shown)
    with pytest.raises(IntegrityError):
        AgendaItem.objects.filter(pk=family.item().pk).update(not_invited_why="")


def test_an_mdo_stays_inside_its_partnership() -> None:
    family = Family()
    elsewhere = make.question(make.world("elders"), "geld")
    AgendaItem.objects.create(
        conference=family.proposed(), question=elsewhere, why="x", added_at=family.now
    )
    with connection.cursor() as cursor, pytest.raises(IntegrityError):
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
