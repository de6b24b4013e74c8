"""Who may answer a handover that was offered."""

from typing import Any

import rules
from django.utils import timezone

from referrals.casework_base.permissions import Permission
from referrals.handovers import state_machine
from referrals.handovers.models import Handover
from welzijn.accounts.models import User


@rules.predicate
def receives(user: Any, offered: Handover | None) -> bool:
    """An intake worker of the receiver."""
    if offered is None or not isinstance(user, User):
        return False
    return state_machine.receiving_as(user, offered, timezone.localdate()) is not None


rules.add_perm(Permission.ANSWER_HANDOVER, receives)
