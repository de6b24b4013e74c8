"""A municipal report: its page and its publication, compared with plain SQL on the same roll-up."""

import random
from datetime import timedelta
from time import perf_counter
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from intake.questions.models import Question
from organisations.roles.models import Membership, Role
from referrals.reports import counting, handovers
from referrals.reports.models import ReportCell, ReportPublication
from referrals.reports.publishing import SUMS, make_tables, publish
from referrals.reports.quarters import Block, latest_quarter, next_quarter, quarter_of
from welzijn.core.working_days import local_moment
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
        for row in ReportPublication.objects.filter(partnership=target).values_list(
            "municipality", "quarter"
        )
    ]
    last = latest_quarter(now)
    since, until = quarter_of(min(b.quarter for b in blocks)), next_quarter(last)

    def bare() -> float:
        start = perf_counter()
        with connection.cursor() as cursor:
            cursor.execute(SUMS, [target.id, since, until])
            cursor.fetchall()
            cursor.execute(handovers.SQL, [target.id, local_moment(since), local_moment(until)])
            cursor.fetchall()
        return 1000 * (perf_counter() - start)

    def bare_page() -> float:
        """The page's data: sums and handovers of the quarter, and monthly sums of a year."""
        start = perf_counter()
        with connection.cursor() as cursor:
            cursor.execute(SUMS, [target.id, last, until])
            cursor.fetchall()
            cursor.execute(handovers.SQL, [target.id, local_moment(last), local_moment(until)])
            cursor.fetchall()
            cursor.execute(_MONTHS, [target.id, last - timedelta(days=270), until])
            cursor.fetchall()
        return 1000 * (perf_counter() - start)

    def published() -> float:
        start = perf_counter()
        with transaction.atomic():
            make_tables(target, blocks, random.Random(1))
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
