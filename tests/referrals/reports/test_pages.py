"""The report on the screen and as a download, for whom it is."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from organisations.partnerships.models import Municipality
from referrals.reports import figures
from referrals.reports.publishing import publish
from tests.referrals.reports.reported import (
    close_question,
    make_questions,
)
from tests.support import factories as make

pytestmark = pytest.mark.django_db
HOST = {"host": "putten.localhost"}


@pytest.fixture
def officer(here: make.World, client: Client) -> Client:
    make_questions(here, 24, "geld", postcode="3881AB")
    make_questions(here, 3, "opgroeien", postcode="3882AB")
    make_questions(here, 30, "bewegen", postcode="3881AB", channel="phone")
    user = make.member(here, "municipality", municipality=Municipality.objects.get(code="GM0273"))
    client.force_login(user)
    return client


def test_the_download_holds_what_the_page_shows(officer: Client) -> None:
    page = officer.get("/rapportage/?kwartaal=2026-04-01", headers=HOST)
    assert page.status_code == 200
    file = officer.get("/rapportage/download/?kwartaal=2026-04-01", headers=HOST)
    assert file["Content-Type"].startswith("text/csv")
    rows = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig")), delimiter=";"))
    body = page.content.decode()
    assert ["Totaal", "2e kwartaal 2026", "57", "niet getoond"] in rows
    for _part, label, received, helped in rows[2:]:
        assert label.split(" (")[0] in body, label
        assert received in body
        assert helped in body
    shown = [row[2] for row in rows[1:]] + [row[3] for row in rows[1:]]
    assert not [n for n in shown if n.isdigit() and int(n) < 10]


@pytest.mark.parametrize(
    "query", ["kwartaal=2026-05-01", "kwartaal=x", "gemeente=GM0001", "gemeente=niet-bekend"]
)
def test_an_unpublished_or_foreign_report_is_not_found(officer: Client, query: str) -> None:
    assert officer.get(f"/rapportage/?{query}", headers=HOST).status_code == 404


@pytest.mark.parametrize("role", ["intake_worker", "desk_worker", "user"])
def test_reports_are_for_the_municipality_and_coordinators(
    here: make.World, client: Client, role: str
) -> None:
    user = make.user() if role == "user" else getattr(make, role)(here, "stimenz")
    client.force_login(user)
    for path in ("/rapportage/", "/rapportage/download/"):
        assert client.get(path, headers=HOST).status_code == 403


def test_before_the_first_publication_the_page_says_when_it_comes(
    here: make.World, client: Client
) -> None:
    client.force_login(make.coordinator(here))
    body = client.get("/rapportage/", headers=HOST).content.decode()
    assert "nog geen cijfers" in body
    assert client.get("/rapportage/download/", headers=HOST).status_code == 404


def test_goals_show_percentages_and_hide_small_ones(here: make.World) -> None:
    here.partnership.goals = [
        {
            "key": "snel",
            "name": "Snel geholpen",
            "explanation": "",
            "priority": 1,
            "life_domains": [],
            "indicators": [
                {"key": "h", "name": "Geholpen", "measure": "helped", "at_least": 50},
                {"key": "d", "name": "Breed", "measure": "cross_domain", "at_least": None},
                {"key": "t", "name": "Tevreden", "measure": "satisfied", "at_least": 80},
                {"key": "n", "name": "Vragen", "measure": "questions", "at_least": 10},
            ],
        }
    ]
    here.partnership.save()
    questions = make_questions(here, 30, "geld")
    for number, question in enumerate(questions):
        close_question(question, "helped" if number < 18 else "moved")
    publish(partnership=here.partnership, now=datetime(2026, 7, 20, tzinfo=UTC))
    report = figures.read(
        partnership=here.partnership,
        municipality="GM0273",
        name="Putten",
        quarter=date(2026, 4, 1),
    )
    assert report is not None
    (goal,) = report.goals
    values = {one.name: (one.value, one.reached) for one in goal.indicators}
    assert values["Geholpen"] == (60, True)
    assert values["Tevreden"] == (None, None)
    assert values["Breed"] == (None, None)
    assert values["Vragen"] == (30, True)
