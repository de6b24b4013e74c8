"""A day that is planned: said at the field before saving, and never moved silently."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from intake.questions.models import Question
from organisations.front_door import configuration as front_door
from referrals.caseload.bulk_forms import PlanManyForm
from referrals.casework.contact_forms import ContactForm
from referrals.casework.forms import PlanForm
from referrals.casework_base.forms import DayForm
from referrals.conferences.forms import TimeForm
from referrals.conferences.item_forms import ActionForm, WriteForm
from referrals.follow_ups.models import FollowUp
from referrals.handovers.forms import MeetingForm
from referrals.privacy.withholding_forms import ReviewForm
from tests.support import factories as make
from tests.support.signing_in import signed_in
from welzijn.accounts.models import User
from welzijn.core.planned_days import PlannedDays

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_tuesday", "no_second_factor")]
WEEKEND = "Zaterdag 28 november: wij zijn dan dicht."


def form(question: Question, **given: Any) -> PlanForm:
    return PlanForm({"what": "bellen", **given}, question=question)


@pytest.mark.parametrize(
    ("day", "at", "said"),
    [
        ("2026-11-23", "", "Deze dag is al voorbij. Kies vandaag of later."),
        ("gisteren", "", "Deze dag is al voorbij. Kies vandaag of later."),
        ("2026-11-24", "08:00", "Dit moment is al voorbij."),
        ("2028-11-25", "", "Zaterdag 25 november 2028 is over meer dan twee jaar."),
        ("2206-11-25", "", "is over meer dan twee jaar. Kies een dag tot en met 24 november 2028."),
        ("2026-11-28", "", WEEKEND),
        ("2026-12-25", "", "Vrijdag 25 december: wij zijn dan dicht (eerste kerstdag)."),
        ("2027-12-25", "", "Zaterdag 25 december 2027: wij zijn dan dicht (eerste kerstdag)."),
        ("2026-11-27", "03:00", "03.00 uur is in de nacht."),
        ("2026-11-27", "22:30", "22.30 uur is in de nacht."),
        ("geen dag", "", "Dit is geen dag."),
    ],
)
def test_what_is_odd_about_a_day_is_said_at_the_field(
    question: Question, day: str, at: str, said: str
) -> None:
    filled = form(question, due_on=day, at_time=at)
    assert not filled.is_valid()
    assert said in " ".join(map(str, filled.errors["due_on"]))


@pytest.mark.parametrize("day", ["2026-11-24", "2026-11-27", "27-11", "vr 27 nov", "2028-11-24"])
def test_a_working_day_within_two_years_is_not_asked_about(question: Question, day: str) -> None:
    assert form(question, due_on=day).is_valid()


def test_it_says_what_would_be_done_and_is_confirmed_by_sending_it_again(
    question: Question,
) -> None:
    asked = form(question, due_on="2026-11-28")
    assert not asked.is_valid()
    assert "De eerste werkdag daarna is maandag 30 november." in asked.errors["due_on"][0]
    assert list(asked.fields)[1:3] == ["due_on", "due_on_sure"]
    html = asked.as_div()
    assert 'name="due_on_sure"' in html
    assert "Ja, toch op zaterdag 28 november" in html
    again = form(question, due_on="2026-11-28", due_on_sure="2026-11-28")
    assert again.is_valid()
    assert again.cleaned_data["due_on"] == date(2026, 11, 28)


def test_a_yes_to_one_day_is_none_to_another(question: Question) -> None:
    assert not form(question, due_on="2026-11-29", due_on_sure="2026-11-28").is_valid()


def test_a_closing_day_of_the_partnership_is_one(question: Question) -> None:
    question.partnership.closing_days.create(day=date(2026, 11, 26), name="studiedag")
    make.fresh_front_doors()
    assert not front_door.of(question.partnership).calendar.is_working_day(date(2026, 11, 26))
    assert "wij zijn dan dicht" in form(question, due_on="2026-11-26").errors["due_on"][0]


def test_every_form_that_plans_asks() -> None:
    planned: dict[type[PlannedDays], set[str]] = {
        PlanForm: {"due_on"},
        DayForm: {"due_on"},
        ContactForm: {"next_on"},
        MeetingForm: {"day"},
        TimeForm: {"day"},
        ActionForm: {"due_on"},
        WriteForm: {"due_on1", "due_on2", "due_on3"},
        PlanManyForm: {"op"},
        ReviewForm: {"review_on"},
    }
    assert {one: set(one.planned) for one in planned} == planned


def subclasses(form: type[PlannedDays]) -> Iterator[type[PlannedDays]]:
    for one in form.__subclasses__():
        yield one
        yield from subclasses(one)


def test_each_of_them_knows_the_calendar_of_its_partnership() -> None:
    planning = [one for one in subclasses(PlannedDays) if one.planned]
    assert planning
    without = PlannedDays.planning_calendar
    assert [one for one in planning if one.planning_calendar is without] == []


def test_on_the_page_without_a_script(question: Question, worker: User) -> None:
    client = signed_in(worker)
    path = f"/vraagstuk/{question.pk}/plan/"
    given = {"what": "langsgaan", "due_on": "2026-11-28", "at_time": "10:30"}
    asked = client.post(path, given)
    assert asked.status_code == 422
    assert WEEKEND in asked.content.decode()
    assert not FollowUp.objects.filter(kind="agreed").exists()
    assert client.post(path, {**given, "due_on_sure": "2026-11-28 10:30"}).status_code == 302
    plan = FollowUp.objects.get(kind="agreed")
    assert (plan.due_on, f"{plan.at_time:%H:%M}") == (date(2026, 11, 28), "10:30")
