"""Life domains and neighbourhoods as every process keeps them, without their database rows."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Domain:
    """A life domain, without its database row."""

    id: UUID
    slug: str
    name: str
    explanation: str
    for_staff: str


@dataclass(frozen=True, slots=True)
class Place:
    """A neighbourhood, with the GM code of its municipality."""

    id: UUID
    slug: str
    name: str
    municipality: str
