"""Propose, plan, share and cancel an MDO, and keep its agenda."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from intake.consent import bases as sharing_bases
from intake.danger import listening
from intake.questions import status, timeline
from intake.questions.models import Question, SharingBasis, TimelineEntry
from intake.questions.status import WrongMomentError
from organisations.directory.models import Organisation
from organisations.roles.models import Membership
from referrals.casework_base import acting_membership, notify
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.conferences import closing, invitations, notifications, sentences, state_machine
from referrals.conferences.models import AgendaItem, Conference
from referrals.follow_ups import services as follow_up_services
from referrals.follow_ups.models import FollowUp
from referrals.handovers import state_machine as handover_state_machine
from welzijn.accounts.models import User
from welzijn.core.working_days import local_date

ENTRY = TimelineEntry.Kind.CONFERENCE


def propose(*, question: Question, why: str, now: datetime, by: User | None = None) -> Conference:
    """Propose an MDO about a question; `why` is a B1 sentence that the resident reads.

    `by` works on it, is the wijkaanjager of its neighbourhood or a coordinator; None: the resident
    asks for it. The resident is invited as a matter of course. Where `by` doesn't have the question
    it becomes due for who does. Raises NotAllowedError, WrongMomentError where one is open already.
    """
    with transaction.atomic():
        question = status.lock(question)
        follow_up_services.must_be_open(question)
        acting = None
        if by is not None:
            acting = state_machine.may_propose_as(by, question, local_date(now))
            if acting is None:
                raise NotAllowedError(_("U werkt niet (meer) aan deze vraag."))
        earlier = question.agenda_items.filter(conference__status__in=Conference.OPEN)
        known = earlier.select_related("conference__proposed_by").first()
        if known is not None:
            first = known.conference.proposed_by
            who = first.name if first else _("De inwoner")
            raise WrongMomentError(_("{who} heeft al een MDO voorgesteld.").format(who=who))
        conference = Conference.objects.create(
            partnership_id=question.partnership_id, proposed_by=by, proposed_at=now
        )
        AgendaItem.objects.create(
            conference=conference, question=question, why=why.strip(), added_at=now
        )
        if by is not None and acting is not None:
            invitations.take_part(conference, by, acting.organisation, now)
            entry = timeline.by_staff(
                question=question,
                kind=ENTRY,
                user=by,
                organisation=acting.organisation,
                sentence=sentences.PROPOSED(why=why.strip()),
                now=now,
            )
            notify.resident(question, entry, now)
        else:
            entry = listening.resident_wrote(
                question=question,
                kind=ENTRY,
                sentence=sentences.ASKED(why=why.strip()),
                now=now,
            )
        if by is None or acting_membership.working_as(by, question, local_date(now)) is None:
            _make_due_for_lead(conference, question, entry, now)
    return conference


def _make_due_for_lead(
    conference: Conference, question: Question, entry: TimelineEntry, now: datetime
) -> None:
    worker = question.assigned_to
    if worker is not None and worker.is_active:
        invitations.take_part(conference, worker, question.lead, now)
    calendar = follow_up_services.calendar_of(question)
    follow_up_services.make(
        question=question,
        kind=FollowUp.Kind.ACTION,
        what=sentences.DUE_DAY(),
        due_on=calendar.add_working_days(local_date(now), question.partnership.contact_within),
        organisation=question.lead,
        team=question.lead_team,
        worker=worker,
        now=now,
    )
    notify.staff(
        question,
        entry,
        [notify.responsible(question)],
        "conference_changed",
        now,
        path=notifications.path_of(conference),
    )


def say_about_resident(
    *, item: AgendaItem, invited: bool, why_not: str = "", by: User, now: datetime
) -> AgendaItem:
    """Set whether the resident is invited; if not, with a reason that they read.

    Raises NotAllowedError, ValueError for a no without a reason, WrongMomentError.
    """
    if not invited and not why_not.strip():
        raise ValueError("not inviting the resident has a reason")
    with transaction.atomic():
        conference, item, acting = _item(item, by, now)
        if item.resident_invited == invited and item.not_invited_why == why_not.strip():
            return item
        item.resident_invited = invited
        item.not_invited_why = "" if invited else why_not.strip()
        item.not_invited_because = ""
        item.save()
        if invited:
            notifications.resident(conference, item, by, acting, now)
            return item
        entry = timeline.by_staff(
            question=item.question,
            kind=ENTRY,
            user=by,
            organisation=acting.organisation,
            sentence=sentences.NOT_INVITED(why=item.not_invited_why),
            now=now,
        )
        notifications.not_invited(item, entry, now)
    return item


def share(
    *,
    item: AgendaItem,
    organisation: Organisation,
    how: SharingBasis.How,
    by: User,
    now: datetime,
) -> SharingBasis:
    """Record the resident's consent for one organisation to read their question for this MDO.

    Only then its participants read this question's part. The resident can stop it on their page.
    Raises NotAllowedError for who doesn't work on it, WrongMomentError for an organisation that
    isn't invited.
    """
    with transaction.atomic():
        conference, item, acting = _item(item, by, now)
        if not conference.participants.filter(
            organisation=organisation, removed_at__isnull=True
        ).exists():
            raise WrongMomentError(_("Nodig eerst iemand van deze organisatie uit."))
        known = SharingBasis.objects.filter(
            question=item.question, organisation=organisation, ended_at__isnull=True
        ).first()
        if known is not None and known.kind == SharingBasis.Kind.CONSENT:
            # The basis given here must outlive an open handover to the same organisation.
            handover_state_machine.keep_basis(item.question, organisation)
            return known
        basis = sharing_bases.give(
            question=item.question,
            organisation=organisation,
            kind=SharingBasis.Kind.CONSENT,
            purpose=SharingBasis.Purpose.CONFERENCE,
            how=how,
            given_by=item.question.asker,
            recorded_by=by,
            now=now,
        )
        handover_state_machine.keep_basis(item.question, organisation)
        timeline.by_staff(
            question=item.question,
            kind=TimelineEntry.Kind.SHARED,
            user=by,
            organisation=acting.organisation,
            sentence=sentences.SHARED(who=organisation),
            now=now,
        )
    return basis


def plan(
    *,
    conference: Conference,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    by: User,
    now: datetime,
) -> Conference:
    """Set or move time and place. All who are invited get the appointment, a move updates it.

    Raises NotAllowedError, WrongMomentError for a moment that is over or an end before it begins.
    """
    with transaction.atomic():
        conference = state_machine.lock(conference)
        acting = state_machine.must_organise(by, conference, now)
        if starts_at <= now:
            raise WrongMomentError(_("Dit moment is al voorbij."))
        if ends_at <= starts_at:
            raise WrongMomentError(_("Het einde ligt na het begin."))
        same = (conference.starts_at, conference.ends_at, conference.place)
        another_time = same[:2] not in ((None, None), (starts_at, ends_at))
        if conference.status == state_machine.S.PLANNED and same == (starts_at, ends_at, place):
            return conference
        state_machine.move(conference, state_machine.S.PLANNED)
        conference.starts_at, conference.ends_at = starts_at, ends_at
        conference.place = place
        conference.sequence += 1
        conference.save()
        if another_time:
            # Answers were given for another day.
            conference.participants.update(comes=None, answered_at=None)
        notifications.everybody(conference, by, acting, now)
        closing.close_planning_task(conference=conference, now=now, done=True)
    return conference


def cancel(*, conference: Conference, why: str, by: User, now: datetime) -> Conference:
    """Cancel it, also in calendars, and end the access of those who only took part.

    Raises NotAllowedError, WrongMomentError."""
    if not why.strip():
        raise ValueError("calling off has a reason")
    with transaction.atomic():
        conference = state_machine.lock(conference)
        acting = state_machine.must_organise(by, conference, now)
        state_machine.move(conference, state_machine.S.CANCELLED)
        conference.cancelled_why = why.strip()
        conference.sequence += 1
        conference.save()
        closing.close_planning_task(conference=conference, now=now, done=False)
        notifications.everybody(conference, by, acting, now)
        closing.end_all_participation(conference=conference, now=now)
    return conference


def _item(item: AgendaItem, by: User, now: datetime) -> tuple[Conference, AgendaItem, Membership]:
    """Return MDO, item and membership, with MDO and question locked; `by` works on the question."""
    conference = state_machine.lock(item.conference)
    question = status.lock(item.question)
    acting = acting_membership.must_work(by, question, now)
    item = AgendaItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    item.question, item.conference = question, conference
    if not conference.is_open:
        raise WrongMomentError(_("Dit MDO is al gehouden of afgezegd."))
    return conference, item, acting.membership
