"""What the chain over the access log costs: a look, its sealing, and its verification.

The floor of a look is the same INSERT with the trigger of the queue switched off, in turns with the
measured one, each in a transaction of its own as a page has it.
"""

from __future__ import annotations

import statistics
from datetime import timedelta
from time import perf_counter
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from organisations.partnerships.models import Partnership
from welzijn.audit.chain import sealing, verification
from welzijn.audit.models import AccessEvent
from welzijn.core.ids import uuid7
from welzijn.devtools.bench.environment import partnership

_ROUNDS = 40
_LOOKS = 100


def measure(*, lines: int) -> dict[str, Any]:
    """Return milliseconds of a look with and without the chain, and lines a second of the rest."""
    here = partnership()
    with_chain, without = [], []
    for _round in range(_ROUNDS):
        with_chain.append(_looks(here))
        _switch("DISABLE")
        without.append(_looks(here))
        _switch("ENABLE")
    # What was written past the queue would be found: it has no place in the chain.
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("DELETE FROM audit_accessevent; DELETE FROM audit_unsealedevent")
        cursor.execute("SET session_replication_role = origin")
        cursor.execute(
            "INSERT INTO audit_accessevent (id, at, partnership_id, actor_kind, role, on_behalf_of,"
            " action, what, question_id, person_id, basis, reason, emergency)"
            " SELECT gen_random_uuid(), now() - n * interval '1 second', %s, 'resident', '', '',"
            " 'read', 'question', gen_random_uuid(), gen_random_uuid(), 'consent', 'gelezen', false"
            " FROM generate_series(1, %s) n",
            [here.pk, lines],
        )
    started = perf_counter()
    assert sealing.seal(now=timezone.now()) == lines
    sealed = perf_counter() - started
    started = perf_counter()
    report = verification.verify()
    verified = perf_counter() - started
    assert (report.wrong, report.lines) == ([], lines)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_total_relation_size('audit_logblock')")
        size = cursor.fetchone()[0]
    look, floor = statistics.median(with_chain), statistics.median(without)
    return {
        "lines": lines,
        "look_ms": round(look, 3),
        "floor_ms": round(floor, 3),
        "ratio": round(look / floor, 2),
        "sealed_per_s": round(lines / sealed),
        "verified_per_s": round(lines / verified),
        "bytes_per_line": round(size / lines),
        "goals": {"ratio": look / floor <= 1.5},
    }


def _looks(here: Partnership) -> float:
    now = timezone.now() - timedelta(minutes=1)
    started = perf_counter()
    for _look in range(_LOOKS):
        with transaction.atomic():
            AccessEvent.objects.create(
                at=now,
                partnership=here,
                actor_kind=AccessEvent.Kind.RESIDENT,
                action=AccessEvent.Action.READ,
                what="question",
                question_id=uuid7(),
            )
    return (perf_counter() - started) * 1000 / _LOOKS


def _switch(verb: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE audit_accessevent {verb} TRIGGER line_waits")
