"""Pictures: what is taken as it is, what is converted and told, what is refused."""

import contextlib
import io
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from ordskifte.records.errors import EvidenceError
from ordskifte.records.pdfa.pictures import accepted
from tests.records.pdfa.documents import picture


@pytest.mark.parametrize(("kind", "media_type"), [("PNG", "image/png"), ("JPEG", "image/jpeg")])
def test_png_and_jpeg_stand_as_they_are(kind: str, media_type: str) -> None:
    content = picture(kind=kind)
    found = accepted(content)
    assert (found.content, found.media_type, found.width, found.height, found.conversion) == (
        content,
        media_type,
        60,
        40,
        None,
    )


@pytest.mark.parametrize(
    ("kind", "media_type"),
    [
        ("WEBP", "image/webp"),
        ("HEIF", "image/heif"),
        ("AVIF", "image/avif"),
        ("GIF", "image/gif"),
        ("TIFF", "image/tiff"),
    ],
)
def test_others_become_png_and_the_conversion_is_told(kind: str, media_type: str) -> None:
    content = picture(kind=kind)
    found = accepted(content)
    assert found.media_type == "image/png"
    assert Image.open(io.BytesIO(found.content)).size == (60, 40)
    assert found.conversion is not None
    assert (found.conversion.from_type, found.conversion.to_type) == (media_type, "image/png")
    assert found.conversion.from_digest == sha256(content).hexdigest()
    assert found.conversion.to_digest == sha256(found.content).hexdigest()


def test_of_an_animation_the_first_frame_is_shown_and_said() -> None:
    out = io.BytesIO()
    frames = [Image.new("RGB", (8, 8), (number * 90, 0, 0)) for number in range(3)]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    conversion = accepted(out.getvalue()).conversion
    assert conversion is not None
    assert conversion.remark == "first of 3 frames"


def test_see_through_becomes_white_when_it_may_not_be() -> None:
    found = accepted(picture("RGBA"), transparent=False)
    opened = Image.open(io.BytesIO(found.content))
    assert opened.mode == "RGB"
    assert opened.getpixel((0, 0)) == (137, 172, 207)


def test_a_cmyk_jpeg_is_converted() -> None:
    assert accepted(picture("CMYK", "JPEG")).conversion is not None


def test_too_many_pixels_are_refused() -> None:
    out = io.BytesIO()
    Image.new("1", (10_000, 7_000)).save(out, "PNG")
    with pytest.raises(EvidenceError, match="10000 x 7000 pixels"):
        accepted(out.getvalue())


@pytest.mark.parametrize(
    "content", [b"", b"\x89PNG\r\n\x1a\n", b"<svg/>", b"%PDF-1.7", picture()[:40], picture(kind="WEBP")[:60]]
)
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(EvidenceError):
        accepted(content)


@given(st.binary(max_size=200), st.integers(0, 100))
def test_damaged_pictures_never_crash(noise: bytes, at: int) -> None:
    content = picture(kind="JPEG")
    damaged = content[:at] + noise + content[at + len(noise) :]
    with contextlib.suppress(EvidenceError):
        assert accepted(damaged).width > 0
