"""Each finds what they may see, and nothing tells that there is more; each look is recorded."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from intake.people.models import Person
from intake.questions.models import Question
from intake.submission.submission import EnteredBy
from organisations.roles.models import Role
from tests.referrals.search.searching import found, reached, search
from tests.support import factories as make
from tests.support.signing_in import signed_in
from welzijn.accounts.models import User
from welzijn.audit.models import AccessEvent
from welzijn.audit.reasons import Reason

pytestmark = pytest.mark.django_db
SECRET: dict[str, Any] = {"name": "Noor Geheim", "words": "ruzie waterschildpad"}


def hidden(here: make.World) -> Question:
    """Return a question at an organisation other than the worker's."""
    return make.question(here, "opgroeien", reach=reached(phone="+31687654321"), **SECRET)


def texts(question: Question) -> list[str]:
    return [
        "noor geheim",
        "geheim",
        "gehiem",
        "0687654321",
        "654321",
        "waterschildpad",
        question.reference,
        question.reference[:4],
    ]


def test_what_may_not_be_seen_leaves_no_trace(here: make.World, worker: User) -> None:
    """The same page after the same queries, whether somebody is there or not."""
    client = signed_in(worker)
    asked = [*texts(hidden(here)), "0611111111", "niemand", "BCDF-GHJK"]

    def answers() -> list[tuple[str, list[str]]]:
        got = []
        for text in asked:
            with CaptureQueriesContext(connection) as captured:
                answer = client.post("/zoeken/", {"zoek": text}, headers={"HX-Request": "true"})
            # Without the id of the request, which pghistory writes before some.
            sqls = [query["sql"].split("; ")[-1] for query in captured if "intake_" in query["sql"]]
            got.append((answer.content.decode(), sqls))
        return got

    with_it = answers()
    assert {content for content, _sqls in with_it} == {with_it[-1][0]}
    assert "Niets gevonden" in with_it[-1][0]
    hidden(here)
    assert answers() == with_it
    assert not AccessEvent.objects.filter(actor=worker).exists()


def test_another_partnership_is_not_searched(here: make.World, worker: User) -> None:
    elsewhere = make.world("oss-elders")
    there = make.question(elsewhere, "geld", **SECRET)
    for text in texts(there):
        assert found(here, worker, text) == {}, text


def test_who_is_left_out_of_what_is_shared_is_not_found(here: make.World, worker: User) -> None:
    question = make.question(here, "geld", name="Carla Dochter", words="mijn moeder valt")
    mother = Person.objects.create(
        partnership=here.partnership, name="Moeder Stil", created_at=make.TUESDAY
    )
    Question.objects.filter(pk=question.pk).update(subject=mother)
    assert found(here, worker, "moeder stil") == {}
    Question.objects.filter(pk=question.pk).update(
        subject_answer="yes",
        subject_answer_by="self",
        subject_answer_how="phone",
        subject_answer_at=make.TUESDAY,
    )
    assert found(here, worker, "moeder stil") == {"person": [question.reference]}


def test_a_coordinator_finds_a_row_by_its_reference_only(here: make.World) -> None:
    coordinator = make.coordinator(here, "stimenz")
    question = hidden(here)
    (row,) = search(here, coordinator, question.reference).groups[0][2]
    assert (row.who, row.excerpt, row.about) == ("", "", "")
    assert row.url == f"/caseload/{question.pk}/"
    assert found(here, coordinator, "geheim") == {}
    assert not AccessEvent.objects.filter(actor=coordinator).exists()


def test_a_neighbourhood_lead_finds_the_row_of_the_neighbourhood(here: make.World) -> None:
    place = here.places["dorp"]
    lead = make.member(here, Role.NEIGHBOURHOOD_LEAD, neighbourhood=place)
    question = hidden(here)
    assert found(here, lead, question.reference) == {}
    Question.objects.filter(pk=question.pk).update(neighbourhood=place)
    (row,) = search(here, lead, question.reference).groups[0][2]
    assert (row.url, row.who) == ("", "")


def test_a_desk_worker_finds_what_they_logged_and_the_look_is_recorded(here: make.World) -> None:
    desk, colleague = make.desk_worker(here), make.desk_worker(here)
    by = EnteredBy(user=desk, organisation=here["welzijn"])
    question = make.submitted(
        here, "opgroeien", entered_by=by, channel=Question.Channel.PHONE, **SECRET
    ).question
    (row,) = search(here, desk, "geheim").groups[0][2]
    assert (row.who, row.url) == ("Noor Geheim", f"/balie/{question.pk}/")
    event = AccessEvent.objects.get(actor=desk, question_id=question.pk, action="search")
    assert (event.role, event.reason) == ("front_desk", Reason.SEARCHED)
    for text in texts(question)[:3]:
        assert found(here, colleague, text) == {}


def test_each_person_among_the_results_is_in_the_log_once(here: make.World, worker: User) -> None:
    question = make.question(here, "geld", name="Henk Visser", words="visser en visserij")
    search(here, worker, "visser")
    event = AccessEvent.objects.get(actor=worker)
    assert (event.action, event.question_id, event.person_id) == (
        "search",
        question.pk,
        question.asker_id,
    )
    assert (event.reason, event.basis, event.organisation) == (
        Reason.SEARCHED,
        "consent",
        here["stimenz"],
    )


@pytest.mark.parametrize("text", ["visser", "0612345678", "K7", "deurwaarder", "fatma van berg"])
def test_a_search_takes_twelve_queries_at_most_however_much_there_is(
    here: make.World, worker: User, text: str
) -> None:
    client = signed_in(worker)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            answer = client.post("/zoeken/", {"zoek": text}, headers={"HX-Request": "true"})
        assert answer.status_code == 200
        return len([one for one in captured if "SAVEPOINT" not in one["sql"]])

    queries()
    for _n in range(2):
        make.question(here, "geld", name="Henk Visser", words="deurwaarder")
    few = queries()
    for _n in range(8):
        make.question(here, "geld", name="Fatma van den Berg", words="deurwaarder visser")
    assert queries() <= 12
    assert few <= 12


def test_no_address_has_what_was_searched_for(here: make.World, worker: User) -> None:
    make.question(here, "geld", name="Henk Visser")
    client = signed_in(worker)
    page = client.post("/zoeken/", {"zoek": "visser"}).content.decode()
    assert "Henk Visser" in page
    assert "?zoek=" not in page
    assert "Henk" not in client.get("/zoeken/?zoek=visser").content.decode()
