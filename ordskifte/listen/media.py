"""Pictures and films of an export: into the store once each, by what their bytes are, not by what they say they are."""

from dataclasses import dataclass, field
from typing import Any, BinaryIO

from ordskifte.base.store import Store
from ordskifte.channels.contract import Attachment
from ordskifte.channels.exports.source import Export

PREFIX = "media"

_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (4, b"ftypavif", "image/avif"),
    (4, b"ftypheic", "image/heic"),
    (4, b"ftypheix", "image/heic"),
    (4, b"ftypqt", "video/quicktime"),
    (4, b"ftyp", "video/mp4"),
    (0, b"\x1aE\xdf\xa3", "video/webm"),
    (0, b"OggS", "audio/ogg"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (8, b"WAVE", "audio/wav"),
    (0, b"%PDF-", "application/pdf"),
    (0, b"II*\x00", "image/tiff"),
    (0, b"MM\x00*", "image/tiff"),
    (0, b"BM", "image/bmp"),
)


def media_type(head: bytes) -> str:
    """What the first bytes say the file is; "" when it is no picture, film, sound or PDF."""
    for offset, signature, found in _SIGNATURES:
        if head[offset : offset + len(signature)] == signature:
            return found
    return ""


@dataclass(slots=True)
class Kept:
    """One file kept: hex SHA-256, media type by its bytes, size in bytes."""

    digest: str
    media_type: str
    size: int


@dataclass(slots=True)
class MediaKeeper:
    """Keeps an export's files as they are met, each once. `fresh` is what the store did not have."""

    export: Export
    store: Store
    known: dict[str, Kept | None] = field(default_factory=dict)
    fresh: list[Kept] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)

    def attachment(self, one: Attachment) -> tuple[dict[str, str], bool]:
        """The attachment as a row holds it, and whether its file is something else than it says."""
        file = self._keep(one.path) if one.path and one.path in self.export else None
        wrong = bool(one.path) and one.path in self.known and self.known[one.path] is None
        row: dict[str, Any] = {
            "alt": one.alt,
            "blob": file.digest if file else "",
            "media_type": file.media_type if file else one.media_type,
            "name": one.path.rsplit("/", 1)[-1],
            "url": one.url,
        }
        return row, wrong

    def _keep(self, path: str) -> Kept | None:
        if path in self.known:
            return self.known[path]
        found = media_type(self.export.head(path, 16))
        if len(self.known) > 20_000:  # memory does not grow with the input
            self.known.clear()
        if not found:  # a text that calls itself a picture: it stays in the export, and the row says so
            self.known[path] = None
            return None
        stream: BinaryIO = self.export.open(path)
        with stream:
            digest, size, new = self.store.take(stream, PREFIX)
        kept = Kept(digest, found, size)
        self.known[path] = kept
        self.kept.append(kept)
        if new:
            self.fresh.append(kept)
        return kept
