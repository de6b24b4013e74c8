"""What was written down in Dutch is read in the resident's own language and form."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import gettext, override

from intake.address_form import JE
from referrals.retold import SENTENCES, retold

TIMELINE = {"by_staff", "by_resident", "by_system", "TimelineEntry", "_entry", "_tell"}


@pytest.mark.parametrize(
    ("written", "english", "informal"),
    [
        (
            "Uw vraag ligt bij het Toegangsteam Putten.",
            "Your question is with the Toegangsteam Putten.",
            "Je vraag ligt bij het Toegangsteam Putten.",
        ),
        (
            "Uw vraag ligt bij Stimenz, omdat het gaat over geld.",
            "Your question is with Stimenz, because it is about money.",
            "Je vraag ligt bij Stimenz, omdat het gaat over geld.",
        ),
        (
            "U heeft Stimenz gesproken. Stimenz helpt u vanaf nu.",
            "You have spoken to Stimenz. Stimenz helps you from now on.",
            "Je hebt Stimenz gesproken. Stimenz helpt je vanaf nu.",
        ),
        ("Uw vraag is binnen.", "Your question has come in.", "Je vraag is binnen."),
        ("Iets heel anders.", "Iets heel anders.", "Iets heel anders."),
    ],
)
def test_a_sentence_is_told_again_as_the_page_speaks(
    written: str, english: str, informal: str
) -> None:
    with override("nl"):
        assert retold(written) == written
    with override("en"):
        assert retold(written) == english
    with override(JE):
        assert retold(written) == informal


def test_a_date_in_it_is_told_in_english_and_free_words_stay() -> None:
    with override("en"):
        told = retold("De volgende stap is op donderdag 26 november: huisbezoek bij u")
    assert "Thursday 26 November" in told
    assert told.endswith("huisbezoek bij u")


@pytest.mark.parametrize("sentence", SENTENCES)
def test_every_sentence_has_its_english(sentence: str) -> None:
    with override("en"):
        assert gettext(sentence) != sentence


def test_every_sentence_that_a_timeline_fills_in_is_known_here() -> None:
    found = set()
    for path in Path(settings.BASE_DIR, "referrals").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _name(node.func) in TIMELINE:
                found |= {text for keyword in node.keywords for text in _texts(keyword)}
    assert len(found) > 15
    assert found - set(SENTENCES) == set()


def _texts(keyword: ast.keyword) -> set[str]:
    if keyword.arg != "text":
        return set()
    return {
        str(node.args[0].value)
        for node in ast.walk(keyword.value)
        if isinstance(node, ast.Call)
        and _name(node.func) == "_"
        and isinstance(node.args[0], ast.Constant)
        and re.search(r"\{\w+\}", str(node.args[0].value))
    }


def _name(node: ast.expr) -> str:
    return str(getattr(node, "id", getattr(node, "attr", "")))
