"""The access log of a question as its asker reads it (invariant 6)."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from intake.people.forms_of_address import in_their_form
from intake.questions.models import Question
from organisations.directory.display_names import worker_name, works_for
from welzijn.audit import access_log, reasons
from welzijn.audit.models import AccessEvent
from welzijn.audit.reasons import Reason
from welzijn.core import dates
from welzijn.core.working_days import local_date

# `what` of an entry about a report to Veilig Thuis (`referrals/meldcode/`), and how long such an
# entry is withheld while it waits for the second person's approval: long enough for a weekend.
# `what` of a look at a photo or PDF (`intake/attachments/`).
ATTACHMENT = "attachment"
VEILIG_THUIS_REPORT = "report to Veilig Thuis"
APPROVAL_TIME = timedelta(days=3)
# Reasons that add nothing to the sentences "has read your question" or "has written something";
# of lists: the sentence already says that it was in a list.
OMITTED_REASONS = frozenset(
    {
        Reason.OPENED,
        Reason.WRITTEN_DOWN,
        Reason.EARLIER_QUESTION,
        Reason.WORK_LIST,
        Reason.CASELOAD,
        Reason.NEIGHBOURHOOD,
        Reason.SEARCHED,
        Reason.RECENTLY,
    }
)


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One access: when, a sentence about who did what and why, and the actor (never shown)."""

    at: datetime
    text: str
    by: tuple[str, object] = ("", None)


# With more times than this on a day, the line begins with their number.
MOST_TIMES_IN_A_LINE = 4


@dataclass(frozen=True, slots=True)
class EntriesOfDay:
    """All accesses by one person for one reason on one day: a line of the list."""

    text: str
    times: tuple[datetime, ...]

    @property
    def at(self) -> datetime:
        """The first time; all are on the same day."""
        return self.times[0]

    @property
    def is_long(self) -> bool:
        """Whether the line shows the number of times, with the times listed apart."""
        return len({_time(at) for at in self.times}) > MOST_TIMES_IN_A_LINE

    @property
    def in_words(self) -> str:
        """The times in a sentence: "10.12 en 14.05 uur", "7 keer tussen 9.00 en 16.30 uur"."""
        if self.is_long:
            return _("{n} keer tussen {first} en {last} uur").format(
                n=len(self.times), first=_time(self.times[0]), last=_time(self.times[-1])
            )
        return self.all_times

    @property
    def all_times(self) -> str:
        """Every time; "(2 keer)" where two fall in the same minute."""
        counted = Counter(_time(at) for at in self.times)
        *before, last = [
            _("{time} uur ({n} keer)").format(time=time, n=n) if n > 1 else time
            for time, n in counted.items()
        ]
        if counted[_time(self.times[-1])] == 1:
            last = _("{time} uur").format(time=last)
        if not before:
            return last
        return _("{some} en {last}").format(some=", ".join(before), last=last)


def _time(at: datetime) -> str:
    return dates.clock(at)


def by_day(entries: list[LogEntry]) -> list[EntriesOfDay]:
    """Group accesses by person, reason and day (Europe/Amsterdam); none is left out.

    The latest day and person come first. Two colleagues stay two lines, also where the
    organisation shows only their function and that is the same.
    """
    found: dict[tuple[object, ...], list[datetime]] = {}
    for entry in entries:
        found.setdefault((local_date(entry.at), entry.by, entry.text), []).append(entry.at)
    return [EntriesOfDay(str(key[2]), tuple(sorted(times))) for key, times in found.items()]


def entries_for(question: Question, *, now: datetime) -> list[LogEntry]:
    """Return the accesses to a question that its asker may read, the latest first.

    Entries whose withholding a second person has approved are left out until its review date. A
    report to Veilig Thuis is left out at once while that approval is pending, for APPROVAL_TIME at
    most: otherwise somebody could read it in between. An organisation chooses whether residents
    read a worker's name or function.
    """
    withheld = Q(withholding__approved_at__isnull=False, withholding__review_on__gt=local_date(now))
    waiting = Q(
        what=VEILIG_THUIS_REPORT,
        withholding__approved_at__isnull=True,
        withholding__requested_at__gt=now - APPROVAL_TIME,
        withholding__review_on__gt=local_date(now),
    )
    events = (
        AccessEvent.objects.filter(question_id=question.id)
        .exclude(withheld | waiting)
        .select_related("actor", "organisation")
        .order_by("-at", "-id")
    )
    return [
        LogEntry(event.at, sentence(event), (event.actor_kind, event.actor_id)) for event in events
    ]


def sentence(event: AccessEvent) -> str:
    """Return a B1 sentence about an access; two if a reason was given."""
    if event.actor_kind == AccessEvent.Kind.RESIDENT:
        if event.action == AccessEvent.Action.EXPORT:
            return _("U heeft uw vraag gedownload.")
        if event.what == ATTACHMENT:
            return _("U bekeek zelf een brief of foto.")
        return _("U keek zelf.")
    if event.actor is None:
        return _("Het systeem heeft iets met uw vraag gedaan.")
    who, where = event.actor.name, ""
    if event.organisation is not None:
        who = worker_name(event.actor, event.organisation)
        where = works_for(event.organisation)
    did = {
        AccessEvent.Action.READ: _("{who} van {where} heeft uw vraag gelezen."),
        AccessEvent.Action.SEARCH: _("{who} van {where} heeft gekeken of u al een vraag had."),
        AccessEvent.Action.LIST: _("{who} van {where} heeft uw vraag in een lijst gezien."),
        AccessEvent.Action.EXPORT: _("{who} van {where} heeft uw vraag gedownload."),
        AccessEvent.Action.PRINT: _("{who} van {where} heeft uw vraag afgedrukt."),
        AccessEvent.Action.CHANGE: _("{who} van {where} heeft iets bij uw vraag opgeschreven."),
    }[AccessEvent.Action(event.action)]
    if event.what == ATTACHMENT and event.action == AccessEvent.Action.READ:
        # The sentence says all: its reason would repeat it.
        return _("{who} van {where} heeft een brief of foto bij uw vraag bekeken.").format(
            who=who, where=where
        )
    text = did.format(who=who, where=where)
    reason = _reason(event.reason)
    if not reason:
        return text
    return _("{text} Reden: {reason}.").format(text=text, reason=reason)


def record_own_look(question: Question, *, now: datetime) -> None:
    """Record that the page of a question was opened with its code."""
    access_log.record(
        access_log.event(
            now=now,
            partnership_id=question.partnership_id,
            actor_kind=AccessEvent.Kind.RESIDENT,
            action=AccessEvent.Action.READ,
            what="question",
            question_id=question.id,
            person_id=question.asker_id,
        )
    )


def _reason(stored: str) -> str:
    """Return the reason in a resident's words; '' if the sentence already says it."""
    reason = reasons.of(stored)
    if reason in OMITTED_REASONS:
        return ""
    if reason == Reason.ROUTING:
        return _("kijken waarom uw vraag hier ligt")
    if reason == Reason.LOG_SAMPLE:
        return _("controleren of iedereen zich aan de regels houdt")
    return str(reason.label) if reason else in_their_form(stored)
