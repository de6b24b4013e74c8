"""What was written down wrongly is struck through, and what was is told with its own day."""

from datetime import date, timedelta

import pytest

from intake.questions.models import Question, TimelineEntry
from intake.questions.status import WrongMomentError
from referrals.casework import contact_moments, corrections
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.casework_base.models import ContactMoment
from referrals.desk_messages import services as desk_messages
from referrals.follow_ups import staff_actions
from referrals.follow_ups.models import FollowUp
from tests.referrals.follow_ups.due import open_kinds
from tests.support import factories as make
from tests.support.factories import World
from tests.support.html import as_read
from tests.support.signing_in import signed_in
from welzijn.accounts.models import User
from welzijn.audit.models import AccessEvent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]
HOST = {"host": "putten.localhost"}
LATER = make.TUESDAY + timedelta(hours=2)
THURSDAY = make.TUESDAY + timedelta(days=2)


def spoken(question: Question, worker: User, **changes: object) -> ContactMoment:
    values: dict = {"way": "phone", "outcome": "spoken", "now": LATER, "by": worker}
    return contact_moments.log_contact(question=question, **{**values, **changes})


def latest(question: Question) -> TimelineEntry:
    entry = question.timeline.select_related("struck").first()
    assert entry is not None
    return entry


def test_a_contact_has_the_day_on_which_it_was(question: Question, worker: User) -> None:
    moment = spoken(question, worker, at=LATER, now=THURSDAY)
    question.refresh_from_db()
    assert (moment.at, question.first_contact_at) == (LATER, LATER)
    assert latest(question).text == "Wij hebben u gesproken op dinsdag 24 november."


@pytest.mark.parametrize("outcome", list(ContactMoment.Outcome))
@pytest.mark.parametrize("agreed", ["", "Wij bellen vrijdag."])
@pytest.mark.parametrize("days", [0, 2])
def test_each_contact_is_told_with_what_was_agreed_and_with_another_day(
    question: Question, worker: User, outcome: ContactMoment.Outcome, agreed: str, days: int
) -> None:
    now = LATER + timedelta(days=days)
    spoken(question, worker, outcome=outcome, agreed=agreed, at=LATER, now=now)
    text = latest(question).text
    assert (agreed in text) if agreed else ("Afgesproken" not in text)
    assert ("dinsdag 24 november" in text) == bool(days)


def test_a_contact_can_not_be_in_the_future_or_before_the_question(
    question: Question, worker: User
) -> None:
    for at in (LATER + timedelta(minutes=1), make.TUESDAY - timedelta(days=1)):
        with pytest.raises(WrongMomentError):
            spoken(question, worker, at=at)
    assert not question.contact_moments.exists()


def test_an_earlier_conversation_that_is_written_down_later_is_the_first_contact(
    question: Question, worker: User
) -> None:
    spoken(question, worker, now=THURSDAY)
    spoken(question, worker, at=LATER, now=THURSDAY + timedelta(hours=1))
    question.refresh_from_db()
    assert question.first_contact_at == LATER


def test_on_the_day_itself_a_slip_of_the_pen_needs_no_reason(
    question: Question, worker: User
) -> None:
    spoken(question, worker)
    assert "first_contact" not in open_kinds(question)
    struck = corrections.strike(entry=latest(question), reason="", by=worker, now=LATER)
    question.refresh_from_db()
    assert question.first_contact_at is None
    assert "first_contact" in open_kinds(question)
    assert corrections.strike(entry=latest(question), reason="", by=worker, now=LATER) == struck


def test_later_it_needs_one(question: Question, worker: User) -> None:
    spoken(question, worker)
    with pytest.raises(WrongMomentError):
        corrections.strike(entry=latest(question), reason="", by=worker, now=THURSDAY)
    corrections.strike(entry=latest(question), reason="Dat was een ander", by=worker, now=THURSDAY)
    assert corrections.is_struck(latest(question))


def test_the_contact_before_it_is_the_first_again(question: Question, worker: User) -> None:
    spoken(question, worker)
    spoken(question, worker, now=THURSDAY)
    corrections.strike(entry=latest(question), reason="", by=worker, now=THURSDAY)
    question.refresh_from_db()
    assert question.first_contact_at == LATER


