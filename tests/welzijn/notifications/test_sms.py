"""Texts through an HTTP service that speaks as NotifyNL: a real one on this machine."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest

from tests.welzijn.notifications.conftest import TUESDAY, by_text
from welzijn.notifications.channels import sms
from welzijn.notifications.channels.errors import ChannelDownError
from welzijn.notifications.delivery import LEASE, sweep
from welzijn.notifications.models import Message, Status
from welzijn.notifications.recipients import Channel

pytestmark = pytest.mark.django_db
SERVICE = "26785a09-ab16-4eb0-8407-a37497a57506"
SECRET = "3d844edf-8d35-48ac-975b-e847b4f122b0"


class Service:
    """What the HTTP service was sent, and what it answers."""

    def __init__(self) -> None:
        self.texts: list[dict[str, Any]] = []
        self.answer: tuple[int, dict[str, Any]] = (201, {"id": "1"})


@pytest.fixture
def service(settings) -> Iterator[Service]:
    state = Service()

    class Handler(BaseHTTPRequestHandler):
        def _authorised(self) -> bool:
            kind, _space, token = self.headers["Authorization"].partition(" ")
            claims = jwt.decode(token, SECRET, algorithms=["HS256"])
            return kind == "Bearer" and claims["iss"] == SERVICE

        def _reply(self, code: int, body: dict[str, Any]) -> None:
            raw = json.dumps(body).encode()
            self.send_response(code)
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def do_POST(self) -> None:
            assert self.path == "/v2/notifications/sms"
            assert self._authorised()
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if state.answer[0] == 201:
                state.texts.append(body)
            self._reply(*state.answer)

        def do_GET(self) -> None:
            assert self._authorised()
            [reference] = parse_qs(urlsplit(self.path).query)["reference"]
            known = [t for t in state.texts if t["reference"] == reference]
            self._reply(200, {"notifications": known})

        def log_message(self, *_args: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.SMS_API_URL = f"http://127.0.0.1:{server.server_port}"
    settings.SMS_API_KEY = f"voordeur-{SERVICE}-{SECRET}"
    settings.SMS_TEMPLATE_ID = "f33517ff-2a88-4f6e-b855-c550268ce08a"
    yield state
    server.shutdown()
    server.server_close()


def test_a_text_says_that_there_is_news_in_one_message(queue, service) -> None:
    [message] = queue(by_text())
    assert sweep(now=TUESDAY).sent == 1
    [text] = service.texts
    assert text["phone_number"] == "+31612345678"
    assert text["template_id"] == "f33517ff-2a88-4f6e-b855-c550268ce08a"
    assert text["reference"] == str(message.id)
    words = text["personalisation"]["bericht"]
    assert words == (
        "Er is nieuws voor u. Bekijk het op http://putten.localhost:8000/volg/ met uw code."
    )
    assert len(words) <= 160


def test_a_crash_before_recording_costs_no_second_text(queue, service) -> None:
    [message] = queue(by_text())
    sweep(now=TUESDAY)
    Message.objects.filter(id=message.id).update(
        status=Status.SENDING, held_until=TUESDAY + LEASE, claimed_by="dead"
    )
    assert sweep(now=TUESDAY + LEASE).sent == 1
    assert len(service.texts) == 1


def test_a_crash_before_sending_still_sends(queue, service) -> None:
    [message] = queue(by_text())
    Message.objects.filter(id=message.id).update(
        status=Status.SENDING, held_until=TUESDAY, claimed_by="dead", attempts=1
    )
    sweep(now=TUESDAY)
    assert len(service.texts) == 1


@pytest.mark.parametrize(
    ("code", "body", "status", "attempts"),
    [
        (400, {"errors": [{"message": "phone_number Not enough digits"}]}, Status.BOUNCED, 1),
        (400, {"errors": [{"message": "template_id is not a valid UUID"}]}, Status.FAILED, 1),
        (403, {"errors": [{"error": "AuthError"}]}, Status.WAITING, 0),
        (429, {"errors": [{"error": "TooManyRequestsError"}]}, Status.WAITING, 0),
        (500, {"errors": []}, Status.WAITING, 1),
    ],
)
def test_what_the_service_answers(queue, service, code, body, status, attempts) -> None:
    service.answer = (code, body)
    [message] = queue(by_text())
    tally = sweep(now=TUESDAY)
    message.refresh_from_db()
    assert (message.status, message.attempts) == (status, attempts)
    assert (Channel.SMS in tally.down) == (attempts == 0)


def test_a_service_that_is_away_costs_no_try(queue, service, settings) -> None:
    settings.SMS_API_URL = "http://127.0.0.1:1"
    [message] = queue(by_text())
    sweep(now=TUESDAY)
    message.refresh_from_db()
    assert (message.status, message.attempts) == (Status.WAITING, 0)


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://texts.example", f"k-{SERVICE}-{SECRET}"),
        ("file:///etc/passwd", f"k-{SERVICE}-{SECRET}"),
        ("https://texts.example", "too-short"),
    ],
)
def test_settings_that_can_not_be_right_hold_the_texts_back(settings, url, key) -> None:
    settings.SMS_API_URL, settings.SMS_API_KEY, settings.WELZIJN_DEMO = url, key, False
    with pytest.raises(ChannelDownError, match="SMS_API"):
        sms.client()
