"""A spreadsheet with services: mapped, looked at, loaded whole or not, and never dangerous."""

import io
import re
import zipfile
from datetime import date
from typing import Any

import pytest
import xlsxwriter
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from organisations.directory.models import Service
from tests.support import factories as make
from welzijn.core.spreadsheets import SpreadsheetError, read

HOST = {"host": "putten.localhost"}
HEAD = ["Naam", "Thema", "Laag", "Doelgroep", "Capaciteit", "Startdatum", "Bijzonderheden"]
SOUP = ["Soep", "geld", "2. de buurt", "iedereen", 12, date(2026, 3, 1), "Bel Karin"]


def xlsx(*rows: list[Any]) -> bytes:
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True})
    page = book.add_worksheet()
    day = book.add_format({"num_format": "dd-mm-yyyy"})
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                page.write_datetime(number, column, cell, day)
            elif isinstance(cell, str) and cell.startswith("="):
                page.write_formula(number, column, cell, None, "9")
            else:
                page.write(number, column, cell)
    book.close()
    return written.getvalue()


def csv(*rows: list[Any]) -> bytes:
    return "\r\n".join(";".join(f'"{cell}"' for cell in row) for row in rows).encode()


class Sheet:
    """The steps of a coordinator of Stimenz."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.page = ""

    def upload(self, data: bytes, organisation: str = "stimenz") -> int:
        sent = SimpleUploadedFile("lijst.xlsx", data)
        return self._post("", {"file": sent, "organisation": organisation})

    def step(self, address: str, **chosen: str) -> int:
        return self._post(address, self.fields() | chosen)

    def fields(self) -> dict[str, str]:
        """What the page carries and proposes."""
        hidden = re.findall(r'name="(sheet_token|kolom-\d+)" value="([^"]*)"', self.page)
        proposed = re.findall(
            r'<select[^>]*name="(kolom-\d+)".*?</select>', self.page, flags=re.DOTALL
        )
        found = dict(hidden)
        for name in proposed:
            part = re.search(rf'name="{name}".*?</select>', self.page, flags=re.DOTALL)
            chosen = re.search(r'value="(\w+)"\s+selected', part[0]) if part else None
            if chosen:
                found[name] = chosen[1]
        return found

    def _post(self, address: str, data: dict[str, Any]) -> int:
        response = self.client.post(f"/aanbod/inladen/{address}", data, headers=HOST)
        self.page = response.content.decode()
        return response.status_code


@pytest.fixture
def here(settings: LazySettings, db: None) -> make.World:
    settings.WELZIJN_DEMO = True  # a second factor is another test's subject
    return make.world()


@pytest.fixture
def sheet(here: make.World, client: Client) -> Sheet:
    client.force_login(make.coordinator(here, "stimenz"))
    return Sheet(client)


@pytest.mark.parametrize("write", [xlsx, csv])
def test_a_list_is_mapped_looked_at_and_loaded(here: make.World, sheet: Sheet, write: Any) -> None:
    second = ["Maatje", "geld", "3", "18-26; 67+", "=4+5", "", ""]
    assert (
        sheet.upload(write(HEAD, SOUP, second if write is xlsx else [*second[:4], 9, "", ""]))
        == 200
    )
    proposed = sheet.fields()
    assert (proposed["kolom-0"], proposed["kolom-4"]) == ("naam", "plaatsen")
    assert "kolom-6" not in proposed, "what nobody knows is not loaded"
    assert sheet.step("kijk/") == 200
    assert "Nieuw" in sheet.page
    assert not Service.objects.exists(), "a look changes nothing"
    assert sheet.step("laad/") == 302
    soup, friend = Service.objects.order_by("-name")
    assert (soup.layer, soup.audience, soup.capacity, soup.since) == (2, [], 12, date(2026, 3, 1))
    assert (friend.audience, friend.capacity) == (["18-26", "67+"], 9)
    assert soup.organisation == here["stimenz"]
    assert soup.confirmed_by is not None
    # The same list again changes nothing; an empty cell keeps what is there.
    assert sheet.upload(write(HEAD, SOUP)) == 200
    sheet.step("kijk/")
    assert "Er verandert niets" in sheet.page


def test_faults_are_told_by_row_and_nothing_is_half_loaded(here: make.World, sheet: Sheet) -> None:
    make.service(here, "actief", "geld", name="Van ons", slug="van-ons")
    rows = [
        SOUP,
        ["", "geld", 2],
        ["Zwemmen", "sporten", 2],
        ["Fietsen", "geld", 7],
        ["Lopen", "geld", 2, "18-99"],
        ["Praten", "geld", 2, "", "veel"],
        ["Soep", "geld", 2],
    ]
    sheet.upload(xlsx(HEAD, *rows))
    assert sheet.step("kijk/") == 200
    told = re.findall(r'data-label="Rij">\s*(\d+)\s*</th>\s*<td data-label="Kolom">', sheet.page)
    assert [int(row) for row in told] == [3, 4, 5, 6, 7, 8]
    assert "Laad alles in" not in sheet.page
    assert sheet.step("laad/", **sheet.fields()) in {302, 422}
    assert Service.objects.count() == 1
    # Another organisation's services are not for this coordinator to change.
    sheet.upload(xlsx([*HEAD[:3], "Van wie"], ["Van ons", "geld", 4, "actief"]))
    sheet.step("kijk/")
    assert "houdt een andere organisatie bij" in sheet.page


def test_each_column_is_one_thing_and_a_name_is_needed(here: make.World, sheet: Sheet) -> None:
    sheet.upload(xlsx(HEAD, SOUP))
    fields = sheet.fields()
    assert sheet.step("kijk/", **{"kolom-1": "naam"}) == 422
    sheet.upload(xlsx(HEAD, SOUP))
    assert sheet.step("kijk/", **{"kolom-0": ""}) == 422
    other = Client()
    other.force_login(make.coordinator(here, "actief"))
    stolen = other.post("/aanbod/inladen/laad/", fields, headers=HOST)
    assert stolen.headers["Location"] == "/aanbod/inladen/"


def _part(name: str, content: bytes) -> bytes:
    """A real file with one part replaced."""
    old, made = zipfile.ZipFile(io.BytesIO(xlsx(HEAD, SOUP))), io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as book:
        for one in old.namelist():
            book.writestr(one, content if one == name else old.read(one))
    return made.getvalue()


def _parts(number: int) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as book:
        for one in range(number):
            book.writestr(f"{one}.xml", b"<x/>")
    return made.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
HOSTILE = {
    "empty": b"",
    "too large": b"a;b\n" * 600_000,
    "only a head": b"naam;thema\n",
    "nothing known": b"\x89PNG\x00\x00",
    "an old xls": b"\xd0\xcf\x11\xe0" + b"x" * 100,
    "half a zip": xlsx(HEAD, SOUP)[:400],
    "a zip of nothing": _parts(1),
    "many parts": _parts(400),
    "a bomb": _part(SHEET, b"<worksheet " + MAIN + b">" + b" " * 30_000_000 + b"</worksheet>"),
    "entities": _part(SHEET, b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet ' + MAIN + b"/>"),
    "entities in utf-16": _part(SHEET, '<!DOCTYPE x [<!ENTITY a "a">]><x/>'.encode("utf-16")),
    "no xml": _part(SHEET, b"<worksheet"),
    "many rows": b"naam\n" + b"a\n" * 5_000,
    "many columns": b";".join([b"naam"] * 100) + b"\n" + b";".join([b"x"] * 100),
    "a long cell": b"naam\n" + b"x" * 10_000,
    "far away": _part(
        SHEET,
        b"<worksheet " + MAIN + b'><sheetData><row r="1"><c r="XFD1"><v>1</v></c></row>'
        b"</sheetData></worksheet>",
    ),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_refused_with_a_sentence(kind: str) -> None:
    with pytest.raises(SpreadsheetError) as refused:
        read(HOSTILE[kind])
    assert str(refused.value).endswith(".")


def test_a_formula_is_text_and_is_never_computed(here: make.World, sheet: Sheet) -> None:
    bad = '=HYPERLINK("https://evil.example")'
    rows = read(f'naam;thema\n"\'{bad.replace(chr(34), chr(34) * 2)}";x'.encode())
    assert rows[1].cells[0] == bad
    assert sheet.upload(b"") == 422
    assert "Dit bestand is leeg." in sheet.page
