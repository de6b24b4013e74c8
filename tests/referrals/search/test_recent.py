"""What somebody opened last, as long as they may still read it; the list is itself a look."""

from datetime import timedelta

import pytest

from intake.access_log.open_question import open_question
from intake.questions.models import Question, SharingBasis
from referrals.search import recent
from tests.support import factories as make
from tests.support.html import as_read
from tests.support.signing_in import signed_in
from welzijn.accounts.models import User
from welzijn.audit.models import AccessEvent
from welzijn.audit.reasons import Reason

pytestmark = pytest.mark.django_db
NOW = make.TUESDAY + timedelta(days=1)


def opened(here: make.World, by: User, question: Question, minute: int = 0) -> None:
    open_question(
        user=by,
        partnership=here.partnership,
        question_id=question.pk,
        why=Reason.OPENED,
        now=make.TUESDAY + timedelta(minutes=minute),
    )


def read(here: make.World, by: User) -> list[Question]:
    rows = recent.recently_read(user=by, partnership=here.partnership, now=NOW)
    return [row.question for row in rows]


def test_the_last_opened_stands_first_and_each_once(here: make.World, worker: User) -> None:
    first, second = (make.question(here, "geld", name=f"Naam {n}") for n in range(2))
    for minute, question in enumerate([first, second, first]):
        opened(here, worker, question, minute)
    assert read(here, worker) == [first, second]
    assert read(here, make.intake_worker(here, "stimenz")) == []


def test_what_may_not_be_read_any_more_is_gone(here: make.World, worker: User) -> None:
    question = make.question(here, "geld")
    opened(here, worker, question)
    SharingBasis.objects.filter(question=question).update(ended_at=make.TUESDAY)
    assert read(here, worker) == []


def test_a_look_at_the_list_is_recorded_and_opens_nothing(here: make.World, worker: User) -> None:
    question = make.question(here, "geld")
    opened(here, worker, question)
    read(here, worker)
    event = AccessEvent.objects.get(actor=worker, action="list")
    assert (event.question_id, event.reason) == (question.pk, Reason.RECENTLY)
    later = recent.recently_read(
        user=worker, partnership=here.partnership, now=NOW + timedelta(days=40)
    )
    assert later == []


def test_the_page_marks_what_is_closed(here: make.World, worker: User) -> None:
    question = make.question(here, "geld", name="Henk Visser")
    client = signed_in(worker)
    client.get(f"/vraagstuk/{question.pk}/")
    Question.objects.filter(pk=question.pk).update(
        status="closed", result="advised", closed_at=make.TUESDAY
    )
    page = as_read(client.get("/werk/bekeken/").content.decode())
    assert "Henk Visser" in page
    assert "afgerond" in page
    assert "Onlangs bekeken" in as_read(client.get("/werk/").content.decode())
