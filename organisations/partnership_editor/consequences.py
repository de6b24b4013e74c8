"""What a change would break, said beforehand, with what to do about it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisations.directory.capacity import count_open_work
from organisations.partnership_editor.checking import checked
from organisations.partnership_editor.values import ENDED, ORDER, Change, Plain
from organisations.partnership_file.schema import PartnershipFile
from organisations.partnership_file.soundness import find_warnings
from organisations.partnerships.models import Partnership
from organisations.rehearsal import rehearsing
from organisations.roles import readers
from organisations.roles.models import Membership
from welzijn.core.working_days import local_date

# Sections of which a change can make a rule decide nothing.
_ROUTING = frozenset({"organisaties", "teams", "leefgebieden", "wijken", "gemeenten", "regels"})


def of_change(
    partnership: Partnership,
    before: Plain,
    after: Plain,
    changes: Sequence[Change],
    file: PartnershipFile,
    now: datetime,
) -> list[str]:
    """List, in sentences for staff, what the change ends or leaves without an owner."""
    found: list[str] = []
    for section, name in _ending(changes):
        found += _ENDS[section](partnership, before, name)
    found += _settings(changes)
    found += _opening(partnership, after, changes, now)
    # Without rules nothing leads anywhere yet: while setting up, that would be said of every row.
    if after.get("regels") and any(change.section in _ROUTING for change in changes):
        day = local_date(now)
        old, _problems = checked(before, day=day)
        known = set(find_warnings(old, day)) if old is not None else set()
        found += [line for line in find_warnings(file, day) if line not in known]
    return found


def _ending(changes: Sequence[Change]) -> Iterator[tuple[str, str]]:
    """Yield the rows that get a last day, or that a file no longer names."""
    for change in changes:
        if change.section not in ENDED or change.path[-1] == ORDER:
            continue
        last_day = change.path[2:] == ("tot_en_met",) and change.after is not None
        if last_day or (len(change.path) == 2 and change.after is None):
            yield change.section, change.path[1]


def _organisation(partnership: Partnership, tables: Plain, slug: str) -> Iterator[str]:
    there = partnership.participations.filter(organisation__slug=slug).first()
    if there is None:
        return
    work = count_open_work(partnership.pk).by_organisation.get(there.organisation_id, 0)
    if work:
        yield ngettext(
            "{n} open vraag ligt bij {name}. Verdeel die op Caseload voordat zij stopt.",
            "{n} open vragen liggen bij {name}. Verdeel die op Caseload voordat zij stopt.",
            work,
        ).format(n=work, name=_name(tables, "organisaties", slug))
    people = (
        Membership.objects.active()
        .filter(partnership=partnership, organisation=there.organisation_id)
        .values("user")
        .distinct()
        .count()
    )
    if people:
        yield ngettext(
            "{n} collega heeft een rol bij {name}. Stop die op Mensen en rollen.",
            "{n} collega's hebben een rol bij {name}. Stop die op Mensen en rollen.",
            people,
        ).format(n=people, name=_name(tables, "organisaties", slug))
    yield from _used(
        tables, "teams", "organisatie", slug, _("Voor deze teams staat zij in: {names}.")
    )
    yield from _used(tables, "aanbod", "organisatie", slug, _("Dit aanbod is van haar: {names}."))
    yield from _rules(tables, "organisatie", slug)


def _team(partnership: Partnership, tables: Plain, slug: str) -> Iterator[str]:
    people = Membership.objects.active().filter(partnership=partnership, team__slug=slug).count()
    if people:
        yield ngettext(
            "{n} collega zit in dit team en leest er dan niets nieuws meer.",
            "{n} collega's zitten in dit team en lezen er dan niets nieuws meer.",
            people,
        ).format(n=people)
    yield from _rules(tables, "team", slug)


def _place(partnership: Partnership, tables: Plain, slug: str) -> Iterator[str]:
    leads = Membership.objects.active().filter(partnership=partnership, neighbourhood__slug=slug)
    if leads.exists():
        yield _("Deze wijk heeft een wijkaanjager. Stop die rol op Mensen en rollen.")
    yield from _used(tables, "teams", "wijken", slug, _("Deze teams werken hier: {names}."))
    yield from _used(tables, "aanbod", "wijken", slug, _("Dit aanbod is hier: {names}."))


def _domain(_partnership: Partnership, tables: Plain, slug: str) -> Iterator[str]:
    yield from _used(tables, "aanbod", "leefgebieden", slug, _("Dit aanbod gaat erover: {names}."))
    yield from _used(tables, "doelen", "leefgebieden", slug, _("Deze doelen gaan erover: {names}."))


def _service(partnership: Partnership, tables: Plain, slug: str) -> Iterator[str]:
    there = partnership.services.filter(slug=slug).first()
    work = count_open_work(partnership.pk).by_service.get(there.pk, 0) if there else 0
    if work:
        yield ngettext(
            "{n} open vraag heeft een plaats in {name}. Die blijft bij wie hem heeft.",
            "{n} open vragen hebben een plaats in {name}. Die blijven bij wie ze heeft.",
            work,
        ).format(n=work, name=_name(tables, "aanbod", slug))


_ENDS = {
    "organisaties": _organisation,
    "teams": _team,
    "wijken": _place,
    "leefgebieden": _domain,
    "aanbod": _service,
}


def _rules(tables: Plain, kind: str, slug: str) -> Iterator[str]:
    names = [
        rule["naam"]
        for rule in tables.get("regels", [])
        if rule["naar"].get(kind) == slug or slug in rule.get("ook_erbij", [])
    ]
    if names:
        yield _("Deze verdeelregels wijzen ernaar: {names}. Pas ze eerst aan.").format(
            names=", ".join(names)
        )


def _used(tables: Plain, section: str, key: str, slug: str, sentence: str) -> Iterator[str]:
    names = [row["naam"] for row in tables.get(section, []) if slug in _listed(row.get(key))]
    if names:
        yield sentence.format(names=", ".join(names))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _name(tables: Plain, section: str, slug: str) -> str:
    return next((r["naam"] for r in tables.get(section, []) if r["slug"] == slug), slug)


def _opening(
    partnership: Partnership, after: Plain, changes: Sequence[Change], now: datetime
) -> Iterator[str]:
    opens = any(c.path == ("samenwerkingsverband", "open") and c.after for c in changes)
    if opens and not readers.somebody_reads(partnership, now):
        yield _("Er is nog niemand die nieuwe vragen leest. Nodig eerst iemand uit.")
    if opens and (invented := after["samenwerkingsverband"].get("verzonnen")):
        yield _("Dit is nog verzonnen: {names}.").format(names=", ".join(invented))
    if opens and partnership.rehearsing_since is not None:
        n = rehearsing.questions(partnership)
        yield ngettext(
            "De oefening stopt. Alles uit de oefening wordt gewist: {n} vraag.",
            "De oefening stopt. Alles uit de oefening wordt gewist: {n} vragen.",
            n,
        ).format(n=n)


def _settings(changes: Sequence[Change]) -> Iterator[str]:
    for change in changes:
        if change.path == ("samenwerkingsverband", "open") and change.after is None:
            yield _("Inwoners kunnen dan niets meer vragen: de voordeur gaat dicht.")
        if change.path == ("samenwerkingsverband", "adres"):
            yield _("Het oude webadres werkt dan niet meer, ook niet in brieven en folders.")
        if change.path == ("samenwerkingsverband", "talen"):
            gone = sorted(set(change.before or ["nl"]) - set(change.after or ["nl"]))
            if gone:
                yield _("Inwoners kunnen deze talen niet meer kiezen: {names}.").format(
                    names=", ".join(gone)
                )
        if change.section == "bewaartermijnen" and _shorter(change):
            yield _("Een kortere bewaartermijn: gegevens die te oud zijn, worden gewist.")


def _shorter(change: Change) -> bool:
    old, new = change.before, change.after
    return isinstance(old, int) and isinstance(new, int) and new < old


def digest(sentences: Sequence[str]) -> str:
    """Return what a form sends back to say that exactly these were read."""
    return hashlib.sha256("\n".join(sentences).encode()).hexdigest()[:20]
