"""WARC/1.1 records (ISO 28500), each a gzip member of its own, so that one can be read, copied or left out by itself.

Written by hand because it is the bottleneck of an import: warcio writes 15,000 records a second here, this 60,000.
warcio reads them back and is the judge in the tests.
"""

import re
from datetime import datetime
from hashlib import sha256
from urllib.parse import quote
from uuid import UUID

from isal import isal_zlib

from ordskifte.base.clock import rfc3339
from ordskifte.base.ids import derived_text

_GZIP = 31  # zlib's window bits for a gzip wrapper
_LEVEL = 0  # a quarter larger than level 2 for an item of a kilobyte, in a quarter of the time
_SAFE = re.compile(r"[A-Za-z0-9_.~%:/?#@!$&'()*+,;=-]*")


_HTTP = (
    b"WARC/1.1\r\nWARC-Type: %b\r\nWARC-Record-ID: <urn:uuid:%b>\r\nWARC-Target-URI: %b\r\nWARC-Date: %b\r\n"
    b"WARC-Block-Digest: sha256:%b\r\nWARC-Concurrent-To: <urn:uuid:%b>\r\n"
    b"Content-Type: application/http;msgtype=%b\r\nContent-Length: %d\r\n\r\n%b\r\n\r\n"
)


_RESOURCE = (
    b"WARC/1.1\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:uuid:%b>\r\nWARC-Target-URI: %b\r\nWARC-Date: %b\r\n"
    b"WARC-Block-Digest: sha256:%b\r\nWARC-Payload-Digest: sha256:%b\r\n"
    b"%bContent-Type: %b\r\nContent-Length: %d\r\n\r\n%b\r\n\r\n"
)


def target_uri(name: str) -> str:
    """An address as it stands, percent-encoded where a header cannot hold it; any other name as a `urn:ordskifte:`."""
    if name.startswith(("https://", "http://", "at://")):
        if _SAFE.fullmatch(name):
            return name
        return quote(name, safe="%:/?#[]@!$&'()*+,;=~")
    return "urn:ordskifte:" + quote(name, safe="/:@")


def resource(
    payload: bytes, *, digest: bytes, record_id: str, uri: str, date: str, media_type: str, source: str = ""
) -> bytes:
    """A `resource` record as one gzip member.

    `digest` is the SHA-256 of `payload`; `date` is RFC 3339 UTC; `source` says where in which file it stood.
    """
    found = digest.hex().encode()  # base16: RFC 3548 allows it, and base32 costs as much as the hash
    if not (source.isascii() and source.isprintable()):
        source = quote(source, safe=" ,;:/.()[]=+@")
    content = _RESOURCE % (
        record_id.encode(),
        uri.encode(),
        date.encode(),
        found,
        found,
        f"Ordskifte-Source: {source}\r\n".encode() if source else b"",
        media_type.encode("ascii", "replace") if media_type else b"application/octet-stream",
        len(payload),
        payload,
    )
    compressed: bytes = isal_zlib.compress(content, _LEVEL, _GZIP)
    return compressed


def http_pair(request: bytes, response: bytes, *, record_id: str, uri: str, date: str) -> tuple[bytes, bytes]:
    """A `response` record and the `request` it answers, as gzip members. Both are whole HTTP messages.

    `record_id` is the response's; the request's follows from it. Credentials were taken out before (`channels.wire`).
    """
    asked = derived_text(record_id, "q", "request")

    def record(kind: str, identity: str, other: str, block: bytes) -> bytes:
        content = _HTTP % (
            kind.encode(),
            identity.encode(),
            target_uri(uri).encode(),
            date.encode(),
            sha256(block).hexdigest().encode(),
            other.encode(),
            kind.encode(),
            len(block),
            block,
        )
        compressed: bytes = isal_zlib.compress(content, _LEVEL, _GZIP)
        return compressed

    return record("response", record_id, asked, response), record("request", asked, record_id, request)


def warcinfo(*, record_id: UUID, at: datetime, software: str) -> bytes:
    """The first record of every object: what wrote it."""
    body = f"software: {software}\r\nformat: WARC File Format 1.1\r\n".encode()
    head = (
        f"WARC/1.1\r\nWARC-Type: warcinfo\r\nWARC-Record-ID: <urn:uuid:{record_id}>\r\nWARC-Date: {rfc3339(at)}\r\n"
        f"Content-Type: application/warc-fields\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode()
    compressed: bytes = isal_zlib.compress(head + body + b"\r\n\r\n", _LEVEL, _GZIP)
    return compressed
