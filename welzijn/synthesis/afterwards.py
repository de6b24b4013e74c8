"""What happened with a told question after it came in."""

from datetime import datetime

from intake.models import Question
from welzijn.synthesis.staff import Staff
from welzijn.synthesis.told import Told


def happen(
    *, staff: Staff, question: Question, told: Told, asked_at: datetime, now: datetime
) -> None:
    """Take the steps of a told question, each at its own moment."""
