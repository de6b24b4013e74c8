"""Opening a question: who may, what is hidden, and under which basis the look is logged."""

from datetime import timedelta

import pytest
from django.http import Http404

from intake.access_log import open_question
from intake.consent import bases as sharing_bases
from intake.questions.models import Question, SharingBasis
from organisations.partnerships.models import Partnership
from organisations.roles.models import Membership
from tests.support import factories as make
from tests.support import guards
from tests.support.role_approvals import approved
from welzijn.accounts.models import User
from welzijn.audit.models import AccessEvent
from welzijn.audit.reasons import Reason

pytestmark = pytest.mark.django_db
Kind = SharingBasis.Kind
NOW = make.TUESDAY + timedelta(hours=1)


def opened(
    user: User, question: Question, partnership: Partnership | None = None
) -> open_question.Opened:
    return open_question.open_question(
        user=user,
        partnership=partnership or question.partnership,
        question_id=question.pk,
        why=Reason.OPENED,
        now=NOW,
    )


def test_opening_is_logged_with_who_what_and_on_which_basis() -> None:
    here = make.world()
    worker, question = make.intake_worker(here, "stimenz"), make.question(here, "geld")
    found = opened(worker, question)
    assert (found.question, found.basis.kind) == (question, "consent")
    assert found.membership == Membership.objects.get(user=worker)
    event = AccessEvent.objects.get(question_id=question.pk)
    assert (event.actor, event.action, event.what) == (worker, "read", "question")
    assert (event.partnership_id, event.organisation_id, event.role) == (
        here.partnership.pk,
        here["stimenz"].pk,
        "professional",
    )
    assert (event.person_id, event.basis, event.reason) == (
        question.asker_id,
        "consent",
        Reason.OPENED,
    )
    assert (event.emergency, event.at) == (False, NOW)


def test_of_the_questions_that_somebody_reads_the_one_that_was_asked_for_is_opened() -> None:
    here = make.world()
    worker = make.intake_worker(here, "stimenz")
    for question in [make.question(here, "geld") for _ in range(2)]:
        assert opened(worker, question).question == question


def test_a_question_of_another_partnership_is_not_found_by_who_reads_there_as_well() -> None:
    here, there = make.world(), make.world("ermelo")
    worker = make.intake_worker(here, "stimenz")
    make.intake_worker(there, "stimenz", who=worker)
    question = make.question(there, "geld")
    assert opened(worker, question).question == question
    with pytest.raises(Http404):
        opened(worker, question, here.partnership)
    assert AccessEvent.objects.filter(question_id=question.pk).count() == 1


def test_without_a_valid_basis_it_is_not_found_and_nothing_is_logged() -> None:
    here = make.world()
    worker, question = make.intake_worker(here, "stimenz"), make.question(here, "geld")
    for basis in question.sharing_bases.all():
        sharing_bases.end(basis=basis, why="revoked", now=NOW)
    with pytest.raises(Http404):
        opened(worker, question)
    with pytest.raises(Http404):
        open_question.acting_membership(worker, question, NOW)
    assert not AccessEvent.objects.filter(question_id=question.pk).exists()


def test_a_role_of_another_partnership_gives_no_standing() -> None:
    here, there = make.world(), make.world("ermelo")
    where = make.participation(there.partnership, here["stimenz"])
    worker = make.user()
    elsewhere = Membership.objects.create(
        user=worker,
        partnership=there.partnership,
        organisation=here["stimenz"],
        role="professional",
        reads_new=True,
        since=make.LONG_AGO,
        proposal=approved(where, "professional", worker, reads_new=True),
    )
    question = make.question(here, "geld")
    valid = list(question.sharing_bases.filter(ended_at__isnull=True))
    assert open_question.acting_membership_among(question, [elsewhere], valid) is None
    with pytest.raises(Http404):
        open_question.acting_membership(worker, question, NOW)


def test_a_role_opens_from_its_first_day_through_its_last() -> None:
    here = make.world()
    question, today = make.question(here, "geld"), NOW.date()
    day = timedelta(days=1)
    for since, until, reads in (
        (today, None, True),
        (today + day, None, False),
        (today - day, today, True),
        (today - day, today - day, False),
    ):
        worker = make.intake_worker(here, "stimenz", since=since, until=until)
        if reads:
            assert opened(worker, question).question == question
        else:
            with pytest.raises(Http404):
                opened(worker, question)


