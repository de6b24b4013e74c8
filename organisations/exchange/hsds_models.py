"""The parts of the Human Services Data Specification (HSDS 3.1) that the directory fills.

Written from the specification. What it calls required is required here; a field that it doesn't
know is refused, so that nothing else travels. Each id is a UUID.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from pydantic.functional_validators import AfterValidator

VERSION = "3.1"
PROFILE = "https://docs.openreferral.org/en/v3.1/hsds/"


def _uri(value: str) -> str:
    if not value.startswith(("http://", "https://")) or any(one.isspace() for one in value):
        raise ValueError("no absolute web address")
    return value


def _email(value: str) -> str:
    box, at, host = value.rpartition("@")
    if not (box and at and "." in host) or any(one.isspace() for one in value):
        raise ValueError("no e-mail address")
    return value


Uri = Annotated[str, AfterValidator(_uri)]
Email = Annotated[str, AfterValidator(_email)]
Name = Annotated[str, Field(min_length=1)]


class Part(BaseModel):
    """Anything with an id."""

    model_config = ConfigDict(extra="forbid")

    id: UUID


class Taxonomy(Part):
    """A list of terms that belong together."""

    name: Name
    description: Name
    uri: Uri | None = None
    version: str | None = None


class TaxonomyTerm(Part):
    """A term: a life domain, a layer of the pyramid, an age group or a term of the law."""

    name: Name
    description: Name
    code: str | None = None
    parent_id: UUID | None = None
    taxonomy: str | None = None
    taxonomy_id: UUID | None = None
    taxonomy_detail: Taxonomy | None = None
    language: str | None = None
    term_uri: Uri | None = None


class Attribute(Part):
    """What is said of a service by a term, or by a value."""

    link_id: UUID
    link_entity: Literal["service"]
    link_type: str | None = None
    value: str | None = None
    taxonomy_term_id: UUID | None = None
    taxonomy_term: TaxonomyTerm | None = None


class Phone(Part):
    """A telephone number."""

    number: Name
    organization_id: UUID | None = None
    service_id: UUID | None = None
    type: str | None = None
    description: str | None = None


class ServiceArea(Part):
    """Where a service is offered: a neighbourhood."""

    name: str
    service_id: UUID | None = None
    description: str | None = None
    extent: str | None = None
    extent_type: Literal["geojson", "topojson", "kml", "text"] | None = None


class OrganizationSummary(Part):
    """An organisation in a list, or beside its service."""

    name: Name
    description: Name
    email: Email | None = None
    website: Uri | None = None


class ServiceSummary(Part):
    """A service in a list: only what it has once."""

    name: Name
    status: Literal["active", "inactive", "defunct", "temporarily closed"]
    organization_id: UUID | None = None
    description: str | None = None
    url: Uri | None = None
    email: Email | None = None
    application_process: str | None = None
    wait_time: str | None = None
    eligibility_description: str | None = None
    minimum_age: float | None = None
    maximum_age: float | None = None
    assured_date: date | None = None
    alert: str | None = None
    last_modified: AwareDatetime | None = None
    organization: OrganizationSummary | None = None


class NestedOrganization(OrganizationSummary):
    """An organisation with what hangs on it."""

    phones: list[Phone] = []


class FullService(ServiceSummary):
    """A service with all that hangs on it."""

    organization: NestedOrganization | None = None
    phones: list[Phone] = []
    service_areas: list[ServiceArea] = []
    attributes: list[Attribute] = []


class Location(Part):
    """A place: here a neighbourhood, which has no address."""

    location_type: Literal["physical", "postal", "virtual"]
    name: str | None = None
    description: str | None = None


class ServiceAtLocation(Part):
    """A service at one place."""

    service_id: UUID
    location_id: UUID
    location: Location


class ServiceId(Part):
    """A service of an organisation, by its id."""

    name: Name
    status: Literal["active", "inactive", "defunct", "temporarily closed"]


class FullOrganization(NestedOrganization):
    """An organisation with its services: whole, or only their ids and names."""

    services: list[FullService] | list[ServiceId] = []


class MinimalService(Part):
    """What `minimal` asks for: the id and when it last changed."""

    modified_date: AwareDatetime


class ApiInformation(BaseModel):
    """What the API says of itself."""

    model_config = ConfigDict(extra="forbid")

    version: str
    profile: Uri
    openapi_url: Uri
