"""What the page of one question shows.

    of(opened=, roles=, now=) -> Case

The question was opened through `intake.access_log.open_question`, which checked and
recorded it. A fixed number of queries, whatever there is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intake.access_log.open_question import Opened
from intake.people.models import ContactDetail
from intake.questions.models import Decision, Question, SharingBasis, TimelineEntry
from intake.submission.routing_preview import placed
from organisations.directory.models import Organisation
from organisations.front_door import configuration as front_door
from organisations.roles import neighbourhood_leads
from organisations.roles.models import Membership, Role
from referrals.case_page.alarm import Alarm, alarm_of
from referrals.case_page.contact_panel import Wish, people_of, wishes_of
from referrals.case_page.next_step import Next, next_step
from referrals.case_page.timeline import Step, steps_of
from referrals.casework import contact_moments
from referrals.casework_base import acting_membership
from referrals.casework_base.models import ContactMoment, Referral
from referrals.consultations.models import Consultation
from referrals.follow_ups.models import FollowUp
from referrals.handovers.models import Handover, HandoverTalk
from referrals.routing_review import suggested_partners
from welzijn.core.contact_details import display_phone
from welzijn.core.working_days import Calendar, local_date

Kind = FollowUp.Kind
TIMELINE_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Case:
    """All data of the page; templates run no queries."""

    question: Question
    basis: SharingBasis
    leads: bool
    places: bool
    coordinates: bool
    next: Next
    planned: Sequence[FollowUp]
    wishes: Sequence[Wish]
    phone: str
    phone_link: str
    email: str
    post: str
    undelivered: bool
    texts_closed: bool
    people: Sequence[tuple[str, str]]
    bases: Sequence[SharingBasis]
    involved: Sequence[Referral]
    handover: Handover | None
    handover_receiving: bool
    talk: Sequence[Any]
    consultations: Sequence[Consultation]
    steps: Sequence[Step]
    decision: Decision | None
    why_here: str
    domains: str
    tries: int
    suggested: Sequence[Organisation]
    alarm: Alarm | None
    neighbourhood_leads: Sequence[Membership]
    calendar: Calendar = field(repr=False)


def of(*, opened: Opened, roles: Sequence[Membership], now: datetime) -> Case:
    """Return the page of an opened question for a user with these roles."""
    question = opened.question
    today = local_date(now)
    front = front_door.of(question.partnership)
    calendar = front.calendar
    bases = list(
        question.sharing_bases.select_related("organisation", "team", "recorded_by").order_by(
            "ended_at", "valid_from"
        )
    )
    valid = [basis for basis in bases if basis.ended_at is None]
    leads = acting_membership.leading_among(question, roles, valid) is not None
    coordinates = any(m.role == Role.COORDINATOR for m in roles)
    triage = question.partnership.triage_team_id
    due = list(
        question.follow_ups.filter(status=FollowUp.Status.OPEN)
        .select_related("worker", "organisation", "team")
        .order_by("due_on", "id")
    )
    handover = (
        question.handovers.filter(status__in=Handover.OPEN)
        .select_related("sender", "receiver", "proposed_by", "answered_by")
        .first()
    )
    receives = handover is not None and any(
        m.organisation_id == handover.receiver_id for m in roles
    )
    decision = question.decisions.select_related("organisation", "team", "rule_set").first()
    moments = list(
        question.contact_moments.counted().order_by("-at", "-id").values_list("outcome", "at")
    )
    details = list(question.asker.contact_details.all())
    phone = _value(details, ContactDetail.Kind.PHONE)
    # The subject is already removed from `question` if they have not consented.
    domains = ", ".join(d.for_staff for d in question.life_domains.order_by("position"))
    tries = _tries(moments)
    entries = list(
        question.timeline.select_related(
            "actor", "organisation", "struck__by", "contact_moment"
        ).order_by("-at", "-id")
    )
    involved = list(question.referrals.filter(until__isnull=True).select_related("organisation"))
    return Case(
        question=question,
        basis=opened.basis,
        leads=leads,
        places=coordinates or (leads and question.lead_team_id == triage),
        coordinates=coordinates,
        next=next_step(question, due, handover, leads, receives, calendar, today),
        # Watching kinds (quiet, duty) are not anybody's plan.
        planned=[f for f in due if f.kind not in (Kind.QUIET, Kind.DUTY)],
        wishes=wishes_of(question),
        phone=display_phone(phone) if phone else "",
        phone_link=phone,
        email=_value(details, ContactDetail.Kind.EMAIL),
        post=_value(details, ContactDetail.Kind.POST),
        undelivered=any(d.bounced_at is not None for d in details),
        texts_closed=any(d.texts_closed_at is not None for d in details),
        people=people_of(question),
        bases=bases,
        involved=involved,
        suggested=suggested_partners.supporting(
            question=question,
            decision=decision,
            involved=[r.organisation_id for r in involved],
            front=front,
        )
        if leads
        else [],
        handover=handover,
        handover_receiving=receives and not leads,
        talk=_talk(handover, receiving=receives and not leads),
        consultations=_consultations(question, entries),
        steps=steps_of(entries, roles[0].user_id if roles else None),
        decision=decision,
        why_here=placed(decision.organisation, decision.team, decision.reason) if decision else "",
        domains=domains,
        tries=tries,
        alarm=alarm_of(question),
        neighbourhood_leads=neighbourhood_leads.of(question.neighbourhood_id, today),
        calendar=calendar,
    )


def _value(details: Sequence[ContactDetail], kind: str) -> str:
    return next((d.value for d in details if d.kind == kind and d.bounced_at is None), "")


def _tries(moments: Sequence[tuple[str, datetime]]) -> int:
    """Return the attempts since the last conversation, latest first."""
    count = 0
    for outcome, _at in moments:
        if outcome == ContactMoment.Outcome.SPOKEN:
            return count
        count += 1
    return count


# The `step` of a newly offered handover: before it there can be no clarifications.
_JUST_OFFERED = 2


def _talk(handover: Handover | None, *, receiving: bool) -> list[HandoverTalk]:
    """Return the clarifications; the receiver sees only answers the resident consented to."""
    if handover is None or handover.step <= _JUST_OFFERED:
        return []
    shown = handover.talk.for_receiver() if receiving else handover.talk.all()
    return list(shown.select_related("by", "organisation"))


def _consultations(question: Question, entries: Sequence[TimelineEntry]) -> list[Consultation]:
    """Return the consultations; queried only if the timeline mentions one."""
    if not any(entry.kind == TimelineEntry.Kind.CONSULTED for entry in entries):
        return []
    found = question.consultations.select_related("receiver", "answered_by")
    return list(found.order_by("-asked_at"))


def tries_in_words(tries: int) -> str:
    """Return the number of failed attempts since the last conversation, as text; "" if none."""
    if not tries:
        return ""
    return ngettext(
        "{n} keer niet bereikt sinds het laatste gesprek",
        "{n} keer niet bereikt sinds het laatste gesprek",
        tries,
    ).format(n=tries) + (
        _(". U mag afronden met: geen contact.") if tries >= contact_moments.TRIES else "."
    )
