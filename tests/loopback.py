"""A platform on loopback that behaves badly on demand, and the two channels that speak to it.

What a post's text says in brackets decides what happens to it: `[500-before]`, `[500-after]`, `[cut-before]`,
`[cut-after]`, `[429]`, `[slow]`, `[late]` (accepted, stands there a second later), `[empty]` (says yes, posts nothing),
`[twice]` (the answer comes twice), `[403]`; several words happen one after the other, one a try. With `chance`, posts
without such a word meet one at random. It knows no idempotency key: the same question twice is two posts.
"""

import json
import random
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

from ordskifte.channels import registry
from ordskifte.channels.contract import Arrival, Author
from ordskifte.channels.live import Access, Fetched, Limits, Outgoing, Sent
from ordskifte.channels.wire import ask

FAULTS = ("500-before", "500-after", "cut-before", "cut-after", "429", "slow", "late", "empty", "twice")
LATE = 1.0  # seconds


@dataclass
class Platform:
    """What the platform holds. `posts` are (number, text, mark, when it can be seen, parent)."""

    chance: float = 0.0
    seed: int = 0
    posts: list[dict[str, Any]] = field(default_factory=list)
    tries: Counter[str] = field(default_factory=Counter)
    others: list[dict[str, Any]] = field(default_factory=list)
    down: bool = False
    address: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)

    def fault_of(self, text: str) -> str:
        with self.lock:
            words = re.findall(r"\[([\w-]+)\]", text)
            tried = self.tries[text]
            self.tries[text] += 1
            if words:
                return words[tried] if tried < len(words) else ""
            return self._random.choice(FAULTS) if self._random.random() < self.chance else ""

    def add(self, asked: dict[str, Any], *, after: float = 0.0) -> dict[str, Any]:
        with self.lock:
            post = {
                "id": str(len(self.posts) + 1),
                "text": asked["text"],
                "mark": asked["mark"],
                "parent": asked["parent"],
                "from": time.monotonic() + after,
                "created": datetime.now(UTC).isoformat(),
            }
            self.posts.append(post)
            return post

    def shown(self, mark: str = "") -> list[dict[str, Any]]:
        with self.lock:
            seen = [post for post in self.posts if post["from"] <= time.monotonic()]
        return [post for post in seen if not mark or post["mark"] == mark]

    def texts(self) -> Counter[str]:
        with self.lock:
            return Counter(post["text"] for post in self.posts)


