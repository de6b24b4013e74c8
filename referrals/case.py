"""What the page of one question shows, and which action comes next.

    of(opened=, user=, now=) -> Case

The question has been opened through `intake.reading.open_question`, which checked and recorded the
look. A fixed number of queries, whatever there is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from intake.models import ContactDetail, Decision, Question, SharingBasis, TimelineEntry
from intake.preview import placed
from intake.querysets import CASE_ROLES, INTAKE_ROLES
from intake.reading import Opened
from organisations import front_door
from organisations.models import Membership, Organisation, Role
from referrals import contact, suggested
from referrals.models import Consultation, ContactMoment, FollowUp, Handover, HandoverTalk, Referral
from referrals.work_list import late_for_us
from welzijn.accounts.models import User
from welzijn.contact import display_phone
from welzijn.languages import OWN_NAMES, called
from welzijn.workdays import Calendar, local_date

Kind = FollowUp.Kind
PARTS_OF_THE_DAY = {
    "morning": gettext_lazy("ochtend"),
    "afternoon": gettext_lazy("middag"),
    "evening": gettext_lazy("avond"),
}
TIMELINE_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Wish:
    """One line of how the resident may be reached; a warning is what must not happen."""

    label: str
    value: str
    warning: bool = False


@dataclass(frozen=True, slots=True)
class Next:
    """The next step: a sentence, the action that takes it, and what is urgent about it."""

    text: str
    action: str
    day: date | None = None
    late: int = 0
    tone: str = "neutral"
    waits_for: str = ""
    follow_up: FollowUp | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """An entry of the timeline as the template takes it."""

    title: str
    when: str
    who: str
    text: str
    now: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """Everything the page needs; templates look nothing up."""

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
    returned: bool
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
    calendar: Calendar = field(repr=False)


def of(*, opened: Opened, user: User, roles: Sequence[Membership], now: datetime) -> Case:
    """The case of an opened question for `user` with these roles at this moment."""
    question = opened.question
    today = local_date(now)
    front = front_door.of(question.partnership)
    calendar = front.calendar
    bases = list(
        question.sharing_bases.select_related("organisation", "team", "recorded_by").order_by(
            "ended_at", "valid_from"
        )
    )
    leads = _leads(user, question, bases, roles)
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
    moments = list(question.contact_moments.order_by("-at", "-id").values_list("outcome", "at"))
    details = list(question.asker.contact_details.all())
    phone = _value(details, ContactDetail.Kind.PHONE)
    # Who it is about has been taken out of `question` where they have not said yes.
    domains = ", ".join(question.life_domains.order_by("position").values_list("name", flat=True))
    tries = _tries(moments)
    entries = list(question.timeline.select_related("actor", "organisation").order_by("-at", "-id"))
    involved = list(question.referrals.filter(until__isnull=True).select_related("organisation"))
    return Case(
        question=question,
        basis=opened.basis,
        leads=leads,
        places=coordinates or (leads and question.lead_team_id == triage),
        coordinates=coordinates,
        next=_next(question, due, handover, leads, receives, calendar, today),
        # What only watches (nothing happens for long, possible danger) is no plan of anybody's.
        planned=[f for f in due if f.kind not in (Kind.QUIET, Kind.DUTY)],
        wishes=_wishes(question),
        phone=display_phone(phone) if phone else "",
        phone_link=phone,
        email=_value(details, ContactDetail.Kind.EMAIL),
        returned=any(d.bounced_at is not None for d in details),
        people=_people(question),
        bases=bases,
        involved=involved,
        suggested=suggested.supporting(
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
        steps=_steps(entries),
        decision=decision,
        why_here=placed(decision.organisation, decision.team, decision.reason) if decision else "",
        domains=domains,
        tries=tries,
        calendar=calendar,
    )


def _leads(
    user: User, question: Question, bases: Sequence[SharingBasis], roles: Sequence[Any]
) -> bool:
    """As `standing.leading_as`, from the bases and roles that the page has at hand."""
    for basis in bases:
        if basis.ended_at is not None:
            continue
        for m in roles:
            if basis.team_id is not None:
                fits = (
                    m.role == Role.TEAM_MEMBER
                    and m.team_id == basis.team_id
                    and m.organisation_id in basis.team_organisations
                    and question.lead_team_id == basis.team_id
                )
            else:
                fits = (
                    question.lead_team_id is None
                    and basis.organisation_id == question.lead_id == m.organisation_id
                    and (
                        (m.role in INTAKE_ROLES and m.reads_new)
                        or (m.role in CASE_ROLES and question.assigned_to_id == user.id)
                    )
                )
            if fits:
                return True
    return False


def _value(details: Sequence[ContactDetail], kind: str) -> str:
    return next((d.value for d in details if d.kind == kind and d.bounced_at is None), "")


def _tries(moments: Sequence[tuple[str, datetime]]) -> int:
    """Tries since the last conversation, latest first."""
    count = 0
    for outcome, _at in moments:
        if outcome == ContactMoment.Outcome.SPOKEN:
            return count
        count += 1
    return count


def _people(question: Question) -> list[tuple[str, str]]:
    asker, subject = question.asker, question.subject
    rows = [(_("Vrager"), asker.name or _("wil geen naam zeggen"))]
    if question.asker_id == question.subject_id:
        rows.append((_("Gaat over"), _("de vrager zelf")))
    else:
        rows.append((_("Gaat over"), question.get_about_display()))
        rows.append((_("Degene om wie het gaat"), _who_it_is_about(question)))
        if question.subject_answer_at is not None:
            rows.append((_("Eigen antwoord"), _own_answer(question)))
    rows.append((_("Leeftijd"), subject.get_age_band_display() or _("niet bekend")))
    return rows


def _who_it_is_about(question: Question) -> str:
    if question.subject_may_be_shown:
        return question.subject.name or _("naam niet bekend")
    if question.subject_answer == Question.SubjectAnswer.NO:
        return _("wil geen hulp: alleen de vrager wordt geholpen")
    return _("nog niet gevraagd: naam en gegevens blijven dicht")


def _own_answer(question: Question) -> str:
    """Who said yes or no, how that was heard, and when."""
    assert question.subject_answer_at is not None
    return _("{answer}, {who}, {how}, {day}").format(
        answer=question.get_subject_answer_display(),
        who=question.get_subject_answer_by_display(),
        how=SharingBasis.How(question.subject_answer_how).label,
        day=date_format(local_date(question.subject_answer_at), "j F"),
    )


def _yes_no(value: bool) -> str:
    return _("ja") if value else _("nee")


def _wishes(question: Question) -> list[Wish]:
    wish = question.asker.contact_wish
    ways = {"phone": _("bellen"), "sms": _("sms"), "email": _("e-mail"), "post": _("post")}
    found = [
        Wish(
            _("Manieren"),
            ", ".join(ways[w] for w in wish.ways) or _("geen manier gekozen"),
            not wish.ways,
        ),
        Wish(
            _("Mag bericht inspreken"), _yes_no(wish.may_leave_message), not wish.may_leave_message
        ),
        Wish(_("Mag zeggen wie u bent"), _yes_no(wish.may_say_who), not wish.may_say_who),
    ]
    if wish.no_post:
        found.append(Wish(_("Post"), _("nee"), warning=True))
    if wish.times or wish.times_note:
        times = [PARTS_OF_THE_DAY[t] for t in wish.times if t in PARTS_OF_THE_DAY]
        found.append(Wish(_("Wanneer"), ", ".join(str(t) for t in [*times, wish.times_note] if t)))
    if wish.interpreter or wish.language != "nl":
        language = _language(wish.language)
        text = _("{language}, met tolk").format(language=language) if wish.interpreter else language
        found.append(Wish(_("Taal"), text, warning=wish.interpreter))
    return found


def _language(code: str) -> str:
    """As the worker calls it, with its own name: an interpreter is ordered by the first."""
    own = OWN_NAMES.get(code, code)
    name = called(code)
    return name if own.casefold() == name.casefold() else f"{name} ({own})"


# The step of a handover that has just been offered; nobody can have asked anything before.
_JUST_OFFERED = 2


def _talk(handover: Handover | None, *, receiving: bool) -> list[HandoverTalk]:
    """What was asked and answered; the receiver reads no answer that the resident didn't let go."""
    if handover is None or handover.step <= _JUST_OFFERED:
        return []
    said = handover.talk.for_receiver() if receiving else handover.talk.all()
    return list(said.select_related("by", "organisation"))


