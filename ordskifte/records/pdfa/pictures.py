"""Pictures as a document and a depot take them: PNG and JPEG. Others are converted, and the conversion is told.

Nasjonalarkivet takes neither webp, heic nor gif; the original stays in the store (Noark 5 krav 6.4.42).
"""

import io
import warnings
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from typing import Final

import pillow_heif
from PIL import Image, ImageOps, UnidentifiedImageError

from ordskifte.records.errors import EvidenceError

MAX_PIXELS: Final = 60_000_000
TAKEN: Final = {"PNG": "image/png", "JPEG": "image/jpeg"}
_FORMATS: Final = ("PNG", "JPEG", "WEBP", "GIF", "HEIF", "AVIF", "BMP", "TIFF")

pillow_heif.register_heif_opener()


@dataclass(frozen=True, slots=True)
class Conversion:
    """A line for the log of conversions: from what, to what, with which program, and both digests."""

    from_type: str
    to_type: str
    program: str
    from_digest: str  # SHA-256, hexadecimal
    to_digest: str
    remark: str = ""  # "first of 12 frames"


@dataclass(frozen=True, slots=True)
class Accepted:
    """A picture a document can show. `conversion` is None when the bytes are as they came."""

    content: bytes
    media_type: str
    width: int  # pixels
    height: int
    conversion: Conversion | None


def accepted(content: bytes, *, transparent: bool = True) -> Accepted:
    """The picture as PNG or JPEG. EvidenceError when the bytes are no picture we can read, or too many pixels.

    Not `transparent`: what is see-through becomes white, as PDF/A-1 wants it.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow's remarks on foreign files
            with Image.open(io.BytesIO(content), formats=_FORMATS) as picture:
                return _taken(content, picture, transparent)
    except EvidenceError:
        raise
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise EvidenceError(f"This is not a picture that can be shown: {type(error).__name__}.") from error


def _taken(content: bytes, picture: Image.Image, transparent: bool) -> Accepted:
    if picture.width * picture.height > MAX_PIXELS:
        raise EvidenceError(f"The picture has {picture.width} x {picture.height} pixels; we show up to {MAX_PIXELS}.")
    kind = picture.format or ""
    see_through = "A" in picture.getbands() or "transparency" in picture.info
    if kind in TAKEN and picture.mode != "CMYK" and (transparent or not see_through):
        picture.load()
        return Accepted(content, TAKEN[kind], picture.width, picture.height, None)
    frames = getattr(picture, "n_frames", 1)
    whole = ImageOps.exif_transpose(picture)
    flat = whole.convert("RGBA" if see_through else "RGB")
    if see_through and not transparent:
        white = Image.new("RGBA", flat.size, "white")
        flat = Image.alpha_composite(white, flat).convert("RGB")
    out = io.BytesIO()
    flat.save(out, "PNG")
    made = out.getvalue()
    conversion = Conversion(
        from_type=Image.MIME.get(kind, f"image/{kind.lower()}"),
        to_type="image/png",
        program=f"Pillow {version('pillow')}",
        from_digest=sha256(content).hexdigest(),
        to_digest=sha256(made).hexdigest(),
        remark=f"first of {frames} frames" if frames > 1 else "",
    )
    return Accepted(made, "image/png", flat.width, flat.height, conversion)
