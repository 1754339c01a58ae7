"""What a real Mastodon 4.7.3 answered, as recorded in the source of Mastodon.py (MIT), read by our channel."""

import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
import yaml

from ordskifte.channels import reasons
from ordskifte.channels.errors import Refused
from ordskifte.channels.live import Access, Outgoing, Picture
from ordskifte.channels.mastodon import MastodonChannel
from ordskifte.channels.mastodon_said import status

pytestmark = pytest.mark.peers

PEERS = Path(os.environ.get("ORDSKIFTE_PEERS", Path(__file__).resolve().parents[2] / ".peers")).absolute()
TAPES = PEERS / "tapes" / "mastodon_py-2.3.3" / "tests" / "cassettes"
AT = datetime(2026, 10, 14, 20, 0, tzinfo=UTC)
_LEFT_OUT = {"content-length", "transfer-encoding", "content-encoding", "connection"}


def tape(name: str) -> list[dict[str, Any]]:
    path = TAPES / f"{name}.yaml"
    if not path.is_file():
        pytest.skip(f"{path.name} is not in {PEERS}: run `make peers`")
    loaded = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return list(loaded["interactions"])


@contextmanager
def replayed(name: str) -> Iterator[tuple[MastodonChannel, list[str]]]:
    """A server that gives each recorded answer once, to the same method and path; what is asked else is a 404."""
    rows, asked = tape(name), []

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: Any) -> None: ...

        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            path = urlsplit(self.path).path
            asked.append(f"{self.command} {path} {body[:2000].decode('utf-8', 'replace')}")
            for number, row in enumerate(rows):
                if (row["request"]["method"], urlsplit(row["request"]["uri"]).path) == (self.command, path):
                    self._give(rows.pop(number)["response"])
                    return
            self._give({"status": {"code": 404}, "headers": {}, "body": {"string": '{"error":"Record not found"}'}})

        do_POST = do_PUT = do_DELETE = do_GET

        def _give(self, answer: dict[str, Any]) -> None:
            content = answer["body"]["string"]
            content = content if isinstance(content, bytes) else content.encode()
            content = content.replace(b"http://localhost:3000", address.encode())
            self.send_response(answer["status"]["code"])
            for header, values in answer["headers"].items():
                if header.lower() not in _LEFT_OUT:
                    self.send_header(header, values[0].replace("http://localhost:3000", address))
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        with httpx.Client(trust_env=False) as client:
            yield MastodonChannel(Access(url=address, secret="x", client=client, clock=lambda: AT)), asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_every_recorded_status_is_read() -> None:
    if not TAPES.is_dir():
        pytest.skip(f"there are no tapes in {PEERS}: run `make peers`")
    read = 0
    for path in sorted(TAPES.glob("test_status*.yaml")):
        for row in tape(path.stem):
            value = _json(row["response"]["body"]["string"])
            if isinstance(value, dict) and "in_reply_to_id" in value and "account" in value:
                found = status(value, b"{}", seen=AT, us=value["account"]["id"], parents={})
                assert found.published is not None
                assert found.external_id.startswith("http")
                assert found.ours
                assert "<" not in found.text.replace("<3", "")
                read += 1
    assert read > 100


def _json(text: str | bytes) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return None


@pytest.mark.parametrize("visibility", ["public", "unlisted", "private", "direct"])
def test_a_status_is_posted_with_its_warning(visibility: str) -> None:
    with replayed(f"test_status_post[Content warning-{visibility}]") as (channel, asked):
        sent = channel.send(Outgoing(kind="post", mark="m", text="Toot!", summary="Obacht", language="nb"))
        assert sent.seen
        assert "/statuses/" in sent.external_id
        assert sent.exchange is not None
        assert b"Bearer" not in sent.exchange.request
        assert "spoiler_text=Obacht" in asked[0]


def test_a_picture_is_waited_for_and_then_shown_with_the_post() -> None:
    with replayed("test_media_post[True]") as (channel, asked):
        sent = channel.send(
            Outgoing(kind="post", mark="m", text="LOL", pictures=(Picture(b"\xff\xd8\xff", "image/jpeg", "En venn"),))
        )
        assert sent.external_id
        kinds = [one.split(" ", 2)[:2] for one in asked]
        assert kinds[0] == ["POST", "/api/v2/media"]
        assert kinds[-1] == ["POST", "/api/v1/statuses"]
        assert "En venn" in asked[0]
        assert "media_ids%5B%5D=" in asked[-1]


def test_an_empty_status_is_refused_in_whatever_language_the_server_says_so() -> None:
    with replayed("test_status_empty") as (channel, _asked), pytest.raises(Refused, match=reasons.NOT_TAKEN):
        channel.send(Outgoing(kind="post", mark="m", text=""))


def test_what_is_missing_is_gone() -> None:
    with replayed("test_status_missing") as (channel, _asked), pytest.raises(Refused, match=reasons.GONE):
        channel.send(Outgoing(kind="delete", mark="m", target_id="117440810000000000"))


def test_an_edit_is_taken_and_is_a_version_of_its_own() -> None:
    rows = tape("test_status_edit")
    first = json.loads(rows[0]["response"]["body"]["string"])
    edited = next(json.loads(r["response"]["body"]["string"]) for r in rows if r["request"]["method"] == "PUT")
    read = [status(one, b"{}", seen=AT, us="", parents={}) for one in (first, edited)]
    assert read[0].external_id == read[1].external_id
    assert [bool(one.edited) for one in read] == [False, True]
    assert read[0].version_key != read[1].version_key
