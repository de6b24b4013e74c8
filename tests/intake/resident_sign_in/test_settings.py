"""The settings of the DigiD broker: all of them, or none."""

from typing import Any

import pytest

from welzijn.config import digid

SUBSTANTIAL = "http://eidas.europa.eu/LoA/substantial"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"DIGID_ISSUER": ""}, "DIGID_ISSUER is not set"),
        ({"DIGID_PSEUDONYM_KEY": ""}, "DIGID_PSEUDONYM_KEY is not set"),
        ({"DIGID_PSEUDONYM_KEY": "short"}, "too short"),
        ({"DIGID_CLIENT_SECRET": ""}, "one of both"),
        ({"DIGID_ISSUER": "http://broker.example"}, "https"),
        ({"DIGID_CLIENT_SECRET": "", "DIGID_PRIVATE_KEY_FILE": "/nowhere"}, "PEM"),
    ],
)
def test_settings_that_can_not_be_right_are_refused(changes: dict[str, str], words: str) -> None:
    given = {
        "DIGID_PARTNERSHIPS": "putten",
        "DIGID_ISSUER": "https://broker.example",
        "DIGID_CLIENT_ID": "voordeur",
        "DIGID_CLIENT_SECRET": "secret",
        "DIGID_PSEUDONYM_KEY": "k" * 40,
    }
    rest: dict[str, Any] = {"acr": [SUBSTANTIAL], "scope": "openid", "insecure": False}
    assert digid.from_environment(given, **rest).broker is not None
    assert digid.from_environment({}, **rest).broker is None
    with pytest.raises(ValueError, match=words):
        digid.from_environment({**given, **changes}, **rest)
