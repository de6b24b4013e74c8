"""The list: whose rows, which of them, in which order, a page at a time.

Which questions stand in it says `listed_for`; on which of them a name and words stand says
`visible_to`, in the same query. A search finds people and words within `visible_to` only: neither
its hits nor their number tell anything of a question that may not be read.

Pages are cut by the last row's key instead of by counting rows, so the thousandth costs what the
first does, and a row that moves meanwhile is neither shown twice nor passed over. The number of
questions is counted up to COUNTED; beyond that it says "more than".
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.search import SearchQuery
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import (
    Case,
    Exists,
    F,
    OrderBy,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Greatest, Left
from django.utils.dateparse import parse_date, parse_datetime

from intake.questions.models import Question, QuestionLifeDomain
from intake.resident_access import codes
from organisations.front_door import configuration as front_door
from organisations.partnerships.models import Partnership
from referrals.casework_base.list_access import record_looks
from referrals.follow_ups.models import FollowUp
from welzijn.accounts.models import User
from welzijn.core.text_cleaning import clean_text
from welzijn.core.working_days import Calendar, local_date

PAGE = 50
COUNTED = 1000
WORDS_SHOWN = 140
SHORTEST_SEARCH = 2
UNKNOWN = "onbekend"
TEAM = "team:"  # before the slug of a team, where an organisation could stand

OPEN, EVERYTHING = "open", "alles"
_CLOSED = (Question.Status.CLOSED, Question.Status.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Order:
    """An order with a last resort that no two rows share."""

    key: str
    descending: bool = False

    def by(self, *, backwards: bool = False) -> tuple[str, str]:
        """For `order_by`, as it is or the other way round."""
        sign = "-" if self.descending != backwards else ""
        return f"{sign}{self.key}", f"{sign}id"

    def without_walking(self, *, backwards: bool = False) -> tuple[OrderBy, OrderBy]:
        """The same order, which no index holds: PostgreSQL then sorts what it found.

        It can't tell how rare a word is, and would read a million rows in order to find a few.
        """
        key = Greatest(F(self.key), F(self.key))
        descending = self.descending != backwards
        return OrderBy(key, descending=descending), OrderBy(F("id"), descending=descending)

    def after(self, value: date | datetime, pk: UUID, *, backwards: bool = False) -> Q:
        """The rows that come after this one."""
        way = "lt" if self.descending != backwards else "gt"
        return Q(**{f"{self.key}__{way}e": value}) & (
            Q(**{f"{self.key}__{way}": value}) | Q(**{f"id__{way}": pk})
        )


ORDERS = {
    "termijn": Order("due_on"),
    "nieuwste": Order("received_at", descending=True),
    "oudste": Order("received_at"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asked to see. Slugs and choices as they stand in the address."""

    status: str = OPEN
    organisation: str = ""
    neighbourhood: str = ""
    life_domain: str = ""
    channel: str = ""
    worker: UUID | None = None
    late: bool = False
    search: str = ""
    order: str = "termijn"
    after: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One question as the list shows it. `who` and `said` are empty without a basis."""

    question: Question
    who: str
    said: str
    readable: bool
    late: int
    domains: Sequence[str]
    legal_on: date | None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the list; `before` and `after` are for the links to its neighbours."""

    rows: Sequence[Row]
    before: str
    after: str
    number: int
    more_than_counted: bool
    calendar: Calendar = field(repr=False)


def late_before(calendar: Calendar, today: date) -> date:
    """What was due before this day is late: on a day off nothing becomes late."""
    return today if calendar.is_working_day(today) else calendar.add_working_days(today, -1)


def show(
    *, user: User, partnership: Partnership, wanted: Wanted, now: datetime, screen: str = "caseload"
) -> Page:
    """A page of the list for `user`; each name or word on it is a look in the log.

    `screen` is the reason that the log gives. Takes a fixed number of queries.
    """
    on = local_date(now)
    calendar = front_door.of(partnership).calendar
    order = ORDERS.get(wanted.order, ORDERS["termijn"])
    parts = select(user=user, partnership=partnership, wanted=wanted, on=on, calendar=calendar)
    backwards = bool(wanted.before)
    cursor = _read_cursor(wanted.before or wanted.after, order)
    by = order.by(backwards=backwards)
    after = Q(order.after(*cursor, backwards=backwards)) if cursor else Q()
    # Which rows, by what an index holds; then all that is shown, of those alone.
    searched = len(parts) > 1
    found = list(_together(parts, (), COUNTED + 1).values_list("pk", flat=True)) if searched else ()
    if searched and len(found) <= COUNTED:
        # What a search finds is seldom much: then it is looked for once, and counted by the way.
        ids, beyond = found, after
    else:
        narrow = order.without_walking(backwards=backwards) if searched else by
        ids, beyond = _together([part.filter(after) for part in parts], narrow, PAGE + 1), Q()
    with transaction.atomic():
        chosen = Question.objects.filter(beyond, pk__in=ids)
        wide = _with_columns(chosen, user, partnership, on)
        questions = list(wide.order_by(*by)[: PAGE + 1])
        more, questions = len(questions) > PAGE, questions[:PAGE]
        if backwards:
            questions.reverse()
        rows = [_row(question, calendar, on) for question in questions]
        record_looks(
            user=user,
            partnership=partnership,
            questions=[r.question for r in rows if r.who or r.said],
            searched=bool(wanted.search),
            screen=screen,
            now=now,
        )
    number = len(found) if searched else _together(parts, (), COUNTED + 1).count()
    has_next = more if not backwards else True
    has_previous = more if backwards else bool(cursor)
    return Page(
        rows=rows,
        before=_cursor(questions[0], order) if questions and has_previous else "",
        after=_cursor(questions[-1], order) if questions and has_next else "",
        number=min(number, COUNTED),
        more_than_counted=number > COUNTED,
        calendar=calendar,
    )


