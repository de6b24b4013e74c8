"""Withdraw consent: access ends at once (invariant 3).

revoke(question=, basis=, now=, recorded_by=None)
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from intake.consent import bases as sharing_bases
from intake.questions import status, timeline
from intake.questions.models import Question, SharingBasis, TimelineEntry
from intake.questions.sentences import Sentence
from intake.questions.status import WrongMomentError
from organisations.directory.models import Organisation
from referrals.casework import sentences as casework_sentences
from referrals.casework import support as casework_support
from referrals.casework_base import acting_membership, notify
from referrals.follow_ups import services as follow_up_services
from referrals.handovers import endings as handover_endings
from referrals.handovers import meetings as handover_meetings
from referrals.handovers.models import Handover
from referrals.leads import assignment as lead_assignment
from welzijn.accounts.models import User
from welzijn.core.working_days import local_date
from welzijn.notifications.recipients import Recipient


def can_be_revoked(basis: SharingBasis) -> bool:
    """Whether the resident can withdraw this basis: only a consent, no first handling or duty."""
    return basis.ended_at is None and basis.kind == SharingBasis.Kind.CONSENT


def revoke(
    *, question: Question, basis: SharingBasis, now: datetime, recorded_by: User | None = None
) -> Question:
    """End one consent of this question. Ending it twice changes nothing.

    Nobody of that organisation or team reads it from this moment on, an organisation's people in a
    team included; `stop_notice` says beforehand what it ends and who reads on. An open handover to
    them is revoked. Where they were the lead, an open question goes to the triage team on its own
    basis, due to be picked up; what was due there goes along. Everybody responsible is told, also
    that they can't look any more. `recorded_by` is the worker who heard it; None: done by the
    resident.
    Raises NotAllowedError, WrongMomentError for a basis that is no consent.
    """
    with transaction.atomic():
        question = status.lock(question)
        basis = question.sharing_bases.select_for_update(of=("self",)).get(pk=basis.pk)
        organisation = (
            acting_membership.must_work(recorded_by, question, now).organisation
            if recorded_by
            else None
        )
        if basis.ended_at is not None:
            return question
        if not can_be_revoked(basis):
            raise WrongMomentError(
                _("Dit kunt u niet stoppen. Wilt u geen hulp meer? Trek uw vraag dan in.")
            )
        was_lead = acting_membership.basis_of_lead(question)
        previously_responsible = notify.responsible(question)
        sharing_bases.end(basis=basis, why=sharing_bases.REVOKED, now=now)
        if basis.organisation is not None:
            _leave_out_of_teams(question, basis.organisation, now)
        sentence = casework_sentences.REVOKED(who=basis.team or basis.organisation)
        entry = _note(question, sentence, recorded_by, organisation, now)
        _stop_handover(question, basis, now)
        if was_lead is not None and was_lead.pk == basis.pk:
            if question.is_open:
                _to_triage(question, now)
                notify.staff(
                    question,
                    entry,
                    [notify.lead_mailbox(question)],
                    "question_moved",
                    now,
                )
            notify.staff(
                question, entry, [previously_responsible], "basis_revoked", now, path="/werk/"
            )
        elif basis.organisation is not None:
            if not casework_support.end_silently(question, basis.organisation, "revoked", now):
                follow_up_services.return_to_lead(question, basis.organisation)
                follow_up_services.next_step(question)
            notify.staff(question, entry, [previously_responsible], "basis_revoked", now)
            shut_out: list[Recipient] = [notify.mailbox(basis.organisation)]
            notify.staff(question, entry, shut_out, "basis_revoked", now, path="/werk/")
        elif basis.team is not None:
            casework_support.end_silently(question, basis.team.organisation, "revoked", now)
            notify.staff(question, entry, [previously_responsible], "basis_revoked", now)
        _return_if_shut_out(question, entry, now)
    return question


def _leave_out_of_teams(question: Question, organisation: Organisation, now: datetime) -> None:
    """End what an organisation's people read as members of a team, the access team included.

    Where a team consists of that organisation only, its first handling stays: somebody has to sort
    the question out. The confirmation page says so (`stop_notice`). A consent to such a team ends.
    """
    for basis in question.sharing_bases.filter(
        ended_at__isnull=True, team_organisations__contains=[organisation.pk]
    ):
        left_out = sharing_bases.leave_out(basis=basis, organisation=organisation, now=now)
        if left_out or basis.kind != SharingBasis.Kind.CONSENT:
            continue
        sharing_bases.end(basis=basis, why=sharing_bases.REVOKED, now=now)
        if basis.team_id == question.lead_team_id and question.is_open:
            _to_triage(question, now)


def _return_if_shut_out(question: Question, entry: TimelineEntry, now: datetime) -> None:
    """Give the question back to its team if its worker was left out of the team's basis."""
    worker = question.assigned_to
    if (
        question.lead_team_id is None
        or worker is None
        or question.status != Question.Status.PICKED_UP
        or acting_membership.can_be_assigned(worker, question, local_date(now)) is not None
    ):
        return
    lead_assignment.return_to_lead(question, now)
    handover_meetings.reassign_meeting(question=question, now=now)
    notify.staff(question, entry, [notify.lead_mailbox(question)], "question_moved", now)
    notify.staff(question, entry, [notify.user(worker)], "basis_revoked", now, path="/werk/")


def _note(
    question: Question,
    sentence: Sentence,
    by: User | None,
    organisation: Organisation | None,
    now: datetime,
) -> TimelineEntry:
    kind = TimelineEntry.Kind.REVOKED
    question.last_activity_at = now
    question.save(update_fields=["last_activity_at"])
    if by is None or organisation is None:
        return timeline.by_resident(question=question, kind=kind, sentence=sentence, now=now)
    return timeline.by_staff(
        question=question, kind=kind, user=by, organisation=organisation, sentence=sentence, now=now
    )


def _stop_handover(question: Question, basis: SharingBasis, now: datetime) -> None:
    """End the open handover if its receiver or sender lost its basis."""
    found = question.handovers.filter(status__in=Handover.OPEN).first()
    if found is None:
        return
    to_them = basis.organisation_id is not None and found.receiver_id == basis.organisation_id
    open_of_lead = acting_membership.basis_of_lead(question) is None
    if to_them or open_of_lead:
        handover_endings.stop(question=question, by_resident=True, now=now)


def _to_triage(question: Question, now: datetime) -> None:
    triage = question.partnership.triage_team
    assert triage is not None
    sharing_bases.first_handling(question=question, partnership=question.partnership, now=now)
    lead_assignment.assign_lead(
        question=question, organisation=triage.organisation, team=triage, now=now
    )
    follow_up_services.next_step(question)
