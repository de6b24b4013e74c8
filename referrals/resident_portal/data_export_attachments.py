"""Photos and PDFs in a resident's data export: what there is, and the files themselves."""

from base64 import b64encode
from dataclasses import dataclass
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from intake.attachments import services as attachments
from intake.attachments.models import MEGABYTE, Attachment, MediaType
from intake.questions.models import Question
from referrals.resident_portal.data_export_row import Row

# Of one export, which is made in memory. What is over it can be downloaded on the own page.
MOST_BYTES = 15 * MEGABYTE


@dataclass(frozen=True, slots=True)
class FileContent:
    """A file as it stands in an export: in the page as a link, in JSON as base64."""

    media_type: str
    base64: str

    @property
    def is_photo(self) -> bool:
        """Whether a page can show it."""
        return self.media_type == MediaType.JPEG

    @property
    def address(self) -> str:
        """The file as an address of its own (RFC 2397)."""
        return f"data:{self.media_type};base64,{self.base64}"


def attachment_rows(question: Question) -> Row:
    """The files that the resident may see; the look is that of the export itself."""
    left = MOST_BYTES
    found: list[Row] = []
    for one in attachments.listing(question, for_resident=True):
        fits = one.is_open and one.size <= left
        left -= one.size if fits else 0
        found.append(_row(one, with_content=fits))
    return [("attachments", "", found)] if found else []


def _row(one: Attachment, *, with_content: bool) -> Row:
    content: Any = one.get_scan_display()
    if with_content:
        content = FileContent(one.media_type, b64encode(attachments.content(one)).decode())
    elif one.is_open:
        content = _(
            "Dit bestand is te groot om hier mee te geven. Download het op de pagina van uw vraag."
        )
    return [
        ("at", _("Wanneer"), one.added_at),
        ("who", _("Wie"), str(one.organisation) if one.organisation else _("van u")),
        ("kind", _("Soort"), capfirst(str(one.get_media_type_display()))),
        ("size", _("Grootte"), filesizeformat(one.size).replace("\xa0", " ")),
        ("content", _("Bestand"), content),
    ]
