"""Decide what a file that somebody sent is, by its content, and make it fit to be stored.

Its name, its ending and the type that the browser gave it count for nothing.
"""

from dataclasses import dataclass
from enum import StrEnum

from intake.attachments import images
from intake.attachments.models import MAX_SIZE, MediaType

_HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"heif", b"avif")
_PHOTO_STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
_PDF_START, _PDF_END = b"%PDF-", b"%%EOF"


class Refusal(StrEnum):
    """Why a file is not taken; `forms` has the sentences."""

    EMPTY = "empty"
    TOO_BIG = "too_big"
    HEIC = "heic"
    UNKNOWN = "unknown"
    BROKEN_PHOTO = "broken_photo"
    BROKEN_PDF = "broken_pdf"
    TOO_MANY_PIXELS = "too_many_pixels"
    INFECTED = "infected"
    TOO_MANY = "too_many"
    BUSY = "busy"


class RefusedFileError(Exception):
    """A file that is not taken."""

    def __init__(self, why: Refusal) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True, slots=True)
class SafeFile:
    """What is stored of a file: a JPEG that we encoded, or a PDF as it came."""

    media_type: MediaType
    data: bytes


def made_safe(data: bytes) -> SafeFile:
    """Return what is stored of a file. Raises RefusedFileError."""
    if not data:
        raise RefusedFileError(Refusal.EMPTY)
    if len(data) > MAX_SIZE:
        raise RefusedFileError(Refusal.TOO_BIG)
    if data.startswith(_PDF_START):
        return _pdf(data)
    if data.startswith(_PHOTO_STARTS) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        return _photo(data)
    if data[4:8] == b"ftyp" and data[8:12] in _HEIF_BRANDS:
        raise RefusedFileError(Refusal.HEIC)
    raise RefusedFileError(Refusal.UNKNOWN)


def _photo(data: bytes) -> SafeFile:
    try:
        encoded = images.encode_anew(data)
    except images.ImageTooLargeError as error:
        raise RefusedFileError(Refusal.TOO_MANY_PIXELS) from error
    except images.UnreadableImageError as error:
        raise RefusedFileError(Refusal.BROKEN_PHOTO) from error
    if len(encoded) > MAX_SIZE:
        raise RefusedFileError(Refusal.TOO_BIG)
    return SafeFile(MediaType.JPEG, encoded)


def _pdf(data: bytes) -> SafeFile:
    # A second file hidden behind the PDF has to stand after its end.
    if not data.rstrip(b"\x00\t\n\x0c\r ").endswith(_PDF_END):
        raise RefusedFileError(Refusal.BROKEN_PDF)
    return SafeFile(MediaType.PDF, data)
