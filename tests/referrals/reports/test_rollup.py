"""The rollup counts each question once and always equals a full recount."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from intake.questions.models import Question, QuestionLifeDomain
from referrals.reports import counting
from referrals.reports.models import ReportCell
from tests.referrals.reports.reported import (
    FAR_AHEAD,
    MAY,
    close_question,
    equals_recount,
    erase_question,
    make_questions,
)
from tests.support import factories as make

pytestmark = pytest.mark.django_db


def test_a_question_counts_once_whatever_its_life_domains(here: make.World) -> None:
    make.question(here, "geld", now=MAY)
    make.question(here, "geld", "opgroeien", now=MAY)
    make.question(here, now=MAY)
    cells = counting.rolled_up(here.partnership, make.LONG_AGO, FAR_AHEAD)
    found = {(where.life_domain, where.several): count.received for where, count in cells.items()}
    assert found == {(here.domains["geld"].pk, False): 1, (None, True): 1, (None, False): 1}
    assert equals_recount(here)


def test_helped_counts_in_the_month_of_closing_and_not_every_end_is_help(
    here: make.World,
) -> None:
    helped, moved = make_questions(here, 2, "geld")
    close_question(helped, at=MAY + timedelta(days=40))
    close_question(moved, result="moved")
    cells = counting.rolled_up(here.partnership, make.LONG_AGO, FAR_AHEAD)
    assert {w.month: c.helped for w, c in cells.items() if c.helped} == {date(2026, 6, 1): 1}
    assert equals_recount(here)


def test_a_night_in_amsterdam_is_still_the_month_before_in_utc(here: make.World) -> None:
    make.question(here, "geld", now=datetime(2026, 4, 30, 22, 30, tzinfo=UTC))
    (where,) = counting.rolled_up(here.partnership, make.LONG_AGO, FAR_AHEAD)
    assert where.month == date(2026, 5, 1)


def test_compacting_changes_no_sum(here: make.World) -> None:
    for question in make_questions(here, 5, "geld"):
        close_question(question)
    before = counting.rolled_up(here.partnership, make.LONG_AGO, FAR_AHEAD)
    assert counting.compact(here.partnership) > 0
    assert counting.rolled_up(here.partnership, make.LONG_AGO, FAR_AHEAD) == before
    assert counting.compact(here.partnership) == 0
    assert equals_recount(here)


def test_a_deleted_question_keeps_counting(here: make.World) -> None:
    question, other = make_questions(here, 2, "geld", "opgroeien")
    close_question(question)
    erase_question(question)
    assert equals_recount(here)
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
    def test_the_rollup_equals_a_recount_after_any_changes(self, seed: int) -> None:
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
                close_question(question, chance.choice(["helped", "partly", "moved", "to_wmo"]), at)
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
                erase_question(question)
            assert equals_recount(here), deed
        counting.compact(here.partnership)
        assert equals_recount(here)
