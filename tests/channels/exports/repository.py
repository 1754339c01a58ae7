"""AT Protocol repositories of an invented municipality: a small writer of DAG-CBOR, MST, commits and CAR of its own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import libipld
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

DID = "did:plc:eksempelkommune2345abcde"
ORDERS = {
    "secp256r1": (b"\x80\x24", 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551),
    "secp256k1": (b"\xe7\x01", 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141),
}


@dataclass(frozen=True)
class Link:
    """A CID inside a value."""

    cid: bytes


def cbor(value: Any) -> bytes:
    """DAG-CBOR of what our records hold."""
    match value:
        case None:
            return b"\xf6"
        case bool():
            return b"\xf5" if value else b"\xf4"
        case int():
            return _head(0, value) if value >= 0 else _head(1, -1 - value)
        case bytes():
            return _head(2, len(value)) + value
        case str():
            return _head(3, len(value.encode())) + value.encode()
        case list():
            return _head(4, len(value)) + b"".join(map(cbor, value))
        case Link():
            return b"\xd8\x2a" + cbor(b"\x00" + value.cid)
        case dict():
            keys = sorted(value, key=lambda key: (len(key.encode()), key.encode()))
            return _head(5, len(value)) + b"".join(cbor(key) + cbor(value[key]) for key in keys)
    raise TypeError(value)


def _head(major: int, size: int) -> bytes:
    if size < 24:
        return bytes([major << 5 | size])
    width = next(width for width in (1, 2, 4, 8) if size < 1 << 8 * width)
    return bytes([major << 5 | {1: 24, 2: 25, 4: 26, 8: 27}[width]]) + size.to_bytes(width, "big")


def cid_of(data: bytes, codec: int = 0x71) -> bytes:
    return bytes([1, codec, 0x12, 0x20]) + sha256(data).digest()


def varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def car(root: bytes, blocks: Mapping[bytes, bytes]) -> bytes:
    """A CAR file of blocks by CID, in their order."""
    header = cbor({"roots": [Link(root)], "version": 1})
    sections = (varint(len(cid) + len(data)) + cid + data for cid, data in blocks.items())
    return varint(len(header)) + header + b"".join(sections)


def height(key: bytes) -> int:
    """Straight from the words of the specification: leading zeros of the hash in binary, in chunks of two."""
    bits = "".join(f"{byte:08b}" for byte in sha256(key).digest())
    return (len(bits) - len(bits.lstrip("0"))) // 2


@dataclass
class Repository:
    """Records by `collection/rkey`, and what is made of them."""

    records: dict[str, dict[str, Any]]
    key: ec.EllipticCurvePrivateKey
    did: str = DID
    blocks: dict[bytes, bytes] = field(default_factory=dict)
    root: bytes = b""
    nodes: list[bytes] = field(default_factory=list)

    def build(self, *, previous: bytes | None = None, version: int = 3) -> "Repository":
        """Commit, tree and records as blocks, the commit first."""
        leaves = {key.encode(): cbor(value) for key, value in sorted(self.records.items())}
        entries = [(key, cid_of(data)) for key, data in leaves.items()]
        tree: dict[bytes, bytes] = {}
        top = self._node(entries, max((height(key) for key, _ in entries), default=0), tree)
        commit = {"did": self.did, "version": version, "data": Link(top), "rev": "3kabcdefghi2x"}
        commit["prev"] = Link(previous) if previous else None
        data = cbor({**commit, "sig": sign(self.key, cbor(commit))})
        self.root, self.nodes = cid_of(data), list(tree)
        self.blocks = {self.root: data, **tree, **{cid_of(data): data for data in leaves.values()}}
        return self

    def _node(self, entries: list[tuple[bytes, bytes]], layer: int, tree: dict[bytes, bytes]) -> bytes:
        groups: list[list[tuple[bytes, bytes]]] = [[]]
        here = []
        for key, cid in entries:
            if height(key) == layer:
                here.append((key, cid))
                groups.append([])
            else:
                groups[-1].append((key, cid))
        below = [Link(self._node(group, layer - 1, tree)) if group else None for group in groups]
        last, written = b"", []
        for (key, cid), after in zip(here, below[1:], strict=True):
            same = next((at for at in range(min(len(last), len(key))) if last[at] != key[at]), min(len(last), len(key)))
            written.append({"p": same, "k": key[same:], "v": Link(cid), "t": after})
            last = key
        data = cbor({"l": below[0], "e": written})
        tree[cid_of(data)] = data
        return cid_of(data)

    @property
    def bytes(self) -> bytes:
        return car(self.root, self.blocks)


def sign(key: ec.EllipticCurvePrivateKey, data: bytes, *, low: bool = True) -> bytes:
    """r || s, with s in the lower half of the order, or on purpose not."""
    r, s = decode_dss_signature(key.sign(data, ec.ECDSA(hashes.SHA256())))
    order = ORDERS[key.curve.name][1]
    s = min(s, order - s) if low else max(s, order - s)
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def multibase(key: ec.EllipticCurvePrivateKey) -> str:
    point = key.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.CompressedPoint)
    return libipld.encode_multibase("z", ORDERS[key.curve.name][0] + point)


def did_document(key: ec.EllipticCurvePrivateKey, did: str = DID) -> dict[str, Any]:
    return {
        "@context": ["https://www.w3.org/ns/did/v1"],
        "id": did,
        "alsoKnownAs": ["at://eksempel.example"],
        "verificationMethod": [
            {"id": f"{did}#atproto", "type": "Multikey", "controller": did, "publicKeyMultibase": multibase(key)}
        ],
    }


def post(text: str, **more: Any) -> dict[str, Any]:
    return {"$type": "app.bsky.feed.post", "text": text, "createdAt": "2024-05-17T10:00:00.000Z", **more}


def posts(count: int) -> dict[str, dict[str, Any]]:
    """Enough of them make a tree of several layers."""
    return {f"app.bsky.feed.post/3k{number:06d}": post(f"Melding {number}") for number in range(count)}
