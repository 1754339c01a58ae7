"""Reading our WARC objects back, one gzip member at a time."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from isal import isal_zlib

from ordskifte.records.errors import EvidenceError

_MAX_RECORD = 64 * 1024 * 1024
_GZIP = 31  # zlib's window bits for a gzip wrapper
_FIRST_STEP = 2048  # bytes; holds most records
_RESOURCE = b"WARC/1.1\r\nWARC-Type: resource\r\n"  # how those begin that we write
_LENGTH = b"\r\nContent-Length: "


@dataclass(frozen=True, slots=True)
class Record:
    """One record: where its gzip member lies in the object's plaintext, its headers, and the payload's bytes."""

    offset: int
    length: int
    headers: dict[str, str]
    payload: bytes


def split_record(content: bytes) -> tuple[dict[str, str], bytes]:
    """Headers and payload of one uncompressed record. EvidenceError when it is not one."""
    head, found, rest = content.partition(b"\r\n\r\n")
    if not found or not head.startswith(b"WARC/1."):
        raise EvidenceError("This is not a WARC record.")
    headers = {}
    for line in head.decode("utf-8", "replace").split("\r\n")[1:]:
        name, _, value = line.partition(":")
        headers[name.strip()] = value.strip()
    try:
        length = int(headers["Content-Length"])
    except (KeyError, ValueError) as error:
        raise EvidenceError("A WARC record has no length.") from error
    if len(rest) < length:
        raise EvidenceError("A WARC record is cut short.")
    return headers, rest[:length]


def read_member(member: bytes) -> tuple[dict[str, str], bytes]:
    """Headers and payload of one gzip member."""
    content, _ = _inflate(member, 0)
    return split_record(content)


def records(plaintext: bytes) -> Iterator[Record]:
    """Every record of an object, in order. EvidenceError where the object is damaged."""
    offset = 0
    while offset < len(plaintext):
        content, end = _inflate(plaintext, offset)
        headers, payload = split_record(content)
        yield Record(offset, end - offset, headers, payload)
        offset = end


def payloads(plaintext: bytes) -> Iterator[tuple[int, int, bytes]]:
    """(offset, length, payload) of every record but those that tell of the file itself, as `records` gives them.

    Without making all the headers: what verifying an archive takes most of its time for.
    """
    offset = 0
    while offset < len(plaintext):
        content, end = _inflate(plaintext, offset)
        payload = _payload(content)
        if payload is not None:
            yield offset, end - offset, payload
        offset = end


def _payload(content: bytes) -> bytes | None:
    """The payload of a record; None of a `warcinfo`."""
    end = content.find(b"\r\n\r\n")
    if end >= 0 and content.startswith(_RESOURCE):
        at = content.find(_LENGTH, 0, end)
        value = content[at + len(_LENGTH) : end].partition(b"\r\n")[0]
        if at >= 0 and value.isdigit() and content.find(_LENGTH, at + 1, end) < 0:
            payload = content[end + 4 : end + 4 + int(value)]
            if len(payload) == int(value):
                return payload
    headers, payload = split_record(content)
    return None if headers.get("WARC-Type") == "warcinfo" else payload


def _inflate(data: bytes, offset: int) -> tuple[bytes, int]:
    """One gzip member from `offset`: its content, and where it ends."""
    step = _FIRST_STEP
    while True:
        stream = isal_zlib.decompressobj(_GZIP)
        part = data[offset : offset + step]
        try:
            content: bytes = stream.decompress(part, _MAX_RECORD)
        except isal_zlib.error:  # type: ignore[misc]  # an exception, which its stubs do not say
            return _inflate_again(data, offset)
        if stream.eof:
            return content, offset + len(part) - len(stream.unused_data)
        if len(content) >= _MAX_RECORD or offset + step >= len(data):
            return _inflate_again(data, offset)
        step *= 8


def _inflate_again(data: bytes, offset: int) -> tuple[bytes, int]:
    """The same with zlib, which has the last word on what is damaged."""
    stream = zlib.decompressobj(_GZIP)
    step = 16384
    position = offset
    parts = []
    size = 0
    try:
        while not stream.eof and position < len(data):
            part = stream.decompress(data[position : position + step], _MAX_RECORD)
            position += step
            size += len(part)
            parts.append(part)
            if size >= _MAX_RECORD:
                raise EvidenceError("A WARC record is larger than it can be.")
            step = min(step * 4, 1 << 20)
    except zlib.error as error:
        raise EvidenceError(f"The object is damaged at byte {offset}: {error}.") from error
    if not stream.eof:
        raise EvidenceError(f"The object is cut short in the record at byte {offset}.")
    end = min(position, len(data)) - len(stream.unused_data)
    return b"".join(parts), end
