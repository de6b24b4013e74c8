"""Figures for the municipality: right, frozen, and with no way to a person."""

import csv
import io
import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pgtrigger
import pytest
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from intake.questions.models import Question, QuestionLifeDomain
from organisations.partnerships.models import Municipality, Neighbourhood, NeighbourhoodPostcode
from referrals.reports import counting, figures, quarters
from referrals.reports.models import ReportCell, ReportPublication
from referrals.reports.publishing import make_tables, publish
from referrals.reports.quarters import Block
from referrals.reports.tasks import publish_figures
from tests.support import factories as make

pytestmark = pytest.mark.django_db
HOST = {"host": "putten.localhost"}
MAY = datetime(2026, 5, 12, 9, 0, tzinfo=UTC)
FAR_AHEAD = date(2100, 1, 1)


@pytest.fixture
def here(settings) -> make.World:
    settings.WELZIJN_DEMO = True  # a second factor is another test's subject
    return make.world()


def exact(here: make.World) -> bool:
    rollup = counting.rolled_up(here.partnership, make.LONG_AGO, FAR_AHEAD)
    return rollup == counting.recount(here.partnership)


def ask(here: make.World, number: int, *domains: str, **fields: Any) -> list[Question]:
    return [make.question(here, *domains, now=MAY, **fields) for _n in range(number)]


def close(question: Question, result: str = "helped", at: datetime = MAY) -> None:
    question.status, question.result, question.closed_at = "closed", result, at
    question.save()


def remove(question: Question) -> None:
    """As retention does it: through its one door, in a later transaction than the question's."""
    connection.check_constraints()
    with pgtrigger.ignore("intake.Decision:append_only"):
        question.delete()


# --- The rollup -----------------------------------------------------------------------------------
def test_a_question_counts_once_whatever_its_life_domains(here: make.World) -> None:
    make.question(here, "geld", now=MAY)
    make.question(here, "geld", "opgroeien", now=MAY)
    make.question(here, now=MAY)
    cells = counting.rolled_up(here.partnership, make.LONG_AGO, FAR_AHEAD)
    found = {(where.life_domain, where.several): count.received for where, count in cells.items()}
    assert found == {(here.domains["geld"].pk, False): 1, (None, True): 1, (None, False): 1}
    assert exact(here)


def test_helped_counts_in_the_month_of_closing_and_not_every_end_is_help(
    here: make.World,
) -> None:
    helped, moved = ask(here, 2, "geld")
    close(helped, at=MAY + timedelta(days=40))
    close(moved, result="moved")
    cells = counting.rolled_up(here.partnership, make.LONG_AGO, FAR_AHEAD)
    assert {w.month: c.helped for w, c in cells.items() if c.helped} == {date(2026, 6, 1): 1}
    assert exact(here)


def test_a_night_in_amsterdam_is_still_the_month_before_in_utc(here: make.World) -> None:
    make.question(here, "geld", now=datetime(2026, 4, 30, 22, 30, tzinfo=UTC))
    (where,) = counting.rolled_up(here.partnership, make.LONG_AGO, FAR_AHEAD)
    assert where.month == date(2026, 5, 1)


def test_compacting_changes_no_sum(here: make.World) -> None:
    for question in ask(here, 5, "geld"):
        close(question)
    before = counting.rolled_up(here.partnership, make.LONG_AGO, FAR_AHEAD)
    assert counting.compact(here.partnership) > 0
    assert counting.rolled_up(here.partnership, make.LONG_AGO, FAR_AHEAD) == before
    assert counting.compact(here.partnership) == 0
    assert exact(here)


def test_a_deleted_question_goes_on_counting_without_it(here: make.World) -> None:
    question, other = ask(here, 2, "geld", "opgroeien")
    close(question)
    remove(question)
    assert exact(here)
    cells = ReportCell.objects.filter(departed=True)
    assert sum(c.received for c in cells) == 1
    assert sum(c.helped for c in cells) == 1
    assert list(Question.objects.all()) == [other]


class RollupEqualsRecount(TestCase):
    """Random changes in random order: the rollup says what a full recount says, always."""

    @settings(
        max_examples=15, deadline=None, suppress_health_check=[HealthCheck.differing_executors]
    )
    @given(seed=st.integers(0, 2**32))
    def test_after_any_changes(self, seed: int) -> None:
        chance = random.Random(seed)
        here = make.world()
        for _step in range(14):
            questions = list(Question.objects.filter(partnership=here.partnership))
            deed = chance.choice(
                ["ask", "ask", "close", "move", "reopen", "domains", "place", "go"]
            )
            if deed == "ask" or not questions:
                domains = chance.sample(list(here.domains), chance.randrange(3))
                moment = MAY + timedelta(days=chance.randrange(-60, 60))
                postcode = chance.choice(["", "3881AB", "3882AB"])
                make.question(here, *domains, now=moment, postcode=postcode)
                continue
            question = chance.choice(questions)
            if deed == "close" and question.is_open:
                at = question.received_at + timedelta(days=chance.randrange(60))
                close(question, chance.choice(["helped", "partly", "moved", "to_wmo"]), at)
            elif deed == "reopen" and question.status == "closed":
                question.status, question.result, question.closed_at = "new", "", None
                question.save()
            elif deed == "move":
                question.lead, question.lead_team = here["actief"], None
                question.save()
            elif deed == "domains":
                question.domain_links.all().delete()
                domain = chance.choice(list(here.domains.values()))
                QuestionLifeDomain.objects.create(question=question, life_domain=domain)
            elif deed == "place":
                question.neighbourhood = chance.choice([None, *here.places.values()])
                question.save()
            elif deed == "go":
                remove(question)
            assert exact(here), deed
        counting.compact(here.partnership)
        assert exact(here)


