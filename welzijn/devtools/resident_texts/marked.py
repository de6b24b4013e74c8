"""Find marked sentences and read catalogues, in pure Python: a bare machine has no gettext.

Sentences are found where `makemessages` finds them: in the syntax tree of the code, and in what
Django makes of a template before xgettext reads it.
"""

import ast
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation.template import templatize

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
    """One message of a .po file; `english` holds its translation, or one for each plural form."""

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
