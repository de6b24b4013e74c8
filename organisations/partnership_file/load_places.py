"""Load municipalities and neighbourhoods."""

from __future__ import annotations

import json
from collections.abc import Iterable

from organisations.partnership_file.row_writer import RowWriter
from organisations.partnership_file.stored import session_json
from organisations.partnerships.models import Municipality, Neighbourhood, NeighbourhoodPostcode


def write_municipalities(writer: RowWriter) -> None:
    """Write the municipalities, then their successors, which may be any of them."""
    codes = [m.code for m in writer.file.municipalities]
    existing = Municipality.objects.in_bulk(codes)
    for item in writer.file.municipalities:
        writer.change(
            existing.setdefault(item.code, Municipality(code=item.code)),
            f"gemeente {item.name}",
            name=item.name,
            valid_from=item.valid_from,
            valid_until=item.valid_until,
            client_support=item.client_support or "",
        )
    for item in writer.file.municipalities:
        writer.change(existing[item.code], f"gemeente {item.name}", successor_id=item.successor)
    writer.relate(writer.partnership.municipalities, existing.values(), "gemeenten")


def write_neighbourhoods(writer: RowWriter) -> dict[str, Neighbourhood]:
    """Write the neighbourhoods with their postcodes, and return them by slug."""
    existing = {n.slug: n for n in writer.partnership.neighbourhoods.all()}
    places = {}
    for item in writer.file.neighbourhoods:
        place = existing.pop(item.slug, None) or Neighbourhood(
            partnership=writer.partnership, slug=item.slug
        )
        writer.change(
            place,
            f"wijk {item.slug}",
            name=item.name,
            municipality_id=item.municipality,
            learning_sessions=[session_json(s) for s in item.learning_sessions],
            until=item.until,
            border=json.loads(item.border) if item.border else None,
        )
        places[item.slug] = place
        _write_postcodes(writer, place, item.postcodes)
    for place in existing.values():
        writer.end(place, f"wijk {place.slug}")
    return places


def _write_postcodes(writer: RowWriter, place: Neighbourhood, wanted: Iterable[str]) -> None:
    before = {p.postcode: p for p in place.postcodes.all()}
    new = [code for code in wanted if code not in before]
    gone = [row for code, row in before.items() if code not in set(wanted)]
    NeighbourhoodPostcode.objects.bulk_create(
        NeighbourhoodPostcode(neighbourhood=place, postcode=code) for code in new
    )
    for row in gone:
        row.delete()
    if new or gone:
        writer.report.changes.append(f"wijk {place.slug}: postcodes")
