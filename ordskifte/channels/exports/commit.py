"""The signed commit of an AT Protocol repository, and the key its DID document names.

Source: atproto.com "Repository", "Commit Objects", and "Cryptography": ECDSA with SHA-256 over the DAG-CBOR of the
commit without `sig`, on P-256 or secp256k1, 64 bytes r || s with s in the lower half.
"""

import json
import re
from dataclasses import dataclass
from typing import Any, Final

import libipld
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

_SIGNATURE: Final = b"\x63sig\x58\x40"  # the text "sig", then 64 bytes
_DID: Final = re.compile(r"did:[a-z]+:[A-Za-z0-9._:%-]{1,2000}\Z")
# multicodec prefix -> (curve, order)
_CURVES: Final[dict[bytes, tuple[ec.EllipticCurve, int]]] = {
    b"\x80\x24": (ec.SECP256R1(), 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551),
    b"\xe7\x01": (ec.SECP256K1(), 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141),
}
_OLD_TYPES: Final = {
    "EcdsaSecp256r1VerificationKey2019": b"\x80\x24",
    "EcdsaSecp256k1VerificationKey2019": b"\xe7\x01",
}


@dataclass(frozen=True, slots=True)
class Commit:
    """`data` is the tree's root, `previous` the commit before it when the file keeps history (version 2)."""

    did: str
    data: bytes
    previous: bytes | None
    signature: bytes
    unsigned: bytes  # exactly what was signed


@dataclass(frozen=True, slots=True)
class Key:
    """A public key that may sign for a DID."""

    public: ec.EllipticCurvePublicKey
    order: int


def may_be_commit(data: bytes) -> bool:
    """Whether a block may be a commit: a small map whose first key is `did`, with a signature in it."""
    return len(data) > 5 and 0xA4 <= data[0] <= 0xA8 and data[1:5] == b"\x63did" and _SIGNATURE in data


def read_commit(data: bytes) -> Commit | None:
    """The commit in a block, or None when it is none."""
    if not may_be_commit(data) or data.count(_SIGNATURE) != 1:
        return None
    try:
        value = libipld.decode_dag_cbor(data)
    except (ValueError, RecursionError):
        return None
    did, root, previous, signature = value.get("did"), value.get("data"), value.get("prev"), value.get("sig")
    if not isinstance(signature, bytes) or len(signature) != 64:
        return None
    fit = isinstance(did, str) and _DID.match(did) and isinstance(root, bytes) and isinstance(previous, bytes | None)
    if not fit or value.get("version") not in (2, 3):
        return None
    unsigned = data.replace(_SIGNATURE + signature, b"", 1)  # its own bytes: nothing is encoded anew
    return Commit(did, root, previous, signature, bytes([data[0] - 1]) + unsigned[1:])


def signed_by(commit: Commit, key: Key) -> bool:
    """Whether this key made the signature, with s in the lower half as the protocol asks."""
    r, s = int.from_bytes(commit.signature[:32], "big"), int.from_bytes(commit.signature[32:], "big")
    if s > key.order // 2:
        return False
    try:
        key.public.verify(encode_dss_signature(r, s), commit.unsigned, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return True


def key_of_did_key(text: str) -> Key | None:
    """The key in a `did:key:z...`, or None when there is none in it that we know."""
    return _key(text.removeprefix("did:key:"), b"")


def _key(multibase: str, prefix: bytes) -> Key | None:
    try:
        _, raw = libipld.decode_multibase(multibase)
        raw = prefix + raw
        curve, order = _CURVES[raw[:2]]
        return Key(ec.EllipticCurvePublicKey.from_encoded_point(curve, raw[2:]), order)
    except (ValueError, KeyError):
        return None


@dataclass(frozen=True, slots=True)
class Identity:
    """What a DID document or a PLC document says: who, the handle, and the keys that may sign (or once might)."""

    did: str
    handle: str
    keys: tuple[Key, ...]


def read_identity(data: bytes) -> Identity | None:
    """A DID document, a PLC directory's `data` or `log/audit` answer; None when it is none of them."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return None
    if isinstance(value, list) and value:  # an audit log: keys of every operation that stands
        parts = [one for one in map(_of_operation, value) if one is not None]
        if not parts:
            return None
        return Identity(parts[-1].did, parts[-1].handle, tuple(key for part in parts for key in part.keys))
    if not isinstance(value, dict):
        return None
    document = value.get("didDoc")
    value = document if isinstance(document, dict) else value
    return _of_document(value) or _of_plc(value)


def _of_document(value: dict[str, Any]) -> Identity | None:
    did, methods = value.get("id"), value.get("verificationMethod")
    if not isinstance(did, str) or not _DID.match(did) or not isinstance(methods, list):
        return None
    keys = []
    for method in methods:
        if isinstance(method, dict) and str(method.get("id", "")).endswith("#atproto"):
            prefix = _OLD_TYPES.get(str(method.get("type")), b"")
            keys.append(_key(str(method.get("publicKeyMultibase")), prefix))
    return Identity(did, _handle(value), tuple(key for key in keys if key))


def _of_plc(value: dict[str, Any]) -> Identity | None:
    did, methods = value.get("did"), value.get("verificationMethods")
    if not isinstance(did, str) or not _DID.match(did) or not isinstance(methods, dict):
        return None
    key = key_of_did_key(str(methods.get("atproto")))
    return Identity(did, _handle(value), (key,) if key else ())


def _of_operation(value: object) -> Identity | None:
    operation = value.get("operation") if isinstance(value, dict) and not value.get("nullified") else None
    if not isinstance(value, dict) or not isinstance(operation, dict):
        return None
    if operation.get("type") == "create":  # the first form: one signing key, one handle
        methods = {"atproto": operation.get("signingKey")}
        names = [f"at://{operation.get('handle')}"]
        operation = {"verificationMethods": methods, "alsoKnownAs": names}
    return _of_plc({**operation, "did": value.get("did")})


def _handle(value: dict[str, Any]) -> str:
    names = value.get("alsoKnownAs")
    found = [str(name)[5:] for name in names if str(name).startswith("at://")] if isinstance(names, list) else []
    return found[0] if found else ""
