"""Each of the languages for residents has every text that they meet, whole and no other."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from welzijn.devtools.resident_texts import catalogues
from welzijn.devtools.resident_texts.marked import PLACEHOLDER

LANGUAGES = sorted(catalogues.PLURALS)


def test_the_languages_of_the_switch_are_those_with_a_catalogue() -> None:
    assert {code for code, _ in settings.LANGUAGES} == {"nl", "en", *LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_for_residents_is_missing_guessed_or_unplaced(language: str) -> None:
    assert catalogues.missing(language) == []
    assert catalogues.unplaced(language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_loses_a_placeholder(language: str) -> None:
    for entry in catalogues.present(language).values():
        forms = [set(PLACEHOLDER.findall(text)) for text in (entry.dutch, entry.plural)]
        for text in entry.english:
            assert set(PLACEHOLDER.findall(text)) in (forms if entry.plural else forms[:1]), text


def test_a_number_in_groups_keeps_its_order_between_arabic_letters() -> None:
    # U+2066 to U+2069 keep what stands between them from left to right.
    grouped = re.compile(
        r"(?<!\u2066)(?:(?<![\d+])[\d+]\d*(?:[-/ ]\d+)+(?!\d)|%\(phone\)s|\{phone\})(?!\u2069)"
    )
    texts = [text for entry in catalogues.present("ar").values() for text in entry.english]
    assert [text for text in texts if grouped.search(text)] == []
    assert sum("\u2066" in text for text in texts) >= 10


def test_our_own_styles_know_no_left_and_right() -> None:
    physical = re.compile(
        r"(?:margin|padding|border)-(?:left|right)|(?:^|[\s;{])(?:left|right)\s*:"
        r"|text-align:\s*(?:left|right)|border-(?:top|bottom)-(?:left|right)|float:\s*(?:left|right)"
    )
    look = Path(settings.BASE_DIR) / "static" / "look"
    found = {
        f"{path.name}: {line.strip()}"
        for path in look.glob("*.css")
        for line in path.read_text(encoding="utf-8").splitlines()
        if physical.search(line)
    }
    assert found == set()


def test_no_number_with_a_dash_turns_round_in_arabic() -> None:
    """After an Arabic letter 0800-2000 reads 2000-0800, unless it is set apart."""
    bare = re.compile(r"(?<![\u2066\d-])\d+-\d")
    texts = [text for entry in catalogues.present("ar").values() for text in entry.english]
    assert [text for text in texts if bare.search(text)] == []
