"""The door to the network, against real servers on loopback: what it lets out, what it takes in, what it says."""

import gzip
import logging
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from ordskifte.base.hosts import inside_hosts
from ordskifte.base.http import (
    Door,
    DoorError,
    NoAnswer,
    Refused,
    TooLarge,
    Unreachable,
    guarded_transport,
    is_public,
    redacted_headers,
    redacted_url,
)

SECRET = "hemmelig-nøkkel"


PACKED = {
    "/bomb": gzip.compress(b"0" * 20_000_000),
    "/packed": gzip.compress("blåbær".encode()),
    "/half": gzip.compress(b"0123456789" * 50)[:-12],
    "/notpacked": b"plain",
    "/odd": b"???",
}


class Handler(BaseHTTPRequestHandler):
    """Answers by the path; `seen` holds what was asked."""

    protocol_version = "HTTP/1.1"
    seen: ClassVar[list[tuple[str, str, dict[str, str], bytes]]]
    other: ClassVar[str]

    def log_message(self, *_: object) -> None:
        pass

    def handle_one(self) -> None:
        length = int(self.headers.get("content-length") or 0)
        names = {name.lower(): value for name, value in self.headers.items()}
        self.seen.append((self.command, self.path, names, self.rfile.read(length)))
        path = self.path.partition("?")[0]
        if path in PACKED:
            self._say(200, PACKED[path], content_encoding="br" if path == "/odd" else "gzip")
        elif path.startswith("/to/"):
            self._say(302, b"", location=self.path[4:].replace("OTHER", self.other))
        elif path in ("/drip", "/cut", "/hang"):
            self._fail(path)
        else:
            found = {"/loop": 301, "/gone": 410}
            headers = {"/loop": {"location": "/loop"}, "/cookie": {"set_cookie": "k=v"}}
            self._say(found.get(path, 200), b"x" * 5000 if path == "/large" else b"hei", **headers.get(path, {}))

    do_GET = do_HEAD = do_POST = handle_one

    def _say(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _fail(self, path: str) -> None:
        """No answer, half of one, or a header that never ends, a little at a time."""
        self.close_connection = True
        if path == "/cut":
            self.wfile.write(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nshort")
        elif path == "/drip":
            self.wfile.write(b"HTTP/1.1 200 OK\r\nx: ")
            for _ in range(200):
                with suppress(OSError):
                    self.wfile.write(b"y")
                threading.Event().wait(0.01)


class Server:
    def __init__(self) -> None:
        handler = type("Mine", (Handler,), {"seen": [], "other": ""})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.server.daemon_threads = True
        self.handler = handler
        self.host = f"127.0.0.1:{self.server.server_port}"
        self.url = f"http://{self.host}"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})
        self.thread.start()

    @property
    def seen(self) -> list[tuple[str, str, dict[str, str], bytes]]:
        found: list[tuple[str, str, dict[str, str], bytes]] = self.handler.seen  # type: ignore[attr-defined]
        return found

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


@pytest.fixture
def other() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


def test_an_answer_comes_back_whole(server: Server) -> None:
    with Door(inside=inside_hosts(server.host)) as door:
        answer = door.ask("get", f"{server.url}/hei?a={SECRET}", headers={"Accept": "text/plain"}, params={"b": "2"})
    assert (answer.status, answer.ok, answer.body, answer.url) == (200, True, b"hei", f"{server.url}/hei")
    assert answer.headers["content-length"] == "3"
    method, path, headers, _body = server.seen[0]
    assert (method, path.startswith("/hei?"), headers["accept"], headers["user-agent"]) == (
        "GET",
        True,
        "text/plain",
        "Ordskifte",
    )


def test_what_is_sent_arrives(server: Server) -> None:
    with Door(inside=inside_hosts(server.host)) as door:
        assert door.ask("POST", f"{server.url}/", json={"a": "å"}).ok
        assert door.ask("POST", f"{server.url}/", content=b"raw", headers={"Authorization": SECRET.encode().hex()}).ok
        assert not door.ask("GET", f"{server.url}/gone").ok
    assert [body for _, _, _, body in server.seen] == ['{"a":"å"}'.encode(), b"raw", b""]


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/",
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
        "//example.org/",
        "example.org",
        "http://",
        "http://user:pass@example.org/",
        "http://exa mple.org/",
        "http://[::1",
        "javascript:alert(1)",
        "",
    ],
)
def test_other_addresses_than_web_addresses_are_refused(url: str) -> None:
    with Door() as door, pytest.raises(Refused) as error:
        door.ask("GET", url)
    assert (error.value.again, error.value.arrived) == (False, False)
    assert "pass" not in str(error.value).replace("password", "")


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "2130706433", "127.1"]
)
def test_our_own_machine_is_refused_and_nothing_is_sent(server: Server, host: str) -> None:
    with Door() as door, pytest.raises(Refused):
        door.ask("GET", f"http://{host}:{server.server.server_port}/")
    assert server.seen == []


