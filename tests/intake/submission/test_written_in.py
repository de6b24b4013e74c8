"""The language of the words is stored with the question; staff are told of an interpreter."""

# ruff: noqa: RUF001 - Turkish letters
import pytest

from intake.questions.models import Question
from intake.submission.submission import EnteredBy
from referrals.case_page.contact_panel import wishes_of
from referrals.resident_portal.data_export_parts import parts_of
from tests.support import factories as make

pytestmark = pytest.mark.django_db
TURKISH = "kiramı ödeyemiyorum ve çok fazla borcum var"


def hints(question: Question) -> list[str]:
    return [wish.value for wish in wishes_of(question) if wish.label == "Schreef in"]


def test_turkish_words_are_known_and_an_interpreter_is_suggested_where_none_was_agreed() -> None:
    question = make.question(make.world(), "geld", words=TURKISH)
    assert question.written_in == "tr"
    assert hints(question) == ["Turks (Türkçe). Misschien is een tolk nodig: vraag het."]
    question.asker.contact_wish.language = "tr"
    assert hints(question) == ["Turks (Türkçe)"]
    told = next(part for part in parts_of(question, make.TUESDAY) if part.key == "question")
    assert ("written_in", "De taal waarin u schreef", "Türkçe") in told.rows


def test_dutch_or_too_little_suggests_nothing() -> None:
    here = make.world()
    dutch = make.question(here, "geld", words="ik kan mijn huur niet betalen en heb schulden")
    assert (dutch.written_in, hints(dutch)) == ("nl", [])
    short = make.question(here, "geld", words="?")
    assert (short.written_in, hints(short)) == ("", [])


def test_what_somebody_else_typed_is_not_the_residents_language() -> None:
    here = make.world()
    entered = EnteredBy(organisation=here["stimenz"])
    question = make.question(here, "geld", words=TURKISH, entered_by=entered)
    assert question.written_in == ""
