"""Wipe what was practised in a rehearsal (organisations/rehearsal), whole and with its proof.

What staff looked at stays in the access log without what it was about, as after any erasure; roles,
duty and the partnership's own settings are no practice and stay.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from intake.questions.models import Decision, Question
from intake.resident_sign_in.models import ResidentAccount
from organisations.directory.models import Organisation
from organisations.partnerships import retention_terms
from organisations.partnerships.models import Partnership
from referrals.caseload.models import Spread
from referrals.consultations.models import Consultation
from referrals.privacy.models import DataRequest, Finding
from referrals.reports.models import (
    DepartedFact,
    FinalCube,
    GoalStory,
    ReportCell,
    ReportPublication,
)
from referrals.retention import erase
from referrals.retention.due import Group
from referrals.routing_review.models import Correction
from referrals.signals.follow_up_models import AnswerStep
from referrals.signals.models import Signal, SignalBundle, SignalSupport
from welzijn.audit.protection import erasure as door
from welzijn.core.working_days import local_date
from welzijn.notifications import erasure, message_kinds
from welzijn.sweeps.models import SetAside

RULE = "oefening"
BATCH = 200


def count(partnership: Partnership) -> int:
    """Return how many questions a partnership has."""
    return Question.objects.filter(partnership=partnership).count()


def wipe(partnership: Partnership, now: datetime) -> int:
    """Remove every question of a rehearsing partnership and all that came of them; count them.

    In the caller's transaction. Raises IntegrityError where the partnership does not rehearse.
    """
    gone = _wipe_questions(partnership, now)
    with door.of_rehearsal(partnership.pk):
        _wipe_rest(partnership)
    erasure.delete_rehearsed(partnership_id=partnership.pk, kept=message_kinds.setup_kinds())
    SetAside.objects.filter(partnership=partnership).delete()
    return gone


def _wipe_questions(partnership: Partnership, now: datetime) -> int:
    questions = Question.objects.select_for_update(of=("self",)).filter(partnership=partnership)
    by_lead: dict[Organisation, list[Question]] = defaultdict(list)
    for question in questions.select_related("lead").order_by("pk"):
        by_lead[question.lead].append(question)
    for lead, going in by_lead.items():
        group = Group(
            partnership=partnership,
            organisation=lead,
            kind=retention_terms.WELFARE,
            years=0,
            before=local_date(now) + timedelta(days=1),
        )
        for first in range(0, len(going), BATCH):
            erase.erase_with_proof(group, going[first : first + BATCH], now=now, rule=RULE)
    return sum(len(going) for going in by_lead.values())


def _wipe_rest(partnership: Partnership) -> None:
    """Remove what no question leads to. Raw: no row of another table hangs from these."""
    bundles = SignalBundle.objects.filter(partnership=partnership)
    steps = list(AnswerStep.objects.filter(bundle__in=bundles).values_list("pk", flat=True))
    signals = Signal.objects.filter(partnership=partnership)
    SignalSupport.objects.filter(signal__in=signals).delete()
    _raw(signals)
    _raw(bundles)
    _raw(AnswerStep.objects.filter(pk__in=steps))
    for rows in (
        Correction.objects.filter(partnership=partnership),
        Decision.objects.filter(partnership=partnership),
        Consultation.objects.filter(partnership=partnership),
        Finding.objects.filter(partnership=partnership),
        DataRequest.objects.filter(partnership=partnership),
        GoalStory.objects.filter(partnership=partnership),
        ReportPublication.objects.filter(partnership=partnership),
        FinalCube.objects.filter(partnership=partnership),
        DepartedFact.objects.filter(partnership=partnership),
        ReportCell.objects.filter(partnership=partnership),
    ):
        _raw(rows)
    Spread.objects.filter(partnership=partnership).delete()
    ResidentAccount.objects.filter(partnership=partnership).delete()


def _raw(rows: QuerySet[Any]) -> None:
    """Delete without Django's look at what refers to these rows; the commit does that."""
    rows._raw_delete(rows.db)  # noqa: SLF001 - no public method does
