"""Nobody takes another organisation's question alone: they ask, or take it at once in danger."""

from datetime import date

import pytest

from intake.access_log import resident_log
from intake.questions.models import Question, SharingBasis
from intake.questions.status import WrongMomentError
from organisations.roles.models import Role
from referrals.casework import assign, take_over
from referrals.casework_base.grounds import Ground
from referrals.routing_review.models import Correction
from tests.support import factories as make
from tests.support.factories import World
from tests.support.signing_in import signed_in
from welzijn.accounts.models import User
from welzijn.audit.models import AccessEvent
from welzijn.notifications.models import Message

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]
DAY = date(2026, 11, 24)
Kind = SharingBasis.Kind
BY_PHONE = Ground(how=SharingBasis.How.PHONE)
DUTY = Ground(kind=Kind.LEGAL_DUTY, how=SharingBasis.How.SYSTEM, reason="een wet")
DANGER = Ground(kind=Kind.DANGER, how=SharingBasis.How.SYSTEM, reason="dreigt nu met geweld")


@pytest.fixture
def here() -> World:
    return make.world()


@pytest.fixture
def question(here: World) -> Question:
    return make.question(here, "geld", name="Ada de Wit")


@pytest.fixture
def taker(here: World) -> User:
    return make.coordinator(here, "jeugd-punt", reads_new=True)


def move(here: World, question: Question, by: User, ground: Ground | None, to: str) -> Question:
    return assign.move_lead(
        question=question,
        to=here[to] if to != "triage" else None,
        ground=ground,
        by=by,
        now=make.TUESDAY,
    )


@pytest.mark.parametrize("ground", [BY_PHONE, DUTY])
def test_a_coordinator_cannot_move_it_to_their_own_organisation(
    here: World, question: Question, taker: User, ground: Ground
) -> None:
    with pytest.raises(take_over.AskFirstError):
        move(here, question, taker, ground, "jeugd-punt")
    assert Question.objects.get(pk=question.pk).lead == here["stimenz"]
    assert not Question.objects.visible_to(taker, DAY).contains(question)


def test_nor_to_an_organisation_where_they_have_another_role(
    here: World, question: Question, taker: User
) -> None:
    make.member(here, Role.PROFESSIONAL, "actief", who=taker, reads_new=True)
    with pytest.raises(take_over.AskFirstError):
        move(here, question, taker, BY_PHONE, "actief")


@pytest.mark.parametrize("to", ["triage", "actief"])
def test_nor_to_the_access_team_that_they_are_in(
    here: World, question: Question, taker: User, to: str
) -> None:
    make.member(here, Role.TEAM_MEMBER, "jeugd-punt", who=taker, team=here.triage)
    with pytest.raises(take_over.AskFirstError):
        move(here, question, taker, None, to)


def test_nor_where_their_organisation_only_helps(here: World, question: Question) -> None:
    boss = make.coordinator(here, "jeugd-punt")
    SharingBasis.objects.create(
        question=question,
        organisation=here["jeugd-punt"],
        kind=Kind.CONSENT,
        purpose=SharingBasis.Purpose.HELP,
        how=SharingBasis.How.PHONE,
        given_by=question.asker,
        valid_from=make.TUESDAY,
    )
    with pytest.raises(take_over.AskFirstError):
        move(here, question, boss, None, "jeugd-punt")


def test_their_own_question_can_still_be_given_away(here: World, question: Question) -> None:
    boss = make.coordinator(here, "stimenz")
    make.member(here, Role.PROFESSIONAL, "actief", who=boss)
    assert move(here, question, boss, BY_PHONE, "actief").lead == here["actief"]


def test_asking_tells_who_has_it_and_their_coordinator(
    here: World, question: Question, taker: User
) -> None:
    boss = make.coordinator(here, "stimenz")
    client = signed_in(taker)
    url = f"/caseload/{question.pk}/verplaats/"
    given = {
        "to": "jeugd-punt",
        "why": Correction.Why.WRONG_DOMAIN,
        "ground": "phone",
        "sure": "on",
    }
    answer = client.post(url, given, headers={"host": "putten.localhost"})
    assert answer.status_code == 302
    due = question.follow_ups.get(sentence="lead.take_over_due")
    assert (due.organisation, due.status, due.for_resident) == (here["stimenz"], "open", False)
    notified = set(
        Message.objects.filter(template="question_moved").values_list("recipient_key", flat=True)
    )
    assert f"user:{boss.pk}" in notified
    assert f"user:{taker.pk}" not in notified
    assert Question.objects.get(pk=question.pk).lead == here["stimenz"]
    with pytest.raises(WrongMomentError):
        take_over.ask(
            question=question,
            to=here["jeugd-punt"],
            by=taker,
            why=Correction.Why.WRONG_DOMAIN,
            now=make.TUESDAY,
        )


def test_in_danger_it_happens_at_once_and_everybody_sees_it(
    here: World, question: Question, taker: User
) -> None:
    theirs = make.coordinator(here, "stimenz")
    ours = make.coordinator(here, "jeugd-punt")
    found = move(here, question, taker, DANGER, "jeugd-punt")
    assert found.lead == here["jeugd-punt"]
    basis = found.sharing_bases.get(ended_at=None)
    assert (basis.kind, basis.reason, basis.recorded_by) == ("danger", DANGER.reason, taker)
    event = AccessEvent.objects.get(emergency=True)
    assert (event.actor, event.what, event.basis) == (taker, "lead taken", "danger")
    looks = [entry.text for entry in resident_log.entries_for(question, now=make.TUESDAY)]
    assert any("omdat er misschien gevaar was" in text for text in looks)
    assert question.timeline.get(sentence="lead.taken").for_resident
    notified = set(
        Message.objects.filter(template="question_moved").values_list("recipient_key", flat=True)
    )
    assert {f"user:{theirs.pk}", f"user:{ours.pk}"} <= notified


def test_danger_without_a_reason_takes_nothing(
    here: World, question: Question, taker: User
) -> None:
    with pytest.raises(WrongMomentError):
        move(here, question, taker, Ground(kind=Kind.DANGER), "jeugd-punt")
    assert Question.objects.get(pk=question.pk).lead == here["stimenz"]
