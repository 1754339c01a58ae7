"""Bluesky by AT Protocol: our repository on its server, and what the network says to us by the same server.

Source: atproto.com/specs and the lexicons com.atproto.* and app.bsky.*. A record's name is chosen by us and follows
from our mark, so the same thing twice is one record, and what became of it is looked up by its name. Posts cannot be
changed.
"""

import threading
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, ClassVar, Final

import httpx
import orjson

from ordskifte.channels import reasons, setup
from ordskifte.channels.bluesky_said import JSON, POST, author, key_of, post, record
from ordskifte.channels.contract import Arrival, Author
from ordskifte.channels.errors import ChannelFault, NotSent, Refused, Unsure
from ordskifte.channels.facts import limits_of
from ordskifte.channels.known import Known, deletion
from ordskifte.channels.live import Access, Checked, Fetched, Field, Limits, Outgoing, Picture, Sent
from ordskifte.channels.wire import Answer, Steps, ask, before_sending, pieces

PAGE: Final = 50
MOST_PAGES: Final = 20  # of notifications in one go
TOGETHER: Final = 25  # posts that getPosts takes
_GATE: Final = "app.bsky.feed.threadgate"
_BLOCK: Final = "app.bsky.graph.block"
_HEARD: Final = ("reply", "mention", "quote")
_SESSIONS: Final[dict[str, tuple[str, str]]] = {}
"""Sessions of this process: a server lets us sign in 300 times a day, and we ask more often. Never stored."""
_LOCK: Final = threading.Lock()


