"""The balance of the open work."""

from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from intake.questions.models import Question
from referrals.caseload import balance, listing, numbers
from referrals.caseload.filter_form import CaseloadFilterForm
from referrals.casework import pick_up
from tests.support import factories as make
from welzijn.accounts.models import User

pytestmark = pytest.mark.django_db


def of(here: make.World, user: User) -> balance.Balance:
    return balance.of(user=user, partnership=here.partnership, now=make.TUESDAY)


def opened(here: make.World, user: User, link: str, more: str = "") -> int:
    """How many questions the list holds that a number links to."""
    query = QueryDict(mutable=True)
    query.update(dict(parse_qsl(urlsplit(link + more).query)))
    form = CaseloadFilterForm(query, partnership=here.partnership)
    page = listing.show(
        user=user, partnership=here.partnership, filters=form.filters(), now=make.TUESDAY
    )
    assert form.is_valid(), form.errors
    return page.number


def test_the_balance_counts_by_organisation_and_worker(here: make.World) -> None:
    coordinator = make.coordinator(here)
    worker = make.intake_worker(here, "stimenz")
    old = make.question(here, "geld", now=make.TUESDAY - timedelta(days=8))
    make.question(here, "geld")
    make.question(here, "opgroeien")
    pick_up.pick_up(question=old, by=worker, now=make.TUESDAY)
    Question.objects.filter(pk=old.pk).update(due_on=make.TUESDAY.date() - timedelta(days=1))
    found = of(here, coordinator)
    total = found.total
    assert (total.open, total.late, total.new, total.waiting) == (3, 1, 2, 2)
    assert [(load.name, load.open, load.late) for load in found.by_organisation] == [
        ("Jeugd-Punt", 1, 0),
        ("Stimenz", 2, 1),
    ]
    assert [
        (person.name, person.total.open, person.total.late)
        for person in found.by_worker
        if person.total.open
    ] == [(worker.name, 1, 1)]


def test_each_number_of_the_balance_opens_as_many_questions(here: make.World) -> None:
    coordinator = make.coordinator(here)
    worker = make.intake_worker(here, "stimenz")
    own = make.question(here, "geld", postcode="3881AB")
    triaged = make.question(here, "geld", "vervoer", now=make.TUESDAY - timedelta(days=9))
    nothing_chosen = make.question(here, postcode="3882AB")
    Question.objects.filter(pk=triaged.pk).update(due_on=make.TUESDAY.date() - timedelta(days=4))
    lead = here.triage.organisation
    Question.objects.filter(pk=triaged.pk).update(lead=lead, lead_team=here.triage)
    Question.objects.filter(pk=nothing_chosen.pk).update(lead=lead, lead_team=None)
    pick_up.pick_up(question=own, by=worker, now=make.TUESDAY)
    found = of(here, coordinator)
    week = numbers.week_key(make.TUESDAY.date())
    loads = [
        found.total,
        *found.by_organisation,
        *found.by_neighbourhood,
        *found.by_domain,
        *(person.total for person in found.by_worker),
        *(hat for person in found.by_worker for hat in person.hats),
    ]
    assert {load.name for load in loads} >= {"", "Geld en post", "Putten-dorp", str(here.triage)}
    for load in loads:
        for number, more in (
            (load.open, ""),
            (load.waiting, "&status=new"),
            (load.late, "&laat=ja"),
            (load.new, f"&binnen={week}"),
        ):
            assert opened(here, coordinator, load.link, more) == number, (load, more)


def test_who_has_nothing_open_is_there_and_two_hats_are_one_person(here: make.World) -> None:
    coordinator = make.coordinator(here)
    both = make.intake_worker(here, "stimenz")
    make.triagist(here, "stimenz", who=both)
    idle = make.professional(here, "jeugd-punt")
    for question in (make.question(here, "geld"), make.question(here, "geld")):
        pick_up.pick_up(question=question, by=both, now=make.TUESDAY)
    Question.objects.filter(pk=question.pk).update(
        lead=here.triage.organisation, lead_team=here.triage
    )
    people = {person.name: person for person in of(here, coordinator).by_worker}
    assert people[idle.name].total.open == 0
    assert [hat.name for hat in people[idle.name].hats] == ["Jeugd-Punt"]
    assert people[both.name].total.open == 2
    assert sorted((hat.name, hat.open) for hat in people[both.name].hats) == [
        ("Stimenz", 1),
        ("Toegangsteam", 1),
    ]


def test_the_balance_takes_the_same_queries_however_much_there_is(here: make.World) -> None:
    coordinator = make.coordinator(here)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            of(here, coordinator)
        return len(captured)

    make.question(here, "geld")
    of(here, coordinator)
    few = queries()
    for _number in range(6):
        make.question(here, "geld", "vervoer", postcode="3881AB")
        make.professional(here, "stimenz")
    assert queries() == few
