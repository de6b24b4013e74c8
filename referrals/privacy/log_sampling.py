"""What a privacy officer (FG) looks at: a sample of the access log, and the register of bases.

References only: who a question is about is not the officer's to read here.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Count, F, Q
from django.utils.translation import gettext_noop

from intake.questions.models import Question, SharingBasis
from organisations.directory.models import Organisation
from organisations.partnerships.models import Partnership
from organisations.roles.models import Membership, Role
from welzijn.accounts.models import User
from welzijn.audit import access_log
from welzijn.audit.models import AccessEvent
from welzijn.core.working_days import local_moment

SAMPLE = 50


@dataclass(frozen=True, slots=True)
class Sampled:
    """One entry of the log with the reference of its question ('' once that was deleted)."""

    event: AccessEvent
    reference: str

    @property
    def role(self) -> str:
        """The role in which they looked; '' for a resident and for the system."""
        return str(dict(Role.choices).get(self.event.role, self.event.role))

    @property
    def basis(self) -> str:
        """The ground of the look in words; as it stands where it is no sharing basis."""
        return str(dict(SharingBasis.Kind.choices).get(self.event.basis, self.event.basis))


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which part of the log the sample is drawn from; both days inclusive."""

    since: date
    until: date
    organisation: Organisation | None = None
    action: str = ""
    role: str = ""
    emergency: bool = False
    reference: str = ""


def sample(
    *, user: User, membership: Membership, partnership: Partnership, chosen: Chosen, now: datetime
) -> tuple[list[Sampled], int]:
    """At most SAMPLE entries drawn at random, the latest first, and how many there are in all.

    With a reference: all entries of that question, without chance. The officer's own look is in
    the log as well, in the same transaction.
    """
    with transaction.atomic():
        found = AccessEvent.objects.filter(
            partnership=partnership,
            at__gte=local_moment(chosen.since),
            at__lt=local_moment(chosen.until + timedelta(days=1)),
        )
        if chosen.organisation is not None:
            found = found.filter(organisation=chosen.organisation)
        if chosen.action:
            found = found.filter(action=chosen.action)
        if chosen.role:
            found = found.filter(role=chosen.role)
        if chosen.emergency:
            found = found.filter(emergency=True)
        if chosen.reference:
            found = found.filter(
                question_id__in=Question.objects.filter(
                    partnership=partnership, reference=chosen.reference
                ).values("pk")
            )
        total = found.count()
        drawn = list(
            found.select_related("actor", "organisation").order_by(
                *(["-at"] if chosen.reference else ["?"])
            )[:SAMPLE]
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
                reason=gettext_noop("steekproef van het logboek"),
            )
        )
    return [
        Sampled(e, references.get(e.question_id, "") if e.question_id else "") for e in drawn
    ], total


@dataclass(frozen=True, slots=True)
class Basis:
    """How many bases of one kind one receiver has, and how many of them hold now."""

    receiver: str
    kind: str
    ever: int
    now: int


def register(*, partnership: Partnership) -> list[Basis]:
    """The register of bases to share, counted per receiver and kind."""
    rows = (
        SharingBasis.objects.filter(question__partnership=partnership)
        .order_by()
        .values("kind", who=F("organisation__name"), team_name=F("team__name"))
        .annotate(ever=Count("id"), valid=Count("id", filter=Q(ended_at__isnull=True)))
    )
    return sorted(
        (
            Basis(
                row["team_name"] or row["who"],
                str(SharingBasis.Kind(row["kind"]).label),
                row["ever"],
                row["valid"],
            )
            for row in rows
        ),
        key=lambda basis: (basis.receiver, basis.kind),
    )


def without_consent(*, partnership: Partnership) -> list[SharingBasis]:
    """Each basis of danger or a legal duty, the latest first, with its reason; at most 100."""
    return list(
        SharingBasis.objects.filter(
            question__partnership=partnership,
            kind__in=[SharingBasis.Kind.DANGER, SharingBasis.Kind.LEGAL_DUTY],
        )
        .select_related("question", "organisation", "team", "recorded_by")
        .order_by("-valid_from")[:100]
    )
