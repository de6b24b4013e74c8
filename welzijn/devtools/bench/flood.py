"""A flood at the public form from 1, 50 and 1,000 addresses, with real residents between it.

Each side sends the last POST of the form; the answers of earlier pages are prepared here. A bot
sends at once what it filled in within a second; every second one obeys the page "Het is nu erg
druk" and waits. A resident took three minutes, types words of their own, and waits where the page
asks for it. `X-Forwarded-For` names the address, as a proxy of our own would.
"""

import http.client
import random
import re
import secrets
import statistics
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from time import perf_counter
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from intake.ask import draft
from intake.ask.conversation import Conversation, Step
from intake.floods import gate
from intake.questions.models import Question, SetAside
from intake.submission.routing_preview import preview
from organisations.roles.models import Membership, Role
from referrals.casework import set_aside
from welzijn.devtools.bench.environment import log, partnership, signed_in
from welzijn.devtools.bench.web_server import HOST_NAME, free_port, start, wait_for
from welzijn.notifications.models import Message

ADDRESSES = (1, 50, 1_000)
RESIDENTS = 100
MOST_RATIO = 2.0
MOST_MESSAGES = 3
MOST_CLICKS = 3
# One in so many bots says that there is danger.
_IN_DANGER = 10
_BOTS_AT_ONCE = 4
_TOKEN = secrets.token_hex(16)
_ALARMS = ("question.urgent", "question.flood")
_SUBJECTS = ("de huur", "mijn zoon", "de buren", "eten", "een brief", "het werk", "mijn moeder")


@dataclass(frozen=True, slots=True)
class Sender:
    """A browser at the check page: its cookie, its address, and what it would send."""

    address: str
    cookie: str
    body: bytes
    waited: bytes
    """What it sends after it waited."""
    waits: bool


def measure(*, count: int, rate: int) -> dict[str, Any]:
    """Send `count` posts at `rate` a second for each number of addresses, and residents between."""
    environment = {"BEHIND_PROXY": "1", "PROXIES": "1"}
    port = free_port()
    server = start(port, environment)
    try:
        wait_for(port)
        _quiet(port, 20)  # warms up
        quiet = _quiet(port, RESIDENTS)
        runs = {}
        for addresses in ADDRESSES:
            log(f"{count} posts from {addresses} addresses, {rate} a second")
            runs[str(addresses)] = _flood(port, addresses, count, rate)
    finally:
        server.terminate()
        server.wait(10)
    quiet_p95 = _p95(quiet)
    for run in runs.values():
        run["ratio"] = round(run["p95_ms"] / quiet_p95, 2)
    return {
        "posts": count,
        "posts_per_second": rate,
        "residents": RESIDENTS,
        "quiet_p95_ms": round(quiet_p95, 1),
        "runs": runs,
        "goals": {
            "residents_in": all(run["residents_in"] == RESIDENTS for run in runs.values()),
            "p95_ratio": all(run["ratio"] <= MOST_RATIO for run in runs.values()),
            "messages": all(run["messages_of_duty"] <= MOST_MESSAGES for run in runs.values()),
            "clicks": all(
                run["clicks"] <= MOST_CLICKS and run["left_in_lot"] == 0 for run in runs.values()
            ),
        },
    }


def _quiet(port: int, number: int) -> list[float]:
    _begin_anew()
    return [_send(port, one)[1] for one in _residents(number, timezone.now())]


def _flood(port: int, addresses: int, count: int, rate: int) -> dict[str, Any]:
    _begin_anew()
    now = timezone.now()
    before = set(Question.objects.values_list("pk", flat=True))
    residents, bots = _residents(RESIDENTS, now), _bots(count, addresses, rate, now)
    answers: Counter[int] = Counter()
    begun = perf_counter()

    def flood(mine: Sequence[tuple[int, Sender]]) -> None:
        for place, bot in mine:
            time.sleep(max(0.0, begun + place / rate - perf_counter()))
            answers[_send(port, bot)[0]] += 1

    numbered = list(enumerate(bots))
    with ThreadPoolExecutor(_BOTS_AT_ONCE) as pool:
        floods = [pool.submit(flood, numbered[k::_BOTS_AT_ONCE]) for k in range(_BOTS_AT_ONCE)]
        times, statuses = [], []
        for place, resident in enumerate(residents):
            time.sleep(max(0.0, begun + (place + 0.5) * count / RESIDENTS / rate - perf_counter()))
            status, milliseconds = _send(port, resident)
            times.append(milliseconds)
            statuses.append(status)
        for one in floods:
            one.result()
    seconds = perf_counter() - begun
    made = Question.objects.exclude(pk__in=before)
    real = made.filter(words__startswith="Echt:")
    return {
        "seconds": round(seconds, 1),
        "rate_reached": round(count / seconds, 1),
        "residents_in": real.count(),
        "residents_set_aside": SetAside.objects.filter(question__in=real).count(),
        "p95_ms": round(_p95(times), 1),
        "median_ms": round(statistics.median(times), 1),
        "asked_to_wait": answers[429],
        "taken": made.count() - real.count(),
        "set_aside": SetAside.objects.filter(question__in=made).count(),
        "messages_of_duty": _most_messages(now),
        **_clear(),
    }


