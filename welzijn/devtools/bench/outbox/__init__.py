"""The bench "outbox": a hundred mails, the first to a recipient whose server misbehaves.

    measure(due=100)    for each way to misbehave: what left within one sweep, and how long it took

The floor is the same sweep over the same mails with a server that takes them all.
"""

from __future__ import annotations

import logging
from statistics import median
from time import perf_counter
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from welzijn.devtools.bench.environment import log
from welzijn.devtools.bench.outbox.misbehaving_server import (
    CLOSE,
    DROP,
    HANG,
    Fault,
    MisbehavingServer,
)
from welzijn.devtools.bench.reminders import due_rows
from welzijn.notifications.delivery import sweep
from welzijn.notifications.models import Message, Status
from welzijn.sweeps.models import SetAside

FAULTS = {
    "421": Fault("RCPT", "421"),
    "450": Fault("RCPT", "450"),
    "550": Fault("RCPT", "550"),
    "554": Fault("DOT", "554"),
    "close in DATA": Fault("BODY", CLOSE),
    "close after DATA": Fault("DOT", CLOSE),
    "drop after the dot": Fault("DOT", DROP),
    "hang at RCPT": Fault("RCPT", HANG),
    "hang at DATA": Fault("DATA", HANG),
    "hang after the dot": Fault("DOT", HANG),
}
_FLOORS = 3


def measure(*, due: int) -> dict[str, Any]:
    """Measure each fault. `ratio`: time without the wait for the server, over the floor."""
    due_rows.ready()
    # A refusal is what is measured here; it needs no line on the screen each time.
    logging.getLogger("welzijn").setLevel(logging.CRITICAL)
    _sweep(due, None)  # warms up
    floor = median(_sweep(due, None)["seconds"] for _ in range(_FLOORS))
    figures: dict[str, Any] = {"mails": due, "floor_seconds": round(floor, 2)}
    for name, fault in FAULTS.items():
        log(name)
        found = _sweep(due, fault)
        waited = settings.EMAIL_TIMEOUT if fault.how == HANG else 0
        found["ratio"] = round((found["seconds"] - waited) / floor, 2)
        found["seconds"] = round(found["seconds"], 2)
        figures[name] = found
    rows = [figures[name] for name in FAULTS]
    figures["goals"] = {
        "all_behind_left_in_one_sweep": all(row["left"] == row["behind"] for row in rows),
        "bad_one_tried_once": all(row["tried_once"] for row in rows),
    }
    return figures


def _sweep(due: int, fault: Fault | None) -> dict[str, Any]:
    """Sweep once over `due` mails; the first is the bad one."""
    due_rows.make(due)
    SetAside.objects.all().delete()
    bad = Message.objects.order_by("not_before", "id")[0]
    # Those that are done meanwhile are not sent; the bad one is not among them.
    with connection.cursor() as cursor:
        cursor.execute("UPDATE bench_due SET done = false WHERE id = %s", [bad.subject_id])
        cursor.execute("SELECT count(*) FROM bench_due WHERE NOT done")
        behind = cursor.fetchone()[0] - 1
    with MisbehavingServer({bad.address: fault} if fault else {}) as server:
        settings.EMAIL_BACKEND = "welzijn.notifications.channels.bounded_smtp.Backend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        start = perf_counter()
        sweep(now=timezone.now())
        seconds = perf_counter() - start
    left = Message.objects.filter(status=Status.SENT).exclude(pk=bad.pk).count()
    return {
        "seconds": seconds,
        "behind": behind,
        "left": left,
        "tried_once": server.tried.count(bad.address) == 1,
    }
