"""One question to a channel and its answer: an end to waiting, a cap on size, and errors that say what may be done.

The question and the answer are given back as HTTP messages without credentials, for the evidence.
"""

import re
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from io import BytesIO
from typing import Any, Final
from urllib.parse import quote, quote_plus

import httpx
import orjson

from ordskifte.channels import reasons
from ordskifte.channels.contract import Problem
from ordskifte.channels.errors import ChannelFault, NotSent, Refused, Unsure
from ordskifte.channels.exports.jsonstream import JsonStream
from ordskifte.channels.live import Exchange

PATIENCE: Final = 20.0  # seconds for a whole exchange; `publish.sending.CLAIM_LASTS` is longer
STEPS: Final = 120.0  # seconds for all steps before the last
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
_PAGE: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|head|body)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Answer:
    """A 2xx answer. `body` is exactly what was received; `data` the JSON in it, None where none was wanted."""

    status: int
    body: bytes
    data: Any
    exchange: Exchange
    headers: httpx.Headers


Explain = Callable[[int, httpx.Headers, bytes], ChannelFault | None]
"""What an answer that is not 2xx means on one channel, by the words in it; None: what its status means everywhere."""


def ask(
    client: httpx.Client,
    method: str,
    url: str,
    *,
    headers: Mapping[str, str],
    lines: bool = False,
    plain: bool = False,
    explain: Explain | None = None,
    hidden: Sequence[str] = (),
    also: Collection[int] = (),
    **what: Any,
) -> Answer:
    """Ask and read the answer. NotSent, Refused or Unsure when it is not what was wanted.

    `lines`: one JSON a line. `plain`: no JSON is wanted. `hidden`: secrets in the question or the answer that the
    exchange must not show; as many crosses stand there instead. `also`: statuses that are answers here.
    """
    asked = {"accept-encoding": "identity", **headers}
    request = client.build_request(method, url, headers=asked, timeout=PATIENCE / 3, **what)
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
    status, head = response.status_code, response.headers
    if status // 100 != 2 and status != 304 and status not in also:
        found = explain(status, head, body) if explain else None
        raise found or fault(status, head.get("retry-after", ""), moved=_moved(request, head))
    data = None
    if not plain and status != 304:
        data = _json(body, lines=lines)
    return Answer(status, body, data, _exchange(request, response, body, hidden), head)


def pieces(body: bytes, *path: str) -> list[tuple[dict[str, Any], bytes]]:
    """The objects of a JSON array in an answer, each with exactly its own bytes. `path`: the keys that lead to it."""
    found = JsonStream(BytesIO(body), "answer").items(tuple(path))
    return [(one[0], one[1]) for one in found if not isinstance(one, Problem) and isinstance(one[0], dict)]


def _json(body: bytes, *, lines: bool) -> Any:
    try:
        return [orjson.loads(line) for line in body.splitlines() if line] if lines else orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise Unsure(reasons.A_PAGE if is_page(body) else reasons.NOT_UNDERSTOOD) from error


def is_page(body: bytes) -> bool:
    """Whether it is a web page: what a proxy, a login wall or a broken server gives instead of an answer."""
    return _PAGE.match(body) is not None


def _moved(request: httpx.Request, head: httpx.Headers) -> bool:
    """Whether a redirect leads to another host, or from http to https: the whole server has moved."""
    try:
        onward = request.url.join(head.get("location", ""))
    except httpx.InvalidURL:
        return False
    return (onward.scheme, onward.host) != (request.url.scheme, request.url.host)


def _read(response: httpx.Response, ends: float) -> bytes:
    parts, size = [], 0
    for part in response.iter_bytes():
        parts.append(part)
        size += len(part)
        if size > LARGEST or time.monotonic() > ends:
            raise Unsure(reasons.NOT_UNDERSTOOD)
    return b"".join(parts)


@contextmanager
def before_sending() -> Iterator[None]:
    """What goes wrong in a step before the thing itself is sent: nothing has left, whatever that step's answer was."""
    try:
        yield
    except Unsure as unsure:
        raise NotSent(str(unsure)) from unsure


class Steps:
    """The time of several questions that together send one thing (`publish.sending.SLOW_CLAIM_LASTS` is longer)."""

    def __init__(self) -> None:
        self._ends = time.monotonic() + STEPS

    def still(self) -> None:
        """Asked before the last step: NotSent when there is no time left for it."""
        if time.monotonic() > self._ends:
            raise NotSent(reasons.SLOW)


def fault(status: int, retry_after: str = "", *, moved: bool = False) -> ChannelFault:
    """What a status that is not 2xx means for the thing that was sent. A 5xx may come after the thing was posted."""
    if moved and status in (301, 302, 303, 307, 308):
        return Refused(reasons.MOVED)
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


def _exchange(request: httpx.Request, response: httpx.Response, body: bytes, hidden: Sequence[str]) -> Exchange:
    target = request.url.raw_path.decode("ascii", "replace")
    head = f"{request.method} {target} HTTP/1.1".encode()
    status = f"HTTP/1.1 {response.status_code} {response.reason_phrase}".rstrip().encode("ascii", "replace")
    sent, back = _without(request.read(), hidden), _without(body, hidden)
    return Exchange(
        uri=str(request.url),
        request=_message(head, request.headers.raw, sent),
        response=_message(status, response.headers.raw, back),
    )


def _without(body: bytes, hidden: Sequence[str]) -> bytes:
    """A message without secrets that had to stand in it, as written and as a form writes them."""
    for secret in hidden:
        for written in {secret, quote(secret, safe=""), quote_plus(secret)}:
            if written:
                body = body.replace(written.encode(), b"x" * len(written.encode()))
    return body


def _message(first: bytes, headers: Iterable[tuple[bytes, bytes]], body: bytes) -> bytes:
    lines = [first, *(name + b": " + value for name, value in headers if name.lower() not in _SECRET)]
    return b"\r\n".join(lines) + b"\r\n\r\n" + body
