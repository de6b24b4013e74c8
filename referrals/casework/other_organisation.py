"""Assigning or moving the work of another organisation: with a reason, and they are told.

must_explain(by=, question=, reason=, on=)      whether it is another's; refuses it without a reason
tell(question=, of=, did=, reason=, by=, member=, now=)
                                                shown to that organisation's coordinators, mailed
seen(partnership=, user=, now=)                 they have seen it
"""

from datetime import date, datetime

from django.utils.translation import gettext as _

from intake.questions import timeline
from intake.questions.models import Question, TimelineEntry
from intake.questions.status import WrongMomentError
from organisations.directory.models import Organisation
from organisations.partnerships.models import Partnership
from organisations.roles.models import Membership, Role
from referrals.casework import sentences, take_over
from referrals.casework.models import OutsideChange
from referrals.casework_base import acting_membership, notify
from welzijn.accounts.models import User
from welzijn.core.working_days import local_date


class ReasonNeededError(WrongMomentError):
    """The question is another organisation's: say why."""

    def __init__(self, question: Question) -> None:
        super().__init__(
            _("Deze vraag is van {who}. Schrijf op waarom u hem toewijst of verplaatst.").format(
                who=question.lead_team or question.lead
            )
        )


def is_anothers(by: User, question: Question, on: date) -> bool:
    """Whether an organisation that `by` does not belong to leads the question.

    What lies with the triage team waits for whoever places it: that is nobody's yet.
    """
    if question.lead_team_id is not None:
        if question.lead_team_id == question.partnership.triage_team_id:
            return False
        team = question.lead_team
        assert team is not None
        theirs = {*team.organisations.values_list("pk", flat=True), team.organisation_id}
    else:
        theirs = {question.lead_id}
    if acting_membership.leading_as(by, question, on) is not None:
        return False
    mine = {m.organisation_id for m in acting_membership.memberships(by, question, on)}
    return not mine & theirs


def must_explain(*, by: User, question: Question, reason: str, on: date) -> bool:
    """Return whether it is another organisation's. Raises ReasonNeededError without a reason."""
    anothers = is_anothers(by, question, on)
    if anothers and not reason.strip():
        raise ReasonNeededError(question)
    return anothers


def notify_organisation(
    *,
    question: Question,
    of: Organisation,
    did: OutsideChange.Did,
    reason: str,
    by: User,
    member: Membership,
    now: datetime,
) -> OutsideChange:
    """Show it to the coordinators of `of` until one has seen it, and mail them that there is news.

    In the verb's transaction. The mail holds a reference and a link, no person and no reason.
    """
    kind = {
        OutsideChange.Did.ASSIGNED: sentences.ASSIGNED_BY_OTHER,
        OutsideChange.Did.MOVED: sentences.MOVED_BY_OTHER,
    }[did]
    entry = timeline.by_staff(
        question=question,
        kind=TimelineEntry.Kind.MOVED
        if did == OutsideChange.Did.MOVED
        else TimelineEntry.Kind.ASSIGNED,
        user=by,
        organisation=member.organisation,
        sentence=kind(who=member.organisation, reason=reason.strip()),
        for_resident=False,
        now=now,
    )
    coordinators = take_over.coordinators_of(of, question, local_date(now))
    notify.staff(
        question,
        entry,
        map(notify.user, coordinators) if coordinators else [notify.mailbox(of)],
        "outside_change",
        now,
        exclude=by,
        path=f"/caseload/{question.pk}/",
    )
    return OutsideChange.objects.create(
        partnership_id=question.partnership_id,
        question=question,
        organisation=of,
        did=did,
        reason=reason.strip()[:300],
        by=by,
        by_organisation=member.organisation,
        at=now,
    )


def unseen(*, partnership: Partnership, user: User, on: date) -> list[OutsideChange]:
    """Return what other organisations did with the work of those that `user` coordinates."""
    own = Membership.objects.active(on).filter(
        user=user, partnership=partnership, role=Role.COORDINATOR
    )
    return list(
        OutsideChange.objects.filter(
            partnership=partnership,
            organisation__in=own.values("organisation"),
            seen_at__isnull=True,
        ).select_related("question", "by", "by_organisation")
    )


def seen(*, partnership: Partnership, user: User, now: datetime) -> int:
    """Record that `user` has seen all of it; return how many."""
    found = [change.pk for change in unseen(partnership=partnership, user=user, on=local_date(now))]
    return OutsideChange.objects.filter(pk__in=found, seen_at__isnull=True).update(
        seen_at=now, seen_by=user
    )
