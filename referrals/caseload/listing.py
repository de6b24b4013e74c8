"""A page of the caseload: the rows, who may see a name on them, and the cursors to its neighbours.

`listed_for` decides which questions are in the list; `visible_to` decides, in the same query, on
which of them a name and words are shown. To find somebody there is the one search box
(`referrals.search`), by POST: no address of the list holds what was typed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.db.models import (
    Case,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Left

from intake.questions.models import Question
from organisations.front_door import configuration as front_door
from organisations.partnerships.models import Partnership
from referrals.caseload.ordering import ORDERS, cursor_of, read_cursor
from referrals.caseload.selection import CaseloadFilter, select
from referrals.casework_base.list_access import record_list_access
from referrals.follow_ups.models import FollowUp
from welzijn.accounts.models import User
from welzijn.audit.reasons import Reason
from welzijn.core.working_days import Calendar, local_date

PAGE_SIZE = 50
# Questions are counted up to this number; beyond it the screen says "more than".
COUNT_LIMIT = 1000
EXCERPT_LENGTH = 140


@dataclass(frozen=True, slots=True)
class Row:
    """One question as the list shows it. `who` and `excerpt` are empty without a sharing basis."""

    question: Question
    who: str
    excerpt: str
    readable: bool
    late: int
    domains: Sequence[str]
    legal_on: date | None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the list; `before` and `after` are the cursors of its neighbours."""

    rows: Sequence[Row]
    before: str
    after: str
    number: int
    more_than_limit: bool
    calendar: Calendar = field(repr=False)


def show(
    *,
    user: User,
    partnership: Partnership,
    filters: CaseloadFilter,
    now: datetime,
    screen: Reason = Reason.CASELOAD,
) -> Page:
    """Return a page of the list for `user`; record an access for each name or excerpt on it.

    `screen` is the reason in the access log. Takes a fixed number of queries.
    """
    on = local_date(now)
    calendar = front_door.of(partnership).calendar
    order = ORDERS.get(filters.order, ORDERS["termijn"])
    listed = select(user=user, partnership=partnership, filters=filters, on=on, calendar=calendar)
    backwards = bool(filters.before)
    cursor = read_cursor(filters.before or filters.after, order)
    by = order.by(backwards=backwards)
    listed = order.prepared(listed)
    after = Q(order.after(*cursor, backwards=backwards)) if cursor else Q()
    # First the ids, which an index serves; then what is shown, of those rows only.
    ids = listed.filter(after).order_by(*by).values("pk")[: PAGE_SIZE + 1]
    with transaction.atomic():
        chosen = order.prepared(Question.objects.filter(pk__in=ids))
        wide = with_columns(chosen, user, partnership, on)
        questions = list(wide.order_by(*by)[: PAGE_SIZE + 1])
        more, questions = len(questions) > PAGE_SIZE, questions[:PAGE_SIZE]
        if backwards:
            questions.reverse()
        rows = [row_of(question, calendar, on) for question in questions]
        record_list_access(
            user=user,
            partnership=partnership,
            questions=[r.question for r in rows if r.who or r.excerpt],
            searched=False,
            screen=screen,
            now=now,
        )
    number = listed.order_by().values("pk")[: COUNT_LIMIT + 1].count()
    has_next = more if not backwards else True
    has_previous = more if backwards else bool(cursor)
    return Page(
        rows=rows,
        before=cursor_of(questions[0], order) if questions and has_previous else "",
        after=cursor_of(questions[-1], order) if questions and has_next else "",
        number=min(number, COUNT_LIMIT),
        more_than_limit=number > COUNT_LIMIT,
        calendar=calendar,
    )


def with_columns(
    questions: QuerySet[Question], user: User, partnership: Partnership, on: date
) -> QuerySet[Question]:
    """Add what a row shows. A name or words that may not be shown don't leave the database."""
    readable = Question.objects.visible_to(user, on).filter(pk=OuterRef("pk"))
    term = FollowUp.objects.filter(
        question=OuterRef("pk"), kind=FollowUp.Kind.CLOCK, status=FollowUp.Status.OPEN
    )
    return (
        questions.select_related("lead", "lead_team", "assigned_to", "neighbourhood")
        .defer("words", "opening_answers", "result_words", "search", "code_digest")
        .annotate(
            readable=Exists(readable),
            legal_on=Subquery(term.values("due_on")[:1]),
            who=Case(
                When(readable=True, then=F("asker__name")),
                default=Value(""),
                output_field=TextField(),
            ),
            excerpt=Case(
                When(readable=True, then=Left("words", EXCERPT_LENGTH + 1)),
                default=Value(""),
                output_field=TextField(),
            ),
        )
        .prefetch_related("domain_links__life_domain")
    )


def row_of(question: Question, calendar: Calendar, on: date) -> Row:
    excerpt: str = question.excerpt  # type: ignore[attr-defined]  # annotated above
    if len(excerpt) > EXCERPT_LENGTH:
        excerpt = f"{excerpt[:EXCERPT_LENGTH].rstrip()}…"
    return Row(
        question=question,
        who=question.who,  # type: ignore[attr-defined]  # annotated above
        excerpt=excerpt,
        readable=question.readable,  # type: ignore[attr-defined]  # annotated above
        late=calendar.overdue_by(question.due_on, on) if question.is_open else 0,
        domains=sorted(link.life_domain.for_staff for link in question.domain_links.all()),
        legal_on=question.legal_on,  # type: ignore[attr-defined]  # annotated above
    )
