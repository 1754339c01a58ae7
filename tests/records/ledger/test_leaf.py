"""A leaf is canonical JSON, and its commitments are the salted hashes that the format says."""

from datetime import UTC, datetime
from hashlib import sha256

from ordskifte.records.ledger.leaf import content_commitment, leaf_body, row_commitment, version_leaf

AT = datetime(2026, 3, 11, 14, 50, tzinfo=UTC)


def test_a_leaf_is_canonical_json() -> None:
    body = leaf_body("channel.created", at=AT, actor="person:1", details={"b": 2, "a": "æ"})
    assert (
        body
        == (
            '{"actor":"person:1","at":"2026-03-11T14:50:00Z","details":{"a":"æ","b":2},'
            '"kind":"channel.created","record":null,"v":1}'
        ).encode()
    )


def test_commitments_stand_in_it_as_hex() -> None:
    body = leaf_body("version", at=AT, actor="import", record="r", content=bytes(32), row=b"\x01" * 32)
    assert body == (
        b'{"actor":"import","at":"2026-03-11T14:50:00Z","content":"' + b"00" * 32 + b'","details":{},'
        b'"kind":"version","record":"r","row":"' + b"01" * 32 + b'","v":1}'
    )


def test_commitments_are_salted_and_kept_apart() -> None:
    salt, digest = bytes(32), sha256(b"raw").digest()
    assert content_commitment(salt, digest) == sha256(b"\x01" + salt + digest).digest()
    assert row_commitment(salt, digest) == sha256(b"\x02" + salt + digest).digest()


def test_a_versions_leaf_made_in_haste_is_the_same() -> None:
    whole = leaf_body(
        "version", at=AT, actor="import", record="r", details={"utterance": "u"}, content=bytes(32), row=bytes(32)
    )
    hasty = version_leaf(
        "r", utterance="u", at="2026-03-11T14:50:00Z", actor="import", content=bytes(32), row=bytes(32)
    )
    assert hasty == whole
