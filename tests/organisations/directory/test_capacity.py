"""Open questions by organisation and by service."""

import pytest

from organisations.directory.capacity import count_open_work
from tests.support import factories as make

pytestmark = pytest.mark.django_db


def test_an_open_question_counts_for_the_organisation_that_leads_it() -> None:
    here = make.world()
    for _number in range(2):
        make.question(here, "geld")
    make.question(here, "bewegen")
    found = count_open_work(here.partnership.pk)
    assert found.by_organisation == {here["stimenz"].id: 2, here["actief"].id: 1}
    assert found.by_service == {}


def test_a_question_of_another_partnership_does_not_count() -> None:
    here = make.world()
    make.question(make.world("ermelo"), "geld")
    assert count_open_work(here.partnership.pk).by_organisation == {}