def _consultations(question: Question, entries: Sequence[TimelineEntry]) -> list[Consultation]:
    """What colleagues were asked; the timeline says whether there is anything to read."""
    if not any(entry.kind == TimelineEntry.Kind.CONSULTED for entry in entries):
        return []
    found = question.consultations.select_related("receiver", "answered_by")
    return list(found.order_by("-asked_at"))


def _steps(entries: Sequence[TimelineEntry]) -> list[Step]:
    from welzijn.templatetags.look import moment

    return [
        Step(
            title=entry.get_kind_display().capitalize(),
            when=moment(entry.at),
            who=_who(entry),
            text=_said(entry),
        )
        for entry in entries
    ]


def _said(entry: TimelineEntry) -> str:
    """What the resident reads, and apart from it what only colleagues do."""
    note = _("Alleen voor collega's: {note}").format(note=entry.note) if entry.note else ""
    if entry.actor_kind == TimelineEntry.Actor.RESIDENT:
        note = entry.note
    return "\n".join(filter(None, [entry.text, note]))


def _who(entry: TimelineEntry) -> str:
    """Colleagues read names, whatever the organisation shows to residents."""
    if entry.actor is not None:
        return (
            f"{entry.actor.name}, {entry.organisation}"
            if entry.organisation
            else (entry.actor.name)
        )
    return entry.get_actor_kind_display()


