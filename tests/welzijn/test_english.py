"""English is complete: every marked sentence has a translation, and what is compiled is current.

Extraction is done here in Python, because a bare machine has no gettext.
"""

import ast
import gettext
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("welzijn", "organisations", "intake", "referrals")
CATALOGUES = sorted(
    path for folder in SOURCES for path in (ROOT / folder).rglob("en/LC_MESSAGES/django.po")
)
NAMES = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"}
# What templatize makes of a template tag.
_CALL = re.compile(r"(?:n?gettext|_)\(\s*u?(\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')", re.DOTALL)
_LINE = re.compile(r'(msgid_plural|msgid|msgstr(?:\[\d\])?) (".*")$')


def entries(path: Path) -> Iterator[tuple[str, list[str], bool]]:
    """(msgid, translations, fuzzy) of each entry of a catalogue."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        parts: dict[str, str] = {}
        current = ""
        for line in block.splitlines():
            found = _LINE.match(line)
            if found:
                current = found[1]
                parts[current] = ast.literal_eval(found[2])
            elif line.startswith('"') and current:
                parts[current] += ast.literal_eval(line)
        if parts.get("msgid"):
            translations = [text for key, text in parts.items() if key.startswith("msgstr")]
            yield parts["msgid"], translations, "fuzzy" in block.split("msgid")[0]


def marked_in_python() -> Iterator[tuple[str, str]]:
    """(file, sentence) of every call that marks a sentence."""
    for folder in SOURCES:
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if (
                    isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Name)
                    and node.func.id in NAMES
                    and node.args
                    and isinstance(node.args[0], ast.Constant)
                    and isinstance(node.args[0].value, str)
                ):
                    yield str(path.relative_to(ROOT)), node.args[0].value


def marked_in_templates() -> Iterator[tuple[str, str]]:
    """(file, sentence) of every tag and filter argument that marks a sentence."""
    for path in (ROOT / "templates").rglob("*"):
        if path.suffix not in {".html", ".txt"}:
            continue
        for literal in _CALL.findall(templatize(path.read_text(encoding="utf-8"))):
            yield str(path.relative_to(ROOT)), ast.literal_eval(literal).replace("%%", "%")


def test_every_marked_sentence_has_an_english_translation() -> None:
    known = {msgid for path in CATALOGUES for msgid, texts, fuzzy in entries(path) if all(texts)}
    missing = {
        (where, sentence)
        for where, sentence in [*marked_in_python(), *marked_in_templates()]
        if sentence and sentence not in known
    }
    assert missing == set()


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-5])
def test_no_translation_is_a_guess_and_what_is_compiled_is_current(path: Path) -> None:
    with path.with_suffix(".mo").open("rb") as compiled:
        catalogue = gettext.GNUTranslations(compiled)
    for msgid, texts, fuzzy in entries(path):
        assert not fuzzy, msgid
        assert all(texts), msgid
        if len(texts) == 1:
            assert catalogue.gettext(msgid) == texts[0], msgid
        else:
            assert catalogue.ngettext(msgid, "", 1) == texts[0], msgid


def test_placeholders_are_the_same_in_both_languages() -> None:
    form = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
    for path in CATALOGUES:
        for msgid, texts, _fuzzy in entries(path):
            if len(texts) == 1:
                assert sorted(form.findall(msgid)) == sorted(form.findall(texts[0])), msgid
