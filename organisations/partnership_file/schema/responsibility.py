"""Tables of responsible people, retention terms, and the municipality's assignment."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from organisations.partnership_file.fields import (
    Day,
    Form,
    GMCode,
    Line120,
    Line160,
    Line200,
    Measure,
    RuleConsentChoice,
    Slug,
    Text,
    Years,
)
from organisations.partnership_file.schema.base import Table


class Responsible(Table):
    """Wie verantwoordelijk is (AVG). Zonder dit gaat een samenwerkingsverband niet open."""

    triage_team: Slug = Field(
        alias="triageteam", description="slug van het team dat leest wat nergens past"
    )
    joint_controller_contact: Line200 | None = Field(
        default=None,
        alias="contactpunt",
        description="contactpunt van de gezamenlijke verantwoordelijken",
    )
    privacy_officer_contact: Line200 | None = Field(
        default=None,
        alias="fg",
        description="hoe de functionaris gegevensbescherming te bereiken is",
    )
    dpia_on: Day | None = Field(default=None, alias="dpia", description="datum van de DPIA")
    legal_basis: Text | None = Field(
        default=None,
        alias="grondslag",
        description="grondslag van de eerste behandeling, in een zin die een inwoner begrijpt",
    )
    rule_consent: RuleConsentChoice = Field(
        default="alle",
        alias="instemming_verdeelregels",
        description="wie ja moet zeggen als regels veranderen wie welke vragen krijgt, van de "
        "organisaties die er vragen bij krijgen of kwijtraken",
    )


class RetentionOf(Table):
    """Een organisatie die andere termijnen heeft dan de rest."""

    organisation: Slug = Field(alias="organisatie", description="slug van de organisatie")
    advice: Years | None = Field(default=None, alias="advies", description="informatie of advies")
    welfare: Years | None = Field(default=None, alias="welzijn", description="welzijnswerk")
    wmo: Years | None = Field(default=None, alias="wmo", description="meldingen voor de Wmo")
    debts: Years | None = Field(default=None, alias="schulden", description="schuldhulp")
    youth_care: Years | None = Field(default=None, alias="jeugdhulp", description="jeugdhulp")


class Retention(Table):
    """Hoe lang gegevens blijven, in jaren na de laatste activiteit."""

    advice: Years = Field(alias="advies", description="informatie of advies zonder persoon")
    welfare: Years = Field(alias="welzijn", description="welzijnswerk")
    wmo: Years = Field(alias="wmo", description="meldingen voor de Wmo")
    debts: Years = Field(alias="schulden", description="schuldhulp")
    youth_care: Years = Field(alias="jeugdhulp", description="jeugdhulp")
    log: Years = Field(alias="inzagelog", description="wie heeft wat bekeken")
    organisations: list[RetentionOf] = Field(
        default=[], alias="organisaties", description="organisaties met andere termijnen"
    )


class Report(Table):
    """Wat de gemeente ziet."""

    small_number: Annotated[int, Form("getal van 5 of meer"), Field(ge=5, le=1000)] = Field(
        default=10,
        alias="klein_getal",
        description="kleinste groep waarvan te zien is waar de vragen over gaan",
    )
    figure_spread: Annotated[float, Form("getal van 1 tot en met 10"), Field(ge=1, le=10)] = Field(
        default=2.0, alias="spreiding", description="standaardafwijking van een cijfer"
    )
    figure_bound: Annotated[int, Form("getal van 3 tot en met 20"), Field(ge=3, le=20)] = Field(
        default=4, alias="hoogstens", description="hoeveel een cijfer er hoogstens naast zit"
    )
    population_source: Line120 | None = Field(
        default=None, alias="inwoners_bron", description="waar de aantallen inwoners vandaan komen"
    )
    population_year: Annotated[int, Form("jaartal"), Field(ge=1990, le=2100)] | None = Field(
        default=None, alias="inwoners_jaar", description="van welk jaar zij zijn"
    )
    open_data: list[GMCode] = Field(
        default=[],
        alias="open_data",
        description="GM-codes van gemeenten die hun cijfers als open data geven",
    )


class Assignment(Table):
    """De opdracht van de gemeente."""

    name: Line120 = Field(alias="naam", description="naam van de opdracht")
    since: Day = Field(alias="vanaf", description="eerste dag van het contract")
    until: Day = Field(alias="tot_en_met", description="laatste dag van het contract")
    organisations: list[Slug] = Field(
        alias="organisaties", min_length=1, description="slugs van wie de opdracht heeft"
    )
    explanation: Text | None = Field(
        default=None, alias="uitleg", description="wat de opdracht vraagt"
    )


Target = Annotated[int, Form("getal; een percentage, een aantal of werkdagen"), Field(ge=0)]


class Indicator(Table):
    """Waaraan je ziet of een doel dichterbij komt."""

    key: Slug = Field(alias="sleutel", description="vaste korte naam")
    name: Line160 = Field(alias="naam", description="wat er wordt gemeten")
    measure: Measure = Field(alias="meet", description="welk cijfer uit het systeem")
    at_least: Target | None = Field(
        default=None, alias="minstens", description="wat er minstens moet zijn"
    )
    at_most: Target | None = Field(
        default=None, alias="hoogstens", description="wat er hoogstens mag zijn"
    )


class Goal(Table):
    """Een doel van de gemeente."""

    key: Slug = Field(alias="sleutel", description="vaste korte naam")
    name: Line160 = Field(alias="naam", description="het doel")
    explanation: Text | None = Field(
        default=None, alias="uitleg", description="wat ermee bedoeld is"
    )
    priority: Annotated[int, Form("1 tot en met 9; 1 gaat voor"), Field(ge=1, le=9)] = Field(
        default=1, alias="prioriteit", description="wat voorgaat"
    )
    life_domains: list[Slug] = Field(
        default=[], alias="leefgebieden", description="slugs van leefgebieden; leeg: alle"
    )
    indicators: list[Indicator] = Field(
        default=[], alias="indicatoren", description="waaraan je het ziet"
    )