def select(
    *, user: User, partnership: Partnership, wanted: Wanted, on: date, calendar: Calendar
) -> list[QuerySet[Question]]:
    """The queries whose rows together are the list; what may not be listed is in none of them.

    One query, or one for each way in which a search finds: an index serves each of them.
    """
    reference, text = _sought(wanted.search)
    questions = Question.objects
    found = (questions.visible_to if text else questions.listed_for)(user, on).filter(
        partnership=partnership
    )
    front = front_door.of(partnership)
    if wanted.status == OPEN:
        found = found.open()
    elif wanted.status in Question.Status.values:
        found = found.filter(status=wanted.status)
    # Ids where they are at hand: then PostgreSQL knows how many rows to expect.
    if wanted.organisation.startswith(TEAM):
        found = found.filter(lead_team__slug=wanted.organisation.removeprefix(TEAM))
    elif wanted.organisation in front.organisations:
        # What a team of theirs has stands under that team, as in the division of the work.
        lead = front.organisations[wanted.organisation]
        found = found.filter(lead=lead, lead_team__isnull=True)
    elif wanted.organisation:
        found = found.filter(lead__slug=wanted.organisation)
    if wanted.neighbourhood == UNKNOWN:
        found = found.filter(neighbourhood__isnull=True)
    elif wanted.neighbourhood in front.place_by_slug:
        found = found.filter(neighbourhood=front.place_by_slug[wanted.neighbourhood].id)
    elif wanted.neighbourhood:
        found = found.filter(neighbourhood__slug=wanted.neighbourhood)
    if wanted.life_domain:
        links = QuestionLifeDomain.objects.filter(question=OuterRef("pk"))
        if wanted.life_domain in front.domain_by_slug:
            links = links.filter(life_domain=front.domain_by_slug[wanted.life_domain].id)
        else:
            links = links.filter(life_domain__slug=wanted.life_domain)
        found = found.filter(Exists(links))
    if wanted.channel:
        found = found.filter(channel=wanted.channel)
    if wanted.worker:
        found = found.filter(assigned_to=wanted.worker)
    if wanted.late:
        found = found.open().filter(due_on__lt=late_before(calendar, on))
    if reference:
        return [found.filter(reference=reference)]
    if text:
        words = SearchQuery(text, config="dutch", search_type="websearch")
        return [found.filter(search=words), found.filter(asker__name__icontains=text)]
    return [found.none() if wanted.search else found]


def _sought(search: str) -> tuple[str, str]:
    """A reference or a text to search for; both empty for what can't be searched for."""
    reference = codes.clean_reference(search) if search else ""
    if reference:
        return reference, ""
    try:
        text = clean_text(search, 100, one_line=True)
    except ValidationError:
        return "", ""
    return "", text if len(text) >= SHORTEST_SEARCH else ""


def _together(
    parts: Sequence[QuerySet[Question]], order: Sequence[str | OrderBy], most: int
) -> Any:
    """The ids of the first rows of all parts in this order: no more than `most` of each."""
    first, *others = (part.order_by(*order).values("pk")[:most] for part in parts)
    return first.union(*others) if others else first


def _with_columns(
    found: QuerySet[Question], user: User, partnership: Partnership, on: date
) -> QuerySet[Question]:
    """What a row shows. A name or word that may not be shown doesn't leave the database."""
    readable = Question.objects.visible_to(user, on).filter(pk=OuterRef("pk"))
    term = FollowUp.objects.filter(
        question=OuterRef("pk"), kind=FollowUp.Kind.CLOCK, status=FollowUp.Status.OPEN
    )
    return (
        found.select_related("lead", "lead_team", "assigned_to", "neighbourhood")
        .defer("words", "opening_answers", "result_words", "search", "code_digest")
        .annotate(
            readable=Exists(readable),
            legal_on=Subquery(term.values("due_on")[:1]),
            who=Case(
                When(readable=True, then=F("asker__name")),
                default=Value(""),
                output_field=TextField(),
            ),
            said=Case(
                When(readable=True, then=Left("words", WORDS_SHOWN + 1)),
                default=Value(""),
                output_field=TextField(),
            ),
        )
        .prefetch_related("domain_links__life_domain")
    )


def _row(question: Question, calendar: Calendar, on: date) -> Row:
    said: str = question.said  # type: ignore[attr-defined]  # annotated above
    if len(said) > WORDS_SHOWN:
        said = f"{said[:WORDS_SHOWN].rstrip()}…"
    return Row(
        question=question,
        who=question.who,  # type: ignore[attr-defined]  # annotated above
        said=said,
        readable=question.readable,  # type: ignore[attr-defined]  # annotated above
        late=calendar.overdue_by(question.due_on, on) if question.is_open else 0,
        domains=sorted(link.life_domain.name for link in question.domain_links.all()),
        legal_on=question.legal_on,  # type: ignore[attr-defined]  # annotated above
    )


def _cursor(question: Question, order: Order) -> str:
    return f"{getattr(question, order.key).isoformat()}~{question.pk}"


def _read_cursor(text: str, order: Order) -> tuple[date | datetime, UUID] | None:
    """The key of the row that a page begins after; None for what isn't one: then the first page."""
    value, _tilde, pk = text.partition("~")
    try:
        parsed: date | datetime | None = (
            parse_date(value) if order.key == "due_on" else parse_datetime(value)
        )
        if parsed is None or (isinstance(parsed, datetime) and parsed.tzinfo is None):
            return None
        return parsed, UUID(pk)
    except ValueError:
        return None


def first_page(wanted: Wanted) -> Wanted:
    """The same list from its beginning."""
    return replace(wanted, after="", before="")
