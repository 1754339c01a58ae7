"""Pictures and files in the store: where they lie, and what their bytes say they are."""

from typing import Final

_SIGNATURES: Final = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)


def media_key(digest: str) -> str:
    """The key in the store of a picture or file, by the hex SHA-256 of its bytes."""
    return f"media/{digest[:2]}/{digest}"


def sniffed(head: bytes) -> str:
    """What the first bytes say: one of the four picture types a page may show, else application/octet-stream."""
    for signature, media_type in _SIGNATURES:
        if head.startswith(signature):
            return media_type
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    return "application/octet-stream"
