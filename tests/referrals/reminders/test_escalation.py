"""When nobody answers: to whom it goes, and that what they are sent opens for them."""

from datetime import date

import pytest

from intake.questions.models import Question, SharingBasis
from organisations.roles.models import Role
from referrals.casework import pick_up
from referrals.handovers import services as handover_services
from referrals.reminders import sweep as reminder_sweep
from tests.referrals.reminders.sweeps import every_day, morning, notified
from tests.support import factories as make
from tests.support.factories import World
from tests.support.signing_in import signed_in
from welzijn.accounts.models import User
from welzijn.notifications.models import Message

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("on_tuesday", "no_second_factor"),
]
LATE = date(2026, 11, 30)  # a working day after it was told to the organisation


@pytest.fixture
def here() -> World:
    return make.world()


@pytest.fixture
def question(here: World) -> Question:
    """Asked in a village, and picked up by nobody."""
    return make.question(here, "geld", postcode="3881")


def ambassador(here: World, place: str) -> User:
    return make.member(here, Role.NEIGHBOURHOOD_LEAD, neighbourhood=here.places[place])


def nobody_picks_it_up() -> None:
    reminder_sweep.sweep(now=morning(date(2026, 11, 27)))
    reminder_sweep.sweep(now=morning(LATE))


def way_in(who: User) -> str:
    message = Message.objects.exclude(template="digest").get(recipient_key=f"user:{who.pk}")
    return str(message.context["path"])


def test_what_a_coordinator_is_sent_opens_for_a_coordinator_who_reads_no_case(
    here: World, question: Question
) -> None:
    boss = make.coordinator(here)
    nobody_picks_it_up()
    assert way_in(boss) == f"/caseload/{question.pk}/"
    page = signed_in(boss).get(way_in(boss))
    assert page.status_code == 200
    assert question.reference in page.content.decode()


def test_a_silent_handover_opens_for_the_coordinator_as_well(here: World) -> None:
    boss, worker = make.coordinator(here), make.intake_worker(here, "stimenz")
    make.intake_worker(here, "jeugd-punt")
    question = make.question(here, "geld")
    pick_up.pick_up(question=question, by=worker, now=make.TUESDAY)
    handover_services.propose(
        question=question,
        to=here["jeugd-punt"],
        why="Zij kennen de school.",
        summary="Vragen over school.",
        by=worker,
        now=make.TUESDAY,
        yes_how=SharingBasis.How.PHONE,
    )
    every_day(date(2026, 11, 25), date(2026, 12, 4))
    sent = Message.objects.get(template="handover_unanswered")
    assert sent.recipient_key == f"user:{boss.pk}"
    assert signed_in(boss).get(sent.context["path"]).status_code == 200


def test_without_a_coordinator_the_wijkaanjager_of_that_neighbourhood_hears_it(
    here: World, question: Question
) -> None:
    theirs, elsewhere = ambassador(here, "dorp"), ambassador(here, "huinen")
    nobody_picks_it_up()
    assert f"user:{theirs.pk}" in notified("question_not_picked_up")
    assert f"user:{elsewhere.pk}" not in notified("question_not_picked_up")
    page = signed_in(theirs).get(way_in(theirs))
    assert page.status_code == 200
    assert question.reference in page.content.decode()


def test_with_a_coordinator_the_wijkaanjager_is_not_asked_to_chase(
    here: World, question: Question
) -> None:
    make.coordinator(here)
    theirs = ambassador(here, "dorp")
    nobody_picks_it_up()
    assert question.neighbourhood == here.places["dorp"]
    assert f"user:{theirs.pk}" not in notified("question_not_picked_up")


def test_with_neither_it_ends_with_the_organisation_that_has_it_and_not_with_nobody(
    here: World, question: Question
) -> None:
    mailbox = f"organisation:{here['stimenz'].pk}"
    reminder_sweep.sweep(now=morning(date(2026, 11, 27)))
    assert notified("question_not_picked_up") == [mailbox]
    reminder_sweep.sweep(now=morning(LATE))
    assert notified("question_not_picked_up") == [mailbox, mailbox]
