"""A text whose answer doesn't come is sent once, and holds no other."""

from __future__ import annotations

import json
import threading
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import pytest

from tests.welzijn.notifications.conftest import TUESDAY, by_text
from welzijn.core.ids import uuid7
from welzijn.notifications.channels import sms
from welzijn.notifications.delivery import sweep
from welzijn.notifications.models import Status

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


class TextService(BaseHTTPRequestHandler):
    """Takes a text and doesn't answer; says afterwards whether it has a reference."""

    taken: ClassVar[list[str]] = []
    silent = threading.Event()

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.taken.append(body["reference"])
        self.silent.wait(5)

    def do_GET(self) -> None:
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
    TextService.silent.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), TextService)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.SMS_API_URL = f"http://127.0.0.1:{server.server_port}"
    settings.SMS_API_KEY = f"test-{uuid7()}-{uuid7()}"
    settings.SMS_TEMPLATE_ID = str(uuid7())
    monkeypatch.setattr(sms, "_TIMEOUT", 0.3)
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


def test_a_text_that_nobody_answers_for_holds_no_other(queue, silent_service, monkeypatch) -> None:
    [bad] = queue(by_text("+31612345671"))
    queue(by_text("+31612345672"))
    real = urllib.request.urlopen

    def silent_for_one(request: Any, **options: Any) -> Any:
        if request.data and b"+31612345671" in request.data:
            raise TimeoutError
        if request.data:
            return _Answer()
        return real(request, **options)

    monkeypatch.setattr(urllib.request, "urlopen", silent_for_one)
    assert sweep(now=TUESDAY).sent == 1
    bad.refresh_from_db()
    assert (bad.status, bad.attempts) == (Status.WAITING, 1)


class _Answer:
    def __enter__(self) -> _Answer:
        return self

    def __exit__(self, *_error: object) -> None:
        return

    def read(self) -> bytes:
        return b"{}"
