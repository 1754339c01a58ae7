"""Documents for tests, and the fonts to set them in."""

import io
import unicodedata
from pathlib import Path

from PIL import Image
from pypdf import PdfReader

from ordskifte.records.pdfa.values import Document, Fact, Picture, Said

NOTO = Path("/usr/share/fonts")
"""Where Debian's packages put them; `make peers` installs them."""


def said(text: str, **rest: object) -> Said:
    values: dict[str, object] = {"author": "Kari Nordmann", "ours": False, "published": "11. mars 2026 kl. 14.50"}
    return Said(text=text, **{**values, **rest})  # type: ignore[arg-type]  # the names are checked by the dataclass


def document(*utterances: Said, **rest: object) -> Document:
    values: dict[str, object] = {
        "key": "en-nøkkel",
        "title": "Kari Nordmann på Facebook 11. mars 2026",
        "body": "Eksempel kommune",
        "language": "nb",
        "head": (Fact("Kanal", "Facebook, Eksempel kommune"),),
        "at": 1_767_322_800,
    }
    return Document(said=utterances, **{**values, **rest})  # type: ignore[arg-type]  # as above


def picture(mode: str = "RGB", kind: str = "PNG", size: tuple[int, int] = (60, 40)) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, (20, 90, 160, 128)[: len(mode)]).save(out, kind)
    return out.getvalue()


def shown(kind: str = "PNG", alt: str = "En uthavn i snø") -> Picture:
    return Picture(picture(kind=kind), "image/png", alt)


def text_of(content: bytes) -> str:
    """The text taken out again, white space folded."""
    return folded(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages))


def folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
