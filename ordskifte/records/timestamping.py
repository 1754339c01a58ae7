"""Having the newest checkpoint time-stamped by a third party (RFC 3161), when the operator has named one."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import httpx
from cryptography import x509

from ordskifte.records.ledger.errors import TimestampError
from ordskifte.records.ledger.timestamp import build_request, check_token, load_certificates, token_of_answer
from ordskifte.records.models import Checkpoint, Timestamp

SOONEST = timedelta(hours=1)  # between two time-stamps
LATEST = timedelta(days=1)  # even when nothing was written
_LARGEST_ANSWER = 100_000  # bytes
_TIMEOUT = 30.0  # seconds


@dataclass(frozen=True, slots=True)
class Authority:
    """A time-stamping authority: where it answers, and the certificates it is believed by."""

    url: str
    certificates: tuple[x509.Certificate, ...]


def configured_authority(environment: Mapping[str, str] = os.environ) -> Authority | None:
    """What ORDSKIFTE_TSA_URL and ORDSKIFTE_TSA_CERT (a PEM file) name; None without them. TimestampError when half."""
    url, certificate = environment.get("ORDSKIFTE_TSA_URL"), environment.get("ORDSKIFTE_TSA_CERT")
    if not url:
        return None
    if not certificate:
        raise TimestampError(
            "ORDSKIFTE_TSA_URL is set, and ORDSKIFTE_TSA_CERT is not.",
            advice="Set it to a PEM file with the authority's root certificate.",
        )
    try:
        pem = Path(certificate).read_bytes()
    except OSError as error:
        raise TimestampError(f"{certificate} cannot be read: {error.strerror}.") from error
    return Authority(url, tuple(load_certificates(pem)))


def stamp_when_due(authority: Authority, client: httpx.Client, *, at: datetime) -> Timestamp | None:
    """Have the newest checkpoint stamped: new ones at most hourly, and the same one again after a day.

    None when it is not due. TimestampError when the authority does not answer as it should; nothing is stored then, and
    the next call tries again.
    """
    newest = Checkpoint.objects.order_by("-size").first()
    last = Timestamp.objects.order_by("-id").first()
    if newest is None:
        return None
    if last and at - last.at < (LATEST if last.checkpoint_id == newest.size else SOONEST):
        return None
    request = build_request(newest.note, authority.certificates)
    token = token_of_answer(_ask(authority, client, request.body), request, newest.note, authority.certificates)
    seen = check_token(token, newest.note, authority.certificates)
    return Timestamp.objects.create(checkpoint=newest, tsa=authority.url, token=token, at=seen)


def _ask(authority: Authority, client: httpx.Client, request: bytes) -> bytes:
    headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
    try:
        with client.stream(
            "POST", authority.url, content=request, headers=headers, timeout=_TIMEOUT, follow_redirects=False
        ) as response:
            if response.status_code != httpx.codes.OK:
                raise TimestampError(f"The time-stamping authority answered {response.status_code}.")
            return _limited(response)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise TimestampError(
            f"The time-stamping authority cannot be reached: {type(error).__name__}.",
            advice="Look at ORDSKIFTE_TSA_URL.",
        ) from error


def _limited(response: httpx.Response) -> bytes:
    answer = b""
    for part in response.iter_bytes():
        answer += part
        if len(answer) > _LARGEST_ANSWER:
            raise TimestampError("The time-stamping authority's answer is too long.")
    return answer
