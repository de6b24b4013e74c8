"""Taking the lead of a question that another organisation has.

takes(by, question, to, on)                       whether moving it there opens it for `by`
ask(question=, to=, by=, why=, now=)              ask the organisation that has it
record_emergency(question=, old=, acting=, now=)  what follows a taking at once, for danger

Nobody takes another organisation's question alone: they are asked, and hand it over with the yes
that the resident gives to them. In acute danger a coordinator takes it at once, with a written
reason; the resident, both organisations' coordinators and the privacy officer see it.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from intake.questions import status, timeline
from intake.questions.models import Question, SharingBasis, TimelineEntry
from intake.questions.status import WrongMomentError
from organisations.directory.models import Organisation
from organisations.roles.models import Membership, Role
from referrals.casework import sentences
from referrals.casework_base import acting_membership, notify
from referrals.follow_ups import services as follow_up_services
from referrals.follow_ups.models import FollowUp
from referrals.routing_review.models import Correction
from welzijn.accounts.models import User
from welzijn.audit import access_log
from welzijn.audit.models import AccessEvent
from welzijn.audit.reasons import Reason
from welzijn.core.working_days import local_date


class AskFirstError(WrongMomentError):
    """The question is another organisation's: ask them, or state that there is acute danger."""

    def __init__(self, question: Question) -> None:
        super().__init__(
            _(
                "Deze vraag is van {who}. Vraag in de caseload of u hem mag overnemen. "
                "Alleen bij acuut gevaar kan het meteen."
            ).format(who=question.lead_team or question.lead)
        )


def takes(user: User, question: Question, to: Organisation | None, on: date) -> bool:
    """Whether moving the question to `to` (None: triage) gives it to the mover's own people.

    Not for who leads it already, as a worker or as a coordinator of the leading organisation.
    """
    if acting_membership.leading_as(user, question, on) is not None:
        return False
    mine = acting_membership.memberships(user, question, on)
    if question.lead_team_id is None and question.lead_id in {m.organisation_id for m in mine}:
        return False
    if to is not None:
        return any(m.organisation_id == to.pk for m in mine)
    triage = question.partnership.triage_team_id
    return any(m.role == Role.TEAM_MEMBER and m.team_id == triage for m in mine)


def ask(
    *,
    question: Question,
    to: Organisation | None,
    by: User,
    why: Correction.Why,
    now: datetime,
) -> FollowUp:
    """Ask the organisation or team that leads whether `to` may take the question over.

    Due there within the term for answering a handover; its worker and coordinators are told. They
    hand it over with the resident's yes, or complete the follow-up with a no. Raises
    NotAllowedError for who is no coordinator, WrongMomentError if it was asked already.
    """
    with transaction.atomic():
        question = status.lock(question)
        member = acting_membership.must_place(by, question, now)
        follow_up_services.must_be_open(question)
        triage = question.partnership.triage_team
        assert triage is not None
        who = to or triage
        what = sentences.TAKE_OVER_DUE(who=who, why=why)
        if question.follow_ups.filter(
            status=FollowUp.Status.OPEN, sentence=what.key, parameters__who=what.parameters["who"]
        ).exists():
            raise WrongMomentError(_("Dit is al gevraagd. Zij hebben nog niet geantwoord."))
        calendar = follow_up_services.calendar_of(question)
        due = follow_up_services.make(
            question=question,
            kind=FollowUp.Kind.AGREED,
            what=what,
            due_on=calendar.add_working_days(
                local_date(now), question.partnership.handover_answer_within
            ),
            organisation=question.lead,
            team=question.lead_team,
            worker=question.assigned_to,
            by=by,
            now=now,
        )
        follow_up_services.next_step(question)
        entry = timeline.by_staff(
            question=question,
            kind=TimelineEntry.Kind.MOVED,
            user=by,
            organisation=member.organisation,
            sentence=sentences.TAKE_OVER_ASKED(who=who),
            for_resident=False,
            now=now,
        )
        notified = [
            notify.responsible(question),
            *map(notify.user, coordinators_of(question.lead, question, local_date(now))),
        ]
        notify.staff(question, entry, notified, "question_moved", now, exclude=by)
    return due


def coordinators_of(organisation: Organisation, question: Question, on: date) -> list[User]:
    """Return the coordinators of one organisation in the question's partnership."""
    found = (
        Membership.objects.active(on)
        .filter(
            partnership_id=question.partnership_id,
            organisation=organisation,
            role=Role.COORDINATOR,
        )
        .select_related("user")
        .order_by("granted_at", "id")
    )
    return list(dict.fromkeys(m.user for m in found))


def record_emergency(
    *, question: Question, old: Organisation, by: User, member: Membership, now: datetime
) -> None:
    """Record that the question was taken at once because of danger, and tell both coordinators.

    The caller has moved the lead. The written reason is the basis's; the log has a fixed one.
    """
    access_log.record(
        access_log.event(
            now=now,
            partnership_id=question.partnership_id,
            actor=by,
            organisation_id=member.organisation_id,
            role=member.role,
            action=AccessEvent.Action.CHANGE,
            what="lead taken",
            question_id=question.pk,
            person_id=question.asker_id,
            basis=SharingBasis.Kind.DANGER,
            reason=Reason.TAKEN_OVER,
            emergency=True,
        )
    )
    entry = timeline.by_staff(
        question=question,
        kind=TimelineEntry.Kind.SAFETY,
        user=by,
        organisation=member.organisation,
        sentence=sentences.TAKEN(who=question.lead_team or question.lead),
        now=now,
    )
    on = local_date(now)
    people = [*coordinators_of(old, question, on), *coordinators_of(question.lead, question, on)]
    notify.staff(
        question,
        entry,
        map(notify.user, dict.fromkeys(people)),
        "question_moved",
        now,
        exclude=by,
        urgent=True,
        path=f"/caseload/{question.pk}/",
    )
