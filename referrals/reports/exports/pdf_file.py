"""A document as PDF/UA: tagged, with a front page, figures, pictures with a text, definitions."""

import json
import tempfile
from pathlib import Path
from typing import Any

import typst
from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from referrals.reports.charts import Picture
from referrals.reports.document import Document, Section, Value

_LAYOUT = Path(__file__).with_name("report.typ")


def response(document: Document) -> HttpResponse:
    """Return it as a download."""
    return HttpResponse(
        compiled(document),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{document.name}.pdf"'},
    )


def compiled(document: Document) -> bytes:
    """Return the PDF; typst refuses what PDF/UA-1 does not allow, such as a picture without text.

    The texts go in as JSON data, so nothing in them is read as mark-up.
    """
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "report.typ").write_text(_LAYOUT.read_text(encoding="utf-8"), encoding="utf-8")
        sections = [
            _section(section, root, number) for number, section in enumerate(document.sections)
        ]
        data = {
            "title": document.title,
            "author": _("Cijfers van het samenwerkingsverband"),
            "place": document.place,
            "period": document.period,
            "language": (get_language() or "nl").split("-")[0],
            "sentences": [str(sentence) for sentence in document.sentences],
            "protection": document.protection,
            "definitions": [[str(name), str(text)] for name, text in document.definitions],
            "words": {
                "figures": _("Cijfers"),
                "definitions": _("Wat de woorden betekenen"),
                "protection": _("Bescherming"),
            },
            "sections": sections,
        }
        made: Any = typst.compile(
            str(root / "report.typ"),
            root=str(root),
            sys_inputs={"document": json.dumps(data, ensure_ascii=False)},
            pdf_standards=["ua-1"],
        )
        return bytes(made)


def _section(section: Section, root: Path, number: int) -> dict[str, Any]:
    pictures = []
    for place, picture in enumerate(section.pictures):
        name = f"picture{number}-{place}.svg"
        (root / name).write_text(picture.alone, encoding="utf-8")
        pictures.append(
            {
                "file": name,
                "title": " ".join([str(picture.title), *_legend(picture)]),
                "alt": str(picture.description) or str(picture.title),
            }
        )
    return {
        "heading": str(section.heading),
        "pictures": pictures,
        "note": str(section.note),
        "caption": str(section.table.caption),
        "head": [str(name) for name in section.table.head],
        "rows": [[_text(cell) for cell in row] for row in section.table.rows],
    }


def _legend(picture: Picture) -> list[str]:
    """Say which series is filled and which has a pattern."""
    words = [_("Gevuld: %(name)s."), *[_("Met patroon: %(name)s.")] * len(picture.series)]
    return [text % {"name": name} for text, name in zip(words, picture.series, strict=False)]


def _text(cell: object) -> str:
    if isinstance(cell, Value):
        return f"{cell.text} ({cell.between})" if cell.between else cell.text
    return str(cell)
