"""Municipalities and their neighbourhoods."""

from __future__ import annotations

from pydantic import Field

from organisations.partnership_file.fields import (
    Border,
    Clock,
    Day,
    GMCode,
    Inhabitants,
    Line80,
    Line120,
    Line160,
    Postcode,
    Recurrence,
    Slug,
    Weekday,
    Which,
)
from organisations.partnership_file.schema.base import Table


class Municipality(Table):
    """Een gemeente, met haar officiële code."""

    code: GMCode = Field(alias="code", description="GM-code van het CBS")
    name: Line80 = Field(alias="naam", description="naam van de gemeente")
    valid_from: Day | None = Field(
        default=None, alias="vanaf", description="eerste dag dat zij bestaat"
    )
    valid_until: Day | None = Field(default=None, alias="tot_en_met", description="laatste dag")
    inhabitants: Inhabitants | None = Field(
        default=None, alias="inwoners", description="aantal inwoners, voor cijfers per 1.000"
    )
    client_support: Line160 | None = Field(
        default=None,
        alias="clientondersteuning",
        description="wie gratis onafhankelijke cliëntondersteuning geeft, en het nummer",
    )
    successor: GMCode | None = Field(
        default=None, alias="opvolger", description="code van de gemeente waarin zij is opgegaan"
    )


class LearningSession(Table):
    """Een leersessie die terugkomt."""

    name: Line80 = Field(default="Leersessie", alias="naam", description="hoe de sessie heet")
    every: Recurrence = Field(
        alias="iedere", description="even-weken zijn ISO-weken met een even nummer"
    )
    which: Which | None = Field(
        default=None, alias="welke", description="bij iedere maand: de hoeveelste van die dag"
    )
    weekday: Weekday = Field(alias="dag", description="dag van de week")
    start: Clock = Field(alias="van", description="begintijd")
    end: Clock = Field(alias="tot", description="eindtijd")
    place: Line120 | None = Field(default=None, alias="plaats", description="waar")


class Neighbourhood(Table):
    """Een wijk of kern."""

    slug: Slug = Field(alias="slug", description="vaste korte naam")
    name: Line80 = Field(alias="naam", description="zoals mensen haar noemen")
    municipality: GMCode = Field(alias="gemeente", description="GM-code van de gemeente")
    postcodes: list[Postcode] = Field(
        default=[],
        alias="postcodes",
        description="twee wijken mogen een postcode delen: dan kiest de inwoner",
    )
    until: Day | None = Field(
        default=None, alias="tot_en_met", description="laatste dag, als zij vervalt"
    )
    inhabitants: Inhabitants | None = Field(
        default=None, alias="inwoners", description="aantal inwoners, voor cijfers per 1.000"
    )
    border: Border | None = Field(
        default=None,
        alias="grens",
        description="grens als GeoJSON (Polygon of MultiPolygon, in graden), voor de kaart",
    )
    learning_sessions: list[LearningSession] = Field(
        default=[], alias="leersessies", description="leersessies van deze wijk"
    )
