"""What was written down in Dutch is read in the resident's own language and form."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import gettext, override

from intake.people.forms_of_address import JE
from referrals.casework_base.timeline_rendering import SENTENCES, retold

# What writes a sentence down, and what makes one in the language of the page.
RECORDS = {"by_staff", "by_resident", "by_system", "TimelineEntry", "SharingBasis", "make", "give"}
OF_THE_PAGE = {"_", "gettext", "date_format", "named", "placed"}


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


def test_every_sentence_that_is_written_down_with_something_in_it_is_known_here() -> None:
    """What is written down is marked with `gettext_noop`: it has to be Dutch in the database."""
    found = set()
    for app in ("intake", "referrals"):
        for path in Path(settings.BASE_DIR, app).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and _name(node.func) == "gettext_noop":
                    found.add(ast.literal_eval(node.args[0]))
    assert len(found) > 60
    assert {text for text in found if re.search(r"\{\w+\}", text)} - set(SENTENCES) == set()


def test_no_timeline_is_written_in_the_language_of_who_writes_it() -> None:
    """A sentence marked with `_` is that of the page; in a record only within `in_dutch()`."""
    wrong = []
    for app in ("intake", "referrals"):
        for path in Path(settings.BASE_DIR, app).rglob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            dutch = {
                id(part)
                for node in ast.walk(tree)
                if isinstance(node, ast.With)
                and any("in_dutch" in ast.unparse(item.context_expr) for item in node.items)
                for part in ast.walk(node)
            }
            wrong += [
                f"{path.name}:{call.lineno}"
                for call in ast.walk(tree)
                if isinstance(call, ast.Call)
                and _name(call.func) in RECORDS
                and id(call) not in dutch
                for part in ast.walk(call)
                if isinstance(part, ast.Call) and _name(part.func) in OF_THE_PAGE
            ]
    assert wrong == []


def _name(node: ast.expr) -> str:
    return str(getattr(node, "id", getattr(node, "attr", "")))
