"""The Meldcode: five steps with due dates, a report with its ground, and nothing for outsiders."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from intake.access_log import resident_log
from intake.questions.models import Question
from intake.questions.status import WrongMomentError
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.follow_ups.models import FollowUp
from referrals.meldcode import services as meldcode_services
from referrals.meldcode.models import MeldcodeStep
from referrals.privacy import withholding
from tests.referrals.follow_ups.due import open_kinds, the
from tests.support import factories as make
from tests.support.signing_in import entered, signed_in
from welzijn.audit.models import AccessEvent, Withholding
from welzijn.audit.reasons import Reason

pytestmark = pytest.mark.django_db
HOST = {"host": "putten.localhost"}
Step, Outcome = MeldcodeStep.Step, MeldcodeStep.Outcome


class Case:
    """A question at Stimenz that gives cause for concern."""

    def __init__(self, now: Any = make.TUESDAY) -> None:
        self.now = now
        self.here = make.world()
        self.worker = make.intake_worker(self.here, "stimenz")
        self.second = make.intake_worker(self.here, "stimenz")
        self.receipt = make.submitted(self.here, "geld", now=now)
        self.question = Question.objects.get(pk=self.receipt.question.pk)

    def note(self, step: MeldcodeStep.Step, **changes: Any) -> MeldcodeStep:
        values: dict[str, Any] = {
            "question": self.question,
            "step": step,
            "outcome": Outcome.DONE,
            "done_on": timezone.localdate(self.now),
            "note": "Blauwe plek gezien.",
            "by": self.worker,
            "now": self.now,
        }
        return meldcode_services.record_step(**{**values, **changes})

    def report(self, **changes: Any) -> MeldcodeStep:
        values: dict[str, Any] = {
            "question": self.question,
            "way": MeldcodeStep.Way.PHONE,
            "ground": MeldcodeStep.Ground.DANGER,
            "reason": "Er is gevaar voor de kinderen.",
            "done_on": timezone.localdate(self.now),
            "note": "Gesproken met Veilig Thuis.",
            "hide_until": timezone.localdate(self.now) + timedelta(days=28),
            "by": self.worker,
            "now": self.now,
        }
        return meldcode_services.report(**{**values, **changes})

    def shown(self, now: Any = None) -> bool:
        looks = resident_log.entries_for(self.question, now=now or self.now)
        return any("Veilig Thuis" in one.text for one in looks)


def test_each_step_makes_the_next_one_due_until_the_decision() -> None:
    case = Case()
    assert meldcode_services.next_step(case.question) is None
    for step, coming in ((1, "stap 2"), (2, "stap 3"), (3, "stap 4"), (4, "stap 5")):
        case.note(Step(step))
        due = the(case.question, FollowUp.Kind.SAFETY)
        assert coming in due.what
        assert (due.due_on, due.worker) == (date(2026, 11, 26), case.worker)
    case.note(Step.DECIDE, outcome=Outcome.NOT_REPORTED)
    assert FollowUp.Kind.SAFETY not in open_kinds(case.question)
    assert [len(line.entries) for line in meldcode_services.checklist(case.question)] == [1] * 5


def test_only_case_workers_record_a_step_and_never_for_a_future_day() -> None:
    case = Case()
    with pytest.raises(NotAllowedError):
        case.note(Step.SIGNALS, by=make.intake_worker(case.here, "jeugd-punt"))
    with pytest.raises(WrongMomentError):
        case.note(Step.SIGNALS, done_on=date(2026, 11, 25))
    with pytest.raises(ValueError, match="note"):
        case.note(Step.SIGNALS, note=" ")


def test_a_report_has_a_way_a_ground_and_a_reason_also_for_the_database() -> None:
    case = Case()
    for missing in ({"reason": " "}, {"way": ""}, {"ground": ""}):
        with pytest.raises(ValueError, match="ground"):
            case.report(**missing)
    with pytest.raises(ValueError, match="own way"):
        case.note(Step.DECIDE, outcome=Outcome.REPORTED)
    written = case.report()
    event = AccessEvent.objects.get(what=resident_log.VEILIG_THUIS_REPORT)
    assert (event.basis, event.actor) == ("danger", case.worker)
    with pytest.raises(DatabaseError), transaction.atomic():
        MeldcodeStep.objects.filter(pk=written.pk).update(note="anders")
    written.pk, written.reason = make.uuid.uuid4(), ""
    with pytest.raises(IntegrityError):
        written.save(force_insert=True)


def test_a_report_is_withheld_from_the_start_until_the_review_day() -> None:
    case = Case()
    case.report()
    assert not case.shown()
    assert not case.shown(case.now + timedelta(days=2))
    # A second person who never answers doesn't hide it for ever.
    assert case.shown(case.now + timedelta(days=3))
    withholding.approve(withholding=Withholding.objects.get(), by=case.second, now=case.now)
    assert not case.shown(case.now + timedelta(days=27))
    assert case.shown(case.now + timedelta(days=28))


def test_a_report_without_withholding_is_listed_at_once() -> None:
    case = Case()
    case.report(hide_until=None)
    assert case.shown()


def test_the_residents_page_does_not_mention_the_meldcode() -> None:
    case = Case(timezone.now())
    case.note(Step.SIGNALS)
    case.report()
    client = entered(case.receipt)
    text = client.get("/volg/vraag/", headers=HOST).content.decode()
    for secret in ("Meldcode", "gemeld", "Blauwe plek", "gevaar voor de kinderen", "afgeschermd"):
        assert secret not in text


def test_the_pages_record_a_step_and_a_report(settings: Any) -> None:
    settings.WELZIJN_DEMO = True
    case = Case(timezone.now())
    client = signed_in(case.worker)
    page = f"/vraagstuk/{case.question.pk}/meldcode/"
    day = timezone.localdate().isoformat()
    given = {"outcome": "done", "done_on": day, "note": "Blauwe plek."}
    assert client.post(f"{page}1/", given, headers=HOST).status_code == 302
    notified = {**given, "outcome": "reported"}
    assert client.post(f"{page}5/", notified, headers=HOST).status_code == 422
    whole = {
        **notified,
        "way": "phone",
        "ground": "danger",
        "reason": "Gevaar.",
        "hide": "on",
        "hide_until": (timezone.localdate() + timedelta(days=28)).isoformat(),
    }
    assert client.post(f"{page}5/", whole, headers=HOST).status_code == 302
    text = client.get(page, headers=HOST).content.decode()
    assert "gemeld bij Veilig Thuis" in text
    assert Withholding.objects.count() == 1
    assert client.get(f"{page}6/", headers=HOST).status_code == 404
    # Opening this page is logged with the same reason as any other.
    reasons = set(AccessEvent.objects.filter(action="read").values_list("reason", flat=True))
    assert Reason.OPENED in reasons
    assert not any("eldcode" in reason for reason in reasons)
