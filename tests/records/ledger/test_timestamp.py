"""A time-stamp is believed when a real authority made it for these bytes, and never otherwise."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509

from ordskifte.records.ledger.errors import TimestampError
from ordskifte.records.ledger.timestamp import (
    build_request,
    check_imprint,
    check_token,
    load_certificates,
    token_of_answer,
)
from tests.records.tsa import Tsa, make_tsa

NOTE = "eksempel.example/ordskifte\n1\nroot\n\n— eksempel.example/ordskifte signatur\n"


@pytest.fixture(scope="module")
def tsa(tmp_path_factory: pytest.TempPathFactory) -> Tsa:
    return make_tsa(tmp_path_factory.mktemp("tsa"))


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Tsa:
    return make_tsa(tmp_path_factory.mktemp("other"), name="En annen")


def stamped(tsa: Tsa, note: str = NOTE, pem: bytes = b"") -> bytes:
    certificates = load_certificates(pem or tsa.root)
    request = build_request(note, certificates)
    return token_of_answer(tsa.answer(request.body), request, note, certificates)


def test_a_real_authoritys_time_stamp_is_believed(tsa: Tsa) -> None:
    token = stamped(tsa)
    seen = check_token(token, NOTE, load_certificates(tsa.root))
    assert abs(datetime.now(UTC) - seen) < timedelta(minutes=10)
    assert check_imprint(token, NOTE) == seen
    assert tsa.verifies(token, NOTE.encode())
    assert not tsa.verifies(token, b"something else")


def test_the_signing_certificate_can_be_pinned(tsa: Tsa, other: Tsa) -> None:
    token = stamped(tsa)
    assert check_token(token, NOTE, load_certificates(tsa.root + tsa.signer))
    with pytest.raises(TimestampError, match="cannot be believed"):
        check_token(token, NOTE, load_certificates(tsa.root + other.signer))


def test_a_known_signing_certificate_is_not_asked_for(tsa: Tsa, other: Tsa) -> None:
    whole, bare = stamped(tsa), stamped(tsa, pem=tsa.root + tsa.signer)
    assert len(bare) < len(whole)
    assert tsa.verifies(bare, NOTE.encode())
    assert check_token(bare, NOTE, load_certificates(tsa.root + tsa.signer))
    for pem in (tsa.root, tsa.root + other.signer, other.root + tsa.signer):
        with pytest.raises(TimestampError, match="cannot be believed"):
            check_token(bare, NOTE, load_certificates(pem))


def test_another_authoritys_certificate_is_refused(tsa: Tsa, other: Tsa) -> None:
    with pytest.raises(TimestampError, match="cannot be believed"):
        check_token(stamped(tsa), NOTE, load_certificates(other.root))


def test_an_intermediate_that_stamps_nothing_does_no_harm(tsa: Tsa, other: Tsa) -> None:
    extra = load_certificates(tsa.root)
    assert check_token(stamped(tsa), NOTE, [*extra, *_plain(other)])


def _plain(tsa: Tsa) -> list[x509.Certificate]:
    """A certificate that is neither a root nor made for time-stamps."""
    tsa._openssl(
        "x509", "-req", "-in", "tsa.csr", "-CA", "root.pem", "-CAkey", "root.key", "-days", "30", "-out", "plain.pem"
    )
    return [x509.load_pem_x509_certificate((tsa.folder / "plain.pem").read_bytes())]


def test_a_time_stamp_of_other_bytes_is_refused(tsa: Tsa) -> None:
    token = stamped(tsa, "another note")
    with pytest.raises(TimestampError, match="cannot be believed"):
        check_token(token, NOTE, load_certificates(tsa.root))
    with pytest.raises(TimestampError, match="something else"):
        check_imprint(token, NOTE)


def test_every_altered_byte_spoils_the_token_or_changes_nothing_it_says(tsa: Tsa) -> None:
    token = stamped(tsa)
    certificates = load_certificates(tsa.root)
    seen = check_token(token, NOTE, certificates)
    believed = 0
    for at in range(0, len(token), 11):
        altered = token[:at] + bytes([token[at] ^ 1]) + token[at + 1 :]
        try:
            assert check_token(altered, NOTE, certificates) == seen
            believed += 1
        except TimestampError:
            continue
    assert believed < len(token) // 11 // 2


def test_an_answer_to_another_question_is_refused(tsa: Tsa) -> None:
    answer = tsa.answer(build_request(NOTE).body)
    with pytest.raises(TimestampError, match="Nonce"):
        token_of_answer(answer, build_request(NOTE), NOTE, load_certificates(tsa.root))


def test_a_refusal_is_told(tsa: Tsa) -> None:
    request = build_request(NOTE)
    refusal = bytes.fromhex("30053003020102")  # status rejection(2)
    with pytest.raises(TimestampError, match="refused"):
        token_of_answer(refusal, request, NOTE, load_certificates(tsa.root))


@pytest.mark.parametrize("token", [b"", b"x", b"\x30\x82", b"\x30\x00", bytes(200), b"\x30" * 70_000])
def test_what_is_no_token_is_refused(token: bytes) -> None:
    with pytest.raises(TimestampError):
        check_imprint(token, NOTE)


@pytest.mark.parametrize("pem", [b"", b"not pem", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"])
def test_a_file_without_certificates_is_refused(pem: bytes) -> None:
    with pytest.raises(TimestampError, match="certificate file"):
        load_certificates(pem)


def test_a_file_without_a_root_is_refused(tsa: Tsa) -> None:
    with pytest.raises(TimestampError, match="no root"):
        load_certificates(tsa.signer)
