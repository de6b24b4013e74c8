"""What somebody had and is done with stays to be found, as long as they may read it."""

from datetime import timedelta

import pytest

from intake.questions.models import Question
from referrals.casework import close, pick_up
from referrals.work_list import listing
from tests.support import factories as make
from tests.support.factories import World
from tests.support.html import as_read
from tests.support.signing_in import signed_in
from welzijn.accounts.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]
LATER = make.TUESDAY + timedelta(hours=1)


def closed(here: World, worker: User) -> Question:
    question = make.question(here, "geld", name="Ada de Wit")
    question = pick_up.pick_up(question=question, by=worker, now=make.TUESDAY)
    return close.close(
        question=question,
        result=Question.Result.ADVISED,
        words="Samen gebeld.",
        by=worker,
        now=LATER,
    )


def shown(here: World, user: User) -> listing.WorkList:
    from organisations.roles.permissions import roles_at

    return listing.show(
        user=user,
        partnership=here.partnership,
        roles=roles_at(user, here.partnership),
        chosen=listing.CLOSED,
        page=1,
        now=LATER,
    )


def test_ones_own_closed_questions_and_no_others() -> None:
    here = make.world()
    worker, colleague = make.intake_worker(here, "stimenz"), make.intake_worker(here, "stimenz")
    mine = closed(here, worker)
    closed(here, colleague)
    make.question(here, "geld")
    found = shown(here, worker)
    assert [row.question for row in found.rows] == [mine]
    assert found.counts[listing.CLOSED] == 1
    assert found.rows[0].what == "advies gegeven"


def test_who_may_no_longer_read_it_finds_nothing() -> None:
    here = make.world()
    worker = make.intake_worker(here, "stimenz")
    closed(here, worker)
    worker.memberships.update(until=make.TUESDAY.date() - timedelta(days=1))
    assert shown(here, worker).rows == []


def test_the_page_says_when_and_how_it_ended() -> None:
    here = make.world()
    worker = make.intake_worker(here, "stimenz")
    client = signed_in(worker)
    host = {"host": "putten.localhost"}
    page = as_read(client.get("/werk/?lijst=afgerond", headers=host).content.decode())
    assert "U heeft nog niets afgerond" in page
    closed(here, worker)
    page = as_read(client.get("/werk/?lijst=afgerond", headers=host).content.decode())
    assert "Ada de Wit" in page
    assert "Advies gegeven" in page
