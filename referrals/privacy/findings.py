"""What waits for the privacy officer's finding, and recording it.

disclosures(partnership)     every disclosure without consent, with its latest finding
record(...)                  a finding about one of them, or about unusual looking
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from intake.questions.models import Question, SharingBasis
from organisations.partnerships.models import Partnership
from referrals.privacy.models import Finding
from welzijn.accounts.models import User

# The outcome of a step of the Meldcode that is a report (`referrals/meldcode/models.py`).
REPORTED = "reported"


@dataclass(frozen=True, slots=True)
class Disclosure:
    """Something that was told without the resident's consent."""

    key: str
    question: UUID
    reference: str
    receiver: str
    ground: str
    reason: str
    at: datetime
    by: str
    finding: Finding | None


def disclosures(*, partnership: Partnership) -> list[Disclosure]:
    """Return every basis of danger or a duty and every report to Veilig Thuis, latest first."""
    bases = list(
        SharingBasis.objects.filter(
            question__partnership=partnership,
            kind__in=[SharingBasis.Kind.DANGER, SharingBasis.Kind.LEGAL_DUTY],
        ).select_related("question", "organisation", "team", "recorded_by")
    )
    reports = list(reports_of(partnership))
    keys = [f"basis:{basis.pk}" for basis in bases] + [f"report:{row[0]}" for row in reports]
    known = latest(partnership=partnership, keys=keys)
    found = [
        Disclosure(
            key=f"basis:{basis.pk}",
            question=basis.question_id,
            reference=basis.question.reference,
            receiver=str(basis.team or basis.organisation),
            ground=str(basis.get_kind_display()),
            reason=basis.reason,
            at=basis.valid_from,
            by=str(basis.recorded_by or ""),
            finding=known.get(f"basis:{basis.pk}"),
        )
        for basis in bases
    ]
    found += [
        Disclosure(
            key=f"report:{pk}",
            question=question,
            reference=reference,
            receiver="Veilig Thuis",
            ground=str(SharingBasis.Kind(ground).label),
            reason=reason,
            at=at,
            by=by,
            finding=known.get(f"report:{pk}"),
        )
        for pk, question, reference, ground, reason, at, by in reports
    ]
    return sorted(found, key=lambda one: (one.at, one.key), reverse=True)


def reports_of(
    partnership: Partnership,
) -> Iterable[tuple[UUID, UUID, str, str, str, datetime, str]]:
    """Return the reports to Veilig Thuis. Read through the question: the Meldcode lies above."""
    return Question.objects.filter(
        partnership=partnership, meldcode_steps__outcome=REPORTED
    ).values_list(
        "meldcode_steps__id",
        "id",
        "reference",
        "meldcode_steps__ground",
        "meldcode_steps__reason",
        "meldcode_steps__at",
        "meldcode_steps__by__name",
    )


def latest(*, partnership: Partnership, keys: Iterable[str]) -> dict[str, Finding]:
    """Return the latest finding about each of these."""
    found = Finding.objects.filter(partnership=partnership, about__in=list(keys))
    return {one.about: one for one in found.select_related("by").order_by("at", "id")}


def record(
    *,
    partnership: Partnership,
    about: str,
    question: UUID | None,
    outcome: Finding.Outcome,
    note: str,
    by: User,
    now: datetime,
) -> Finding:
    """Record a finding. Raises ValueError without a note."""
    if not note.strip():
        raise ValueError("a finding has a note")
    return Finding.objects.create(
        partnership=partnership,
        question_id=question,
        about=about,
        outcome=outcome,
        note=note.strip(),
        by=by,
        at=now,
    )
