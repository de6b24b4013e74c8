"""Encode a photo anew: right way up, without EXIF, at most a readable size.

What leaves here was written by Pillow: whatever else the file carried (place, device, a second
file behind the first) is not in it.
"""

import struct
import warnings
from io import BytesIO

from PIL import Image, ImageOps

# A JPEG with a second picture behind it, as some phones make, is opened as MPO; only the first
# picture is read.
FORMATS = ("JPEG", "PNG", "WEBP")
LONGEST_SIDE = 2_600  # pixels: a letter of A4 at more than 200 dots an inch
# Pixels that may be decoded. A JPEG is scaled down while it is decoded; the others are not.
MOST_PIXELS = {"JPEG": 64_000_000, "MPO": 64_000_000, "PNG": 25_000_000, "WEBP": 25_000_000}
_QUALITY = 82
_UNREADABLE = (OSError, SyntaxError, ValueError, TypeError, struct.error, EOFError, IndexError)


class UnreadableImageError(Exception):
    """A photo that is cut off, damaged, or no photo at all."""


class ImageTooLargeError(Exception):
    """A photo with more pixels than may be decoded."""


def encode_anew(data: bytes) -> bytes:
    """Return the photo as a JPEG. Raises UnreadableImageError, ImageTooLargeError."""
    with warnings.catch_warnings():
        # The limit is ours, and looked at before anything is decoded.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            return _encoded(data)
        except Image.DecompressionBombError as error:
            raise ImageTooLargeError from error
        except _UNREADABLE as error:
            raise UnreadableImageError from error


def _encoded(data: bytes) -> bytes:
    with Image.open(BytesIO(data), formats=FORMATS) as image:
        width, height = image.size
        if width * height > MOST_PIXELS[image.format or "PNG"]:
            raise ImageTooLargeError
        if image.format in {"JPEG", "MPO"}:
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        image.load()
        upright = ImageOps.exif_transpose(image)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    written = BytesIO()
    # A new picture of the pixels alone: no EXIF, profile, comment or further frame goes along.
    flat = _on_white(upright)
    flat.info.clear()
    flat.save(written, "JPEG", quality=_QUALITY, optimize=True)
    return written.getvalue()


def _on_white(image: Image.Image) -> Image.Image:
    """Return the picture in RGB; what was transparent becomes white, as on paper."""
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        with_alpha = image.convert("RGBA")
        paper = Image.new("RGB", with_alpha.size, "white")
        paper.paste(with_alpha, mask=with_alpha.getchannel("A"))
        return paper
    return image.convert("RGB")
