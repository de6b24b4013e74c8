"""Every marked sentence has its English, and the compiled catalogues are those of the sources.

Pure Python: a bare machine has no gettext (welzijn/devtools/resident_texts/marked.py).
"""

import gettext
from pathlib import Path

import pytest
from django.conf import settings

from welzijn.devtools.resident_texts.marked import PLACEHOLDER, Key, entries, in_code, in_template

ROOT = Path(settings.BASE_DIR)
CODE = ("welzijn", "organisations", "intake", "referrals")
CATALOGUES = sorted(
    path for app in CODE for path in (ROOT / app).rglob("locale/en/LC_MESSAGES/django.po")
)


def marked() -> dict[Key, Path]:
    """Every marked sentence of the product, and a file it stands in."""
    found: dict[Key, Path] = {}
    for app in CODE:
        for path in (ROOT / app).rglob("*.py"):
            found |= dict.fromkeys(in_code(path.read_text(encoding="utf-8")), path)
    for path in (ROOT / "templates").rglob("*"):
        if path.suffix in {".html", ".txt"}:
            found |= dict.fromkeys(in_template(path.read_text(encoding="utf-8")), path)
    return found


def test_every_marked_sentence_has_its_english() -> None:
    known = {
        (entry.context, text)
        for path in CATALOGUES
        for entry in entries(path)
        if not entry.fuzzy and all(entry.english)
        for text in (entry.dutch, entry.plural)
    }
    missing = {
        key[1]: str(path.relative_to(ROOT))
        for key, path in marked().items()
        if key[1].strip() and key not in known
    }
    assert missing == {}, "see CONTRIBUTING.md, Texts"


def test_the_search_finds_what_is_marked_in_every_way() -> None:
    template = (
        '{% load i18n %}{% translate "een" %}{% say _("twee") _("drie") %}'
        "{% blocktranslate count n=k %}vier{% plural %}vijf {{ n }}{% endblocktranslate %}"
        '{% include "x" with title=_("zes") %}'
    )
    assert {text for _, text in in_template(template)} == {
        "een", "twee", "drie", "vier", "vijf %(n)s", "zes",
    }  # fmt: skip
    assert set(in_code('f(gettext("a")); ngettext("b", "c", n); pgettext("d", "e"); _(x)')) == {
        ("", "a"), ("", "b"), ("", "c"), ("d", "e"),
    }  # fmt: skip


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-5])
def test_no_english_is_a_guess_and_none_loses_a_placeholder(path: Path) -> None:
    for entry in entries(path):
        assert not entry.fuzzy, entry.dutch
        forms = [set(PLACEHOLDER.findall(text)) for text in (entry.dutch, entry.plural)]
        wanted = forms if entry.plural else forms[:1]
        for text in entry.english:
            assert text, entry.dutch
            assert set(PLACEHOLDER.findall(text)) in wanted, entry.dutch


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-5])
def test_the_compiled_catalogue_is_that_of_its_source(path: Path) -> None:
    with path.with_suffix(".mo").open("rb") as compiled:
        catalogue = gettext.GNUTranslations(compiled)._catalog  # type: ignore[attr-defined]
    expected: dict[str | tuple[str, int], str] = {}
    for entry in entries(path):
        key = f"{entry.context}\x04{entry.dutch}" if entry.context else entry.dutch
        if entry.plural:
            expected |= {(key, number): text for number, text in enumerate(entry.english)}
        else:
            expected[key] = entry.english[0]
    catalogue.pop("", None)
    assert catalogue == expected
