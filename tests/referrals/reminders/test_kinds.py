"""What the sweep does with each kind: handovers, partners outside, checks, colleagues."""

from datetime import date, timedelta

import pytest

from intake.questions.models import Question, SharingBasis
from intake.submission.submission import ContactChoices
from organisations.roles.models import Role
from referrals.casework import close as casework_close
from referrals.casework import pick_up
from referrals.consultations import services as consultation_services
from referrals.external_handovers import services as external_handover_services
from referrals.follow_ups import sentences as follow_up_sentences
from referrals.follow_ups import services as follow_up_services
from referrals.follow_ups.models import FollowUp
from referrals.handovers import services as handover_services
from referrals.handovers.models import Handover
from referrals.reminders import sweep as reminder_sweep
from tests.referrals.follow_ups.due import the
from tests.referrals.reminders.test_limits import picked_up, recipients_of
from tests.support import factories as make
from tests.support import guards
from tests.support.factories import World
from welzijn.accounts.models import User
from welzijn.core.working_days import local_date, local_moment
from welzijn.notifications.models import Message

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def handed_over(here: World, worker: User) -> Handover:
    return handover_services.propose(
        question=picked_up(here, worker),
        to=here["jeugd-punt"],
        why="Zij kennen de school.",
        summary="Vragen over school.",
        by=worker,
        now=make.TUESDAY,
        yes_how=SharingBasis.How.PHONE,
    )


@pytest.mark.django_db
def test_a_handover_goes_up_by_itself_after_the_term_of_the_partnership() -> None:
    here = make.world()
    worker, boss = make.intake_worker(here, "stimenz"), make.coordinator(here)
    silent, other = handed_over(here, worker), handed_over(here, worker)
    due = the(silent.question, "handover")
    FollowUp.objects.exclude(pk=due.pk).update(remind_at=None)
    assert (due.due_on, due.remind_at) == (
        date(2026, 11, 26),
        local_moment(date(2026, 11, 26)) + timedelta(hours=6),
    )
    assert here.partnership.handover_escalate_after == 2
    escalated_at = None
    for day, for_boss in ((date(2026, 11, 26), 0), (date(2026, 11, 30), 1)):
        due.refresh_from_db()
        escalated_at = local_moment(day) + timedelta(hours=6)
        assert due.remind_at == escalated_at
        reminder_sweep.sweep(now=escalated_at)
        assert recipients_of("handover_unanswered") == [f"user:{boss.id}"] * for_boss
    for row in (silent, other, due):
        row.refresh_from_db()
    assert (silent.escalated_at, other.escalated_at) == (escalated_at, None)
    assert (due.remind_at, due.escalation) == (None, 2)


@pytest.mark.django_db
def test_silence_of_a_partner_outside_is_written_down_at_the_second_reminder_only() -> None:
    here = make.world()
    worker = make.intake_worker(here, "stimenz")
    offers = [
        external_handover_services.offer(
            question=picked_up(here, worker),
            name="Huisartsen Dorp",
            email="praktijk@voordeur.example",
            why="Zij weten meer van slapen.",
            summary="Een vrouw slaapt slecht door zorgen.",
            yes_how=SharingBasis.How.PHONE,
            by=worker,
            now=make.TUESDAY,
        )[0]
        for _ in range(2)
    ]
    due = the(offers[0].question, "outside")
    FollowUp.objects.exclude(pk=due.pk).update(remind_at=None)
    for silent in (False, True):
        due.refresh_from_db()
        assert due.remind_at is not None
        moment = due.remind_at
        reminder_sweep.sweep(now=moment)
        offers[0].refresh_from_db()
        assert offers[0].silent_at == (moment if silent else None)
    offers[1].refresh_from_db()
    assert offers[1].silent_at is None


@pytest.mark.django_db
def test_a_check_by_mail_lapses_ten_working_days_later_and_not_before() -> None:
    here = make.world()
    reach = ContactChoices(email="a@voordeur.example", ways=("email",), may_say_who=True)
    worker = make.intake_worker(here, "stimenz")
    question = make.question(here, "geld", reach=reach)
    pick_up.pick_up(question=question, by=worker, now=make.TUESDAY)
    casework_close.close(
        question=question,
        result=Question.Result.HELPED,
        words="Klaar.",
        by=worker,
        now=make.TUESDAY,
    )
    due = the(question, "check")
    asked_at = local_moment(date(2027, 1, 5)) + timedelta(hours=6)
    assert due.remind_at == asked_at
    assert reminder_sweep.sweep(now=asked_at).lapsed == 0
    due.refresh_from_db()
    lapses_at = local_moment(date(2027, 1, 19)) + timedelta(hours=6)
    assert (due.escalation, due.remind_at, due.waits_for) == (1, lapses_at, "resident")
    assert Message.objects.get(template="check").at_work
    assert reminder_sweep.sweep(now=lapses_at - MINUTE).lapsed == 0
    assert reminder_sweep.sweep(now=lapses_at).lapsed == 1
    due.refresh_from_db()
    assert [due.status, due.done_at, due.remind_at] == ["cancelled", lapses_at, None]


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["pick_up", "handover", "check", "agreed", "review"])
def test_what_is_no_longer_so_is_cancelled_without_a_word_and_a_review_is_not(kind: str) -> None:
    here = make.world()
    worker = make.intake_worker(here, "stimenz")
    question = picked_up(here, worker)
    with guards.switched_off():
        FollowUp.objects.filter(question=question).delete()
    due = follow_up_services.make(
        question=question,
        kind=FollowUp.Kind(kind),
        what=follow_up_sentences.AGREED(what="iets"),
        due_on=date(2026, 11, 25),
        organisation=here["stimenz"],
        worker=worker,
        now=make.TUESDAY,
    )
    if kind in ("agreed", "review"):
        Question.objects.filter(pk=question.pk).update(
            status="closed", result="helped", closed_at=make.TUESDAY
        )
    moment = local_moment(date(2026, 11, 26)) + timedelta(hours=9)
    swept = reminder_sweep.sweep(now=moment)
    due.refresh_from_db()
    assert swept.checked == 1
    if kind == "review":
        assert (due.status, swept.notified > 0) == ("open", True)
    else:
        assert [due.status, due.done_at, due.remind_at] == ["cancelled", moment, None]
        assert swept.notified == 0


