"""The services (aanbod) of a partnership: by life domain, by search, and as an overview."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from uuid import UUID

from django.db import connection

from organisations.directory.models import PyramidLayer, Service
from organisations.front_door.configuration import FrontDoor
from organisations.front_door.places import Domain

_MAX_WORDS = 300
# Similarity that a misspelt word needs to one of the services' words (pg_trgm, 0 to 1).
_NEAR = 0.55

# A service's own words weigh most, then its description, then the names of its life domains. Any
# word typed may match (| instead of &), since people write sentences. Results that score far below
# the best are dropped, so that one common word does not bring in everything.
_SEARCH = """
WITH offered AS (
    SELECT s.id,
        lower(unaccent(concat_ws(' ', s.name, array_to_string(s.words, ' ')))) AS own,
        lower(unaccent(concat_ws(' ', s.description, o.name))) AS said,
        lower(unaccent(coalesce((
            SELECT string_agg(concat_ws(' ', d.name, array_to_string(d.words, ' ')), ' ')
            FROM organisations_service_life_domains sd
            JOIN organisations_lifedomain d ON d.id = sd.lifedomain_id
            WHERE sd.service_id = s.id), ''))) AS domains
    FROM organisations_service s
    JOIN organisations_organisation o ON o.id = s.organisation_id
    WHERE s.id = ANY(%(ids)s)
), asked AS (
    SELECT lower(unaccent(%(words)s)) AS words,
        replace(plainto_tsquery('dutch', lower(unaccent(%(words)s)))::text, '&', '|')::tsquery
            AS query
), matched AS (
    SELECT offered.id,
        ts_rank(setweight(to_tsvector('dutch', own), 'A')
            || setweight(to_tsvector('dutch', said), 'C')
            || setweight(to_tsvector('dutch', domains), 'D'), asked.query) AS found,
        near_own, near_domains
    FROM offered CROSS JOIN asked CROSS JOIN LATERAL (
        SELECT coalesce(max(strict_word_similarity(word, offered.own)), 0) AS near_own,
            coalesce(max(strict_word_similarity(word, offered.domains)), 0)
                AS near_domains
        FROM unnest(string_to_array(asked.words, ' ')) AS word
        WHERE length(word) >= 5
    ) AS near
), scored AS (
    SELECT id, found
        + CASE WHEN near_own >= %(near)s THEN near_own / 2 ELSE 0 END
        + CASE WHEN near_domains >= %(near)s THEN near_domains / 10 ELSE 0 END AS score
    FROM matched
)
SELECT id FROM scored
WHERE score > 0 AND score >= (SELECT max(score) FROM scored) * %(least)s
ORDER BY score DESC, id LIMIT %(most)s
"""
_LEAST = 0.2
_MOST = 8


def available_services(door: FrontDoor, on: date) -> tuple[Service, ...]:
    """Return today's services of organisations that take part: lightest layer, confirmed first."""
    entries = door.vocabulary.organisations
    return tuple(
        sorted(
            (
                service
                for service in door.services
                if (entry := entries.get(service.organisation.slug)) is None or entry.takes_part(on)
            ),
            key=lambda service: (
                service.layer,
                not door.is_confirmed(service),
                service.name.lower(),
            ),
        )
    )


def services_on(services: Iterable[Service], domain: Domain) -> tuple[Service, ...]:
    """Return the services on one life domain, in the order given."""
    return tuple(
        service
        for service in services
        if any(found.id == domain.id for found in service.life_domains.all())
    )


def search(services: Sequence[Service], words: str) -> list[Service]:
    """Return the services that match free text, best first; one query.

    Matches Dutch word forms, ignores accents and case, and tolerates a misspelt word of five
    letters or more. The text is not stored.
    """
    text = words[:_MAX_WORDS].strip()
    if not text or not services:
        return []
    by_id = {service.id: service for service in services}
    with connection.cursor() as cursor:
        cursor.execute(
            _SEARCH,
            {
                "ids": list(by_id),
                "words": text,
                "near": _NEAR,
                "least": _LEAST,
                "most": _MOST,
            },
        )
        return [by_id[row[0]] for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class OverviewRow:
    """One life domain in the overview: its services per layer, gaps and overlaps.

    `nothing`: no service at all; `nothing_light`: none on the two lightest layers. `overlaps` are
    services of different organisations for the same people on the same layer. They are shown for
    discussion; no rule acts on them.
    """

    domain: Domain
    cells: tuple[tuple[int, tuple[Service, ...]], ...]
    nothing: bool
    nothing_light: bool
    overlaps: tuple[tuple[Service, Service], ...]


@dataclass(frozen=True, slots=True)
class PlaceMark:
    """One layer of a life domain in a neighbourhood: the organisations that offer something."""

    layer: int
    organisations: tuple[str, ...]

    @property
    def radius(self) -> int:
        """How large the mark is drawn: more for each organisation, up to three."""
        return 3 + min(len(self.organisations), 3) if self.organisations else 4


def by_place(
    door: FrontDoor, services: Sequence[Service]
) -> list[tuple[Domain, list[list[PlaceMark]]]]:
    """Return for each life domain a list of places, each with a mark for each layer.

    A service without neighbourhoods is everywhere.
    """
    offered: dict[tuple[UUID, UUID, int], set[str]] = defaultdict(set)
    every = [place.id for place in door.places]
    for service in services:
        where = [place.id for place in service.neighbourhoods.all()] or every
        for domain in service.life_domains.all():
            for place in where:
                offered[domain.id, place, service.layer].add(service.organisation.name)
    return [
        (
            domain,
            [
                [
                    PlaceMark(layer.value, tuple(sorted(offered[domain.id, place.id, layer.value])))
                    for layer in PyramidLayer
                ]
                for place in door.places
            ],
        )
        for domain in door.domains
    ]


def overview(door: FrontDoor, services: Sequence[Service]) -> list[OverviewRow]:
    """Return every life domain with its services per layer of the pyramid, its gap and overlaps."""
    rows = []
    for domain in door.domains:
        found = services_on(services, domain)
        cells = tuple(
            (layer.value, tuple(s for s in found if s.layer == layer.value))
            for layer in PyramidLayer
        )
        rows.append(
            OverviewRow(
                domain=domain,
                cells=cells,
                nothing=not found,
                nothing_light=bool(found)
                and not any(s.layer <= PyramidLayer.COMMUNITY for s in found),
                overlaps=tuple(
                    pair
                    for _layer, cell in cells
                    for pair in combinations(cell, 2)
                    if _for_the_same_people(*pair)
                ),
            )
        )
    return rows


def _for_the_same_people(one: Service, other: Service) -> bool:
    if one.organisation_id == other.organisation_id:
        return False
    ages = not one.audience or not other.audience or set(one.audience) & set(other.audience)
    here = {place.id for place in one.neighbourhoods.all()}
    there = {place.id for place in other.neighbourhoods.all()}
    return bool(ages) and (not here or not there or bool(here & there))
