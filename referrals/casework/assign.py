"""Assign a question to a worker, and move its lead.

assign(question=, to=, by=, now=, reason="")      to a colleague of the lead, or to oneself
move_lead(question=, to=, by=, now=, ground=None, why=None)
                                                  to another organisation; to=None: triage
"""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from intake.consent import bases as sharing_bases
from intake.questions import status, timeline
from intake.questions.models import Question, SharingBasis, TimelineEntry
from intake.questions.status import WrongMomentError
from organisations.directory.models import Organisation
from referrals.casework import other_organisation, sentences, take_over
from referrals.casework.models import OutsideChange
from referrals.casework_base import acting_membership, notify
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.casework_base.grounds import Ground
from referrals.follow_ups import legal_clock
from referrals.follow_ups import services as follow_up_services
from referrals.follow_ups.models import FollowUp
from referrals.handovers import (
    endings as handover_endings,
)
from referrals.handovers import (
    meetings as handover_meetings,
)
from referrals.handovers import (
    state_machine as handover_state_machine,
)
from referrals.leads import assignment as lead_assignment
from referrals.routing_review.models import Correction
from welzijn.accounts.models import User
from welzijn.core.working_days import local_date


def assign(
    *,
    question: Question,
    to: User,
    by: User,
    now: datetime,
    reason: str = "",
    exactly: bool = False,
) -> Question:
    """Assign an open question to somebody of the leading organisation or team.

    By a coordinator of the partnership or somebody of the lead. Picks it up where it was new; what
    is due for the one who had it, is due for the new one. Tells the new worker. For somebody
    who is away it goes to who stands in, unless to `exactly` them. `reason`: why somebody assigns
    another organisation's question, whose coordinators are told. Raises NotAllowedError, also
    where `to` may not work on it, WrongMomentError for a closed one, and ReasonNeededError.
    """
    with transaction.atomic():
        question = status.lock(question)
        on = local_date(now)
        acting = acting_membership.leading_as(by, question, on)
        member = (
            acting.membership if acting else acting_membership.coordinating_as(by, question, on)
        )
        if member is None:
            raise NotAllowedError(_("Alleen de organisatie zelf of een coördinator wijst toe."))
        follow_up_services.must_be_open(question)
        if by != to and not exactly:
            to = acting_membership.present(to, question, on)
        if acting_membership.can_be_assigned(to, question, on) is None:
            raise NotAllowedError(_("Deze collega mag deze vraag niet lezen."))
        before = question.assigned_to
        if before == to and question.status == Question.Status.PICKED_UP:
            return question
        anothers = other_organisation.must_explain(by=by, question=question, reason=reason, on=on)
        if question.status == Question.Status.NEW:
            status.move(question, Question.Status.PICKED_UP, now=now)
        question.assigned_to = to
        question.last_activity_at = now
        question.save()
        reassign_follow_ups(question, before, to)
        lead_assignment.make_first_contact_due(question, now)
        legal_clock.watch(question, now)
        follow_up_services.next_step(question)
        handover_meetings.reassign_meeting(question=question, now=now)
        entry = timeline.by_staff(
            question=question,
            kind=TimelineEntry.Kind.ASSIGNED,
            user=by,
            organisation=member.organisation,
            sentence=sentences.ASSIGNED(who=question.lead),
            now=now,
        )
        notify.staff(question, entry, [notify.user(to)], "question_moved", now, exclude=by)
        if before is None:
            notify.resident(question, entry, now)
        if anothers:
            other_organisation.notify_organisation(
                question=question,
                of=question.lead,
                did=OutsideChange.Did.ASSIGNED,
                reason=reason,
                by=by,
                member=member,
                now=now,
            )
    return question


def reassign_follow_ups(question: Question, before: User | None, to: User | None) -> None:
    """Reassign follow-ups; the new due version makes reminders go to the new worker."""
    rows = (
        follow_up_services.open_of_lead(question)
        .select_for_update(no_key=True, of=("self",))
        .filter(
            kind__in=[
                FollowUp.Kind.AGREED,
                FollowUp.Kind.FIRST_CONTACT,
                FollowUp.Kind.CLOCK,
                FollowUp.Kind.CHECK,
                FollowUp.Kind.DESK,
            ]
        )
    )
    for row in rows:
        if row.worker_id in (None, before.id if before else None):
            row.worker = to
            row.due_version += 1
            row.save()


