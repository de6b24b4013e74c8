"""What a step of a handover locks: other steps, and no row that comes to point at it."""

import pytest
from django.db import transaction

from referrals.handovers import endings as handover_endings
from referrals.handovers import state_machine as handover_state_machine
from referrals.handovers.models import Handover, HandoverTalk
from tests.referrals.handovers.test_limits import Case
from tests.referrals.reminders.test_locks import in_another_connection
from tests.support import factories as make

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("step", ["lock", "stop"])
def test_a_step_holds_the_handover_and_lets_a_row_point_at_it(step: str) -> None:
    make.fresh_front_doors()
    case = Case()
    offered = case.offered()

    def point_at_it() -> None:
        HandoverTalk.objects.create(
            handover=offered,
            at=make.TUESDAY,
            by=case.receiver,
            organisation=case.here["jeugd-punt"],
            text="Is er al hulp?",
        )

    @transaction.atomic
    def take_it() -> None:
        Handover.objects.select_for_update(no_key=True, nowait=True).get(pk=offered.pk)

    with transaction.atomic():
        if step == "lock":
            handover_state_machine.lock(offered)
        else:
            handover_endings.stop(question=case.question, by_resident=True, now=make.TUESDAY)
        assert len(in_another_connection(take_it)) == 1
        assert in_another_connection(point_at_it) == []
