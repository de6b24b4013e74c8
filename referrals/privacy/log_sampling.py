"""A sample of the access log and the register of sharing bases, for the privacy officer (FG).

References only: the officer does not see whom a question is about.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Count, F, Q

from intake.questions.models import Question, SharingBasis
from organisations.directory.models import Organisation
from organisations.partnerships.models import Partnership
from organisations.roles.models import Membership, Role
from referrals.privacy import findings
from welzijn.accounts.models import User
from welzijn.audit import access_log
from welzijn.audit.models import AccessEvent
from welzijn.audit.reasons import Reason
from welzijn.core.working_days import local_moment

SAMPLE_SIZE = 50


@dataclass(frozen=True, slots=True)
class SampledEvent:
    """One entry of the log with the reference of its question ('' after deletion)."""

    event: AccessEvent
    reference: str

    @property
    def role(self) -> str:
        """The role of the actor; '' for a resident and for the system."""
        return str(dict(Role.choices).get(self.event.role, self.event.role))

    @property
    def basis(self) -> str:
        """The basis of the access in words; as stored if it is no sharing basis."""
        return str(dict(SharingBasis.Kind.choices).get(self.event.basis, self.event.basis))


@dataclass(frozen=True, slots=True)
class SampleFilter:
    """The part of the log from which to draw; both days inclusive."""

    since: date
    until: date
    organisation: Organisation | None = None
    action: str = ""
    role: str = ""
    emergency: bool = False
    reference: str = ""


def sample(
    *,
    user: User,
    membership: Membership,
    partnership: Partnership,
    filters: SampleFilter,
    now: datetime,
) -> tuple[list[SampledEvent], int]:
    """Return at most SAMPLE_SIZE random entries, latest first, and the total number of entries.

    With a reference: the latest entries of that question instead of a random draw. Records the
    officer's own access in the same transaction.
    """
    with transaction.atomic():
        events = AccessEvent.objects.filter(
            partnership=partnership,
            at__gte=local_moment(filters.since),
            at__lt=local_moment(filters.until + timedelta(days=1)),
        )
        if filters.organisation is not None:
            events = events.filter(organisation=filters.organisation)
        if filters.action:
            events = events.filter(action=filters.action)
        if filters.role:
            events = events.filter(role=filters.role)
        if filters.emergency:
            events = events.filter(emergency=True)
        if filters.reference:
            events = events.filter(
                question_id__in=Question.objects.filter(
                    partnership=partnership, reference=filters.reference
                ).values("pk")
            )
        total = events.count()
        drawn = list(
            events.select_related("actor", "organisation").order_by(
                *(["-at"] if filters.reference else ["?"])
            )[:SAMPLE_SIZE]
        )
        drawn.sort(key=lambda event: event.at, reverse=True)
        references = dict(
            Question.objects.filter(pk__in=[e.question_id for e in drawn]).values_list(
                "pk", "reference"
            )
        )
        access_log.record(
            access_log.event(
                now=now,
                partnership_id=partnership.id,
                actor=user,
                organisation_id=membership.organisation_id,
                role=membership.role,
                action=AccessEvent.Action.LIST,
                what="log",
                reason=Reason.LOG_SAMPLE,
            )
        )
    return [
        SampledEvent(e, references.get(e.question_id, "") if e.question_id else "") for e in drawn
    ], total


@dataclass(frozen=True, slots=True)
class Basis:
    """The number of bases of one kind that a receiver ever had, and of those valid now."""

    receiver: str
    kind: str
    ever: int
    now: int


def register(*, partnership: Partnership) -> list[Basis]:
    """Return the register of sharing bases, counted by receiver and kind.

    A report to Veilig Thuis is a disclosure on a ground of its own; nothing of it is valid now.
    """
    rows = (
        SharingBasis.objects.filter(question__partnership=partnership)
        .order_by()
        .values("kind", who=F("organisation__name"), team_name=F("team__name"))
        .annotate(ever=Count("id"), valid=Count("id", filter=Q(ended_at__isnull=True)))
    )
    reports: Counter[str] = Counter(row[3] for row in findings.reports_of(partnership))
    outside = [
        Basis("Veilig Thuis", str(SharingBasis.Kind(ground).label), number, 0)
        for ground, number in reports.items()
    ]
    return sorted(
        (
            *outside,
            *(
                Basis(
                    row["team_name"] or row["who"],
                    str(SharingBasis.Kind(row["kind"]).label),
                    row["ever"],
                    row["valid"],
                )
                for row in rows
            ),
        ),
        key=lambda basis: (basis.receiver, basis.kind),
    )
