"""Open questions stay readable when the access team passes on or changes its organisations."""

from datetime import date, timedelta

import pytest

from intake.consent import bases as sharing_bases
from intake.questions.models import Question, SharingBasis
from organisations.directory.models import Team
from organisations.partnerships.models import Partnership
from organisations.roles.models import Role
from referrals.casework import assign as casework_assign
from referrals.reminders import team_bases
from tests.support import factories as make
from tests.support import guards
from tests.support.factories import World

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
LATER = make.TUESDAY + timedelta(hours=1)


@pytest.fixture
def here() -> World:
    here = make.world()
    here.triage.organisations.set([here["welzijn"]])
    return here


def renew(here: World) -> int:
    at = Partnership.objects.get(pk=here.partnership.pk)
    return team_bases.renew(partnerships=[at], now=LATER)


def other_team(here: World, *organisations: str) -> Team:
    team = Team.objects.create(
        partnership=here.partnership,
        slug="nieuw",
        name="Nieuw team",
        organisation=here[organisations[0]],
    )
    team.organisations.set([here[one] for one in organisations])
    return team


def test_first_handling_is_renewed_for_a_new_organisation_and_the_resident_is_told(
    here: World,
) -> None:
    question = make.question(here, "geld", shares=False)
    newcomer = make.triagist(here, "actief")
    assert renew(here) == 0
    here.triage.organisations.add(here["actief"])
    assert not Question.objects.visible_to(newcomer, TODAY).contains(question)
    assert renew(here) == 1
    assert Question.objects.visible_to(newcomer, TODAY).contains(question)
    assert question.timeline.get(sentence="lead.team_changed").for_resident
    earlier = question.sharing_bases.get(ended_at__isnull=False)
    assert (earlier.ended_why, earlier.team_organisations) == (
        "team_changed",
        [here["welzijn"].pk],
    )
    assert renew(here) == 0


def test_a_new_access_team_gets_what_the_old_one_was_sorting_out(here: World) -> None:
    question = make.question(here, "geld", shares=False)
    former = make.triagist(here, "welzijn")
    team = other_team(here, "actief")
    newcomer = make.member(here, Role.TEAM_MEMBER, "actief", team=team)
    Partnership.objects.filter(pk=here.partnership.pk).update(triage_team=team)
    renew(here)
    found = Question.objects.get(pk=question.pk)
    assert (found.lead_team, found.lead) == (team, here["actief"])
    assert Question.objects.visible_to(newcomer, TODAY).contains(question)
    assert not Question.objects.visible_to(former, TODAY).contains(question)
    assert question.timeline.filter(sentence="lead.team_passed").count() == 1


def led_by_team(here: World, team: Team) -> Question:
    question = make.question(here, "geld", shares=False)
    for basis in question.sharing_bases.filter(ended_at=None):
        sharing_bases.end(basis=basis, why="moved", now=make.TUESDAY)
    sharing_bases.give(
        question=question,
        team=team,
        kind=SharingBasis.Kind.CONSENT,
        purpose=SharingBasis.Purpose.HELP,
        how=SharingBasis.How.PHONE,
        given_by=question.asker,
        now=make.TUESDAY,
    )
    Question.objects.filter(pk=question.pk).update(lead_team=team, lead=team.organisation)
    return Question.objects.get(pk=question.pk)


def test_a_consent_is_listed_to_ask_about_and_not_widened(here: World) -> None:
    team = other_team(here, "stimenz")
    question = led_by_team(here, team)
    newcomer = make.member(here, Role.TEAM_MEMBER, "actief", team=team)
    team.organisations.add(here["actief"])
    renew(here)
    renew(here)
    due = question.follow_ups.get(sentence="lead.team_to_ask")
    assert (due.team, due.status) == (team, "open")
    assert not Question.objects.visible_to(newcomer, TODAY).contains(question)


def test_where_nobody_of_the_consent_is_left_triage_gets_it(here: World) -> None:
    team = other_team(here, "stimenz")
    question = led_by_team(here, team)
    team.organisations.set([here["actief"]])
    renew(here)
    assert Question.objects.get(pk=question.pk).lead_team == here.triage


def test_who_was_stopped_by_the_resident_stays_out(here: World) -> None:
    here.triage.organisations.add(here["stimenz"])
    question = make.question(here, "geld")
    boss = make.coordinator(here, "actief")
    casework_assign.move_lead(
        question=question, to=None, by=boss, now=make.TUESDAY, reason="verkeerd"
    )
    with guards.switched_off():
        question.sharing_bases.filter(organisation=here["stimenz"]).update(ended_why="revoked")
    here.triage.organisations.add(here["actief"])
    renew(here)
    basis = question.sharing_bases.get(ended_at=None)
    assert set(basis.team_organisations) == {here["welzijn"].pk, here["actief"].pk}
