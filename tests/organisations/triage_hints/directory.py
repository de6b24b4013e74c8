"""Putten's life domains and services, as its file has them: the directory proposals are made of."""

from pathlib import Path

from organisations.directory.models import LifeDomain, Service
from organisations.partnership_file.reading import read_file
from organisations.partnerships.models import Partnership
from tests.support import factories

PARTNERSHIPS = Path(__file__).parents[3] / "organisations" / "partnerships"


def directory_of(slug: str) -> Partnership:
    """A partnership with the life domains and services of its file, and nothing else."""
    file = read_file(PARTNERSHIPS / f"{slug}.toml")
    partnership = factories.partnership(slug)
    domains = {
        domain.slug: LifeDomain.objects.create(
            partnership=partnership,
            slug=domain.slug,
            name=domain.name,
            explanation=domain.explanation or "",
            words=list(domain.words),
            position=place,
        )
        for place, domain in enumerate(file.life_domains)
    }
    for slug in {service.organisation for service in file.services}:
        factories.participation(partnership, factories.organisation(slug))
    for service in file.services:
        made = Service.objects.create(
            partnership=partnership,
            organisation=factories.organisation(service.organisation),
            slug=service.slug,
            name=service.name,
            description=service.description or "",
            layer=service.layer,
            words=list(service.words),
        )
        made.life_domains.set([domains[domain] for domain in service.life_domains])
    partnership.refresh_from_db()
    return partnership
