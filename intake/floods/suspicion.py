"""What a flood looks like: the stated rule by which a question is set aside for a coordinator.

Only in busy times, and never for who took the time to type their own words: a question is suspected
if its form was filled in faster than anybody types, if the same words came three times before, or
if its network alone sends more than any library.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from intake.floods import arrivals
from intake.floods.gate import Load
from intake.questions.models import SetAside

TYPING_TAKES = timedelta(seconds=20)
SAME_WORDS = 3
MOST_OF_A_NETWORK = 100
ALARMS_AT_ONCE = 5


@dataclass(frozen=True, slots=True)
class Arrived:
    """How a question came in at the public form.

    suspected: a value of SetAside.Why, or "". merge_alarm: whether the alarm for who is on duty
    waits a few minutes for those after it.
    """

    suspected: str = ""
    merge_alarm: bool = False

    @classmethod
    def judged(
        cls,
        *,
        partnership_id: object,
        load: Load,
        words: str,
        begun: float,
        danger: bool,
        now: datetime,
        sent: float | None = None,
    ) -> Self:
        """Judge one question.

        `begun` and `sent`: when its form was begun and first sent, in seconds since 1970. What it
        waited at the gate after that is no typing.
        """
        typed_for = (now.timestamp() if sent is None else sent) - begun
        fast = typed_for < TYPING_TAKES.total_seconds()
        if not (load.busy or danger):
            return cls()
        text = " ".join(words.lower().split())
        subjects: list[tuple[object, ...]] = [("words", partnership_id, text)] if text else []
        if danger:
            subjects.append(("alarm", partnership_id, fast))
        counts = arrivals.count(subjects, now) if subjects else []
        repeated = bool(text) and counts[0] > SAME_WORDS
        suspected = ""
        if load.busy and repeated:
            suspected = SetAside.Why.SAME_WORDS
        elif load.busy and fast:
            suspected = SetAside.Why.FAST
        elif load.network > MOST_OF_A_NETWORK:
            suspected = SetAside.Why.MANY
        if not danger:
            return cls(suspected)
        # A single one is told at once, and so is each that somebody took the time to type, up to
        # five in ten minutes.
        alone = counts[-1] == 1 if fast else counts[-1] <= ALARMS_AT_ONCE and not repeated
        return cls(suspected, merge_alarm=bool(suspected) or not alone)


def merges_alarm(*, partnership_id: object, question_id: object, words: str, now: datetime) -> bool:
    """Whether the alarm about words that were added to a question waits for those after it.

    Counted with the alarms of new questions: five in ten minutes are told at once, unless the same
    words came three times before. Of one question the first in ten minutes is, and the others are
    merged.
    """
    text = " ".join(words.lower().split())
    subjects: list[tuple[object, ...]] = [
        ("alarm", partnership_id, False),
        ("alarm of", question_id),
        ("words", partnership_id, text),
    ]
    everybody, of_question, same = arrivals.count(subjects, now)
    return everybody > ALARMS_AT_ONCE or of_question > 1 or same > SAME_WORDS
