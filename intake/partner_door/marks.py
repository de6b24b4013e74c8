"""A partner marks a question that they brought in, for their own list."""

from datetime import datetime

from intake.partner_door.models import PartnerMark
from intake.questions.models import Question
from welzijn.accounts.models import User


def mark(*, question: Question, text: str, by: User, now: datetime) -> None:
    """Set the partner's mark of a question; an empty one takes it away.

    The caller has checked that the question was brought in by the partner of `by`.
    """
    if not text:
        PartnerMark.objects.filter(question=question).delete()
        return
    PartnerMark.objects.update_or_create(
        question=question, defaults={"mark": text, "marked_by": by, "marked_at": now}
    )


def mark_of(question: Question) -> str:
    """Return the partner's mark of a question, or ""."""
    return (
        PartnerMark.objects.filter(question=question).values_list("mark", flat=True).first() or ""
    )
