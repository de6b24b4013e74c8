"""The pages of the conversation, and their order."""

from enum import StrEnum


class Step(StrEnum):
    """A page of the conversation; the value is its part of the URL."""

    START = "begin"
    WORDS = "woorden"
    # A page for each opening question of the partnership; a file holds at most five.
    TALK_1 = "gesprek-1"
    TALK_2 = "gesprek-2"
    TALK_3 = "gesprek-3"
    TALK_4 = "gesprek-4"
    TALK_5 = "gesprek-5"
    ABOUT = "over-wie"
    TOPIC = "onderwerp"
    PLACE = "leeftijd-en-postcode"
    CONTACT = "bereiken"
    # A page for each way to be reached that was chosen.
    PHONE = "nummer"
    MAIL = "mail"
    NAME = "naam"
    CHECK = "controle"
    CALL = "bel-mij"


TALK_STEPS = (Step.TALK_1, Step.TALK_2, Step.TALK_3, Step.TALK_4, Step.TALK_5)
# "Schrijf het op": the pages that everybody gets, one subject each. START is read, not filled in.
WRITE_STEPS = (
    Step.START,
    Step.WORDS,
    Step.ABOUT,
    Step.TOPIC,
    Step.PLACE,
    Step.CONTACT,
    Step.NAME,
    Step.CHECK,
)
# "Bel mij": two pages.
CALL_STEPS = (Step.CALL, Step.CHECK)


def written_steps(*, openings: int, ways: list[str]) -> tuple[Step, ...]:
    """Return the pages of "Schrijf het op" for a partnership's questions and the chosen ways."""
    phone = [Step.PHONE] if {"phone", "sms"} & set(ways) else []
    mail = [Step.MAIL] if "email" in ways else []
    steps: list[Step] = []
    for step in WRITE_STEPS:
        steps.append(step)
        if step == Step.WORDS:
            steps += TALK_STEPS[:openings]
        elif step == Step.CONTACT:
            steps += [*phone, *mail]
    return tuple(steps)
