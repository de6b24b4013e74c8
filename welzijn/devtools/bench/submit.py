"""A resident's final POST compared with a view that does one INSERT, under the same gunicorn.

The POST is that of the check page; the answers of earlier pages are prepared here. It validates,
routes, writes the question with its related rows and queues the messages. Both sides use four
connections and take turns, so that other load on the machine affects them equally.
"""

import http.client
import secrets
import threading
from collections.abc import Sequence
from time import perf_counter
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from intake.ask import draft
from intake.ask.conversation import Conversation, Step
from intake.questions.models import Question
from intake.submission.routing_preview import preview
from welzijn.devtools.bench.environment import log, partnership
from welzijn.devtools.bench.server import BARE, INSERT
from welzijn.devtools.bench.web_server import HOST_NAME, free_port, start, wait_for

CONNECTIONS = 4
LEAST_RATIO = 0.30
MOST_QUERIES = 15
_REQUESTS_PER_TURN = 80
_TOKEN = secrets.token_hex(16)
Posts = Sequence[tuple[str, bytes, dict[str, str]]]


def measure(*, rounds: int) -> dict[str, Any]:
    """Measure requests per second of each side, and the queries of one final POST."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_bare")
        cursor.execute("CREATE TABLE bench_bare (id bigserial PRIMARY KEY, words text)")
    queries = _queries()
    before = Question.objects.count()
    port = free_port()
    server = start(port)
    try:
        wait_for(port)
        seconds = {"submit": 0.0, "insert": 0.0, "bare": 0.0}
        counts = dict.fromkeys(seconds, 0)
        for turn in range(rounds + 1):
            for side, posts in (
                ("submit", _final_posts(_REQUESTS_PER_TURN)),
                ("insert", _insert_posts(INSERT, 3 * _REQUESTS_PER_TURN)),
                ("bare", _insert_posts(BARE, 3 * _REQUESTS_PER_TURN)),
            ):
                elapsed = _send(port, posts)
                if turn:  # the first turn warms up
                    seconds[side] += elapsed
                    counts[side] += len(posts)
            log(f"turn {turn} of {rounds}")
    finally:
        server.terminate()
        server.wait(10)
    submitted = Question.objects.count() - before
    if submitted != (rounds + 1) * _REQUESTS_PER_TURN:
        raise AssertionError(
            f"{submitted} questions were submitted of {(rounds + 1) * _REQUESTS_PER_TURN}"
        )
    rates = {side: counts[side] / seconds[side] for side in seconds}
    ratio = rates["submit"] / rates["insert"]
    return {
        "connections": CONNECTIONS,
        "posts": counts["submit"],
        "submits_per_second": round(rates["submit"], 1),
        "bare_with_middleware_per_second": round(rates["insert"], 1),
        "bare_without_middleware_per_second": round(rates["bare"], 1),
        "ratio": round(ratio, 3),
        "ratio_without_middleware": round(rates["submit"] / rates["bare"], 3),
        "queries": queries,
        "goals": {"ratio": ratio >= LEAST_RATIO, "queries": queries <= MOST_QUERIES},
    }


def _answers(number: int) -> Conversation:
    return Conversation(
        answers={
            Step.START.value: {},
            Step.WORDS.value: {"words": f"Ik kan de huur niet betalen, nummer {number}."},
            Step.ABOUT.value: {"about": "self"},
            Step.TOPIC.value: {"domains": ["geld"]},
            Step.PLACE.value: {"age_band": "27-66", "postcode": "3881AB"},
            Step.CONTACT.value: {"ways": ["phone"]},
            Step.PHONE.value: {"phone": "+31612345678"},
            Step.NAME.value: {"name": "Ria"},
        }
    )


def _final_posts(count: int) -> Posts:
    """Final POSTs of `count` drafts at the check page, each with its own cookie."""
    now = timezone.now()
    named = preview(
        partnership=partnership(), submission=_answers(0).to_submission(), now=now
    ).shares_with
    body = urlencode({"csrfmiddlewaretoken": _TOKEN, "shares": "yes", "named": named}).encode()
    posts = []
    for number in range(count):
        response = HttpResponse()
        request = RequestFactory().get("/")
        draft.write(request, response, _answers(number).to_draft(), now=now)
        key = response.cookies[draft.COOKIE].value
        cookie = f"{draft.COOKIE}={key}; {settings.CSRF_COOKIE_NAME}={_TOKEN}"
        posts.append(("/vraag/controle/", body, {"Cookie": cookie}))
    return posts


def _insert_posts(path: str, count: int) -> Posts:
    body = urlencode({"words": "Ik kan de huur niet betalen."}).encode()
    return [(path, body, {})] * count


def _queries() -> int:
    """The number of queries of a final POST with a warm configuration cache."""
    for _time in range(2):
        ((path, _body, headers),) = _final_posts(1)
        client = Client(headers={"host": HOST_NAME})
        key = headers["Cookie"].split(";")[0].partition("=")[2]
        client.cookies[draft.COOKIE] = key
        named = preview(
            partnership=partnership(), submission=_answers(0).to_submission(), now=timezone.now()
        ).shares_with
        with CaptureQueriesContext(connection) as captured:
            answer = client.post(path, {"shares": "yes", "named": named})
        if answer.status_code != 302 or "gelukt" not in answer["Location"]:
            raise AssertionError(f"the last POST answered {answer.status_code}")
    for query in captured:
        log(query["sql"][:110])
    return len(captured)


def _send(port: int, posts: Posts) -> float:
    """Send all requests over CONNECTIONS keep-alive connections; return the seconds."""
    failures: list[str] = []

    def work(mine: Posts) -> None:
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for path, body, headers in mine:
            link.request(
                "POST",
                path,
                body,
                {
                    "Host": f"{HOST_NAME}:{port}",
                    "Content-Type": "application/x-www-form-urlencoded",
                    **headers,
                },
            )
            answer = link.getresponse()
            answer.read()
            if answer.status != 302:
                failures.append(f"{path} answered {answer.status}")
                return
        link.close()

    threads = [
        threading.Thread(target=work, args=(posts[n::CONNECTIONS],)) for n in range(CONNECTIONS)
    ]
    start = perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = perf_counter() - start
    if failures:
        raise AssertionError(failures[0])
    return seconds
