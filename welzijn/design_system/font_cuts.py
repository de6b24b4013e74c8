"""Fonts cut to the letters that residents read: a first visit may weigh 60 KB.

Vazirmatn (SIL OFL 1.1) draws Arabic; its cut leaves out Persian, Kurdish and Urdu, and only a page
in Arabic links the sheet that names it, with the Latin letters of names and codes, without their
kerning. Of Atkinson's extended letters those of Polish and Turkish get files of their own, so that
these pages don't fetch the rest.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_ARABIC = "@fontsource/vazirmatn/files/vazirmatn-arabic-{weight}-normal.woff2"
_ATKINSON = (
    "@fontsource/atkinson-hyperlegible-next/files/"
    "atkinson-hyperlegible-next-{cut}-{weight}-normal.woff2"
)
_NAMES_AND_CODES = (*range(0x20, 0x7F), *map(ord, "·×àáâäçèéêëíîïñóôöùúûüÉ€–—‘’“”…"))  # noqa: RUF001 - these quotation marks
_WEIGHTS = (400, 700)
_ARABIC_LETTERS = (
    *(0x20, 0x060C, 0x061B, 0x061F, 0x0670, 0x0671),
    *range(0x0621, 0x063B),
    *range(0x0640, 0x0656),
    *range(0x0660, 0x066D),
)
_POLISH_AND_TURKISH = tuple(map(ord, "ĄąĆćĘęŁłŃńŚśŹźŻżĞğİŞş"))


@dataclass(frozen=True, slots=True)
class Cut:
    """One font: the file of a package, the name of ours, and the letters that stay."""

    package: str
    name: str
    letters: tuple[int, ...]
    kerned: bool = True


def cuts() -> Iterator[Cut]:
    """Give every cut."""
    package = _ATKINSON.format(cut="latin", weight=400)
    yield Cut(package, "atkinson-beside-arabic.woff2", _NAMES_AND_CODES, kerned=False)
    for weight in _WEIGHTS:
        package = _ARABIC.format(weight=weight)
        yield Cut(package, f"vazirmatn-arabic-{weight}.woff2", _ARABIC_LETTERS)
        package = _ATKINSON.format(cut="latin-ext", weight=weight)
        yield Cut(package, f"atkinson-pl-tr-{weight}.woff2", _POLISH_AND_TURKISH)


def write(cut: Cut, packages: Path, folder: Path) -> Path:
    """Write a cut font, unless it is there and newer than its source. Raises FileNotFoundError."""
    source, target = packages / cut.package, folder / cut.name
    newest = source.stat().st_mtime
    if target.is_file() and target.stat().st_mtime >= newest:
        return target
    from fontTools import subset

    # It tells each table it cuts.
    logging.getLogger("fontTools").setLevel(logging.WARNING)
    options = subset.Options(flavor="woff2", hinting=False, desubroutinize=True)
    if not cut.kerned:
        options.layout_features = ["ccmp", "tnum", "lnum"]
    font = subset.load_font(str(source), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=cut.letters)
    cutter.subset(font)
    subset.save_font(font, str(target), options)
    return target
