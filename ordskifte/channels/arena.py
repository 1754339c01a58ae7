"""The client of the test arena: an ordinary HTTP client, handed a way in (`arena` is a part of the same program).

Its wire, for people who test it from outside: `GET posts?after=CURSOR` answers one JSON a line, first
`{"cursor", "more"}`, then posts; `GET posts?mark=MARK` the posts with that mark; `POST posts`, `POST posts/ID/hide`
(`unhide`, `delete`, `edit`), `POST accounts/ID/block` (`unblock`) answer one JSON object.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, ClassVar
from urllib.parse import quote

import orjson

from ordskifte.channels import reasons
from ordskifte.channels.contract import Arrival, Author
from ordskifte.channels.errors import Refused, Unsure
from ordskifte.channels.live import Access, Checked, Fetched, Field, Limits, Outgoing, Sent
from ordskifte.channels.wire import Answer, ask

_ON_A_POST = {"edit", "hide", "unhide", "delete"}
_ON_AN_ACCOUNT = {"block", "unblock"}


class ArenaChannel:
    """One practice channel."""

    kind: ClassVar[str] = "arena"
    can_post: ClassVar[bool] = True
    can_reply: ClassVar[bool] = True
    can_edit: ClassVar[bool] = True
    can_delete: ClassVar[bool] = True
    can_hide: ClassVar[bool] = True
    can_block: ClassVar[bool] = True
    can_look: ClassVar[bool] = True
    has_idempotency_key: ClassVar[bool] = True
    settles: ClassVar[timedelta] = timedelta(seconds=2)
    limits: ClassVar[Limits] = Limits(text=2000)
    fields: ClassVar[tuple[Field, ...]] = ()

    def __init__(self, access: Access) -> None:
        self._access = access

    def send(self, out: Outgoing) -> Sent:
        """Post, reply or change something; the answer is the thing as it stands."""
        return _sent(self._ask("POST", *_request(out)), out)

    def look(self, out: Outgoing) -> Sent | None:
        """What has our mark."""
        answer = self._ask("GET", "posts", params={"mark": out.mark}, lines=True)
        return _sent(answer, out, answer.data[1]) if len(answer.data) > 1 else None

    def fetch(self, cursor: str) -> Fetched:
        """What is new or changed since the cursor."""
        answer = self._ask("GET", "posts", params={"after": cursor or "0"}, lines=True)
        head, *rest = answer.body.splitlines()
        found = orjson.loads(head)
        seen = self._access.clock()
        return Fetched(tuple(_arrival(line, seen) for line in rest), str(found["cursor"]), bool(found["more"]))

    def check(self) -> Checked:
        """The arena is ours: whoever can ask it may do everything there."""
        self._ask("GET", "posts", params={"after": "0"}, lines=True)
        return Checked(account_id=self._access.account, url=self._access.url)

    def _ask(self, method: str, path: str, body: Mapping[str, Any] | None = None, **what: Any) -> Answer:
        headers = {"authorization": f"Bearer {self._access.secret}", "accept": "application/json"}
        if body is not None:
            what["json"] = body
            headers["idempotency-key"] = str(body["mark"])
        return ask(self._access.client, method, f"{self._access.url}{path}", headers=headers, **what)


def _request(out: Outgoing) -> tuple[str, dict[str, Any]]:
    if out.kind in ("post", "reply"):
        return "posts", {
            "text": out.text,
            "language": out.language,
            "parent": out.target_id or None,
            "mark": out.mark,
        }
    if out.kind in _ON_A_POST:
        return f"posts/{quote(out.target_id, safe='')}/{out.kind}", {"text": out.text, "mark": out.mark}
    if out.kind in _ON_AN_ACCOUNT:
        until = out.until.isoformat() if out.until else None
        return f"accounts/{quote(out.account_id, safe='')}/{out.kind}", {"until": until, "mark": out.mark}
    raise Refused(reasons.CANNOT)


def _sent(answer: Answer, out: Outgoing, data: Any = None) -> Sent:
    found = answer.data if data is None else data
    if not isinstance(found, dict) or not isinstance(found.get("id"), str):
        raise Unsure(reasons.NOT_UNDERSTOOD)
    own = out.kind in ("post", "reply")
    return Sent(
        external_id=found["id"] if own else "",
        permalink=str(found.get("url", "")) if own else "",
        seen=True,
        exchange=answer.exchange,
    )


def _arrival(line: bytes, seen: datetime) -> Arrival:
    """One line of the answer; its bytes are what is kept."""
    post = orjson.loads(line)
    account = post["account"]
    parent = post["parent"]
    deleted = bool(post["deleted"])
    edited = datetime.fromisoformat(post["changed"]) if post["changed"] else None
    return Arrival(
        external_id=post["id"],
        kind="deletion" if deleted else "reply" if parent else "post",
        author=Author(external_id=account["id"], handle=account["handle"], name=account["name"], url=account["url"]),
        ours=bool(post["ours"]),
        text="" if deleted else post["text"],
        raw=line,
        raw_type="application/json",
        file="arena",
        where=f"change {post['change']}",
        version_key=str(post["version"]),
        parent_id=parent,
        published=datetime.fromisoformat(post["created"]),
        edited=edited,
        seen=seen,
        language=post["language"],
        visibility="private" if post["private"] else "public",
        permalink=post["url"],
        extra={"mark": post["mark"]} if post["mark"] else {},
    )
