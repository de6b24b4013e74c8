"""Settings that would keep messages back are said at start-up, not at night."""

from __future__ import annotations

import pytest

from welzijn.notifications.checks import messages_can_be_sent

KEY = "voordeur-26785a09-ab16-4eb0-8407-a37497a57506-3d844edf-8d35-48ac-975b-e847b4f122b0"
RIGHT = {
    "SMS_API_URL": "https://api.notifynl.example",
    "SMS_API_KEY": KEY,
    "SMS_TEMPLATE_ID": "f33517ff-2a88-4f6e-b855-c550268ce08a",
    "PUBLIC_URL": "https://{hostname}",
}


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, []),
        ({"SMS_API_URL": "", "SMS_API_KEY": ""}, []),
        ({"SMS_API_URL": "http://api.notifynl.example"}, ["E001"]),
        ({"SMS_API_KEY": "short"}, ["E001"]),
        ({"SMS_TEMPLATE_ID": ""}, ["E002"]),
        ({"SMS_CALLBACK_TOKEN": "short"}, ["E004"]),
        ({"SMS_CALLBACK_TOKEN": "x" * 32}, []),
        ({"PUBLIC_URL": "{hostname}"}, ["E003"]),
        ({"PUBLIC_URL": "https://{host}"}, ["E003"]),
        ({"PUBLIC_URL": "https://{slug}.voordeur.example"}, []),
    ],
)
def test_what_is_wrong_is_named(settings, change, found) -> None:
    for name, value in (RIGHT | change).items():
        setattr(settings, name, value)
    assert [str(error.id).rpartition(".")[2] for error in messages_can_be_sent()] == found


def test_a_wrong_key_is_not_repeated(settings) -> None:
    settings.SMS_API_URL, settings.SMS_API_KEY = "https://api.notifynl.example", "secret-key"
    assert all("secret-key" not in error.msg for error in messages_can_be_sent())
