"""The check of a file is whole: all faults at once, hints, the database, what a resident reads."""

import io
import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command

from organisations.partnership_file.reading import read
from organisations.partnership_file.soundness import find_warnings
from organisations.partnerships.models import Partnership
from tests.organisations.partnership_file.test_reading import LANDERD, PUTTEN, changed, faults

ROOT = Path(django_settings.BASE_DIR)
DAY = date(2026, 11, 24)


def load(name: str) -> None:
    path = ROOT / "organisations" / "partnerships" / f"{name}.toml"
    call_command("load_partnership", str(path), stdout=io.StringIO())


def test_an_unknown_reference_stands_beside_a_wrong_field() -> None:
    text = changed("oppakken = 1", "oppakken = 0").replace(
        'naar = { organisatie = "jeugd-punt" }', 'naar = { organisatie = "jeugdpunt" }'
    )
    found = "\n".join(faults(text))
    assert "termijnen.oppakken" in found
    assert "regels[3].naar.organisatie" in found
    assert 'Bedoelt u "jeugd-punt"?' in found


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("[[sluitingsdagen]]\ndag = 31-01-2027\n", "Schrijf een datum als jaar-maand-dag"),
        ("[[sluitingsdagen]]\ndag = 2027-1-31\n", "Schrijf een datum als jaar-maand-dag"),
        ("[[sluitingsdagen]]\ndag = 2027-02-30\n", "schrijf een datum als 2022-01-31"),
        ("[aanbod]\nslug = 'a'\n[aanbod]\nslug = 'b'\n", "zoals [[aanbod]]"),
        ("[aanbod]\nslug = 'a'\n", "[[aanbod]]"),
        ("[[regels]]\nals = { leefgebieden = ['geld'],\n }\n", "op een regel"),
        ("[[regels]]\nals = 'geld'\n", 'tussen accolades: { leefgebieden = ["geld"] }'),
    ],
)
def test_what_is_written_wrong_says_how_it_looks(data: str, expected: str) -> None:
    assert expected.lower() in "\n".join(faults(data)).lower()


def test_codes_are_real_codes() -> None:
    [gm] = faults(changed('code = "GM0273"', 'code = "GM9273"').replace('"GM0273"', '"GM9273"'))[:1]
    assert "Er is geen gemeente met de code GM9273" in gm
    assert '"xx" is geen taal' in "\n".join(
        faults(PUTTEN.replace('talen = ["nl"', 'talen = ["nl", "xx"'))
    )


def test_an_organisation_that_takes_no_questions_is_not_called_unknown() -> None:
    text = changed(
        'naar = { organisatie = "jeugd-punt" }', 'naar = { organisatie = "gemeente-putten" }'
    )
    assert '"gemeente-putten" pakt geen vragen op' in faults(text)[0]


def test_it_warns_of_a_dpia_to_come_and_of_a_safety_net_without_a_rule() -> None:
    text = LANDERD.replace(', vangnet = ["zorgcooperatie-zeeland"] }', " }", 1)
    text = text.replace("nu niemand anders kan doen", "zij samen kunnen doen")
    found = "\n".join(find_warnings(read(text.encode(), source="x"), DAY))
    assert 'organisaties[1] ("zorgcooperatie-zeeland") is een vangnet, maar' in found
    dpia = read(LANDERD.encode(), source="x").responsible.dpia_on
    assert dpia is not None
    before = dpia - timedelta(days=1)
    assert "verantwoordelijk.dpia ligt in de toekomst" in "\n".join(
        find_warnings(read(LANDERD.encode(), source="x"), before)
    )


@pytest.mark.django_db
def test_the_check_looks_at_the_database_and_prints_what_a_resident_reads(tmp_path: Path) -> None:
    call_command(
        "load_partnership",
        str(ROOT / "organisations/partnerships/putten.toml"),
        stdout=io.StringIO(),
    )
    path = tmp_path / "nieuw.toml"
    path.write_text(
        LANDERD.replace("landerd.voordeur.example", "putten.voordeur.example").replace(
            ', vangnet = ["zorgcooperatie-zeeland"] }', " }", 1
        )
    )
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(CommandError, match="Dit adres is al van") as wrong:
        call_command("load_partnership", str(path), "--check", stdout=out, stderr=err)
    assert "Dit adres is al van" in str(wrong.value)
    assert (
        "een inwoner leest bij geld: Uw vraag ligt bij ONS Welzijn, omdat het over"
        in out.getvalue()
    )
    assert "klopt." not in out.getvalue()
    path.write_text(LANDERD.replace(', vangnet = ["zorgcooperatie-zeeland"] }', " }", 1))
    with pytest.raises(CommandError, match="De reden zegt dat niemand anders helpt"):
        call_command("load_partnership", str(path), "--check", stdout=out, stderr=err)
    path.write_text(LANDERD)
    call_command("load_partnership", str(path), "--check", stdout=out, stderr=err)
    assert "niemand kan nieuwe vragen lezen" in err.getvalue()
    assert "klopt." in out.getvalue()
    assert [p.slug for p in Partnership.objects.all()] == ["putten"]


@pytest.mark.django_db
def test_a_dead_rule_is_refused_as_in_the_editor(tmp_path: Path) -> None:
    text = PUTTEN.replace(
        'sleutel = "geld"\nnaam = "Geld"\nals = { leefgebieden = ["geld"] }',
        'sleutel = "geld"\nnaam = "Geld"\nals = { leefgebieden = ["vervoer"] }',
    )
    assert text != PUTTEN
    path = tmp_path / "dood.toml"
    path.write_text(text)
    for arguments in ((), ("--check",)):
        with pytest.raises(CommandError, match="Deze regel beslist nooit"):
            call_command("load_partnership", str(path), *arguments, stdout=io.StringIO())
    assert not Partnership.objects.exists()


@pytest.mark.django_db
def test_route_takes_the_words_of_the_file() -> None:
    call_command(
        "load_partnership",
        str(ROOT / "organisations/partnerships/landerd.toml"),
        stdout=io.StringIO(),
    )

    def route(facts: dict[str, object]) -> dict[str, object]:
        out = io.StringIO()
        call_command("route", "--partnership", "landerd", "--facts", json.dumps(facts), stdout=out)
        found: dict[str, object] = json.loads(out.getvalue())
        return found

    words = route({"leefgebieden": ["gezondheid"], "wijk": "zeeland", "soort_vraag": "welzijn"})
    assert words == route({"life_domains": ["gezondheid"], "neighbourhood": "zeeland"})
    # ONS Welzijn has room for it: the cooperative does not say that nobody else has.
    assert (words["organisation"], words["rule"]) == ("ons-welzijn", "wie-het-aanbiedt")
    assert route({"leefgebieden": ["contact"], "wijk": "zeeland"})["rule"] == "vangnet"
