"""Predicates and querysets agree about who may see a question, in random worlds."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.questions.models import Question, SharingBasis
from intake.questions.permissions import Permission
from organisations.roles.models import OF_A_MUNICIPALITY, Membership, Role
from tests.support import factories as make
from tests.support import guards
from welzijn.accounts.models import User

pytestmark = pytest.mark.django_db

ORGANISATIONS = ("stimenz", "jeugd-punt", "welzijn")
memberships = st.lists(
    st.fixed_dictionaries(
        {
            "who": st.integers(0, 2),
            "where": st.sampled_from(["here", "elsewhere"]),
            "organisation": st.sampled_from(ORGANISATIONS),
            "role": st.sampled_from(list(Role)),
            "reads_new": st.booleans(),
            "ended": st.booleans(),
            "place": st.sampled_from(["dorp", "huinen"]),
        }
    ),
    min_size=1,
    max_size=7,
)
questions = st.lists(
    st.fixed_dictionaries(
        {
            "domain": st.sampled_from(["geld", "opgroeien"]),
            "shares": st.booleans(),
            "where": st.sampled_from(["here", "elsewhere"]),
            "assigned": st.one_of(st.none(), st.integers(0, 2)),
            "ended": st.booleans(),
            "extra_basis": st.one_of(st.none(), st.sampled_from(ORGANISATIONS)),
            "named_in_team": st.sampled_from([0, 1, 4]),
            "postcode": st.sampled_from(["", "3881", "3882"]),
        }
    ),
    min_size=1,
    max_size=4,
)


def _member(who: User, at: make.World, drawn: dict[str, Any]) -> None:
    role = drawn["role"]
    extra: dict[str, Any] = {}
    if role == Role.TEAM_MEMBER:
        extra["team"] = at.triage
    if role == Role.NEIGHBOURHOOD_LEAD:
        extra["neighbourhood"] = at.places[drawn["place"]]
    if role in OF_A_MUNICIPALITY:
        extra["municipality"] = at.partnership.municipalities.get()
    if role in {Role.PROFESSIONAL, Role.COORDINATOR}:
        extra["reads_new"] = drawn["reads_new"]
    if drawn["ended"]:
        extra["until"] = timezone.localdate() - timedelta(days=1)
    try:
        with transaction.atomic():
            make.member(at, role, drawn["organisation"], who=who, **extra)
    except IntegrityError:
        return  # the same role twice: the database keeps one


def _asked(at: make.World, people: list[User], drawn: dict[str, Any]) -> Question:
    question = make.question(
        at, drawn["domain"], shares=drawn["shares"], postcode=drawn["postcode"]
    )
    if drawn["assigned"] is not None:
        question.assigned_to = people[drawn["assigned"]]
        question.save()
    bases = SharingBasis.objects.filter(question=question)
    with guards.switched_off():
        bases.exclude(team=None).update(
            team_organisations=[
                o.id for o in list(at.organisations.values())[: drawn["named_in_team"]]
            ]
        )
    if drawn["ended"]:
        with guards.switched_off():
            bases.update(ended_at=make.TUESDAY + timedelta(days=1))
    if drawn["extra_basis"] is not None:
        receiver = at[drawn["extra_basis"]]
        if not bases.filter(organisation=receiver, ended_at=None).exists():
            SharingBasis.objects.create(
                question=question,
                organisation=receiver,
                kind=SharingBasis.Kind.CONSENT,
                purpose=SharingBasis.Purpose.HELP_ALONG,
                how=SharingBasis.How.PHONE,
                given_by=question.asker,
                valid_from=make.TUESDAY,
            )
    return question


@settings(max_examples=40, deadline=None)
@given(memberships, questions)
def test_predicates_and_querysets_agree(
    drawn_members: list[dict[str, Any]], drawn_questions: list[dict[str, Any]]
) -> None:
    with transaction.atomic():
        make.fresh_front_doors()
        worlds = {"here": make.world(), "elsewhere": make.world("elders")}
        people = [make.user() for _number in range(3)]
        for drawn in drawn_members:
            _member(people[drawn["who"]], worlds[drawn["where"]], drawn)
        for drawn in drawn_questions:
            _asked(worlds[drawn["where"]], people, drawn)
        for person in people:
            visible = set(Question.objects.visible_to(person).values_list("pk", flat=True))
            listed = set(Question.objects.listed_for(person).values_list("pk", flat=True))
            assert visible <= listed
            for question in Question.objects.all():
                assert person.has_perm(Permission.READ_QUESTION, question) == (
                    question.pk in visible
                )
                assert person.has_perm(Permission.LIST_QUESTION, question) == (
                    question.pk in listed
                )
                own = Membership.objects.active().filter(
                    user=person, partnership=question.partnership
                )
                assert question.pk not in listed or own.exists()
        transaction.set_rollback(True)
    make.fresh_front_doors()


def test_a_predicate_without_a_question_is_false() -> None:
    here = make.world()
    somebody = make.coordinator(here)
    assert not somebody.has_perm(Permission.READ_QUESTION)
    assert not somebody.has_perm(Permission.LIST_QUESTION)


def test_an_inactive_user_sees_nothing() -> None:
    here = make.world()
    worker = make.intake_worker(here, "stimenz")
    question = make.question(here, "geld")
    assert question in Question.objects.visible_to(worker)
    worker.is_active = False
    worker.save()
    assert question not in Question.objects.visible_to(worker)
    assert not worker.has_perm(Permission.READ_QUESTION, question)
