"""Who looked: the resident's own list of the access log (invariant 6)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from intake.address_form import in_their_form
from intake.models import Question
from welzijn.audit.models import AccessEvent
from welzijn.workdays import local_date

# What an entry is about that tells of a report to Veilig Thuis (`referrals/meldcode.py`), and how
# long it stays off the list while the second person hasn't answered: over a weekend.
REPORT = "report to Veilig Thuis"
SECOND_PERSON_WITHIN = timedelta(days=3)
# Reasons of the log that add nothing to "has read your question" or "has written something down".
SAID_ALREADY = frozenset(
    {"vraag geopend", "hulpvraag geopend", "vraag opgeschreven", "gezocht of er al een vraag was"}
)


@dataclass(frozen=True, slots=True)
class Look:
    """One line of the list: when, and a sentence of who did what and why."""

    at: datetime
    text: str


def looks_at(question: Question, *, now: datetime) -> list[Look]:
    """The looks at a question, the latest first, as its asker may read them.

    Left out for a time: entries whose withholding a second person has approved, until its review
    date. A report to Veilig Thuis also waits for that second person, SECOND_PERSON_WITHIN at most:
    somebody could read it in between. An organisation chooses whether residents read a worker's
    name or function.
    """
    withheld = Q(withholding__approved_at__isnull=False, withholding__review_on__gt=local_date(now))
    waiting = Q(
        what=REPORT,
        withholding__approved_at__isnull=True,
        withholding__requested_at__gt=now - SECOND_PERSON_WITHIN,
        withholding__review_on__gt=local_date(now),
    )
    events = (
        AccessEvent.objects.filter(question_id=question.id)
        .exclude(withheld | waiting)
        .select_related("actor", "organisation")
        .order_by("-at", "-id")
    )
    return [Look(event.at, sentence(event)) for event in events]


def sentence(event: AccessEvent) -> str:
    """One B1 sentence about a look; two where a reason was given."""
    if event.actor_kind == AccessEvent.Kind.RESIDENT:
        if event.action == AccessEvent.Action.EXPORT:
            return _("Iemand heeft met uw code uw vraag gedownload.")
        return _("Iemand heeft met uw code naar uw vraag gekeken.")
    if event.actor is None:
        return _("Het systeem heeft iets met uw vraag gedaan.")
    who = event.actor.name
    if event.organisation is not None and not event.organisation.shows_worker_names:
        who = event.actor.function or _("Een medewerker")
    did = {
        AccessEvent.Action.READ: _("{who} van {where} heeft uw vraag gelezen."),
        AccessEvent.Action.SEARCH: _("{who} van {where} heeft gekeken of u al een vraag had."),
        AccessEvent.Action.LIST: _("{who} van {where} heeft uw vraag in een lijst gezien."),
        AccessEvent.Action.EXPORT: _("{who} van {where} heeft uw vraag gedownload."),
        AccessEvent.Action.PRINT: _("{who} van {where} heeft uw vraag afgedrukt."),
        AccessEvent.Action.CHANGE: _("{who} van {where} heeft iets bij uw vraag opgeschreven."),
    }[AccessEvent.Action(event.action)]
    text = did.format(who=who, where=event.organisation)
    reason = _reason(event.reason)
    if not reason:
        return text
    return _("{text} Reden: {reason}.").format(text=text, reason=reason)


def _reason(written: str) -> str:
    """The reason in words for a resident; '' where it says what the sentence says already."""
    if written in SAID_ALREADY:
        return ""
    return {
        "toedeling bekeken": _("kijken waarom uw vraag hier ligt"),
        "steekproef van het logboek": _("controleren of iedereen zich aan de regels houdt"),
    }.get(written) or in_their_form(written)