def _next(
    question: Question,
    due: Sequence[FollowUp],
    handover: Handover | None,
    leads: bool,
    receives: bool,
    calendar: Calendar,
    today: date,
) -> Next:
    """What has to happen now. The first that fits; the page shows it larger than all else."""
    by_kind = {f.kind: f for f in due}
    if not question.is_open:
        check = by_kind.get(Kind.CHECK)
        if leads and check is not None and _by_phone(check, today):
            text = _("Bel de inwoner en vraag hoe het gaat.")
            return _with_day(text, "check", check, question, calendar, today)
        return Next(_("Deze vraag is afgerond."), "reopen" if leads else "")
    if Kind.DUTY in by_kind:
        return Next(_("Mogelijk gevaar. Kijk nu, en zeg of er gevaar is."), "judge", tone="danger")
    if question.status == Question.Status.NEW and leads:
        row = by_kind.get(Kind.PICK_UP)
        return _with_day(_("Nog niet opgepakt."), "pick_up", row, question, calendar, today)
    if handover is not None:
        found = _handover_next(handover, by_kind.get(Kind.HANDOVER), leads, receives)
        if found is not None:
            text, action = found
            row = by_kind.get(Kind.HANDOVER)
            return _with_day(text, action, row, question, calendar, today)
    first = by_kind.get(Kind.FIRST_CONTACT)
    if first is not None:
        return _with_day(
            _("Neem contact op met de inwoner."), "contact", first, question, calendar, today
        )
    rows = [f for f in due if f.kind in (Kind.AGREED, Kind.CLOCK)]
    if rows:
        return _with_day(
            rows[0].what[:1].upper() + rows[0].what[1:],
            "contact",
            rows[0],
            question,
            calendar,
            today,
        )
    return Next(_("Er staat geen volgende stap gepland."), "plan")


def _by_phone(check: FollowUp, today: date) -> bool:
    """Whether the worker has to ask: the day is there and no message went out."""
    return check.waits_for == FollowUp.WaitsFor.US and check.due_on <= today


def _handover_next(
    handover: Handover, row: FollowUp | None, leads: bool, receives: bool
) -> tuple[str, str] | None:
    state = Handover.Status
    if handover.status == state.PROPOSED and leads:
        return _("Vraag de inwoner of {who} de vraag mag overnemen.").format(
            who=handover.receiver
        ), "resident_says"
    if handover.status == state.QUESTION and leads:
        return _("{who} vraagt iets over de overdracht.").format(who=handover.receiver), "answer"
    if handover.status == state.ANSWERED and leads:
        return _("Vraag de inwoner of uw antwoord naar {who} mag.").format(
            who=handover.receiver
        ), "resident_says"
    if handover.status == state.ACCEPTED and receives:
        return _("Maak kennis met de inwoner. Daarna heeft u de leiding."), "met"
    if handover.status == state.ACCEPTED and leads:
        when = (
            _(" Afspraak: {when}.").format(when=date_format(handover.meeting_at, "D j M H.i"))
            if handover.meeting_at
            else ""
        )
        return _("{who} zei ja. Plan het gesprek met z'n drieën.").format(
            who=handover.receiver
        ) + when, "met" if handover.meeting_at else "meeting"
    return None


def _with_day(
    text: str,
    action: str,
    row: FollowUp | None,
    question: Question,
    calendar: Calendar,
    today: date,
) -> Next:
    day = row.due_on if row is not None else question.due_on
    late = late_for_us(row, calendar, today) if row is not None else calendar.overdue_by(day, today)
    tone = "danger" if late else ("warning" if day <= today else "neutral")
    waits = row.get_waits_for_display() if row is not None and row.waits_for != "us" else ""
    return Next(text, action, day, late, tone, waits, row)


def tries_in_words(tries: int) -> str:
    """How often nobody was reached since the last conversation; "" where that is never."""
    if not tries:
        return ""
    return ngettext(
        "{n} keer niet bereikt sinds het laatste gesprek",
        "{n} keer niet bereikt sinds het laatste gesprek",
        tries,
    ).format(n=tries) + (
        _(". U mag afronden met: geen contact.") if tries >= contact.TRIES else "."
    )
