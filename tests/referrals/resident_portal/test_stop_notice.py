"""Stopping with an organisation covers its people in teams, or says who reads on and why."""

from datetime import date, timedelta

import pytest

from intake.consent import bases as sharing_bases
from intake.questions.models import Question, SharingBasis
from organisations.roles.models import Role
from referrals.casework import pick_up
from referrals.resident_portal import consent_withdrawal, stop_notice
from tests.support import factories as make
from tests.support.factories import World

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
LATER = make.TUESDAY + timedelta(hours=1)


@pytest.fixture
def here() -> World:
    return make.world()


@pytest.fixture
def question(here: World) -> Question:
    return make.question(here, "geld", name="Ada de Wit")


def stop(question: Question) -> Question:
    basis = question.sharing_bases.get(organisation__isnull=False, ended_at=None)
    return consent_withdrawal.revoke(question=question, basis=basis, now=LATER)


def test_its_people_in_the_access_team_read_nothing_afterwards(
    here: World, question: Question
) -> None:
    inside = make.intake_worker(here, "stimenz")
    make.member(here, Role.TEAM_MEMBER, "stimenz", who=inside, team=here.triage)
    other = make.triagist(here, "welzijn")
    found = stop(question)
    assert found.lead_team == here.triage
    assert not Question.objects.visible_to(inside, TODAY).contains(question)
    assert Question.objects.visible_to(other, TODAY).contains(question)


def test_the_team_that_reads_along_already_is_renewed_without_them(
    here: World, question: Question
) -> None:
    inside = make.triagist(here, "stimenz")
    sharing_bases.first_handling(question=question, partnership=here.partnership, now=make.TUESDAY)
    assert Question.objects.visible_to(inside, TODAY).contains(question)
    stop(question)
    assert not Question.objects.visible_to(inside, TODAY).contains(question)
    earlier = question.sharing_bases.get(team=here.triage, ended_at__isnull=False)
    assert (earlier.ended_why, here["stimenz"].pk in earlier.team_organisations) == (
        "revoked",
        True,
    )


def test_it_stays_so_when_the_team_gets_the_question_back(here: World, question: Question) -> None:
    stop(question)
    for basis in question.sharing_bases.filter(ended_at=None):
        sharing_bases.end(basis=basis, why="moved", now=LATER)
    renewed = sharing_bases.first_handling(
        question=question, partnership=here.partnership, now=LATER + timedelta(hours=1)
    )
    assert here["stimenz"].pk not in renewed.team_organisations
    assert here["welzijn"].pk in renewed.team_organisations


def test_a_new_yes_counts_again(here: World, question: Question) -> None:
    stop(question)
    sharing_bases.give(
        question=question,
        organisation=here["stimenz"],
        kind=SharingBasis.Kind.CONSENT,
        purpose=SharingBasis.Purpose.HELP,
        how=SharingBasis.How.PHONE,
        given_by=question.asker,
        now=LATER + timedelta(hours=1),
    )
    assert sharing_bases.stopped_by_resident(question) == set()


def test_a_worker_of_theirs_in_the_leading_team_gives_the_question_back(here: World) -> None:
    question = make.question(here, "geld", shares=False)
    inside = make.triagist(here, "stimenz")
    pick_up.pick_up(question=question, by=inside, now=make.TUESDAY)
    basis = sharing_bases.give(
        question=question,
        organisation=here["stimenz"],
        kind=SharingBasis.Kind.CONSENT,
        purpose=SharingBasis.Purpose.HELP,
        how=SharingBasis.How.PHONE,
        given_by=question.asker,
        now=make.TUESDAY,
    )
    found = consent_withdrawal.revoke(question=question, basis=basis, now=LATER)
    assert (found.lead_team, found.assigned_to, found.status) == (here.triage, None, "new")
    assert not Question.objects.visible_to(inside, TODAY).contains(question)


def test_the_page_names_what_ends(here: World, question: Question) -> None:
    sharing_bases.first_handling(question=question, partnership=here.partnership, now=make.TUESDAY)
    basis = question.sharing_bases.get(organisation=here["stimenz"])
    notice = stop_notice.of(question, basis)
    assert notice.lines[:2] == [
        "Stimenz kan uw vraag dan niet meer lezen.",
        "Ook mensen van Stimenz die in het Toegangsteam werken, lezen uw vraag niet meer.",
    ]
    assert "Het Toegangsteam leest uw vraag nog wel, om uit te zoeken wie u kan helpen." in (
        notice.lines
    )
    assert notice.done == "Gestopt. Stimenz kan uw vraag niet meer lezen."


def test_a_team_of_that_organisation_alone_reads_on_and_the_page_says_so(
    here: World, question: Question
) -> None:
    here.triage.organisations.set([here["stimenz"]])
    inside = make.triagist(here, "stimenz")
    basis = question.sharing_bases.get(organisation=here["stimenz"])
    notice = stop_notice.of(question, basis)
    assert any(
        line.startswith("Let op: het Toegangsteam leest uw vraag nog wel") for line in notice.lines
    )
    assert "Daar werken mensen van Stimenz." in notice.done
    stop(question)
    assert Question.objects.visible_to(inside, TODAY).contains(question)


def test_others_who_read_are_named_with_their_reason(here: World, question: Question) -> None:
    sharing_bases.give(
        question=question,
        organisation=here["actief"],
        kind=SharingBasis.Kind.LEGAL_DUTY,
        purpose=SharingBasis.Purpose.HELP,
        how=SharingBasis.How.SYSTEM,
        reason="een wet",
        now=make.TUESDAY,
    )
    basis = question.sharing_bases.get(organisation=here["stimenz"])
    assert "Actief Putten leest uw vraag nog wel, omdat dat moet van de wet." in (
        stop_notice.of(question, basis).lines
    )
