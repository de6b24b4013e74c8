"""Handovers outside: link and code apart, only the summary, and the lead stays."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from intake.questions.models import Question, SharingBasis
from intake.questions.status import WrongMomentError
from intake.resident_access import codes
from referrals.casework import pick_up
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.external_handovers import partner_summary
from referrals.external_handovers import services as external_handover_services
from referrals.external_handovers.models import OutsideHandover
from referrals.follow_ups.models import FollowUp
from referrals.reminders import sweep as reminder_sweep
from tests.referrals.follow_ups.due import open_kinds, the
from tests.support import factories as make
from tests.support.refused import is_refused, shown_again
from tests.support.signing_in import entered, signed_in
from welzijn.notifications.models import Message

pytestmark = pytest.mark.django_db
HOST = {"host": "putten.localhost"}


class Case:
    """A question at Stimenz with which the village doctor could help."""

    def __init__(self, now: Any = make.TUESDAY) -> None:
        self.now = now
        self.here = make.world()
        self.worker = make.intake_worker(self.here, "stimenz", who=make.user("Fatma de Boer"))
        self.receipt = make.submitted(
            self.here,
            "geld",
            now=now,
            name="Zeynep Yildiz",
            words="mijn man drinkt en ik slaap niet",
            postcode="3881",
        )
        self.question = Question.objects.get(pk=self.receipt.question.pk)
        pick_up.pick_up(question=self.question, by=self.worker, now=now)

    def offer(self, **changes: Any) -> tuple[OutsideHandover, str]:
        values: dict[str, Any] = {
            "question": self.question,
            "name": "Huisartsen Dorp",
            "email": "praktijk@voordeur.example",
            "why": "Zij weten meer van slapen.",
            "summary": "Een vrouw slaapt slecht door zorgen.",
            "yes_how": SharingBasis.How.PHONE,
            "by": self.worker,
            "now": self.now,
        }
        return external_handover_services.offer(**{**values, **changes})

    def fresh(self) -> Question:
        return Question.objects.get(pk=self.question.pk)


def test_link_and_code_never_travel_together() -> None:
    case = Case()
    offered, code = case.offer()
    mail = Message.objects.get(subject_kind=external_handover_services.KIND)
    assert (mail.address, mail.context) == (
        "praktijk@voordeur.example",
        {
            "path": f"/overdracht/{offered.token}/",
            "organisation": "Stimenz",
            "phone": offered.question.partnership.desk_phone,
        },
    )
    for message in Message.objects.all():
        assert code not in f"{message.context}"
    for entry in case.question.timeline.all():
        assert code not in entry.text + entry.note


def test_a_summary_with_the_person_in_it_is_refused_and_only_the_lead_asks() -> None:
    case = Case()
    with pytest.raises(ValidationError):
        case.offer(summary="Zeynep slaapt slecht.")
    with pytest.raises(NotAllowedError):
        case.offer(by=make.intake_worker(case.here, "jeugd-punt"))
    case.offer()
    with pytest.raises(WrongMomentError):
        case.offer()


def test_the_page_shows_the_summary_and_nothing_else_of_the_question() -> None:
    case = Case(timezone.now())
    offered, code = case.offer()
    client, page = Client(), f"/overdracht/{offered.token}/"
    before = client.get(page, headers=HOST).content.decode()
    assert "slaapt slecht" not in before
    assert is_refused(client.post(page, {"code": "123456789"}, headers=HOST))
    typed = {"code": codes.display_code(code)}
    assert client.post(page, typed, headers=HOST).status_code == 302
    text = client.get(page, headers=HOST).content.decode()
    for shown in ("Stimenz", "Geld en post", "Putten-dorp", "slaapt slecht"):
        assert shown in text
    for secret in (
        "Zeynep",
        "drinkt",
        case.receipt.reference,
        "612345678",
        "Fatma",
        str(case.question.pk),
    ):
        assert secret not in text
    # Without the code in this browser there is nothing, and not at another partnership either.
    assert "slaapt slecht" not in Client().get(page, headers=HOST).content.decode()
    make.world("elders")
    there = client.get(page, headers={"host": "elders.localhost"}).content.decode()
    assert "slaapt slecht" not in there
    notified = [e for e in case.question.timeline.all() if "samenvatting gelezen" in e.text]
    assert len(notified) == 1


def test_after_ten_wrong_codes_the_right_one_is_refused() -> None:
    case = Case(timezone.now())
    offered, code = case.offer()
    client, page = Client(), f"/overdracht/{offered.token}/"
    for _try in range(10):
        client.post(page, {"code": "1"}, headers=HOST)
    late = shown_again(client, client.post(page, {"code": code}, headers=HOST))
    assert "vaak achter elkaar niet gelukt" in late.content.decode()


def test_accepting_keeps_the_lead_and_makes_an_introduction_due() -> None:
    case = Case()
    offered, _code = case.offer()
    external_handover_services.answer(
        offered=offered, accepts=True, text="Donderdag kan.", now=case.now
    )
    question = case.fresh()
    assert question.lead == case.here["stimenz"]
    assert the(question, FollowUp.Kind.AGREED).worker == case.worker
    assert FollowUp.Kind.OUTSIDE not in open_kinds(question)
    assert any("wil u helpen" in e.text for e in question.timeline.filter(for_resident=True))
    assert Message.objects.filter(template="handover_accepted").exists()
    with pytest.raises(WrongMomentError):
        external_handover_services.answer(
            offered=offered, accepts=False, text="toch niet", now=case.now
        )


def test_a_decline_needs_a_reason_that_the_sender_reads() -> None:
    case = Case()
    offered, _code = case.offer()
    with pytest.raises(ValueError, match="reason"):
        external_handover_services.answer(offered=offered, accepts=False, text=" ", now=case.now)
    external_handover_services.answer(
        offered=offered, accepts=False, text="Wij zitten vol.", now=case.now
    )
    assert case.question.timeline.filter(note="Wij zitten vol.").exists()
    with pytest.raises(IntegrityError):
        OutsideHandover.objects.filter(pk=offered.pk).update(answer="")


def test_silence_reminds_the_sender_and_then_the_coordinator() -> None:
    case = Case()
    boss = make.coordinator(case.here)
    case.offer()
    due = the(case.question, FollowUp.Kind.OUTSIDE)

    def notified() -> set[str]:
        found = Message.objects.filter(subject_id=due.pk)
        return set(found.values_list("recipient_key", flat=True))

    reminder_sweep.sweep(now=make.TUESDAY + timedelta(days=2))
    assert notified() == {f"user:{case.worker.pk}"}
    reminder_sweep.sweep(now=make.TUESDAY + timedelta(days=6))
    assert notified() == {f"user:{case.worker.pk}", f"user:{boss.pk}"}


def test_silence_is_recorded_once_and_a_late_answer_still_counts() -> None:
    case = Case()
    offered, _code = case.offer()
    reminder_sweep.sweep(now=make.TUESDAY + timedelta(days=2))
    offered.refresh_from_db()
    assert offered.silent_at is None
    for days in (6, 7, 13):
        reminder_sweep.sweep(now=make.TUESDAY + timedelta(days=days))
    offered.refresh_from_db()
    assert offered.silent_at == make.TUESDAY + timedelta(days=6)
    said = [e for e in case.question.timeline.all() if e.text.endswith("zoekt dat uit.")]
    assert [entry.text for entry in said] == [
        f"{offered.name} heeft nog niet geantwoord. Stimenz zoekt dat uit."
    ]
    external_handover_services.answer(
        offered=offered, accepts=True, text="", now=make.TUESDAY + timedelta(days=14)
    )
    offered.refresh_from_db()
    assert offered.status == "accepted"


@pytest.mark.parametrize("ended_by", ["sender", "resident", "closed"])
def test_the_link_stops_working_once_the_handover_ended(ended_by: str) -> None:
    case = Case(timezone.now())
    offered, code = case.offer()
    client, page = Client(), f"/overdracht/{offered.token}/"
    client.post(page, {"code": code}, headers=HOST)
    if ended_by == "sender":
        external_handover_services.withdraw(offered=offered, by=case.worker, now=case.now)
    elif ended_by == "resident":
        external_handover_services.stop(offered=offered, now=case.now)
    else:
        Question.objects.filter(pk=case.question.pk).update(
            status="closed", result="helped", closed_at=case.now
        )
    text = client.get(page, headers=HOST).content.decode()
    assert "Deze vraag is gestopt" in text
    assert "slaapt slecht" not in text
    mail = Message.objects.get(subject_kind=external_handover_services.KIND)
    assert partner_summary.still_offered([mail], case.now) == set()


def test_the_pages_of_worker_partner_and_resident(settings: Any) -> None:
    settings.WELZIJN_DEMO = True
    case = Case(timezone.now())
    worker, page = signed_in(case.worker), f"/vraagstuk/{case.question.pk}/buiten/"
    given = {
        "name": "De school",
        "email": "ib@voordeur.example",
        "why": "Zij kennen u.",
        "summary": "Zeynep heeft zorgen.",
        "yes_how": "phone",
    }
    assert worker.post(page, given, headers=HOST).status_code == 422
    answer = worker.post(page, {**given, "summary": "Een moeder heeft zorgen."}, headers=HOST)
    assert "Mail de code niet" in answer.content.decode()
    offered = OutsideHandover.objects.get()
    assert "Mail de code niet" not in worker.get(page, headers=HOST).content.decode()
    resident = entered(case.receipt)
    own = resident.get("/volg/vraag/buiten/", headers=HOST).content.decode()
    assert "Een moeder heeft zorgen." in own
    resident.post("/volg/vraag/buiten/", {"stop": str(offered.pk)}, headers=HOST)
    assert OutsideHandover.objects.get().status == "stopped"
    other = signed_in(make.intake_worker(case.here, "jeugd-punt"))
    assert other.get(page, headers=HOST).status_code == 404
    worker.post(page, {**given, "summary": "Een moeder heeft zorgen."}, headers=HOST)
    again = OutsideHandover.objects.get(status="offered")
    worker.post(page, {"terug": str(again.pk)}, headers=HOST)
    assert not OutsideHandover.objects.filter(status="offered").exists()


def test_silence_shows_in_the_caseload_until_there_is_an_answer() -> None:
    case = Case()
    before = case.fresh().due_on
    offered, _code = case.offer()
    assert case.fresh().due_on == offered.due_on
    external_handover_services.withdraw(offered=offered, by=case.worker, now=case.now)
    assert case.fresh().due_on == before
