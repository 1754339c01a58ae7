"""RFC 3161 time-stamps of a checkpoint: the time at which a third party saw the note's bytes. No network here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)
from rfc3161_client.tsp import PKIStatus

from ordskifte.records.ledger.errors import TimestampError

_GRANTED = bytes.fromhex("3003020100")  # PKIStatusInfo { status granted(0) }
_SHA256 = x509.ObjectIdentifier("2.16.840.1.101.3.4.2.1")


@dataclass(frozen=True, slots=True)
class Request:
    """What is sent to the time-stamping authority, and the nonce that its answer must repeat."""

    body: bytes  # DER TimeStampReq
    nonce: int


def build_request(note: str, certificates: Sequence[x509.Certificate] = ()) -> Request:
    """A request for a time-stamp of the note's UTF-8 bytes, by SHA-256, with a nonce.

    It asks for the signing certificate, unless that is known already: some authorities send theirs in an order that
    DER does not allow, and strict readers then refuse the answer.
    """
    known = _signing_certificate(certificates) is not None
    builder = TimestampRequestBuilder().data(note.encode()).hash_algorithm(HashAlgorithm.SHA256)
    request = builder.nonce(nonce=True).cert_request(cert_request=not known).build()
    assert request.nonce is not None
    return Request(request.as_bytes(), request.nonce)


def load_certificates(pem: bytes) -> list[x509.Certificate]:
    """The authority's certificates: at least the self-signed one that its chain ends in. TimestampError otherwise."""
    try:
        certificates = x509.load_pem_x509_certificates(pem)
    except ValueError as error:
        raise TimestampError("The time-stamping authority's certificate file is not PEM.") from error
    if not any(_is_root(each) for each in certificates):
        raise TimestampError("The time-stamping authority's certificate file has no root certificate.")
    return certificates


def token_of_answer(answer: bytes, request: Request, note: str, certificates: Sequence[x509.Certificate]) -> bytes:
    """The TimeStampToken (DER) in the authority's answer, verified. TimestampError when it is not what we asked for."""
    response = _decode(answer)
    if response.status != PKIStatus.GRANTED:
        raise TimestampError(f"The time-stamping authority refused (status {response.status}).")
    _verify(response, note, certificates, nonce=request.nonce)
    return response.time_stamp_token()


def check_token(token: bytes, note: str, certificates: Sequence[x509.Certificate]) -> datetime:
    """The time at which the authority saw the note. TimestampError unless it is theirs and stands for these bytes."""
    response = _response_of(token)
    _verify(response, note, certificates, nonce=None)
    return response.tst_info.gen_time.astimezone(UTC)


def check_imprint(token: bytes, note: str) -> datetime:
    """The time a token names for these bytes, its signature unchecked. TimestampError when it is for other bytes."""
    info = _response_of(token).tst_info
    imprint = info.message_imprint
    if imprint.hash_algorithm != _SHA256 or imprint.message != sha256(note.encode()).digest():
        raise TimestampError("The time-stamp is for something else than this checkpoint.")
    return info.gen_time.astimezone(UTC)


def _response_of(token: bytes) -> TimeStampResponse:
    """A stored token in the wrapping the library reads: SEQUENCE { status, token }."""
    body = _GRANTED + token
    length = len(body).to_bytes((len(body).bit_length() + 7) // 8, "big")
    head = length if len(body) < 0x80 else bytes([0x80 | len(length)]) + length
    return _decode(b"\x30" + head + body)


def _decode(answer: bytes) -> TimeStampResponse:
    try:
        response = decode_timestamp_response(answer)
        if response.status == PKIStatus.GRANTED:
            _ = response.tst_info, response.signed_data  # both are parsed when asked for
    except ValueError as error:
        raise TimestampError("This is not a time-stamp as RFC 3161 writes it.") from error
    return response


def _verify(
    response: TimeStampResponse, note: str, certificates: Sequence[x509.Certificate], *, nonce: int | None
) -> None:
    builder = VerifierBuilder(
        roots=[each for each in certificates if _is_root(each)],
        intermediates=[each for each in certificates if not _is_root(each) and not _stamps(each)],
        tsa_certificate=_signing_certificate(certificates),
        nonce=nonce,
    )
    try:
        builder.build().verify_message(response, note.encode())
    except (VerificationError, ValueError) as error:
        raise TimestampError(f"The time-stamp cannot be believed: {error}.") from error


def _signing_certificate(certificates: Sequence[x509.Certificate]) -> x509.Certificate | None:
    return next((each for each in certificates if not _is_root(each) and _stamps(each)), None)


def _is_root(certificate: x509.Certificate) -> bool:
    return certificate.issuer == certificate.subject


def _stamps(certificate: x509.Certificate) -> bool:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return False
    return ExtendedKeyUsageOID.TIME_STAMPING in usage
