"""A proof file proves what it says, with nothing but a key; anything else in it is refused with a clean error."""

from base64 import b64encode
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from ordskifte.base.canonical import canonical
from ordskifte.records.ledger.check import Proved, check_proof, parse_key
from ordskifte.records.ledger.checkpoint import TreeHead, sign_checkpoint
from ordskifte.records.ledger.errors import NoteError, NotProved, UnreadableProof
from ordskifte.records.ledger.leaf import content_commitment, leaf_body, row_commitment
from ordskifte.records.ledger.note import Signer, sign_note
from ordskifte.records.ledger.proof import LARGEST_FILE, Proof, dump_proof, parse_proof
from ordskifte.records.ledger.timestamp import build_request, check_token, load_certificates, token_of_answer
from ordskifte.records.ledger.tree import inclusion_ranges, leaf_hash, root
from tests.records.tsa import make_tsa

AT = datetime(2026, 3, 11, 14, 50, tzinfo=UTC)
ORIGIN = "eksempel.example/ordskifte"
SIGNER = Signer(ORIGIN, Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
KEY = str(SIGNER.verifier)
RAW = "Når åpner biblioteket?".encode()
SALT = bytes(range(32, 64))
RECORD = "0198f3a2-7c1e-8abc-9def-001122334455"
LEAVES = [
    leaf_body("channel.created", at=AT, actor="person:1", details={"name": 1}),
    leaf_body(
        "version",
        at=AT,
        actor="import",
        record=RECORD,
        content=content_commitment(SALT, sha256(RAW).digest()),
        row=row_commitment(SALT, b"{}"),
    ),
    leaf_body("channel.closed", at=AT, actor="person:1"),
]


def make_proof(entry: int = 1, leaves: list[bytes] = LEAVES) -> Proof:
    hashes = [leaf_hash(leaf) for leaf in leaves]
    head = TreeHead(ORIGIN, len(leaves), root(hashes))
    version = entry == 1
    return Proof(
        origin=ORIGIN,
        record=RECORD if version else None,
        entry=entry,
        leaf=leaves[entry],
        salt=SALT if version else None,
        raw_digest=sha256(RAW).digest() if version else None,
        erased=False,
        path=tuple(root(hashes[start:end]) for start, end in inclusion_ranges(entry, len(leaves))),
        checkpoint=sign_checkpoint(head, [SIGNER]),
    )


PROVED = Proved(
    origin=ORIGIN,
    entry=1,
    size=3,
    kind="version",
    at="2026-03-11T14:50:00Z",
    record=RECORD,
    content="bound",
    raw_digest=sha256(RAW).hexdigest(),
    stamped=None,
    stamp_checked=False,
)


def test_a_proof_is_written_and_read_back() -> None:
    for entry in range(3):
        assert parse_proof(dump_proof(make_proof(entry))) == make_proof(entry)
    stamped = replace(make_proof(), timestamp=b"token", erased=True)
    assert parse_proof(dump_proof(stamped)) == stamped


def test_a_proof_holds_no_word_that_was_said() -> None:
    assert RAW not in dump_proof(make_proof())


def test_a_version_is_proved() -> None:
    assert check_proof(make_proof(), KEY) == PROVED


def test_the_content_is_proved_with_it() -> None:
    assert check_proof(make_proof(), KEY, content_digest=sha256(RAW).digest()) == replace(PROVED, content="matches")
    with pytest.raises(NotProved, match="not what was recorded"):
        check_proof(make_proof(), KEY, content_digest=sha256(RAW + b"!").digest())


def test_an_act_is_proved_without_content() -> None:
    proved = check_proof(make_proof(0), KEY)
    assert (proved.kind, proved.record, proved.content, proved.raw_digest) == ("channel.created", None, "none", None)
    with pytest.raises(NotProved, match="cannot say anything about content"):
        check_proof(make_proof(0), KEY, content_digest=sha256(RAW).digest())


def test_an_erased_version_is_proved_as_a_hole() -> None:
    erased = replace(make_proof(), salt=None, raw_digest=None, erased=True)
    assert check_proof(erased, KEY) == replace(PROVED, content="erased", raw_digest=None)
    with pytest.raises(NotProved, match="erased"):
        check_proof(erased, KEY, content_digest=sha256(RAW).digest())


@pytest.mark.parametrize(
    "key", [KEY, f" {KEY}\n", SIGNER.verifier.public.hex(), SIGNER.verifier.public.hex().upper(),
            b64encode(SIGNER.verifier.public).decode()]
)  # fmt: skip
def test_a_key_can_be_given_in_three_ways(key: str) -> None:
    assert parse_key(key, ORIGIN) == SIGNER.verifier
    assert check_proof(make_proof(), key) == PROVED


@pytest.mark.parametrize("key", ["", "abc", "00" * 31, b64encode(bytes(31)).decode(), KEY[:-1], f"x{KEY}", "+" * 50])
def test_what_is_no_key_is_refused(key: str) -> None:
    with pytest.raises(NoteError):
        check_proof(make_proof(), key)


def test_another_key_proves_nothing() -> None:
    other = Signer(ORIGIN, Ed25519PrivateKey.from_private_bytes(bytes(32))).verifier
    renamed = Signer("another", SIGNER.key).verifier
    for key in (str(other), other.public.hex(), str(renamed)):
        with pytest.raises(NotProved, match="not signed with this key"):
            check_proof(make_proof(), key)


def altered(**changes: Any) -> Proof:
    return replace(make_proof(), **changes)


@pytest.mark.parametrize(
    ("proof", "why"),
    [
        (altered(entry=0), "another root"),
        (altered(entry=3), "not in a tree"),
        (altered(leaf=LEAVES[0]), "another root"),
        (altered(leaf=LEAVES[1] + b" "), "another root"),
        (altered(path=()), "too short"),
        (altered(path=(*make_proof().path, bytes(32))), "too long"),
        (altered(path=make_proof().path[::-1]), "another root"),
        (altered(record=None), "another record"),
        (altered(record="0198f3a2-7c1e-8abc-9def-001122334456"), "another record"),
        (altered(salt=bytes(32)), "commits to"),
        (altered(raw_digest=bytes(32)), "commits to"),
        (altered(origin="another"), "of the ledger"),
        (altered(checkpoint=make_proof().checkpoint.replace("\n3\n", "\n4\n")), "not signed"),
        (altered(timestamp=b"token"), "RFC 3161"),
    ],
)
def test_everything_that_is_altered_is_found(proof: Proof, why: str) -> None:
    with pytest.raises(NotProved, match=why):
        check_proof(proof, KEY)


def test_a_proof_without_a_checkpoint_cannot_be_read() -> None:
    for checkpoint in ("x", sign_note("origin\nsize\nroot\n", [SIGNER])):
        with pytest.raises(NoteError):
            check_proof(altered(checkpoint=checkpoint), KEY)


@pytest.mark.parametrize("leaf", [b"not json", b"[]", b"1"])
def test_an_entry_that_is_no_entry_is_refused(leaf: bytes) -> None:
    with pytest.raises(NotProved, match="The entry is"):
        check_proof(replace(make_proof(0, [leaf]), record=RECORD), KEY)


def test_a_time_stamp_is_told_and_checked_when_its_authority_is_known(tmp_path: Path) -> None:
    tsa = make_tsa(tmp_path / "tsa")
    certificates = load_certificates(tsa.root)
    note = make_proof().checkpoint
    request = build_request(note)
    token = token_of_answer(tsa.answer(request.body), request, note, certificates)
    seen = check_token(token, note, certificates)
    stamped = altered(timestamp=token)
    assert check_proof(stamped, KEY) == replace(PROVED, stamped=seen)
    assert check_proof(stamped, KEY, certificates=certificates) == replace(PROVED, stamped=seen, stamp_checked=True)
    other = load_certificates(make_tsa(tmp_path / "other").root)
    with pytest.raises(NotProved, match="cannot be believed"):
        check_proof(stamped, KEY, certificates=other)


FIELDS: dict[str, Any] = orjson.loads(dump_proof(make_proof()))


@pytest.mark.parametrize(
    "changes",
    [
        {"v": None},
        {"v": 2},
        {"v": True},
        {"v": "1"},
        {"origin": ""},
        {"origin": 1},
        {"record": 1},
        {"record": ""},
        {"entry": -1},
        {"entry": True},
        {"entry": 1.0},
        {"entry": "1"},
        {"entry": 2**63},
        {"leaf": None},
        {"leaf": {}},
        {"salt": "00"},
        {"salt": "G" * 64},
        {"salt": "A" * 64},
        {"raw_digest": 1},
        {"erased": 0},
        {"erased": None},
        {"path": None},
        {"path": {}},
        {"path": [1]},
        {"path": ["00"]},
        {"path": ["00" * 32] * 65},
        {"checkpoint": []},
        {"timestamp": 1},
        {"timestamp": "not base64"},
        {"timestamp": ""},
    ],
)
def test_a_field_of_the_wrong_kind_makes_it_unreadable(changes: dict[str, Any]) -> None:
    with pytest.raises(UnreadableProof):
        parse_proof(orjson.dumps(FIELDS | changes))


@pytest.mark.parametrize("name", [name for name in FIELDS if name not in ("record", "salt", "raw_digest", "timestamp")])
def test_a_missing_field_makes_it_unreadable(name: str) -> None:
    with pytest.raises(UnreadableProof):
        parse_proof(orjson.dumps({key: value for key, value in FIELDS.items() if key != name}))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"null",
        b"[]",
        b'"text"',
        b"[" * 900_000,
        b'{"v":' * 100_000,
        b'{"v": 1, "path": [' + b'"00",' * 150_000 + b'""]}',
        b'{"v": 1' + b"0" * 5_000 + b"}",
        b'{"origin": "\\ud800", "v": 1}',
        b"{}" + b" " * LARGEST_FILE,
        dump_proof(make_proof())[:-20],
        canonical(FIELDS).decode().encode("utf-16"),
    ],
    ids=lambda content: repr(content[:20]),
)
def test_hostile_files_get_a_clean_error(content: bytes) -> None:
    with pytest.raises(UnreadableProof):
        parse_proof(content)


def test_a_path_of_a_million_hashes_is_refused() -> None:
    with pytest.raises(UnreadableProof):
        parse_proof(orjson.dumps(FIELDS | {"path": ["00" * 32] * 1_000_000}))


@given(st.binary(max_size=300) | st.recursive(st.none() | st.booleans() | st.text(max_size=3), st.lists).map(canonical))
def test_anything_at_all_is_read_or_refused(content: bytes) -> None:
    with pytest.raises(UnreadableProof):
        parse_proof(content)
