"""What a resident reads on their own page: who has the question and what was agreed.

The page belongs to whoever holds reference and code. It tells only about this one question.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from intake.access_log import resident_log
from intake.people.forms_of_address import in_their_form
from intake.questions import timeline
from intake.questions.models import Question, SharingBasis, TimelineEntry
from intake.submission.routing_preview import placed
from organisations.directory.display_names import display_name, worker_name, works_for
from organisations.roles import neighbourhood_leads
from referrals.follow_ups.models import FollowUp
from referrals.handovers import clarifications
from referrals.handovers.models import Handover
from referrals.retention import due
from welzijn.core.working_days import local_date
from welzijn.design_system.templatetags.layout import untranslated

FIRST_SHOWN = 6
# Kinds of entry whose text the resident wrote.
OWN_WORDS = frozenset({TimelineEntry.Kind.ADDED})


@dataclass(frozen=True, slots=True)
class Shared:
    """Who may read the question now, and whether the resident can stop that."""

    basis_id: Any
    who: str
    since: datetime
    why: str
    can_stop: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Everything on the page, in the order in which it stands there."""

    headline: str
    next_step: str
    next_day: date | None
    late: bool
    appointments: list[FollowUp]
    handover: Handover | None
    answer: clarifications.Waiting | None
    steps: list[dict[str, Any]]
    shared: list[Shared]
    looks: list[resident_log.EntriesOfDay]
    earlier_looks: list[resident_log.EntriesOfDay] = field(default_factory=list)
    kept_until: date | None = None
    neighbourhood_leads: list[str] = field(default_factory=list)


def page_for(question: Question, *, now: datetime) -> Page:
    """Return the resident's page of a question; changes nothing."""
    handover = (
        question.handovers.filter(status__in=Handover.OPEN)
        .select_related("receiver", "sender", "proposed_by")
        .first()
    )
    headline, next_step, next_day = _where(question, handover)
    looks = resident_log.by_day(resident_log.entries_for(question, now=now))
    today = local_date(now)
    return Page(
        headline=headline,
        next_step=next_step,
        next_day=next_day,
        late=next_day is not None and next_day < today,
        appointments=list(
            question.follow_ups.filter(
                status=FollowUp.Status.OPEN, kind=FollowUp.Kind.AGREED, due_on__gte=today
            ).order_by("due_on")
        ),
        handover=handover,
        answer=clarifications.waiting(handover),
        steps=_steps(question),
        shared=_shared(question),
        looks=looks[:FIRST_SHOWN],
        earlier_looks=looks[FIRST_SHOWN:],
        kept_until=due.kept_until(question),
        neighbourhood_leads=[
            worker_name(one.user, one.organisation)
            for one in neighbourhood_leads.of(question.neighbourhood_id, today)
        ],
    )


def _where(question: Question, handover: Handover | None) -> tuple[str, str, date | None]:
    who = display_name(question.lead, question.lead_team)
    if question.status == Question.Status.WITHDRAWN:
        return _("U heeft uw vraag ingetrokken."), _("Niemand doet er nog iets mee."), None
    if question.status == Question.Status.CLOSED:
        return (
            _("Uw vraag is afgerond."),
            _("Heeft u later weer hulp nodig? Dan mag u altijd terugkomen."),
            None,
        )
    decision = question.decisions.order_by("at").first()
    reason = ""
    if decision is not None and (decision.organisation_id, decision.team_id) == (
        question.lead_id,
        question.lead_team_id,
    ):
        reason = in_their_form(decision.reason)
    elif question.lead_team_id == question.partnership.triage_team_id:
        # After a refusal the decision's reason is about an organisation that does not lead.
        reason = in_their_form(_("wij daar eerst uitzoeken wie u het beste kan helpen"))
    headline = placed(question.lead, question.lead_team, reason)
    if handover is not None and handover.status == Handover.Status.ACCEPTED:
        return (
            headline,
            _("{lead} helpt u nog. {who} wil eerst met u kennismaken.").format(
                who=handover.receiver, lead=question.lead
            ),
            handover.due_on,
        )
    if question.first_contact_at is None:
        parts = filter(None, [_helped_by(question), _first_contact(question)])
        first = format_html_join(" ", "{}", ((part,) for part in parts))
        return headline, first, question.promised_on
    helped = _helped_by(question)
    if helped:
        speak_by = _speak_by(question)
        if speak_by is None:
            return headline, helped, None
        hurry = _("Er is haast bij, dus wij praten snel samen verder.")
        return headline, format_html("{} {}", helped, hurry), speak_by
    return (
        headline,
        _("{who} zorgt dat u iemand spreekt.").format(who=capfirst(who)),
        question.due_on,
    )


