"""The services of a partnership as HSDS: public data only.

Left out are free places (internal to the partnership), people and their addresses. A key and the
words that residents use travel as attributes, so that an export loads to the same elsewhere.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Max

from organisations.directory.models import Organisation, PyramidLayer, Service
from organisations.exchange import hsds_models as hsds
from organisations.front_door.configuration import FrontDoor
from organisations.partnership_file import words
from organisations.partnerships.models import Partnership
from organisations.routing.facts import AGE_BANDS
from organisations.services.catalogue import available_services

_NAMESPACE = uuid.UUID("6f0f4c3e-7f5e-5a0b-9d0c-3a3f2d1b8e70")
DOMAINS, LAYERS, AGES, LEGAL = "leefgebieden", "piramide", "leeftijden", "wettelijk"
KEY, WORD, SINCE, UNTIL, WAITING = "sleutel", "zoekwoord", "sinds", "tot_en_met", "wachttijd_weken"
_OLDEST = "67+"


class Directory:
    """The public directory of one partnership, ready to be written."""

    def __init__(self, partnership: Partnership, door: FrontDoor) -> None:
        self.partnership, self.door = partnership, door
        self.services: Sequence[Service] = available_services(door, door.day)
        self.taxonomies = {one.name: one for one in _taxonomies(partnership)}
        self.terms = {(one.taxonomy, one.code): one for one in self._terms()}
        self._modified: Mapping[uuid.UUID, datetime] = dict(
            Service.objects.filter(pk__in=[s.pk for s in self.services])
            .annotate(changed=Max("history__pgh_created_at"))
            .values_list("pk", "changed")
        )

    @property
    def organisations(self) -> list[Organisation]:
        """The organisations that take part today, by name."""
        entries = self.door.vocabulary.organisations
        return sorted(
            (
                one
                for slug, one in self.door.organisations.items()
                if slug not in entries or entries[slug].takes_part(self.door.day)
            ),
            key=lambda one: one.name.lower(),
        )

    def modified(self, service: Service) -> datetime:
        """When a service's room, dates or confirmation last changed."""
        return self._modified[service.pk]

    def full(self, service: Service) -> hsds.FullService:
        """Return a service with all that hangs on it."""
        plain = self.summary(service).model_dump(exclude={"organization"})
        organisation = service.organisation
        return hsds.FullService(
            **plain,
            organization=self.nested_organisation(organisation),
            phones=_phones(organisation),
            service_areas=[
                hsds.ServiceArea(
                    id=derived("area", service.pk, place.pk),
                    service_id=service.pk,
                    name=place.name,
                )
                for place in service.neighbourhoods.all()
            ],
            attributes=[*self._by_term(service), *_by_value(service)],
        )

    def summary(self, service: Service) -> hsds.ServiceSummary:
        """Return a service with what it has once."""
        weeks = service.waiting_weeks
        sure = self.door.is_confirmed(service)
        return hsds.ServiceSummary(
            id=service.pk,
            organization_id=service.organisation_id,
            name=service.name,
            description=service.description or None,
            url=service.url or None,
            email=service.organisation.email or None,
            status="active",
            wait_time=f"{weeks} weken" if weeks else None,
            eligibility_description=_eligibility(service),
            assured_date=service.confirmed_on,
            alert=None if sure else "Lang niet nagekeken. Vraag of het nog klopt.",
            last_modified=self.modified(service),
            organization=self.organisation(service.organisation),
            **_ages(service),
        )

    def organisation(self, one: Organisation) -> hsds.OrganizationSummary:
        """Return an organisation with what it has once."""
        return hsds.OrganizationSummary(**_organisation(one))

    def nested_organisation(self, one: Organisation) -> hsds.NestedOrganization:
        """Return an organisation with its telephone."""
        return hsds.NestedOrganization(**_organisation(one), phones=_phones(one))

    def full_organisation(self, one: Organisation, *, whole: bool) -> hsds.FullOrganization:
        """Return an organisation with its services: whole, or their ids and names."""
        own = [s for s in self.services if s.organisation_id == one.pk]
        services: list[Any] = (
            [self.full(s) for s in own]
            if whole
            else [hsds.ServiceId(id=s.pk, name=s.name, status="active") for s in own]
        )
        return hsds.FullOrganization(**_organisation(one), phones=_phones(one), services=services)

    def everything(self) -> dict[str, Any]:
        """Return the whole directory, as the export writes it."""
        return {
            "version": hsds.VERSION,
            "services": written(self.full(s) for s in self.services),
            "organizations": written(
                self.full_organisation(o, whole=False) for o in self.organisations
            ),
            "taxonomies": written(self.taxonomies.values()),
            "taxonomy_terms": written(self.terms.values()),
        }

    def _terms(self) -> Iterable[hsds.TaxonomyTerm]:
        for domain in self.door.domains:
            yield self._term(DOMAINS, domain.slug, domain.name, domain.explanation, domain.id)
        for layer in PyramidLayer:
            yield self._term(LAYERS, str(layer.value), str(layer.label))
        for band, label in AGE_BANDS.items():
            yield self._term(AGES, band, str(label))
        for word in words.WORDS["clock_kind"]:
            yield self._term(LEGAL, word, word)

    def _term(
        self, taxonomy: str, code: str, name: str, about: str = "", pk: uuid.UUID | None = None
    ) -> hsds.TaxonomyTerm:
        of = self.taxonomies[taxonomy]
        return hsds.TaxonomyTerm(
            id=pk or derived(taxonomy, code, ""),
            code=code,
            name=name,
            description=about or name,
            taxonomy=taxonomy,
            taxonomy_id=of.id,
            taxonomy_detail=of,
            language="nl",
        )

    def _by_term(self, service: Service) -> Iterable[hsds.Attribute]:
        found = [(DOMAINS, d.slug) for d in service.life_domains.all()]
        found.append((LAYERS, str(service.layer)))
        found += [(AGES, band) for band in service.audience]
        found += [(LEGAL, words.word("clock_kind", kind)) for kind in service.clock_kinds]
        for key in found:
            term = self.terms.get(key)
            if term is not None:
                yield hsds.Attribute(
                    id=derived("attribute", service.pk, term.id),
                    link_id=service.pk,
                    link_entity="service",
                    link_type=key[0],
                    taxonomy_term_id=term.id,
                    taxonomy_term=term,
                )


