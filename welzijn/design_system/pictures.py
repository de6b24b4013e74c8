"""The pictures beside life domains and steps, for who reads little.

They are Lucide's (npm `lucide-static`, ISC licence). `manage.py build_assets` puts those of this
list into one file, `pictures.svg`, which only a page with a picture on it fetches. A picture says
nothing that the words beside it don't say, so screen readers skip it.
"""

from __future__ import annotations

import re
from pathlib import Path

PACKAGE = "lucide-static/icons/{name}.svg"
FILE = "pictures.svg"

PICTURES: dict[str, str] = {
    "geld": "wallet",
    "brief": "mail-open",
    "huis": "house",
    "kind": "baby",
    "mensen": "users",
    "hart": "heart",
    "groeien": "sprout",
    "school": "school",
    "telefoon": "smartphone",
    "bewegen": "bike",
    "meedoen": "hand-heart",
    "zorgen": "heart-handshake",
    "stoel": "armchair",
    "bus": "bus",
    "koffie": "coffee",
    "gezondheid": "stethoscope",
    "gezicht": "smile",
    "schild": "shield",
    "wereld": "globe",
    "werk": "briefcase",
    "vraag": "circle-question-mark",
    "schrijven": "square-pen",
    "kiezen": "list-checks",
    "plaats": "map-pin",
    "persoon": "user",
    "bellen": "phone",
    "klaar": "circle-check",
}
"""Our name of a picture, and Lucide's."""

_OF_LIFE_DOMAIN = {
    "geld": "geld",
    "regels": "brief",
    "wonen": "huis",
    "thuis-wonen": "huis",
    "opvoeden": "kind",
    "gezin": "kind",
    "relaties": "hart",
    "opgroeien": "groeien",
    "jong-zijn": "groeien",
    "school": "school",
    "straat-en-scherm": "telefoon",
    "bewegen": "bewegen",
    "meedoen": "meedoen",
    "werk": "werk",
    "werk-en-meedoen": "werk",
    "werk-en-leren": "werk",
    "zorgen-voor-een-ander": "zorgen",
    "zorg-thuis": "gezondheid",
    "gezondheid": "gezondheid",
    "ouder-worden": "stoel",
    "vervoer": "bus",
    "contact": "koffie",
    "welbevinden": "gezicht",
    "veiligheid": "schild",
    "nieuw-in-nederland": "wereld",
}
"""Pictures by the slug of a life domain. Another slug takes that of its first known word."""

_DRAWN = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


def of_life_domain(slug: str) -> str:
    """Return the picture of a life domain; a question mark where its slug says nothing to us."""
    if slug in _OF_LIFE_DOMAIN:
        return _OF_LIFE_DOMAIN[slug]
    return next((_OF_LIFE_DOMAIN[w] for w in slug.split("-") if w in _OF_LIFE_DOMAIN), "vraag")


def sprite(packages: Path) -> str:
    """Return one SVG file with a symbol for each picture. Raises FileNotFoundError."""
    symbols = []
    for name, drawing in PICTURES.items():
        found = _DRAWN.search((packages / PACKAGE.format(name=drawing)).read_text("utf-8"))
        if found is None:
            raise ValueError(f"{drawing} of lucide-static is no drawing")
        inner = " ".join(found[1].split()).replace(" />", "/>").replace("> <", "><")
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{inner}</symbol>')
    return f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>\n'
