"""Check the HSDS that the product writes against the official schemas, which lie elsewhere.

    .venv/bin/python manage.py export_hsds --partnership SLUG --output EXPORT.json
    .venv/bin/python -m welzijn.devtools.check_hsds EXPORT.json --schemas FOLDER

FOLDER holds service.json, service_list.json, organization.json and openapi.json of Open Referral's
specification, which is not part of this project. `jsonschema` has to be installed. Prints one line
for each list and each fault; exits 1 where there is a fault.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from organisations.exchange.openapi import document

_PAGE_KEYS = (
    "total_items",
    "total_pages",
    "page_number",
    "size",
    "first_page",
    "last_page",
    "empty",
)


def main(arguments: list[str] | None = None) -> int:
    """Run the check; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("export", type=Path)
    parser.add_argument("--schemas", type=Path, required=True)
    asked = parser.parse_args(arguments)
    everything = json.loads(asked.export.read_text(encoding="utf-8"))
    term, taxonomy = _nested(asked.schemas)
    lists: list[tuple[str, Any, list[Any]]] = [
        ("services", _schema(asked.schemas, "service"), everything["services"]),
        (
            "services in a list",
            _schema(asked.schemas, "service_list"),
            [_plain(one) for one in everything["services"]],
        ),
        ("organizations", _schema(asked.schemas, "organization"), everything["organizations"]),
        ("taxonomy terms", term, everything["taxonomy_terms"]),
        ("taxonomies", taxonomy, everything["taxonomies"]),
    ]
    faults = sum(_check(name, schema, found) for name, schema, found in lists)
    faults += _check_profile(json.loads((asked.schemas / "openapi.json").read_text()))
    return 1 if faults else 0


def _plain(one: Any) -> Any:
    """Return a part as it stands in a list of the API: without what it has several of."""
    return {
        key: _plain(value) if isinstance(value, dict) else value
        for key, value in one.items()
        if not isinstance(value, list)
    }


def _schema(folder: Path, name: str) -> Any:
    return json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))


def _nested(folder: Path) -> tuple[Any, Any]:
    """Return the schemas of a term and a taxonomy, which stand inside that of a service."""
    attribute = _schema(folder, "service")["properties"]["attributes"]["items"]
    term = attribute["properties"]["taxonomy_term"]
    return term, term["properties"]["taxonomy_detail"]


def _check(name: str, schema: Any, found: list[Any]) -> int:
    # Not among the requirements: installed by who runs the check.
    from jsonschema import Draft202012Validator, FormatChecker

    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    faults = 0
    for one in found:
        for error in validator.iter_errors(one):
            faults += 1
            where = "/".join(str(part) for part in error.absolute_path)
            sys.stdout.write(f"{name}: {one.get('name')}: {where}: {error.message[:200]}\n")
        unknown = set(one) - set(schema["properties"])
        if unknown:
            faults += 1
            sys.stdout.write(f"{name}: {one.get('name')}: not in the schema: {sorted(unknown)}\n")
    sys.stdout.write(f"{name}: {len(found)} checked, {faults} faults\n")
    return faults


def _check_profile(profile: Any) -> int:
    """Compare our paths and parameters with those of the official profile."""
    ours = document("check", "https://example.org/")["paths"]
    faults = 0
    for path, official in profile["paths"].items():
        wanted = {
            one.get("name") or one["$ref"].rsplit("/", 1)[-1]
            for one in official["get"].get("parameters", [])
        }
        mine = ours.get("/hsds/" if path == "/" else path)
        have = {one["name"] for one in mine["get"]["parameters"]} if mine else set()
        missing = wanted - have
        if mine is None or missing:
            faults += 1
            sys.stdout.write(f"{path}: missing {sorted(missing) or 'the path'}\n")
    page = profile["components"]["schemas"]["Page"]["properties"]
    ours_page = ours["/services"]["get"]["responses"]["200"]["content"]["application/json"]
    if set(page) != set(_PAGE_KEYS) or not set(page) <= set(ours_page["schema"]["properties"]):
        faults += 1
        sys.stdout.write("the page of a list has other keys\n")
    sys.stdout.write(f"profile: {len(profile['paths'])} paths checked\n")
    return faults


if __name__ == "__main__":
    sys.exit(main())
