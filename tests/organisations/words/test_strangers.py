"""What another author wrote, who saw no words, patterns or weights: only shares, no sentence.

"strangers_held" is sealed: nobody who makes words, patterns or weights reads it. The bounds below
are set by who measured it; a miss is mended from "strangers_tune", never from here.
"""

from organisations.words import find_danger
from organisations.words.sentences_file import STRANGERS_HELD, STRANGERS_TUNE, sentences

HEARD_AT_LEAST = {STRANGERS_TUNE: 0.97, STRANGERS_HELD: 0.85}
FALSE_ALARMS_AT_MOST = {STRANGERS_TUNE: 0.03, STRANGERS_HELD: 0.08}


def _shares(half: str) -> tuple[float, float]:
    """Give how much danger is heard, and how many calm sentences alarm."""
    every = sentences(half)
    calm = [one for one in every if not one.danger]
    heard = sum(find_danger(one.text) is not None for one in every if one.danger)
    false = sum(find_danger(one.text) is not None for one in calm)
    return heard / (len(every) - len(calm)), false / len(calm)


def test_the_sentences_of_another_author_that_were_learned_from_are_heard() -> None:
    heard, false = _shares(STRANGERS_TUNE)
    assert heard >= HEARD_AT_LEAST[STRANGERS_TUNE]
    assert false <= FALSE_ALARMS_AT_MOST[STRANGERS_TUNE]


def test_the_sentences_of_another_author_that_nobody_read_are_heard() -> None:
    heard, false = _shares(STRANGERS_HELD)
    assert heard >= HEARD_AT_LEAST[STRANGERS_HELD]
    assert false <= FALSE_ALARMS_AT_MOST[STRANGERS_HELD]
