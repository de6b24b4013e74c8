"""Check that a text about a question does not obviously identify a person.

The minimal summary of a handover and an "even overleggen" go to an organisation that may not know
who it is about. What is looked for is in `welzijn.core.anonymity`.
"""

from collections.abc import Iterable

from django.core.exceptions import ValidationError

from intake.questions.models import Question
from welzijn.core.anonymity import giveaways


def check(text: str, question: Question) -> None:
    """Raise ValidationError with those sentences, for a text about one question."""
    check_for(text, [person.name for person in (question.asker, question.subject)])


def check_for(text: str, names: Iterable[str]) -> None:
    """Raise ValidationError with those sentences, for a text that may be about these people."""
    found = giveaways(text, names)
    if found:
        raise ValidationError([ValidationError(line, code="person") for line in found])
