"""CAR version 1, the file of content-addressed blocks that AT Protocol repositories are exported as.

A file is a header and then sections, each a varint length, a CID and the block's bytes. Sections are read in order and
every block is hashed as it goes by; nothing seeks, so it works inside a zip too. Source: IPLD, "CARv1", and atproto.com
"Repository", "CAR File Serialization".
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import BinaryIO, Final

import libipld

from ordskifte.channels.contract import MAX_ITEM

DAG_CBOR: Final = 0x71
RAW: Final = 0x55
_SHA2_256: Final = 0x12
_MAX_HEADER: Final = 65536
_CHUNK: Final = 1 << 20


class Broken(Exception):
    """The bytes do not go on as a CAR does: cut off, or a length or a CID that is none. Never leaves the reader."""


@dataclass(frozen=True, slots=True)
class Block:
    """One section. `data` is None when it is over 16 MB; `good` when the bytes have the hash that the CID names."""

    cid: bytes
    codec: int
    data: bytes | None
    good: bool
    offset: int  # of the section in the file

    @property
    def name(self) -> str:
        """The CID as people write it."""
        return cid_text(self.cid)


def cid_text(cid: bytes) -> str:
    """`bafyrei...`; hexadecimal when the bytes are no CID that has a name."""
    try:
        return libipld.encode_cid(cid)
    except ValueError:
        return cid.hex()


def is_car(head: bytes) -> bool:
    """Whether a file begins as a CAR of version 1: a short DAG-CBOR map with `roots` and `version` 1."""
    try:
        return bool(header(io.BytesIO(head)))
    except Broken:
        return False


def header(stream: BinaryIO) -> list[bytes]:
    """The root CIDs; the stream then stands at the first section. Broken when it is no CAR of version 1 with a root."""
    length = _varint(stream)
    if not 0 < length <= _MAX_HEADER:
        raise Broken("header")
    try:
        value = libipld.decode_dag_cbor(_exactly(stream, length))
    except (ValueError, RecursionError) as error:
        raise Broken("header") from error
    roots = value.get("roots") if isinstance(value, dict) and value.get("version") == 1 else None
    if not isinstance(roots, list) or not roots or not all(isinstance(root, bytes) for root in roots):
        raise Broken("header")
    return roots


def blocks(stream: BinaryIO) -> Iterator[Block]:
    """Every section from where the stream stands. Broken where the file is cut off or makes no sense."""
    offset = stream.tell() if stream.seekable() else 0
    while True:
        start = stream.read(1)
        if not start:
            return
        taken, length = _varint_after(stream, start)
        cid, codec, hashed = _cid(stream, length)
        size = length - len(cid)
        data, digest = _body(stream, size)
        yield Block(cid, codec, data, hashed and digest == cid[-32:], offset)
        offset += taken + length


def _body(stream: BinaryIO, size: int) -> tuple[bytes | None, bytes]:
    """The block's bytes and their SHA-256; bytes over the cap are hashed and let go."""
    if size <= MAX_ITEM:
        data = _exactly(stream, size)
        return data, sha256(data).digest()
    running = sha256()
    while size:
        part = _exactly(stream, min(size, _CHUNK))
        running.update(part)
        size -= len(part)
    return None, running.digest()


def _cid(stream: BinaryIO, length: int) -> tuple[bytes, int, bool]:
    """CID bytes, its codec, and whether its hash is SHA-256 of 32 bytes, the only one in use."""
    if length < 4:
        raise Broken("section")
    lead = _exactly(stream, 2)
    if lead == b"\x12\x20":  # CID version 0: a bare SHA-256
        return lead + _within(stream, 32, length - 2), 0x70, True
    if lead[:1] != b"\x01":
        raise Broken("CID")
    cid = bytearray(lead)
    codec = _more(stream, cid, lead[1], length)
    function = _more(stream, cid, None, length)
    size = _more(stream, cid, None, length)
    cid += _within(stream, size, length - len(cid))
    return bytes(cid), codec, function == _SHA2_256 and size == 32


def _more(stream: BinaryIO, cid: bytearray, first: int | None, length: int) -> int:
    """One varint of a CID, its bytes added to `cid` (`first` is there already)."""
    value = shift = 0
    byte = first
    while True:
        if byte is None:
            cid += _within(stream, 1, length - len(cid))
            byte = cid[-1]
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value
        shift += 7
        if shift > 28:
            raise Broken("CID")
        byte = None


def _within(stream: BinaryIO, size: int, left: int) -> bytes:
    if size > min(left, 256):
        raise Broken("CID")
    return _exactly(stream, size)


def _exactly(stream: BinaryIO, size: int) -> bytes:
    data = stream.read(size)
    if len(data) != size:
        raise Broken("cut off")
    return data


def _varint(stream: BinaryIO) -> int:
    start = stream.read(1)
    if not start:
        raise Broken("cut off")
    return _varint_after(stream, start)[1]


def _varint_after(stream: BinaryIO, start: bytes) -> tuple[int, int]:
    """(bytes taken, value) of an unsigned LEB128 whose first byte was read; nine bytes at most."""
    value = shift = 0
    byte = start
    while True:
        value |= (byte[0] & 0x7F) << shift
        shift += 7
        if byte[0] < 0x80:
            return shift // 7, value
        if shift > 56:
            raise Broken("length")
        byte = _exactly(stream, 1)
