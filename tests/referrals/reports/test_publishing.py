"""What is published: once, on its day, adding up, and without a small figure."""

from datetime import UTC, date, datetime

import pytest

from organisations.partnerships.models import Municipality, Neighbourhood, NeighbourhoodPostcode
from referrals.reports import counting, figures, quarter_ready, quarters
from referrals.reports.cells import from_questions
from referrals.reports.measures import MEASURES, RUNNING
from referrals.reports.models import ReportedQuestion, ReportPublication
from referrals.reports.publishing import make_tables, publish
from referrals.reports.quarters import Block
from referrals.reports.tasks import publish_figures
from tests.referrals.reports.reported import MAY, close_question, erase_question, make_questions
from tests.support import factories as make
from welzijn.notifications.models import Message

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
    assert abs(before["received"]["total"][0] - 24) <= 4
    close_question(questions[0])
    erase_question(questions[1])
    make.question(here, "geld", now=MAY)
    again = publish(partnership=here.partnership, now=datetime(2026, 7, 21, tzinfo=UTC))
    assert again == []
    assert ReportPublication.objects.get().tables == before
    with pytest.raises(Exception, match="evidence: "):
        ReportPublication.objects.update(tables={})


def test_every_division_is_shown_and_counts_each_question_once(here: make.World) -> None:
    make_questions(here, 30, "geld", postcode="3881AB")
    make_questions(here, 25, "geld", "opgroeien", postcode="3882AB")
    make_questions(here, 20, "opgroeien", channel="phone", postcode="3881AB")
    block = Block("GM0273", date(2026, 4, 1))
    tables = make_tables(here.partnership, [block])[block]
    received = tables["received"]
    assert near(received["total"], 75)
    domains = dict(received["life_domain"])
    assert near(domains["several"], 25)
    assert near(domains[str(here.domains["geld"].pk)], 30)
    assert near(dict(received["month"])["2026-05-01"], 75)
    assert near(dict(received["month"])["2026-05-01"], received["total"][0], 0)
    for division in ("month", "organisation", "life_domain", "neighbourhood", "channel"):
        lines = received[division]
        assert near([sum(n for _key, (n, _d, _b) in lines), 0, 0], 75, 4 * len(lines)), division
    assert dict(tables["helped"]["month"]).keys() == dict(received["month"]).keys()


def near(stored: list[float], true: float, by: float = 4) -> bool:
    return abs(stored[0] - true) <= by


def test_too_few_questions_do_not_say_what_they_are_about(here: make.World) -> None:
    make_questions(here, 3, "geld", postcode="3881AB")
    publish(partnership=here.partnership, now=datetime(2026, 7, 20, tzinfo=UTC))
    tables = ReportPublication.objects.get().tables
    assert tables["received"]["life_domain"] == []
    assert len(tables["received"]["neighbourhood"]) > 1


def test_the_figures_stay_when_retention_erases(here: make.World) -> None:
    """Of the tables made anew too: the keys of what departed stay in the sums."""
    questions = make_questions(here, 30, "geld", postcode="3881AB")
    block = Block("GM0273", date(2026, 4, 1))
    before = make_tables(here.partnership, [block])[block]["received"]
    for question in questions[:12]:
        ReportedQuestion.objects.filter(question=question).delete()  # first, as retention does
        erase_question(question)
    assert make_tables(here.partnership, [block])[block]["received"] == before
    counting.compact(here.partnership)
    assert make_tables(here.partnership, [block])[block]["received"] == before


def test_a_municipality_that_joins_later_has_no_part_in_past_quarters(here: make.World) -> None:
    make_questions(here, 24, "geld", postcode="3881AB")
    publish(partnership=here.partnership, now=datetime(2026, 7, 20, tzinfo=UTC))
    other = Municipality.objects.create(code="GM0847", name="Someren")
    here.partnership.municipalities.add(other)
    publish(partnership=here.partnership, now=datetime(2026, 10, 20, tzinfo=UTC))
    published = ReportPublication.objects.values_list("quarter", "municipality")
    assert set(published) == {
        (date(2026, 4, 1), "GM0273"),
        (date(2026, 7, 1), "GM0273"),
        (date(2026, 7, 1), "GM0847"),
        (date(2026, 7, 1), ""),
    }


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
    assert totals.keys() == {"GM0273", "GM0847", ""}
    for code, number in (("GM0273", 21), ("GM0847", 12), ("", 3)):
        assert near(totals[code], number)
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


def test_every_measure_can_be_counted_as_a_goal(here: make.World) -> None:
    make_questions(here, 1, "geld")
    flows = [name for name, measure in MEASURES.items() if measure.moment != RUNNING]
    cells = from_questions(here.partnership, flows, date(2026, 1, 1), date(2027, 1, 1), {})
    assert len(cells) == len(flows)
    assert sum(cell.count for cell in cells["received"]) == 1


def test_who_reads_the_figures_hears_once_that_a_quarter_is_ready(here: make.World) -> None:
    """With a link and nothing else; not of quarters long past, and nobody whose role ended."""
    town = Municipality.objects.get(code="GM0273")
    officer, seat = (make.member(here, r, municipality=town) for r in ("municipality", "alderman"))
    make_questions(here, 24, "geld")
    now = datetime(2026, 10, 20, tzinfo=UTC)
    assert len(publish(partnership=here.partnership, now=now)) == 2
    publish(partnership=here.partnership, now=now)
    mails = list(Message.objects.filter(template="figures_ready"))
    assert {mail.recipient_key for mail in mails} == {f"user:{u.pk}" for u in (officer, seat)}
    assert [mail.context for mail in mails] == [{"path": "/rapportage/"}] * 2
    assert len(quarter_ready.still_read(mails, now)) == 2
    officer.memberships.update(until=date(2026, 10, 19))
    assert len(quarter_ready.still_read(mails, now)) == 1
