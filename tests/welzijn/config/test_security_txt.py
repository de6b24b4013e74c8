"""A finder of a weakness learns whom to write to."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("contact", "address"),
    [
        ("security@voordeur.example", "mailto:security@voordeur.example"),
        ("https://voordeur.example/melden", "https://voordeur.example/melden"),
    ],
)
def test_it_names_the_contact_and_has_not_expired(
    settings: Any, contact: str, address: str
) -> None:
    settings.SECURITY_CONTACT = contact
    answer = Client().get("/.well-known/security.txt", headers={"host": "localhost"})
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert fields["Contact"] == address
    left = datetime.fromisoformat(fields["Expires"]) - timezone.now()
    assert timedelta(days=30) < left < timedelta(days=365)
    assert fields["Canonical"].endswith("/.well-known/security.txt")


def test_without_a_contact_there_is_none(settings: Any) -> None:
    settings.SECURITY_CONTACT = ""
    answer = Client().get("/.well-known/security.txt", headers={"host": "localhost"})
    assert answer.status_code == 404