def several_bases(
    here: make.World, *, team: Kind, organisation: Kind, team_first: bool
) -> tuple[User, Question]:
    """A question that a member of the triage team reads for their organisation as well."""
    worker = make.intake_worker(here, "stimenz")
    make.triagist(here, "stimenz", who=worker)
    question = make.question(here, "geld")
    for basis in question.sharing_bases.all():
        sharing_bases.end(basis=basis, why="moved", now=make.TUESDAY)
    for for_team in (team_first, not team_first):
        kind = team if for_team else organisation
        sharing_bases.give(
            question=question,
            team=here.triage if for_team else None,
            organisation=None if for_team else here["stimenz"],
            kind=kind,
            purpose=SharingBasis.Purpose.HELP_ALONG,
            how=SharingBasis.How.PHONE,
            given_by=question.asker if kind == Kind.CONSENT else None,
            reason="een reden",
            now=make.TUESDAY,
        )
    return worker, question


@pytest.mark.parametrize("team_first", [True, False])
@pytest.mark.parametrize(
    ("team", "organisation", "logged"),
    [
        (Kind.FIRST_HANDLING, Kind.CONSENT, "consent"),
        (Kind.CONSENT, Kind.DANGER, "consent"),
        (Kind.DANGER, Kind.LEGAL_DUTY, "legal_duty"),
        (Kind.FIRST_HANDLING, Kind.DANGER, "danger"),
        (Kind.FIRST_HANDLING, Kind.FIRST_HANDLING, "first_handling"),
    ],
)
def test_of_several_valid_bases_the_look_is_logged_under_the_first_in_order(
    team: Kind, organisation: Kind, logged: str, team_first: bool
) -> None:
    worker, question = several_bases(
        make.world(), team=team, organisation=organisation, team_first=team_first
    )
    assert opened(worker, question).basis.kind == logged
    event = AccessEvent.objects.get(question_id=question.pk)
    assert (event.basis, event.emergency) == (logged, logged == "danger")


@pytest.mark.parametrize("team_last", [True, False])
def test_of_two_consents_the_look_is_logged_under_the_most_recent(team_last: bool) -> None:
    worker, question = several_bases(
        make.world(), team=Kind.CONSENT, organisation=Kind.CONSENT, team_first=True
    )
    latest = question.sharing_bases.filter(ended_at=None, team__isnull=not team_last)
    with guards.switched_off():
        latest.update(valid_from=NOW)
    found = opened(worker, question)
    assert found.basis == latest.get()
    assert found.membership.role == ("team_member" if team_last else "professional")


def test_of_two_roles_at_one_basis_the_first_granted_is_logged() -> None:
    here = make.world()
    worker = make.intake_worker(here, "stimenz")
    make.coordinator(here, "stimenz", who=worker, reads_new=True)
    first, second = Membership.objects.filter(user=worker).order_by("id")
    question = make.question(here, "geld")
    Membership.objects.filter(pk=first.pk).update(granted_at=NOW)
    Membership.objects.filter(pk=second.pk).update(granted_at=NOW - timedelta(days=1))
    assert opened(worker, question).membership == second
    Membership.objects.filter(pk=first.pk).update(granted_at=NOW - timedelta(days=2))
    assert opened(worker, question).membership == first


def test_who_it_is_about_is_left_out_until_they_said_yes() -> None:
    here = make.world()
    worker = make.intake_worker(here, "stimenz")
    question = make.question(
        here, "geld", about=Question.About.PARENT, subject_name="Jannie", age_band="67+"
    )
    hidden = opened(worker, question).question.subject
    assert (hidden.pk, hidden.name, hidden.age_band) == (question.subject_id, "", "67+")
    assert hidden.partnership_id == here.partnership.pk
    sharing_bases.record_subject_answer(
        question=question,
        answer=Question.SubjectAnswer.YES,
        answered_by=Question.Representation.SELF,
        how=SharingBasis.How.PHONE,
        recorded_by=worker,
        organisation=here["stimenz"],
        now=NOW,
    )
    assert opened(worker, question).question.subject.name == "Jannie"
