"""The ready-made questions, the goals page, saved reports, and every file of them."""

import io
import re
import zipfile
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from organisations.partnerships.models import Municipality
from referrals.reports.document import Document, Value
from referrals.reports.models import GoalStory, SavedReport
from referrals.reports.offered import Unit
from referrals.reports.publishing import publish
from referrals.reports.ready_made.catalogue import QUESTIONS
from tests.referrals.reports.reported import close_question, make_questions
from tests.support import factories as make

pytestmark = pytest.mark.django_db
HOST = {"host": "putten.localhost"}
GOAL = {
    "key": "snel",
    "name": "Snel geholpen",
    "explanation": "Binnen een week.",
    "priority": 1,
    "life_domains": [],
    "indicators": [
        {"key": "h", "name": "Geholpen", "measure": "helped", "at_least": 20, "at_most": None},
        {"key": "n", "name": "Blijft liggen", "measure": "repeat", "at_least": None, "at_most": 9},
    ],
}


@pytest.fixture
def world(here: make.World) -> make.World:
    here.partnership.goals = [GOAL]
    here.partnership.population = {
        "source": "CBS",
        "year": 2025,
        "municipalities": {"GM0273": 24000},
        "neighbourhoods": {},
    }
    here.partnership.save()
    for number, question in enumerate(make_questions(here, 40, "geld", postcode="3881AB")):
        close_question(question, "helped" if number < 30 else "moved")
    publish(partnership=here.partnership, now=datetime(2026, 7, 20, tzinfo=UTC))
    return here


@pytest.fixture
def officer(world: make.World, client: Client) -> Client:
    town = Municipality.objects.get(code="GM0273")
    client.force_login(make.member(world, "municipality", municipality=town))
    return client


def counts_of(document: Document) -> list[Any]:
    """The counted figures of a page; a share or a duration says its own range."""
    cells = (cell for part in document.sections for row in part.table.rows for cell in row)
    values = [cell for cell in cells if isinstance(cell, Value) and cell.shown is not None]
    return [value for value in values if value.unit is Unit.QUESTIONS]


def test_a_page_states_the_bound_of_its_widest_figure(officer: Client) -> None:
    """A year is a sum of months, and can be off by more than one of them."""
    page = officer.get("/rapportage/vragen/eerder/", headers=HOST)
    widest = max(float(v.shown.upper - v.shown.value) for v in counts_of(page.context["document"]))
    assert widest > 4
    assert f"een klein beetje naast: hoogstens {widest:.0f}." in page.content.decode()


def test_each_question_is_a_page_and_four_files(officer: Client) -> None:
    index = officer.get("/rapportage/vragen/", headers=HOST).content.decode()
    for slug in QUESTIONS:
        assert f"/rapportage/vragen/{slug}/" in index
        page = officer.get(f"/rapportage/vragen/{slug}/", headers=HOST)
        assert page.status_code == 200, slug
        body = page.content.decode()
        assert "<table" in body
        stated = int(re.findall(r"een klein beetje naast: hoogstens (\d+)", body)[0])
        for value in counts_of(page.context["document"]):
            assert float(value.shown.upper) - float(value.shown.value) <= stated, slug
        assert "style=" not in body.split("<main", 1)[-1]
    starts = {"pdf": b"%PDF", "xlsx": b"PK", "ods": b"PK", "csv": b"\xef\xbb\xbf"}
    for kind, start in starts.items():
        file = officer.get(f"/rapportage/vragen/eerder/?bestand={kind}", headers=HOST)
        assert file.content.startswith(start), kind
    assert officer.get("/rapportage/vragen/eerder/?bestand=exe", headers=HOST).status_code == 404
    assert officer.get("/rapportage/vragen/niets/", headers=HOST).status_code == 404


def test_a_sentence_says_its_uncertainty(officer: Client) -> None:
    body = officer.get("/rapportage/vragen/eerder/", headers=HOST).content.decode()
    assert "het echte getal ligt tussen" in body


