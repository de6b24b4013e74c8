"""Types of the values in a partnership file, with error messages in Dutch."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from typing import Annotated, Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from pydantic import AfterValidator, BeforeValidator, Field

from organisations.partnership_file import words
from welzijn.core.contact_details import clean_email, clean_phone, clean_postcode, display_phone
from welzijn.core.languages import staff_name
from welzijn.core.text_cleaning import clean_text

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_RULE_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
# The codes that municipalities have or had; new ones follow on each other.
_FIRST_GM, _LAST_GM = 3, 1999
_GM = re.compile(r"GM[0-9]{4}")
_HOST = re.compile(r"(?=.{4,200}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
_SHORT_PHONE = re.compile(r"14 ?0[0-9]{2,3}")
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_COST = re.compile(r"(?!0,00)(0|[1-9][0-9]{0,3}),[0-9]{2}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?")


def _cleaned(limit: int, *, one_line: bool) -> Callable[[str], str]:
    def check(value: str) -> str:
        try:
            text = clean_text(value, limit, one_line=one_line)
        except ValidationError as error:
            if error.code == "max_length":
                raise ValueError(f"Maak de tekst korter: hoogstens {limit} tekens.") from None
            raise ValueError("In de tekst staat een teken dat niet kan. Typ hem opnieuw.") from None
        if not text:
            raise ValueError("Vul iets in, of haal de sleutel weg.")
        return text

    return check


def _line(limit: int) -> Callable[[str], str]:
    return _cleaned(limit, one_line=True)


_text = _cleaned(2000, one_line=False)


def _slug(value: str) -> str:
    if len(value) > 50 or not _SLUG.fullmatch(value):
        raise ValueError(
            "Gebruik kleine letters, cijfers en streepjes, zoals jeugd-punt (hoogstens 50 tekens)."
        )
    return value


def _rule_key(value: str) -> str:
    if not _RULE_KEY.fullmatch(value):
        raise ValueError("Gebruik kleine letters, cijfers en streepjes (hoogstens 60 tekens).")
    return value


def _gm(value: str) -> str:
    if not _GM.fullmatch(value):
        raise ValueError("Geef de GM-code van de gemeente: GM en vier cijfers, zoals GM0273.")
    if not _FIRST_GM <= int(value[2:]) <= _LAST_GM:
        raise ValueError(f"Er is geen gemeente met de code {value}. Kijk de code na bij het CBS.")
    return value


def _postcode(value: str) -> str:
    try:
        return clean_postcode(value)
    except ValidationError:
        raise ValueError(
            "Geef vier cijfers, of vier cijfers en twee letters: 3881 of 3881 AB."
        ) from None


def _phone(value: str) -> str:
    if _SHORT_PHONE.fullmatch(value.strip()):
        return value.strip()
    try:
        return display_phone(clean_phone(value))
    except ValidationError:
        raise ValueError("Dit telefoonnummer klopt niet. Bijvoorbeeld 0341 357 001.") from None


def _email(value: str) -> str:
    try:
        return clean_email(value)
    except ValidationError:
        raise ValueError("Dit e-mailadres klopt niet. Bijvoorbeeld balie@putten.example.") from None


def _url(value: str) -> str:
    try:
        URLValidator(schemes=["https", "http"])(value)
    except ValidationError:
        raise ValueError("Geef een webadres dat met https:// begint.") from None
    return value


def _host(value: str) -> str:
    if not _HOST.fullmatch(value):
        raise ValueError(
            "Geef de naam van de site zonder https:// en zonder poort: putten.voordeur.example."
        )
    return value


def _clock(value: str) -> str:
    if not _CLOCK.fullmatch(value):
        raise ValueError("Geef de tijd als uren:minuten, zoals 08:30.")
    return value


def _slot(value: str) -> str:
    begin, dash, end = value.partition("-")
    begin, end = _clock(begin.strip()), _clock(end.strip() if dash else "")
    if time.fromisoformat(begin) >= time.fromisoformat(end):
        raise ValueError("Het einde ligt voor het begin. Bijvoorbeeld 08:30-17:00.")
    return f"{begin}-{end}"


def _moment(value: str) -> str:
    day, _space, slot = value.strip().partition(" ")
    try:
        words.weekday(day)
        return f"{day} {_slot(slot)}"
    except ValueError:
        raise ValueError("Geef een dag en de tijden, zoals dinsdag 10:00-12:00.") from None


def _cost(value: str) -> str:
    if value != "gratis" and not _COST.fullmatch(value):
        raise ValueError("Geef gratis, of een bedrag per keer in euro's, zoals 2,50.")
    return value


def _language(value: str) -> str:
    if not _LANGUAGE.fullmatch(value):
        raise ValueError("Geef een taalcode, zoals nl, ar of pl.")
    if staff_name(value) == value:
        raise ValueError(f'"{value}" is geen taal. Geef een taalcode, zoals nl, ar of pl.')
    return value


def _layer(value: int) -> int:
    if value not in words.LAYERS:
        shown = ", ".join(f"{number} ({name})" for number, name in words.LAYERS.items())
        raise ValueError(f"Kies een laag van de piramide: {shown}.")
    return value


def _border(value: str) -> str:
    """Check a border: GeoJSON of an area, with rings of points in degrees."""
    wrong = "is geen GeoJSON van een Polygon of MultiPolygon in graden"
    try:
        shape = json.loads(value)
        given = shape["coordinates"]
        areas: list[Any] = {"Polygon": [given], "MultiPolygon": given}[shape["type"]]
        points = [point for area in areas for ring in area for point in ring]
        inside = all(-180 <= x <= 180 and -90 <= y <= 90 for x, y, *_height in points)
    except (ValueError, KeyError, TypeError):
        raise ValueError(wrong) from None
    if len(points) < 4 or not inside:
        raise ValueError(wrong)
    return value


def _in_dutch(subject: str) -> Callable[[str], str]:
    def check(value: str) -> str:
        words.code(subject, value)
        return value

    return check


def _which(value: str) -> str:
    if value not in words.WHICH:
        raise ValueError(words.unknown_slug_message(value, words.WHICH))
    return value


def _weekday(value: str) -> str:
    words.weekday(value)
    return value


def _day(value: Any) -> Any:
    if isinstance(value, str):
        raise ValueError("Schrijf de datum zonder aanhalingstekens: 2022-01-31.")  # noqa: TRY004 - pydantic shows ValueErrors
    return value


@dataclass(frozen=True, slots=True)
class Form:
    """The notation of a value, in Dutch, for the docs."""

    text: str


def _words(subject: str) -> Form:
    return Form("een van: " + ", ".join(words.WORDS[subject]))


Line60 = Annotated[str, Form("tekst, hoogstens 60 tekens"), AfterValidator(_line(60))]
Line80 = Annotated[str, Form("tekst, hoogstens 80 tekens"), AfterValidator(_line(80))]
Line120 = Annotated[str, Form("tekst, hoogstens 120 tekens"), AfterValidator(_line(120))]
Line160 = Annotated[str, Form("tekst, hoogstens 160 tekens"), AfterValidator(_line(160))]
Line200 = Annotated[str, Form("tekst, hoogstens 200 tekens"), AfterValidator(_line(200))]
Line300 = Annotated[str, Form("tekst, hoogstens 300 tekens"), AfterValidator(_line(300))]
Text = Annotated[
    str, Form("tekst van een of meer regels, hoogstens 2000 tekens"), AfterValidator(_text)
]
Slug = Annotated[str, Form("korte naam: kleine letters, cijfers, streepjes"), AfterValidator(_slug)]
RuleKey = Annotated[
    str, Form("korte naam: kleine letters, cijfers, streepjes"), AfterValidator(_rule_key)
]
GMCode = Annotated[str, Form("GM en vier cijfers, zoals GM0273"), AfterValidator(_gm)]
Postcode = Annotated[str, Form("3881 of 3881 AB"), AfterValidator(_postcode)]
Phone = Annotated[str, Form("telefoonnummer"), AfterValidator(_phone)]
Email = Annotated[str, Form("e-mailadres"), AfterValidator(_email)]
Url = Annotated[str, Form("webadres dat met https:// begint"), AfterValidator(_url)]
Host = Annotated[str, Form("naam van de site, zonder https://"), AfterValidator(_host)]
Clock = Annotated[str, Form("tijd, zoals 08:30"), AfterValidator(_clock)]
Slot = Annotated[str, Form("van-tot, zoals 08:30-17:00"), AfterValidator(_slot)]
Moment = Annotated[str, Form("dag van-tot: dinsdag 10:00-12:00"), AfterValidator(_moment)]
Cost = Annotated[str, Form("gratis, of euro's per keer: 2,50"), AfterValidator(_cost)]
Language = Annotated[str, Form("taalcode, zoals nl"), AfterValidator(_language)]
Layer = Annotated[int, Form("1 tot en met 4, de lichtste eerst"), AfterValidator(_layer)]
Which = Annotated[str, Form("een van: " + ", ".join(words.WHICH)), AfterValidator(_which)]
Weekday = Annotated[str, Form("een van: " + ", ".join(words.WEEKDAYS)), AfterValidator(_weekday)]
Day = Annotated[date, Form("datum zonder aanhalingstekens: 2022-01-31"), BeforeValidator(_day)]
Days = Annotated[int, Form("aantal werkdagen, 1 tot en met 250"), Field(ge=1, le=250)]
Weeks = Annotated[int, Form("aantal weken, 0 tot en met 250"), Field(ge=0, le=250)]
Months = Annotated[int, Form("aantal maanden, 1 tot en met 60"), Field(ge=1, le=60)]
Years = Annotated[int, Form("aantal jaren, 0 tot en met 100"), Field(ge=0, le=100)]
Age = Annotated[str, _words("age"), AfterValidator(_in_dutch("age"))]
Coming = Annotated[str, _words("coming"), AfterValidator(_in_dutch("coming"))]
ClockKind = Annotated[str, _words("clock_kind"), AfterValidator(_in_dutch("clock_kind"))]
OrganisationKind = Annotated[
    str, _words("organisation_kind"), AfterValidator(_in_dutch("organisation_kind"))
]
LiberationDayChoice = Annotated[
    str, _words("liberation_day"), AfterValidator(_in_dutch("liberation_day"))
]
RuleConsentChoice = Annotated[
    str, _words("rule_consent"), AfterValidator(_in_dutch("rule_consent"))
]
TextKind = Annotated[str, _words("text_kind"), AfterValidator(_in_dutch("text_kind"))]
Recurrence = Annotated[str, _words("recurrence"), AfterValidator(_in_dutch("recurrence"))]
Inhabitants = Annotated[int, Form("getal van 0 of meer"), Field(ge=0, le=20_000_000)]
Border = Annotated[str, Form("GeoJSON als tekst"), AfterValidator(_border)]
Measure = Annotated[str, _words("measure"), AfterValidator(_in_dutch("measure"))]
