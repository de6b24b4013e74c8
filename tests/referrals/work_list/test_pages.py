"""The pages of the work: right people, nothing of the person too early, few queries."""

import pytest

from intake.questions.models import Question, SharingBasis
from referrals.casework import pick_up
from referrals.consultations import services as consultation_services
from referrals.follow_ups import staff_actions as follow_up_actions
from referrals.handovers import services as handover_services
from referrals.handovers.models import Handover
from tests.support import factories as make
from tests.support.factories import World
from tests.support.html import squeezed
from tests.support.signing_in import signed_in
from welzijn.accounts.models import User
from welzijn.audit.models import AccessEvent

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("on_tuesday", "no_second_factor"),
]
PHONE = SharingBasis.How.PHONE
NAME = "Zeynep Yildiz"


def test_a_new_question_stands_on_the_list_of_its_organisation_only(
    here: World, worker: User, question: Question
) -> None:
    elsewhere = make.intake_worker(here, "jeugd-punt")
    assert NAME in signed_in(worker).get("/werk/?lijst=nieuw").content.decode()
    assert NAME not in signed_in(elsewhere).get("/werk/?lijst=nieuw").content.decode()


def test_a_name_on_the_list_is_a_look_in_the_log(worker: User, question: Question) -> None:
    signed_in(worker).get("/werk/?lijst=nieuw")
    event = AccessEvent.objects.get(actor=worker, action="list")
    assert (event.question_id, event.reason) == (question.id, "work_list")


def test_picking_up_by_the_button_and_the_page_says_what_next(
    worker: User, question: Question
) -> None:
    screen = signed_in(worker)
    screen.post(f"/vraagstuk/{question.id}/oppakken/")
    page = screen.get(f"/vraagstuk/{question.id}/").content.decode()
    assert Question.objects.get().assigned_to == worker
    assert "Neem contact op met de inwoner." in page
    assert "brief van deurwaarder snap nie" in page


def test_how_the_resident_may_be_reached_is_prominent(worker: User, question: Question) -> None:
    page = signed_in(worker).get(f"/vraagstuk/{question.id}/").content.decode()
    assert "Mag bericht inspreken:<strong>nog niet gevraagd, dus niet doen</strong>" in squeezed(
        page
    )
    assert "06 12345678" in page or "06 12 34 56 78" in page


def test_opening_is_recorded_and_a_stranger_gets_404(
    here: World, worker: User, question: Question
) -> None:
    signed_in(worker).get(f"/vraagstuk/{question.id}/")
    assert AccessEvent.objects.filter(actor=worker, action="read").count() == 1
    for who in (
        make.intake_worker(here, "jeugd-punt"),
        make.professional(here, "stimenz"),
        make.coordinator(here),
    ):
        assert signed_in(who).get(f"/vraagstuk/{question.id}/").status_code == 404
        assert signed_in(who).post(f"/vraagstuk/{question.id}/oppakken/").status_code == 404
    assert signed_in(make.desk_worker(here)).get(f"/vraagstuk/{question.id}/").status_code == 403


def test_another_partnership_is_a_wall(here: World, question: Question) -> None:
    there = make.world("oss")
    stranger = make.intake_worker(there, "stimenz")
    assert signed_in(stranger).get(f"/vraagstuk/{question.id}/").status_code in {403, 404}


def offer(here: World, worker: User, question: Question) -> Handover:
    pick_up.pick_up(question=question, by=worker, now=make.TUESDAY)
    return handover_services.propose(
        question=question,
        to=here["jeugd-punt"],
        why="Zij kennen de school goed.",
        summary="Een moeder met vragen over school.",
        by=worker,
        now=make.TUESDAY,
        yes_how=PHONE,
    )


def test_the_receiver_sees_the_summary_and_never_the_person(
    here: World, worker: User, question: Question
) -> None:
    receiver = make.intake_worker(here, "jeugd-punt")
    offered = offer(here, worker, question)
    screen = signed_in(receiver)
    for path in (f"/vraagstuk/overdracht/{offered.id}/", "/werk/?lijst=overdracht"):
        page = screen.get(path).content.decode()
        assert question.reference in page
        for secret in ("Zeynep", "Yildiz", "deurwaarder", "12345678", "612345678"):
            assert secret not in page
    assert screen.get(f"/vraagstuk/{question.id}/").status_code == 404


