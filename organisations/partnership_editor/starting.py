"""A new partnership from nothing: an empty one, and what is left before its door can open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.text import slugify

from organisations.partnership_editor import values
from organisations.partnership_editor.checking import checked
from organisations.partnership_editor.saving import sound
from organisations.partnership_editor.sections import SECTIONS
from organisations.partnership_editor.values import Plain
from organisations.partnership_file.labels import label_of
from organisations.partnership_file.loading import load
from organisations.partnerships.models import Partnership
from welzijn.core.working_days import local_date

# The sections that the gate asks for, whatever else is wrong.
GATE = ("leestijden", "verantwoordelijk", "bewaartermijnen")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that has to be filled in before residents can come."""

    title: str
    url: str
    section: str
    what: str = ""
    """The key of the section that is missing, as its form says it."""


def steps_to_open(tables: Plain, *, day: date) -> list[Step]:
    """Return what is left, by the gate of the file itself: its check as if the door were open."""
    opened = {
        **tables,
        "samenwerkingsverband": {**tables["samenwerkingsverband"], "open": True},
    }
    _file, problems = checked(opened, day=day)
    found: dict[str, Step] = {}
    for problem in problems:
        section = SECTIONS.get(str(problem.path[0])) if problem.path else None
        if section is None or section.elsewhere:
            continue
        title, what = str(section.title), ""
        if len(problem.path) == 2 and not section.listed:
            what = str(label_of(section.table, str(problem.path[1])).label)
            title = f"{title}: {what}"
        url = reverse("partnership_section", args=[section.key])
        found.setdefault(title, Step(title, url, section.key, what))
    return list(found.values())


def start(
    *,
    slug: str,
    name: str,
    hostname: str,
    municipality: tuple[str, str],
    organisation: str,
    phone: str,
    now: datetime,
) -> Partnership:
    """Make an empty partnership, closed to residents; the rest is filled in in the browser.

    Raises ProblemsError with the sentences of the file's checks, also where the slug is taken.
    """
    code, place = municipality
    first = slugify(organisation)[:50].strip("-")
    tables: Plain = {
        "samenwerkingsverband": {"slug": slug, "naam": name, "adres": hostname},
        "balie": {"naam": organisation, "telefoon": phone},
        "leestijden": {},
        "verantwoordelijk": {"triageteam": "triage"},
        "gemeenten": [{"code": code, "naam": place}],
        "wijken": [{"slug": slugify(place)[:50], "naam": place, "gemeente": code}],
        "organisaties": [
            {"slug": first, "naam": organisation, "sinds": local_date(now).isoformat()}
        ],
        "leefgebieden": [{"slug": "iets-anders", "naam": "Iets anders"}],
        "teams": [
            {
                "slug": "triage",
                "naam": "Triageteam",
                "organisatie": first,
                "organisaties": [first],
            }
        ],
    }
    file = sound(values.normal(tables), {}, now=now)
    return load(file=file, source="start_partnership", now=now).partnership
