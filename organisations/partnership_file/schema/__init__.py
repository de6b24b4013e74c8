"""The schema of a partnership file: every table and key, with its description.

Keys (the alias of a field) are Dutch, since a functional administrator writes them; descriptions
too, since `docs/partnership-file.md` and the error messages are made from them. Checks between keys
are in `check.py`.
"""

from __future__ import annotations

from pydantic import Field

from organisations.partnership_file.schema.base import Table
from organisations.partnership_file.schema.front import (
    Clocks,
    ClosingDay,
    Desk,
    FoodBank,
    Heading,
    OpeningQuestion,
    ReadingHours,
    StartingText,
    Term,
    Texts,
)
from organisations.partnership_file.schema.partners import LifeDomain, Organisation, Service, Team
from organisations.partnership_file.schema.places import (
    LearningSession,
    Municipality,
    Neighbourhood,
)
from organisations.partnership_file.schema.responsibility import (
    Assignment,
    Goal,
    Indicator,
    Report,
    Responsible,
    Retention,
    RetentionOf,
)
from organisations.partnership_file.schema.routing import RoutingRule, Target
from organisations.partnership_file.schema.translations import Translation

__all__ = [
    "Assignment",
    "Clocks",
    "ClosingDay",
    "Desk",
    "FoodBank",
    "Goal",
    "Heading",
    "Indicator",
    "LearningSession",
    "LifeDomain",
    "Municipality",
    "Neighbourhood",
    "OpeningQuestion",
    "Organisation",
    "PartnershipFile",
    "ReadingHours",
    "Report",
    "Responsible",
    "Retention",
    "RetentionOf",
    "RoutingRule",
    "Service",
    "StartingText",
    "Table",
    "Target",
    "Team",
    "Term",
    "Texts",
    "Translation",
]


class PartnershipFile(Table):
    """Een samenwerkingsverband in een bestand."""

    heading: Heading = Field(alias="samenwerkingsverband", description="wie jullie zijn")
    texts: Texts = Field(
        default=Texts.model_validate({}), alias="teksten", description="wat inwoners lezen"
    )
    opening_questions: list[OpeningQuestion] = Field(
        default=[],
        alias="openingsvragen",
        max_length=5,
        description="de vragen die een gesprek openen",
    )
    glossary: list[Term] = Field(
        default=[],
        alias="woordenlijst",
        max_length=100,
        description="woorden met een afgesproken betekenis",
    )
    desk: Desk = Field(alias="balie", description="wat onderaan elke pagina staat")
    food_bank: FoodBank | None = Field(
        default=None,
        alias="voedselbank",
        description="waar iemand zonder eten terecht kan; staat op de bladzijde met hulp",
    )
    starting_texts: list[StartingText] = Field(
        default=[],
        alias="beginteksten",
        max_length=200,
        description="teksten om mee te beginnen, voor medewerkers",
    )
    reading_hours: ReadingHours = Field(alias="leestijden", description="wanneer iemand leest")
    responsible: Responsible = Field(
        alias="verantwoordelijk", description="wie verantwoordelijk is"
    )
    retention: Retention | None = Field(
        default=None, alias="bewaartermijnen", description="hoe lang gegevens blijven"
    )
    clocks: Clocks = Field(
        default=Clocks.model_validate({}),
        alias="termijnen",
        description="wanneer iets te lang duurt",
    )
    closing_days: list[ClosingDay] = Field(
        default=[], alias="sluitingsdagen", max_length=400, description="eigen sluitingsdagen"
    )
    report: Report = Field(
        default=Report.model_validate({}), alias="rapportage", description="wat de gemeente ziet"
    )
    assignment: Assignment | None = Field(
        default=None, alias="opdracht", description="de opdracht van de gemeente"
    )
    goals: list[Goal] = Field(
        default=[], alias="doelen", max_length=50, description="doelen van de gemeente"
    )
    municipalities: list[Municipality] = Field(
        alias="gemeenten", min_length=1, max_length=50, description="de gemeenten"
    )
    neighbourhoods: list[Neighbourhood] = Field(
        alias="wijken", min_length=1, max_length=500, description="wijken en kernen"
    )
    learning_sessions: list[LearningSession] = Field(
        default=[],
        alias="leersessies",
        max_length=50,
        description="leersessies voor het hele verband",
    )
    organisations: list[Organisation] = Field(
        alias="organisaties", min_length=1, max_length=200, description="wie meedoen"
    )
    life_domains: list[LifeDomain] = Field(
        alias="leefgebieden", min_length=1, max_length=40, description="waar vragen over gaan"
    )
    teams: list[Team] = Field(
        alias="teams", min_length=1, max_length=200, description="teams, ook het triageteam"
    )
    services: list[Service] = Field(
        default=[], alias="aanbod", max_length=2000, description="wat organisaties aanbieden"
    )
    rules: list[RoutingRule] = Field(
        default=[], alias="regels", max_length=1000, description="wie pakt welke vraag op"
    )
    translations: list[Translation] = Field(
        default=[],
        alias="vertalingen",
        max_length=2000,
        description="de teksten van dit bestand in de andere talen van inwoners",
    )
