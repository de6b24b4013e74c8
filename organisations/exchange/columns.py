"""Which column of a spreadsheet is which key of a service, and how a cell is read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisations.directory.models import PyramidLayer
from organisations.exchange.incoming import Problem, Row
from welzijn.core import dates
from welzijn.core.spreadsheets import SheetRow

# Key of the partnership file: what the screen calls it, and what a spreadsheet may call it.
COLUMNS: Mapping[str, tuple[Any, tuple[str, ...]]] = {
    "naam": (gettext_lazy("Naam"), ("aanbod", "titel", "activiteit", "dienst", "name")),
    "organisatie": (gettext_lazy("Organisatie"), ("aanbieder", "organization", "van wie")),
    "omschrijving": (
        gettext_lazy("Omschrijving"),
        ("beschrijving", "toelichting", "wat", "description"),
    ),
    "leefgebieden": (
        gettext_lazy("Leefgebieden"),
        ("leefgebied", "thema", "themas", "categorie", "domein"),
    ),
    "laag": (gettext_lazy("Laag"), ("piramide", "laag in de piramide", "layer")),
    "leeftijden": (gettext_lazy("Leeftijden"), ("leeftijd", "doelgroep", "voor wie")),
    "wijken": (gettext_lazy("Wijken of kernen"), ("wijk", "kern", "kernen", "waar", "plaats")),
    "woorden": (gettext_lazy("Zoekwoorden"), ("trefwoorden", "zoekwoord", "tags")),
    "wettelijk": (gettext_lazy("Termijn van de wet"), ("wettelijke termijn",)),
    "plaatsen": (gettext_lazy("Plaatsen"), ("capaciteit", "aantal plaatsen", "plekken")),
    "wachttijd_weken": (
        gettext_lazy("Wachttijd in weken"),
        ("wachttijd", "wachtlijst", "weken wachten"),
    ),
    "website": (gettext_lazy("Website"), ("url", "site", "webadres", "link")),
    "sinds": (gettext_lazy("Eerste dag"), ("start", "begin", "vanaf", "startdatum")),
    "tot_en_met": (gettext_lazy("Laatste dag"), ("einde", "tot", "einddatum", "stopt op")),
    "slug": (gettext_lazy("Vaste korte naam"), ("sleutel", "code", "id")),
}
_EVERYBODY = {"iedereen", "alle", "alle leeftijden", "allen"}
_NO_LIMIT = {"geen grens", "onbeperkt", "geen limiet", "-"}


def guess(head: Sequence[str]) -> dict[int, str]:
    """Return the key of each column whose heading says it; each key once."""
    found: dict[int, str] = {}
    known = {
        _plain(name): key
        for key, (label, names) in COLUMNS.items()
        for name in (key, str(label), *names)
    }
    for number, heading in enumerate(head):
        key = known.get(_plain(heading))
        if key and key not in found.values():
            found[number] = key
    return found


def _plain(heading: str) -> str:
    text = unicodedata.normalize("NFKD", heading).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", " ", text.lower()).strip()


def as_rows(
    sheet: Sequence[SheetRow], mapping: Mapping[int, str], *, organisation: str = ""
) -> tuple[list[Row], list[Problem]]:
    """Return the rows below the head, read by the mapping, and what can't be read.

    An empty cell says nothing: a new service gets the default, one that is there keeps its own.
    `organisation` is whose they are where no column says it.
    """
    rows, problems = [], []
    for line in sheet[1:]:
        values: dict[str, Any] = {}
        for column, key in sorted(mapping.items()):
            cell = line.cells[column] if column < len(line.cells) else ""
            if not cell:
                continue
            try:
                values[key] = _READ.get(key, str)(cell)
            except ValueError as error:
                problems.append(Problem(line.number, key, str(error)))
        if organisation and "organisatie" not in values:
            values["organisatie"] = organisation
        rows.append(Row(line.number, values))
    return rows, problems


def _several(cell: str) -> list[str]:
    """Split on semicolons or lines where there are any, and else on commas."""
    parts = re.split(r"[;\n|]", cell) if re.search(r"[;\n|]", cell) else cell.split(",")
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))


def _ages(cell: str) -> list[str]:
    if cell.casefold() in _EVERYBODY:
        return []
    return [part.replace(" ", "").replace("\u2013", "-") for part in _several(cell)]


def _whole(cell: str) -> int:
    if not (cell.isascii() and cell.isdigit() and len(cell) < 8):
        raise ValueError(_("Vul een heel getal in."))
    return int(cell)


def _places(cell: str) -> int | None:
    return None if cell.casefold() in _NO_LIMIT else _whole(cell)


def _layer(cell: str) -> int:
    for layer in PyramidLayer:
        if _plain(cell) in {_plain(str(layer.label)), f"{layer.value} {_plain(str(layer.label))}"}:
            return int(layer.value)
    if cell[:1] in {"1", "2", "3", "4"} and not cell[1:2].isdigit():
        return int(cell[0])
    raise ValueError(_("Vul 1, 2, 3 of 4 in. 1 is de lichtste laag."))


def _day(cell: str) -> Any:
    found = dates.parse_day(cell, timezone.localdate())
    if found is None:
        raise ValueError(_("Vul een dag in, bijvoorbeeld 24-11-2026."))
    return found


def _site(cell: str) -> str:
    return cell if "://" in cell else f"https://{cell}"


_READ: Mapping[str, Callable[[str], Any]] = {
    "leefgebieden": _several,
    "wijken": _several,
    "woorden": _several,
    "wettelijk": lambda cell: [part.lower().replace(" ", "-") for part in _several(cell)],
    "leeftijden": _ages,
    "plaatsen": _places,
    "wachttijd_weken": _whole,
    "laag": _layer,
    "sinds": _day,
    "tot_en_met": _day,
    "website": _site,
}