def _begin_anew() -> None:
    """Forget counted arrivals and messages: each run meets a quiet morning."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE intake_arrival")
    Message.objects.filter(subject_kind__in=_ALARMS).delete()


def _residents(number: int, now: datetime) -> list[Sender]:
    begun = now - timedelta(minutes=3)
    return [
        _sender(
            f"198.51.{100 + place // 200}.{1 + place % 200}",
            f"Echt: ik kom er niet uit met {_SUBJECTS[place % len(_SUBJECTS)]}, nummer {place}.",
            begun=begun,
            now=now,
            waits=True,
            danger=False,
        )
        for place in range(number)
    ]


def _bots(count: int, addresses: int, rate: int, now: datetime) -> list[Sender]:
    rng = random.Random(1)
    return [
        _sender(
            f"203.0.{place % addresses // 250}.{1 + place % addresses % 250}",
            f"Nep {rng.randrange(10**9)}" if place % 3 else "Nep, altijd hetzelfde",
            # At the moment at which it is sent.
            begun=now + timedelta(seconds=place / rate),
            now=now,
            waits=place % 2 == 0,
            danger=place % _IN_DANGER == 0,
        )
        for place in range(count)
    ]


def _sender(
    address: str, words: str, *, begun: datetime, now: datetime, waits: bool, danger: bool
) -> Sender:
    conversation = Conversation(begun=begun.timestamp(), answers=_answers(words, danger))
    response = HttpResponse()
    draft.write(RequestFactory().get("/"), response, conversation.to_draft(), now=now)
    sent = {"csrfmiddlewaretoken": _TOKEN, "shares": "yes", "named": _named(danger)}
    ticket = gate.ticket(conversation.key, now - gate.WAIT)
    key = response.cookies[draft.COOKIE].value
    return Sender(
        address,
        f"{draft.COOKIE}={key}; {settings.CSRF_COOKIE_NAME}={_TOKEN}",
        urlencode(sent).encode(),
        urlencode({**sent, "wacht": ticket}).encode(),
        waits,
    )


def _answers(words: str, danger: bool) -> dict[str, dict[str, Any]]:
    return {
        Step.START.value: {},
        Step.WORDS.value: {"words": words, "danger": danger},
        Step.ABOUT.value: {"about": "self"},
        Step.TOPIC.value: {"domains": ["geld"]},
        Step.PLACE.value: {"age_band": "27-66", "postcode": "3881AB"},
        Step.CONTACT.value: {"ways": ["phone"]},
        Step.PHONE.value: {"phone": "+31612345678"},
        Step.NAME.value: {"name": "Ria"},
    }


@cache
def _named(danger: bool) -> str:
    """Whom the check page names; the same for all of these answers."""
    submission = Conversation(answers=_answers("De huur", danger)).to_submission()
    found = preview(partnership=partnership(), submission=submission, now=timezone.now())
    return found.shares_with


def _send(port: int, sender: Sender) -> tuple[int, float]:
    """Send the form, and once more after the wait; return the first status and the slower time."""
    status, slowest = _post(port, sender, sender.body)
    first = status
    if status == 429 and sender.waits:
        status, again = _post(port, sender, sender.waited)
        slowest = max(slowest, again)
    return first, slowest


def _post(port: int, sender: Sender, body: bytes) -> tuple[int, float]:
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {
        "Host": HOST_NAME,
        "Cookie": sender.cookie,
        "X-Forwarded-For": sender.address,
        "X-Forwarded-Proto": "http",
        "Content-Type": "application/x-www-form-urlencoded",
        "Referer": f"http://{HOST_NAME}/vraag/controle/",
    }
    start_at = perf_counter()
    link.request("POST", "/vraag/controle/", body=body, headers=headers)
    answer = link.getresponse()
    answer.read()
    milliseconds = 1000 * (perf_counter() - start_at)
    link.close()
    return answer.status, milliseconds


def _most_messages(since: datetime) -> int:
    """How many alarms the one who gets most of them gets."""
    sent = Message.objects.filter(created_at__gte=since, urgent=True)
    per = Counter(sent.values_list("recipient_key", "channel"))
    return max(per.values(), default=0)


def _clear() -> Mapping[str, Any]:
    """Clear the lot as a coordinator does; count the clicks and what is left."""
    coordinator = signed_in(
        Membership.objects.filter(partnership=partnership(), role=Role.COORDINATOR)
        .select_related("user")
        .order_by("pk")[0]
        .user
    )
    begun = perf_counter()
    coordinator.get("/caseload/")
    page = coordinator.get("/caseload/opzij/").content.decode()  # the first click
    until = re.search(r'name="tot"\s+value="([^"]+)"', page)
    if until:
        coordinator.post("/caseload/opzij/opruimen/", {"tot": until.group(1)})  # the second
    return {
        "clicks": 2,
        "left_in_lot": set_aside.lot(partnership()).count(),
        "clearing_seconds": round(perf_counter() - begun, 1),
    }


def _p95(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]
