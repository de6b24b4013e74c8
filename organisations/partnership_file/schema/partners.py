"""Tables of organisations, teams, services and life domains."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from organisations.partnership_file.fields import (
    Age,
    ClockKind,
    Coming,
    Cost,
    Day,
    Email,
    Form,
    Layer,
    Line60,
    Line120,
    Line160,
    Line200,
    Line300,
    Moment,
    OrganisationKind,
    Phone,
    Slug,
    Text,
    Url,
    Weeks,
)
from organisations.partnership_file.schema.base import Table


class Organisation(Table):
    """Een organisatie die meedoet."""

    slug: Slug = Field(alias="slug", description="vaste korte naam, overal in het bestand gebruikt")
    name: Line120 = Field(alias="naam", description="naam van de organisatie")
    kind: OrganisationKind = Field(
        default="welzijn", alias="soort", description="soort organisatie"
    )
    description: Line300 | None = Field(
        default=None, alias="omschrijving", description="een zin voor inwoners: wat zij doen"
    )
    phone: Phone | None = Field(default=None, alias="telefoon", description="telefoon")
    email: Email | None = Field(default=None, alias="email", description="e-mail")
    website: Url | None = Field(default=None, alias="website", description="website")
    shows_worker_names: bool = Field(
        default=True,
        alias="toont_namen",
        description="false: inwoners lezen een functie, geen naam",
    )
    since: Day = Field(alias="sinds", description="doet mee vanaf")
    until: Day | None = Field(
        default=None, alias="tot_en_met", description="laatste dag dat zij meedoet"
    )
    picks_up: bool = Field(default=True, alias="pakt_op", description="pakt vragen van inwoners op")
    brings_in: bool = Field(
        default=False,
        alias="brengt_in",
        description="heeft een eigen deur: huisarts, school, initiatief",
    )
    safety_net: bool = Field(
        default=False, alias="vangnet", description="helpt met wat niemand anders doet"
    )
    contact_name: Line120 | None = Field(
        default=None, alias="contactpersoon", description="wie rollen goedkeurt zonder coördinator"
    )
    contact_email: Email | None = Field(
        default=None,
        alias="contactpersoon_email",
        description="eigen adres van de contactpersoon, voor de link om goed te keuren",
    )
    coordinator_name: Line120 | None = Field(
        default=None, alias="coordinator", description="de eerste coördinator"
    )
    coordinator_email: Email | None = Field(
        default=None,
        alias="coordinator_email",
        description="wordt bij het laden uitgenodigd, als er nog nooit een coördinator was",
    )


class LifeDomain(Table):
    """Een leefgebied, in de volgorde waarin inwoners ze zien."""

    slug: Slug = Field(alias="slug", description="vaste korte naam")
    name: Line60 = Field(alias="naam", description="in gewone taal")
    staff_name: Line60 | None = Field(
        default=None, alias="kort", description="zoals medewerkers het noemen, zoals Welbevinden"
    )
    explanation: Line160 | None = Field(default=None, alias="uitleg", description="een zin uitleg")
    words: list[Line60] = Field(
        default=[],
        alias="woorden",
        max_length=200,
        description="woorden die inwoners ervoor gebruiken",
    )
    until: Day | None = Field(
        default=None, alias="tot_en_met", description="laatste dag, als het vervalt"
    )


class Team(Table):
    """Mensen van een of meer organisaties die samenwerken."""

    slug: Slug = Field(alias="slug", description="vaste korte naam")
    name: Line120 = Field(alias="naam", description="naam van het team")
    organisation: Slug = Field(
        alias="organisatie", description="slug van de organisatie die voor het team instaat"
    )
    organisations: list[Slug] = Field(
        alias="organisaties", min_length=1, description="slugs van alle organisaties in het team"
    )
    neighbourhoods: list[Slug] = Field(
        default=[], alias="wijken", description="waar het team werkt"
    )
    description: Line300 | None = Field(
        default=None, alias="omschrijving", description="wat zij doen"
    )
    until: Day | None = Field(
        default=None, alias="tot_en_met", description="laatste dag, als het stopt"
    )


class Service(Table):
    """Aanbod van een organisatie."""

    slug: Slug = Field(alias="slug", description="vaste korte naam")
    name: Line120 = Field(alias="naam", description="naam van het aanbod")
    organisation: Slug = Field(alias="organisatie", description="slug van de organisatie")
    description: Text | None = Field(
        default=None, alias="omschrijving", description="voor inwoners"
    )
    layer: Layer = Field(alias="laag", description="plek in de piramide")
    life_domains: list[Slug] = Field(
        alias="leefgebieden", min_length=1, description="slugs van leefgebieden"
    )
    audience: list[Age] = Field(default=[], alias="leeftijden", description="leeg: iedereen")
    neighbourhoods: list[Slug] = Field(default=[], alias="wijken", description="leeg: overal")
    words: list[Line60] = Field(
        default=[],
        alias="woorden",
        max_length=200,
        description="woorden die inwoners ervoor gebruiken",
    )
    clock_kinds: list[ClockKind] = Field(
        default=[],
        alias="wettelijk",
        description="vragen met een termijn van de wet die zij behandelen",
    )
    capacity: Annotated[int, Form("getal"), Field(ge=0, le=1_000_000)] | None = Field(
        default=None,
        alias="plaatsen",
        description="hoeveel open vragen erin passen; leeg: geen grens",
    )
    waiting_weeks: Weeks = Field(
        default=0,
        alias="wachttijd_weken",
        description="wachttijd nu; zolang die er is, stuurt een regel er niemand heen",
    )
    place: Line200 | None = Field(
        default=None, alias="plek", description="waar het is: gebouw, straat en nummer"
    )
    moments: list[Moment] = Field(
        default=[], alias="tijden", max_length=30, description="vaste dagen en tijden"
    )
    coming: Coming | None = Field(
        default=None, alias="aanmelden", description="hoe een inwoner komt"
    )
    cost: Cost | None = Field(
        default=None, alias="kosten", description="wat een inwoner per keer betaalt"
    )
    url: Url | None = Field(default=None, alias="website", description="waar meer staat")
    since: Day | None = Field(default=None, alias="sinds", description="eerste dag")
    until: Day | None = Field(default=None, alias="tot_en_met", description="laatste dag")
