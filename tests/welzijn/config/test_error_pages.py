"""What is too much or too long gets a page of our own, also before Django sees it."""

import pytest
from django.test import Client
from gunicorn.http.errors import InvalidRequestLine, LimitRequestHeaders, LimitRequestLine

from tests.support import factories as make
from welzijn.config import gunicorn
from welzijn.config.error_views import LONGEST_ADDRESS
from welzijn.config.gunicorn_worker import answer_to

pytestmark = pytest.mark.django_db
HOST = {"host": "putten.localhost"}


@pytest.mark.parametrize(
    "data", [{"words": "x" * (5 * 1024 * 1024)}, {f"field{n}": "x" for n in range(600)}]
)
def test_a_form_that_is_too_big_gets_413(data: dict[str, str]) -> None:
    make.world()
    body = "&".join(f"{name}={value}" for name, value in data.items())
    answer = Client().post(
        "/vraag/bel-mij/", body, content_type="application/x-www-form-urlencoded", headers=HOST
    )
    assert answer.status_code == 413
    page = answer.content.decode()
    assert "Dat was te veel" in page
    assert "Putten" in page
    assert "no-store" in answer["Cache-Control"]


def test_an_address_that_is_too_long_gets_414() -> None:
    make.world()
    answer = Client().get(f"/?{'x' * LONGEST_ADDRESS}", headers=HOST)
    assert answer.status_code == 414
    page = answer.content.decode()
    assert "Dit adres is te lang" in page
    assert "Putten" in page
    assert "xxxx" not in page
    assert gunicorn.limit_request_line > LONGEST_ADDRESS


def test_an_unreadable_form_gets_400() -> None:
    make.world()
    answer = Client().post(
        "/vraag/bel-mij/", b"--x", content_type="multipart/form-data; boundary=", headers=HOST
    )
    assert answer.status_code == 400
    assert "Dat konden wij niet lezen" in answer.content.decode()


@pytest.mark.parametrize(
    ("error", "status", "expected"),
    [
        (LimitRequestLine(9000, 8190), "414 URI Too Long", "Dit adres is te lang"),
        (LimitRequestHeaders("Quirina"), "431 Request Header Fields Too Large", "te veel"),
        (InvalidRequestLine("GET /?naam=Quirina"), "400 Bad Request", "niet lezen"),
    ],
)
def test_what_the_web_server_cannot_read_gets_a_page_that_repeats_nothing(
    error: Exception, status: str, expected: str
) -> None:
    answer = answer_to(error)
    assert answer is not None
    head, _, page = answer.decode().partition("\r\n\r\n")
    assert head.startswith(f"HTTP/1.1 {status}\r\n")
    assert f"Content-Length: {len(page.encode())}" in head
    assert "Content-Security-Policy: default-src 'none'" in head
    assert expected in page
    assert 'href="/"' in page
    assert "Quirina" not in answer.decode()
    assert answer_to(RuntimeError()) is None
