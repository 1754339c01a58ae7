"""One question to a channel and its answer: an end to waiting, a cap on size, and errors that say what may be done.

The question and the answer are given back as HTTP messages without credentials, for the evidence.
"""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Final

import httpx
import orjson

from ordskifte.channels import reasons
from ordskifte.channels.errors import ChannelFault, NotSent, Refused, Unsure
from ordskifte.channels.live import Exchange

PATIENCE: Final = 20.0  # seconds for a whole exchange; `publish.sending.CLAIM_LASTS` is longer
LARGEST: Final = 8 * 1024 * 1024  # bytes of an answer
_SECRET: Final = frozenset((b"authorization", b"cookie", b"set-cookie", b"proxy-authorization"))
_NOT_BEGUN: Final = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
)
_LONGEST_WAIT: Final = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Answer:
    """A 2xx answer that is JSON. `body` is exactly what was received."""

    status: int
    body: bytes
    data: Any
    exchange: Exchange


def ask(
    client: httpx.Client, method: str, url: str, *, headers: Mapping[str, str], lines: bool = False, **what: Any
) -> Answer:
    """Ask and read the answer. NotSent, Refused or Unsure when it is not what was wanted. `lines`: one JSON a line."""
    request = client.build_request(method, url, headers=dict(headers), timeout=PATIENCE / 3, **what)
    ends = time.monotonic() + PATIENCE
    try:
        response = client.send(request, stream=True)
        try:
            body = _read(response, ends)
        finally:
            response.close()
    except _NOT_BEGUN as error:
        raise NotSent(reasons.UNREACHABLE) from error
    except (httpx.HTTPError, httpx.StreamError) as error:
        raise Unsure(reasons.CUT) from error
    if response.status_code // 100 != 2:
        raise fault(response.status_code, response.headers.get("retry-after", ""))
    try:
        data = [orjson.loads(line) for line in body.splitlines() if line] if lines else orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise Unsure(reasons.NOT_UNDERSTOOD) from error
    return Answer(response.status_code, body, data, _exchange(request, response, body))


def _read(response: httpx.Response, ends: float) -> bytes:
    parts, size = [], 0
    for part in response.iter_bytes():
        parts.append(part)
        size += len(part)
        if size > LARGEST or time.monotonic() > ends:
            raise Unsure(reasons.NOT_UNDERSTOOD)
    return b"".join(parts)


def fault(status: int, retry_after: str = "") -> ChannelFault:
    """What a status that is not 2xx means for the thing that was sent. A 5xx may come after the thing was posted."""
    if status == 429:
        return NotSent(reasons.BUSY, retry_after=waited(retry_after))
    if status in (401, 403):
        return Refused(reasons.NO_ACCESS)
    if status in (404, 410):
        return Refused(reasons.GONE)
    if 400 <= status < 500:
        return Refused(reasons.NOT_TAKEN)
    if status >= 500:
        return Unsure(reasons.SERVER_FAULT)
    return Unsure(reasons.NOT_UNDERSTOOD)  # a redirect: nobody of ours moved


def waited(retry_after: str, now: datetime | None = None) -> timedelta | None:
    """Retry-After (RFC 9110 10.2.3): seconds or a date; never longer than six hours, None when it says nothing."""
    if retry_after.isascii() and retry_after.isdigit() and len(retry_after) < 10:
        return min(timedelta(seconds=int(retry_after)), _LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(retry_after)
    except (TypeError, ValueError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return min(max(moment - (now or datetime.now(UTC)), timedelta()), _LONGEST_WAIT)


def _exchange(request: httpx.Request, response: httpx.Response, body: bytes) -> Exchange:
    target = request.url.raw_path.decode("ascii", "replace")
    head = f"{request.method} {target} HTTP/1.1".encode()
    status = f"HTTP/1.1 {response.status_code} {response.reason_phrase}".rstrip().encode("ascii", "replace")
    return Exchange(
        uri=str(request.url),
        request=_message(head, request.headers.raw, request.content),
        response=_message(status, response.headers.raw, body),
    )


def _message(first: bytes, headers: Iterable[tuple[bytes, bytes]], body: bytes) -> bytes:
    lines = [first, *(name + b": " + value for name, value in headers if name.lower() not in _SECRET)]
    return b"\r\n".join(lines) + b"\r\n\r\n" + body
