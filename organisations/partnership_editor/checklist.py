"""The first page of a new partnership: what is there, what is left, and what to try."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisations.partnership_editor import values
from organisations.partnership_editor.sections import SECTIONS
from organisations.partnership_editor.starting import GATE, steps_to_open
from organisations.partnership_editor.values import Plain
from organisations.partnerships.models import Partnership
from organisations.roles import readers
from organisations.roles.models import Membership, Role
from welzijn.core.working_days import local_date


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the checklist."""

    title: str
    url: str
    done: bool
    said: str = ""


@dataclass(frozen=True, slots=True)
class Checklist:
    """What has to be there before residents can come, and what makes it good."""

    needed: list[Item]
    useful: list[Item]

    @property
    def left(self) -> int:
        """The number of steps before the front door can open."""
        return sum(not item.done for item in self.needed)


def of(partnership: Partnership, *, now: datetime) -> Checklist:
    """Return the checklist of a partnership that is being set up."""
    tables = values.of_partnership(partnership)
    return Checklist(
        needed=[*_gate(tables, now), _reader(partnership, now)],
        useful=[*_rows(tables), *_people(partnership, now)],
    )


def _section(key: str) -> str:
    return reverse("partnership_section", args=[key])


def _gate(tables: Plain, now: datetime) -> Iterator[Item]:
    """Yield the sections of the file's own gate, and any other that has a fault."""
    missing = steps_to_open(tables, day=local_date(now))
    by_url: dict[str, list[str]] = {}
    for step in missing:
        by_url.setdefault(step.url, []).append(step.what)
    for key in dict.fromkeys([*GATE, *(step.section for step in missing)]):
        url = _section(key)
        names = [name for name in by_url.get(url, []) if name]
        said = _("Vul nog in: {names}.").format(names=", ".join(names)) if names else ""
        yield Item(str(SECTIONS[key].title), url, url not in by_url, said)


def _reader(partnership: Partnership, now: datetime) -> Item:
    return Item(
        _("Iemand die nieuwe vragen leest"),
        reverse("administration_invite"),
        readers.somebody_reads(partnership, now),
        _("Nodig iemand uit voor het triageteam of de balie, of vink 'leest nieuwe vragen' aan."),
    )


def _rows(tables: Plain) -> Iterator[Item]:
    for key, enough in (
        ("organisaties", 2),
        ("gemeenten", 1),
        ("wijken", 1),
        ("leefgebieden", 2),
        ("teams", 1),
        ("aanbod", 1),
    ):
        number = len(tables.get(key, []))
        said = ngettext("Er is er nu {n}.", "Er zijn er nu {n}.", number).format(n=number)
        bare = [row["naam"] for row in tables.get(key, []) if not row.get("postcodes")]
        if key == "wijken" and bare:
            said = _("Nog zonder postcodes: {names}.").format(names=", ".join(bare))
        else:
            bare = []
        yield Item(str(SECTIONS[key].title), _section(key), number >= enough and not bare, said)
    rules = len(tables.get("regels", []))
    yield Item(
        _("Verdeelregels"),
        reverse("rules"),
        rules > 0,
        ngettext("Er is er nu {n}.", "Er zijn er nu {n}.", rules).format(n=rules)
        if rules
        else _("Zonder regels leest het triageteam alles. Een coördinator maakt ze."),
    )
    invented = tables["samenwerkingsverband"].get("verzonnen", [])
    if invented:
        yield Item(
            _("Niets verzonnen meer"),
            _section("samenwerkingsverband"),
            done=False,
            said=_("Vervang eerst: {names}.").format(names=", ".join(invented)),
        )
    yield Item(
        str(SECTIONS["teksten"].title),
        _section("teksten"),
        bool(tables.get("teksten", {}).get("welkom")),
        _("Wat inwoners als eerste lezen."),
    )


def _people(partnership: Partnership, now: datetime) -> Iterator[Item]:
    active = Membership.objects.active(local_date(now)).filter(partnership=partnership)
    held = set(active.values_list("role", flat=True))
    yield Item(
        _("Een coördinator"),
        reverse("administration_invite"),
        Role.COORDINATOR in held,
        _("Die verdeelt het werk en houdt de verdeelregels bij."),
    )
    keepers = active.filter(role=Role.ADMINISTRATOR).values("user").distinct().count()
    yield Item(
        _("Een tweede beheerder"),
        reverse("administration_invite"),
        keepers > 1,
        _("Na de opening keurt een ander de teksten voor inwoners goed."),
    )
