"""Protect what several partnerships share (organisations, municipalities) from one file.

A file may only change it for another partnership when told to (invariant 8).
"""

from __future__ import annotations

from typing import Any

from organisations.directory.models import Organisation
from organisations.partnership_file import words
from organisations.partnership_file.problems import FileProblem, FileProblemsError, key_of
from organisations.partnership_file.schema import PartnershipFile
from organisations.partnerships.models import Municipality, Partnership


def check_shared(
    file: PartnershipFile, partnership: Partnership, *, source: str, allowed: bool
) -> None:
    """Refuse to change an organisation or municipality that another partnership also uses.

    Raises FileProblemsError naming each key, the other value and whose it is. With `allowed`
    nothing is refused.
    """
    taken = (
        Partnership.objects.filter(hostname=file.heading.hostname)
        .exclude(slug=partnership.slug)
        .first()
    )
    problems: list[FileProblem] = []
    if taken is not None:
        problems.append(
            FileProblem(
                "samenwerkingsverband.adres",
                f"Dit adres is al van {taken.name}. Kies een eigen adres.",
            )
        )
    if not allowed:
        problems += _organisations(file, partnership) + _municipalities(file, partnership)
    if problems:
        raise FileProblemsError(source, problems)


def _organisations(file: PartnershipFile, partnership: Partnership) -> list[FileProblem]:
    elsewhere = Organisation.objects.filter(
        slug__in=[o.slug for o in file.organisations],
        participations__partnership__in=Partnership.objects.exclude(slug=partnership.slug),
    ).prefetch_related("participations__partnership")
    known = {o.slug: o for o in elsewhere}
    problems = []
    for index, item in enumerate(file.organisations):
        other = known.get(item.slug)
        if other is None:
            continue
        names = " en ".join(
            sorted(
                p.partnership.slug
                for p in other.participations.all()
                if p.partnership.slug != partnership.slug
            )
        )
        wanted: dict[str, tuple[Any, Any]] = {
            "naam": (other.name, item.name),
            "soort": (words.word("organisation_kind", other.kind), item.kind),
            "omschrijving": (other.description, item.description or ""),
            "telefoon": (other.phone, item.phone or ""),
            "email": (other.email, item.email or ""),
            "website": (other.website, item.website or ""),
            "toont_namen": (other.shows_worker_names, item.shows_worker_names),
        }
        problems += [
            _different(("organisaties", index, key), there, names, item.slug)
            for key, (there, here) in wanted.items()
            if there != here
        ]
    return problems


def _municipalities(file: PartnershipFile, partnership: Partnership) -> list[FileProblem]:
    elsewhere = Municipality.objects.filter(
        code__in=[m.code for m in file.municipalities],
        partnerships__in=Partnership.objects.exclude(slug=partnership.slug),
    ).prefetch_related("partnerships")
    known = {m.code: m for m in elsewhere}
    problems = _same_name(file)
    for index, item in enumerate(file.municipalities):
        other = known.get(item.code)
        if other is None:
            continue
        names = " en ".join(
            sorted(p.slug for p in other.partnerships.all() if p.slug != partnership.slug)
        )
        wanted: dict[str, tuple[Any, Any]] = {
            "naam": (other.name, item.name),
            "vanaf": (other.valid_from, item.valid_from),
            "tot_en_met": (other.valid_until, item.valid_until),
            "opvolger": (other.successor_id, item.successor),
            "clientondersteuning": (other.client_support, item.client_support or ""),
        }
        problems += [
            _different(("gemeenten", index, key), there, names, item.code)
            for key, (there, here) in wanted.items()
            if there != here
        ]
    return problems


def _same_name(file: PartnershipFile) -> list[FileProblem]:
    """Refuse a municipality that is known here under another code: one of the two is mistyped."""
    codes = {m.code for m in file.municipalities}
    there = dict(
        Municipality.objects.filter(
            name__in=[m.name for m in file.municipalities], partnerships__isnull=False
        )
        .exclude(code__in=codes)
        .values_list("name", "code")
    )
    return [
        FileProblem(
            key_of(("gemeenten", index, "code")),
            f"{item.name} is hier al bekend als {there[item.name]}. Kijk de code na bij het CBS.",
            name=item.code,
        )
        for index, item in enumerate(file.municipalities)
        if item.name in there
    ]


def _different(path: tuple[str | int, ...], there: Any, names: str, name: str) -> FileProblem:
    shown = f'"{there}"' if there not in ("", None) else "leeg"
    return FileProblem(
        key_of(path),
        f"In {names} is dit {shown}. Maak de bestanden gelijk, of laad met --gedeeld om het daar "
        "ook te veranderen.",
        name=name,
    )