# --- Publishing -----------------------------------------------------------------------------------
def test_a_quarter_is_published_on_the_fifteenth_after_it() -> None:
    assert quarters.publication_day(date(2026, 4, 1)) == date(2026, 7, 15)
    assert quarters.published_by(datetime(2026, 7, 14, 12, tzinfo=UTC)) == date(2026, 1, 1)
    assert quarters.published_by(datetime(2026, 7, 14, 22, tzinfo=UTC)) == date(2026, 4, 1)
    assert quarters.published_by(datetime(2027, 1, 20, 12, tzinfo=UTC)) == date(2026, 10, 1)


def test_what_changes_after_publication_is_in_no_report(here: make.World) -> None:
    questions = ask(here, 24, "geld")
    (published,) = publish(partnership=here.partnership, now=datetime(2026, 7, 20, tzinfo=UTC))
    before = published.tables
    assert before["received"]["total"] == 24
    close(questions[0])
    remove(questions[1])
    make.question(here, "geld", now=MAY)
    again = publish(partnership=here.partnership, now=datetime(2026, 7, 21, tzinfo=UTC))
    assert again == []
    assert ReportPublication.objects.get().tables == before
    with pytest.raises(Exception, match="pgtrigger"):
        ReportPublication.objects.update(tables={})


def test_every_division_adds_up_to_the_total_and_counts_each_question_once(
    here: make.World,
) -> None:
    ask(here, 30, "geld", postcode="3881AB")
    ask(here, 25, "geld", "opgroeien", postcode="3882AB")
    ask(here, 20, "opgroeien", channel="phone", postcode="3881AB")
    block = Block("GM0273", date(2026, 4, 1))
    tables = make_tables(here.partnership, [block], random.Random(1))[block]
    received = tables["received"]
    assert received["total"] == 75
    domains = dict(received["life_domain"])
    assert domains["several"] is not None or domains[str(here.domains["geld"].pk)] is not None
    months = dict(received["month"])
    for division in ("month", "organisation", "life_domain", "neighbourhood", "channel"):
        shown = [n for _key, n in received[division] if n is not None]
        assert sum(shown) <= 75, division
    assert months["2026-05-01"] in (None, 75)
    assert dict(tables["helped"]["month"]) == dict.fromkeys(months)


def test_no_small_figure_stands_in_what_is_published(here: make.World) -> None:
    for number, domain in ((3, "geld"), (12, "opgroeien"), (40, "bewegen"), (1, "vervoer")):
        ask(here, number, domain, postcode="3881AB")
    publish(partnership=here.partnership, now=datetime(2026, 7, 20, tzinfo=UTC))
    tables = ReportPublication.objects.get().tables
    for measure in ("received", "helped"):
        for division, lines in tables[measure].items():
            numbers = [lines] if division == "total" else [n for _key, n in lines]
            assert all(n is None or n >= 10 for n in numbers), (measure, division)


def test_two_municipalities_share_no_table(here: make.World) -> None:
    """Subtracting one from the total can't be done: no total of both is ever published."""
    other = Municipality.objects.create(code="GM0847", name="Someren")
    here.partnership.municipalities.add(other)
    place = Neighbourhood.objects.create(
        partnership=here.partnership, municipality=other, slug="someren", name="Someren"
    )
    NeighbourhoodPostcode.objects.create(neighbourhood=place, postcode="5711")
    here.partnership.refresh_from_db()
    make.fresh_front_doors()
    ask(here, 21, "geld", postcode="3881AB")
    ask(here, 12, "geld", postcode="5711AB")
    ask(here, 3, "geld")
    publish(partnership=here.partnership, now=datetime(2026, 7, 20, tzinfo=UTC))
    totals = {
        p.municipality: p.tables["received"]["total"] for p in ReportPublication.objects.all()
    }
    assert totals == {"GM0273": 21, "GM0847": 12, "": None}
    asten = make.member(here, "municipality", municipality=Municipality.objects.get(code="GM0273"))
    assert figures.municipalities_for(asten, here.partnership) == [("GM0273", "Putten")]
    coordinator = make.coordinator(here)
    assert [code for code, _name in figures.municipalities_for(coordinator, here.partnership)] == [
        "GM0273",
        "GM0847",
        "",
    ]


def test_the_task_publishes_for_everybody_and_may_run_twice(here: make.World) -> None:
    ask(here, 11, "geld")
    publish_figures()
    publish_figures()
    assert ReportPublication.objects.filter(quarter=date(2026, 4, 1)).count() == 1


# --- The page and its download -------------------------------------------------------------------
@pytest.fixture
def officer(here: make.World, client: Client) -> Client:
    ask(here, 24, "geld", postcode="3881AB")
    ask(here, 3, "opgroeien", postcode="3882AB")
    ask(here, 30, "bewegen", postcode="3881AB", channel="phone")
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
def test_what_was_not_published_for_this_reader_is_not_there(officer: Client, query: str) -> None:
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
    questions = ask(here, 30, "geld")
    for number, question in enumerate(questions):
        close(question, "helped" if number < 18 else "moved")
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