def test_the_receiver_says_yes_and_then_reads_it(
    here: World, worker: User, question: Question
) -> None:
    receiver = make.intake_worker(here, "jeugd-punt")
    offered = offer(here, worker, question)
    screen = signed_in(receiver)
    answer = screen.post(f"/vraagstuk/overdracht/{offered.id}/", {"choice": "ja"})
    assert answer["Location"] == f"/vraagstuk/{question.id}/"
    assert NAME in screen.get(answer["Location"]).content.decode()
    screen.post(f"/vraagstuk/{question.id}/kennisgemaakt/", {"how": "phone"})
    assert Question.objects.get().lead == here["jeugd-punt"]


def test_a_no_without_a_reason_gets_an_error_at_the_field(
    here: World, worker: User, question: Question
) -> None:
    receiver = make.intake_worker(here, "jeugd-punt")
    offered = offer(here, worker, question)
    answer = signed_in(receiver).post(f"/vraagstuk/overdracht/{offered.id}/", {"choice": "nee"})
    assert answer.status_code == 422
    assert Handover.objects.get().status == "offered"


def test_a_summary_with_a_name_gets_an_error_and_keeps_what_was_typed(
    here: World, worker: User, question: Question
) -> None:
    pick_up.pick_up(question=question, by=worker, now=make.TUESDAY)
    answer = signed_in(worker).post(
        f"/vraagstuk/{question.id}/draag-over/",
        {
            "to": str(here["jeugd-punt"].id),
            "why": "Zij kennen de school.",
            "summary": "Zeynep wil hulp met school.",
            "yes_how": "phone",
        },
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Er staat een naam in." in page
    assert "Zeynep wil hulp met school." in page
    assert not Handover.objects.exists()


def test_a_colleague_who_is_asked_sees_no_reference(
    here: World, worker: User, question: Question
) -> None:
    pick_up.pick_up(question=question, by=worker, now=make.TUESDAY)
    requested = consultation_services.ask(
        question=question, to=here["jeugd-punt"], text="Past dit?", by=worker, now=make.TUESDAY
    )
    screen = signed_in(make.professional(here, "jeugd-punt"))
    for path in ("/werk/overleg/", f"/werk/overleg/{requested.id}/"):
        page = screen.get(path).content.decode()
        assert "Past dit?" in page
        assert question.reference not in page
        assert str(question.id) not in page
    screen.post(f"/werk/overleg/{requested.id}/", {"text": "Ja, bel ons."})
    assert "Ja, bel ons." in signed_in(worker).get("/werk/overleg/").content.decode()
    assert (
        signed_in(make.professional(here, "actief"))
        .get(f"/werk/overleg/{requested.id}/")
        .status_code
        == 404
    )


def test_danger_stands_on_top_of_every_list(here: World) -> None:
    on_duty = make.triagist(here)
    question = make.question(here, "geld", danger=True, shares=None)
    screen = signed_in(on_duty)
    for which in ("vandaag", "nieuw", "mijn", "overdracht"):
        assert "Mogelijk gevaar" in screen.get(f"/werk/?lijst={which}").content.decode()
    screen.post(f"/vraagstuk/{question.id}/beoordeel/", {"danger": "nee", "note": "Misverstand."})
    assert "Mogelijk gevaar" not in screen.get("/werk/").content.decode()


def test_a_worker_without_the_yes_of_the_person_it_is_about_reads_no_name(
    here: World,
) -> None:
    worker = make.intake_worker(here, "welzijn")
    question = make.question(
        here, "vervoer", about="parent", subject_name="Annie Bakker", name="Ria"
    )
    page = signed_in(worker).get(f"/vraagstuk/{question.id}/").content.decode()
    assert "Annie" not in page
    assert "nog niet gevraagd" in page


def test_why_it_is_here_shows_every_rule_that_was_tried(worker: User, question: Question) -> None:
    page = signed_in(worker).get(f"/vraagstuk/{question.id}/waarom/").content.decode()
    assert "het over geld gaat" in page
    assert "past: deze regel beslist" in page


def test_moving_and_doing_what_is_due(worker: User, question: Question) -> None:
    pick_up.pick_up(question=question, by=worker, now=make.TUESDAY)
    planned = follow_up_actions.plan(
        question=question, what="bellen", due_on=make.TUESDAY.date(), by=worker, now=make.TUESDAY
    )
    screen = signed_in(worker)
    path = f"/vraagstuk/{question.id}/afspraak/{planned.id}/"
    assert screen.post(path, {"choice": "verzet", "due_on": "2026-11-20"}).status_code == 422
    screen.post(path, {"choice": "verzet", "due_on": "2026-11-27"})
    planned.refresh_from_db()
    assert (planned.due_on.isoformat(), planned.due_version) == ("2026-11-27", 2)
    screen.post(path, {"choice": "gedaan"})
    planned.refresh_from_db()
    assert planned.status == "done"
