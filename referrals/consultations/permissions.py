"""Who may answer a consultation."""

from typing import Any

import rules
from django.utils import timezone

from referrals.casework_base.permissions import Permission
from referrals.consultations import services
from referrals.consultations.models import Consultation
from welzijn.accounts.models import User


@rules.predicate
def advises(user: Any, consultation: Consultation | None) -> bool:
    """A professional of the organisation that was asked."""
    if consultation is None or not isinstance(user, User):
        return False
    return services.answering_as(user, consultation, timezone.localdate()) is not None


rules.add_perm(Permission.ANSWER_CONSULTATION, advises)
