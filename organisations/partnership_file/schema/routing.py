"""The rules: when, where to, why."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from organisations.partnership_file.fields import (
    Day,
    Layer,
    Line120,
    Line300,
    RuleKey,
    Slug,
)
from organisations.partnership_file.schema.base import Table


class Target(Table):
    """Waar een regel een vraag naartoe stuurt: precies een van deze sleutels."""

    organisation: Slug | None = Field(default=None, alias="organisatie", description="slug")
    team: Slug | None = Field(default=None, alias="team", description="slug")
    neighbourhood_team: bool | None = Field(
        default=None, alias="wijkteam", description="true: het team van de wijk van de inwoner"
    )
    fitting_service: bool | None = Field(
        default=None,
        alias="passend_aanbod",
        description="true: het aanbod dat het best past, lichtste eerst",
    )
    layers: list[Layer] = Field(
        default=[], alias="lagen", description="bij passend_aanbod: alleen deze lagen"
    )
    household: bool | None = Field(
        default=None, alias="gekoppelde_vraag", description="true: wie de gekoppelde vraag al heeft"
    )
    triage: bool | None = Field(default=None, alias="triage", description="true: het triageteam")


class RoutingRule(Table):
    """Een verdeelregel. De eerste regel die past, beslist; gevaar gaat altijd voor."""

    key: RuleKey = Field(alias="sleutel", description="vaste korte naam van de regel")
    name: Line120 = Field(alias="naam", description="waar de regel over gaat")
    when: dict[str, Any] = Field(alias="als", description="wanneer de regel past (zie Voorwaarden)")
    to: Target = Field(alias="naar", description="waar de vraag heen gaat")
    reason: Line300 | None = Field(
        default=None, alias="reden", description="waarom, voor de inwoner: wat na 'omdat' komt"
    )
    supporting: list[Slug] = Field(
        default=[], alias="ook_erbij", description="slugs van organisaties die meehelpen"
    )
    active_from: Day | None = Field(default=None, alias="vanaf", description="eerste dag")
    active_until: Day | None = Field(default=None, alias="tot_en_met", description="laatste dag")
