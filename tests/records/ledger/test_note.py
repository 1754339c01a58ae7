"""Signed notes and checkpoints are C2SP's: the published vectors pass, and every damage to them is refused."""

from base64 import b64decode, b64encode
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ordskifte.records.ledger.checkpoint import TreeHead, check_checkpoint, parse_checkpoint, sign_checkpoint
from ordskifte.records.ledger.errors import NoteError
from ordskifte.records.ledger.note import Signer, check_note, decode_base64, parse_note, parse_verifier, sign_note
from tests.records.ledger import vectors
from tests.records.ledger.vectors import ENOCH, ENOCH_LINE, PETER, PETER_LINE, TEXT

HEAD = TreeHead("eksempel.example/ordskifte", 3, vectors.ROOTS[2])
SIGNER = Signer("eksempel.example/ordskifte", Ed25519PrivateKey.from_private_bytes(bytes(range(32))))


def peter() -> Signer:
    seed = b64decode(vectors.PETER_SEED.split("+", 4)[4])
    return Signer("PeterNeumann", Ed25519PrivateKey.from_private_bytes(seed[1:]))


def test_the_published_note_is_signed_letter_by_letter() -> None:
    assert sign_note(TEXT, [peter()]) == f"{TEXT}\n{PETER_LINE}"
    assert str(peter().verifier) == PETER


@pytest.mark.parametrize("known", [[PETER], [PETER, ENOCH], [ENOCH]])
def test_the_published_notes_are_believed_for_the_keys_that_are_known(known: list[str]) -> None:
    verifiers = [parse_verifier(key) for key in known]
    note = parse_note(f"{TEXT}\n{PETER_LINE}{ENOCH_LINE}")
    assert note.text == TEXT
    assert check_note(note, verifiers) == tuple(verifiers)


def test_a_signature_that_stands_twice_counts_once() -> None:
    note = parse_note(f"{TEXT}\n{PETER_LINE}{PETER_LINE}{ENOCH_LINE}{ENOCH_LINE}")
    assert check_note(note, [parse_verifier(PETER)]) == (parse_verifier(PETER),)


def test_a_note_of_strangers_is_not_believed() -> None:
    with pytest.raises(NoteError, match="No key that is known"):
        check_note(parse_note(f"{TEXT}\n{PETER_LINE}"), [])
    with pytest.raises(NoteError, match="No key that is known"):
        check_note(parse_note(f"{TEXT}\n{PETER_LINE}"), [parse_verifier(ENOCH)])


def test_a_failing_signature_of_a_known_key_spoils_the_note() -> None:
    bad = PETER_LINE[:60] + "ABCD" + PETER_LINE[60:]
    with pytest.raises(NoteError, match=r"PeterNeumann\+c74f20a3 does not hold"):
        check_note(parse_note(f"{TEXT}\n{bad}{ENOCH_LINE}"), [parse_verifier(PETER), parse_verifier(ENOCH)])
    changed = parse_note(f"{TEXT.replace('answer', 'Answer')}\n{PETER_LINE}")
    with pytest.raises(NoteError, match="does not hold"):
        check_note(changed, [parse_verifier(PETER)])


def test_two_keys_of_one_name_and_id_are_refused() -> None:
    twice = [parse_verifier(ENOCH), parse_verifier(ENOCH)]
    with pytest.raises(NoteError, match="Two different keys"):
        check_note(parse_note(f"{TEXT}\n{ENOCH_LINE}"), twice)
    assert check_note(parse_note(f"{TEXT}\n{PETER_LINE}"), [*twice, parse_verifier(PETER)]) == (parse_verifier(PETER),)


