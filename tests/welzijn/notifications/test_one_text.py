"""A text whose answer doesn't come is sent once, and holds no other."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import pytest

from tests.welzijn.notifications.conftest import TUESDAY, by_text
from welzijn.core.ids import uuid7
from welzijn.notifications.channels import bounded_http, sms
from welzijn.notifications.delivery import sweep
from welzijn.notifications.models import Status
from welzijn.notifications.recipients import Channel

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


class TextService(BaseHTTPRequestHandler):
    """Takes a text and doesn't answer; says afterwards whether it has a reference."""

    taken: ClassVar[list[str]] = []
    asked_elsewhere: ClassVar[list[str]] = []
    silent = threading.Event()
    how = "silent"

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.how == "redirect":
            self.send_response(302)
            self.send_header("Location", "/elsewhere")
            self.end_headers()
            return
        self.taken.append(body["reference"])
        drops = {"drip": b'{"id": "', "headers": b"HTTP/1.1 201 fine\r\nX-One: "}
        if self.how in ("drip", "endless"):
            self.send_response(201)
            self.end_headers()
        with contextlib.suppress(OSError):
            self.wfile.write(drops.get(self.how, b""))
            while self.how != "silent" and not self.silent.wait(0.05):
                self.wfile.write(b"x" * (60_000 if self.how == "endless" else 1))
        self.silent.wait(5)

    def do_GET(self) -> None:
        if self.path == "/elsewhere":
            self.asked_elsewhere.append(self.headers["Authorization"])
        reference = self.path.partition("reference=")[2].partition("&")[0]
        found = [{"id": reference}] if reference in self.taken else []
        answer = json.dumps({"notifications": found}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_arguments: object) -> None:
        return


@pytest.fixture
def silent_service(settings, monkeypatch) -> Iterator[type[TextService]]:
    TextService.taken.clear()
    TextService.asked_elsewhere.clear()
    TextService.silent.clear()
    monkeypatch.setattr(TextService, "how", "silent")
    server = ThreadingHTTPServer(("127.0.0.1", 0), TextService)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.SMS_API_URL = f"http://127.0.0.1:{server.server_port}"
    settings.SMS_API_KEY = f"test-{uuid7()}-{uuid7()}"
    settings.SMS_TEMPLATE_ID = str(uuid7())
    monkeypatch.setattr(sms, "_TIMEOUT", 0.3)
    monkeypatch.setattr(sms, "_SECONDS", 0.6)
    yield TextService
    TextService.silent.set()
    server.shutdown()
    server.server_close()


def test_a_text_whose_answer_times_out_is_sent_once(queue, silent_service) -> None:
    [text] = queue(by_text())
    sweep(now=TUESDAY)
    text.refresh_from_db()
    assert (text.status, text.attempts, text.error) == (Status.WAITING, 1, "TimeoutError")
    for half_minutes in range(1, 8):
        sweep(now=TUESDAY + half_minutes * MINUTE / 2)
    text.refresh_from_db()
    assert text.status == Status.SENT
    assert silent_service.taken == [str(text.id)]


@pytest.mark.parametrize("how", ["drip", "headers", "endless"])
def test_an_answer_that_comes_byte_by_byte_has_an_end(queue, silent_service, how) -> None:
    silent_service.how = how
    [text] = queue(by_text())
    began = time.monotonic()
    sweep(now=TUESDAY)
    assert time.monotonic() - began < 4
    text.refresh_from_db()
    assert (text.status, text.attempts) == (Status.WAITING, 1)
    sweep(now=TUESDAY + 2 * MINUTE)
    text.refresh_from_db()
    assert text.status == Status.SENT
    assert silent_service.taken == [str(text.id)]


def test_a_redirect_gets_no_token_and_costs_no_try(queue, silent_service) -> None:
    silent_service.how = "redirect"
    [text] = queue(by_text())
    tally = sweep(now=TUESDAY)
    text.refresh_from_db()
    assert (text.status, text.attempts, text.error) == (Status.WAITING, 0, "HTTP 302")
    assert Channel.SMS in tally.down
    assert silent_service.asked_elsewhere == []


def test_a_text_that_nobody_answers_for_holds_no_other(queue, silent_service, monkeypatch) -> None:
    [bad] = queue(by_text("+31612345671"))
    queue(by_text("+31612345672"))
    real = bounded_http.read

    def silent_for_one(request: Any, **options: Any) -> bytes:
        if request.data and b"+31612345671" in request.data:
            raise TimeoutError
        return b"{}" if request.data else real(request, **options)

    monkeypatch.setattr(bounded_http, "read", silent_for_one)
    assert sweep(now=TUESDAY).sent == 1
    bad.refresh_from_db()
    assert (bad.status, bad.attempts) == (Status.WAITING, 1)
