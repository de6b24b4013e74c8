"""A wrong file: every fault at once, with file, line, key, and what would be right."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from hypothesis import given, settings
from hypothesis import strategies as st

from organisations.partnership_file.check_rules import check_on
from organisations.partnership_file.problems import FileProblem, FileProblemsError
from organisations.partnership_file.reading import MAX_BYTES, read, read_file

ROOT = Path(django_settings.BASE_DIR)
PUTTEN = (ROOT / "organisations" / "partnerships" / "putten.toml").read_text()
LANDERD = (ROOT / "organisations" / "partnerships" / "landerd.toml").read_text()


def faults(text: str | bytes) -> list[str]:
    data = text.encode() if isinstance(text, str) else text
    with pytest.raises(FileProblemsError) as found:
        read(data, source="putten.toml")
    return [str(problem) for problem in found.value.problems]


def changed(old: str, new: str, text: str = PUTTEN) -> str:
    assert old in text
    return text.replace(old, new, 1)


def line_of(text: str, words: str) -> int:
    return text[: text.index(words)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "key", "expected"),
    [
        (
            'naar = { organisatie = "jeugd-punt" }',
            'naar = { organisatie = "jeugdpunt" }',
            'regels[3].naar.organisatie ("jongeren-opgroeien")',
            'Bedoelt u "jeugd-punt"?',
        ),
        (
            'leefgebieden = ["opgroeien"] }',
            'leefgebieden = ["opgroeie"] }',
            'regels[3].als.leefgebieden[1] ("jongeren-opgroeien")',
            'Bedoelt u "opgroeien"?',
        ),
        (
            'als = { leeftijd = ["12-15"',
            'als = { leeftijden = ["12-15"',
            'regels[3].als.leeftijden ("jongeren-opgroeien")',
            'Bedoelt u "leeftijd"?',
        ),
        (
            'als = { soort_vraag = ["wmo"] }',
            'als = { soort_vraag = ["wmoo"] }',
            'regels[2].als.soort_vraag[1] ("wmo-melding")',
            'Bedoelt u "wmo"?',
        ),
        (
            "als = { minstens_leefgebieden = 3 }",
            "als = { minstens_leefgebieden = 0 }",
            'regels[8].als.minstens_leefgebieden ("breed")',
            "1 tot en met 40",
        ),
        (
            "naar = { triage = true }",
            'naar = { triage = true, team = "toegang" }',
            'regels[2].naar ("wmo-melding")',
            "Kies precies een",
        ),
        (
            "naar = { triage = true }",
            "naar = { wijkteam = true }",
            'regels[2].naar.wijkteam ("wmo-melding")',
            "Geen team heeft wijken",
        ),
        ('code = "GM0273"', 'code = "0273"', 'gemeenten[1].code ("0273")', "zoals GM0273"),
        (
            'postcodes = ["3881"]',
            'postcodes = ["0881"]',
            'wijken[1].postcodes[1] ("putten-dorp")',
            "3881 AB",
        ),
        ("dpia = 2025-11-03", 'dpia = "2025-11-03"', "verantwoordelijk.dpia", "zonder aanhalings"),
        ("dpia = 2025-11-03\n", "", "verantwoordelijk.dpia", "voordat een samenwerkingsverband"),
        ('thema = "putten"', 'thema = "puten"', "samenwerkingsverband.thema", 'u "putten"?'),
        (
            'triageteam = "toegang"',
            'triageteam = "triage"',
            "verantwoordelijk.triageteam",
            "toegang",
        ),
        ("oppakken = 1", "oppakken = 0", "termijnen.oppakken", "minstens 1"),
        ("oppakken = 1", 'oppakken = "1"', "termijnen.oppakken", "zonder aanhalingstekens"),
        ("klein_getal = 10", "klein_getal = 3", "rapportage.klein_getal", "minstens 5"),
        (
            "klein_getal = 10",
            "klein_getal = 10\nspreiding = 3.0",
            "rapportage.spreiding",
            "hoogstens de helft",
        ),
        (
            "klein_getal = 10",
            "klein_getal = 10\nhoogstens = 2",
            "rapportage.hoogstens",
            "minstens 3",
        ),
        ("open = true", "open = 1", "samenwerkingsverband.open", "true (ja) of false (nee)"),
        ('talen = ["nl", ', "talen = [", "samenwerkingsverband.talen", 'Zet "nl" erbij'),
        ('maandag = ["09:00-17:00"]', 'maandag = ["9-17"]', "leestijden.maandag[1]", "08:30"),
        (
            'maandag = ["09:00-17:00"]',
            'maandag = ["09:00-12:30", "12:00-17:00"]',
            "leestijden.maandag",
            "door elkaar",
        ),
        ("laag = 2\n", "laag = 5\n", 'aanbod[1].laag ("geldcafe")', "gespecialiseerde hulp"),
        ('naam = "Geldcafé"\n', "", 'aanbod[1].naam ("geldcafe")', "naam van het aanbod"),
        (
            'naam = "Geldcafé"\n',
            'naam = "Geldcafé"\nnaamm = "x"\n',
            'aanbod[1].naamm ("geldcafe")',
            "is hier geen sleutel. Bedoelt u",
        ),
        (
            'organisaties = ["stichting-welzijn-putten", "stimenz"',
            'organisaties = ["stimenz"',
            'teams[1].organisaties ("toegang")',
            'Zet "stichting-welzijn-putten" erbij',
        ),
        ('telefoon = "0341 000 273"', 'telefoon = "12"', "balie.telefoon", "klopt niet"),
        (
            'slug = "bijsteren"',
            'slug = "putten-dorp"',
            "wijken[2].slug",
            "staat ook al in wijken[1]",
        ),
        (
            'adres = "putten.voordeur.example"',
            'adres = "https://putten.voordeur.example"',
            "samenwerkingsverband.adres",
            "zonder https://",
        ),
        (
            'reden = "het over geld gaat"',
            'reden = "het over {geld} gaat"',
            'regels[14].reden ("geld")',
            "accolades",
        ),
    ],
)
def test_a_fault_names_its_key_and_what_would_be_right(old, new, key, expected):
    found = faults(changed(old, new))
    assert len(found) == 1, found
    assert f"{key}: " in found[0]
    assert expected in found[0]


def test_every_fault_is_told_at_once_with_its_line():
    text = changed("klein_getal = 10", "klein_getal = 3", changed("oppakken = 1", "oppakken = 0"))
    found = faults(text)
    assert len(found) == 2
    assert found[0].startswith(f"regel {line_of(text, 'oppakken')}: termijnen.oppakken: ")
    assert found[1].startswith(f"regel {line_of(text, 'klein_getal')}: rapportage.klein_getal: ")


def test_municipalities_that_follow_each_other_in_a_circle():
    text = changed(
        "inwoners = 58800\nvanaf = 2022-01-01",
        'inwoners = 58800\nvanaf = 2022-01-01\ntot_en_met = 2030-01-01\nopvolger = "GM1685"',
        LANDERD,
    )
    found = faults(text)
    assert 'gemeenten[1].opvolger ("Landerd")' in found[0]
    assert "in een kring: GM1685 -> GM1991 -> GM1685" in found[0]


def test_a_last_day_before_the_first():
    text = changed(
        "inwoners = 58800\nvanaf = 2022-01-01",
        "inwoners = 58800\nvanaf = 2022-01-01\ntot_en_met = 2021-01-01",
        LANDERD,
    )
    assert "De laatste dag (2021-01-01) ligt voor de eerste (2022-01-01)." in faults(text)[0]


def test_a_rule_to_an_organisation_that_only_brings_questions_in():
    text = changed(
        'naar = { organisatie = "jeugd-punt" }', 'naar = { organisatie = "gemeente-putten" }'
    )
    assert "regels[3].naar.organisatie" in faults(text)[0]


def test_a_rule_to_an_organisation_that_has_left():
    text = changed(
        'website = "https://jeugdpunt.example"\nsinds = 2022-01-01',
        'website = "https://jeugdpunt.example"\nsinds = 2022-01-01\ntot_en_met = 2025-12-31',
    )
    file = read(text.encode(), source="putten.toml")
    check_on(file, date(2025, 12, 31), source="putten.toml")
    with pytest.raises(FileProblemsError, match=r"regels\[3\].*Jeugd-Punt doet niet \(meer\) mee"):
        check_on(file, date(2026, 1, 1), source="putten.toml")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "leeg"),
        (b"  \n\t", "leeg"),
        (b"a\x00b", "geen tekstbestand"),
        (b"\x89PNG\r\n\x1a\n\xff\xfe", "geen UTF-8"),
        (b'naam = "Jos\xe9"', "regel 1: Hier staat een teken dat geen UTF-8 is"),
        (b"x" * (MAX_BYTES + 1), "te groot"),
        (b"[balie]\nnaam = Balie\n", "regel 2: Na de = hoort een waarde"),
        (b"[balie]\nnaam = 'a'\nnaam = 'b'\n", "regel 3: Deze sleutel staat er twee keer"),
        (b"[balie]\n[balie]\n", "regel 2: Deze tabel of lijst staat er twee keer"),
        (b'[balie]\nnaam = "Balie\n', "regel 2: Hier staat een teken dat niet kan, of mist"),
        (b"[balie]\nnaam 'x'\n", "regel 2: Na de sleutel hoort een ="),
        (b"dag = 2026-02-30\n", "regel 1: "),
        (b"x = " + b"[" * 20000, "te veel haken"),
    ],
)
def test_what_is_no_toml_says_where(data, expected):
    assert expected in "\n".join(faults(data))


def test_a_byte_order_mark_and_windows_line_ends_are_fine():
    data = b"\xef\xbb\xbf" + PUTTEN.replace("\n", "\r\n").encode()
    assert read(data, source="x") == read(PUTTEN.encode(), source="x")


@pytest.mark.parametrize("name", ["weg.toml", "."])
def test_a_path_that_is_no_file(tmp_path, name):
    with pytest.raises(FileProblemsError, match=r"bestaat niet|is een map"):
        read_file(tmp_path / name)


@settings(deadline=None)
@given(data=st.binary(max_size=200))
def test_whatever_is_in_a_file_it_is_read_or_refused(data):
    with pytest.raises(FileProblemsError):
        read(data, source="x.toml")


@settings(deadline=None, max_examples=50)
@given(
    cut=st.integers(0, len(PUTTEN) - 1),
    length=st.integers(0, 40),
    put=st.text(max_size=10),
)
def test_a_file_damaged_anywhere_is_read_or_refused(cut, length, put):
    text = PUTTEN[:cut] + put + PUTTEN[cut + length :]
    refused: tuple[FileProblem, ...] = ()
    try:
        file = read(text.encode("utf-8", "surrogatepass"), source="x.toml")
    except FileProblemsError as error:
        file, refused = None, error.problems
    assert (file is None) == bool(refused)
