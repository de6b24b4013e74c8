"""Where and when a service is, how to come and what it costs; the search that hears."""

# ruff: noqa: RUF001 - the letters of the languages that are searched in
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.urls import reverse
from django.utils import translation

from organisations.directory.models import Service
from organisations.partnership_file.exporting import file_of
from organisations.partnership_file.loading import load
from organisations.partnership_file.reading import read_file
from organisations.services import details
from organisations.triage_hints.model import model
from tests.support.html import squeezed

pytestmark = pytest.mark.django_db
HOST = "putten.localhost"


@pytest.fixture
def putten():
    path = Path(django_settings.BASE_DIR) / "organisations" / "partnerships" / "putten.toml"
    now = datetime(2026, 11, 24, 9, tzinfo=UTC)
    return load(file=read_file(path), source=path.name, now=now).partnership


def _read(response) -> str:
    assert response.status_code == 200
    return squeezed(response.content.decode())


def page(client, name: str, *args: str) -> str:
    return _read(client.get(reverse(name, args=args), headers={"host": HOST}))


def searched(client, words: str) -> str:
    return _read(client.post(reverse("services"), {"words": words}, headers={"host": HOST}))


def found(text: str) -> list[str]:
    return re.findall(r'href="/aanbod/kijk/([a-z-]+)/"', text)


def test_the_page_says_where_when_how_and_for_how_much(client, putten):
    text = page(client, "service", "maaltijden")
    for said in (
        "Wijkcentrum De Schauw",
        "Dinsdag van 12.00 tot 13.30 uur",
        "Meld u eerst aan. Bel ",
        "€ 7,50 per keer",
        "Is er plek?",
    ):
        assert said in text
    assert "U kunt gewoon binnenlopen. Aanmelden hoeft niet." in page(client, "service", "geldcafe")
    assert "Gratis" in page(client, "service", "geldcafe")


def test_a_list_says_it_in_short(client, putten):
    assert "dinsdag van 9.30 tot 11.30 uur · Gratis" in page(client, "services_domain", "geld")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Tuesday from 9.30 to 11.30 · Free"),
        ("tr", "Salı, saat 9:30 – 11:30 arası · Ücretsiz"),
        ("pl", "wtorek od 9:30 do 11:30 · Bezpłatnie"),
        ("uk", "вівторок з 9:30 до 11:30 · Безкоштовно"),
        ("ar", "الثلاثاء من الساعة 9:30 إلى 11:30 · مجاناً"),
    ],
)
def test_times_and_cost_are_said_in_each_language(putten, language, said):
    with translation.override(language):
        assert details.in_short(Service.objects.get(slug="geldcafe")).lower() == said.lower()


def test_what_nobody_said_is_not_shown(client, putten):
    text = page(client, "service", "schuldhulp")
    for heading in ("Wanneer?", "Hoe komt u?", "Wat kost het?"):
        assert heading not in text


def test_it_comes_out_of_the_settings_as_it_went_in(putten):
    written = {service.slug: service for service in file_of(putten).services}
    assert written["maaltijden"].moments == ["dinsdag 12:00-13:30", "donderdag 12:00-13:30"]
    assert (written["maaltijden"].coming, written["maaltijden"].cost) == ("eerst-aanmelden", "7,50")
    assert written["geldcafe"].cost == "gratis"


@pytest.mark.parametrize(
    ("words", "among"),
    [
        ("er komt niemand meer langs sinds ze dood is", "maatje"),
        ("faturalarımı ödeyemiyorum", "schuldhulp"),
        ("mam długi i nie mogę zapłacić rachunków", "schuldhulp"),
        ("عندي ديون ولا أستطيع دفع الفواتير", "schuldhulp"),
    ],
)
def test_the_search_hears_what_the_question_form_hears(client, putten, words, among):
    assert model() is not None, "run manage.py learn"
    text = searched(client, words)
    assert among in found(text.partition("Waar gaat het over?")[0]), found(text)


def test_what_the_municipality_does_is_said_so(client, putten):
    text = searched(client, "grofvuil laten ophalen")
    assert "Dit doet de gemeente" in text
    assert "Dit past misschien" not in text


def test_danger_shows_the_numbers_and_no_subject(client, putten):
    text = searched(client, "mijn man slaat mij, ik durf niks meer")
    assert "0800-2000" in text
    assert "Gaat het hierover?" not in text
