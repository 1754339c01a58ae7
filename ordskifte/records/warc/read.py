"""Reading our WARC objects back, one gzip member at a time."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from ordskifte.records.errors import EvidenceError

_MAX_RECORD = 64 * 1024 * 1024


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


def _inflate(data: bytes, offset: int) -> tuple[bytes, int]:
    """One gzip member from `offset`: its content, and where it ends."""
    stream = zlib.decompressobj(31)
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
