"""What gives a person away in a text for who may not know who it is about."""

import pytest
from django.core.exceptions import ValidationError

from referrals.casework_base import anonymity_check
from tests.support import factories as make
from welzijn.core import anonymity

NAMES = ["Zeynep van den Berg", "Jo"]


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Bel Zeynep morgen.", "naam"),
        ("mevrouw BERG vroeg het", "naam"),
        ("Jo vroeg het", "naam"),
        ("mail naar a.b@voordeur.example", "e-mailadres"),
        ("bel 06-12 34 56 78", "nummer"),
        ("bel +31 6 12345678", "nummer"),
        ("nummer 12345678", "nummer"),
        ("geboren op 1-2-1980", "datum"),
        ("geboren op 01/02/2010", "datum"),
        ("woont op 3881 AB", "postcode"),
        ("woont op 3881ab", "postcode"),
        ("woont op 3881 ab", "postcode"),
        ("woont op 3881 EN", "postcode"),
        ("woont op 3881en", "postcode"),
        ("woont op Dorpsstraat 12", "adres"),
    ],
)
def test_what_gives_somebody_away_is_named_once(text: str, about: str) -> None:
    [line] = anonymity.giveaways(text, NAMES)
    assert about in line


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Een moeder van 34 met drie kinderen en schulden.",
        "Zij belt van de week in de ochtend.",  # parts of names that are words
        "Een jongere zoekt een joggingclub.",  # not "Jo"
        "Op een berghelling.",  # not "Berg"
        "1234567 euro",  # seven digits are no number of somebody
        "In 2026 en 2027 kwam zij ook.",  # a year or an amount before a short word
        "Zij heeft 3000 op een rekening en 1500 in de la.",
        "Zij liep over straat 12 keer.",
        "Vanaf 3881 euro.",
    ],
)
def test_what_fits_many_people_gives_nobody_away(text: str) -> None:
    assert anonymity.giveaways(text, NAMES) == []


def test_all_that_is_found_is_named() -> None:
    text = "Zeynep, 06 12345678, a@b.example, Dorpsstraat 12, 1-1-1980"
    assert len(anonymity.giveaways(text, NAMES)) == 5


def test_without_names_none_is_looked_for() -> None:
    assert anonymity.giveaways("Zeynep vroeg het.", ["", "van"]) == []


@pytest.mark.django_db
def test_the_names_of_asker_and_subject_are_refused() -> None:
    question = make.question(
        make.world(), "geld", about="parent", name="Zeynep", subject_name="Riet"
    )
    for name in ("Zeynep", "Riet"):
        with pytest.raises(ValidationError) as refused:
            anonymity_check.check(f"{name} heeft schulden.", question)
        assert [error.code for error in refused.value.error_list] == ["person"]
        assert name not in str(refused.value)
    anonymity_check.check("Zij heeft schulden.", question)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mevrouw Yilmaz belt.", "Ay\u015fe Y\u0131lmaz"),
        ("Bjork komt zelf.", "Björk"),
        ("NGUYEN heeft schulden.", "Nguyễn"),
        ("Een vraag van Bo.", "Bo de Wit"),
        ("Het gaat over Li.", "Li"),
    ],
)
def test_a_name_is_recognised_however_it_is_typed(text: str, name: str) -> None:
    assert any("naam" in line for line in anonymity.giveaways(text, [name]))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Zij wil een boek en een fiets.", "Bo de Wit"),
        ("Er is een schuld bij de bank.", "Anna de Vries"),
        ("zij gaat aan de slag in het dorp", "In van Dorpen"),
    ],
)
def test_ordinary_words_give_nobody_away(text: str, name: str) -> None:
    assert anonymity.giveaways(text, [name]) == []


@pytest.mark.parametrize(
    "text",
    ["mail an@example.nl", "Dorpsstraat 12", "o'neillweg 3", "3881 AB", "0612345678"],
)
def test_contact_details_and_addresses_are_recognised(text: str) -> None:
    assert anonymity.giveaways(text, [])
