"""What is published: once, on its day, adding up, and without a small figure."""

import random
from datetime import UTC, date, datetime

import pytest

from organisations.partnerships.models import Municipality, Neighbourhood, NeighbourhoodPostcode
from referrals.reports import figures, quarters
from referrals.reports.models import ReportPublication
from referrals.reports.publishing import make_tables, publish
from referrals.reports.quarters import Block
from referrals.reports.tasks import publish_figures
from tests.referrals.reports.reported import MAY, close_question, erase_question, make_questions
from tests.support import factories as make

pytestmark = pytest.mark.django_db


def test_a_quarter_is_published_on_the_fifteenth_after_it() -> None:
    assert quarters.publication_day(date(2026, 4, 1)) == date(2026, 7, 15)
    assert quarters.latest_quarter(datetime(2026, 7, 14, 12, tzinfo=UTC)) == date(2026, 1, 1)
    assert quarters.latest_quarter(datetime(2026, 7, 14, 22, tzinfo=UTC)) == date(2026, 4, 1)
    assert quarters.latest_quarter(datetime(2027, 1, 20, 12, tzinfo=UTC)) == date(2026, 10, 1)


def test_what_changes_after_publication_is_in_no_report(here: make.World) -> None:
    questions = make_questions(here, 24, "geld")
    (published,) = publish(partnership=here.partnership, now=datetime(2026, 7, 20, tzinfo=UTC))
    before = published.tables
    assert before["received"]["total"] == 24
    close_question(questions[0])
    erase_question(questions[1])
    make.question(here, "geld", now=MAY)
    again = publish(partnership=here.partnership, now=datetime(2026, 7, 21, tzinfo=UTC))
    assert again == []
    assert ReportPublication.objects.get().tables == before
    with pytest.raises(Exception, match="evidence: "):
        ReportPublication.objects.update(tables={})


def test_every_division_adds_up_to_the_total_and_counts_each_question_once(
    here: make.World,
) -> None:
    make_questions(here, 30, "geld", postcode="3881AB")
    make_questions(here, 25, "geld", "opgroeien", postcode="3882AB")
    make_questions(here, 20, "opgroeien", channel="phone", postcode="3881AB")
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
        make_questions(here, number, domain, postcode="3881AB")
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
    make_questions(here, 21, "geld", postcode="3881AB")
    make_questions(here, 12, "geld", postcode="5711AB")
    make_questions(here, 3, "geld")
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
    make_questions(here, 11, "geld")
    publish_figures()
    publish_figures()
    assert ReportPublication.objects.filter(quarter=date(2026, 4, 1)).count() == 1