def test_a_try_that_was_struck_does_not_count(question: Question, worker: User) -> None:
    for _try in range(2):
        spoken(question, worker, outcome="not_reached")
    corrections.strike(entry=latest(question), reason="", by=worker, now=LATER)
    assert contact_moments.failed_tries(question) == 1


def test_nobody_strikes_what_a_colleague_wrote_or_the_resident(
    here: World, question: Question, worker: User
) -> None:
    colleague = make.intake_worker(here, "stimenz")
    spoken(question, worker)
    received = question.timeline.get(kind="received")
    for entry, by in ((latest(question), colleague), (received, worker)):
        with pytest.raises(NotAllowedError):
            corrections.strike(entry=entry, reason="x", by=by, now=LATER)


def test_what_a_desk_passed_on_is_no_contact_to_strike(
    here: World, question: Question, worker: User
) -> None:
    desk = make.desk_worker(here)
    desk_messages.pass_on(
        question=question,
        kind=desk_messages.Kind.MESSAGE,
        who="A",
        about="Belt later",
        by=desk,
        now=make.TUESDAY,
    )
    entry = latest(question)
    assert not corrections.can_strike(entry, desk.pk)


def test_a_note_without_a_contact_is_for_colleagues_only(question: Question, worker: User) -> None:
    contact_moments.add_note(question=question, text="Dossier bekeken.", by=worker, now=LATER)
    entry = latest(question)
    assert (entry.kind, entry.for_resident, entry.text) == ("note", False, "")
    assert entry.for_colleagues == "Dossier bekeken."
    assert not question.contact_moments.exists()
    assert "first_contact" in open_kinds(question)


def test_a_plan_that_was_struck_is_off(question: Question, worker: User) -> None:
    plan = staff_actions.plan(
        question=question, what="Bellen", due_on=date(2026, 11, 27), by=worker, now=LATER
    )
    corrections.strike(entry=latest(question), reason="", by=worker, now=LATER)
    plan.refresh_from_db()
    assert plan.status == FollowUp.Status.CANCELLED


def test_toch_niet_ends_a_plan_with_its_reason_and_the_resident_reads_it(
    question: Question, worker: User
) -> None:
    plan = staff_actions.plan(
        question=question, what="Bellen", due_on=date(2026, 11, 27), by=worker, now=LATER
    )
    for _time in range(2):
        staff_actions.call_off(follow_up=plan, why="U belt zelf", by=worker, now=LATER)
    plan.refresh_from_db()
    entry = latest(question)
    assert (plan.status, plan.remind_at) == (FollowUp.Status.CANCELLED, None)
    assert (entry.text, entry.for_resident) == ("Een afspraak gaat niet door.", True)
    assert entry.for_colleagues == "Bellen: U belt zelf"
    assert question.timeline.filter(sentence="follow_up.called_off").count() == 1


def test_a_term_of_the_law_is_not_called_off(question: Question, worker: User) -> None:
    first = question.follow_ups.get(kind="first_contact")
    with pytest.raises(WrongMomentError):
        staff_actions.call_off(follow_up=first, why="nee", by=worker, now=LATER)


def test_on_the_pages_it_stays_to_be_read_struck_through(
    question: Question, worker: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoken(question, worker, agreed="Wij bellen vrijdag.")
    entry = latest(question)
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)
    client = signed_in(worker)
    path = f"/vraagstuk/{question.pk}/stap/{entry.pk}/doorhalen/"
    assert path in client.get(f"/vraagstuk/{question.pk}/", headers=HOST).content.decode()
    assert client.get(path, headers=HOST).status_code == 200
    looks = AccessEvent.objects.filter(question_id=question.pk, actor=worker)
    assert "step_to_strike" in {look.reason for look in looks}
    assert client.post(path, {"reason": "Verkeerde vraag"}, headers=HOST).status_code == 302
    page = client.get(f"/vraagstuk/{question.pk}/", headers=HOST).content.decode()
    assert 'class="vd-struck"' in page
    assert "Wij bellen vrijdag." in page
    assert f"Doorgehaald door {worker.name}. Verkeerde vraag" in as_read(page)
    assert path not in page
