"""The same form at the same moment: one row, and the other POST waits for its outcome."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from tests.support import factories as make
from welzijn.accounts.models import User
from welzijn.staff_forms import form_keys
from welzijn.staff_forms.form_keys import Claim
from welzijn.staff_forms.models import FormKey
from welzijn.staff_forms.tokens import Token

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 10


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    results: list[Any] = [None] * len(acts)
    barrier = threading.Barrier(len(acts))

    def run(place: int, act: Callable[[], Any]) -> None:
        barrier.wait()
        try:
            results[place] = act()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return results


def token(user: User, key: str) -> Token:
    return Token(user.pk, key, timezone.now())


def send(of: Token, *, saves: bool = True) -> Claim:
    """What the middleware does around a view."""
    claim = form_keys.claim(token=of, action=b"a", content=b"c", now=timezone.now())
    if claim.mine and saves:
        form_keys.sent(claim, location="/werk/", now=timezone.now())
    elif claim.mine:
        form_keys.give_up(claim)
    return claim


@pytest.mark.parametrize("keys", [("one", "one"), ("one", "two")])
def test_of_two_at_once_one_counts_and_the_other_learns_where_it_stands(
    keys: tuple[str, str],
) -> None:
    user = make.user()
    for _ in range(ROUNDS):
        first, second = (token(user, key) for key in keys)
        claims = at_once(lambda: send(first), lambda: send(second))  # noqa: B023 (run in this round)
        assert sorted(claim.mine for claim in claims) == [False, True]
        assert next(claim.location for claim in claims if not claim.mine) == "/werk/"
        assert FormKey.objects.count() == 1
        FormKey.objects.all().delete()


def test_one_that_was_refused_leaves_the_key_to_the_other() -> None:
    of = token(make.user(), "one")
    claims = at_once(lambda: send(of, saves=False), lambda: send(of, saves=False))
    assert [claim.mine for claim in claims] == [True, True]
    assert not FormKey.objects.exists()


def test_one_that_broke_off_is_not_repeated_silently() -> None:
    of = token(make.user(), "one")
    first = form_keys.claim(token=of, action=b"a", content=b"c", now=timezone.now())
    form_keys.failed(first)
    second = form_keys.claim(token=of, action=b"a", content=b"c", now=timezone.now())
    assert (second.mine, second.sent_at) == (False, None)
