"""A new partnership from nothing to open, in the browser, through the gate of the file."""

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from organisations.partnership_editor.models import TextProposal
from organisations.partnerships.models import Partnership
from organisations.roles.models import Role
from tests.organisations.partnership_editor.here import client_of, member, world_of
from tests.organisations.partnership_editor.test_every_key import typed

pytestmark = pytest.mark.django_db
HOST = {"host": "zesde.localhost"}
SETTINGS = "/beheer/instellingen/"
NOBODY_READS = "Er is nog niemand die nieuwe vragen leest. Nodig eerst iemand uit."
FILLED: dict[str, dict[str, str]] = {
    "verantwoordelijk": {
        "contactpunt": "privacy@zesde.example",
        "fg": "fg@zesde.example",
        "dpia": "2026-11-02",
        "grondslag": "Wij helpen u omdat u daarom vraagt.",
    },
    "leestijden": {"maandag": "09:00-12:00, 13:00-17:00"},
    "bewaartermijnen": {
        "advies": "0", "welzijn": "2", "wmo": "15", "schulden": "5", "jeugdhulp": "20",
        "inzagelog": "5",
    },
}  # fmt: skip


def start(**changes: str) -> Partnership:
    wanted = {"adres": "zesde.voordeur.example", "telefoon": "0341 357 001", **changes}
    call_command(
        "start_partnership",
        "zesde",
        naam="Samen Zesde",
        gemeente=["GM0273", "Putten"],
        organisatie="Welzijn Zesde",
        stdout=io.StringIO(),
        **wanted,
    )
    return Partnership.objects.get(slug="zesde")


def test_from_nothing_to_open_in_the_browser(settings: Any) -> None:
    settings.WELZIJN_DEMO = True  # no second factor
    here = start()
    boss = client_of(member(world_of(here), Role.ADMINISTRATOR, "welzijn-zesde"))

    asked: list[Any] = []

    def save(section: str, **fields: str) -> int:
        path = f"{SETTINGS}{section}/"
        edit = boss.get(path, headers=HOST).context["edit"]
        sent = {**typed(edit.form), "geopend": edit.sealed, **fields}
        answer = boss.post(path, sent, headers=HOST)
        asked[:] = [answer.context["edit"]] if answer.status_code == 422 else []
        status: int = answer.status_code
        return status

    def confirmation() -> str:
        (edit,) = asked
        assert [str(one) for one in edit.consequences] == [NOBODY_READS]
        return str(edit.confirmation)

    steps = boss.get(SETTINGS, headers=HOST).context["steps"]
    assert {step.url.split("/")[-2] for step in steps} == set(FILLED)
    assert save("samenwerkingsverband", open="on") == 422
    for section, fields in FILLED.items():
        assert save(section, **fields) == 302
    assert boss.get(SETTINGS, headers=HOST).context["steps"] == []
    # Nobody reads new questions yet: the page says so, and asks once.
    assert save("samenwerkingsverband", open="on") == 422
    assert save("samenwerkingsverband", open="on", bevestigd=confirmation()) == 302
    here.refresh_from_db()
    assert here.live
    # Before the door was open no resident read anything: one person was enough.
    assert here.legal_basis == FILLED["verantwoordelijk"]["grondslag"]
    assert not TextProposal.objects.exists()


def test_a_wrong_start_makes_nothing() -> None:
    with pytest.raises(CommandError, match="telefoonnummer"):
        start(telefoon="12")
    assert not Partnership.objects.exists()
    start()
    with pytest.raises(CommandError, match="is er al"):
        start()