@pytest.mark.django_db
def test_a_colleague_who_does_not_answer_is_told_again_with_who_asked() -> None:
    here = make.world()
    worker, colleague = make.intake_worker(here, "stimenz"), make.intake_worker(here, "actief")
    requested = consultation_services.ask(
        question=picked_up(here, worker),
        to=here["actief"],
        text="Wie kent een cursus?",
        by=worker,
        now=make.TUESDAY,
    )
    FollowUp.objects.exclude(kind="consultation").update(remind_at=None)
    reminder_sweep.sweep(now=local_moment(date(2026, 11, 26)) + timedelta(hours=6))
    assert recipients_of("followup_due") == [f"user:{worker.id}"]
    late = Message.objects.filter(subject_kind="consultation.late", subject_id=requested.pk)
    assert set(late.values_list("recipient_key", flat=True)) == {
        f"organisation:{here['actief'].id}",
        f"user:{colleague.id}",
    }


STEPS = {
    "pick_up": [1],
    "first_contact": [1, 1],
    "agreed": [1, 2],
    "clock": [2, 1],
    "check": [2, 3],
    "action": [1, 2],
    "outside": [2],
    "review": [1],
    "safety": [1],
    "desk": [1],
    "consultation": [],
}
"""Working days from each reminder to the next one."""


@pytest.mark.django_db
@pytest.mark.parametrize("kind", STEPS)
def test_each_kind_reminds_again_after_its_own_working_days_and_then_stops(kind: str) -> None:
    here = make.world()
    worker, boss = make.intake_worker(here, "stimenz"), make.coordinator(here)
    question = make.question(here, "geld") if kind == "pick_up" else picked_up(here, worker)
    if kind == "check":
        Question.objects.filter(pk=question.pk).update(
            status="closed", result="helped", closed_at=make.TUESDAY
        )
    with guards.switched_off():
        FollowUp.objects.filter(question=question).delete()
    day = date(2026, 11, 26)
    due = follow_up_services.make(
        question=question,
        kind=FollowUp.Kind(kind),
        what=follow_up_sentences.AGREED(what="iets"),
        due_on=day,
        organisation=here["stimenz"],
        worker=worker,
        now=make.TUESDAY,
    )
    calendar = follow_up_services.calendar_of(question)
    for step, days in enumerate([0, *STEPS[kind]]):
        due.refresh_from_db()
        assert due.remind_at is not None
        if step:
            day = calendar.add_working_days(day, days)
            assert due.remind_at == local_moment(day) + timedelta(hours=6)
        # What was looked at earlier or later than its day counts from that day on.
        moment = max(due.remind_at, local_moment(day) + timedelta(hours=6))
        assert reminder_sweep.sweep(now=moment).checked == 1
        day = max(day, local_date(moment))
    due.refresh_from_db()
    assert (due.remind_at, due.escalation) == (None, len(STEPS[kind]) + 1)
    heard = Message.objects.filter(subject_id=due.pk, recipient_key=f"user:{boss.pk}").exists()
    assert heard == (kind not in ("review", "consultation"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("postcode", "has_lead", "hears"),
    [("3881", True, "wijkaanjager"), ("3881", False, "mailbox"), ("", True, "mailbox")],
)
def test_where_nobody_coordinates_the_wider_circle_is_never_empty(
    postcode: str, has_lead: bool, hears: str
) -> None:
    here = make.world()
    who = make.user()
    if has_lead:
        place = here.places["dorp"]
        make.member(here, Role.NEIGHBOURHOOD_LEAD, who=who, neighbourhood=place)
    question = make.question(here, "geld", postcode=postcode)
    due = the(question, "pick_up")
    FollowUp.objects.filter(pk=due.pk).update(escalation=1)
    reminder_sweep.sweep(now=local_moment(date(2026, 11, 27)) + timedelta(hours=6))
    mailbox = f"organisation:{here['stimenz'].pk}"
    assert recipients_of("question_not_picked_up") == [
        {"wijkaanjager": f"user:{who.pk}", "mailbox": mailbox}[hears]
    ]
