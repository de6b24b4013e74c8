"""The last steps of a handover: plan the meeting of the three, and record that it took place.

    plan_meeting(handover=, at=, where=, by=, now=)
    met(handover=, how=, now=, recorded_by=None)       the lead moves to the receiver

The sender leads until `met` (invariant 2). Both lock the question first, then the handover.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from intake.consent import bases as sharing_bases
from intake.questions.models import Question, SharingBasis
from intake.questions.status import WrongMomentError
from referrals.casework_base import acting_membership, notify
from referrals.casework_base.models import Referral
from referrals.follow_ups import services as follow_up_services
from referrals.follow_ups.models import FollowUp
from referrals.handovers import meetings, sentences, state_machine
from referrals.handovers.models import Handover
from referrals.handovers.state_machine import S
from referrals.leads import assignment as lead_assignment
from welzijn.accounts.models import User
from welzijn.core.working_days import local_date


def plan_meeting(
    *, handover: Handover, at: datetime, where: str, by: User, now: datetime
) -> Handover:
    """Plan or move the meeting of resident, sender and receiver, and invite all three.

    The deadline of the handover becomes that day. Raises NotAllowedError, and WrongMomentError
    before the receiver has accepted or for a moment that is over.
    """
    with transaction.atomic():
        question, handover = state_machine.lock(handover)
        acting = acting_membership.must_work(by, question, now)
        if handover.status != S.ACCEPTED:
            raise WrongMomentError(_("Plan het gesprek als de ontvanger ja heeft gezegd."))
        if at <= now:
            raise WrongMomentError(_("Dit moment is al voorbij."))
        handover.meeting_at = at
        handover.meeting_where = where
        state_machine.set_turn(handover, question, now)
        state_machine.record(
            handover,
            question,
            by,
            acting.organisation,
            sentences.MEETING_PLANNED(when=at),
            now,
            note=where,
        )
        meetings.invite(handover=handover, question=question, now=now)
    return handover


def _keep_helping(handover: Handover, question: Question, old: SharingBasis, now: datetime) -> None:
    """Let the sender read on, because the resident wants them to keep helping.

    A team that only sorted the question out gets the resident's consent instead: its first
    handling is over, and a consent can be stopped.
    """
    if old.kind == SharingBasis.Kind.FIRST_HANDLING:
        sharing_bases.give(
            question=question,
            team=old.team,
            kind=SharingBasis.Kind.CONSENT,
            purpose=SharingBasis.Purpose.HELP_ALONG,
            how=SharingBasis.How(handover.resident_yes_how),
            given_by=question.asker,
            recorded_by=handover.resident_yes_recorded_by,
            now=now,
        )


def met(
    *, handover: Handover, how: str, now: datetime, recorded_by: User | None = None
) -> Handover:
    """Complete the handover: the receiver has met the resident, and becomes the lead.

    `how` is a `ContactMoment.Way`, or "online" where the resident confirms it on their page. The
    sender's basis ends, unless the resident wanted the sender to keep helping. Raises
    NotAllowedError, WrongMomentError.
    """
    with transaction.atomic():
        question, handover = state_machine.lock(handover)
        organisation = state_machine.recording_organisation(recorded_by, question, now)
        if handover.meeting_at is not None and local_date(handover.meeting_at) > local_date(now):
            raise WrongMomentError(
                _("Het gesprek moet nog komen. Was het eerder? Verzet het dan eerst naar vandaag.")
            )
        handover.met_at = now
        handover.met_how = how
        state_machine.transition(handover, question, S.COMPLETED, now)
        old = acting_membership.basis_of_lead(question)
        if question.first_contact_at is None:
            question.first_contact_at = now
        follow_up_services.close_open(question, [FollowUp.Kind.FIRST_CONTACT], done=True, now=now)
        previously_responsible = notify.responsible(question)
        lead_assignment.assign_lead(
            question=question,
            organisation=handover.receiver,
            worker=state_machine.worker_after_handover(handover, now),
            now=now,
        )
        if handover.sender_stays and old is not None:
            _keep_helping(handover, question, old, now)
            Referral.objects.create(
                question=question,
                organisation=handover.sender,
                part=Referral.Part.SUPPORT,
                since=now,
            )
        elif old is not None and old.organisation_id != handover.receiver_id:
            sharing_bases.end(basis=old, why="handed_over", now=now)
        entry = state_machine.record(
            handover,
            question,
            recorded_by,
            organisation,
            sentences.MET(who=handover.receiver),
            now,
        )
        notify.staff(
            question,
            entry,
            [notify.responsible(question), previously_responsible],
            "question_moved",
            now,
            exclude=recorded_by,
        )
        notify.resident(question, entry, now)
    return handover
