"""Every text that residents meet, with the file it stands in."""

import importlib
import re
from collections.abc import Iterator
from pathlib import Path

from django.utils.functional import Promise

from intake.questions.choice_sentences import ChoiceSentence
from intake.questions.sentence_parameters import Choice, Choices
from intake.questions.sentences import KINDS
from organisations.routing.facts import AGE_BANDS
from welzijn.devtools.resident_texts.marked import Key, in_code, in_template
from welzijn.devtools.resident_texts.rooms import ROOT, code, templates

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def texts() -> dict[Key, str]:
    """Context and Dutch of every text of a resident's page, mail, text message or sentence."""
    found: dict[Key, str] = {}
    for paths, marks in ((code(), in_code), (templates(), in_template)):
        for path in paths:
            _add(found, marks(path.read_text(encoding="utf-8")), path)
    for dutch, where in _of_sentences():
        found.setdefault(("", dutch), where)
    for band in AGE_BANDS.values():
        found.setdefault(("", _source(band)), "organisations/routing/facts.py")
    return found


def _add(found: dict[Key, str], marked: Iterator[Key], path: Path) -> None:
    for context, dutch in marked:
        if dutch.strip():
            found.setdefault((context, dutch), str(path.relative_to(ROOT)))


def _of_sentences() -> Iterator[tuple[str, str]]:
    """What the declared sentences tell residents, with the labels and sentences they hold."""
    for path in sorted(ROOT.glob("*/*/*sentences.py")):
        importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    for key, kind in KINDS.items():
        where = f"sentence {key}"
        if _PLACEHOLDER.sub("", kind.text).strip(" :"):
            yield kind.text, where
        for name in _PLACEHOLDER.findall(kind.text):
            parameter = kind.parameters[name]
            if isinstance(parameter, ChoiceSentence):
                yield from ((text, where) for text in parameter.says.values())
            elif isinstance(parameter, Choice | Choices):
                yield from ((_source(label), where) for label in _labels(parameter))


def _labels(parameter: Choice | Choices) -> list[object]:
    return [member._label_ for member in parameter.of]


def _source(label: object) -> str:
    """The Dutch of a lazy translation: what its call was given."""
    if isinstance(label, Promise):
        [text] = label._args  # type: ignore[attr-defined]  # noqa: SLF001 - what gettext_lazy was given
        return str(text)
    return str(label)
