"""A right guess that was shown and not refused is gone on with; the check page asks about it."""

import pytest

from intake.questions.models import Question
from tests.intake.resident import Resident
from tests.support import factories as make

pytestmark = pytest.mark.django_db
WORDS = "brief van deurwaarder snap nie, ik heb schulden"


def requested(words: str) -> Resident:
    make.world()
    resident = Resident()
    resident.writes(words, onderwerp={})
    return resident


def test_who_chose_nothing_goes_on_with_what_the_words_are_about() -> None:
    resident = requested(WORDS)
    assert "Klopt dit?" in resident.get("/vraag/controle/").content.decode()
    resident.sends(resident.named())
    assert [d.slug for d in Question.objects.get().life_domains.all()] == ["geld"]


def test_a_guess_that_is_refused_is_not_used() -> None:
    resident = requested(WORDS)
    assert resident.post("/vraag/controle/", guess="no")["Location"] == "/vraag/onderwerp/"
    assert "Klopt dit?" not in resident.get("/vraag/controle/").content.decode()
    resident.sends(resident.named())
    assert not Question.objects.get().life_domains.exists()


@pytest.mark.parametrize("words", ["help", "ik weet het niet meer"])
def test_where_nothing_is_likely_nothing_is_guessed(words: str) -> None:
    page = requested(words).get("/vraag/controle/")
    assert page.context["guess"] == ""
