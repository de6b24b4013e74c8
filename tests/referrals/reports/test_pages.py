"""The report on the screen and as a download, for whom it is."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from organisations.partnerships.models import Municipality
from referrals.reports import figures
from referrals.reports.publishing import publish
from referrals.reports.shares import Verdict
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
    assert rows[0][:2] == ["periode", "gemeente"]
    assert {tuple(row[:2]) for row in rows[1:]} == {("2026-Q2", "Putten")}
    (total,) = [row for row in rows if row[2:5] == ["totaal", "", "Binnengekomen"]]
    assert 53 <= int(total[5]) <= 61
    assert int(total[6]) <= 57 <= int(total[7])
    body = page.content.decode()
    for _period, _place, _dimension, category, _measure, value, *_bounds in rows[1:]:
        assert category in body, category
        assert value in body
    assert all(len(row) == len(rows[0]) for row in rows)


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


def test_a_goal_about_working_days_is_measured_and_compared(here: make.World) -> None:
    """All were helped on the day itself, as far as protected counts can tell."""
    indicator: dict[str, object] = {
        "key": "w",
        "name": "Werkdagen",
        "measure": "solution_days_median",
    }
    indicator |= {"at_least": None, "at_most": 5}
    here.partnership.goals = [
        {
            "key": "snel",
            "name": "Snel geholpen",
            "explanation": "",
            "priority": 1,
            "life_domains": ["geld"],
            "indicators": [indicator],
        }
    ]
    here.partnership.save()
    for question in make_questions(here, 30, "geld"):
        close_question(question)
    make_questions(here, 3, "opgroeien")
    publish(partnership=here.partnership, now=datetime(2026, 7, 20, tzinfo=UTC))
    quarter = date(2026, 4, 1)
    report = figures.read(
        partnership=here.partnership, municipality="GM0273", name="Putten", quarter=quarter
    )
    assert report is not None
    (result,) = report.goals[0].indicators
    assert result.estimate is not None
    assert result.estimate.lower == result.estimate.value == 0
    assert (result.target_words, result.verdict) == ("hoogstens 5 werkdagen", Verdict.REACHED)


def test_goals_show_percentages_with_their_uncertainty(here: make.World) -> None:
    here.partnership.goals = [
        {
            "key": "snel",
            "name": "Snel geholpen",
            "explanation": "",
            "priority": 1,
            "life_domains": [],
            "indicators": [
                {"key": "h", "name": "Geholpen", "measure": "helped", "at_least": 20},
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
    values = {one.name: one for one in goal.indicators}
    helped = values["Geholpen"].estimate
    assert helped is not None
    # 18 of 30, each at most 4 away.
    assert 100 * 14 / 34 <= helped.value <= 100 * 22 / 26
    assert helped.lower < helped.value < helped.upper
    assert values["Geholpen"].verdict is Verdict.REACHED
    assert values["Tevreden"].estimate is None
    assert values["Tevreden"].verdict is Verdict.UNKNOWN
    assert values["Breed"].verdict is None
    assert values["Vragen"].verdict is Verdict.REACHED


def test_a_goal_stays_as_it_was_in_its_quarter(here: make.World, client: Client) -> None:
    goal = {
        "key": "snel",
        "name": "Snel geholpen",
        "explanation": "Binnen een week.",
        "priority": 2,
        "life_domains": [],
        "indicators": [{"key": "n", "name": "Vragen", "measure": "questions", "at_least": 10}],
    }
    here.partnership.goals = [goal]
    here.partnership.assignment = {
        "name": "Opdracht Welzijn",
        "since": "2026-01-01",
        "until": "2029-12-31",
        "explanation": "Samen voor alle inwoners.",
        "organisations": [],
    }
    here.partnership.save()
    make_questions(here, 30, "geld")
    publish(partnership=here.partnership, now=datetime(2026, 7, 20, tzinfo=UTC))
    here.partnership.goals = [{**goal, "name": "Iets anders", "indicators": []}]
    here.partnership.assignment = {}
    here.partnership.save()
    client.force_login(make.coordinator(here))
    body = client.get("/rapportage/?kwartaal=2026-04-01", headers=HOST).content.decode()
    assert "Iets anders" not in body
    for text in ("Snel geholpen", "Prioriteit 2", "Binnen een week.", "Opdracht Welzijn"):
        assert text in body
    assert "31 december 2029" in body
    assert "Samen voor alle inwoners." in body


def test_the_municipality_reads_published_figures_and_nothing_of_a_person(
    officer: Client,
) -> None:
    officer.get("/rapportage/", headers=HOST)  # publishes what was due
    with CaptureQueriesContext(connection) as captured:
        assert officer.get("/rapportage/", headers=HOST).status_code == 200
        assert officer.get("/rapportage/download/", headers=HOST).status_code == 200
    assert len(captured) > 10
    for query in captured:
        for table in ("intake_question", "intake_person", "referrals_handover", "referrals_follow"):
            assert table not in query["sql"], query["sql"][:200]
