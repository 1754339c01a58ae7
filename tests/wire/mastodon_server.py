"""A small server of the Mastodon API on loopback, from docs.joinmastodon.org (methods statuses, media, accounts,
notifications, search, apps, instance). Strict: it refuses a field it does not know, a wrong method and a wrong token.

`several`: gives several statuses at once (Mastodon 4.3 and later); without, as GoToSocial and Pleroma do not.
`keys`: knows an Idempotency-Key again; without, as servers that ignore it.
"""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.parser import BytesParser
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlsplit

SCOPES = ["read", "write", "follow", "admin:read"]
_STATUS = {"status", "in_reply_to_id", "media_ids[]", "sensitive", "spoiler_text", "visibility", "language"}
_TIMELINE = {"limit", "min_id", "max_id", "since_id", "exclude_reblogs", "exclude_replies"}


@dataclass
class Server:
    several: bool = True
    keys: bool = True
    software: str = "4.7.3"
    scopes: list[str] = field(default_factory=lambda: list(SCOPES))
    address: str = ""
    tokens: dict[str, str] = field(default_factory=lambda: {"our-token": "1", "their-token": "2"})
    statuses: dict[int, dict[str, Any]] = field(default_factory=dict)
    media: dict[str, dict[str, Any]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    told: list[dict[str, Any]] = field(default_factory=list)
    seen_keys: dict[str, int] = field(default_factory=dict)
    blocked: set[str] = field(default_factory=set)
    next: int = 117440810000000000
    fault: tuple[int, dict[str, str], str] | None = None  # the answer to everything, while it stands
    lock: threading.RLock = field(default_factory=threading.RLock)

    def number(self) -> int:
        self.next += 1
        return self.next

    def account(self, number: str) -> dict[str, Any]:
        name = {"1": "kommunen", "2": "kari"}[number]
        return {
            "id": number,
            "username": name,
            "acct": name,
            "display_name": name.title(),
            "uri": f"{self.address}/users/{name}",
            "url": f"{self.address}/@{name}",
            "role": {"id": "3", "name": "Owner", "permissions": "1"} if number == "1" else None,
        }

    def shown(self, number: int) -> dict[str, Any]:
        one = self.statuses[number]
        account = self.account(one["by"])
        replies = sum(other["in_reply_to_id"] == str(number) for other in self.statuses.values())
        return {
            "id": str(number),
            "created_at": one["created_at"],
            "in_reply_to_id": one["in_reply_to_id"],
            "spoiler_text": one["spoiler_text"],
            "visibility": one["visibility"],
            "language": one["language"],
            "uri": f"{account['uri']}/statuses/{number}",
            "url": f"{account['url']}/{number}",
            "replies_count": replies,
            "reblogs_count": 0,
            "favourites_count": 0,
            "edited_at": one["edited_at"],
            "content": f"<p>{escape(one['status'])}</p>",
            "reblog": None,
            "account": account,
            "media_attachments": [self.media[name] for name in one["media"]],
            "mentions": [],
        }

    def say(self, by: str, form: dict[str, Any]) -> int:
        number = self.number()
        self.statuses[number] = {
            "by": by,
            "status": form["status"],
            "created_at": now(),
            "edited_at": None,
            "in_reply_to_id": form.get("in_reply_to_id"),
            "spoiler_text": form.get("spoiler_text", ""),
            "visibility": form.get("visibility", "public"),
            "language": form.get("language", "nb"),
            "media": form.get("media_ids[]", []),
        }
        for other in ("1", "2"):
            if other != by and f"@{self.account(other)['acct']}" in form["status"]:
                self.told.append({"id": str(self.number()), "type": "mention", "to": other, "status": number})
        return number


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Wrong(Exception):
    def __init__(self, status: int, error: str) -> None:
        super().__init__(error)
        self.status = status


class Handler(BaseHTTPRequestHandler):
    server_: ClassVar[Server]
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: Any) -> None: ...

    def do_GET(self) -> None:
        self._do()

    do_POST = do_PUT = do_DELETE = do_GET

    def _do(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        parts = urlsplit(self.path)
        if parts.path.startswith("/files/"):
            self._send(200, self.server_.files[parts.path], {"content-type": "image/png"})
            return
        try:
            with self.server_.lock:
                if self.server_.fault:
                    status, headers, text = self.server_.fault
                    self._send(status, text.encode(), headers)
                    return
                status, answer = self._answer(parts.path, _fields(parse_qsl(parts.query)), body)
        except Wrong as wrong:
            status, answer = wrong.status, {"error": str(wrong)}
        headers = {"content-type": "application/json; charset=utf-8", "x-ratelimit-limit": "300"}
        self._send(status, json.dumps(answer).encode(), headers)

    def _send(self, status: int, content: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _answer(  # noqa: C901 - one line for each address of the API
        self, path: str, query: dict[str, Any], body: bytes
    ) -> tuple[int, Any]:
        held = self.server_
        us = held.tokens.get((self.headers.get("authorization") or "").removeprefix("Bearer "))
        if us is None:
            raise Wrong(401, "The access token is invalid")
        match self.command, path.strip("/").split("/"):
            case "GET", ["api", "v1", "accounts", "verify_credentials"]:
                return 200, held.account(us)
            case "GET", ["api", "v1", "apps", "verify_credentials"]:
                return 200, {"name": "Ordskifte", "scopes": held.scopes}
            case "GET", ["api", "v2", "instance"]:
                return 200, {"title": "Prøvetjener", "version": held.software}
            case "GET", ["api", "v1", "accounts", "relationships"]:
                return 200, [{"id": one, "blocking": one in held.blocked} for one in query["id[]"]]
            case "GET", ["api", "v1", "accounts", number, "statuses"]:
                _only(query, _TIMELINE)
                return 200, [held.shown(one) for one in self._page(query, number)]
            case "POST", ["api", "v1", "accounts", number, ("block" | "unblock") as act]:
                (held.blocked.add if act == "block" else held.blocked.discard)(number)
                return 200, {"id": number, "blocking": number in held.blocked}
            case "GET", ["api", "v1", "notifications"]:
                _only(query, {"limit", "min_id", "types[]"})
                return 200, self._told(query, us)
            case "GET", ["api", "v2", "search"]:
                _only(query, {"q", "type", "resolve", "limit"})
                return 200, self._search(query)
            case "POST", ["api", "v2", "media"]:
                return 202, self._upload(body)
            case "GET", ["api", "v1", "media", number]:
                return 200, held.media[number]
            case "GET", ["api", "v1", "statuses"]:
                if not held.several:
                    raise Wrong(405, "Method Not Allowed")
                _only(query, {"id[]"})
                return 200, [held.shown(int(one)) for one in query.get("id[]", []) if int(one) in held.statuses]
            case "POST", ["api", "v1", "statuses"]:
                return 200, self._say(us, body)
            case method, ["api", "v1", "statuses", number, *more]:
                return 200, self._one(method, us, number, more, body)
        raise Wrong(404, "Record not found")

    def _page(self, query: dict[str, Any], by: str) -> list[int]:
        own = sorted(n for n, one in self.server_.statuses.items() if one["by"] == by)
        limit = int(query.get("limit", 20))
        if "min_id" in query:
            return sorted([n for n in own if n > int(query["min_id"])][:limit], reverse=True)
        return sorted(own, reverse=True)[:limit]

    def _told(self, query: dict[str, Any], us: str) -> list[dict[str, Any]]:
        own = [one for one in self.server_.told if one["to"] == us and int(one["id"]) > int(query.get("min_id", 0))]
        shown = []
        for one in own[: int(query.get("limit", 20))]:
            if one["status"] in self.server_.statuses and one["type"] in query["types[]"]:
                status = self.server_.shown(one["status"])
                shown.append({"id": one["id"], "type": one["type"], "account": status["account"], "status": status})
        return shown[::-1]

    def _search(self, query: dict[str, Any]) -> dict[str, Any]:
        held = self.server_
        accounts = [one for one in map(held.account, ("1", "2")) if query["q"] in (one["uri"], one["url"])]
        statuses = [one for one in map(held.shown, held.statuses) if query["q"] in (one["uri"], one["url"])]
        return {"accounts": accounts, "statuses": statuses, "hashtags": []}

    def _upload(self, body: bytes) -> dict[str, Any]:
        head = f"content-type: {self.headers['content-type']}\r\n\r\n".encode()
        parts = {one.get_param("name", header="content-disposition"): one for one in _parts(head + body)}
        if set(parts) != {"file", "description"}:
            raise Wrong(422, f"unknown fields {set(parts)}")
        number = str(self.server_.number())
        description = parts["description"].get_payload(decode=True).decode()
        path = f"/files/{number}.png"
        self.server_.files[path] = parts["file"].get_payload(decode=True)
        known = {"id": number, "type": "image", "url": f"{self.server_.address}{path}", "description": description}
        self.server_.media[number] = known
        return known | {"url": None}

    def _say(self, us: str, body: bytes) -> dict[str, Any]:
        form = _fields(parse_qsl(body.decode(), keep_blank_values=True))
        _only(form, _STATUS)
        if not form.get("status") and not form.get("media_ids[]"):
            raise Wrong(422, "Validation failed: Text can't be blank")
        if len(form["status"]) > 500:
            raise Wrong(422, "Validation failed: Text character limit of 500 exceeded")
        key = self.headers.get("idempotency-key", "")
        held = self.server_
        if held.keys and key and key in held.seen_keys:
            return held.shown(held.seen_keys[key])
        number = held.say(us, form)
        held.seen_keys[key] = number
        return held.shown(number)

    def _one(self, method: str, us: str, number: str, more: list[str], body: bytes) -> Any:
        held = self.server_
        if not number.isdecimal() or int(number) not in held.statuses:
            raise Wrong(404, "Record not found")
        one = held.statuses[int(number)]
        if method == "GET" and more == ["context"]:
            below = [n for n, other in held.statuses.items() if other["in_reply_to_id"] == number]
            return {"ancestors": [], "descendants": [held.shown(n) for n in sorted(below)]}
        if method == "GET" and not more:
            return held.shown(int(number))
        if one["by"] != us:
            raise Wrong(404, "Record not found")
        if method == "DELETE" and not more:
            gone = held.shown(int(number))
            del held.statuses[int(number)]
            return gone
        if method == "PUT" and not more:
            form = _fields(parse_qsl(body.decode(), keep_blank_values=True))
            _only(form, _STATUS - {"in_reply_to_id", "visibility"})
            one |= {"status": form["status"], "edited_at": now(), "media": form.get("media_ids[]", [])}
            return held.shown(int(number))
        raise Wrong(405, "Method Not Allowed")


def _fields(pairs: list[tuple[str, str]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name.endswith("[]"):
            found.setdefault(name, []).append(value)
        else:
            found[name] = value
    return found


def _only(fields: dict[str, Any], known: set[str]) -> None:
    if unknown := set(fields) - known:
        raise Wrong(422, f"unknown fields {sorted(unknown)}")


def _parts(message: bytes) -> list[Any]:
    return list(BytesParser().parsebytes(message).get_payload())


@contextmanager
def mastodon(**more: Any) -> Iterator[Server]:
    """A server that runs, with its address."""
    made = Server(**more)
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"server_": made}))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    made.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
