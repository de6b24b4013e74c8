"""Limits count the client, not the proxy in front of us, and not what a client says of itself."""

from typing import Any

import pytest
from allauth.account.adapter import get_adapter
from django.test import Client, RequestFactory

from intake.resident_access import code_entry
from tests.support import factories as make


def _seen(forwarded: str | None) -> str:
    extra: dict[str, Any] = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", **extra)
    address: str = get_adapter().get_client_ip(request)
    return address


def test_without_a_proxy_the_header_is_not_believed(settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    assert _seen("203.0.113.9") == "10.0.0.1"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "seen"),
    [
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "made-up, 203.0.113.9", "203.0.113.9"),
        (2, "made-up, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (2, "203.0.113.9", "10.0.0.1"),
        (1, "", "10.0.0.1"),
        (1, "203.0.113.9:50123", "203.0.113.9"),  # Azure Application Gateway, IIS
        (1, "203.0.113.9:50124", "203.0.113.9"),
        (2, "203.0.113.9:1, 10.0.0.2:2", "203.0.113.9"),
        (1, " 203.0.113.9 ", "203.0.113.9"),
        (1, "2001:db8::1", "2001:db8::1"),
        (1, "[2001:db8::1]", "2001:db8::1"),
        (1, "[2001:db8::1]:50123", "2001:db8::1"),
        (1, "[2001:DB8:0:0::1]:50124", "2001:db8::1"),
        (1, "2001:0db8:0000:0000:0000:0000:0000:0001", "2001:db8::1"),
        (1, "::ffff:203.0.113.9", "203.0.113.9"),
        (1, "[::ffff:203.0.113.9]:50123", "203.0.113.9"),
        (1, "fe80::1%eth0", "fe80::1"),
        (1, "unknown", "10.0.0.1"),
        (1, "_hidden", "10.0.0.1"),
        (1, "203.0.113.999", "10.0.0.1"),
        (1, "203.0.113.9\x00", "10.0.0.1"),
        (1, "203.0.113.9, ", "10.0.0.1"),
        (1, "," * 5000, "10.0.0.1"),
        (1, None, "10.0.0.1"),
    ],
)
def test_behind_a_proxy_it_is_what_our_own_proxy_saw(
    settings: Any, proxies: int, forwarded: str | None, seen: str
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    assert _seen(forwarded) == seen


@pytest.mark.django_db
def test_who_guesses_codes_locks_out_nobody_else_behind_the_same_proxy(
    settings: Any, client: Client
) -> None:
    make.world()
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    def is_held_up(reference: str, address: str) -> bool:
        answer = client.post(
            "/volg/",
            {"reference": reference, "code": "123456789"},
            headers={"host": "putten.localhost", "x-forwarded-for": f"made-up, {address}"},
            follow=True,
        )
        page = answer.content.decode()
        held_up, wrong = "vaak achter elkaar niet gelukt" in page, "horen niet bij elkaar" in page
        assert held_up != wrong
        return held_up

    tries = range(code_entry.FREE_TRIES + 1)
    assert [is_held_up("BCDF-GHJ3", "203.0.113.9") for _ in tries][-1]
    assert not is_held_up("BCDF-GHJ3", "203.0.113.10")
