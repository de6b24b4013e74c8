"""Withholding a log entry from the resident: two people, a reason and a review day."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from intake.access_log import open_question, resident_log
from intake.questions.models import Question
from intake.questions.status import WrongMomentError
from referrals.casework import close as casework_close
from referrals.casework import pick_up
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.follow_ups.models import FollowUp
from referrals.privacy import withholding
from referrals.reminders import sweep as reminder_sweep
from tests.referrals.follow_ups.due import the
from tests.support import factories as make
from tests.support.signing_in import entered, signed_in
from welzijn.audit.models import AccessEvent, Withholding
from welzijn.audit.reasons import Reason
from welzijn.notifications.models import Message

pytestmark = pytest.mark.django_db
HOST = {"host": "putten.localhost"}
UNTIL = date(2026, 12, 22)


class Case:
    """A question with one access in its log."""

    def __init__(self, now: Any = make.TUESDAY) -> None:
        self.here = make.world()
        self.worker = make.intake_worker(self.here, "stimenz", who=make.user("Fatma de Boer"))
        self.second = make.intake_worker(self.here, "stimenz")
        self.receipt = make.submitted(self.here, "geld", now=now)
        self.question = Question.objects.get(pk=self.receipt.question.pk)
        pick_up.pick_up(question=self.question, by=self.worker, now=now)
        open_question.open_question(
            user=self.worker,
            partnership=self.here.partnership,
            question_id=self.question.pk,
            why=Reason.DETAILS_TO_CHANGE,
            now=now,
        )
        self.event = AccessEvent.objects.get(
            question_id=self.question.pk, reason=Reason.DETAILS_TO_CHANGE
        )

    def requested(self, **changes: Any) -> Withholding:
        values: dict[str, Any] = {
            "question": self.question,
            "event": self.event,
            "reason": "Zijn partner heeft de code.",
            "review_on": UNTIL,
            "by": self.worker,
            "now": make.TUESDAY,
        }
        return withholding.request(**{**values, **changes})

    def approved(self) -> Withholding:
        return withholding.approve(withholding=self.requested(), by=self.second, now=make.TUESDAY)

    def shown(self, now: Any = make.TUESDAY) -> bool:
        looks = resident_log.entries_for(self.question, now=now)
        return any("gegevens geopend om te wijzigen" in one.text for one in looks)


def test_nothing_is_hidden_until_a_second_person_approves() -> None:
    case = Case()
    requested = case.requested()
    assert case.shown()
    for user in (case.worker, make.intake_worker(case.here, "jeugd-punt"), make.user()):
        with pytest.raises(NotAllowedError):
            withholding.approve(withholding=requested, by=user, now=make.TUESDAY)
    assert case.shown()
    withholding.approve(withholding=requested, by=case.second, now=make.TUESDAY)
    assert not case.shown()


def test_a_coordinator_of_the_same_organisation_can_be_the_second_person() -> None:
    case = Case()
    boss = make.coordinator(case.here, "stimenz")
    withholding.approve(withholding=case.requested(), by=boss, now=make.TUESDAY)
    assert not case.shown()


def test_a_withheld_entry_shows_from_the_review_day_which_is_due_before() -> None:
    case = Case()
    case.approved()
    due = the(case.question, FollowUp.Kind.REVIEW)
    assert (due.due_on, due.worker) == (date(2026, 12, 21), case.worker)
    assert not case.shown(make.TUESDAY + timedelta(days=27))
    assert case.shown(make.TUESDAY + timedelta(days=28))


def test_the_review_is_not_forgotten_when_the_question_is_closed() -> None:
    case = Case()
    case.approved()
    question = Question.objects.get(pk=case.question.pk)
    casework_close.end_all(question, "closed", make.TUESDAY)
    Question.objects.filter(pk=question.pk).update(
        status="closed", result="helped", closed_at=make.TUESDAY
    )
    due = the(case.question, FollowUp.Kind.REVIEW)
    reminder_sweep.sweep(now=make.TUESDAY + timedelta(days=27))
    assert Message.objects.filter(subject_id=due.pk).exists()
    assert FollowUp.objects.get(pk=due.pk).status == "open"


def test_prolonging_takes_a_second_person_and_leaves_no_gap() -> None:
    case = Case()
    hidden = case.approved()
    later = date(2027, 2, 1)
    with pytest.raises(NotAllowedError):
        withholding.prolong(
            withholding=hidden,
            reason="Nog steeds.",
            review_on=later,
            by=case.worker,
            now=make.TUESDAY,
        )
    withholding.prolong(
        withholding=hidden, reason="Nog steeds.", review_on=later, by=case.second, now=make.TUESDAY
    )
    assert not case.shown(make.TUESDAY + timedelta(days=40))
    assert the(case.question, FollowUp.Kind.REVIEW).due_on == date(2027, 1, 29)
    withholding.end(withholding=hidden, by=case.second, now=make.TUESDAY)
    assert case.shown()


def test_the_review_day_is_in_the_future_and_within_half_a_year() -> None:
    case = Case()
    for day in (date(2026, 11, 24), date(2027, 6, 1)):
        with pytest.raises(WrongMomentError):
            case.requested(review_on=day)


def test_an_entry_of_another_question_can_not_be_withheld_here() -> None:
    case = Case()
    other = make.question(case.here, "geld")
    with pytest.raises(WrongMomentError):
        case.requested(question=other)


def test_neither_resident_nor_messages_reveal_a_withholding() -> None:
    case = Case(timezone.now())
    requested = case.requested(
        review_on=timezone.localdate() + timedelta(days=20), now=timezone.now()
    )
    withholding.approve(withholding=requested, by=case.second, now=timezone.now())
    client = entered(case.receipt)
    text = client.get("/volg/vraag/", headers=HOST).content.decode()
    for secret in ("veiligheid", "afgeschermd", "afschermen", "terugkijken", "heeft de code"):
        assert secret not in text
    notified = Message.objects.filter(subject_kind=withholding.KIND)
    assert {m.recipient_key for m in notified} == {f"user:{case.second.pk}"}
    assert {tuple(sorted(m.context)) for m in notified} == {("path", "reference")}


def test_the_pages_request_and_decide(settings: Any) -> None:
    settings.WELZIJN_DEMO = True
    case = Case(timezone.now())
    page = f"/vraagstuk/{case.question.pk}/afschermen/"
    day = timezone.localdate() + timedelta(days=20)
    given = {"event": str(case.event.pk), "why": "Gevaar.", "review_on": day.isoformat()}
    given["review_on_sure"] = day.isoformat()  # where that day is in a weekend
    worker = signed_in(case.worker)
    assert worker.post(page, {**given, "why": ""}, headers=HOST).status_code == 422
    assert worker.post(page, given, headers=HOST).status_code == 302
    requested = Withholding.objects.get()
    decision = f"/vraagstuk/afscherming/{requested.pk}/"
    assert worker.get(decision, headers=HOST).status_code == 404
    boss = signed_in(make.coordinator(case.here, "stimenz"))
    assert "Keur goed" in boss.get(decision, headers=HOST).content.decode()
    assert boss.post(decision, {"wat": "goed"}, headers=HOST).status_code == 302
    assert not case.shown(timezone.now())
    other = signed_in(make.coordinator(case.here, "jeugd-punt"))
    assert other.get(decision, headers=HOST).status_code == 404
