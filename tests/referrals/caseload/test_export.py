"""The list as a file: only what may be read, with a reason, and harmless in a spreadsheet."""

import io
import zipfile
from typing import Any

import pytest
from django.test import Client

from tests.support import factories as make
from welzijn.audit.models import AccessEvent

pytestmark = pytest.mark.django_db
HOST = {"host": "putten.localhost"}
FOR = {"uit-reden": "Overleg over de wachttijd", "uit-soort": "csv", "uit-namen": "on"}


def lines(answer: Any) -> list[list[str]]:
    text = answer.content.decode("utf-8-sig")
    return [line.split(";") for line in text.splitlines()]


def test_only_what_may_be_read_is_in_it_and_each_look_has_the_reason(
    here: make.World, client: Client
) -> None:
    coordinator = make.coordinator(here, "stimenz", reads_new=True)
    own = make.question(here, "geld", name="=HYPERLINK(1)")
    make.question(here, "opgroeien", name="Noor Peeters")
    client.force_login(coordinator)
    answer = client.post("/caseload/bestand/", FOR, headers=HOST)
    head, row, left_out = lines(answer)
    assert head[:3] == ["Kenmerk", "Naam", "Waar"]
    assert row[:2] == [own.reference, "'=HYPERLINK(1)"]
    assert left_out == ["1 vraag staat hier niet in: daarvoor heeft u geen grondslag."]
    assert "Noor" not in answer.content.decode()
    event = AccessEvent.objects.get(action="export")
    assert (event.question_id, event.reason, event.actor) == (
        own.pk,
        "Overleg over de wachttijd",
        coordinator,
    )


def test_an_xlsx_holds_no_formula(here: make.World, client: Client) -> None:
    make.question(here, "geld", name="=1+1")
    client.force_login(make.coordinator(here, "stimenz", reads_new=True))
    answer = client.post("/caseload/bestand/", {**FOR, "uit-soort": "xlsx"}, headers=HOST)
    book = zipfile.ZipFile(io.BytesIO(answer.content))
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "1+1" in book.read("xl/sharedStrings.xml").decode()


@pytest.mark.parametrize("reason", ["", "  ", "Henk belt op 06-12345678"])
def test_without_a_reason_or_with_somebody_in_it_there_is_no_file(
    here: make.World, client: Client, reason: str
) -> None:
    make.question(here, "geld")
    client.force_login(make.coordinator(here, "stimenz", reads_new=True))
    answer = client.post("/caseload/bestand/", {**FOR, "uit-reden": reason}, headers=HOST)
    assert (answer.status_code, answer["Content-Type"]) == (422, "text/html; charset=utf-8")
    assert not AccessEvent.objects.filter(action="export").exists()


def test_the_chosen_ones_in_the_chosen_columns(here: make.World, client: Client) -> None:
    one = make.question(here, "geld", name="Ada")
    make.question(here, "geld", name="Bo")
    client.force_login(make.coordinator(here, "stimenz", reads_new=True))
    chosen = {
        "uit-reden": "Overleg",
        "uit-soort": "csv",
        "vraag": str(one.pk),
        "adres": "kolom=status&kolom=ingang",
    }
    found = lines(client.post("/caseload/bestand/", chosen, headers=HOST))
    assert found == [["Kenmerk", "Status", "Ingang"], [one.reference, "nieuw", "online"]]


def test_nothing_to_read_is_no_file(here: make.World, client: Client) -> None:
    make.question(here, "opgroeien")
    client.force_login(make.coordinator(here, "stimenz"))
    answer = client.post("/caseload/bestand/", FOR, headers=HOST)
    assert answer.status_code == 422
    assert "Er is geen vraag bij die u mag downloaden." in answer.content.decode()
