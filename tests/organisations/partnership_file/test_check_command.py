"""The command that only checks a file, and the warnings that it prints."""

import io
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command

from organisations.partnership_file.reading import read, read_file
from organisations.partnership_file.soundness import find_warnings
from organisations.partnerships.models import Partnership
from tests.organisations.partnership_file.test_reading import changed

ROOT = Path(django_settings.BASE_DIR)
PUTTEN = (ROOT / "organisations" / "partnerships" / "putten.toml").read_text()
LANDERD = (ROOT / "organisations" / "partnerships" / "landerd.toml").read_text()


@pytest.mark.django_db
def test_the_command_only_checks_when_asked_to():
    out = io.StringIO()
    call_command("load_partnership", str(ROOT / "docs" / "voorbeeld.toml"), "--check", stdout=out)
    assert out.getvalue().endswith("voorbeeld.toml: klopt.\n")
    assert "Uw vraag ligt bij" in out.getvalue()
    assert not Partnership.objects.exists()


@pytest.mark.django_db
def test_the_command_names_the_file_and_writes_nothing(tmp_path):
    path = tmp_path / "putten.toml"
    path.write_text(changed("oppakken = 1", "oppakken = 0"))
    with pytest.raises(CommandError) as wrong:
        call_command("load_partnership", str(path))
    assert str(wrong.value).startswith("putten.toml: regel ")
    assert wrong.value.returncode == 1
    assert not Partnership.objects.exists()


def test_the_page_about_the_file_is_current():
    call_command("partnership_file_docs", "--check", stdout=io.StringIO())


def test_a_rule_that_never_decides_is_told_with_the_rule_that_takes_everything():
    text = changed(
        'sleutel = "geld"\nnaam = "Geld"\nals = { leefgebieden = ["geld"] }',
        'sleutel = "geld"\nnaam = "Geld"\nals = { leefgebieden = ["vervoer"] }',
    )
    found = find_warnings(read(text.encode(), source="x"), date(2026, 11, 24))
    assert len(found) == 1
    assert found[0].startswith('regels[14] ("geld") beslist nooit.')
    assert "Vervoer" in found[0]


def test_an_organisation_that_no_rule_leads_to_is_told():
    text = PUTTEN.replace('naar = { organisatie = "actief-putten" }', "naar = { triage = true }")
    text = text.replace('leefgebieden = ["bewegen", "contact"]', 'leefgebieden = ["bewegen"]')
    found = find_warnings(read(text.encode(), source="x"), date(2026, 11, 24))
    assert found == [
        'Geen regel leidt naar "actief-putten". Die krijgt alleen vragen die iemand overdraagt.'
    ]


def test_a_neighbourhood_in_a_municipality_that_has_ended_is_told():
    text = changed('gemeente = "GM1991"', 'gemeente = "GM1685"', LANDERD)
    found = find_warnings(read(text.encode(), source="x"), date(2026, 11, 24))
    assert found == [
        (
            'wijken[1] ("zeeland") ligt in Landerd. Die gemeente is opgehouden. '
            "Noem de opvolger: GM1991."
        )
    ]


@pytest.mark.parametrize("name", ["asten-someren", "beekdaelen", "landerd", "oss", "putten"])
def test_nothing_is_doubtful_about_the_five(name):
    file = read_file(ROOT / "organisations" / "partnerships" / f"{name}.toml")
    assert find_warnings(file, date(2026, 11, 24)) == []
