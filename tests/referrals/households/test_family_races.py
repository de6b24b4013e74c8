"""Concurrent actions around one household: one outcome, and an error for the other."""

from datetime import timedelta
from functools import partial

import pytest

from intake.households import links as household_links
from intake.households.models import HouseholdLink
from intake.questions.models import Question, SharingBasis
from referrals.casework import pick_up
from referrals.conferences import planning as conference_planning
from referrals.conferences.models import Conference
from referrals.external_handovers import services as external_handover_services
from referrals.external_handovers.models import OutsideHandover
from tests.referrals.handovers.test_races import NOW, ROUNDS, at_once
from tests.support import factories as make
from welzijn.accounts.models import User

pytestmark = pytest.mark.django_db(transaction=True)


def picked_up() -> tuple[make.World, User, Question]:
    here = make.world()
    worker = make.intake_worker(here, "stimenz")
    question = make.question(here, "geld")
    pick_up.pick_up(question=question, by=worker, now=NOW)
    return here, worker, Question.objects.get(pk=question.pk)


def test_linking_and_leaving_at_once_leaves_no_household_of_one() -> None:
    here = make.world()
    one, two, three, four = (make.question(here, "geld") for _n in range(4))
    for _round in range(ROUNDS):
        household_links.link(question=three, other=four, now=NOW)
        results = at_once(
            partial(household_links.link, question=one, other=two, now=NOW),
            partial(household_links.link, question=two, other=three, now=NOW),
            partial(household_links.leave, question=four, now=NOW),
        )
        assert results == ["ok"] * 3
        active = HouseholdLink.objects.filter(ended_at__isnull=True)
        homes = list(active.values_list("household", flat=True))
        assert all(homes.count(home) > 1 for home in homes)
        for question in (one, two, three, four):
            household_links.leave(question=question, now=NOW)


def test_an_answer_and_a_stop_have_one_outcome() -> None:
    _here, worker, question = picked_up()
    for _round in range(ROUNDS):
        offered, _code = external_handover_services.offer(
            question=question,
            name="Huisartsen Dorp",
            email="praktijk@voordeur.example",
            why="Zij weten meer.",
            summary="Iemand slaapt slecht.",
            yes_how=SharingBasis.How.PHONE,
            by=worker,
            now=NOW,
        )
        results = at_once(
            partial(
                external_handover_services.answer, offered=offered, accepts=True, text="", now=NOW
            ),
            partial(external_handover_services.stop, offered=offered, now=NOW),
            partial(external_handover_services.withdraw, offered=offered, by=worker, now=NOW),
        )
        assert sorted(results) == ["WrongMomentError", "WrongMomentError", "ok"]
        assert OutsideHandover.objects.get(pk=offered.pk).follow_up.status != "open"


def test_two_proposals_make_one_mdo_and_a_move_and_a_cancel_one_outcome() -> None:
    _here, worker, question = picked_up()
    starts = NOW + timedelta(days=7)
    for _round in range(ROUNDS):
        proposing = partial(conference_planning.propose, question=question, why="Samen.", now=NOW)
        assert sorted(at_once(partial(proposing, by=worker), proposing)) == [
            "WrongMomentError",
            "ok",
        ]
        conference = Conference.objects.get(status="proposed")
        results = at_once(
            partial(
                conference_planning.plan,
                conference=conference,
                starts_at=starts,
                ends_at=starts + timedelta(hours=1),
                place="Het Trefpunt",
                by=worker,
                now=NOW,
            ),
            partial(
                conference_planning.cancel, conference=conference, why="Ziek.", by=worker, now=NOW
            ),
        )
        assert results in (["ok", "ok"], ["WrongMomentError", "ok"])
        assert Conference.objects.get(pk=conference.pk).status == "cancelled"
