"""Three years of invented questions in a few statements: fast enough for a million.

Nothing goes through the domain functions here, and triggers and foreign key checks are off while
rows are written (PostgreSQL lets a superuser do that; the embedded one's user is one). What they
would have made is made set-wise in the same transaction: the lead's referral, what is due, where a
question counts in the figures, and no history of changes, since nothing changed.
`tests/welzijn/devtools/test_demo_data.py` holds the result against the constraints of the database and the
invariants that the domain functions keep.
"""

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
from welzijn.devtools.demo_data import asking, lives, rows
from welzijn.devtools.demo_data.drawing import make_days, make_functions, seed_of
from welzijn.devtools.demo_data.rows.ids import SUBMISSION_KEY
from welzijn.devtools.demo_data.staff import make_staff

YEARS = 3


class NotSuperuserError(Exception):
    """The user of the database may not switch triggers off."""


@dataclass(frozen=True, slots=True)
class Made:
    """What was made: questions, rows in all tables, and how long it took (seconds)."""

    questions: int
    rows: int
    seconds: float
    already_there: bool = False


def synthesise(*, partnership: Partnership, questions: int, seed: int, now: datetime) -> Made:
    """Make that many questions over the three years before `now`; staff too where there is none.

    The same partnership, number, seed and moment make the same rows. Doing it again with a seed
    that has been used changes nothing. Raises NotSuperuserError.
    """
    began = monotonic()
    make_staff(partnership=partnership, now=now)
    partnership.refresh_from_db()
    front = front_door.of(partnership)
    number = seed_of(partnership.slug, seed)
    with transaction.atomic():
        make_functions(number)
        if Question.objects.filter(submission_key=_first_key()).exists():
            return Made(0, 0, monotonic() - began, already_there=True)
        today = local_date(now)
        make_days(
            front.calendar, today - timedelta(days=YEARS * 366 + 7), today + timedelta(days=200)
        )
        asking.ask(partnership=partnership, front=front, questions=questions, now=now)
        _decide(front, today)
        lives.live(partnership=partnership, front=front, now=now)
        with connection.cursor() as cursor:
            try:
                cursor.execute("SET LOCAL session_replication_role = replica")
            except ProgrammingError as error:
                raise NotSuperuserError from error
            written = rows.write(partnership=partnership, front=front, now=now)
            cursor.execute("SET LOCAL session_replication_role = origin")
            cursor.execute(f"DROP TABLE {', '.join(rows.TEMPORARY)}")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return Made(questions, written, monotonic() - began)


def _first_key() -> UUID:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {SUBMISSION_KEY} FROM (SELECT 1::bigint AS i) s")
        return cursor.fetchone()[0]


def _decide(front: FrontDoor, on: date) -> None:
    """`syn_decided`: what the partnership's own rules decide for each combination of facts.

    With the rules of today, whatever the year: a partnership that loads its file now has no others.
    """
    offer = front.offer({}, {})
    triage = front.triage_team
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT facts FROM syn_asked")
        combinations = [row[0] for row in cursor.fetchall()]
        cursor.execute(
            "CREATE TEMP TABLE syn_decided (facts jsonb, as_text text, organisation uuid,"
            " team uuid, service uuid, rule_key text, reason text, to_triage bool) ON COMMIT DROP"
        )
        with cursor.copy("COPY syn_decided FROM STDIN") as copy:
            for combination in combinations:
                facts = Facts.from_json(combination)
                outcome = front.rules.decide(facts, on=on, offer=offer)
                team = front.teams[outcome.team] if outcome.team else None
                service = front.service_by_slug[outcome.service] if outcome.service else None
                copy.write_row(
                    (
                        combination,
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
