"""The one door to the network. Everything that asks another machine for something asks through a `Door`.

Only http and https. The address a name leads to is judged when the connection is made, so that a name cannot lead
elsewhere between check and use: private, loopback, link-local, reserved and multicast addresses are refused, also
inside IPv6 addresses, unless the operator has named the host. One limit of time for the whole question, one of size
for the answer as unpacked, one of redirects; none of them from https to http, and credentials stay with their host.
Nothing that could be a credential is in an error, a log line or an answer's address.
"""

import logging
import re
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any, Final, Self

import httpcore
import httpx

from ordskifte.base.errors import OrdskifteError

for _name in ("httpx", "httpcore"):  # they write whole addresses and headers to their logs
    logging.getLogger(_name).setLevel(logging.WARNING)

AGENT: Final = "Ordskifte"
SECONDS: Final = 20.0
LARGEST: Final = 8 * 1024 * 1024
REDIRECTS: Final = 5
SECRET_HEADERS: Final = frozenset(
    {"authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key", "api-key", "dpop", "x-auth-token"}
)
_NAT64: Final = IPv6Network("64:ff9b::/96")
_HOST: Final = re.compile(rb"[a-z0-9_.:-]+")
_FOLLOWED: Final = frozenset({301, 302, 303, 307, 308})


class DoorError(OrdskifteError):
    """Nothing, or nothing usable, came back. The caller needs to know two things more.

    `again`: trying again later may help. `arrived`: what was sent may have reached the other side.
    """

    again = True
    arrived = False


class Refused(DoorError):
    """We do not ask there: not http, a private address, an address with a password in it."""

    again = False


class Unreachable(DoorError):
    """No connection, so nothing arrived."""


class NoAnswer(DoorError):
    """Connected, but no whole answer in time. What was sent may have arrived."""

    arrived = True


class TooLarge(DoorError):
    """The answer is larger than the caller wanted."""

    again = False
    arrived = True


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. Header names are in small letters; `url` is where it came from, without what is after `?`."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300