@pytest.mark.parametrize(
    "note",
    [
        "",
        TEXT,
        f"{TEXT}\n",
        f"{TEXT}\n{PETER_LINE[:-1]}",
        f"\x01{TEXT}\n{PETER_LINE}",
        f"\ud800{TEXT}\n{PETER_LINE}",
        f"{TEXT}\r\n{PETER_LINE}",
        f"{TEXT}\n" + PETER_LINE.replace("PeterNeumann", "Bad Name"),
        f"{TEXT}\n" + PETER_LINE.replace("PeterNeumann", "Peter+Neumann"),
        f"{TEXT}\n" + PETER_LINE.replace("—", "-"),
        f"{TEXT}\n" + PETER_LINE.replace("x08g", "x08*"),
        f"{TEXT}\n— PeterNeumann x08gow==\n",
        f"{TEXT}\n— PeterNeumann\n",
        f"{TEXT}\n{PETER_LINE}Unexpected line.\n",
        f"{TEXT}\n" + PETER_LINE * 101,
        f"{TEXT * 20_000}\n{PETER_LINE}",
    ],
)
def test_what_is_no_note_is_refused(note: str) -> None:
    with pytest.raises(NoteError):
        parse_note(note)


def test_a_hundred_signatures_are_read() -> None:
    assert len(parse_note(f"{TEXT}\n" + PETER_LINE * 100).signatures) == 100


def test_every_damage_to_a_key_is_refused() -> None:
    for start in range(len(PETER) + 1):
        for end in range(start + 1, len(PETER) + 1):
            if (start, end) != (0, len(PETER)):
                with pytest.raises(NoteError):
                    parse_verifier(PETER[start:end])
    for at in range(len(PETER)):
        with pytest.raises(NoteError):
            parse_verifier(PETER[:at] + chr(ord(PETER[at]) + 1) + PETER[at + 1 :])


@pytest.mark.parametrize(
    "key",
    [
        "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
        "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "Peter\ud800+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "æøå",
    ],
)
def test_a_key_of_another_kind_is_refused(key: str) -> None:
    with pytest.raises(NoteError):
        parse_verifier(key)


@pytest.mark.parametrize("text", ["QQ", "QR==", "Q Q=", "Q===", "ÆØ==", "QQ==\n"])
def test_only_plain_base64_is_read(text: str) -> None:
    with pytest.raises(NoteError):
        decode_base64(text)


def test_a_note_that_could_not_be_read_is_not_signed() -> None:
    with pytest.raises(NoteError):
        sign_note(TEXT, [Signer("bad name", peter().key)])
    with pytest.raises(NoteError):
        sign_note(TEXT, [])
    with pytest.raises(NoteError):
        sign_checkpoint(TreeHead("", 1, vectors.ROOTS[0]), [SIGNER])


def test_a_checkpoint_is_three_lines_and_a_signature() -> None:
    note = sign_checkpoint(HEAD, [SIGNER])
    key_id = sha256(b"eksempel.example/ordskifte\n\x01" + SIGNER.verifier.public).digest()[:4]
    signature = b64encode(key_id + SIGNER.key.sign(HEAD.text().encode())).decode()
    assert note == (
        "eksempel.example/ordskifte\n3\n"
        f"{b64encode(vectors.ROOTS[2]).decode()}\n\n— eksempel.example/ordskifte {signature}\n"
    )
    assert check_checkpoint(note, [SIGNER.verifier]) == (HEAD, (SIGNER.verifier,))


def test_extension_lines_are_passed_over() -> None:
    note = sign_note(HEAD.text() + "more\n", [SIGNER])
    assert parse_checkpoint(note)[0] == HEAD


@pytest.mark.parametrize(
    "text",
    [
        "origin\n3\n",
        "origin\n3\n\nroot\n",
        "origin\n03\n" + b64encode(bytes(32)).decode() + "\n",
        "origin\n-3\n" + b64encode(bytes(32)).decode() + "\n",
        "origin\n٣\n" + b64encode(bytes(32)).decode() + "\n",
        "origin\n99999999999999999999\n" + b64encode(bytes(32)).decode() + "\n",
        "origin\n3\n" + b64encode(bytes(31)).decode() + "\n",
        "origin\n3\nnot base64\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(NoteError):
        parse_checkpoint(sign_note(text, [SIGNER]))
