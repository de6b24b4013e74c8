"""Synthetic photos and PDFs; no real letter is in the repository."""

import struct
import zlib
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
# The harmless text that every scanner takes for a virus, in two halves: a scanner on the machine
# of a developer would otherwise remove this file.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def jpeg(*, size: tuple[int, int] = (60, 40), exif: Any = None, text: str = "") -> bytes:
    """A photo: red on the left half, blue on the right."""
    image = Image.new("RGB", size, "blue")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, size[0] // 2 - 1, size[1]), fill="red")
    if text:
        draw.multiline_text((size[0] // 10, size[1] // 10), text, fill="white")
    written = BytesIO()
    image.save(written, "JPEG", quality=95, **({"exif": exif} if exif is not None else {}))
    return written.getvalue()


def png(*, size: tuple[int, int] = (60, 40), mode: str = "RGBA") -> bytes:
    """A picture of one colour, transparent where the mode can be."""
    written = BytesIO()
    Image.new(mode, size).save(written, "PNG")
    return written.getvalue()


def bomb(side: int) -> bytes:
    """A PNG of a few kilobytes that says to be `side` pixels wide and high."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        crc = zlib.crc32(kind + data)
        return struct.pack("!I", len(data)) + kind + data + struct.pack("!I", crc)

    head = struct.pack("!IIBBBBB", side, side, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\x00" * 1_000_000)
    start = b"\x89PNG\r\n\x1a\n"
    return start + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def sent(data: bytes, name: str = "brief.jpg", kind: str = "image/jpeg") -> SimpleUploadedFile:
    """The file as a form sends it."""
    return SimpleUploadedFile(name, data, kind)
