"""What a resident would see of a section that is being changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from organisations.directory import models as directory
from organisations.partnership_editor import contrast, presentation
from organisations.partnership_editor.values import Plain
from organisations.partnership_file.labels.choices import CHOICES
from organisations.partnership_file.schema.partners import Service
from organisations.services.details import audience_words
from welzijn.design_system.context_processors import theme_slugs

if TYPE_CHECKING:
    from organisations.partnership_editor.editing import Edit


@dataclass(frozen=True, slots=True)
class Preview:
    """A heading, sentences under it, and a list."""

    heading: str
    lines: list[str]
    items: list[str]


def exists(section: str) -> bool:
    """Whether residents see this section."""
    return section in _MAKERS


def of(edit: Edit) -> Preview | None:
    """Return what a resident would see of the form as it was typed."""
    row = {**edit.opened, **dict.fromkeys(edit.form.changed_keys()), **edit.form.new()}
    made = _MAKERS.get(edit.section.key)
    return made({k: v for k, v in row.items() if v is not None}, edit.tables) if made else None


def of_row(section: str, row: Plain, tables: Plain) -> Preview | None:
    """Return what a resident would see of a row."""
    made = _MAKERS.get(section)
    return made(row, tables) if made else None


def _lines(row: Plain, *keys: str) -> list[str]:
    return [str(row[key]) for key in keys if row.get(key)]


def _texts(row: Plain, _tables: Plain) -> Preview:
    welcome = _lines(row, "welkom") or [
        _("U hoeft niet te weten bij wie u moet zijn. Dat zoeken wij uit.")
    ]
    return Preview(_("Waar kunnen we u mee helpen?"), welcome, row.get("uitgangspunten", []))


def _service(row: Plain, tables: Plain) -> Preview:
    def told(key: str) -> str:
        return presentation.displayed_value(Service, key, row.get(key), tables)

    ages = audience_words(directory.Service(audience=row.get("leeftijden", [])))
    items = [
        _("Van wie? {name}").format(name=told("organisatie")),
        _("Voor wie? {ages}").format(ages=ages),
    ]
    if row.get("wijken"):
        items.append(_("Waar? {places}").format(places=told("wijken")))
    return Preview(str(row.get("naam", "")), _lines(row, "omschrijving"), items)


def _named(*keys: str, heading: str = "naam") -> Callable[[Plain, Plain], Preview]:
    return lambda row, _tables: Preview(str(row.get(heading, "")), _lines(row, *keys), [])


def _question(row: Plain, _tables: Plain) -> Preview:
    return Preview(str(row.get("vraag", "")), _lines(row, "uitleg"), _lines(row, "vraag_je"))


def _hours(row: Plain, _tables: Plain) -> Preview:
    days = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
    items = [f"{CHOICES['weekday'][day]}: {', '.join(row[day])}" for day in days if row.get(day)]
    return Preview(_("Wanneer lezen wij?"), [], items)


_MAKERS: Mapping[str, Callable[[Plain, Plain], Preview]] = {
    "teksten": _texts,
    "openingsvragen": _question,
    "woordenlijst": _named("betekenis", heading="woord"),
    "balie": _named("adres", "telefoon", "email"),
    "voedselbank": _named("adres", "open", "telefoon", "website"),
    "leestijden": _hours,
    "organisaties": _named("omschrijving", "telefoon", "email", "website"),
    "leefgebieden": _named("uitleg"),
    "aanbod": _service,
    "gemeenten": _named("clientondersteuning"),
    "verantwoordelijk": _named("contactpunt", "fg", "grondslag", heading="-"),
}


def swatches() -> list[dict[str, Any]]:
    """Return the themes with their colours and their least contrast with white and each other."""
    return [contrast.of_theme(slug) for slug in sorted(theme_slugs())]
