"""HSDS that comes in: an export, a page of an API, an array of services, or a line each.

What another directory calls a life domain or a layer is found by key or name; what it lacks is
given by the options. Free places never travel, so a new service has no limit.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from organisations.exchange import hsds_writing as names
from organisations.exchange.incoming import MOST_ROWS, Row
from organisations.routing.facts import AGE_BANDS

MAX_BYTES = 20_000_000


class NotHsdsError(ValueError):
    """A file that holds no services of HSDS."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the file doesn't say: term to life domain, and a layer, domain or organisation."""

    domains: Mapping[str, str] = field(default_factory=dict)
    domain: str | None = None
    layer: int | None = None
    organisation: str | None = None


def rows(data: bytes, options: Options) -> list[Row]:
    """Return the services of a file as rows. Raises NotHsdsError."""
    if len(data) > MAX_BYTES:
        raise NotHsdsError(f"Dit bestand is te groot: hoogstens {MAX_BYTES // 1_000_000} MB.")
    found = list(_services(data))
    if len(found) > MOST_ROWS:
        raise NotHsdsError(f"Hier staan er te veel in: hoogstens {MOST_ROWS}.")
    return [_row(number, one, options) for number, one in enumerate(found, start=1)]


def _services(data: bytes) -> Iterator[Mapping[str, Any]]:
    try:
        text = data.decode("utf-8-sig")
        try:
            whole = json.loads(text)
        except json.JSONDecodeError:
            whole = [json.loads(line) for line in text.splitlines() if line.strip()]
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        raise NotHsdsError("Dit is geen JSON van HSDS.") from None
    if isinstance(whole, Mapping):
        whole = whole.get("services", whole.get("contents", [whole]))
    if not isinstance(whole, list) or not all(
        isinstance(one, Mapping) and "name" in one for one in whole
    ):
        raise NotHsdsError("Hier staat geen aanbod in zoals HSDS dat schrijft.")
    yield from whole


def _row(number: int, one: Mapping[str, Any], options: Options) -> Row:
    terms: dict[str, list[str]] = {}
    values: dict[str, list[str]] = {}
    for attribute in _list(one, "attributes"):
        term = attribute.get("taxonomy_term")
        kind = str(attribute.get("link_type") or "")
        if isinstance(term, Mapping):
            taxonomy = str(term.get("taxonomy") or kind)
            known = taxonomy if taxonomy in _OWN else names.DOMAINS
            code = str(term.get("code") or term.get("name") or "")
            label = str(term.get("name") or code)
            terms.setdefault(known, []).append(
                options.domains.get(code, options.domains.get(label, ""))
                or (code if taxonomy in _OWN else label)
            )
        elif attribute.get("value"):
            values.setdefault(kind, []).append(str(attribute["value"]))
    organisation = one.get("organization")
    found: dict[str, Any] = {
        "naam": str(one["name"]),
        "organisatie": options.organisation
        or (str(organisation.get("name", "")) if isinstance(organisation, Mapping) else ""),
        "omschrijving": _text(one.get("description")),
        "leefgebieden": terms.get(names.DOMAINS) or ([options.domain] if options.domain else []),
        "leeftijden": terms.get(names.AGES) or _bands(one),
        "wijken": [str(area["name"]) for area in _list(one, "service_areas") if area.get("name")],
        "woorden": values.get(names.WORD, []),
        "wettelijk": terms.get(names.LEGAL, []),
        "website": _text(one.get("url")),
        "wachttijd_weken": _whole(values.get(names.WAITING)) or 0,
        "sinds": _day(values.get(names.SINCE)),
        "tot_en_met": _day(values.get(names.UNTIL)),
    }
    if values.get(names.KEY):
        found["slug"] = values[names.KEY][0]
    layer = _whole(terms.get(names.LAYERS)) or options.layer
    if layer is not None:
        found["laag"] = layer
    return Row(number, found, id=_id(one), confirmed_on=_day([str(one.get("assured_date"))]))


_OWN = frozenset({names.DOMAINS, names.LAYERS, names.AGES, names.LEGAL})


def _list(one: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    found = one.get(key)
    return [part for part in found if isinstance(part, Mapping)] if isinstance(found, list) else []


def _text(value: Any) -> str | None:
    return str(value).strip() or None if value else None


def _whole(values: list[str] | None) -> int | None:
    first = values[0] if values else ""
    return int(first) if first.isascii() and first.isdigit() and len(first) < 6 else None


def _day(values: list[str] | None) -> date | None:
    try:
        return date.fromisoformat(values[0][:10]) if values else None
    except ValueError:
        return None


def _id(one: Mapping[str, Any]) -> UUID | None:
    try:
        return UUID(str(one.get("id")))
    except ValueError:
        return None


def _bands(one: Mapping[str, Any]) -> list[str]:
    """Return the age bands between the youngest and the oldest age; none means everybody."""
    low, high = one.get("minimum_age"), one.get("maximum_age")
    if not isinstance(low, int | float) and not isinstance(high, int | float):
        return []
    youngest = low if isinstance(low, int | float) else 0
    oldest = high if isinstance(high, int | float) else 200
    bands = []
    for band in AGE_BANDS:
        first, _dash, last = band.rstrip("+").partition("-")
        if int(first) <= oldest and (int(last) if last else 200) >= youngest:
            bands.append(band)
    return [] if len(bands) == len(AGE_BANDS) else bands
