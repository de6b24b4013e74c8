"""Concurrent guessing of a code allows no more tries than guessing one by one."""

import threading

import pytest
from django.db import connection

from intake.resident_access import code_entry
from intake.resident_access.models import AccessAttempt
from tests.support import factories as make

pytestmark = pytest.mark.django_db(transaction=True)
HANDS, EACH = 6, 5


def test_concurrent_guesses_are_counted_one_by_one() -> None:
    here = make.world()
    receipt = make.submitted(here, "geld")
    barrier = threading.Barrier(HANDS)
    refused: list[int] = []

    def guess(hand: int) -> None:
        barrier.wait()
        try:
            for number in range(EACH):
                try:
                    code_entry.question_for_code(
                        partnership=here.partnership,
                        reference=receipt.reference,
                        code=f"{hand}{number}",
                        address="192.0.2.1",
                        now=make.TUESDAY,
                    )
                except code_entry.TooManyTriesError:
                    refused.append(hand)
        finally:
            connection.close()

    threads = [threading.Thread(target=guess, args=[hand]) for hand in range(HANDS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert len(refused) == HANDS * EACH - code_entry.FREE_TRIES
    assert AccessAttempt.objects.count() == code_entry.FREE_TRIES
