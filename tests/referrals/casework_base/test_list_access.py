"""A name or words in a list are recorded, each once, on the basis that lets them be read."""

import pytest

from intake.questions.models import Question
from referrals.casework_base.list_access import record_list_access
from tests.support import factories as make
from welzijn.accounts.models import User
from welzijn.audit.models import AccessEvent
from welzijn.audit.reasons import Reason

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> make.World:
    return make.world()


def record(
    here: make.World, user: User, questions: list[Question], *, searched: bool = False
) -> None:
    record_list_access(
        user=user,
        partnership=here.partnership,
        questions=questions,
        searched=searched,
        screen=Reason.WORK_LIST,
        now=make.TUESDAY,
    )


@pytest.mark.parametrize(("searched", "action"), [(True, "search"), (False, "list")])
def test_each_question_is_an_entry_with_role_basis_and_screen(
    here: make.World, searched: bool, action: str
) -> None:
    worker = make.intake_worker(here, "stimenz")
    questions = [make.question(here, "geld") for _ in range(2)]
    record(here, worker, questions, searched=searched)
    events = AccessEvent.objects.filter(actor=worker)
    assert {(e.question_id, e.person_id) for e in events} == {(q.pk, q.asker_id) for q in questions}
    seen = {(e.action, e.what, e.role, e.organisation, e.basis, e.reason, e.at) for e in events}
    assert seen == {
        (
            action,
            "question",
            "professional",
            here["stimenz"],
            "consent",
            "work_list",
            make.TUESDAY,
        )
    }


def test_one_that_may_not_be_read_records_none_at_all(here: make.World) -> None:
    worker = make.intake_worker(here, "stimenz")
    readable, other = make.question(here, "geld"), make.question(here, "bewegen")
    with pytest.raises(LookupError):
        record(here, worker, [readable, other])
    assert not AccessEvent.objects.filter(actor=worker).exists()


def test_a_basis_that_ended_counts_no_more(here: make.World) -> None:
    worker, question = make.intake_worker(here, "stimenz"), make.question(here, "geld")
    question.sharing_bases.update(ended_at=make.TUESDAY, ended_why="revoked")
    with pytest.raises(LookupError):
        record(here, worker, [question])


def test_an_empty_list_asks_the_database_nothing(
    here: make.World, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    worker = make.intake_worker(here, "stimenz")
    with django_assert_num_queries(0):  # type: ignore[operator]
        record(here, worker, [])


def test_a_long_list_takes_as_many_queries_as_a_short_one(
    here: make.World, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    worker = make.intake_worker(here, "stimenz")
    questions = [make.question(here, "geld") for _ in range(4)]
    for chosen in (questions[:1], questions):
        with django_assert_num_queries(3):  # type: ignore[operator]
            record(here, worker, chosen)
