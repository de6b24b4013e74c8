"""The work list and the case page take few queries at any size."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from intake.questions.models import Question, TimelineEntry
from referrals.casework import close as casework_close
from referrals.casework import pick_up
from referrals.casework_base.models import ContactMoment
from referrals.follow_ups import staff_actions as follow_up_actions
from referrals.reminders import sweep as reminder_sweep
from tests.referrals.work_list.test_pages import offer
from tests.support import factories as make
from tests.support.factories import World
from tests.support.signing_in import signed_in
from welzijn.accounts.models import User

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("on_tuesday", "no_second_factor"),
]


def statements(queries: CaptureQueriesContext) -> list[str]:
    """The queries; a transaction's own begin and end are none in production."""
    return [q["sql"] for q in queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]


@pytest.mark.parametrize("size", [1, 30])
@pytest.mark.parametrize("which", ["vandaag", "nieuw", "mijn", "overdracht"])
def test_the_work_list_takes_the_same_few_queries_at_any_size(
    here: World, worker: User, which: str, size: int
) -> None:
    for _ in range(size):
        question = make.question(here, "geld")
        if which != "nieuw":
            offer(here, worker, question)
        if which == "vandaag":
            follow_up_actions.plan(
                question=question,
                what="bellen",
                due_on=make.TUESDAY.date(),
                by=worker,
                now=make.TUESDAY,
            )
    screen = signed_in(worker)
    screen.get(f"/werk/?lijst={which}")
    with CaptureQueriesContext(connection) as queries:
        page = screen.get(f"/werk/?lijst={which}")
    assert question.reference in page.content.decode() or size > 25
    assert len(statements(queries)) <= 20


def test_the_case_page_takes_few_queries_with_two_hundred_steps(
    here: World, worker: User, question: Question
) -> None:
    offer(here, worker, question)
    TimelineEntry.objects.bulk_create(
        TimelineEntry(
            question=question,
            at=make.TUESDAY + timedelta(minutes=n),
            kind="contact",
            actor_kind="staff",
            actor=worker,
            organisation=here["stimenz"],
            sentence="contact.answer_written",
            parameters={"text": f"Stap {n}"},
        )
        for n in range(200)
    )
    for n in range(20):
        ContactMoment.objects.create(
            question=question,
            by=worker,
            organisation=here["stimenz"],
            at=make.TUESDAY,
            way="phone",
            outcome="spoken",
            note=str(n),
        )
    screen = signed_in(worker)
    screen.get(f"/vraagstuk/{question.id}/")
    with CaptureQueriesContext(connection) as queries:
        page = screen.get(f"/vraagstuk/{question.id}/")
    assert "Stap 199" in page.content.decode()
    assert len(statements(queries)) <= 20


def test_danger_stands_first_and_what_waits_for_the_resident_last(
    here: World, worker: User
) -> None:
    waiting, ours, danger = (
        make.question(here, "geld", name=name)
        for name in ("Wacht Evers", "Gewoon Bos", "Snel Kaya")
    )
    for question in (waiting, ours, danger):
        question.follow_ups.filter(kind="pick_up").update(due_on=make.TUESDAY.date())
    waiting.follow_ups.update(waits_for="resident", due_on=make.TUESDAY.date() - timedelta(days=9))
    Question.objects.filter(pk=danger.pk).update(urgency="danger")
    page = signed_in(worker).get("/werk/").content.decode()
    assert page.index("Snel Kaya") < page.index("Gewoon Bos") < page.index("Wacht Evers")


def test_the_check_by_phone_is_written_down_on_the_page_of_the_question(
    here: World, worker: User, question: Question
) -> None:
    pick_up.pick_up(question=question, by=worker, now=make.TUESDAY)
    casework_close.close(
        question=question,
        result=Question.Result.HELPED,
        words="Klaar.",
        by=worker,
        now=make.TUESDAY - timedelta(weeks=6),
    )
    reminder_sweep.sweep(now=make.TUESDAY)
    here_ = signed_in(worker)
    case = f"/vraagstuk/{question.pk}/"
    assert "Bel de inwoner en vraag hoe het gaat." in here_.get(case).content.decode()
    assert here_.post(f"{case}nazorg/", {"reached": "ja"}).status_code == 422
    assert here_.post(f"{case}nazorg/", {"reached": "nee", "verdict": "2"}).status_code == 422
    assert here_.post(f"{case}nazorg/", {"reached": "nee"}).status_code == 302
    notified = {"reached": "ja", "verdict": "1", "words": "Nee"}
    assert here_.post(f"{case}nazorg/", notified).status_code == 302
    question.refresh_from_db()
    assert (question.status, question.verdict) == ("picked_up", 1)
