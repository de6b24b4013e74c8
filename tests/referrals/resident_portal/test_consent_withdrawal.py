"""The resident ends a yes: the door is shut at once."""

from datetime import date, timedelta

import pytest

from intake.questions.models import Question, SharingBasis
from intake.questions.status import WrongMomentError
from referrals.casework import pick_up, support
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.casework_base.grounds import Ground
from referrals.follow_ups.models import FollowUp
from referrals.handovers.models import Handover
from referrals.resident_portal import consent_withdrawal
from tests.referrals.casework.ending import closed
from tests.referrals.follow_ups.due import open_kinds, the
from tests.referrals.handovers.case import Case
from tests.support import factories as make
from tests.support.factories import World
from welzijn.accounts.models import User
from welzijn.notifications.models import Message

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
LATER = make.TUESDAY + timedelta(hours=1)


@pytest.fixture
def here() -> World:
    return make.world()


@pytest.fixture
def worker(here: World) -> User:
    return make.intake_worker(here, "stimenz")


@pytest.fixture
def question(here: World, worker: User) -> Question:
    question = make.question(here, "geld", name="Ada de Wit")
    return pick_up.pick_up(question=question, by=worker, now=make.TUESDAY)


def revoke(question: Question, basis: SharingBasis, **changes: object) -> Question:
    values: dict = {"now": LATER}
    return consent_withdrawal.revoke(question=question, basis=basis, **{**values, **changes})


def test_without_the_leads_yes_it_goes_to_triage_to_be_picked_up(
    here: World, question: Question, worker: User
) -> None:
    found = revoke(question, question.sharing_bases.get())
    assert (found.lead_team, found.assigned_to, found.status) == (here.triage, None, "new")
    assert open_kinds(question) == {"pick_up"}
    assert the(question, "pick_up").team == here.triage
    assert not Question.objects.visible_to(worker, TODAY).contains(question)
    valid = question.sharing_bases.get(ended_at=None)
    assert (valid.kind, valid.team) == (SharingBasis.Kind.FIRST_HANDLING, here.triage)
    notified = Message.objects.get(about_id=question.pk, template="basis_revoked")
    # They can't open it any more, so the message doesn't lead there.
    assert (notified.recipient_key, notified.context["path"]) == (f"user:{worker.pk}", "/werk/")


def test_ending_it_twice_changes_nothing(question: Question) -> None:
    basis = question.sharing_bases.get()
    revoke(question, basis)
    revoke(question, basis, now=LATER + timedelta(hours=1))
    basis.refresh_from_db()
    assert (basis.ended_at, basis.ended_why) == (LATER, "revoked")
    assert question.timeline.filter(kind="revoked").count() == 1


def test_a_supporting_organisation_is_shut_out_and_the_lead_stays(
    here: World, question: Question, worker: User
) -> None:
    helper = make.intake_worker(here, "jeugd-punt")
    support.bring_in(
        question=question,
        organisation=here["jeugd-punt"],
        ground=Ground(),
        by=worker,
        now=make.TUESDAY,
    )
    found = revoke(question, question.sharing_bases.get(organisation=here["jeugd-punt"]))
    assert (found.lead, found.assigned_to) == (here["stimenz"], worker)
    assert not Question.objects.visible_to(helper, TODAY).contains(question)
    assert Question.objects.visible_to(worker, TODAY).contains(question)
    assert not FollowUp.objects.filter(organisation=here["jeugd-punt"], status="open").exists()
    notified = Message.objects.filter(about_id=question.pk, template="basis_revoked")
    paths = {m.recipient_key: m.context["path"] for m in notified}
    assert paths == {
        f"user:{worker.pk}": f"/vraagstuk/{question.pk}/",
        f"organisation:{here['jeugd-punt'].pk}": "/werk/",
    }


@pytest.mark.parametrize("kind", ["danger", "legal_duty", "first_handling"])
def test_only_a_yes_can_be_taken_back(
    here: World, question: Question, kind: SharingBasis.Kind
) -> None:
    team = here.triage if kind == "first_handling" else None
    basis = SharingBasis.objects.create(
        question=question,
        organisation=None if team else here["actief"],
        team=team,
        team_organisations=[o.pk for o in team.organisations.all()] if team else [],
        kind=kind,
        purpose=SharingBasis.Purpose.HELP,
        how=SharingBasis.How.SYSTEM,
        reason="acuut",
        valid_from=make.TUESDAY,
    )
    assert not consent_withdrawal.can_be_revoked(basis)
    with pytest.raises(WrongMomentError):
        revoke(question, basis)
    basis.refresh_from_db()
    assert basis.ended_at is None


def test_a_worker_who_heard_it_works_on_it(here: World, question: Question, worker: User) -> None:
    basis = question.sharing_bases.get()
    with pytest.raises(NotAllowedError):
        revoke(question, basis, recorded_by=make.intake_worker(here, "jeugd-punt"))
    assert Question.objects.get(pk=question.pk).lead == here["stimenz"]
    revoke(question, basis, recorded_by=worker)
    entry = question.timeline.get(kind="revoked")
    assert (entry.actor_kind, entry.actor) == ("staff", worker)


def test_of_a_closed_question_the_door_shuts_and_nobody_gets_it(
    here: World, question: Question, worker: User
) -> None:
    closed(question, worker)
    found = revoke(question, question.sharing_bases.get())
    assert (found.status, found.lead) == ("closed", here["stimenz"])
    assert not question.sharing_bases.filter(ended_at=None).exists()
    assert not Question.objects.visible_to(worker, TODAY).contains(question)


def test_the_basis_of_another_question_is_not_ended(here: World, question: Question) -> None:
    other = make.question(here, "geld").sharing_bases.get()
    with pytest.raises(SharingBasis.DoesNotExist):
        revoke(question, other)
    other.refresh_from_db()
    assert other.ended_at is None


def test_an_open_handover_ends_with_the_leads_yes() -> None:
    case = Case()
    offered = case.offered()
    revoke(case.question, case.question.sharing_bases.get())
    offered.refresh_from_db()
    assert offered.status == Handover.Status.REVOKED
    assert case.fresh().lead_team == case.here.triage


def test_an_open_handover_to_another_goes_on_when_a_supporter_is_shut_out() -> None:
    case = Case()
    offered = case.offered()
    support.bring_in(
        question=case.question,
        organisation=case.here["actief"],
        ground=Ground(),
        by=case.sender,
        now=make.TUESDAY,
    )
    revoke(case.question, case.question.sharing_bases.get(organisation=case.here["actief"]))
    offered.refresh_from_db()
    assert offered.status in Handover.OPEN