def test_files_have_typed_cells_and_a_sheet_of_definitions(officer: Client) -> None:
    query = "?van=2026-04&tot=2026-06&rijen=channel&bestand="
    for kind in ("xlsx", "ods"):
        file = officer.get(f"/rapportage/kiezen/{query}{kind}", headers=HOST)
        with zipfile.ZipFile(io.BytesIO(file.content)) as opened:
            text = "".join(
                opened.read(name).decode()
                for name in opened.namelist()
                if name.endswith((".xml",)) and "theme" not in name
            )
        assert "Uitleg" in text
        assert "Vragen die in deze periode binnenkwamen." in text
        assert ('office:value-type="float"' in text) if kind == "ods" else ("<v>" in text)


def test_the_pdf_is_tagged_for_readers(officer: Client) -> None:
    file = officer.get("/rapportage/doelen/?bestand=pdf", headers=HOST)
    assert file["Content-Type"] == "application/pdf"
    assert b"/StructTreeRoot" in file.content or b"/ObjStm" in file.content
    assert b"pdfuaid" in file.content


def test_shares_durations_and_rates_come_with_their_bounds(officer: Client) -> None:
    base = "/rapportage/kiezen/?van=2026-04&tot=2026-06&rijen=channel"
    for extra in ("&maat=helped_share", "&maat=solution_days_median", "&per=1000"):
        body = officer.get(base + extra, headers=HOST).content.decode()
        assert "tussen" in body.split("<tbody", 1)[1], extra
    body = officer.get(base + "&vergelijk=vorige", headers=HOST).content.decode()
    assert "Verschil" in body
    refused = officer.get(base + "&maat=helped_share&per=1000", headers=HOST).content.decode()
    assert "Per 1.000 inwoners kan alleen met aantallen" in refused
    refused = officer.get(base.replace("channel", "sender"), headers=HOST).content.decode()
    assert "hoort bij overdrachten" in refused


def test_a_goal_has_its_story_its_answer_and_its_direction(
    world: make.World, officer: Client, client: Client
) -> None:
    body = officer.get("/rapportage/doelen/", headers=HOST).content.decode()
    assert "hoogstens 9 %" in body
    writer = Client()
    writer.force_login(make.coordinator(world))
    path = "/rapportage/doelen/snel/2026-04-01/?gemeente=GM0273"
    refused = writer.post(path, {"text": "Mail jan@voordeur.example"}, headers=HOST)
    assert refused.status_code == 422
    assert (
        writer.post(path, {"text": "Wij bellen nu dezelfde dag."}, headers=HOST).status_code == 302
    )
    story = GoalStory.objects.get()
    answer = f"/rapportage/verhaal/{story.pk}/"
    assert writer.get(answer, headers=HOST).status_code == 404
    assert officer.post(answer, {"text": "Mooi. Ga zo door."}, headers=HOST).status_code == 302
    body = officer.get("/rapportage/doelen/?kwartaal=2026-04-01", headers=HOST).content.decode()
    assert "Wij bellen nu dezelfde dag." in body
    assert "Mooi. Ga zo door." in body
    year = officer.get("/rapportage/jaar/2026/", headers=HOST)
    assert year.content.startswith(b"%PDF")
    assert officer.get("/rapportage/jaar/2019/", headers=HOST).status_code == 404


def test_a_saved_report_is_shared_by_its_address_only_if_chosen(
    world: make.World, officer: Client
) -> None:
    data = {"keuze": "maat=helped&rijen=channel&x=<y>", "rapport-naam": "Per ingang"}
    officer.post("/rapportage/kiezen/bewaren/", data, headers=HOST)
    saved = SavedReport.objects.get()
    assert saved.query == "maat=helped&rijen=channel"
    colleague = Client()
    colleague.force_login(make.coordinator(world))
    path = f"/rapportage/bewaard/{saved.pk}/"
    assert colleague.get(path, headers=HOST).status_code == 404
    officer.post("/rapportage/kiezen/bewaren/", {**data, "rapport-delen": "on"}, headers=HOST)
    assert colleague.get(path, headers=HOST)["Location"].endswith("?maat=helped&rijen=channel")
    assert colleague.post(f"{path}verwijderen/", headers=HOST).status_code == 404
    assert officer.post(f"{path}verwijderen/", headers=HOST).status_code == 302
    assert not SavedReport.objects.exists()
