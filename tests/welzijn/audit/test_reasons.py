"""The log stores why somebody looked as a kind, and shows it in the reader's language."""

import pytest
from django.utils.translation import override

from welzijn.audit import reasons
from welzijn.audit.reasons import Reason


def test_every_reason_has_words_in_dutch_and_english() -> None:
    for reason in Reason:
        with override("nl"):
            dutch = reasons.in_words(reason)
        with override("en"):
            english = reasons.in_words(reason)
        assert dutch
        assert dutch != english or reason == Reason.CASELOAD


@pytest.mark.parametrize("former", reasons._FORMER)
def test_what_the_first_release_stored_is_understood(former: str) -> None:
    assert reasons.of(former) is not None
    with override("en"):
        assert reasons.in_words(former) == str(reasons._FORMER[former].label)


def test_what_nobody_knows_stays_as_it_was_stored() -> None:
    assert reasons.of("iets anders") is None
    assert reasons.in_words("iets anders") == "iets anders"
    assert reasons.in_words("") == ""
