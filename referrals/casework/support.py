"""Supporting organisations, each with its own consent; and the consent of the subject.

bring_in(question=, organisation=, ground=, by=, now=)
end(question=, organisation=, by=, now=)
record_subject_answer(question=, answer=, answered_by=, how=, by=, now=)
"""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from intake.consent import bases as sharing_bases
from intake.questions import status, timeline
from intake.questions.models import Question, SharingBasis, TimelineEntry
from intake.questions.status import WrongMomentError
from organisations.directory.models import Organisation
from referrals.casework import sentences
from referrals.casework_base import acting_membership, notify
from referrals.casework_base.grounds import Ground
from referrals.casework_base.models import Referral
from referrals.follow_ups import sentences as follow_up_sentences
from referrals.follow_ups import services as follow_up_services
from referrals.follow_ups.models import FollowUp
from referrals.handovers import state_machine as handover_state_machine
from welzijn.accounts.models import User
from welzijn.core.working_days import local_date


def bring_in(
    *, question: Question, organisation: Organisation, ground: Ground, by: User, now: datetime
) -> Referral:
    """Add a supporting organisation; the lead stays the same.

    They get a basis of their own (a consent, with how it was given) and a first step that is due.
    Bringing in twice is once. Raises NotAllowedError for somebody outside the lead,
    WrongMomentError for the lead itself or one that doesn't take part.
    """
    with transaction.atomic():
        question = status.lock(question)
        acting = acting_membership.must_lead(by, question, now)
        follow_up_services.must_be_open(question)
        if organisation.id == question.lead_id:
            raise WrongMomentError(_("{who} heeft de regie al.").format(who=organisation))
        acting_membership.must_take_part(question.partnership, organisation, now)
        known = question.referrals.filter(organisation=organisation, until__isnull=True).first()
        if known is not None:
            return known
        consent = ground.kind == SharingBasis.Kind.CONSENT
        if not consent:
            acting_membership.must_place(by, question, now)
            if not ground.reason.strip():
                raise WrongMomentError(_("Schrijf op waarom u dit zonder toestemming deelt."))
        sharing_bases.give(
            question=question,
            organisation=organisation,
            kind=ground.kind,
            purpose=SharingBasis.Purpose.HELP_ALONG,
            how=ground.how,
            given_by=question.asker if consent else None,
            recorded_by=by,
            reason=ground.reason,
            now=now,
        )
        handover_state_machine.keep_basis(question, organisation)
        referral = Referral.objects.create(
            question=question, organisation=organisation, part=Referral.Part.SUPPORT, since=now
        )
        calendar = follow_up_services.calendar_of(question)
        follow_up_services.make(
            question=question,
            kind=FollowUp.Kind.AGREED,
            what=follow_up_sentences.SUPPORT(),
            due_on=calendar.add_working_days(local_date(now), question.partnership.contact_within),
            organisation=organisation,
            by=by,
            now=now,
        )
        question.last_activity_at = now
        question.save(update_fields=["last_activity_at"])
        follow_up_services.next_step(question)
        entry = timeline.by_staff(
            question=question,
            kind=TimelineEntry.Kind.SHARED,
            user=by,
            organisation=acting.organisation,
            sentence=sentences.SUPPORT_BEGAN(who=organisation),
            now=now,
        )
        workers = notify.intake_workers(organisation.id, question.partnership_id, local_date(now))
        notify.staff(
            question,
            entry,
            [notify.mailbox(organisation), *map(notify.user, workers)],
            "question_new",
            now,
        )
        notify.resident(question, entry, now)
    return referral


def end(*, question: Question, organisation: Organisation, by: User, now: datetime) -> Question:
    """End an organisation's support: its referral, its basis and its follow-ups.

    Raises NotAllowedError, WrongMomentError where they don't help.
    """
    with transaction.atomic():
        question = status.lock(question)
        acting = acting_membership.must_lead(by, question, now)
        if not end_silently(question, organisation, "support_ended", now):
            raise WrongMomentError(_("{who} helpt niet mee.").format(who=organisation))
        entry = timeline.by_staff(
            question=question,
            kind=TimelineEntry.Kind.SHARED,
            user=by,
            organisation=acting.organisation,
            sentence=sentences.SUPPORT_ENDED(who=organisation),
            now=now,
        )
        notify.staff(question, entry, [notify.mailbox(organisation)], "handover_stopped", now)
    return question


def end_silently(question: Question, organisation: Organisation, why: str, now: datetime) -> bool:
    """End a supporting organisation's part, basis and follow-ups; False where it has none.

    For the other verbs, with the question locked.
    """
    ended = Referral.objects.filter(
        question=question,
        organisation=organisation,
        part=Referral.Part.SUPPORT,
        until__isnull=True,
    ).update(until=now)
    if not ended:
        return False
    for basis in _bases_of(question, organisation):
        sharing_bases.end(basis=basis, why=why, now=now)
    follow_up_services.close_open(question, organisation=organisation, now=now)
    follow_up_services.next_step(question)
    return True


def _bases_of(question: Question, organisation: Organisation) -> QuerySet[SharingBasis]:
    """Return the valid bases on which an organisation supports: its own, or that of its team.

    A team that handed the question over and keeps helping has a basis as a team.
    """
    valid = question.sharing_bases.filter(ended_at__isnull=True)
    if question.sharing_bases.filter(organisation=organisation).exists():
        return valid.filter(organisation=organisation)
    teams = valid.filter(team__organisation=organisation)
    return teams.exclude(team=question.lead_team) if question.lead_team else teams


def record_subject_answer(
    *,
    question: Question,
    answer: Question.SubjectAnswer,
    answered_by: Question.Representation,
    how: SharingBasis.How,
    by: User,
    now: datetime,
) -> Question:
    """Record the consent or refusal of the subject; see `bases.record_subject_answer`.

    Raises NotAllowedError, WrongMomentError for a question about the asker.
    """
    with transaction.atomic():
        question = status.lock(question)
        acting = acting_membership.must_work(by, question, now)
        sharing_bases.record_subject_answer(
            question=question,
            answer=answer,
            answered_by=answered_by,
            how=how,
            recorded_by=by,
            organisation=acting.organisation,
            now=now,
        )
    return question
