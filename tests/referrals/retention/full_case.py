"""A question with a row in every table that can lead to it, and partnerships with terms."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from intake.access_log import open_question
from intake.attachments.models import MediaType, Scan
from intake.attachments.services import Examined
from intake.danger.models import HeardDanger
from intake.households import links as household_links
from intake.partner_door.models import PartnerMark
from intake.questions.models import Decision, Question, SetAside, SharingBasis, TimelineEntry
from intake.resident_sign_in import own_questions
from intake.resident_sign_in.models import OwnQuestion, ResidentAccount
from intake.submission.submission import ContactChoices
from referrals.attachments import services as attachments
from referrals.caseload.models import Spread, SpreadRow
from referrals.casework import contact_moments, corrections
from referrals.casework.models import OutsideChange
from referrals.casework.pick_up import pick_up
from referrals.casework_base.models import ContactMoment
from referrals.conferences import invitations as conference_invitations
from referrals.conferences import minutes as conference_minutes
from referrals.conferences import planning as conference_planning
from referrals.conferences import sentences as conference_sentences
from referrals.conferences.models import AgendaRequest
from referrals.consultations import services as consultation_services
from referrals.external_handovers import services as external_handover_services
from referrals.follow_ups import services as follow_up_services
from referrals.follow_ups import staff_actions as follow_up_actions
from referrals.follow_ups.models import FollowUp
from referrals.handovers import clarifications
from referrals.handovers import services as handover_services
from referrals.meldcode import services as meldcode_services
from referrals.meldcode.models import MeldcodeStep
from referrals.privacy import findings as privacy_findings
from referrals.privacy.models import DataRequest, Finding
from referrals.resident_portal import data_requests
from referrals.routing_review.models import Correction
from tests.support import factories as make
from tests.support import guards
from welzijn.audit.reasons import Reason
from welzijn.core.working_days import local_date
from welzijn.notifications.models import Message, Refusal
from welzijn.notifications.recipients import Channel

TERMS = {"advice": 0, "welfare": 2, "wmo": 15, "debts": 5, "youth_care": 20, "log": 5}


def with_terms(here: make.World, **terms: Any) -> make.World:
    """Give the partnership of a world retention terms."""
    here.partnership.retention = {**TERMS, "organisations": {}, **terms}
    here.partnership.save()
    here.partnership.refresh_from_db()
    return here


def ended(question: Question, at: datetime, status: str = "withdrawn") -> Question:
    """End the question at that moment, with nothing due and no later timeline entry."""
    Question.objects.filter(pk=question.pk).update(
        status=status,
        closed_at=at,
        last_activity_at=at,
        result="helped" if status == "closed" else "",
        assigned_to=None,
    )
    with guards.switched_off():
        TimelineEntry.objects.filter(question=question, at__gt=at).update(at=at)
    question.follow_ups.filter(status="open").update(status="cancelled", done_at=at)
    question.refresh_from_db()
    return question


def everything(here: make.World, *, now: datetime = make.TUESDAY) -> Question:
    """Return an open question about somebody else, with a row in every table that leads to it."""
    worker = make.intake_worker(here, "stimenz")
    teacher = make.intake_worker(here, "jeugd-punt")
    question = make.question(
        here,
        "geld",
        now=now,
        about="parent",
        name="Sanne",
        subject_name="Riet",
        words="deurwaarder",
        opening_answers=(("Wat wilt u?", "rust"),),
        postcode="3881",
        reach=ContactChoices(
            phone="+31612345678",
            email="sanne@voordeur.example",
            ways=("email", "phone"),
            times_note="na vieren",
        ),
    )
    pick_up(question=question, by=worker, now=now)
    contact_moments.log_contact(
        question=question,
        way=ContactMoment.Way.PHONE,
        outcome=ContactMoment.Outcome.SPOKEN,
        agreed="wij bellen de bank",
        note="klonk moe",
        by=worker,
        now=now,
    )
    note = contact_moments.add_note(
        question=question, text="zij belde zelf de bank", by=worker, now=now
    )
    corrections.strike(entry=note, reason="dat was haar zus", by=worker, now=now)
    for letter in (attachments.add_by_staff, attachments.add_by_resident):
        by: dict[str, Any] = {"by": worker, "for_resident": True}
        letter(
            question=question,
            given=[Examined(MediaType.PDF, b"%PDF-1.4 %%EOF", Scan.NOT_SCANNED)],
            now=now,
            **(by if letter is attachments.add_by_staff else {}),
        )
    follow_up_actions.plan(
        question=question,
        what="de bank bellen",
        due_on=local_date(now) + timedelta(days=2),
        by=worker,
        now=now,
    )
    consultation = consultation_services.ask(
        question=question, to=here["jeugd-punt"], text="Wat raad je aan?", by=worker, now=now
    )
    consultation_services.answer(consultation=consultation, text="Bel samen.", by=teacher, now=now)
    _helped_elsewhere(here, question, worker, teacher, now)
    _met(question, worker, now)
    meldcode_services.report(
        question=question,
        way=MeldcodeStep.Way.PHONE,
        ground=MeldcodeStep.Ground.DANGER,
        reason="Hij slaat haar.",
        done_on=local_date(now),
        note="gebeld",
        hide_until=local_date(now) + timedelta(days=20),
        by=worker,
        now=now,
    )
    open_question.open_question(
        user=worker,
        partnership=here.partnership,
        question_id=question.pk,
        why=Reason.OPENED,
        now=now,
    )
    household_links.link(question=question, other=make.question(here, "geld", now=now), now=now)
    Refusal.objects.create(
        message=Message.objects.filter(about_id=question.pk).earliest("created_at", "id"),
        channel=Channel.EMAIL,
        destination="hash",
        answer="SMTP 550",
        at=now,
    )
    privacy_findings.record(
        partnership=here.partnership,
        about="event:1",
        question=question.pk,
        outcome=Finding.Outcome.RIGHT,
        note="Nagevraagd.",
        by=worker,
        now=now,
    )
    data_requests.refuse(
        received=data_requests.receive(
            question=question,
            kind=DataRequest.Kind.ERASURE,
            proof=DataRequest.Proof.CODE,
            received_on=local_date(now),
            by=worker,
            now=now,
        ),
        reason="Nog nodig.",
        by=worker,
        now=now,
    )
    Correction.objects.create(
        decision=Decision.objects.get(question=question),
        partnership=here.partnership,
        from_organisation=here["stimenz"],
        to_organisation=here["actief"],
        why=Correction.Why.NO_ROOM,
        by=worker,
        at=now,
    )
    OutsideChange.objects.create(
        partnership=here.partnership,
        question=question,
        organisation=here["stimenz"],
        did=OutsideChange.Did.ASSIGNED,
        reason="Zij is ziek",
        by=worker,
        by_organisation=here["welzijn"],
        at=now,
    )
    spread = Spread.objects.create(partnership=here.partnership, by=worker, at=now)
    SpreadRow.objects.create(spread=spread, question=question, giver=None, taker=worker)
    account = ResidentAccount.objects.create(
        partnership=here.partnership,
        pseudonym=secrets.token_bytes(32),
        created_at=now,
        last_seen_at=now,
    )
    HeardDanger.objects.create(question=question, at=now, kinds=["violence"])
    PartnerMark.objects.create(question=question, mark="W.d.J.", marked_at=now)
    SetAside.objects.create(
        question=question, at=now, why=SetAside.Why.MANY, released_at=now, decided_by=worker
    )
    own_questions.link(account=account, question=question, how=OwnQuestion.How.CODE, now=now)
    question.refresh_from_db()
    return question


def _helped_elsewhere(
    here: make.World, question: Question, worker: Any, teacher: Any, now: datetime
) -> None:
    offered = handover_services.propose(
        question=question,
        to=here["jeugd-punt"],
        why="Zij weten meer van school.",
        summary="Het gaat over geld voor school.",
        by=worker,
        now=now,
        yes_how=SharingBasis.How.PHONE,
    )
    clarifications.ask(handover=offered, text="Is er haast bij?", by=teacher, now=now)
    handover_services.withdraw(handover=offered, by=worker, now=now)
    external_handover_services.offer(
        question=question,
        name="Huisarts Vos",
        email="vos@voordeur.example",
        why="Zij weten meer.",
        summary="Iemand slaapt slecht.",
        yes_how=SharingBasis.How.PHONE,
        by=worker,
        now=now,
    )


def _met(question: Question, worker: Any, now: datetime) -> None:
    conference = conference_planning.propose(
        question=question, why="Samen verder.", by=worker, now=now
    )
    follow_up = follow_up_services.make(
        question=question,
        kind=FollowUp.Kind.AGREED,
        what=conference_sentences.JOIN(),
        due_on=local_date(now),
        organisation=question.lead,
        now=now,
    )
    AgendaRequest.objects.create(
        conference=conference,
        question=question,
        follow_up=follow_up,
        why="rust",
        asked_by=worker,
        at=now,
    )
    conference_invitations.invite_outside(
        conference=conference,
        name="Meester Bo",
        works_at="Basisschool",
        email="bo@voordeur.example",
        by=worker,
        now=now,
    )
    conference_planning.plan(
        conference=conference,
        starts_at=now + timedelta(days=1),
        ends_at=now + timedelta(days=1, hours=1),
        place="Buurthuis",
        by=worker,
        now=now,
    )
    item = conference.agenda.get()
    conference_planning.say_about_resident(
        item=item, invited=False, why_not="Te druk.", by=worker, now=now
    )
    conference_minutes.add_action(
        item=item,
        what="school bellen",
        participant=conference.participants.exclude(email="").get(),
        due_on=local_date(now) + timedelta(days=5),
        by=worker,
        now=now,
    )
    conference_minutes.write(
        item=item,
        answers=[("Wat wil je?", "rust")],
        plan="elke week bellen",
        best="yes",
        best_words="ja",
        minutes="wij spraken",
        by=worker,
        now=now + timedelta(days=1),
    )
