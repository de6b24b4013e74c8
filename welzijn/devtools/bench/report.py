"""A municipal report: its page and its publication, compared with plain SQL on the same roll-up."""

from datetime import date, timedelta
from time import perf_counter
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from intake.questions.models import Question
from organisations.roles.models import Membership, Role
from referrals.reports import counting
from referrals.reports.categories import successors
from referrals.reports.cells import from_questions, rollup_sql
from referrals.reports.measures import OUTCOMES
from referrals.reports.models import ReportCell, ReportPublication
from referrals.reports.publishing import DIVISIONS, EDITION, make_tables, publish
from referrals.reports.quarters import Block, latest_quarter, next_quarter, quarter_of
from referrals.reports.tables import Dimension
from welzijn.devtools.bench.environment import log, measure_page, median_ms, partnership, signed_in
from welzijn.devtools.demo_data.generator import synthesise

MOST_RATIO = 2.0
_MONTHS = """
    SELECT municipality, month, sum(received), sum(helped) FROM referrals_reportcell
    WHERE partnership_id = %s AND month >= %s AND month < %s GROUP BY municipality, month
"""


def measure(*, questions: int) -> dict[str, Any]:
    """Publish three years of reports and read one. Median times in ms."""
    target, now = partnership(), timezone.now()
    missing = questions - Question.objects.filter(partnership=target).count()
    if missing > 0:
        log(f"making {missing} questions")
        synthesise(partnership=target, questions=missing, seed=3, now=now)
    counting.compact(target)
    publish(partnership=target, now=now)
    blocks = [
        Block(*row)
        for row in ReportPublication.objects.filter(
            partnership=target, edition=EDITION
        ).values_list("municipality", "quarter")
    ]
    last = latest_quarter(now)
    since, until = quarter_of(min(b.quarter for b in blocks)), next_quarter(last)

    statements = [
        rollup_sql([Dimension.MUNICIPALITY, *([] if division is Dimension.MONTH else [division])])
        for division in DIVISIONS
    ]
    counts_as = successors(target)

    def sums(first: date) -> None:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement, [target.id, first, until])
                cursor.fetchall()
        from_questions(target, ("handovers", *OUTCOMES), first, until, counts_as)

    def bare() -> float:
        start = perf_counter()
        sums(since)
        return 1000 * (perf_counter() - start)

    def bare_page() -> float:
        """The page's data: sums and handovers of the quarter, and monthly sums of a year."""
        start = perf_counter()
        sums(last)
        with connection.cursor() as cursor:
            cursor.execute(_MONTHS, [target.id, last - timedelta(days=270), until])
            cursor.fetchall()
        return 1000 * (perf_counter() - start)

    def published() -> float:
        start = perf_counter()
        with transaction.atomic():
            make_tables(target, blocks)
        return 1000 * (perf_counter() - start)

    bare_ms, published_ms = median_ms(bare, 5), median_ms(published, 5)
    officer = (
        Membership.objects.active()
        .filter(partnership=target, role=Role.MUNICIPALITY)
        .select_related("user")
        .earliest("user__email")
        .user
    )
    page = measure_page(signed_in(officer), "/rapportage/")
    quarter_ms = median_ms(bare_page, 5)
    rollup = counting.rolled_up(target, since, next_quarter(quarter_of(now.date())))
    log("recounting everything")
    exact = rollup == counting.recount(target)
    figures = {
        "questions": Question.objects.filter(partnership=target).count(),
        "rollup_rows": ReportCell.objects.filter(partnership=target).count(),
        "quarters": len(blocks),
        "bare_sql_all_quarters_ms": round(bare_ms, 1),
        "publication_all_quarters_ms": round(published_ms, 1),
        "publication_ratio": round(published_ms / bare_ms, 2),
        "bare_sql_of_the_page_ms": round(quarter_ms, 1),
        "page_ms": page["ms"],
        "page_queries": page["queries"],
        "page_ratio": round(page["ms"] / quarter_ms, 2),
        "rollup_equals_recount": exact,
    }
    figures["goals"] = {
        "publication_ratio": published_ms <= MOST_RATIO * bare_ms,
        "page_ratio": page["ms"] <= MOST_RATIO * quarter_ms,
        "rollup_equals_recount": exact,
    }
    return figures