class BlueskyChannel:
    """One account on one server."""

    kind: ClassVar[str] = "bluesky"
    can_post: ClassVar[bool] = True
    can_reply: ClassVar[bool] = True
    can_edit: ClassVar[bool] = False
    can_delete: ClassVar[bool] = True
    can_hide: ClassVar[bool] = True
    can_block: ClassVar[bool] = True
    can_look: ClassVar[bool] = True
    has_idempotency_key: ClassVar[bool] = True
    settles: ClassVar[timedelta] = timedelta(seconds=5)
    limits: ClassVar[Limits] = limits_of("bluesky")
    fields: ClassVar[tuple[Field, ...]] = (
        Field("url", setup.SERVER),
        Field("login", setup.USER),
        Field("secret", setup.APP_PASSWORD, setup.HINT_BLUESKY),
    )

    def __init__(self, access: Access) -> None:
        self._access = access
        self._server = access.url.rstrip("/") + "/"
        secret = sha256(access.secret.encode()).hexdigest()
        self._name = f"{self._server} {access.more.get('login', '')} {secret}"

    @property
    def _us(self) -> str:
        return self._access.more.get("account", "")

    def check(self) -> Checked:
        """Who signs in with it. An app password may all but read private messages."""
        said = self._sign_in()
        if said.get("active") is False:
            raise Refused(reasons.BLOCKED)
        did, handle = str(said.get("did", "")), str(said.get("handle", ""))
        return Checked(
            account_id=did,
            handle=f"@{handle}",
            name=handle,
            url=self._server,
            home=f"https://bsky.app/profile/{did}",
            may=(
                setup.READ_OWN, setup.READ_ANSWERS, setup.POST, setup.PICTURES, setup.DELETE, setup.HIDE, setup.BLOCK,
            ),
            may_not=(setup.READ_MESSAGES, setup.EDIT, setup.REMOVE),
            server="AT Protocol",
            more={"account": did},
        )  # fmt: skip

    def send(self, out: Outgoing) -> Sent:
        """Post, answer, delete, hide an answer in our thread, block."""
        if out.kind in ("post", "reply"):
            return self._say(out)
        if out.kind == "delete":
            did, _collection, key = self._parts(out.target_id)
            if did != self._us:
                raise Refused(reasons.NOT_ALLOWED)
            return _done(self._write("deleteRecord", {"collection": POST, "rkey": key}))
        if out.kind in ("hide", "unhide"):
            with before_sending():
                key, gate = self._gate_of(out.target_id)
            hidden = [one for one in gate.get("hiddenReplies", []) if one != out.target_id]
            gate["hiddenReplies"] = [*hidden, out.target_id] if out.kind == "hide" else hidden
            return _done(self._write("putRecord", {"collection": _GATE, "rkey": key, "record": gate}))
        if out.kind in ("block", "unblock"):
            return self._block(out)
        raise Refused(reasons.CANNOT)

    def _say(self, out: Outgoing) -> Sent:
        steps = Steps()
        with before_sending():
            images = [self._upload(one) for one in out.pictures]
            made = record(out.text, language=out.language, at=self._access.clock(), images=images)
            if out.kind == "reply":
                made["reply"] = self._above(out.target_id)
        steps.still()
        asked = {"collection": POST, "rkey": key_of(out.mark, out.since), "record": made}
        answer = self._write("createRecord", asked)
        uri = _dict(answer.data).get("uri")
        if not isinstance(uri, str):
            raise Unsure(reasons.NOT_UNDERSTOOD)
        return Sent(external_id=uri, permalink=_link(uri), seen=True, exchange=answer.exchange)

    def _above(self, uri: str) -> dict[str, Any]:
        """What is answered, and the post its thread began with, each with the hash of what it says."""
        found = _dict(self._thing(uri))
        parent = {"uri": uri, "cid": str(found.get("cid", ""))}
        root = _dict(_dict(_dict(found.get("record")).get("reply")).get("root"))
        return {"root": root or parent, "parent": parent}

    def _thing(self, uri: str) -> dict[str, Any]:
        """A post as the network shows it; of ours, as it stands in our repository."""
        did, collection, key = self._parts(uri)
        if did == self._us:
            asked = {"repo": did, "collection": collection, "rkey": key}
            answer = self._get("com.atproto.repo.getRecord", asked, also=(400,))
            if answer.status == 400:
                raise Refused(reasons.GONE)
            return {"cid": _dict(answer.data).get("cid"), "record": _dict(answer.data).get("value")}
        found = pieces(self._get("app.bsky.feed.getPosts", {"uris": uri}).body, "posts")
        if not found:
            raise Refused(reasons.GONE)
        return found[0][0]

    def _gate_of(self, uri: str) -> tuple[str, dict[str, Any]]:
        """The record that says who is hidden in the thread of an answer. Only our own threads have one of ours."""
        root = str(_dict(self._above(uri)["root"])["uri"])
        did, _collection, key = self._parts(root)
        if did != self._us:
            raise Refused(reasons.NOT_ALLOWED)
        asked = {"repo": did, "collection": _GATE, "rkey": key}
        answer = self._get("com.atproto.repo.getRecord", asked, also=(400,))
        standing = _dict(_dict(answer.data).get("value")) if answer.status == 200 else {}
        at = self._access.clock().astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        return key, standing or {"$type": _GATE, "post": root, "createdAt": at, "hiddenReplies": []}

    def _block(self, out: Outgoing) -> Sent:
        if out.kind == "block":
            at = self._access.clock().astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
            made = {"$type": _BLOCK, "subject": out.account_id, "createdAt": at}
            asked = {"collection": _BLOCK, "rkey": key_of(out.mark, out.since), "record": made}
            return _done(self._write("putRecord", asked))
        with before_sending():
            standing = self._blocking(out.account_id)
        if not standing:
            return Sent(seen=True)
        return _done(self._write("deleteRecord", {"collection": _BLOCK, "rkey": self._parts(standing)[2]}))

    def _blocking(self, account: str) -> str:
        """The record by which we block an account; "" when we do not."""
        asked = {"repo": self._us, "collection": _BLOCK, "limit": "100"}
        for _page in range(MOST_PAGES):
            answer = self._get("com.atproto.repo.listRecords", asked)
            for one, _raw in pieces(answer.body, "records"):
                if _dict(one.get("value")).get("subject") == account:
                    return str(one["uri"])
            cursor = _dict(answer.data).get("cursor")
            if not cursor:
                break
            asked["cursor"] = str(cursor)
        return ""

    def _upload(self, picture: Picture) -> dict[str, Any]:
        answer = self._ask(
            "POST",
            "com.atproto.repo.uploadBlob",
            headers={"content-type": picture.media_type},
            content=picture.content,
        )
        blob = _dict(answer.data).get("blob")
        if not isinstance(blob, dict):
            raise Refused(reasons.PICTURE_REFUSED)
        return {"image": blob, "alt": picture.alt}

    def look(self, out: Outgoing) -> Sent | None:
        """By the name it was given, in our own repository."""
        if out.kind in ("post", "reply"):
            uri = f"at://{self._us}/{POST}/{key_of(out.mark, out.since)}"
            try:
                self._thing(uri)
            except Refused:
                return None
            return Sent(external_id=uri, permalink=_link(uri), seen=True)
        if out.kind in ("block", "unblock"):
            return Sent(seen=True) if bool(self._blocking(out.account_id)) == (out.kind == "block") else None
        if out.kind in ("hide", "unhide"):
            hidden = out.target_id in self._gate_of(out.target_id)[1].get("hiddenReplies", [])
            return Sent(seen=True) if hidden == (out.kind == "hide") else None
        try:
            self._thing(out.target_id)
        except Refused:
            return Sent(seen=True)
        return None

    def fetch(self, cursor: str) -> Fetched:
        """Our repository in its order, who speaks to us, and what we know of lately once more."""
        state = _dict(orjson.loads(cursor)) if cursor else {}
        seen = self._access.clock()
        own, others = Known(state.get("own_known")), Known(state.get("known"))
        arrivals, more = self._own(state, own, seen)
        arrivals += self._heard(state, others, seen)
        if not more:
            arrivals += self._gone_of_ours(own, seen)
            arrivals += self._gone_of_theirs(others, seen)
        state |= {"own_known": own.saved, "known": others.saved}
        return Fetched(tuple(arrivals), orjson.dumps(state).decode(), more)

    def _own(self, state: dict[str, Any], known: Known, seen: datetime) -> tuple[list[Arrival], bool]:
        asked = {"repo": self._us, "collection": POST, "limit": str(PAGE), "reverse": "true"}
        if state.get("own"):
            asked["cursor"] = str(state["own"])
        found = pieces(self._get("com.atproto.repo.listRecords", asked).body, "records")
        arrivals = [self._read_own(one, raw, seen) for one, raw in found]
        if found:
            state["own"] = self._parts(str(found[-1][0]["uri"]))[2]
        return [taken for one in arrivals if (taken := known.take(one, seen=seen))], len(found) == PAGE

    def _read_own(self, one: dict[str, Any], raw: bytes, seen: datetime) -> Arrival:
        login = self._access.more.get("login", "")
        who = Author(self._us, f"@{login}", "", f"https://bsky.app/profile/{self._us}")
        value = _dict(one.get("value"))
        return post(str(one["uri"]), str(one["cid"]), value, raw, who=who, us=self._us, server=self._server, seen=seen)

    def _heard(self, state: dict[str, Any], known: Known, seen: datetime) -> list[Arrival]:
        """Notifications come newest first: read back to those we have."""
        found: list[Arrival] = []
        since, newest = str(state.get("told", "")), str(state.get("told", ""))
        asked = {"limit": str(PAGE)}
        for _page in range(MOST_PAGES):
            answer = self._get("app.bsky.notification.listNotifications", asked)
            told = pieces(answer.body, "notifications")
            for one, raw in told:
                at = str(one.get("indexedAt", ""))
                newest = max(newest, at)
                if at >= since and one.get("reason") in _HEARD:
                    who, value = author(_dict(one.get("author"))), _dict(one.get("record"))
                    uri, cid = str(one["uri"]), str(one["cid"])
                    said = post(uri, cid, value, raw, who=who, us=self._us, server=self._server, seen=seen)
                    found += [taken] if (taken := known.take(said, seen=seen)) else []
            cursor = _dict(answer.data).get("cursor")
            if not cursor or not told or str(told[-1][0].get("indexedAt", "")) < since:
                break
            asked["cursor"] = str(cursor)
        state["told"] = newest
        return found[::-1]

    def _gone_of_ours(self, known: Known, seen: datetime) -> list[Arrival]:
        """Our newest posts as the repository has them: what we know of between them and is not there was deleted."""
        asked = {"repo": self._us, "collection": POST, "limit": "100"}
        answer = self._get("com.atproto.repo.listRecords", asked)
        there = [str(one["uri"]) for one, _raw in pieces(answer.body, "records")]
        oldest = min(there, default="") if len(there) == 100 else ""
        gone = [name for name in known.ids if name not in there and name > oldest]
        for name in gone:
            known.forget(name)
        return [deletion(name, raw=answer.body, raw_type=JSON, file=POST, seen=seen) for name in gone]

    def _gone_of_theirs(self, known: Known, seen: datetime) -> list[Arrival]:
        """What the network showed us once and leaves out now."""
        found = []
        for start in range(0, len(known.ids), TOGETHER):
            part = known.ids[start : start + TOGETHER]
            answer = self._get("app.bsky.feed.getPosts", {"uris": part})
            there = {str(one["uri"]) for one, _raw in pieces(answer.body, "posts")}
            found += [(name, answer.body) for name in part if name not in there]
        for name, _raw in found:
            known.forget(name)
        return [deletion(name, raw=raw, raw_type=JSON, file=POST, seen=seen) for name, raw in found]

    def _parts(self, uri: str) -> tuple[str, str, str]:
        parts = uri.removeprefix("at://").split("/")
        if len(parts) != 3 or not uri.startswith("at://"):
            raise Refused(reasons.GONE)
        return parts[0], parts[1], parts[2]

    def _sign_in(self) -> dict[str, Any]:
        """A new session. What goes over the wire here is no evidence: it holds the password."""
        asked = {"identifier": self._access.more.get("login", "").lstrip("@"), "password": self._access.secret}
        url = f"{self._server}xrpc/com.atproto.server.createSession"
        said = _dict(ask(self._access.client, "POST", url, headers={}, json=asked, explain=_explain).data)
        if not said.get("accessJwt") or not said.get("did"):
            raise Refused(reasons.NO_SUCH_SERVICE)
        with _LOCK:
            _SESSIONS[self._name] = (str(said["accessJwt"]), str(said.get("refreshJwt", "")))
        return said

    def _token(self) -> str:
        if self._name not in _SESSIONS:
            with before_sending():
                self._sign_in()
        return _SESSIONS[self._name][0]

    def _refresh(self) -> None:
        """The session has run out: another of the same, or a new one."""
        refresh = _SESSIONS.pop(self._name, ("", ""))[1]
        url = f"{self._server}xrpc/com.atproto.server.refreshSession"
        try:
            head = {"authorization": f"Bearer {refresh}"}
            said = _dict(ask(self._access.client, "POST", url, headers=head, explain=_explain).data)
        except ChannelFault:
            return
        if said.get("accessJwt"):
            with _LOCK:
                _SESSIONS[self._name] = (str(said["accessJwt"]), str(said.get("refreshJwt", "")))

    def _write(self, what: str, body: dict[str, Any]) -> Answer:
        return self._ask("POST", f"com.atproto.repo.{what}", json={"repo": self._us, **body})

    def _get(self, path: str, params: dict[str, Any], **what: Any) -> Answer:
        return self._ask("GET", path, params=params, **what)

    def _ask(self, method: str, path: str, *, headers: dict[str, str] | None = None, **what: Any) -> Answer:
        for again in (False, True):
            head = {"authorization": f"Bearer {self._token()}", **(headers or {})}
            url = f"{self._server}xrpc/{path}"
            also = {*what.pop("also", ()), 401}
            answer = ask(self._access.client, method, url, headers=head, explain=_explain, also=also, **what)
            expired = answer.status in (400, 401) and _dict(answer.data).get("error") == "ExpiredToken"
            if answer.status != 401 and not expired:
                return answer
            what["also"] = also - {401}
            if again or not expired:
                break
            self._refresh()
        _SESSIONS.pop(self._name, None)
        raise Refused(reasons.EXPIRED)


