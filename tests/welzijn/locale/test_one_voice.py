"""A translation keeps to one word a thing, one form of address and one way to write it."""

# ruff: noqa: RUF001 - the letters of the languages that are read here
import re

import pytest

from welzijn.devtools.resident_texts import catalogues
from welzijn.devtools.resident_texts.marked import Entry

# What "uw vraag" is called, and words that would call it otherwise. A question that is asked on
# the page itself ("Sla deze vraag over") keeps its own word.
QUESTION = re.compile(
    r"\b(?:uw|je|jouw|mijn|Uw|Je|Jouw)(?: andere| eigen| hele| vorige)? (?:vraag|vragen)\b"
)
OTHERWISE = {
    "tr": r"(?i)\bsoru(?:m|n|su|nuz|larınız)\w*",
    "pl": r"(?i)\bpytani\w*|\bTwoj\w* spraw\w*",
    "uk": r"(?i)запитанн\w*",
    "ar": r"استفسار|طلبك",
}
# Words of one form of address that may not stand in a text of the other one.
FORMAL = {
    "tr": r"\b[Ss]iz(?:i|e|in|den|de|inle)?\b|(?:[ıiuü]n[ıiuü]z|s[ıiuü]n[ıiuü]z)\b",
    "pl": r"Państw|\bProszę\b",
    "uk": r"\b[Вв](?:и|ас|ам|ами)\b|\b[Вв]аш\w*",
}
INFORMAL = {
    "tr": r"\b(?:[Ss]en(?:i|in|den|de|inle)?|[Ss]ana)\b",
    "pl": r"\b(?:Ty|Ci|Cię|Ciebie|Tobie|Tobą)\b|\bTw(?:ój|oj\w*)\b",
    "uk": r"\b[Тт](?:и|ебе|обі|обою)\b|\b[Тт]в(?:ій|оя|оє|ої|оєї|оєму|оїм|оїх|ою)\b",
}
POLITE_DUTCH = re.compile(r"\b(?:[Uu]w?|[Uu]zelf)\b")
FAMILIAR_DUTCH = re.compile(r"\b(?:[Jj]e|[Jj]ij|[Jj]ou|[Jj]ouw|[Jj]ezelf)\b")
# The subject of a mail is the same for everyone, so it says u in a text that says je.
SUBJECT = "Er is nieuws voor u"
# Ways to write that were mixed: a straight apostrophe inside a Ukrainian word, an Arabic ending
# written in another order, the reader as a group, one thing under two names.
WRITTEN = {
    "uk": r"(?<=\w)'(?=\w)|\bSMS\b|екранн\w+ читач|Бажаєте|[Мм]ешкан",
    "ar": r"ًا|حاسوب|\w{3}(?<!أحد)كم\b|\bهل تريدون\b|الرسالة النصية",
    "pl": r"\b[Mm]ail(?:a|e|u|em)?\b(?<!e-mail)|[Oo]kienk",
    "tr": r"\b[Vv]atandaş\b|\b[Ss]akin[ei]?\b(?! yer)",
}


def _texts(language: str) -> list[tuple[Entry, str]]:
    return [
        (entry, text) for entry in catalogues.present(language).values() for text in entry.english
    ]


@pytest.mark.parametrize("language", sorted(catalogues.PLURALS))
def test_a_residents_question_has_one_name(language: str) -> None:
    wrong = re.compile(OTHERWISE[language])
    assert [t for e, t in _texts(language) if QUESTION.search(e.dutch) and wrong.search(t)] == []


@pytest.mark.parametrize("language", sorted(FORMAL))
def test_a_text_for_the_young_says_je_and_no_other_does(language: str) -> None:
    wrong = []
    subject = catalogues.present(language)[("", SUBJECT)].english[0]
    for entry, written in _texts(language):
        dutch = entry.dutch.replace(SUBJECT, "")
        text = written.replace(subject, "")
        familiar, polite = FAMILIAR_DUTCH.search(dutch), POLITE_DUTCH.search(dutch)
        if familiar and not polite and re.search(FORMAL[language], text):
            wrong.append(written)
        if polite and not familiar and re.search(INFORMAL[language], text):
            wrong.append(written)
    assert wrong == []


@pytest.mark.parametrize("language", sorted(catalogues.PLURALS))
def test_one_thing_is_written_one_way(language: str) -> None:
    wrong = re.compile(WRITTEN[language])
    found = [t for _, t in _texts(language) if wrong.search(re.sub(r"[Ee]-mail\w*", "", t))]
    assert found == []


@pytest.mark.parametrize("language", ["en", *sorted(catalogues.PLURALS)])
def test_the_receipt_names_the_subject_that_the_mail_has(language: str) -> None:
    entries = (
        catalogues.wanted().values() if language == "en" else catalogues.present(language).values()
    )
    said = {entry.dutch: entry.english[0] for entry in entries}
    describing = [text for dutch, text in said.items() if f"{SUBJECT}. " in dutch]
    telling = [text for text in describing if "{sender}" in text]
    assert len(telling) == 2
    assert all(said[SUBJECT] in text for text in telling)
