"""A colleague elsewhere advises without knowing who it is about."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from intake.questions.models import Question
from intake.questions.status import WrongMomentError
from organisations.directory.models import LifeDomain, Organisation
from organisations.roles.models import Membership
from referrals.casework import pick_up
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.consultations import services as consultation_services
from referrals.consultations.models import Consultation
from tests.referrals.casework.ending import closed
from tests.referrals.follow_ups.due import open_kinds, the
from tests.support import factories as make
from tests.support import guards
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


def ask(question: Question, to: Organisation, by: User, **changes: object) -> Consultation:
    values: dict = {"text": "Past een maatje?", "now": make.TUESDAY}
    return consultation_services.ask(question=question, to=to, by=by, **{**values, **changes})


def test_a_colleague_advises_without_knowing_who(
    here: World, question: Question, worker: User
) -> None:
    colleague = make.professional(here, "jeugd-punt")
    with pytest.raises(ValidationError):
        consultation_services.ask(
            question=question,
            to=here["jeugd-punt"],
            text="Ada heeft schulden.",
            by=worker,
            now=make.TUESDAY,
        )
    requested = consultation_services.ask(
        question=question,
        to=here["jeugd-punt"],
        text="Past een maatje bij een moeder met schulden?",
        by=worker,
        now=make.TUESDAY,
    )
    assert not Question.objects.visible_to(colleague, date(2026, 11, 24)).exists()
    notified = Message.objects.filter(subject_kind="consultation")
    assert all("reference" not in m.context for m in notified)
    consultation_services.answer(
        consultation=requested, text="Ja, bel ons.", by=colleague, now=make.TUESDAY
    )
    with pytest.raises(WrongMomentError):
        consultation_services.answer(
            consultation=requested, text="Nee.", by=colleague, now=make.TUESDAY
        )
    assert Consultation.objects.get().answer == "Ja, bel ons."
    assert "consultation" not in open_kinds(question)
    assert Message.objects.get(template="consultation_answered").recipient_key == (
        f"user:{worker.id}"
    )


def test_nobody_of_another_organisation_answers(
    here: World, question: Question, worker: User
) -> None:
    requested = consultation_services.ask(
        question=question, to=here["jeugd-punt"], text="Past dit?", by=worker, now=make.TUESDAY
    )
    with pytest.raises(NotAllowedError):
        consultation_services.answer(
            consultation=requested,
            text="Ja.",
            by=make.professional(here, "actief"),
            now=make.TUESDAY,
        )


def test_the_asker_is_reminded_after_two_working_days(
    here: World, question: Question, worker: User
) -> None:
    friday = make.TUESDAY + timedelta(days=3)
    requested = ask(question, here["jeugd-punt"], worker, now=friday)
    due = the(question, "consultation")
    assert (due.due_on, due.worker, due.waits_for) == (date(2026, 12, 1), worker, "receiver")
    assert requested.follow_up == due
    assert Question.objects.get(pk=question.pk).last_activity_at == friday


def test_two_can_be_asked_and_the_answer_of_one_ends_only_its_own_reminder(
    here: World, question: Question, worker: User
) -> None:
    first = ask(question, here["jeugd-punt"], worker)
    second = ask(question, here["actief"], worker)
    advises = make.professional(here, "jeugd-punt")
    consultation_services.answer(consultation=first, text=" Ja. ", by=advises, now=LATER)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.answer, first.answered_by, first.answered_at) == ("Ja.", advises, LATER)
    assert first.follow_up is not None
    assert second.follow_up is not None
    assert (first.follow_up.status, first.follow_up.remind_at) == ("done", None)
    assert (second.follow_up.status, second.answered_at) == ("open", None)


def test_ones_own_organisation_and_one_outside_are_not_asked(
    here: World, question: Question, worker: User
) -> None:
    for to in (here["stimenz"], make.organisation("elders")):
        with pytest.raises(WrongMomentError):
            ask(question, to, worker)
    assert not Consultation.objects.exists()


@pytest.mark.parametrize(("until", "asks"), [(TODAY, True), (TODAY - timedelta(days=1), False)])
def test_the_last_day_of_taking_part_counts(
    here: World, question: Question, worker: User, until: date, asks: bool
) -> None:
    here.partnership.participations.filter(organisation=here["jeugd-punt"]).update(until=until)
    if asks:
        assert ask(question, here["jeugd-punt"], worker).receiver == here["jeugd-punt"]
        return
    with pytest.raises(WrongMomentError):
        ask(question, here["jeugd-punt"], worker)


def test_only_who_works_on_it_asks_and_only_of_an_open_question(
    here: World, question: Question, worker: User
) -> None:
    for stranger in (make.intake_worker(here, "actief"), make.coordinator(here)):
        with pytest.raises(NotAllowedError):
            ask(question, here["jeugd-punt"], stranger)
    closed(question, worker)
    with pytest.raises(WrongMomentError):
        ask(question, here["jeugd-punt"], worker)
    assert not Consultation.objects.exists()


@pytest.mark.parametrize("empty", ["", "  \n"])
def test_an_empty_answer_is_none(here: World, question: Question, worker: User, empty: str) -> None:
    requested = ask(question, here["jeugd-punt"], worker)
    with pytest.raises(ValueError, match="says something"):
        consultation_services.answer(
            consultation=requested, text=empty, by=make.professional(here, "jeugd-punt"), now=LATER
        )
    assert "consultation" in open_kinds(question)


def test_a_former_colleague_does_not_answer(here: World, question: Question, worker: User) -> None:
    requested = ask(question, here["jeugd-punt"], worker)
    make.professional(here, "jeugd-punt")
    colleague = make.professional(here, "jeugd-punt")
    role = Membership.objects.filter(user=colleague)
    role.update(until=TODAY - timedelta(days=1))
    assert consultation_services.answering_as(colleague, requested, TODAY) is None
    with pytest.raises(NotAllowedError):
        consultation_services.answer(consultation=requested, text="Ja.", by=colleague, now=LATER)
    with guards.switched_off():
        role.update(until=TODAY)
    assert consultation_services.answering_as(colleague, requested, TODAY) == role.get()


def test_the_answer_is_for_staff_and_the_question_to_a_colleague_for_the_resident(
    here: World, question: Question, worker: User
) -> None:
    requested = ask(question, here["jeugd-punt"], worker)
    consultation_services.answer(
        consultation=requested, text="Ja.", by=make.professional(here, "jeugd-punt"), now=LATER
    )
    shown = question.timeline.filter(kind="consulted").order_by("at", "id")
    assert [(entry.for_resident, entry.note) for entry in shown] == [(True, ""), (False, "Ja.")]


def test_the_message_to_the_colleague_holds_no_way_back(
    here: World, question: Question, worker: User
) -> None:
    reader = make.intake_worker(here, "jeugd-punt")
    ask(question, here["jeugd-punt"], worker)
    notified = Message.objects.filter(template="consultation_asked")
    assert {m.recipient_key for m in notified} == {
        f"organisation:{here['jeugd-punt'].pk}",
        f"user:{reader.pk}",
    }
    assert [m.context for m in notified] == [{"path": "/werk/overleg/"}] * 2
    # By which it is erased with the question; no template reads it.
    assert {m.about_id for m in notified} == {question.pk}


def test_an_answer_is_given_also_where_the_reminder_is_gone_or_over(
    here: World, question: Question, worker: User
) -> None:
    advises = make.professional(here, "jeugd-punt")
    gone, over = (ask(question, here["jeugd-punt"], worker) for _ in range(2))
    assert gone.follow_up is not None
    assert over.follow_up is not None
    with guards.switched_off():
        gone.follow_up.delete()
    over.follow_up.status, over.follow_up.done_at = "cancelled", make.TUESDAY
    over.follow_up.save()
    for requested in (gone, over):
        consultation_services.answer(
            consultation=Consultation.objects.get(pk=requested.pk),
            text="Ja.",
            by=advises,
            now=LATER,
        )
    over.follow_up.refresh_from_db()
    assert (over.follow_up.status, over.follow_up.done_at) == ("cancelled", make.TUESDAY)


def test_long_names_of_life_domains_are_cut_to_what_the_row_holds(
    here: World, question: Question, worker: User
) -> None:
    for number in range(6):
        domain = LifeDomain.objects.create(
            partnership=here.partnership, slug=f"lang-{number}", name=f"{number}" + "x" * 59
        )
        question.life_domains.add(domain)
    assert len(ask(question, here["jeugd-punt"], worker).life_domains) == 300
