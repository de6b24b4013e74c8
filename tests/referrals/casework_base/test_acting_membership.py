"""In what capacity somebody acts on a question: which role, on which basis, for whom."""

from datetime import timedelta
from typing import Any

import pytest

from intake.consent import bases as sharing_bases
from intake.questions.models import Question, SharingBasis
from referrals.casework import pick_up
from referrals.casework_base import acting_membership
from referrals.casework_base.acting_membership import NotAllowedError
from tests.support import factories as make
from welzijn.accounts.models import User
from welzijn.core.working_days import local_date

pytestmark = pytest.mark.django_db
Kind = SharingBasis.Kind
NOW, DAY = make.TUESDAY, timedelta(days=1)
TODAY = local_date(NOW)


def basis_for(question: Question, kind: Kind = Kind.CONSENT, **receiver: Any) -> SharingBasis:
    return sharing_bases.give(
        question=question,
        kind=kind,
        purpose=SharingBasis.Purpose.HELP_ALONG,
        how=SharingBasis.How.PHONE,
        given_by=question.asker if kind == Kind.CONSENT else None,
        reason="een reden",
        now=NOW,
        **receiver,
    )


def test_the_side_of_the_lead_goes_before_a_weightier_basis_elsewhere() -> None:
    here = make.world()
    question = make.question(here, "geld", shares=False)
    basis_for(question, organisation=here["actief"])
    worker = make.intake_worker(here, "actief")
    make.triagist(here, "actief", who=worker)
    assert question.lead_team == here.triage
    acting = acting_membership.working_as(worker, question, TODAY)
    assert acting.basis.team == here.triage
    assert acting_membership.leading_as(worker, question, TODAY) == acting
    first, *_rest = acting_membership.acting_memberships(worker, question, TODAY)
    assert first.basis.kind == Kind.CONSENT


@pytest.mark.parametrize("team_first", [True, False])
def test_beside_the_lead_the_first_basis_in_order_is_the_one_to_act_on(team_first: bool) -> None:
    here = make.world()
    question = make.question(here, "geld")
    worker = make.intake_worker(here, "actief")
    make.triagist(here, "actief", who=worker)
    for for_team in (team_first, not team_first):
        if for_team:
            basis_for(question, Kind.FIRST_HANDLING, team=here.triage)
        else:
            basis_for(question, organisation=here["actief"])
    acting = acting_membership.must_work(worker, question, NOW)
    assert (acting.basis.kind, acting.organisation) == (Kind.CONSENT, here["actief"])
    with pytest.raises(NotAllowedError):
        acting_membership.must_lead(worker, question, NOW)


@pytest.mark.parametrize("change", ["ended", "not_yet", "switched_off", "no_basis"])
def test_what_ended_gives_nothing_any_more(change: str) -> None:
    here = make.world()
    worker, question = make.intake_worker(here, "stimenz"), make.question(here, "geld")
    assert acting_membership.must_lead(worker, question, NOW).organisation == here["stimenz"]
    if change == "ended":
        worker.memberships.update(until=TODAY - DAY)
    elif change == "not_yet":
        worker.memberships.update(since=TODAY + DAY)
    elif change == "switched_off":
        worker.is_active = False
    else:
        sharing_bases.end(basis=question.sharing_bases.get(ended_at=None), why="revoked", now=NOW)
    for check in (
        acting_membership.must_work,
        acting_membership.must_lead,
        acting_membership.must_place,
    ):
        with pytest.raises(NotAllowedError):
            check(worker, question, NOW)


def test_coordinators_place_any_question_and_triagists_what_lies_with_triage() -> None:
    here, there = make.world(), make.world("ermelo")
    with_triage = make.question(here, "geld", shares=False)
    with_stimenz = make.question(here, "geld")
    boss, triagist = make.coordinator(here), make.triagist(here)
    elsewhere = make.coordinator(there)
    for question in (with_triage, with_stimenz):
        assert acting_membership.must_place(boss, question, NOW).role == "coordinator"
        with pytest.raises(NotAllowedError):
            acting_membership.must_place(elsewhere, question, NOW)
    assert acting_membership.must_place(triagist, with_triage, NOW).team == here.triage
    with pytest.raises(NotAllowedError):
        acting_membership.must_place(triagist, with_stimenz, NOW)


def test_it_can_be_assigned_to_casework_of_the_lead_only() -> None:
    here = make.world()
    question = make.question(here, "geld")

    def can(user: User) -> bool:
        return acting_membership.can_be_assigned(user, question, TODAY) is not None

    assert can(make.professional(here, "stimenz"))
    assert can(make.coordinator(here, "stimenz"))
    assert not can(make.desk_worker(here, "stimenz"))
    assert not can(make.professional(here, "actief"))
    assert not can(make.triagist(here, "actief"))
    sharing_bases.end(basis=question.sharing_bases.get(ended_at=None), why="revoked", now=NOW)
    assert not can(make.professional(here, "stimenz"))


def test_within_a_team_it_can_be_assigned_to_members_whose_organisation_the_basis_names() -> None:
    here = make.world()
    here.triage.organisations.set([here["welzijn"], here["stimenz"]])
    question = make.question(here, "geld", shares=False)
    here.triage.organisations.add(here["actief"])
    for organisation, named in (("stimenz", True), ("actief", False)):
        member = make.triagist(here, organisation)
        found = acting_membership.can_be_assigned(member, question, TODAY)
        assert (found is not None) == named
    assert (
        acting_membership.can_be_assigned(make.professional(here, "welzijn"), question, TODAY)
        is None
    )


def test_who_it_is_assigned_to_works_on_it_without_reading_new_questions() -> None:
    here = make.world()
    question = make.question(here, "geld")
    pick_up.pick_up(question=question, by=make.intake_worker(here, "stimenz"), now=NOW)
    worker = make.professional(here, "stimenz")
    assert acting_membership.working_as(worker, question, TODAY) is None
    Question.objects.filter(pk=question.pk).update(assigned_to=worker)
    question.refresh_from_db()
    assert acting_membership.must_lead(worker, question, NOW).membership.user == worker
