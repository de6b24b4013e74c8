"""Giving and ending a basis to share, and which of several valid ones comes first."""

from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest

from intake.consent import bases as sharing_bases
from intake.questions.models import Question, SharingBasis
from intake.questions.status import WrongMomentError
from organisations.directory.models import Organisation, Team
from tests.support import factories as make

pytestmark = pytest.mark.django_db
Kind = SharingBasis.Kind
LATER = make.TUESDAY + timedelta(hours=1)


def valid_for(question: Question, organisation: Organisation) -> SharingBasis | None:
    valid = question.sharing_bases.filter(ended_at__isnull=True)
    mine = (
        basis
        for basis in valid
        if basis.organisation_id == organisation.id or organisation.id in basis.team_organisations
    )
    return next(mine, None)


def give(
    question: Question,
    to: Organisation | Team,
    kind: SharingBasis.Kind = Kind.CONSENT,
    **fields: Any,
) -> SharingBasis:
    values: dict[str, Any] = {
        "question": question,
        "organisation": to if isinstance(to, Organisation) else None,
        "team": to if isinstance(to, Team) else None,
        "kind": kind,
        "purpose": SharingBasis.Purpose.HELP_ALONG,
        "how": SharingBasis.How.PHONE,
        "given_by": question.asker if kind == Kind.CONSENT else None,
        "reason": "" if kind in (Kind.CONSENT, Kind.FIRST_HANDLING) else "een reden",
        "now": make.TUESDAY,
    }
    return sharing_bases.give(**{**values, **fields})


def test_giving_again_returns_the_valid_basis_unchanged() -> None:
    here = make.world()
    question = make.question(here, "geld")
    first = give(question, here["actief"])
    again = give(question, here["actief"], Kind.DANGER, now=LATER)
    assert again == first
    assert (again.kind, again.valid_from) == (Kind.CONSENT, make.TUESDAY)
    assert SharingBasis.objects.filter(organisation=here["actief"]).count() == 1


@pytest.mark.parametrize("first", [Kind.DANGER, Kind.LEGAL_DUTY])
def test_a_consent_supersedes_a_duty_and_both_stay_readable(first: SharingBasis.Kind) -> None:
    here = make.world()
    question = make.question(here, "geld")
    duty = give(question, here["actief"], first)
    consent = give(question, here["actief"], now=LATER)
    duty.refresh_from_db()
    assert consent != duty
    assert (consent.kind, consent.given_by, consent.ended_at) == (
        Kind.CONSENT,
        question.asker,
        None,
    )
    assert (duty.kind, duty.reason, duty.ended_at, duty.ended_why) == (
        first,
        "een reden",
        LATER,
        "superseded",
    )


def test_a_duty_beside_an_emergency_is_a_basis_of_its_own_kind() -> None:
    here = make.world()
    question = make.question(here, "geld")
    give(question, here["actief"], Kind.DANGER)
    give(question, here["actief"], Kind.LEGAL_DUTY, now=LATER)
    kinds = question.sharing_bases.filter(organisation=here["actief"]).order_by("valid_from")
    assert [(b.kind, b.ended_at is None) for b in kinds] == [
        ("danger", False),
        ("legal_duty", True),
    ]


@pytest.mark.parametrize("first", [Kind.CONSENT, Kind.DANGER, Kind.LEGAL_DUTY])
def test_first_handling_supersedes_nothing(first: SharingBasis.Kind) -> None:
    here = make.world()
    question = make.question(here, "geld")
    known = give(question, here.triage, first)
    assert give(question, here.triage, Kind.FIRST_HANDLING, now=LATER) == known


def test_a_consent_supersedes_the_first_handling_of_a_team() -> None:
    here = make.world()
    question = make.question(here, "geld")
    give(question, here.triage, Kind.FIRST_HANDLING)
    assert give(question, here.triage, now=LATER).kind == Kind.CONSENT
    assert question.sharing_bases.filter(team=here.triage, ended_at=None).count() == 1


def test_giving_after_the_end_makes_a_new_basis() -> None:
    here = make.world()
    question = make.question(here, "geld")
    first = give(question, here["actief"])
    sharing_bases.end(basis=first, why="revoked", now=make.TUESDAY)
    second = give(question, here["actief"], now=LATER)
    assert second != first
    assert second.valid_from == LATER
    assert valid_for(question, here["actief"]) == second


def test_giving_keeps_apart_questions_organisations_and_teams() -> None:
    here = make.world()
    other_team = Team.objects.create(
        partnership=here.partnership,
        slug="wijkteam",
        name="Wijkteam",
        organisation=here["welzijn"],
    )
    one, other = make.question(here, "geld"), make.question(here, "geld")
    given = {
        give(one, here["actief"]),
        give(one, here["jeugd-punt"]),
        give(one, here.triage),
        give(one, other_team),
        give(other, here["actief"]),
        give(other, here.triage),
    }
    assert len(given) == 6


def test_a_basis_keeps_what_it_was_given_with() -> None:
    here = make.world()
    question, worker = make.question(here, "geld"), make.intake_worker(here, "stimenz")
    basis = give(question, here["actief"], recorded_by=worker, purpose="samen bewegen", now=LATER)
    basis.refresh_from_db()
    assert (basis.kind, basis.how, basis.purpose) == ("consent", "phone", "samen bewegen")
    assert (basis.given_by, basis.recorded_by) == (question.asker, worker)
    assert (basis.valid_from, basis.ended_at, basis.team_organisations) == (LATER, None, [])
    reasoned = give(question, here["jeugd-punt"], Kind.DANGER, reason="dreiging thuis")
    reasoned.refresh_from_db()
    assert (reasoned.kind, reasoned.reason, reasoned.given_by) == ("danger", "dreiging thuis", None)


