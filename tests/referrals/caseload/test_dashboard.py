"""The dashboard: each number opens exactly the questions that it counted."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from intake.questions.models import Question
from organisations.roles.availability_models import WorkingHours
from referrals.caseload import dashboard
from referrals.casework import pick_up
from referrals.follow_ups.models import FollowUp
from tests.referrals.caseload.test_balance import opened
from tests.support import factories as make

pytestmark = pytest.mark.django_db
HOST = {"host": "putten.localhost"}
NOW = make.TUESDAY


def ago(days: float) -> Any:
    return NOW - timedelta(days=days)


@pytest.fixture
def busy(here: make.World) -> make.World:
    """Questions of every age, state and turn."""
    worker = make.intake_worker(here, "stimenz")
    WorkingHours.objects.create(partnership=here.partnership, user=worker, hours=20)
    make.professional(here, "jeugd-punt")
    for days in (0, 7, 8, 30, 31, 90, 91, 200):
        make.question(here, "geld", now=ago(days))
    for turn in FollowUp.WaitsFor.values:
        question = make.question(here, "geld", now=ago(3))
        pick_up.pick_up(question=question, by=worker, now=ago(3))
        question.follow_ups.filter(status="open").update(waits_for=turn)
    spoken = {"first": ago(9), "late": ago(1)}
    for at in spoken.values():
        question = make.question(here, "opgroeien", now=ago(10))
        Question.objects.filter(pk=question.pk).update(
            first_contact_at=at, promised_on=ago(8).date()
        )
    over, ended = make.question(here, "geld", now=ago(12)), make.question(here, "geld", now=ago(12))
    Question.objects.filter(pk=over.pk).update(promised_on=ago(8).date())
    Question.objects.filter(pk=ended.pk).update(status="withdrawn", closed_at=ago(8))
    danger = make.question(here, "geld", now=ago(1))
    FollowUp.objects.create(
        partnership=here.partnership,
        question=danger,
        kind=FollowUp.Kind.DUTY,
        sentence="danger.judge",
        organisation=here["stimenz"],
        due_on=NOW.date(),
        created_at=NOW,
    )
    return here


def test_each_number_opens_exactly_as_many_questions(busy: make.World) -> None:
    coordinator = make.coordinator(busy)
    found = dashboard.of(user=coordinator, partnership=busy.partnership, now=NOW)
    assert found.danger.number == opened(busy, coordinator, found.danger.link) >= 1
    for picture in found.pictures:
        numbers = [value.number for line in picture.lines for value in line.values]
        assert any(numbers), picture.key
        for line in picture.lines:
            for value in line.values:
                assert opened(busy, coordinator, value.link) == value.number, (picture.key, line)
    by_key = {picture.key: picture for picture in found.pictures}
    open_now = Question.objects.open().count()
    for key in ("leeftijd", "wachten"):
        assert sum(line.values[0].number for line in by_key[key].lines) == open_now
    assert [line.values[0].number for line in by_key["leeftijd"].lines][1:] == [5, 2, 2]
    assert all(line.values[0].number for line in by_key["contact"].lines)
    assert all(line.values[0].number for line in by_key["wachten"].lines)
    loads = [line.more for line in by_key["medewerkers"].lines]
    assert "2,0" in loads
    assert "uren niet bekend" in loads


def test_it_takes_the_same_queries_however_much_there_is(busy: make.World) -> None:
    coordinator = make.coordinator(busy)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            dashboard.of(user=coordinator, partnership=busy.partnership, now=NOW)
        return len(captured)

    queries()
    few = queries()
    for _number in range(5):
        make.question(busy, "geld", "vervoer", now=NOW)
        make.professional(busy, "actief")
    # Eleven, and the roles of the coordinator twice: a request reads those once.
    assert queries() == few == 13


def test_each_picture_is_a_named_table_with_a_bar_for_each_number(
    here: make.World, client: Client
) -> None:
    make.question(here, "geld", name="Henk Visser")
    client.force_login(make.coordinator(here))
    page = client.get("/caseload/overzicht/", headers=HOST).content.decode()
    assert page.count("<caption>") == page.count('<figure class="vd-chart"') == 6
    # A bar tells a reader of the screen nothing that the number beside it doesn't.
    figures = page.count('class="vd-chart__figure"')
    assert figures == page.count('preserveAspectRatio="none" aria-hidden="true"')
    assert page.count('class="vd-bar"') == sum(
        int(number) > 0 for number in re.findall(r'vd-chart__figure">(?:<a[^>]*>)?(\d+)', page)
    )
    assert "Henk" not in page
