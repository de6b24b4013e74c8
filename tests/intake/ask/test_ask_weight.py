"""The size of a first visit: at most 60 KB, no third party, no script (DESIGN section 8)."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command

from tests.intake.resident import Resident

pytestmark = pytest.mark.django_db

LIMIT = 60_000
# The headers of an answer, in bytes: 380 for a file, 700 for a page with its policy.
HEADERS = 500
_LINKED = re.compile(r'(?:href|src)="/static/([^"]+)"')
_FONT = re.compile(r"url\(.?fonts/([a-z0-9-]+latin-[0-9]{3}-normal\.woff2)")


def weight(page: str) -> int:
    """Bytes of a page with all that it loads, as whitenoise sends it (gzip, fonts as they are)."""
    names = set(_LINKED.findall(page))
    sheet = _read("resident.css").decode()
    names |= {f"fonts/{font}" for font in _FONT.findall(sheet)}
    assert any(name.endswith("latin-700-normal.woff2") for name in names)
    total = len(page.encode()) + HEADERS
    for name in names:
        content = _read(name)
        total += HEADERS + (
            len(content) if name.endswith(".woff2") else len(gzip.compress(content))
        )
    return total


def _read(name: str) -> bytes:
    found = finders.find(name)
    assert isinstance(found, str), name
    return Path(found).read_bytes()


@pytest.mark.parametrize("path", ["/", "/vraag/", "/vraag/bel-mij/"])
def test_a_first_visit_weighs_at_most_60_kb(path: str) -> None:
    file = Path(settings.BASE_DIR) / "organisations" / "partnerships" / "putten.toml"
    call_command("load_partnership", str(file), verbosity=0)
    page = Resident().get(path).content.decode()
    assert "<script" not in page
    assert weight(page) <= LIMIT
