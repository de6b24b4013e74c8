"""The size of a first visit: at most 60 KB in each language, no third party (DESIGN section 8).

One small script reads aloud and keeps Back from what was left; the pages work without it.
"""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command

from tests.intake.resident import HOST, Resident

pytestmark = pytest.mark.django_db

LIMIT = 60_000
# The headers of an answer, in bytes: 380 for a file, 700 for a page with its policy.
HEADERS = 500
_LINKED = re.compile(r'(?:href|src)="/static/([^"]+)"')
_FONT = re.compile(r"url\(.?fonts/([a-z0-9-]+\.woff2)")


def weight(page: str, sent: int, language: str) -> int:
    """Bytes of a page (`sent`) with all that it loads: text with gzip, fonts as they are."""
    names = set(_LINKED.findall(page))
    assert ("arabic.css" in names) == (language == "ar")
    names |= {f"fonts/{font}" for font in _fonts(language)}
    total = sent + HEADERS
    for name in names:
        content = _read(name)
        total += HEADERS + (
            len(content) if name.endswith(".woff2") else len(gzip.compress(content))
        )
    return total


def _fonts(language: str) -> set[str]:
    """The fonts that the letters of a language make a browser fetch."""
    if language == "ar":
        return set(_FONT.findall(_read("arabic.css").decode()))
    # Ukrainian is written in letters of the device itself.
    cuts = ("latin-400", "latin-700", *(["pl-tr"] if language in ("pl", "tr") else []))
    every = set(_FONT.findall(_read("resident.css").decode()))
    return {font for font in every if any(cut in font for cut in cuts)}


def _read(name: str) -> bytes:
    found = finders.find(name)
    assert isinstance(found, str), name
    return Path(found).read_bytes()


def test_a_first_visit_weighs_at_most_60_kb_in_each_language() -> None:
    file = Path(settings.BASE_DIR) / "organisations" / "partnerships" / "putten.toml"
    call_command("load_partnership", str(file), verbosity=0)
    weights = {}
    for language, _name in settings.LANGUAGES:
        resident = Resident()
        resident.client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        for path in ("/", "/vraag/", "/vraag/bel-mij/"):
            content = resident.client.get(path, headers={**HOST, "accept-encoding": "gzip"}).content
            page = gzip.decompress(content).decode()
            assert f'<html lang="{language}"' in page
            assert page.count("<script") == 1
            assert "resident.js" in page
            weights[language, path] = weight(page, len(content), language)
    too_heavy = {key: found for key, found in weights.items() if found > LIMIT}
    assert too_heavy == {}
