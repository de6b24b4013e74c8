"""Repeatable random values in SQL: functions that derive a value from a row number and a salt.

Every property of a generated question follows from the seed, the partnership and the question's
number, so the same command always generates the same history.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from hashlib import sha256
from itertools import accumulate
from typing import Any

from django.db import connection
from psycopg import sql

from welzijn.core.working_days import Calendar


def partnership_seed(slug: str, seed: int) -> int:
    """Hash a partnership and a seed to one number of 40 bits."""
    return int.from_bytes(sha256(f"{slug}/{seed}".encode()).digest()[:5], "big")


def create_functions(seed: int) -> None:
    """Create `pg_temp.u(i, salt)` (uniform in [0, 1)) and `pg_temp.uid(i, salt, at)`.

    The id is a UUID that sorts by `at`, and by `salt` within one moment, so that rows written at
    the same time keep the order of events.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            CREATE OR REPLACE FUNCTION pg_temp.u(i bigint, salt int) RETURNS float8
                LANGUAGE sql IMMUTABLE AS $$
                SELECT (hashint8extended(i, salt * 1000003::bigint + {seed})
                    & 9007199254740991) / 9007199254740992.0::float8 $$;
            CREATE OR REPLACE FUNCTION pg_temp.uid(i bigint, salt int, at timestamptz) RETURNS uuid
                LANGUAGE sql IMMUTABLE AS $$
                SELECT (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7'
                    || lpad(to_hex(salt), 3, '0') || '8' || substr(h, 4, 15))::uuid
                FROM md5({seed} || ':' || salt || ':' || i) h $$;
            """
        )


def literal(value: Any) -> str:
    """Quote a value as an SQL literal; a list gets the array type of its first element."""
    text = sql.Literal(value).as_string(connection.connection)
    if isinstance(value, list):
        return f"{text}::{_ARRAYS[type(value[0])] if value else 'text[]'}"
    return text


_ARRAYS = {str: "text[]", int: "int[]", float: "float8[]"}


def weighted_choice(values: Sequence[tuple[Any, float]], salt: int, of: str = "i") -> str:
    """SQL for a random choice from (value, weight) pairs; weights are relative."""
    total = sum(weight for _value, weight in values)
    bounds = [b / total for b in accumulate(weight for _value, weight in values)]
    texts = literal([value for value, _weight in values])
    if len(values) == 1:
        return f"({texts})[1]"
    return f"({texts})[width_bucket(pg_temp.u({of}, {salt}), {literal(bounds[:-1])}) + 1]"


def uniform_choice(array: str, salt: int, of: str = "i") -> str:
    """SQL for a random element of an SQL array; NULL if it is empty."""
    return f"({array})[1 + floor(pg_temp.u({of}, {salt}) * cardinality({array}))::int]"


def create_day_tables(calendar: Calendar, first: date, last: date) -> None:
    """Create `syn_day(day, number, works)` and `syn_works(number, day)` for a range of days.

    `number` counts the working days up to and including `day`; `syn_works` has the working days
    only. The n-th working day after `day` is syn_works(syn_day(day).number + n), as in
    `Calendar.add_working_days`.
    """
    days: list[tuple[date, int, bool]] = []
    number = 0
    day = first
    while day <= last:
        works = calendar.is_working_day(day)
        number += works
        days.append((day, number, works))
        day += timedelta(days=1)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE syn_day (day date PRIMARY KEY, number int, works bool)"
            " ON COMMIT DROP"
        )
        with cursor.copy("COPY syn_day FROM STDIN") as copy:
            for row in days:
                copy.write_row(row)
        cursor.execute(
            "CREATE TEMP TABLE syn_works ON COMMIT DROP AS"
            " SELECT number, day FROM syn_day WHERE works"
        )
        cursor.execute("CREATE UNIQUE INDEX ON syn_works (number)")
        cursor.execute("ANALYZE syn_day; ANALYZE syn_works")
