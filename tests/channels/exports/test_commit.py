import json
from typing import Any

import libipld
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from ordskifte.channels.exports.commit import key_of_did_key, read_commit, read_identity, signed_by
from tests.channels.exports.repository import DID, Link, cbor, cid_of, did_document, multibase, sign
from tests.channels.exports.shared import samples

KEY = ec.derive_private_key(0x0D5C1F7E, ec.SECP256K1())
NIST_KEY = ec.derive_private_key(0x0D5C1F7E, ec.SECP256R1())
COMMIT = {"did": DID, "version": 3, "data": Link(cid_of(b"tree")), "rev": "3kabcdefghi2x", "prev": None}


def signed(key: ec.EllipticCurvePrivateKey, *, low: bool = True, **change: Any) -> bytes:
    return cbor({**COMMIT, **change, "sig": sign(key, cbor({**COMMIT, **change}), low=low)})


def check(data: bytes, key: ec.EllipticCurvePrivateKey) -> bool:
    commit, public = read_commit(data), key_of_did_key(f"did:key:{multibase(key)}")
    assert commit is not None
    assert public is not None
    return signed_by(commit, public)


@pytest.mark.parametrize("key", [KEY, NIST_KEY])
def test_a_signature_on_either_curve_is_checked(key: ec.EllipticCurvePrivateKey) -> None:
    assert check(signed(key), key)


def test_what_was_signed_is_the_commit_without_its_signature() -> None:
    commit = read_commit(signed(KEY))
    assert commit is not None
    assert commit.unsigned == cbor(COMMIT)


@pytest.mark.parametrize("key", [KEY, NIST_KEY])
def test_a_signature_with_s_in_the_upper_half_is_refused(key: ec.EllipticCurvePrivateKey) -> None:
    assert not check(signed(key, low=False), key)


def test_a_changed_commit_or_another_key_is_refused() -> None:
    data = signed(KEY)
    assert not check(data.replace(b"3kabcdefghi2x", b"3kabcdefghi2y"), KEY)
    assert not check(data, ec.derive_private_key(17, ec.SECP256K1()))
    assert not check(data[: data.index(b"sig") + 5] + bytes(64) + data[data.index(b"sig") + 69 :], KEY)


@pytest.mark.parametrize(
    "change", [{"version": 4}, {"did": "eksempel.example"}, {"did": 17}, {"data": "x"}, {"prev": 17}, {"data": None}]
)
def test_what_is_no_commit_is_none(change: dict[str, Any]) -> None:
    assert read_commit(signed(KEY, **change)) is None


@pytest.mark.parametrize(
    "data", [b"", b"\xa5\x63did", b"\xa5\x63did" + b"\x63sig\x58\x40" + bytes(64), cbor({"did": 1})]
)
def test_broken_bytes_are_no_commit(data: bytes) -> None:
    assert read_commit(data) is None


def uncompressed(key: ec.EllipticCurvePrivateKey) -> str:
    form = serialization.PublicFormat.UncompressedPoint
    return libipld.encode_multibase("z", key.public_key().public_bytes(serialization.Encoding.X962, form))


def old_document(key: ec.EllipticCurvePrivateKey, type_: str) -> dict[str, Any]:
    return did_document(key) | {
        "verificationMethod": [{"id": "#atproto", "type": type_, "publicKeyMultibase": uncompressed(key)}]
    }


OPERATIONS = [
    {
        "did": DID,
        "operation": {"type": "create", "signingKey": f"did:key:{multibase(KEY)}", "handle": "gammel.example"},
    },
    {"did": DID, "nullified": True, "operation": {"verificationMethods": {"atproto": "did:key:z1"}}},
    {
        "did": DID,
        "operation": {
            "type": "plc_operation",
            "verificationMethods": {"atproto": f"did:key:{multibase(NIST_KEY)}"},
            "alsoKnownAs": ["at://eksempel.example"],
        },
    },
]


@pytest.mark.parametrize(
    ("document", "handle", "keys"),
    [
        (did_document(KEY), "eksempel.example", 1),
        (old_document(NIST_KEY, "EcdsaSecp256r1VerificationKey2019"), "eksempel.example", 1),
        (old_document(KEY, "EcdsaSecp256k1VerificationKey2019"), "eksempel.example", 1),
        ({"did": DID, "verificationMethods": {"atproto": f"did:key:{multibase(KEY)}"}, "alsoKnownAs": []}, "", 1),
        (OPERATIONS, "eksempel.example", 2),
        (
            did_document(KEY) | {"verificationMethod": [{"id": "#atproto", "publicKeyMultibase": "zzz"}]},
            "eksempel.example",
            0,
        ),
        (did_document(KEY) | {"verificationMethod": [{"id": "#annet"}, 17]}, "eksempel.example", 0),
    ],
)
def test_documents_of_every_form_give_handle_and_keys(document: object, handle: str, keys: int) -> None:
    found = read_identity(json.dumps(document).encode())
    assert found is not None
    assert (found.did, found.handle, len(found.keys)) == (DID, handle, keys)


def test_a_key_in_a_document_checks_the_commit() -> None:
    commit = read_commit(signed(NIST_KEY))
    assert commit is not None
    for document in (old_document(NIST_KEY, "EcdsaSecp256r1VerificationKey2019"), OPERATIONS):
        found = read_identity(json.dumps(document).encode())
        assert found is not None
        assert any(signed_by(commit, key) for key in found.keys)


@pytest.mark.parametrize(
    "text", [b"", b"{}", b"[]", b"[17]", b"17", b'{"id":"x","verificationMethod":[]}', b"[" * 100_000, b'{"id":1}']
)
def test_what_is_no_identity_is_none(text: bytes) -> None:
    assert read_identity(text) is None


@pytest.mark.parametrize(
    "text", ["", "did:key:", "did:key:z", "did:key:zQ3sh", "did:web:eksempel.example", "did:key:abc"]
)
def test_what_is_no_key_is_none(text: str) -> None:
    assert key_of_did_key(text) is None


@pytest.mark.shared
def test_a_published_did_document_gives_its_key() -> None:
    found = read_identity(samples("bluesky/did_doc.json").read_bytes())
    assert found is not None
    assert (found.did, found.handle, len(found.keys)) == ("did:plc:kvwvcn5iqfooopmyzvb4qzba", "test.marshal.dev", 1)