def test_a_basis_for_a_team_names_its_organisations_of_that_moment() -> None:
    here = make.world()
    here.triage.organisations.set([here["welzijn"], here["stimenz"]])
    question = make.question(here, "geld")
    basis = give(question, here.triage)
    here.triage.organisations.add(here["actief"])
    basis.refresh_from_db()
    assert set(basis.team_organisations) == {here["welzijn"].id, here["stimenz"].id}
    assert valid_for(question, here["welzijn"]) == basis
    assert valid_for(question, here["actief"]) is None


def test_first_handling_is_for_the_triage_team_and_by_the_system() -> None:
    here = make.world()
    question = make.question(here, "geld")
    basis = sharing_bases.first_handling(question=question, partnership=here.partnership, now=LATER)
    assert (basis.team, basis.organisation) == (here.triage, None)
    assert (basis.kind, basis.how, basis.valid_from) == ("first_handling", "system", LATER)


def test_ending_a_basis_twice_keeps_the_first_end() -> None:
    here = make.world()
    basis = give(make.question(here, "geld"), here["actief"])
    sharing_bases.end(basis=basis, why="revoked", now=LATER)
    sharing_bases.end(basis=basis, why="moved", now=LATER + timedelta(days=1))
    basis.refresh_from_db()
    assert (basis.ended_at, basis.ended_why) == (LATER, "revoked")


def test_ending_a_basis_leaves_the_others() -> None:
    here = make.world()
    question = make.question(here, "geld")
    ended, stays = give(question, here["actief"]), give(question, here["jeugd-punt"])
    sharing_bases.end(basis=ended, why="revoked", now=LATER)
    stays.refresh_from_db()
    assert stays.ended_at is None
    assert valid_for(question, here["actief"]) is None
    assert valid_for(question, here["jeugd-punt"]) == stays


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_kinds_come_in_a_stated_order_however_they_are_found(order: tuple[int, ...]) -> None:
    kinds = [Kind.CONSENT, Kind.LEGAL_DUTY, Kind.DANGER, Kind.FIRST_HANDLING]
    # The least weighty is the most recent: the kind counts before the date.
    bases = [
        SharingBasis(kind=kind, valid_from=make.TUESDAY + timedelta(hours=n))
        for n, kind in enumerate(kinds)
    ]
    found = sharing_bases.in_order([bases[n] for n in order])
    assert [basis.kind for basis in found] == kinds


@pytest.mark.parametrize("backwards", [False, True])
def test_of_one_kind_the_most_recent_comes_first_and_then_the_highest_id(backwards: bool) -> None:
    old = SharingBasis(kind=Kind.CONSENT, valid_from=make.TUESDAY)
    new, newest = (SharingBasis(kind=Kind.CONSENT, valid_from=LATER) for _ in range(2))
    # An id made later is higher (UUIDv7); `old` gets the highest, which decides among equals only.
    old.pk, new.pk, newest.pk = newest.pk, *sorted([old.pk, new.pk])
    given = [newest, old, new] if backwards else [new, old, newest]
    assert sharing_bases.in_order(given) == [newest, new, old]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("yes", "De persoon om wie het gaat, vindt het goed dat wij meehelpen."),
        (
            "no",
            "De persoon om wie het gaat, wil geen hulp. Wij helpen u verder met uw eigen vraag.",
        ),
    ],
)
def test_the_answer_of_the_person_it_is_about_is_kept_and_told(answer: str, expected: str) -> None:
    here = make.world()
    question = make.question(here, "geld", about=Question.About.PARENT, subject_name="Jannie")
    worker = make.intake_worker(here, "stimenz")
    assert not question.subject_may_be_shown
    sharing_bases.record_subject_answer(
        question=question,
        answer=Question.SubjectAnswer(answer),
        answered_by=Question.Representation.MENTOR,
        how=SharingBasis.How.PHONE,
        recorded_by=worker,
        organisation=here["stimenz"],
        now=LATER,
    )
    question = Question.objects.get(pk=question.pk)
    assert (question.subject_answer, question.subject_answer_how) == (answer, "phone")
    assert (question.subject_answer_by, question.subject_answer_recorded_by) == ("mentor", worker)
    assert (question.subject_answer_at, question.last_activity_at) == (LATER, LATER)
    assert question.subject_may_be_shown == (answer == "yes")
    entry = question.timeline.get(kind="shared", at=LATER)
    assert (entry.text, entry.actor, entry.organisation) == (expected, worker, here["stimenz"])


def test_a_question_about_the_asker_has_no_answer_of_another() -> None:
    here = make.world()
    question = make.question(here, "geld")
    with pytest.raises(WrongMomentError):
        sharing_bases.record_subject_answer(
            question=question,
            answer=Question.SubjectAnswer.YES,
            answered_by=Question.Representation.SELF,
            how=SharingBasis.How.PHONE,
            recorded_by=make.intake_worker(here, "stimenz"),
            organisation=here["stimenz"],
            now=LATER,
        )
    question.refresh_from_db()
    assert question.subject_answer_at is None