class _Handler(BaseHTTPRequestHandler):
    platform: ClassVar[Platform]
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:
        """Silence."""

    def do_GET(self) -> None:
        if self.platform.down:
            self._cut()
            return
        asked = parse_qs(urlsplit(self.path).query)
        self._answer(200, self.platform.shown(asked.get("mark", [""])[0]))

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
        if not urlsplit(self.path).path.endswith("/posts"):
            self._answer(200, {"id": asked["target"]})
            return
        fault = self.platform.fault_of(asked["text"])
        if fault in ("cut-before", "cut-after"):
            if fault == "cut-after":
                self.platform.add(asked)
            self._cut()
        elif fault in ("500-before", "500-after"):
            if fault == "500-after":
                self.platform.add(asked)
            self._answer(500, {"error": "something"})
        elif fault == "429":
            self._answer(429, {"error": "wait"}, ("retry-after", "1"))
        elif fault == "403":
            self._answer(403, {"error": "no"})
        elif fault == "late":
            self.platform.add(asked, after=LATE)
            self._answer(202, {"queued": True})
        elif fault == "empty":
            self._answer(200, {"queued": True})
        else:
            post = self.platform.add(asked)
            if fault == "slow":
                time.sleep(LATE)
            self._answer(200, post)
            if fault == "twice":
                self._answer(200, post)

    def _answer(self, status: int, body: Any, *headers: tuple[str, str]) -> None:
        content = json.dumps(body).encode()
        try:
            self.send_response(status)
            for name, value in (("content-type", "application/json"), ("set-cookie", "secret=1"), *headers):
                self.send_header(name, value)
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
        except OSError:
            self.close_connection = True  # who asked was killed

    def _cut(self) -> None:
        self.close_connection = True
        self.connection.close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever asked was killed in the middle: nothing to say."""


@contextmanager
def platform(**more: Any) -> Iterator[Platform]:
    """A platform that runs, with its address."""
    made = Platform(**more)
    handler = type("Handler", (_Handler,), {"platform": made})
    server = _Server(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    made.address = f"http://127.0.0.1:{server.server_address[1]}/"
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class LoopbackChannel:
    """Keeps our mark, and can be looked at by it."""

    kind: ClassVar[str] = "loopback"
    can_post: ClassVar[bool] = True
    can_reply: ClassVar[bool] = True
    can_edit: ClassVar[bool] = False
    can_delete: ClassVar[bool] = True
    can_hide: ClassVar[bool] = True
    can_block: ClassVar[bool] = False
    can_look: ClassVar[bool] = True
    has_idempotency_key: ClassVar[bool] = False
    settles: ClassVar[timedelta] = timedelta(seconds=3)
    limits: ClassVar[Limits] = Limits(text=500)

    def __init__(self, access: Access) -> None:
        self._access = access

    def send(self, out: Outgoing) -> Sent:
        path = "posts" if out.kind in ("post", "reply") else out.kind
        body = {"text": out.text, "mark": out.mark, "parent": out.target_id, "target": out.target_id}
        answer = ask(
            self._access.client,
            "POST",
            self._access.url + path,
            headers={"authorization": f"Bearer {self._access.secret or 'none'}"},
            json=body,
        )
        found = answer.data.get("id", "")
        link = f"https://loopback.example/{found}" if found else ""
        return Sent(external_id=found, permalink=link, seen=bool(found), exchange=answer.exchange)

    def look(self, out: Outgoing) -> Sent | None:
        answer = ask(self._access.client, "GET", self._access.url + "posts", headers={}, params={"mark": out.mark})
        if not answer.data:
            return None
        found = answer.data[0]["id"]
        return Sent(external_id=found, permalink=f"https://loopback.example/{found}", seen=True)

    def fetch(self, cursor: str) -> Fetched:
        answer = ask(self._access.client, "GET", self._access.url + "posts", headers={})
        new = answer.data[int(cursor or 0) :]
        return Fetched(tuple(arrival(one, self.can_look) for one in new), str(len(answer.data)))


class BlindChannel(LoopbackChannel):
    """Cannot be looked at, and forgets our mark."""

    kind: ClassVar[str] = "blind"
    can_look: ClassVar[bool] = False


class KeyedChannel(BlindChannel):
    """Cannot be looked at, but says that it knows the same mark again."""

    kind: ClassVar[str] = "keyed"
    has_idempotency_key: ClassVar[bool] = True


def arrival(post: dict[str, Any], marked: bool) -> Arrival:
    return Arrival(
        external_id=post["id"],
        kind="reply",
        author=Author(external_id="us", name="Kommunen"),
        ours=True,
        text=post["text"],
        raw=json.dumps(post).encode(),
        raw_type="application/json",
        file="posts",
        where=post["id"],
        parent_id=post["parent"] or None,
        published=datetime.fromisoformat(post["created"]),
        permalink=f"https://loopback.example/{post['id']}",
        extra={"mark": post["mark"]} if marked else {},
    )


def register() -> None:
    """Let the registry know the loopback channels, in this process."""
    for found in (LoopbackChannel, BlindChannel, KeyedChannel):
        registry.LIVE[found.kind] = f"{__name__}.{found.__name__}"


def unregister() -> None:
    for found in (LoopbackChannel, BlindChannel, KeyedChannel):
        registry.LIVE.pop(found.kind, None)