class Door:
    """Asks other machines. Use it in a `with`; it is for one thread.

    `inside`: hosts, or host:port, that may be asked although they lie on a private network (`hosts.inside_hosts`).
    `transport`: an in-process application or a handler of a test instead of the network.
    """

    def __init__(
        self,
        *,
        inside: frozenset[str] = frozenset(),
        transport: httpx.BaseTransport | None = None,
        seconds: float = SECONDS,
        largest: int = LARGEST,
    ) -> None:
        self._seconds, self._largest = seconds, largest
        self._ends = 0.0
        self._client = httpx.Client(
            transport=transport or _Guarded(inside, self._left),
            timeout=httpx.Timeout(seconds, connect=min(seconds, 10)),
            headers={"User-Agent": AGENT, "Accept-Encoding": "gzip"},
            trust_env=False,
            follow_redirects=False,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._client.close()

    def ask(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        largest: int | None = None,
        body: bool = True,
        **content: Any,
    ) -> Answer:
        """One question and its answer, redirects of GET and HEAD followed. DoorError when there is no answer.

        `content`: `content`, `json`, `data`, `files` or `params`, as httpx has them. `body`: False reads only the head.
        """
        self._ends = time.monotonic() + self._seconds
        method = method.upper()
        request = self._request(method, url, headers=headers, **content)
        for _ in range(REDIRECTS + 1):
            answer = self._once(request, largest=self._largest if largest is None else largest, body=body)
            onward = answer.headers.get("location", "")
            if method not in ("GET", "HEAD") or answer.status not in _FOLLOWED or not onward:
                return answer
            request = self._next(request, onward)
        raise Refused(f"{_host(url)} leads on more than {REDIRECTS} times.")

    def _request(self, method: str, url: str, **more: Any) -> httpx.Request:
        self._client.cookies.clear()  # every question stands alone
        try:
            request = self._client.build_request(method, url, **more)
        except (httpx.InvalidURL, UnicodeError) as error:
            raise Refused("This is not a web address.") from error
        if request.url.scheme not in ("http", "https") or not _HOST.fullmatch(request.url.raw_host):
            raise Refused("Only web addresses that start with http or https can be asked.")
        if request.url.userinfo:
            raise Refused(f"The address of {request.url.host} has a user name or password in it.")
        return request

    def _next(self, before: httpx.Request, onward: str) -> httpx.Request:
        """The question a redirect asks for. Credentials and anything else of ours stay with their host."""
        try:
            url = before.url.join(onward)
        except httpx.InvalidURL as error:
            raise Refused(f"{before.url.host} leads on to something that is not a web address.") from error
        if before.url.scheme == "https" and url.scheme != "https":
            raise Refused(f"{before.url.host} leads from https to http.")
        same = (url.scheme, url.host, url.port) == (before.url.scheme, before.url.host, before.url.port)
        kept = {name: value for name, value in before.headers.items() if same or name in ("accept", "accept-language")}
        kept.pop("host", None)
        return self._request(before.method, str(url), headers=kept)

    def _once(self, request: httpx.Request, *, largest: int, body: bool) -> Answer:
        try:
            response = self._client.send(request, stream=True)
            try:
                content = b"".join(_unpacked(response, largest)) if body and request.method != "HEAD" else b""
            finally:
                response.close()
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise _not_connected(request.url.host, error) from None
        except httpx.TransportError as error:
            if isinstance(error, httpx.UnsupportedProtocol | httpx.LocalProtocolError):
                raise Refused(f"{request.url.host} cannot be asked like this.") from None
            raise NoAnswer(f"{request.url.host} gave no whole answer.") from None
        names = {name.lower(): value for name, value in response.headers.items()}
        return Answer(response.status_code, names, content, redacted_url(str(request.url)))

    def _left(self) -> float:
        left = self._ends - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the time is up")
        return left


def is_public(address: str) -> bool:
    """Whether an IP address lies on the open network, also the one that may be wrapped in an IPv6 address."""
    found: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    return all(one.is_global and not (one.is_multicast or one.is_reserved) for one in (found, *_wrapped(found)))


def redacted_url(url: str) -> str:
    """An address without user, password, query and fragment."""
    bare = httpx.URL(url).copy_with(query=None, fragment=None)
    return str(bare.copy_with(userinfo=b"") if bare.userinfo else bare)


def redacted_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Headers as they may be kept in logs and evidence."""
    return {name: "[redacted]" if name.lower() in SECRET_HEADERS else value for name, value in headers.items()}


def _wrapped(address: IPv4Address | IPv6Address) -> Iterator[IPv4Address]:
    if isinstance(address, IPv6Address):
        if address.sixtofour:
            yield address.sixtofour
        if address.teredo:
            yield from address.teredo
        if address in _NAT64:
            yield IPv4Address(int(address) & 0xFFFF_FFFF)


def _host(url: str) -> str:
    return httpx.URL(url).host


def _not_connected(host: str, error: Exception) -> DoorError:
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, _Private):
            advice = "If it is yours, name it in ORDSKIFTE_INSIDE_HOSTS."
            return Refused(f"{host} lies on a private network.", advice=advice)
        if isinstance(seen, ssl.SSLError):
            return Unreachable(f"The certificate of {host} is not valid.")
        seen = seen.__cause__ or seen.__context__
    return Unreachable(f"{host} cannot be reached.")


def _unpacked(response: httpx.Response, largest: int) -> Iterator[bytes]:
    """The answer's bytes, unpacked no further than wanted: a small answer can hold a very large one."""
    if response.is_stream_consumed:  # an in-process transport hands over what it has whole
        if len(response.content) > largest:
            raise TooLarge(f"The answer of {response.request.url.host} is larger than {largest} bytes.")
        yield response.content
        return
    coding = response.headers.get("content-encoding", "identity").strip().lower() or "identity"
    if coding not in ("identity", "gzip", "x-gzip"):
        raise NoAnswer(f"{response.request.url.host} packs its answer in a way we did not ask for.")
    unpack = None if coding == "identity" else zlib.decompressobj(wbits=31)
    left = largest
    try:
        for chunk in response.iter_raw():
            part = chunk if unpack is None else unpack.decompress(chunk, left + 1)
            left -= len(part)
            if left < 0:
                raise TooLarge(f"The answer of {response.request.url.host} is larger than {largest} bytes.")
            yield part
        if unpack is not None and left < largest and not unpack.eof:
            raise NoAnswer(f"{response.request.url.host} gave no whole answer.")
    except zlib.error:
        raise NoAnswer(f"The answer of {response.request.url.host} is packed wrongly.") from None


def guarded_transport(inside: frozenset[str]) -> httpx.BaseTransport:
    """The same judgement of addresses for a client of somebody's own; a private address is a `httpx.ConnectError`."""
    return _Guarded(inside, lambda: SECONDS)


class _Guarded(httpx.HTTPTransport):
    """httpx's own transport on connections that are judged when they are made."""

    def __init__(self, inside: frozenset[str], left: Callable[[], float]) -> None:
        super().__init__(trust_env=False)
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(),  # reads SSL_CERT_FILE: some bodies look into their own traffic
            max_connections=10,
            keepalive_expiry=5,
            network_backend=_Guard(inside, left),
        )


class _Private(httpcore.ConnectError):
    """The name leads to a private network."""


class _Guard(httpcore.SyncBackend):
    def __init__(self, inside: frozenset[str], left: Callable[[], float]) -> None:
        self._inside, self._left = inside, left

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the address that was judged, never to the name again."""
        error: Exception = httpcore.ConnectError(f"no address for {host}")
        for address in self._judged(host, port):
            try:
                limit = min(self._left(), timeout or self._left())
                stream = super().connect_tcp(address, port, limit, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as failed:
                error = failed
            except httpcore.ReadTimeout as late:
                raise httpcore.ConnectTimeout("the time is up") from late
            else:
                return _Timed(stream, self._left)
        raise error

    def _judged(self, host: str, port: int) -> list[str]:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"{host} is not known") from error
        addresses = list(dict.fromkeys(str(one[4][0]) for one in found))
        allowed = not self._inside.isdisjoint({host.lower(), f"{host.lower()}:{port}"})
        if not allowed and not all(map(is_public, addresses)):
            raise _Private(f"{host} lies on a private network")
        return addresses


class _Timed(httpcore.NetworkStream):
    """A connection whose every wait ends when the whole question's time is up."""

    def __init__(self, inner: httpcore.NetworkStream, left: Callable[[], float]) -> None:
        self._inner, self._left = inner, left

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, min(self._left(), timeout or SECONDS))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, min(self._left(), timeout or SECONDS))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Timed(self._inner.start_tls(ssl_context, server_hostname, timeout), self._left)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)
