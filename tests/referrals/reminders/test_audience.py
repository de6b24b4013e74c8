"""Who hears of a step of the escalation plan, and by which way in."""

from datetime import date

import pytest

from organisations.roles.models import Role
from referrals.casework import pick_up
from referrals.follow_ups.models import FollowUp
from referrals.reminders import escalation_plan
from referrals.reminders.audience import Audience
from tests.referrals.follow_ups.due import the
from tests.support import factories as make

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


@pytest.fixture
def here() -> make.World:
    return make.world()


def keys(row: FollowUp, audience: str) -> list[str]:
    return [recipient.key for recipient in Audience(TODAY).of_step(row, audience)]


def circle(row: FollowUp) -> list[tuple[str, str]]:
    return [(who.key, path) for who, path in Audience(TODAY).coordinators(row)]


def test_the_worker_hears_while_their_account_works_and_else_the_organisation(
    here: make.World,
) -> None:
    worker, reader = (make.intake_worker(here, "stimenz") for _ in range(2))
    question = make.question(here, "geld")
    pick_up.pick_up(question=question, by=worker, now=make.TUESDAY)
    assert keys(the(question, "first_contact"), escalation_plan.WORKER) == [f"user:{worker.pk}"]
    worker.is_active = False
    worker.save()
    notified = keys(the(question, "first_contact"), escalation_plan.WORKER)
    assert notified[0] == f"organisation:{here['stimenz'].pk}"
    assert f"user:{reader.pk}" in notified


def test_a_receiver_without_a_worker_is_its_mailbox_and_who_reads_what_is_new(
    here: make.World,
) -> None:
    reader = make.intake_worker(here, "stimenz")
    row = the(make.question(here, "geld"), "pick_up")
    assert keys(row, escalation_plan.RECEIVER) == [
        f"organisation:{here['stimenz'].pk}",
        f"user:{reader.pk}",
    ]
    row.worker = reader
    assert keys(row, escalation_plan.RECEIVER) == [f"user:{reader.pk}"]


def test_what_is_due_for_the_leading_team_is_for_the_team(here: make.World) -> None:
    member = make.triagist(here)
    row = the(make.question(here, "geld", shares=False), "pick_up")
    assert keys(row, escalation_plan.WORKER) == [f"team:{here.triage.pk}", f"user:{member.pk}"]
    # What another organisation had to do for it is not the team's.
    row.team = None
    assert keys(row, escalation_plan.WORKER) == [f"organisation:{here['welzijn'].pk}"]


def test_the_wider_circle_is_never_empty(here: make.World) -> None:
    question = make.question(here, "geld", postcode="3881AB")
    row = the(question, "pick_up")
    assert circle(row) == [(f"organisation:{here['stimenz'].pk}", "")]
    lead = make.member(here, Role.NEIGHBOURHOOD_LEAD, neighbourhood=here.places["dorp"])
    assert circle(row) == [(f"user:{lead.pk}", "/wijk/?wijk=dorp")]
    boss = make.coordinator(here)
    assert circle(row) == [(f"user:{boss.pk}", f"/caseload/{question.pk}/")]


def test_a_group_is_looked_up_once_a_day(
    here: make.World, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    make.coordinator(here)
    row = the(make.question(here, "geld"), "pick_up")
    row.question.neighbourhood  # noqa: B018 - read before the count
    audience = Audience(TODAY)
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert audience.coordinators(row) == audience.coordinators(row)
