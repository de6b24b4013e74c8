"""What a desk logged lately stands in one list for all who work there."""

from datetime import timedelta

import pytest

from intake.desk import lookup
from intake.submission.submission import EnteredBy
from tests.support import factories as make
from tests.support.factories import World
from tests.support.signing_in import signed_in
from welzijn.accounts.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]


def log(here: World, by: User, organisation: str = "welzijn", days: int = 0) -> str:
    at = make.TUESDAY + timedelta(days=days)
    entered = EnteredBy(user=by, organisation=here[organisation])
    made = make.submitted(here, "geld", name="Ada de Wit", entered_by=entered, now=at)
    return made.question.reference


def test_todays_and_yesterdays_of_this_desk_and_no_other() -> None:
    here = make.world()
    mine, colleague = make.desk_worker(here), make.desk_worker(here)
    elsewhere = make.desk_worker(here, "stimenz")
    seen = {log(here, mine), log(here, colleague, days=-1)}
    log(here, mine, days=-4)
    log(here, elsewhere, "stimenz")
    make.submitted(here, "geld")
    found = lookup.logged_at_desk(user=mine, partnership=here.partnership, now=make.TUESDAY)
    assert {question.reference for question in found} == seen


def test_the_list_names_no_resident_and_links_only_to_ones_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    here = make.world()
    mine, colleague = make.desk_worker(here), make.desk_worker(here)
    own, other = log(here, mine), log(here, colleague)
    monkeypatch.setattr("django.utils.timezone.now", lambda: make.TUESDAY)
    page = signed_in(mine).get("/balie/", headers={"host": "putten.localhost"}).content.decode()
    assert own in page
    assert other in page
    assert "Ada de Wit" not in page
    assert page.count("/balie/0") == 1
