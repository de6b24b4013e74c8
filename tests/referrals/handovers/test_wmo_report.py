"""A handover to a Wmo desk is a melding: six weeks from the resident's yes, and client support."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from intake.questions.legal_terms import term_ends
from intake.questions.models import Question, SharingBasis
from organisations.front_door import configuration as front_door
from organisations.partnerships.models import Municipality
from referrals.casework import pick_up
from referrals.follow_ups.models import FollowUp
from referrals.handovers import completion as handover_completion
from referrals.handovers import services as handover_services
from referrals.handovers import wmo_report
from referrals.handovers.models import Handover
from tests.referrals.follow_ups.due import open_kinds, the
from tests.support import factories as make

pytestmark = pytest.mark.django_db


class Case:
    """A question at Stichting Welzijn; the municipality of Putten has a Wmo desk."""

    def __init__(self, domain: str = "vervoer", **fields: Any) -> None:
        self.here = make.world()
        desk = make.organisation("wmo-putten", "Wmo-loket Putten", kind="municipality")
        make.participation(self.here.partnership, desk)
        self.here.organisations["wmo"] = desk
        make.service(self.here, "wmo", "vervoer", name="Wmo", clock_kinds=["wmo"], layer=4)
        Municipality.objects.filter(code="GM0273").update(client_support="Steun, 0341 000 900")
        # The front door has this in memory; a file that is loaded raises the version.
        self.here.partnership.save()
        make.fresh_front_doors()
        self.here.partnership.refresh_from_db()
        self.sender = make.intake_worker(self.here, "welzijn")
        self.desk = make.intake_worker(self.here, "wmo")
        self.question = make.question(self.here, domain, postcode="3881", **fields)

    def offer(self, now: datetime = make.TUESDAY) -> Handover:
        worker = self.sender
        if self.question.lead != self.here["welzijn"]:
            worker = make.intake_worker(self.here, self.question.lead.slug)
        pick_up.pick_up(question=self.question, by=worker, now=now)
        return handover_services.propose(
            question=self.fresh(),
            to=self.here["wmo"],
            why="De gemeente beslist hierover.",
            summary="Iemand komt de trap niet meer op.",
            by=worker,
            now=now,
            yes_how=SharingBasis.How.PHONE,
        )

    def fresh(self) -> Question:
        return Question.objects.get(pk=self.question.pk)

    def notified(self) -> wmo_report.Melding | None:
        return wmo_report.running_melding(self.fresh(), front_door.of(self.here.partnership))


def test_the_term_counts_from_the_residents_yes_not_from_the_answer_of_the_desk() -> None:
    case = Case()
    offered = case.offer()
    handover_services.accept(handover=offered, by=case.desk, now=make.TUESDAY + timedelta(days=2))
    clock = the(case.question, "clock")
    assert (clock.due_on, clock.organisation, clock.worker) == (
        date(2027, 1, 5),
        case.here["wmo"],
        case.desk,
    )
    assert case.fresh().kind == Question.Kind.WMO
    assert case.notified() == wmo_report.Melding(
        desk=case.here["wmo"],
        received_on=date(2026, 11, 24),
        inquired_by=date(2027, 1, 5),
        own_plan_until=date(2026, 12, 1),
        support="Steun, 0341 000 900",
    )


def test_the_resident_reads_the_confirmation_and_where_support_is() -> None:
    case = Case()
    handover_services.accept(handover=case.offer(), by=case.desk, now=make.TUESDAY)
    shown = " ".join(entry.text for entry in case.question.timeline.filter(for_resident=True))
    assert "Wmo-loket Putten heeft uw melding binnen." in shown
    assert "Steun, 0341 000 900" in shown


def test_nothing_is_a_melding_before_the_desk_says_yes() -> None:
    case = Case()
    case.offer()
    assert "clock" not in open_kinds(case.question)
    assert (case.fresh().kind, case.notified()) == (Question.Kind.WELFARE, None)


def test_the_clock_goes_along_with_the_lead() -> None:
    case = Case()
    offered = case.offer()
    handover_services.accept(handover=offered, by=case.desk, now=make.TUESDAY)
    handover_completion.met(handover=offered, how="visit", now=make.TUESDAY, recorded_by=case.desk)
    assert case.fresh().lead == case.here["wmo"]
    assert the(case.question, "clock").due_on == date(2027, 1, 5)
    assert case.notified() is not None


def test_a_melding_that_comes_back_has_no_clock_any_more() -> None:
    case = Case()
    offered = case.offer()
    handover_services.accept(handover=offered, by=case.desk, now=make.TUESDAY)
    handover_services.decline(handover=offered, reason="Verhuisd.", by=case.desk, now=make.TUESDAY)
    assert "clock" not in open_kinds(case.question)
    assert (case.fresh().kind, case.notified()) == (Question.Kind.WELFARE, None)
    assert FollowUp.objects.get(question=case.question, kind="clock").status == "cancelled"


def test_another_life_domain_at_the_same_municipality_is_no_melding() -> None:
    case = Case("bewegen")
    handover_services.accept(handover=case.offer(), by=case.desk, now=make.TUESDAY)
    assert "clock" not in open_kinds(case.question)


def test_debts_keep_the_clock_of_debts() -> None:
    case = Case(kind=Question.Kind.DEBTS)
    assert wmo_report.desks(case.question, front_door.of(case.here.partnership)) == []


@pytest.mark.parametrize(
    ("kind", "since", "ends"),
    [
        (Question.Kind.WMO, date(2026, 11, 24), date(2027, 1, 5)),
        # Six weeks after Friday 20 November is New Year's Day: the next working day is Monday.
        (Question.Kind.WMO, date(2026, 11, 20), date(2027, 1, 4)),
        (Question.Kind.DEBTS, date(2026, 11, 24), date(2026, 12, 22)),
        (Question.Kind.DEBTS_THREAT, date(2026, 11, 24), date(2026, 11, 27)),
    ],
)
def test_weeks_are_weeks_and_end_on_a_working_day(
    kind: Question.Kind, since: date, ends: date
) -> None:
    calendar = front_door.of(make.world().partnership).calendar
    assert term_ends(kind, since, calendar) == ends


def test_a_desk_of_another_village_is_no_place_for_a_melding() -> None:
    case = Case()
    front = front_door.of(case.here.partnership)
    assert [d.slug for d in wmo_report.desks(case.question, front)] == ["wmo-putten"]
    case.here.partnership.services.get(name="Wmo").neighbourhoods.add(case.here.places["huinen"])
    make.fresh_front_doors()
    case.here.partnership.refresh_from_db()
    assert wmo_report.desks(case.question, front_door.of(case.here.partnership)) == []