def _taxonomies(partnership: Partnership) -> list[hsds.Taxonomy]:
    about = {
        DOMAINS: f"De leefgebieden van {partnership.name}",
        LAYERS: "De lagen van de piramide van het sociaal domein, de lichtste eerst",
        AGES: "Leeftijdsgroepen",
        LEGAL: "Vragen met een termijn van de wet",
    }
    own = {DOMAINS: partnership.slug}
    return [
        hsds.Taxonomy(
            id=derived("taxonomy", name, own.get(name, "")),
            name=name,
            description=text,
            version=hsds.VERSION,
        )
        for name, text in about.items()
    ]


def _by_value(service: Service) -> Iterable[hsds.Attribute]:
    values = [(KEY, service.slug), *((WORD, word) for word in service.words)]
    if service.since:
        values.append((SINCE, service.since.isoformat()))
    if service.until:
        values.append((UNTIL, service.until.isoformat()))
    if service.waiting_weeks:
        values.append((WAITING, str(service.waiting_weeks)))
    for kind, value in values:
        yield hsds.Attribute(
            id=derived(kind, service.pk, value),
            link_id=service.pk,
            link_entity="service",
            link_type=kind,
            value=value,
        )


def _organisation(one: Organisation) -> dict[str, Any]:
    return {
        "id": one.pk,
        "name": one.name,
        "description": one.description or one.name,
        "email": one.email or None,
        "website": one.website or None,
    }


def _phones(one: Organisation) -> list[hsds.Phone]:
    if not one.phone:
        return []
    return [hsds.Phone(id=derived("phone", one.pk, 0), organization_id=one.pk, number=one.phone)]


def _eligibility(service: Service) -> str:
    if not service.audience:
        return "Iedereen"
    return ", ".join(str(AGE_BANDS[band]) for band in AGE_BANDS if band in service.audience)


def _ages(service: Service) -> dict[str, Any]:
    """Return the youngest and oldest age, without an oldest where there is no upper limit."""
    bands = [band for band in AGE_BANDS if band in service.audience]
    if not bands:
        return {}
    ages: dict[str, Any] = {"minimum_age": int(bands[0].rstrip("+").split("-")[0])}
    if bands[-1] != _OLDEST:
        ages["maximum_age"] = int(bands[-1].split("-")[1])
    return ages


def written(parts: Iterable[hsds.Part]) -> list[dict[str, Any]]:
    """Return models as JSON objects, without what they lack."""
    return [one.model_dump(mode="json", exclude_none=True) for one in parts]


def derived(kind: str, one: object, other: object) -> uuid.UUID:
    return uuid.uuid5(_NAMESPACE, f"{kind}:{one}:{other}")
