"""Every marked sentence has its English, and the compiled catalogues are those of the sources.

Pure Python: a bare machine has no gettext. Sentences are found where `makemessages` finds them:
in the syntax tree of the code, and in what Django makes of a template before xgettext reads it.
"""

import ast
import gettext
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(settings.BASE_DIR)
CODE = ("welzijn", "organisations", "intake", "referrals")
CATALOGUES = sorted(
    path for app in CODE for path in (ROOT / app).rglob("locale/en/LC_MESSAGES/django.po")
)
# name of the function: which arguments are sentences, and which one is the context.
ONE, PLURAL = ((0,), None), ((0, 1), None)
CALLS: dict[str, tuple[tuple[int, ...], int | None]] = {
    "_": ONE,
    "gettext": ONE,
    "gettext_lazy": ONE,
    "gettext_noop": ONE,
    "ngettext": PLURAL,
    "ngettext_lazy": PLURAL,
    "pgettext": ((1,), 0),
    "pgettext_lazy": ((1,), 0),
    "npgettext": ((1, 2), 0),
    "npgettext_lazy": ((1, 2), 0),
}
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}")

Key = tuple[str, str]


@dataclass
class Entry:
    """One message of a .po file; `english` holds one text, or one for each plural form."""

    context: str = ""
    dutch: str = ""
    plural: str = ""
    english: list[str] = field(default_factory=list)
    fuzzy: bool = False


_NEXT_ENTRY = re.compile(r"\n{2,}")
_RUN_TOGETHER = re.compile(r"(?m)^((?:msgstr(?:\[\d\])? )?\".*\")\n(?=#|msgctxt |msgid \")")


def entries(path: Path) -> Iterator[Entry]:
    """The living messages of a catalogue, without its heading and without what is obsolete."""
    # As gettext reads it: an entry ends where the next one begins, also without an empty line
    # between, which a merge can lose.
    text = _RUN_TOGETHER.sub(r"\1\n\n", path.read_text(encoding="utf-8"))
    for block in _NEXT_ENTRY.split(text):
        entry, texts = Entry(), {}
        name = ""
        for written in block.splitlines():
            line = written
            if line.startswith("#,") and "fuzzy" in line:
                entry.fuzzy = True
            if line.startswith("msg"):
                name, _, line = line.partition(" ")
                texts[name] = ""
            if line.startswith('"'):
                texts[name] += ast.literal_eval(line)
        if texts.get("msgid"):
            entry.context = texts.get("msgctxt", "")
            entry.dutch, entry.plural = texts["msgid"], texts.get("msgid_plural", "")
            entry.english = [text for key, text in texts.items() if key.startswith("msgstr")]
            yield entry


def in_code(source: str) -> Iterator[Key]:
    """Context and sentence of every call that marks one; calls without a literal mark nothing."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)  # What templatize leaves is not quite code.
        tree = ast.parse(source)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        sentences, context = CALLS.get(name, ((), None))
        for position in sentences:
            text = literal(node, position)
            if text is not None:
                yield (literal(node, context) or "" if context is not None else "", text)


def literal(call: ast.Call, position: int) -> str | None:
    """The text of an argument, or None when it is computed or absent."""
    argument = call.args[position] if position < len(call.args) else None
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        return argument.value
    return None


NAMES = "|".join(sorted(CALLS, key=len, reverse=True))
MARK = re.compile(rf"\b(?:{NAMES})\(u?(?=['\"])")


def in_template(source: str) -> Iterator[Key]:
    """The same for a template, of which only the marking calls are code after `templatize`."""
    code = templatize(source)
    for start in MARK.finditer(code):
        name = start.group().partition("(")[0]
        yield from in_code(call_from(code, start.end(), name))


def call_from(code: str, at: int, name: str) -> str:
    """The call whose first text begins at `at`: its literals, up to what is no literal."""
    text = r"""u?(?:\"{3}.*?\"{3}|'{3}.*?'{3}|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')"""
    found = re.compile(rf"{text}(?:\s*,\s*{text})*", re.DOTALL).match(code, at)
    return f"{name}({found.group()})" if found else "0"


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
