"""A report of somebody's own choice, on the page, as a file and as a command."""

import json
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from organisations.partnerships.models import Municipality
from referrals.reports import choice
from referrals.reports.choice import Choice
from referrals.reports.periods import Part
from referrals.reports.tables import Dimension, Refused
from tests.referrals.reports.reported import erase_question, make_questions
from tests.support import factories as make

pytestmark = pytest.mark.django_db
HOST = {"host": "putten.localhost"}
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
PERIOD = {"van": "2026-04", "tot": "2026-06"}
ASKED = ("report", "--partnership", "putten", "--period", "2026-Q2", "--json")


@pytest.fixture
def questions(here: make.World) -> make.World:
    make_questions(here, 40, "geld", postcode="3881AB")
    make_questions(here, 30, "opgroeien", postcode="3882AB", channel="phone")
    return here


@pytest.fixture
def officer(questions: make.World, client: Client) -> Client:
    town = Municipality.objects.get(code="GM0273")
    client.force_login(make.member(questions, "municipality", municipality=town))
    return client


def command(*options: str) -> dict[str, object]:
    out = StringIO()
    call_command(*ASKED, *options, stdout=out)
    return json.loads(out.getvalue())


def test_the_command_and_the_page_show_the_same_figures(officer: Client) -> None:
    found = command("--rows", "channel", "--columns", "neighbourhood", "--municipality", "GM0273")
    body = officer.get(
        "/rapportage/kiezen/",
        {**PERIOD, "rijen": "channel", "kolommen": "neighbourhood"},
        headers=HOST,
    ).content.decode()
    cells = found["cells"]
    assert isinstance(cells, list)
    (online,) = [c for c in cells if c["row"] == "online" and c["column"] == ""]
    assert abs(online["value"] - 40) <= 4
    assert online["lower"] <= 40 <= online["upper"]
    # Doors that few came by stand in one line, for whatever is divided twice.
    assert "phone" in str(found["together"])
    for cell in cells:
        assert f"tussen {cell['lower']} en {cell['upper']}" in " ".join(body.split())


def test_the_download_is_in_long_format(officer: Client) -> None:
    answer = officer.get(
        "/rapportage/kiezen/", {**PERIOD, "rijen": "life_domain", "bestand": "csv"}, headers=HOST
    )
    assert answer["Content-Type"].startswith("text/csv")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("periode;gemeente;dimensie;categorie;maat;waarde;onder;boven")
    assert lines[1].startswith("2026-04..2026-06;Putten;leefgebied;")


def test_it_reads_the_rollup_and_nothing_of_a_person(officer: Client) -> None:
    officer.get("/rapportage/kiezen/", PERIOD, headers=HOST)  # counts the months that are final
    with CaptureQueriesContext(connection) as captured:
        assert officer.get("/rapportage/kiezen/", PERIOD, headers=HOST).status_code == 200
    read = [query["sql"] for query in captured]
    assert any("referrals_finalcube" in sql for sql in read)
    for table in ("intake_", "referrals_handover", "referrals_followup", "reportedquestion"):
        assert not [sql for sql in read if table in sql], table


def test_a_figure_stays_when_its_questions_are_erased(questions: make.World) -> None:
    options = ("--rows", "organisation", "--columns", "channel")
    before = command(*options)
    for question in list(questions.partnership.questions.all())[:25]:
        question.reported.delete()
        erase_question(question)
    assert command(*options) == before


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ({"van": "2026-04", "tot": "2026-01"}, "De laatste maand ligt voor de eerste"),
        ({**PERIOD, "rijen": "channel", "kolommen": "channel"}, "elke indeling één keer"),
    ],
)
def test_the_page_says_why_it_shows_nothing(
    officer: Client, query: dict[str, str], text: str
) -> None:
    answer = officer.get("/rapportage/kiezen/", query, headers=HOST)
    assert answer.status_code == 200
    assert text in answer.content.decode()


def test_an_officer_asks_for_their_own_municipality_only(officer: Client) -> None:
    for query in ({"gemeente": "alle"}, {"gemeente": "GM0847"}):
        answer = officer.get("/rapportage/kiezen/", {**PERIOD, **query}, headers=HOST)
        assert answer.status_code == 404


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (("--rows", "channel", "--period", "2026-Q4"), "not_published"),
        (("--rows", "channel", "--period", "2026-13"), "no_period"),
        (("--rows", "channel", "--filter", "channel=online"), "same_dimension"),
        (("--rows", "channel", "--filter", "neighbourhood=atlantis"), "unknown_choice"),
        (("--rows", "life_domain", "--period", "2026-04"), "too_few"),
        (("--rows", "channel", "--filter", "village=x"), "not a dimension"),
        (("--rows", "channel", "--municipality", "GM0001"), "not a municipality"),
    ],
)
def test_the_command_refuses_what_the_page_refuses(
    questions: make.World, options: tuple[str, ...], reason: str
) -> None:
    with pytest.raises(CommandError, match=reason):
        command(*options)


def test_a_choice_of_months_that_may_still_change_is_refused(questions: make.World) -> None:
    requested = Choice(
        "received",
        None,
        Part(date(2026, 9, 1), date(2026, 11, 1)),
        Dimension.CHANNEL,
        None,
        {},
    )
    with pytest.raises(Refused, match=choice.NOT_PUBLISHED):
        choice.read(questions.partnership, requested, NOW)
