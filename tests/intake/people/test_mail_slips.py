"""Addresses that look like a slip of the finger are asked about; others never."""

import pytest

from intake.people.mail_slips import meant


@pytest.mark.parametrize(
    ("typed", "proposed"),
    [
        ("ria@gmial.nl", ""),
        ("ria@gmsil.com", "ria@gmail.com"),
        ("ria@hotmaill.com", "ria@hotmail.com"),
        ("ria@outlook.cmo", "ria@outlook.com"),
        ("ria@thuis.nll", "ria@thuis.nl"),
        ("ria@zigo.nl", "ria@ziggo.nl"),
        ("ria@gmail.com", ""),
        ("ria@live.be", ""),
        ("ria@voordeur.example", ""),
        ("ria@gemeente-putten.nl", ""),
    ],
)
def test_what_was_probably_meant(typed: str, proposed: str) -> None:
    assert meant(typed) == proposed
