"""Who may do what with a question in progress, as predicates over one object.

The answers come from `acting_membership`, which every verb asks again under its lock. A predicate
without an object is False: None would mean "skip" to django-rules and let anybody in.
"""

from enum import StrEnum
from typing import Any

import rules
from django.utils import timezone

from intake.questions.models import Question
from referrals.casework_base import acting_membership
from welzijn.accounts.models import User


class Permission(StrEnum):
    """Names of permissions; use these rather than literals."""

    WORK_ON_QUESTION = "referrals.work_on_question"
    LEAD_QUESTION = "referrals.lead_question"
    ASSIGN_QUESTION = "referrals.assign_question"
    PLACE_QUESTION = "referrals.place_question"
    SHARE_WITHOUT_CONSENT = "referrals.share_without_consent"
    REPORT_TO_VEILIG_THUIS = "referrals.report_to_veilig_thuis"
    ANSWER_HANDOVER = "referrals.answer_handover"
    ANSWER_CONSULTATION = "referrals.answer_consultation"


@rules.predicate
def works(user: Any, question: Question | None) -> bool:
    """Works on the question on a valid basis: contact, follow-up, consultation."""
    if question is None or not isinstance(user, User):
        return False
    return acting_membership.working_as(user, question, timezone.localdate()) is not None


@rules.predicate
def leads(user: Any, question: Question | None) -> bool:
    """Acts for the lead: picks up, hands over, adds support, closes, reopens."""
    if question is None or not isinstance(user, User):
        return False
    return acting_membership.leading_as(user, question, timezone.localdate()) is not None


@rules.predicate
def coordinates(user: Any, question: Question | None) -> bool:
    """Coordinates the partnership."""
    if question is None or not isinstance(user, User):
        return False
    return acting_membership.coordinating_as(user, question, timezone.localdate()) is not None


@rules.predicate
def triages(user: Any, question: Question | None) -> bool:
    """Is a member of the triage team, which leads the question."""
    if question is None or not isinstance(user, User):
        return False
    return acting_membership.triaging_as(user, question, timezone.localdate()) is not None


rules.add_perm(Permission.WORK_ON_QUESTION, works)
rules.add_perm(Permission.LEAD_QUESTION, leads)
rules.add_perm(Permission.ASSIGN_QUESTION, leads | coordinates)
rules.add_perm(Permission.PLACE_QUESTION, coordinates | triages)
rules.add_perm(Permission.SHARE_WITHOUT_CONSENT, coordinates | triages)
# A professional has the right to report by law (Wmo 2015, 5.2.6), also without a yes; to be
# confirmed by the partnership's privacy officer.
rules.add_perm(Permission.REPORT_TO_VEILIG_THUIS, works)
