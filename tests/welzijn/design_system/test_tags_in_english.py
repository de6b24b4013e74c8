"""The frames, components, fields and error pages are complete in English."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

TEMPLATES = Path(settings.BASE_DIR) / "templates"
SAME_IN_ENGLISH = {"Demo", "Menu"}
FOLDERS = ("components", "django", "errors")


def files() -> list[Path]:
    """The templates that every page is built on; the living page is for designers only."""
    found = [TEMPLATES / "base.html", TEMPLATES / "base_staff.html"]
    for folder in FOLDERS:
        found += sorted((TEMPLATES / folder).rglob("*.html"))
    return [path for path in found if not path.stem.startswith("gallery")]


@pytest.mark.parametrize("path", files(), ids=lambda path: path.stem)
def test_every_sentence_has_its_english(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    sentences = {
        first or second
        for first, second in re.findall(
            r"""\{%\s*translate\s+(?:"([^"]+)"|'([^']+)')""",
            text,
        )
    }
    sentences |= set(re.findall(r'\b_\("([^"]+)"\)', text))
    with translation.override("en"):
        missing = {one for one in sentences if translation.gettext(one) == one}
    assert missing - SAME_IN_ENGLISH == set()
