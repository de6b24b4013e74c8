"""The routing vocabulary of a file that is not loaded yet."""

from __future__ import annotations

from organisations.partnership_file import words
from organisations.partnership_file.schema import PartnershipFile
from organisations.routing import NeighbourhoodEntry, OrganisationEntry, TeamEntry, Vocabulary


def vocabulary_of(file: PartnershipFile) -> Vocabulary:
    """Return the vocabulary of a file; its organisations are those that pick questions up."""
    picking_up = [o for o in file.organisations if o.picks_up]
    return Vocabulary(
        organisations={
            o.slug: OrganisationEntry(o.slug, o.name, o.since, o.until) for o in picking_up
        },
        life_domains={d.slug: d.staff_name or d.name for d in file.life_domains},
        neighbourhoods={
            n.slug: NeighbourhoodEntry(n.slug, n.name, n.municipality) for n in file.neighbourhoods
        },
        municipalities={m.code: m.name for m in file.municipalities},
        teams={
            t.slug: TeamEntry(t.slug, t.name, t.organisation, frozenset(t.neighbourhoods))
            for t in file.teams
        },
        partners={o.slug: o.name for o in file.organisations if o.brings_in},
        languages={code: code for code in file.heading.languages},
        layers=dict(words.LAYERS),
    )
