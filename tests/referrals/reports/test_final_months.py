"""Final months equal a recount from the questions themselves, and never change afterwards."""

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from intake.questions.models import Question
from referrals.reports import cubes, facts
from referrals.reports.categories import successors
from referrals.reports.cubes import CUBES
from referrals.reports.models import DepartedFact, FinalCube
from referrals.reports.tables import Dimension
from tests.referrals.reports.reported import MAY, close_question, erase_question, make_questions
from tests.support import factories as make

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 9, 20, 9, tzinfo=UTC)
SINCE, UNTIL = date(2026, 1, 1), date(2026, 7, 1)
GROUP = (Dimension.AGE, Dimension.CHANNEL, Dimension.LIFE_DOMAIN)


def _counted(here: make.World, name: str, *dimensions: Dimension) -> Counter[tuple[object, ...]]:
    read = cubes.read(
        here.partnership, [name], dimensions, SINCE, UNTIL, successors(here.partnership)
    )
    found: Counter[tuple[object, ...]] = Counter()
    for cell in read[name]:
        found[(cell.month, *(cell.where[d] for d in sorted(dimensions)))] += cell.count
    return found


def _from_rows(here: make.World, helped: bool) -> Counter[tuple[object, ...]]:
    """The oracle: plain Python over the questions as they stand."""
    found: Counter[tuple[object, ...]] = Counter()
    for question in Question.objects.filter(partnership=here.partnership):
        at = question.closed_at if helped else question.received_at
        if helped and question.result not in {"helped", "partly", "advised", "other_help"}:
            continue
        assert at is not None
        day = (at + timedelta(hours=2)).date()
        if not SINCE <= day < UNTIL:
            continue
        domains = list(question.life_domains.values_list("pk", flat=True))
        domain = "several" if len(domains) > 1 else str(domains[0]) if domains else "none"
        age = question.subject.age_band or "unknown"
        found[day.replace(day=1), age, question.channel, domain] += 1
    return found


def test_months_are_final_once_their_quarter_is_published(here: make.World) -> None:
    kept, gone = make_questions(here, 2, "geld")
    assert cubes.finish(here.partnership, MAY) == 0
    assert cubes.finish(here.partnership, NOW) == 1
    before = _counted(here, "received", *GROUP)
    erase_question(gone)
    kept.channel = "phone"
    assert _counted(here, "received", *GROUP) == before
    assert cubes.finish(here.partnership, NOW) == 0
    assert sum(before.values()) == 2


def test_every_combination_says_the_same_total(here: make.World) -> None:
    make_questions(here, 3, "geld")
    make_questions(here, 2, "opgroeien", channel="phone")
    cubes.finish(here.partnership, NOW)
    assert FinalCube.objects.count() == len(CUBES)
    for cube in CUBES:
        if Dimension.SENDER in cube or Dimension.RECEIVER in cube:
            continue
        assert sum(_counted(here, "received", *cube).values()) == 5, cube


def test_what_is_erased_before_its_month_is_final_still_counts(here: make.World) -> None:
    question, _other = make_questions(here, 2, "geld")
    close_question(question)
    cubes.keep_erased(here.partnership, [question.pk], MAY)
    question.reported.delete()
    erase_question(question)
    assert DepartedFact.objects.exists()
    cubes.finish(here.partnership, NOW)
    assert sum(_counted(here, "received").values()) == 2
    assert sum(_counted(here, "helped").values()) == 1
    assert not DepartedFact.objects.exists()


def test_durations_count_working_days(here: make.World) -> None:
    (question,) = make_questions(here, 1, "geld")
    question.first_contact_at = MAY + timedelta(days=7)  # a Tuesday later; Ascension in between
    question.save()
    (fact,) = [f for f in facts.of_period(here.partnership, SINCE, UNTIL) if "spoken" in f.sets]
    assert "contact_days_3" not in fact.sets
    assert {"contact_days_4", "contact_days_90"} <= set(fact.sets)


class FinalMonthsEqualARecount(TestCase):
    """Random questions, reopened, moved and erased: counted as plain Python counts them."""

    @settings(
        max_examples=6, deadline=None, suppress_health_check=[HealthCheck.differing_executors]
    )
    @given(seed=st.integers(0, 2**32))
    def test_final_months_equal_a_recount(self, seed: int) -> None:
        chance = random.Random(seed)
        here = make.world()
        for _step in range(12):
            questions = list(Question.objects.filter(partnership=here.partnership))
            deed = chance.choice(["ask", "ask", "close", "reopen", "place", "go"])
            if deed == "ask" or not questions:
                domains = chance.sample(list(here.domains), chance.randrange(3))
                moment = MAY + timedelta(days=chance.randrange(-60, 40))
                make.question(here, *domains, now=moment, channel=chance.choice(["phone", "chat"]))
                continue
            question = chance.choice(questions)
            if deed == "close" and question.is_open:
                at = question.received_at + timedelta(days=chance.randrange(60))
                close_question(question, chance.choice(["helped", "moved"]), at)
            elif deed == "reopen" and question.status == "closed":
                question.status, question.result, question.closed_at = "new", "", None
                question.save()
            elif deed == "place":
                question.neighbourhood = chance.choice([None, *here.places.values()])
                question.save()
            elif deed == "go":
                question.reported.delete()
                erase_question(question)
        cubes.finish(here.partnership, NOW)
        assert _counted(here, "received", *GROUP) == _from_rows(here, helped=False)
        assert _counted(here, "helped", *GROUP) == _from_rows(here, helped=True)
