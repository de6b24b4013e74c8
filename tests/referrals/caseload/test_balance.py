"""The balance of the open work."""

from datetime import timedelta

import pytest

from intake.questions.models import Question
from referrals.caseload import balance
from referrals.casework import pick_up
from tests.referrals.caseload.listed import references, show
from tests.support import factories as make

pytestmark = pytest.mark.django_db


def test_the_balance_counts_by_organisation_and_worker(here: make.World) -> None:
    coordinator = make.coordinator(here)
    worker = make.intake_worker(here, "stimenz")
    old = make.question(here, "geld", now=make.TUESDAY - timedelta(days=8))
    make.question(here, "geld")
    make.question(here, "opgroeien")
    pick_up.pick_up(question=old, by=worker, now=make.TUESDAY)
    Question.objects.filter(pk=old.pk).update(due_on=make.TUESDAY.date() - timedelta(days=1))
    found = balance.of(user=coordinator, partnership=here.partnership, now=make.TUESDAY)
    assert (found.open, found.late, found.new, found.waiting) == (3, 1, 2, 2)
    assert [(load.organisation, load.open, load.late) for load in found.by_organisation] == [
        ("Jeugd-Punt", 1, 0),
        ("Stimenz", 2, 1),
    ]
    assert [(load.worker, load.open, load.late) for load in found.by_worker] == [
        (worker.name, 1, 1)
    ]


def test_each_number_of_the_balance_opens_as_many_questions(here: make.World) -> None:
    coordinator = make.coordinator(here)
    own = make.question(here, "geld")
    triaged = make.question(here, "geld")
    lead = here.triage.organisation
    Question.objects.filter(pk=triaged.pk).update(lead=lead, lead_team=here.triage)
    Question.objects.filter(pk=own.pk).update(lead=lead)
    found = balance.of(user=coordinator, partnership=here.partnership, now=make.TUESDAY)
    assert {
        load.slug: references(show(here, coordinator, organisation=load.slug))
        for load in found.by_organisation
    } == {lead.slug: [own.reference], f"team:{here.triage.slug}": [triaged.reference]}
    assert [load.open for load in found.by_organisation] == [1, 1]
