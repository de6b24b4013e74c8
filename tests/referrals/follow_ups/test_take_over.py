"""Taking over what is due for a colleague."""

from datetime import date

import pytest

from intake.questions.models import SharingBasis
from referrals.casework import support as casework_support
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.casework_base.grounds import Ground
from referrals.follow_ups import staff_actions as follow_up_actions
from tests.referrals.follow_ups.test_services import Case
from tests.support import factories as make

pytestmark = pytest.mark.django_db
NOW = make.TUESDAY
THURSDAY, FRIDAY = date(2026, 11, 26), date(2026, 11, 27)


def test_taking_over_makes_it_ones_own_and_voids_the_old_reminder() -> None:
    case = Case()
    planned = case.plan()
    mine = follow_up_actions.take_over(follow_up=planned, by=case.worker, now=NOW)
    assert mine.due_version == 1
    taken = follow_up_actions.take_over(follow_up=planned, by=case.colleague, now=NOW)
    taken.refresh_from_db()
    assert (taken.worker, taken.due_version, taken.due_on) == (case.colleague, 2, FRIDAY)
    assert taken.organisation == case.here["stimenz"]
    entry = case.entry()
    assert (entry.kind, entry.for_resident, entry.for_colleagues) == (
        "assigned",
        False,
        "brief lezen",
    )
    with pytest.raises(NotAllowedError):
        follow_up_actions.take_over(follow_up=planned, by=case.outsider, now=NOW)


def test_a_helper_who_takes_over_does_it_for_their_own_organisation() -> None:
    case = Case()
    casework_support.bring_in(
        question=case.question,
        organisation=case.here["actief"],
        ground=Ground(SharingBasis.Kind.CONSENT, SharingBasis.How.PHONE),
        by=case.worker,
        now=NOW,
    )
    taken = follow_up_actions.take_over(follow_up=case.plan(), by=case.outsider, now=NOW)
    taken.refresh_from_db()
    assert (taken.worker, taken.organisation) == (case.outsider, case.here["actief"])
    assert case.entry().organisation == case.here["actief"]
