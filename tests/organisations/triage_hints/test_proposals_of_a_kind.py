"""What was proposed wrongly before, with more of each kind: seen by residents, right since."""

import pytest

from organisations.partnerships.models import Partnership
from organisations.triage_hints.suggestions import suggest
from tests.organisations.triage_hints.directory import directory_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def putten() -> Partnership:
    return directory_of("putten")


def slugs(partnership: Partnership, text: str) -> list[str]:
    return [found.slug for found in suggest(partnership=partnership, text=text).life_domains]


def test_who_says_nothing_yet_is_proposed_nothing(putten: Partnership) -> None:
    texts = (
        "help",
        "help!!",
        "ik weet het niet meer",
        "ik weet het gewoon niet",
        "niemand mag weten dat ik dit vraag",
        "dit mag niemand weten",
        "zoek mijn kat",
        "kat kwijt",
        "laat mij stikken",
        "bel me",
        "kan iemand bellen",
        "hallo",
    )
    assert {text: slugs(putten, text) for text in texts} == {text: [] for text in texts}


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("ons mam kan de trap nie mer op, lift", "ouder-worden"),
        ("ons pap komt de trap nie meer op", "ouder-worden"),
        ("moeder vergeet alles, ik kan nie meer", "zorgen-voor-een-ander"),
        ("mn man is dement, ik trek het nie meer", "zorgen-voor-een-ander"),
        ("brief van deurwaarder snap nie", "geld"),
        ("deurwaarder heb gebeld", "geld"),
        ("dood willen", "welbevinden"),
        ("hij leest mijn mail", "relaties"),
        ("mijn ex leest mijn appjes", "relaties"),
        ("de huur slaat nergens op", "wonen"),
        ("die huurverhoging slaat nergens op", "wonen"),
    ],
)
def test_the_right_life_domain_comes_first_or_second(
    putten: Partnership, text: str, right: str
) -> None:
    assert right in slugs(putten, text)[:2]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("ik weet het niet meer", "regels"),
        ("niemand weet dat ik dit vraag", "regels"),
        ("dood willen", "regels"),
        ("zoek mijn kat", "wonen"),
        ("dochter snijdt in haar armen", "geld"),
        ("zoon snijdt zichzelf", "geld"),
        ("de huur slaat nergens op", "veiligheid"),
        ("hij leest mijn mail", "school"),
        ("mijn man leest mijn berichten", "school"),
    ],
)
def test_a_wrong_life_domain_is_not_proposed(putten: Partnership, text: str, wrong: str) -> None:
    assert wrong not in slugs(putten, text)


@pytest.mark.parametrize(
    "text",
    [
        "grofvuil opgehaald",
        "grof vuil",
        "waar kan ik mijn oude bank kwijt",
        "lantaarnpaal stuk",
        "paspoort",
    ],
)
def test_what_the_municipality_does_is_said_to_be_its_own(putten: Partnership, text: str) -> None:
    found = suggest(partnership=putten, text=text)
    assert (found.life_domains, found.services, found.of_municipality) == ((), (), True)


def test_new_in_the_netherlands_is_not_for_who_wants_to_be_left_alone() -> None:
    oss = directory_of("oss")
    assert "nieuw-in-nederland" not in slugs(oss, "laat mij stikken")
    assert slugs(oss, "familie laten overkomen uit syrie")[0] == "nieuw-in-nederland"