def test_a_host_that_is_named_is_allowed_and_only_with_its_port(server: Server, other: Server) -> None:
    with Door(inside=inside_hosts(f" {server.host.upper()} , ")) as door:
        assert door.ask("GET", f"{server.url}/").ok
        with pytest.raises(Refused) as error:
            door.ask("GET", f"{other.url}/")
    assert "ORDSKIFTE_INSIDE_HOSTS" in error.value.advice
    with Door(inside=inside_hosts("127.0.0.1")) as door:
        assert door.ask("GET", f"{other.url}/").ok


def test_a_client_of_somebodys_own_is_guarded_too(server: Server) -> None:
    with httpx.Client(transport=guarded_transport(inside_hosts(server.host))) as client:
        assert client.get(f"{server.url}/hei").text == "hei"
    with httpx.Client(transport=guarded_transport(frozenset())) as client, pytest.raises(httpx.ConnectError):
        client.get(f"{server.url}/hei")


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("185.17.0.1", True),
        ("2a02:20c8::1", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("192.0.2.1", False),
        ("::", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("ff02::1", False),
        ("::ffff:10.0.0.1", False),
        ("::ffff:185.17.0.1", True),
        ("64:ff9b::a00:1", False),
        ("2002:7f00:1::", False),
        ("2001:0:7f00:1::", False),
    ],
)
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_a_name_that_leads_to_a_private_address_is_refused_when_connecting(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when only one of its addresses is private: the resolver's answer is what is judged and what is used."""
    real = socket.getaddrinfo
    asked = []

    def resolver(host: str, port: int, *args: object, **more: object) -> list[object]:
        asked.append(host)
        at = [(2, 1, 6, "", (address, port)) for address in ("185.17.0.1", "127.0.0.1")]
        return at if host == "rebind.example" else list(real(host, port, *args, **more))  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", resolver)
    with Door() as door, pytest.raises(Refused):
        door.ask("GET", f"http://rebind.example:{server.server.server_port}/")
    assert asked == ["rebind.example"]
    assert server.seen == []


def test_redirects_are_followed_and_judged_again(server: Server, other: Server) -> None:
    server.handler.other = other.url  # type: ignore[attr-defined]
    with Door(inside=inside_hosts(server.host)) as door:
        assert door.ask("GET", f"{server.url}/to//hei").url == f"{server.url}/hei"
        with pytest.raises(Refused):
            door.ask("GET", f"{server.url}/to/OTHER/hei")
        with pytest.raises(Refused, match="more than 5"):
            door.ask("GET", f"{server.url}/loop")
        for onward in ("file:///etc/passwd", "http://a:b@example.org/"):
            with pytest.raises(Refused):
                door.ask("GET", f"{server.url}/to/{onward}")
    assert other.seen == []


def test_credentials_do_not_follow_to_another_host(server: Server, other: Server) -> None:
    server.handler.other = other.url  # type: ignore[attr-defined]
    headers = {"Authorization": "Bearer abc", "Cookie": "a=b", "X-Api-Key": "abc", "Accept": "text/plain"}
    with Door(inside=inside_hosts("127.0.0.1")) as door:
        door.ask("GET", f"{server.url}/to/OTHER/hei", headers=headers)
        door.ask("GET", f"{server.url}/to//hei", headers=headers)
    assert not {"authorization", "cookie", "x-api-key"} & set(other.seen[0][2])
    assert other.seen[0][2]["accept"] == "text/plain"
    assert other.seen[0][2]["host"] == other.host
    assert server.seen[-1][2]["authorization"] == "Bearer abc"


def test_what_was_sent_is_never_sent_on_by_a_redirect(server: Server) -> None:
    with Door(inside=inside_hosts(server.host)) as door:
        assert door.ask("POST", f"{server.url}/to//hei", content=b"x").status == 302
    assert len(server.seen) == 1


def test_from_https_to_http_is_refused() -> None:
    def lead(request: httpx.Request) -> httpx.Response:
        return httpx.Response(302, headers={"location": "http://example.org/"})

    with Door(transport=httpx.MockTransport(lead)) as door, pytest.raises(Refused, match="https"):
        door.ask("GET", "https://example.org/")


def test_an_application_in_this_process_is_asked_through_the_same_door() -> None:
    def echo(request: httpx.Request) -> httpx.Response:
        return httpx.Response(201, content=request.content * 2, headers={"X-A": "b"})

    with Door(transport=httpx.MockTransport(echo)) as door:
        answer = door.ask("POST", "http://arena.invalid/x", content=b"12")
        assert (answer.status, answer.body, answer.headers["x-a"]) == (201, b"1212", "b")
        with pytest.raises(TooLarge):
            door.ask("POST", "http://arena.invalid/x", content=b"12", largest=3)


def test_cookies_are_not_kept(server: Server) -> None:
    with Door(inside=inside_hosts(server.host)) as door:
        door.ask("GET", f"{server.url}/cookie")
        door.ask("GET", f"{server.url}/hei")
    assert "cookie" not in server.seen[1][2]


def test_an_answer_that_is_too_large_is_refused_also_when_packed(server: Server) -> None:
    with Door(inside=inside_hosts(server.host), largest=5000) as door:
        assert len(door.ask("GET", f"{server.url}/large").body) == 5000
        for path, largest in (("/large", 4999), ("/bomb", 1_000_000)):
            with pytest.raises(TooLarge) as error:
                door.ask("GET", server.url + path, largest=largest)
            assert (error.value.again, error.value.arrived) == (False, True)
        assert door.ask("GET", f"{server.url}/large", body=False, largest=10).body == b""
        assert door.ask("HEAD", f"{server.url}/large", largest=10).body == b""


def test_packed_answers_are_unpacked_and_broken_ones_refused(server: Server) -> None:
    with Door(inside=inside_hosts(server.host)) as door:
        assert door.ask("GET", f"{server.url}/packed").body.decode() == "blåbær"
        for path in ("/half", "/odd", "/notpacked"):
            with pytest.raises(NoAnswer):
                door.ask("GET", server.url + path)


@pytest.mark.parametrize("path", ["/cut", "/hang", "/drip"])
def test_no_whole_answer_in_time_may_have_arrived(server: Server, path: str) -> None:
    with Door(inside=inside_hosts(server.host), seconds=0.5) as door, pytest.raises(NoAnswer) as error:
        door.ask("POST", server.url + path, content=b"x")
    assert (error.value.again, error.value.arrived) == (True, True)
    assert len(server.seen) == 1


def test_what_cannot_be_reached_did_not_arrive() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with Door(inside=inside_hosts("127.0.0.1")) as door, pytest.raises(Unreachable) as error:
            door.ask("GET", f"http://127.0.0.1:{taken.getsockname()[1]}/?key={SECRET}")
    assert (error.value.again, error.value.arrived) == (True, False)
    assert SECRET not in str(error.value)
    with Door() as door, pytest.raises(Unreachable):
        door.ask("GET", "http://finnes-ikke.invalid/")


def test_a_certificate_that_is_not_valid_is_said(tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(own_certificate(tmp_path))
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            connection, _ = listening.accept()
            try:
                context.wrap_socket(connection, server_side=True).close()
            except (ssl.SSLError, OSError):
                connection.close()

        thread = threading.Thread(target=serve)
        thread.start()
        with Door(inside=inside_hosts("127.0.0.1")) as door, pytest.raises(Unreachable, match="certificate"):
            door.ask("GET", f"https://127.0.0.1:{listening.getsockname()[1]}/")
        thread.join()


def own_certificate(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    at = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(at - timedelta(days=1))
        .not_valid_after(at + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    path = folder / "own.pem"
    pem = serialization.Encoding.PEM
    plain = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(plain + made.public_bytes(pem))
    return path


def test_nothing_secret_is_logged_or_kept(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    with Door(inside=inside_hosts(server.host)) as door:
        door.ask("GET", f"{server.url}/hei?token={SECRET}", headers={"Authorization": "Bearer abcdef"})
        with pytest.raises(DoorError) as error:
            door.ask("GET", f"{server.url}/large?token={SECRET}", largest=1)
    assert SECRET not in caplog.text + str(error.value)
    assert "abcdef" not in caplog.text
    assert redacted_url(f"https://a:b@example.org/sti?token={SECRET}#x") == "https://example.org/sti"
    assert redacted_headers({"Authorization": "Bearer x", "Set-Cookie": "y", "Accept": "z"}) == {
        "Authorization": "[redacted]",
        "Set-Cookie": "[redacted]",
        "Accept": "z",
    }
