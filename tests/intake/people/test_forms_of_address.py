"""U or je: a resident is spoken to in one form, from the first page to the last mail."""

import re
import tomllib
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import get_language, gettext, override

from intake.people.forms_of_address import JE, in_form, in_je, in_their_form
from welzijn.devtools.resident_texts.marked import entries, in_code, in_template

SAYS_U = re.compile(r"\b[Uu](w|zelf)?\b")
CATALOGUE = Path(settings.BASE_DIR) / "welzijn" / "locale" / "nl_JE" / "LC_MESSAGES" / "django.po"


@pytest.mark.parametrize(
    ("polite", "informal"),
    [
        ("Wat heeft u nodig? Wat kunt u?", "Wat heb je nodig? Wat kun je?"),
        ("Woont u in Someren?", "Woon je in Someren?"),
        ("Weet u het niet?", "Weet je het niet?"),
        ("Een vrijwilliger brengt u naar de dokter.", "Een vrijwilliger brengt je naar de dokter."),
        ("Samen brengt u orde in uw papieren.", "Samen breng je orde in je papieren."),
        ("Iemand die tijd voor u heeft.", "Iemand die tijd voor jou heeft."),
        ("Wij doen het met u, niet over u.", "Wij doen het met je, niet over jou."),
        ("U voelt zich niet veilig.", "Je voelt je niet veilig."),
        ("Wat u net heeft gestuurd, hebben wij.", "Wat je net hebt gestuurd, hebben wij."),
        ("Zij zoeken uit wat u nodig heeft.", "Zij zoeken uit wat je nodig hebt."),
        ("Hulp van uzelf. Om 16.00 u.", "Hulp van jezelf. Om 16.00 u."),
        ("Uw buurt, een uur, uit huis.", "Je buurt, een uur, uit huis."),
    ],
)
def test_dutch_that_says_u_becomes_dutch_that_says_je(polite: str, informal: str) -> None:
    assert in_je(polite) == informal


def test_no_u_is_left_in_what_the_five_partnerships_say_to_the_young() -> None:
    folder = Path(settings.BASE_DIR) / "organisations" / "partnerships"
    shown = [
        text for file in folder.glob("*.toml") for text in _texts(tomllib.loads(file.read_text()))
    ]
    polite = [text for text in shown if SAYS_U.search(text)]
    assert len(polite) > 100
    assert [text for text in polite if SAYS_U.search(in_je(text))] == []


def _texts(part: object) -> list[str]:
    if isinstance(part, dict):
        return [text for value in part.values() for text in _texts(value)]
    if isinstance(part, list):
        return [text for value in part for text in _texts(value)]
    return [part] if isinstance(part, str) else []


def test_the_catalogue_of_je_translates_only_u_and_leaves_none() -> None:
    for entry in entries(CATALOGUE):
        assert SAYS_U.search(entry.dutch), entry.dutch
        assert entry.english != [""], entry.dutch
        assert not SAYS_U.search(entry.english[0]), entry.english


def test_a_page_says_je_only_in_dutch_and_only_to_whom_it_fits() -> None:
    with override("nl"):
        with in_form(je=True):
            assert get_language() == JE
            assert gettext("Uw vraag") == "Je vraag"
            assert in_their_form("Wij helpen u.") == "Wij helpen je."
        with in_form(je=False):
            assert gettext("Uw vraag") == "Uw vraag"
            assert in_their_form("Wij helpen u.") == "Wij helpen u."
    with override("en"), in_form(je=True):
        assert gettext("Uw vraag") == "Your question"


def test_what_the_five_partnerships_say_on_the_way_in_has_its_english() -> None:
    folder = Path(settings.BASE_DIR) / "organisations" / "partnerships"
    shown: set[str] = set()
    for file in folder.glob("*.toml"):
        read = tomllib.loads(file.read_text())
        welcome = read["teksten"]["welkom"].strip()
        shown |= {
            welcome.removeprefix("Waar kunnen we u mee helpen?").strip(),
            *read["teksten"]["uitgangspunten"],
            *(domain["naam"] for domain in read["leefgebieden"]),
            *(domain.get("uitleg", "") for domain in read["leefgebieden"]),
            *(organisation.get("omschrijving", "") for organisation in read["organisaties"]),
            *(rule.get("reden", "") for rule in read["regels"]),
            *_texts(read.get("openingsvragen", [])),
            read["verantwoordelijk"]["grondslag"].strip(),
        }
    shown -= {"", *(q["sleutel"] for f in folder.glob("*.toml") for q in _openings(f))}
    with override("en"):
        assert sorted(text for text in shown if in_their_form(text) == text) == []


def _openings(file: Path) -> list[dict[str, str]]:
    found: list[dict[str, str]] = tomllib.loads(file.read_text()).get("openingsvragen", [])
    return found


# What only somebody who has asked meets: there are no two sentences in its source, but a catalogue.
OWN_PAGE = (
    "templates/referrals/follow/*.html",
    "templates/referrals/*/resident.html",
    "templates/notifications/resident/*",
    "templates/errors/*.html",
    "templates/components/danger.html",
    "templates/components/footer.html",
    "referrals/resident_portal/views.py",
    "referrals/resident_portal/check_views.py",
    "referrals/resident_portal/page.py",
    "referrals/resident_portal/forms.py",
    "intake/access_log/resident_log.py",
)


def test_every_sentence_of_the_own_page_that_says_u_has_its_je() -> None:
    root = Path(settings.BASE_DIR)
    shown = {
        text
        for pattern in OWN_PAGE
        for path in root.glob(pattern)
        for _context, text in (in_code if path.suffix == ".py" else in_template)(path.read_text())
    }
    assert len(shown) > 100
    missing = {text for text in shown if SAYS_U.search(text)} - {
        entry.dutch for entry in entries(CATALOGUE)
    }
    assert missing == set(), "see CONTRIBUTING.md, Texts"
