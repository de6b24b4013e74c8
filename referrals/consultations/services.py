"""Even overleggen: two professionals talk about a question without the person in it.

ask(question=, to=, text=, by=, now=)
answer(consultation=, text=, by=, now=)
"""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from intake.questions import status, timeline
from intake.questions.models import Question, TimelineEntry
from intake.questions.models.querysets import CASE_ROLES
from intake.questions.status import WrongMomentError
from organisations.directory import participation
from organisations.directory.models import Organisation
from organisations.roles.models import Membership
from referrals.casework_base import acting_membership, anonymity_check, notify
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.consultations import sentences
from referrals.consultations.models import Consultation
from referrals.follow_ups import services as follow_up_services
from referrals.follow_ups.models import FollowUp
from welzijn.accounts.models import User
from welzijn.core.working_days import local_date
from welzijn.notifications import outbox

KIND = "consultation"
PATH = "/werk/overleg/"
# Working days within which a colleague is asked to answer; after that both are reminded.
ANSWER_WITHIN = 2


def ask(
    *, question: Question, to: Organisation, text: str, by: User, now: datetime
) -> Consultation:
    """Ask a colleague elsewhere. They see the text, the life domains and the neighbourhood.

    A follow-up reminds the one who asks while there is no answer. Raises ValidationError for a
    text with the person in it, NotAllowedError, WrongMomentError for an own or outside organisation
    or a closed question.
    """
    with transaction.atomic():
        question = status.lock(question)
        acting = acting_membership.must_work(by, question, now)
        follow_up_services.must_be_open(question)
        anonymity_check.check(text, question)
        if to.id == acting.membership.organisation_id:
            raise WrongMomentError(_("Dit is uw eigen organisatie."))
        if not participation.taking_part(question.partnership_id, local_date(now)).contains(to):
            raise WrongMomentError(_("Deze organisatie doet hier niet mee."))
        calendar = follow_up_services.calendar_of(question)
        due = follow_up_services.make(
            question=question,
            kind=FollowUp.Kind.CONSULTATION,
            what=sentences.DUE_ANSWER(who=to),
            due_on=calendar.add_working_days(local_date(now), ANSWER_WITHIN),
            organisation=acting.organisation,
            team=acting.basis.team,
            worker=by,
            waits_for=FollowUp.WaitsFor.RECEIVER,
            by=by,
            now=now,
        )
        consultation = Consultation.objects.create(
            partnership_id=question.partnership_id,
            question=question,
            asked_by=by,
            sender=acting.organisation,
            receiver=to,
            asked_at=now,
            life_domains=", ".join(d.for_staff for d in question.life_domains.all())[:300],
            neighbourhood=question.neighbourhood.name if question.neighbourhood else "",
            text=text,
            follow_up=due,
        )
        timeline.by_staff(
            question=question,
            kind=TimelineEntry.Kind.CONSULTED,
            user=by,
            organisation=acting.organisation,
            sentence=sentences.ASKED(who=to, asked=text),
            now=now,
        )
        question.last_activity_at = now
        question.save(update_fields=["last_activity_at"])
        notify_receivers(consultation, now)
    return consultation


def notify_receivers(consultation: Consultation, now: datetime, *, kind: str = KIND) -> None:
    """Notify the receiver's mailbox and intake workers; without the reference of the question."""
    workers = notify.intake_workers(
        consultation.receiver_id, consultation.partnership_id, local_date(now)
    )
    for recipient in [notify.mailbox(consultation.receiver), *map(notify.user, workers)]:
        outbox.queue(
            partnership_id=consultation.partnership_id,
            subject_kind=kind,
            subject_id=consultation.id,
            recipient=recipient,
            template="consultation_asked",
            context={"path": PATH},
            about_id=consultation.question_id,
            now=now,
        )


def answering_as(user: User, consultation: Consultation, on: date) -> Membership | None:
    """Return the membership by which `user` may answer for the receiver, or None."""
    return (
        Membership.objects.active(on)
        .filter(
            user=user,
            partnership_id=consultation.partnership_id,
            organisation_id=consultation.receiver_id,
            role__in=CASE_ROLES,
        )
        .select_related("organisation")
        .order_by("granted_at", "id")
        .first()
    )


def answer(*, consultation: Consultation, text: str, by: User, now: datetime) -> Consultation:
    """Answer a consultation; notify who asked, and end their reminder.

    Raises ValueError for an empty answer, NotAllowedError, WrongMomentError where it is answered.
    """
    if not text.strip():
        raise ValueError("an answer says something")
    with transaction.atomic():
        question = status.lock(consultation.question) if consultation.question else None
        consultation = Consultation.objects.select_for_update(of=("self",)).get(pk=consultation.pk)
        member = answering_as(by, consultation, local_date(now))
        if member is None:
            raise NotAllowedError(
                _("Alleen een collega van {who} kan antwoorden.").format(who=consultation.receiver)
            )
        if consultation.answered_at is not None:
            who = consultation.answered_by.name if consultation.answered_by else _("Een collega")
            raise WrongMomentError(_("{who} heeft al geantwoord.").format(who=who))
        consultation.answer = text.strip()
        consultation.answered_by = by
        consultation.answered_at = now
        consultation.save()
        due = consultation.follow_up
        if due is not None and due.status == FollowUp.Status.OPEN:
            due.status = FollowUp.Status.DONE
            due.done_at = now
            due.remind_at = None
            due.save()
        if question is not None:
            entry = timeline.by_staff(
                question=question,
                kind=TimelineEntry.Kind.CONSULTED,
                user=by,
                organisation=member.organisation,
                sentence=sentences.ANSWERED(),
                note=text.strip(),
                for_resident=False,
                now=now,
            )
            notify.staff(
                question,
                entry,
                [notify.user(consultation.asked_by)],
                "consultation_answered",
                now,
                exclude=by,
            )
    return consultation