def _explain(status: int, headers: httpx.Headers, body: bytes) -> ChannelFault | None:
    """What the protocol's own word for an error means."""
    try:
        error = str(_dict(orjson.loads(body)).get("error", ""))
    except orjson.JSONDecodeError:
        return None
    if status == 429 and headers.get("ratelimit-reset", "").isdecimal():
        left = datetime.fromtimestamp(int(headers["ratelimit-reset"]), UTC) - datetime.now(UTC)
        return NotSent(reasons.BUSY, retry_after=min(max(left, timedelta(seconds=1)), timedelta(hours=6)))
    if error in ("AccountTakedown", "AccountDeactivated", "AccountSuspended"):
        return Refused(reasons.BLOCKED)
    if error in ("AuthenticationRequired", "AuthFactorTokenRequired"):
        return Refused(reasons.NEEDS_LOGIN)
    if error in ("BlobTooLarge", "InvalidMimeType"):
        return Refused(reasons.PICTURE_REFUSED)
    return None


def _done(answer: Answer) -> Sent:
    return Sent(seen=True, exchange=answer.exchange)


def _link(uri: str) -> str:
    did, _, rest = uri.removeprefix("at://").partition("/")
    return f"https://bsky.app/profile/{did}/post/{rest.rpartition('/')[2]}"


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
