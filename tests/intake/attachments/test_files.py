"""A file is what its content says; photos are encoded anew, PDFs stay as they are."""

from io import BytesIO

import pytest
from PIL import Image

from intake.attachments import images
from intake.attachments.files import Refusal, RefusedFileError, made_safe
from intake.attachments.models import MAX_SIZE, MediaType
from tests.intake.attachments import pictures


def _why(data: bytes) -> Refusal:
    with pytest.raises(RefusedFileError) as caught:
        made_safe(data)
    return caught.value.why


def _exif(orientation: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "SecretPhone"
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 15.0, 34.0)})
    return exif


def test_a_photo_keeps_no_exif() -> None:
    data = pictures.jpeg(exif=_exif())
    assert b"SecretPhone" in data
    safe = made_safe(data)
    assert safe.media_type == MediaType.JPEG
    assert b"SecretPhone" not in safe.data
    assert b"Exif" not in safe.data
    with Image.open(BytesIO(safe.data)) as image:
        assert dict(image.getexif()) == {}


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_is_turned_right_way_up(orientation: int) -> None:
    safe = made_safe(pictures.jpeg(exif=_exif(orientation)))
    with Image.open(BytesIO(safe.data)) as image:
        assert image.size == ((60, 40) if orientation < 5 else (40, 60))
        upright = image.convert("RGB")
    # Where red is after turning, as the camera meant it.
    red = {1: (5, 5), 2: (55, 5), 3: (55, 35), 4: (5, 35), 5: (5, 5), 6: (35, 5)}
    red |= {7: (35, 55), 8: (5, 55)}
    colour = upright.getpixel(red[orientation])
    assert isinstance(colour, tuple)
    assert colour[0] > 200 > colour[2]


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "P", "1", "I;16"])
def test_pictures_of_every_kind_become_a_jpeg(mode: str) -> None:
    safe = made_safe(pictures.png(mode=mode))
    with Image.open(BytesIO(safe.data)) as image:
        assert (image.format, image.mode) == ("JPEG", "RGB")


def test_what_is_transparent_becomes_white_as_on_paper() -> None:
    with Image.open(BytesIO(made_safe(pictures.png(mode="RGBA")).data)) as image:
        assert image.getpixel((5, 5)) == (255, 255, 255)


def test_webp_and_animations_give_their_first_picture() -> None:
    written = BytesIO()
    frames = [Image.new("RGB", (60, 40), colour) for colour in ("red", "blue")]
    frames[0].save(written, "WEBP", save_all=True, append_images=frames[1:])
    with Image.open(BytesIO(made_safe(written.getvalue()).data)) as image:
        assert getattr(image, "n_frames", 1) == 1


def test_the_second_picture_that_some_phones_put_behind_the_first_is_left_out() -> None:
    written = BytesIO()
    first, second = (Image.new("RGB", (60, 40), colour) for colour in ("red", "blue"))
    first.save(written, "MPO", save_all=True, append_images=[second])
    with Image.open(BytesIO(written.getvalue())) as image:
        assert image.format == "MPO"
    with Image.open(BytesIO(made_safe(written.getvalue()).data)) as image:
        assert image.format == "JPEG"


def test_a_large_photo_is_scaled_to_a_readable_size() -> None:
    safe = made_safe(pictures.jpeg(size=(5_000, 2_500)))
    with Image.open(BytesIO(safe.data)) as image:
        assert max(image.size) <= images.LONGEST_SIDE
        assert max(image.size) > 2_000


@pytest.mark.parametrize("side", [6_000, 30_000, 60_000])
def test_a_small_file_with_a_huge_picture_is_not_decoded(side: int) -> None:
    assert _why(pictures.bomb(side)) == Refusal.TOO_MANY_PIXELS


def test_a_photo_that_was_cut_off_is_refused() -> None:
    whole = pictures.jpeg(size=(400, 300))
    assert _why(whole[: len(whole) // 2]) == Refusal.BROKEN_PHOTO
    assert _why(pictures.png(size=(400, 300))[:60]) == Refusal.BROKEN_PHOTO
    assert _why(b"\xff\xd8\xff\xe0" + b"rubbish" * 200) == Refusal.BROKEN_PHOTO
    assert _why(b"\x89PNG\r\n\x1a\n") == Refusal.BROKEN_PHOTO
    assert _why(b"RIFF\x00\x00\x00\x00WEBP") == Refusal.BROKEN_PHOTO


@pytest.mark.parametrize("brand", [b"heic", b"mif1", b"heix", b"avif"])
def test_heic_is_named(brand: bytes) -> None:
    assert _why(b"\x00\x00\x00\x18ftyp" + brand + b"\x00" * 200) == Refusal.HEIC


@pytest.mark.parametrize(
    "data",
    [
        b"<html><script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"PK\x03\x04" + b"\x00" * 100,
        b"GIF89a" + b"\x00" * 100,
        b"II*\x00" + b"\x00" * 100,
        b"MZ" + b"\x00" * 100,
        b"%!PS-Adobe-3.0",
        b"\x00\x00\x00\x18ftypmp42",
        b"tekst",
        b"x",
    ],
)
def test_what_is_no_photo_or_pdf_is_refused(data: bytes) -> None:
    assert _why(data) == Refusal.UNKNOWN


def test_an_empty_file_and_one_over_ten_megabytes_are_refused() -> None:
    assert _why(b"") == Refusal.EMPTY
    assert _why(b"%PDF-" + b"\x00" * MAX_SIZE + b"%%EOF") == Refusal.TOO_BIG


def test_a_second_file_behind_a_photo_does_not_survive() -> None:
    hidden = b"<script>alert(document.cookie)</script>PK\x03\x04 hidden"
    safe = made_safe(pictures.jpeg() + hidden)
    assert b"script" not in safe.data
    assert b"PK\x03\x04" not in safe.data


def test_a_script_in_a_comment_of_a_photo_does_not_survive() -> None:
    written = BytesIO()
    Image.new("RGB", (60, 40)).save(written, "JPEG", comment=b"<script>alert(1)</script>")
    assert b"script" in written.getvalue()
    assert b"script" not in made_safe(written.getvalue()).data


def test_a_pdf_stays_as_it_is() -> None:
    safe = made_safe(pictures.PDF)
    assert (safe.media_type, safe.data) == (MediaType.PDF, pictures.PDF)
    assert made_safe(pictures.PDF.rstrip() + b"\r\n\r\n").media_type == MediaType.PDF


@pytest.mark.parametrize(
    "data",
    [
        pictures.PDF[:40],
        pictures.PDF + b"PK\x03\x04 a second file PK\x05\x06",
        pictures.PDF + b"<html><script>alert(1)</script></html>",
        b"%PDF-",
    ],
)
def test_a_pdf_that_is_cut_off_or_carries_another_file_is_refused(data: bytes) -> None:
    assert _why(data) == Refusal.BROKEN_PDF


def test_something_before_a_pdf_makes_it_no_pdf() -> None:
    assert _why(b"<html>" + pictures.PDF) == Refusal.UNKNOWN
