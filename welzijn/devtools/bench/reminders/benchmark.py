"""`bench reminders`, in two parts on one cluster.

1. Rate: the product's workers and a baseline loop send the same mails in turns, without faults.
2. Faults: due messages are sent while, at random, a sender, a worker, a beat, Redis or PostgreSQL
   is killed or the broker flushed. Then the mails received are compared with those due.

Runs in a process of its own, because its settings point at its own PostgreSQL and Redis.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from welzijn.devtools.bench.reminders.cluster import Cluster
from welzijn.devtools.local_services.data_folder import CHECKOUT

_WEIGHTS = {
    "sender killed": 6,
    "worker killed": 1,
    "beat killed": 1,
    "redis killed": 1,
    "redis flushed": 1,
    "postgres crashed": 1,
}
_NO_PROGRESS = 90.0  # seconds without a mail: something is stuck, and that is a finding


@dataclass
class Result:
    """The figures. Rates are mails per second; `ratio` is the product's over the baseline's."""

    due: int
    untrue: int
    delivered: int = 0
    lost: int = 0
    sent_although_untrue: int = 0
    sent_twice: int = 0
    sent_twice_at_most: int = 0
    twice_with_another_message_id: int = 0
    left_unsettled: int = 0
    faults: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    rate_under_faults: float = 0.0
    product_rate: float = 0.0
    bare_rate: float = 0.0
    ratio: float = 0.0


def reminders(
    *,
    due: int = 100_000,
    rated: int = 4_000,
    workers: int = 4,
    every: float = 1.0,
    most_faults: int = 1_000_000,
    lease: float = 10.0,
    delay: float = 0.0,
    seed: int = 1,
    schema: Path | None = None,
) -> Result:
    """Run the benchmark and return its figures.

    due: number of reminders under faults. rated: number per side and turn of the rate measurement;
    0 skips it. every: seconds between faults, at most `most_faults`. lease: seconds after which the
    messages of a dead sender are taken over. delay: seconds the mail server takes per mail. schema:
    a dump to make the tables from, quicker than applying all migrations. Raises
    subprocess.CalledProcessError if the run fails.
    """
    options = {
        "due": due, "rated": rated, "workers": workers, "every": every,
        "most_faults": most_faults, "lease": lease,
        "delay": delay, "seed": seed, "schema": str(schema or ""),
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", __package__, json.dumps(options)],
        cwd=CHECKOUT,
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    return Result(**json.loads(done.stdout.splitlines()[-1]))


def main(options: dict[str, Any]) -> None:
    """Run in this process and print the result as JSON."""
    with tempfile.TemporaryDirectory(prefix="voordeur-bench-") as name:
        cluster = Cluster(
            Path(name),
            workers=int(options["workers"]),
            lease=options["lease"],
            delay=options["delay"],
        )
        try:
            cluster.open()
            if options["schema"]:
                cluster.load(Path(options["schema"]))
            os.environ.update(cluster.environment)
            _prepare_django()
            result = _run(cluster, options)
        except BaseException:
            sys.stderr.write(cluster.log_tails())
            raise
        finally:
            cluster.close()
    sys.stdout.write(json.dumps(asdict(result)) + "\n")


def _prepare_django() -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def _run(cluster: Cluster, options: dict[str, Any]) -> Result:
    from welzijn.devtools.bench.reminders import due_rows

    count = int(options["due"])
    result = Result(due=count, untrue=count // due_rows.DONE_EVERY)
    if options["rated"]:
        _rate(cluster, int(options["rated"]), int(options["workers"]), result)
    due_rows.make(count)
    _forget_connection()
    cluster.sent_log.write_text("")
    _under_faults(cluster, options, result)
    _count(cluster, result)
    return result


def _rate(cluster: Cluster, count: int, workers: int, result: Result) -> None:
    """Two turns each, in an order that gives neither side the warmer caches."""
    seconds = {"product": 0.0, "bare": 0.0}
    for side in ("product", "bare", "bare", "product"):
        seconds[side] += _turn(cluster, side, count, workers)
    from welzijn.devtools.bench.reminders.due_rows import DONE_EVERY

    mails = 2 * (count - count // DONE_EVERY)
    result.product_rate = round(mails / seconds["product"], 1)
    # The baseline doesn't check validity, so it sends the done ones as well.
    result.bare_rate = round(2 * count / seconds["bare"], 1)
    result.ratio = round(result.product_rate / result.bare_rate, 3)


def _turn(cluster: Cluster, side: str, count: int, workers: int) -> float:
    from welzijn.devtools.bench.reminders import due_rows

    due_rows.make(count)
    _forget_connection()
    if side == "bare":
        return _bare(cluster, workers)
    cluster.start_senders()
    try:
        with cluster.connect() as connection:
            # Skip the start-up of the interpreters.
            first = _wait_until_left(connection, count - count // 10)
            last = _wait_until_left(connection, count // 20)
    finally:
        cluster.stop_senders()
    measured = count - count // 10 - count // 20
    return (last - first) * count / measured


def _bare(cluster: Cluster, workers: int) -> float:
    from welzijn.notifications.delivery import BATCH

    mail = cluster.folder / "mail.eml"
    mail.write_bytes(_sample_mail())
    command = [
        *(sys.executable, "-m", f"{__package__}.baseline"),
        *(cluster.environment["DATABASE_URL"], str(cluster.smtp_port), str(BATCH), str(mail)),
    ]
    with cluster.connect() as connection:
        total = _left(connection)
        processes = [subprocess.Popen(command) for _ in range(workers)]
        first = _wait_until_left(connection, total - total // 10)
        last = _wait_until_left(connection, total // 20)
        for process in processes:
            process.wait()
    measured = total - total // 10 - total // 20
    return (last - first) * total / measured


def _sample_mail() -> bytes:
    """A mail of the product with placeholders for the address and the Message-ID."""
    from welzijn.notifications import rendering
    from welzijn.notifications.channels.email import build
    from welzijn.notifications.models import Message

    message = Message.objects.select_related("partnership").first()
    assert message is not None
    real = message.message_id.strip("<>").partition("@")[0].encode()
    address = message.address.encode()
    # Django's own message class takes `linesep`; the stubs know only its base.
    composed: Any = build(message, rendering.render(message)).message()
    raw: bytes = composed.as_bytes(linesep="\r\n")
    _forget_connection()
    return raw.replace(real, b"MESSAGE-ID").replace(address, b"RECIPIENT")


def _under_faults(cluster: Cluster, options: dict[str, Any], result: Result) -> None:
    chance = random.Random(options["seed"])
    faults: Counter[str] = Counter()
    at_most = 0
    cluster.start_senders()
    began = progress_at = time.monotonic()
    known, next_fault = -1, began + options["every"]
    while True:
        time.sleep(0.05)
        with cluster.connect() as connection:
            left = _left(connection)
        if left == 0:
            break
        now = time.monotonic()
        if left != known:
            known, progress_at = left, now
        if now - progress_at > _NO_PROGRESS:
            break
        if now >= next_fault and faults.total() < options["most_faults"]:
            kind = chance.choices(list(_WEIGHTS), list(_WEIGHTS.values()))[0]
            at_most += _fault(cluster, kind, chance)
            faults[kind] += 1
            next_fault = time.monotonic() + options["every"]
    result.seconds = round(time.monotonic() - began, 1)
    result.faults = dict(sorted(faults.items()))
    result.sent_twice_at_most = at_most
    cluster.stop_senders()


def _fault(cluster: Cluster, kind: str, chance: random.Random) -> int:
    match kind:
        case "sender killed":
            return cluster.kill_sender(chance.choice)
        case "worker killed":
            return cluster.kill_worker(chance.choice(cluster.worker_names))
        case "beat killed":
            return cluster.kill_beat(chance.choice(["beat1", "beat2"]))
        case "redis killed":
            return cluster.kill_redis()
        case "redis flushed":
            return cluster.flush_redis()
        case _:
            return cluster.restart_postgres()


def _count(cluster: Cluster, result: Result) -> None:
    taken = Counter[str]()
    ids: dict[str, set[str]] = {}
    for line in cluster.sent_log.read_text().splitlines():
        address, _space, message_id = line.partition(" ")
        taken[address] += 1
        ids.setdefault(address, set()).add(message_id)
    with cluster.connect() as connection:
        rows = connection.execute(
            "SELECT m.address, d.done, m.status FROM notifications_message m "
            "JOIN bench_due d ON d.id = m.subject_id"
        ).fetchall()
    for recipient, done, status in rows:
        times = taken[str(recipient)]
        result.delivered += times > 0
        result.lost += not done and times == 0
        result.sent_although_untrue += bool(done) and times > 0
        result.sent_twice += max(0, times - 1)
        result.left_unsettled += status not in ("sent", "no_longer_true")
    result.twice_with_another_message_id = sum(len(found) > 1 for found in ids.values())
    if result.seconds:
        result.rate_under_faults = round(result.delivered / result.seconds, 1)


def _left(connection: object) -> int:
    statement = "SELECT count(*) FROM notifications_message WHERE status IN ('waiting', 'sending')"
    row = connection.execute(statement).fetchone()  # type: ignore[attr-defined] # psycopg
    return int(row[0])


def _wait_until_left(connection: object, count: int) -> float:
    """The moment (monotonic) at which at most `count` messages are left."""
    deadline = time.monotonic() + _NO_PROGRESS
    while _left(connection) > count:
        if time.monotonic() > deadline:
            raise TimeoutError("nothing is being sent")
        time.sleep(0.02)
    return time.monotonic()


def _forget_connection() -> None:
    """PostgreSQL is about to be killed: don't keep a connection of Django's own open."""
    from django.db import connection

    connection.close()
