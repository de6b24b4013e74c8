"""The language of what is written, also of a few words."""

import pytest

from organisations.triage_hints.languages import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ik kan de huur nie betalen", "nl"),
        ("schulden", "nl"),
        ("my rent is too high", "en"),
        ("kira cok pahali, yardim lazim", "tr"),
        ("nie mam na czynsz", "pl"),
        ("не можу заплатити за оренду", "uk"),
        ("لا استطيع دفع الايجار", "ar"),
        ("ana mish 3aref shu a3mel ma3 l gemeente", "ar"),
        ("я не знаю где мы будем жить, помогите", "ru"),
        ("", ""),
        ("?!", ""),
        ("ok", ""),
        ("06 00 00", ""),
    ],
)
def test_the_language_is_recognised(text: str, language: str) -> None:
    assert language_of(text) == language
