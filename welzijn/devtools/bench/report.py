"""A municipal report: the page and its publication against bare SQL on the same rollup."""

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
from welzijn.devtools.bench.stage import look, median_of, partnership, say, signed_in
from welzijn.devtools.demo_data.history import synthesise

MOST_RATIO = 2.0
_MONTHS = """
    SELECT municipality, month, sum(received), sum(helped) FROM referrals_reportcell
    WHERE partnership_id = %s AND month >= %s AND month < %s GROUP BY municipality, month
"""


def measure(*, questions: int) -> dict[str, Any]:
    """Publish three years of figures and read one report. Times in ms, medians."""
    here, now = partnership(), timezone.now()
    missing = questions - Question.objects.filter(partnership=here).count()
    if missing > 0:
        say(f"making {missing} questions")
        synthesise(partnership=here, questions=missing, seed=3, now=now)
    counting.compact(here)
    publish(partnership=here, now=now)
    blocks = [
        Block(*row)
        for row in ReportPublication.objects.filter(partnership=here).values_list(
            "municipality", "quarter"
        )
    ]
    last = latest_quarter(now)
    since, until = quarter_of(min(b.quarter for b in blocks)), next_quarter(last)

    def bare() -> float:
        begin = perf_counter()
        with connection.cursor() as cursor:
            cursor.execute(SUMS, [here.id, since, until])
            cursor.fetchall()
            cursor.execute(handovers.SQL, [here.id, local_moment(since), local_moment(until)])
            cursor.fetchall()
        return 1000 * (perf_counter() - begin)

    def bare_page() -> float:
        """What the page shows: the quarter's divisions and handovers, and a year's months."""
        begin = perf_counter()
        with connection.cursor() as cursor:
            cursor.execute(SUMS, [here.id, last, until])
            cursor.fetchall()
            cursor.execute(handovers.SQL, [here.id, local_moment(last), local_moment(until)])
            cursor.fetchall()
            cursor.execute(_MONTHS, [here.id, last - timedelta(days=270), until])
            cursor.fetchall()
        return 1000 * (perf_counter() - begin)

    def published() -> float:
        begin = perf_counter()
        with transaction.atomic():
            make_tables(here, blocks, random.Random(1))
        return 1000 * (perf_counter() - begin)

    bare_ms, published_ms = median_of(bare, 5), median_of(published, 5)
    officer = (
        Membership.objects.active()
        .filter(partnership=here, role=Role.MUNICIPALITY)
        .select_related("user")
        .earliest("user__email")
        .user
    )
    page = look(signed_in(officer), "/rapportage/")
    quarter_ms = median_of(bare_page, 5)
    rollup = counting.rolled_up(here, since, next_quarter(quarter_of(now.date())))
    say("a full recount")
    exact = rollup == counting.recount(here)
    figures = {
        "questions": Question.objects.filter(partnership=here).count(),
        "rollup_rows": ReportCell.objects.filter(partnership=here).count(),
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
