"""Generates three years of invented questions with one statement per table: fast enough for 10^6.

The domain functions are bypassed, and triggers and foreign key checks are off while rows are
written, which takes a superuser (the local PostgreSQL's user is one). The rows that triggers would
make are written in the same transaction: the lead's referral, follow-ups and report cells. There is
no change history, since nothing was changed. `tests/welzijn/devtools/test_demo_data.py` checks the result
against the database constraints and the invariants of the domain functions.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from time import monotonic
from uuid import UUID

from django.db import ProgrammingError, connection, transaction

from intake.questions.models import Question
from organisations.front_door import configuration as front_door
from organisations.front_door.configuration import FrontDoor
from organisations.partnerships.models import Partnership
from organisations.routing import Facts
from welzijn.core.working_days import local_date
from welzijn.devtools.demo_data import case_courses, rows, submissions
from welzijn.devtools.demo_data.random_sql import (
    create_day_tables,
    create_functions,
    partnership_seed,
)
from welzijn.devtools.demo_data.rows.ids import SUBMISSION_KEY
from welzijn.devtools.demo_data.staff import make_staff

YEARS = 3


class NotSuperuserError(Exception):
    """The database user may not disable triggers."""


@dataclass(frozen=True, slots=True)
class Generated:
    """Numbers of generated questions and of rows in all tables, and the time in seconds."""

    questions: int
    rows: int
    seconds: float
    already_there: bool = False


def synthesise(*, partnership: Partnership, questions: int, seed: int, now: datetime) -> Generated:
    """Generate questions over the three years before `now`, and staff if there is none.

    The same partnership, number, seed and time give the same rows. Does nothing if the seed has
    been used in this partnership. Raises NotSuperuserError.
    """
    start = monotonic()
    make_staff(partnership=partnership, now=now)
    partnership.refresh_from_db()
    front = front_door.of(partnership)
    number = partnership_seed(partnership.slug, seed)
    with transaction.atomic():
        create_functions(number)
        if Question.objects.filter(submission_key=_first_key()).exists():
            return Generated(0, 0, monotonic() - start, already_there=True)
        today = local_date(now)
        create_day_tables(
            front.calendar, today - timedelta(days=YEARS * 366 + 7), today + timedelta(days=200)
        )
        submissions.create_submissions(
            partnership=partnership, front=front, questions=questions, now=now
        )
        _decide(front, today)
        case_courses.create_cases(partnership=partnership, front=front, now=now)
        with connection.cursor() as cursor:
            try:
                cursor.execute("SET LOCAL session_replication_role = replica")
            except ProgrammingError as error:
                raise NotSuperuserError from error
            written = rows.write_all(partnership=partnership, front=front, now=now)
            cursor.execute("SET LOCAL session_replication_role = origin")
            cursor.execute(f"DROP TABLE {', '.join(rows.TEMPORARY)}")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return Generated(questions, written, monotonic() - start)


def _first_key() -> UUID:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {SUBMISSION_KEY} FROM (SELECT 1::bigint AS i) s")
        return cursor.fetchone()[0]


def _decide(front: FrontDoor, on: date) -> None:
    """Create `syn_decided`: the outcome of the routing rules for each combination of facts.

    Uses today's rules for all years: a newly loaded partnership has no earlier ones.
    """
    offer = front.offer({}, {})
    triage = front.triage_team
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT facts FROM syn_submission")
        combinations = [row[0] for row in cursor.fetchall()]
        cursor.execute(
            "CREATE TEMP TABLE syn_decided (facts jsonb, as_text text, organisation uuid,"
            " team uuid, service uuid, rule_key text, reason text, to_triage bool) ON COMMIT DROP"
        )
        with cursor.copy("COPY syn_decided FROM STDIN") as copy:
            for combination in combinations:
                facts = front.rules.with_offer(Facts.from_json(combination), on=on, offer=offer)
                outcome = front.rules.decide(facts, on=on, offer=offer)
                team = front.teams[outcome.team] if outcome.team else None
                service = front.service_by_slug[outcome.service] if outcome.service else None
                copy.write_row(
                    (
                        json.dumps(facts.to_json()) if facts.offered_by else combination,
                        combination,
                        front.organisations[outcome.organisation].id,
                        team.id if team else None,
                        service.id if service else None,
                        outcome.rule or "",
                        outcome.reason,
                        team is not None and team.id == triage.id,
                    )
                )
        cursor.execute("CREATE INDEX ON syn_decided (as_text); ANALYZE syn_decided")
