"""What is due for a question, for tests."""

from intake.questions.models import Question
from referrals.follow_ups.models import FollowUp


def open_kinds(question: Question) -> set[str]:
    """The kinds of what is open."""
    return set(
        FollowUp.objects.filter(question=question, status="open").values_list("kind", flat=True)
    )


def the(question: Question, kind: str) -> FollowUp:
    """The one open follow-up of a kind."""
    return FollowUp.objects.get(question=question, kind=kind, status="open")