def _helped_by(question: Question) -> str:
    """Return who helps, from the moment that they picked it up; "" before."""
    if question.status != Question.Status.PICKED_UP or question.assigned_to is None:
        return ""
    who = display_name(question.lead, question.lead_team)
    return format_html(
        _("{name} van {who} helpt u."),
        name=untranslated(worker_name(question.assigned_to, question.lead)),
        who=who if question.lead_team else works_for(question.lead),
    )


def _speak_by(question: Question) -> date | None:
    """Return the date of a legal term, if no earlier appointment has a date."""
    if question.kind != Question.Kind.DEBTS_THREAT:
        return None
    due = question.follow_ups.filter(status=FollowUp.Status.OPEN)
    term = due.filter(kind=FollowUp.Kind.CLOCK).values_list("due_on", flat=True).first()
    if term is None or due.filter(kind=FollowUp.Kind.AGREED, due_on__lte=term).exists():
        return None
    return term


def _first_contact(question: Question) -> str:
    """Return how the first contact comes, as the page said when they asked."""
    wish = getattr(question.asker, "contact_wish", None)
    ways = wish.ways if wish is not None else []
    if "phone" in ways:
        return _("Iemand belt u.")
    if "email" in ways:
        return _("U krijgt een mail van ons.")
    if "sms" in ways:
        return _("U krijgt een sms van ons.")
    return _("Op deze pagina komt een antwoord voor u te staan.")


def _steps(question: Question) -> list[dict[str, Any]]:
    entries = question.timeline.filter(for_resident=True).select_related(
        "actor", "organisation", "struck"
    )
    return [
        {
            **_news_of(entry),
            "struck": _("Dit klopte niet. Daarom is het doorgehaald.")
            if hasattr(entry, "struck")
            else "",
            "when": entry.at,
            "who": ", ".join(filter(None, [timeline.who(entry), str(entry.organisation or "")])),
        }
        for entry in entries
        if entry.text
    ]


def _news_of(entry: TimelineEntry) -> dict[str, str]:
    """The sentence of a step; what they wrote themselves stands apart, as does how it ended."""
    if entry.kind == TimelineEntry.Kind.CLOSED and entry.note:
        return {"title": entry.text, "text": entry.note}
    if entry.actor_kind == TimelineEntry.Actor.RESIDENT and entry.kind in OWN_WORDS:
        return {"title": _("Dit schreef u erbij"), "text": entry.text, "fold": _("Lees het terug")}
    return {"title": entry.text}


def _shared(question: Question) -> list[Shared]:
    valid = question.sharing_bases.filter(ended_at__isnull=True).select_related(
        "organisation", "team__organisation"
    )
    return [
        Shared(
            basis_id=basis.id,
            who=who_of(basis),
            since=basis.valid_from,
            why=why_of(basis),
            can_stop=basis.kind == SharingBasis.Kind.CONSENT,
        )
        for basis in valid.filter(Q(organisation__isnull=False) | Q(team__isnull=False))
    ]


def who_of(basis: SharingBasis) -> str:
    """Return the name of the team or organisation that a basis is for."""
    receiver = basis.team.organisation if basis.team else basis.organisation
    assert receiver is not None  # the database holds that a basis names one of both
    return display_name(receiver, basis.team)


def why_of(basis: SharingBasis) -> str:
    """Return the reason in a clause for the resident: "omdat u dat goed vond"."""
    return {
        SharingBasis.Kind.CONSENT: _("omdat u dat goed vond"),
        SharingBasis.Kind.FIRST_HANDLING: _("om uit te zoeken wie u kan helpen"),
        SharingBasis.Kind.DANGER: _("omdat er misschien gevaar was"),
        SharingBasis.Kind.LEGAL_DUTY: _("omdat dat moet van de wet"),
    }[SharingBasis.Kind(basis.kind)]