def move_lead(
    *,
    question: Question,
    to: Organisation | None,
    by: User,
    now: datetime,
    ground: Ground | None = None,
    why: Correction.Why | None = None,
    reason: str = "",
) -> Question:
    """Give an open question another lead, because it lies with the wrong one.

    By a coordinator, or by the triage team for what lies with triage. Needs a ground for the new
    organisation, or a basis that it has already; without either the question goes to the triage
    team on its own basis, which then asks the resident. `to=None` sends it there in so many words.
    What the old lead could see ends. `why` is kept as a Correction of the decision, for the
    figures of each rule. Tells the resident and both sides. To the mover's own people only for
    danger (`take_over`). For another organisation's question `why` or `reason` (in words) is
    needed, and its coordinators are told. Raises NotAllowedError, WrongMomentError,
    AskFirstError, ReasonNeededError.
    """
    with transaction.atomic():
        question = status.lock(question)
        member = acting_membership.must_place(by, question, now)
        follow_up_services.must_be_open(question)
        partnership = question.partnership
        triage = partnership.triage_team
        assert triage is not None
        if to is not None and to.id == question.lead_id and question.lead_team_id is None:
            raise WrongMomentError(_("Deze vraag ligt al bij {who}.").format(who=to))
        if to is not None:
            acting_membership.must_take_part(partnership, to, now)
        danger = ground is not None and ground.kind == SharingBasis.Kind.DANGER
        taken = take_over.takes(by, question, _destination(question, to, ground), local_date(now))
        if taken and not danger:
            raise take_over.AskFirstError(question)
        because = reason or (ground.reason if ground else "") or (str(why.label) if why else "")
        on = local_date(now)
        anothers = other_organisation.must_explain(by=by, question=question, reason=because, on=on)
        old, old_team = question.lead, question.lead_team
        old_basis = acting_membership.basis_of_lead(question)
        previously_responsible = notify.responsible(question)
        granted = to is not None and _grant(question, to, ground, by, now)
        if granted and to is not None:
            handover_state_machine.keep_basis(question, to)
        if not granted and question.lead_team_id == triage.id:
            raise WrongMomentError(
                _("Vraag eerst de inwoner of {who} dit mag lezen.").format(who=to)
                if to
                else _("Deze vraag ligt al bij het toegangsteam.")
            )
        handover_endings.stop(question=question, by_resident=False, now=now)
        if granted and to is not None:
            new, new_team = to, None
        else:
            new, new_team = triage.organisation, triage
            sharing_bases.first_handling(question=question, partnership=partnership, now=now)
        if old_basis is not None and not _still_needed(old_basis, new, new_team):
            sharing_bases.end(basis=old_basis, why="moved", now=now)
        lead_assignment.assign_lead(question=question, organisation=new, team=new_team, now=now)
        _correct(question, old, to or new, why, by, now)
        entry = timeline.by_staff(
            question=question,
            kind=TimelineEntry.Kind.MOVED,
            user=by,
            organisation=member.organisation,
            sentence=sentences.MOVED_BECAUSE(who=new_team or new, why=why)
            if why
            else sentences.MOVED(who=new_team or new),
            now=now,
        )
        if anothers:
            other_organisation.notify_organisation(
                question=question,
                of=old,
                did=OutsideChange.Did.MOVED,
                reason=because,
                by=by,
                member=member,
                now=now,
            )
        if taken:
            take_over.record_emergency(question=question, old=old, by=by, member=member, now=now)
        notify.resident(question, entry, now)
        workers = notify.intake_workers(new.id, partnership.id, on)
        new_workers = [] if new_team else [notify.user(u) for u in workers]
        notify.staff(
            question,
            entry,
            [notify.lead_mailbox(question), *new_workers],
            "question_moved",
            now,
            exclude=by,
        )
        if (old, old_team) != (new, new_team):
            notify.staff(
                question, entry, [previously_responsible], "handover_stopped", now, exclude=by
            )
    return question


def _destination(
    question: Question, to: Organisation | None, ground: Ground | None
) -> Organisation | None:
    """Return where the question would really go: to triage (None) without a basis or a ground."""
    if to is None or ground is not None:
        return to
    theirs = question.sharing_bases.filter(organisation=to, ended_at__isnull=True)
    return to if theirs.exists() else None


def _still_needed(basis: SharingBasis, new: Organisation, team: object) -> bool:
    return basis.organisation_id == new.id if team is None else basis.team == team


def _grant(
    question: Question, to: Organisation, ground: Ground | None, by: User, now: datetime
) -> bool:
    """Create the basis that the ground gives; return whether `to` has a basis of its own."""
    if ground is None:
        own = SharingBasis.objects.filter(question=question, organisation=to, ended_at__isnull=True)
        return own.exists()
    if ground.kind not in (
        SharingBasis.Kind.CONSENT,
        SharingBasis.Kind.DANGER,
        SharingBasis.Kind.LEGAL_DUTY,
    ):
        raise PermissionDenied
    consent = ground.kind == SharingBasis.Kind.CONSENT
    if not consent and not ground.reason.strip():
        raise WrongMomentError(_("Schrijf op waarom u dit zonder toestemming deelt."))
    sharing_bases.give(
        question=question,
        organisation=to,
        kind=ground.kind,
        purpose=SharingBasis.Purpose.HELP,
        how=ground.how,
        given_by=question.asker if consent else None,
        recorded_by=by,
        reason=ground.reason,
        now=now,
    )
    return True


def _correct(
    question: Question,
    old: Organisation,
    new: Organisation,
    why: Correction.Why | None,
    by: User,
    now: datetime,
) -> None:
    decision = question.decisions.order_by("at", "id").first()
    if why is None or decision is None:
        return
    Correction.objects.create(
        decision=decision,
        partnership_id=question.partnership_id,
        from_organisation=old,
        to_organisation=new,
        why=why,
        by=by,
        at=now,
    )
