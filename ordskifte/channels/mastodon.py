"""The Mastodon API, as Mastodon, GoToSocial, Pleroma and others speak it: what a server can is found by asking.

Source: docs.joinmastodon.org. An answer must name whom it answers, or they are not told. A status has no room for our
mark: the same Idempotency-Key twice is one status for an hour, and after that it is known by its words and its time.
"""

import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar, Final
from urllib.parse import urlsplit

import httpx
import orjson

from ordskifte.channels import reasons, setup
from ordskifte.channels.contract import Arrival
from ordskifte.channels.errors import ChannelFault, NotSent, Refused, Unsure
from ordskifte.channels.exports.times import from_iso
from ordskifte.channels.facts import limits_of
from ordskifte.channels.known import Known, deletion
from ordskifte.channels.live import Access, Checked, Fetched, Field, Figures, Limits, Outgoing, Picture, Sent
from ordskifte.channels.mastodon_said import JSON, address_of, report, says, status
from ordskifte.channels.wire import Answer, Steps, ask, before_sending, pieces

PAGE: Final = 40
ONE_BY_ONE: Final = 15
"""Statuses looked at again in one go where a server gives one at a time: 300 questions in five minutes is all."""
WATCHED: Final = 40
_READY: Final = 20  # times a second that a picture is waited for


class MastodonChannel:
    """One account on one server."""

    kind: ClassVar[str] = "mastodon"
    can_post: ClassVar[bool] = True
    can_reply: ClassVar[bool] = True
    can_edit: ClassVar[bool] = True
    can_delete: ClassVar[bool] = True
    can_hide: ClassVar[bool] = False
    can_block: ClassVar[bool] = True
    can_look: ClassVar[bool] = True
    has_idempotency_key: ClassVar[bool] = True
    settles: ClassVar[timedelta] = timedelta(seconds=10)
    limits: ClassVar[Limits] = limits_of("mastodon")
    fields: ClassVar[tuple[Field, ...]] = (
        Field("url", setup.SERVER),
        Field("secret", setup.TOKEN, setup.HINT_MASTODON),
    )

    def __init__(self, access: Access) -> None:
        self._access = access
        self._us = access.more.get("account", "")

    def check(self) -> Checked:
        """Whose token it is, what it may, and what the server is."""
        account = _dict(self._get("api/v1/accounts/verify_credentials").data)
        if account.get("moved"):
            raise Refused(reasons.MOVED)
        if not account.get("id"):
            raise Refused(reasons.NO_SUCH_SERVICE)
        app = self._get("api/v1/apps/verify_credentials", also=(404, 422))
        scopes = _scopes(_dict(app.data) if app.status == 200 else {})
        server = self._get("api/v2/instance", also=(404,))
        if server.status == 404:
            server = self._get("api/v1/instance")
        may, may_not = _rights(scopes, account)
        several = self._get("api/v1/statuses", params={"id[]": "0"}, also=(400, 404, 405, 422)).status == 200
        return Checked(
            account_id=str(account.get("uri") or account.get("url") or account["id"]),
            handle=f"@{account.get('acct', '')}@{urlsplit(self._access.url).hostname}",
            name=str(account.get("display_name") or account.get("username") or ""),
            url=self._access.url.rstrip("/") + "/",
            home=str(account.get("url") or ""),
            may=may,
            may_not=may_not,
            server=f"{_dict(server.data).get('title', '')} {_dict(server.data).get('version', '')}".strip(),
            more={
                "account": str(account["id"]),
                "several": "yes" if several else "",
                "reports": "yes" if setup.READ_REPORTS in may else "",
            },
        )

    def send(self, out: Outgoing) -> Sent:
        """Post, answer, change, delete, block."""
        if out.kind in ("post", "reply"):
            return self._say(out)
        if out.kind in ("block", "unblock"):
            with before_sending():
                account = self._account_of(out.account_id)
            return Sent(seen=True, exchange=self._ask("POST", f"api/v1/accounts/{account}/{out.kind}").exchange)
        with before_sending():
            local = self._local(out.target_id)
        if out.kind == "edit":
            with before_sending():
                before = _dict(self._get(f"api/v1/statuses/{local}").data)
            form = _form(out, [str(one["id"]) for one in before.get("media_attachments", [])])
            form["spoiler_text"] = out.summary or str(before.get("spoiler_text") or "")
            return Sent(seen=True, exchange=self._ask("PUT", f"api/v1/statuses/{local}", data=form).exchange)
        if out.kind == "delete":
            return Sent(seen=True, exchange=self._ask("DELETE", f"api/v1/statuses/{local}").exchange)
        raise Refused(reasons.CANNOT)

    def _say(self, out: Outgoing) -> Sent:
        steps = Steps()
        with before_sending():
            media = [self._upload(one) for one in out.pictures]
            form = _form(out, media)
            if out.kind == "reply":
                form |= self._answering(out)
        steps.still()
        answer = self._ask("POST", "api/v1/statuses", headers={"idempotency-key": out.mark}, data=form)
        value = _dict(answer.data)
        if not value.get("id") or not address_of(value):
            raise Unsure(reasons.NOT_UNDERSTOOD)
        return Sent(
            external_id=address_of(value), permalink=str(value.get("url") or ""), seen=True, exchange=answer.exchange
        )

    def _answering(self, out: Outgoing) -> dict[str, str]:
        """To whom, as openly as they wrote, and with their name so that they are told."""
        asked = _dict(self._get(f"api/v1/statuses/{self._local(out.target_id)}").data)
        who, name = _dict(asked.get("account")), f"@{_dict(asked.get('account')).get('acct', '')}"
        named = str(who.get("id")) == self._us or name.casefold() in out.text.casefold()
        return {
            "in_reply_to_id": str(asked.get("id", "")),
            "visibility": str(asked.get("visibility") or "public"),
            "status": out.text if named else f"{name} {out.text}",
        }

    def _upload(self, picture: Picture) -> str:
        """A picture with its alt text; waited for until the server has worked on it."""
        try:
            answer = self._ask(
                "POST",
                "api/v2/media",
                files={"file": (picture.name or "picture", picture.content, picture.media_type)},
                data={"description": picture.alt},
            )
        except Refused as refused:
            taken = str(refused) == reasons.NOT_TAKEN
            raise Refused(reasons.PICTURE_REFUSED) if taken else refused from refused
        number = str(_dict(answer.data).get("id", ""))
        for _time in range(_READY):
            if answer.status == 200 and _dict(answer.data).get("url"):
                return number
            time.sleep(1)
            answer = self._get(f"api/v1/media/{number}")
        raise NotSent(reasons.SLOW)

    def look(self, out: Outgoing) -> Sent | None:
        """Our statuses of late, by their words; of what has none, how it stands."""
        if out.kind in ("block", "unblock"):
            params = {"id[]": self._account_of(out.account_id)}
            found = pieces(self._get("api/v1/accounts/relationships", params=params).body)
            blocked = any(one.get("blocking") for one, _raw in found)
            return Sent(seen=True) if blocked == (out.kind == "block") else None
        if out.kind in ("post", "reply"):
            answer = self._get(f"api/v1/accounts/{self._us}/statuses", params={"limit": str(PAGE)})
            for value, _raw in pieces(answer.body):
                made = from_iso(value.get("created_at"))
                late = out.since is None or (made is not None and made >= out.since - timedelta(minutes=1))
                if late and _is(value, out):
                    return Sent(external_id=address_of(value), permalink=str(value.get("url") or ""), seen=True)
            return None
        try:
            there = self._get(f"api/v1/statuses/{self._local(out.target_id)}", also=(404, 410))
        except Refused:
            return Sent(seen=True) if out.kind == "delete" else None
        if out.kind == "delete":
            return Sent(seen=True) if there.status != 200 else None
        return Sent(seen=True) if there.status == 200 and says(_dict(there.data), out.text) else None

    def fetch(self, cursor: str) -> Fetched:
        """Our own statuses, who names us, what answers us, and once more what we know of lately."""
        state = _dict(orjson.loads(cursor)) if cursor else {}
        seen, known = self._access.clock(), Known(state.get("known"), WATCHED)
        local = {str(name): str(number) for name, number in _dict(state.get("local")).items()}
        reading = _Reading(seen, self._us, known, local)
        more = self._own(state, reading)
        more = self._notified(state, reading) or more
        if not more:
            self._answers(state, reading)
            self._again(reading)
        kept = {name for name, _digest in known.saved}
        state |= {"known": known.saved, "local": {name: one for name, one in local.items() if name in kept}}
        return Fetched(tuple(reading.arrivals), orjson.dumps(state).decode(), more)

    def _own(self, state: dict[str, Any], reading: "_Reading") -> bool:
        params = {"limit": str(PAGE), "min_id": str(state.get("own", "0")), "exclude_reblogs": "true"}
        found = pieces(self._get(f"api/v1/accounts/{self._us}/statuses", params=params).body)
        for value, raw in reversed(found):
            reading.take(value, raw)
        if found:
            state["own"] = max((str(value["id"]) for value, _raw in found), key=_order)
        return len(found) == PAGE

    def _notified(self, state: dict[str, Any], reading: "_Reading") -> bool:
        kinds = ["mention", *(["admin.report"] if self._access.more.get("reports") else [])]
        params = {"limit": str(PAGE), "min_id": str(state.get("told", "0")), "types[]": kinds}
        found = pieces(self._get("api/v1/notifications", params=params).body)
        for value, raw in reversed(found):
            if value.get("type") == "mention" and isinstance(value.get("status"), dict):
                reading.take(value["status"], _inner(raw, "status"))
            elif value.get("type") == "admin.report":
                reading.arrivals.append(report(value, raw, seen=reading.seen))
        if found:
            state["told"] = max((str(value["id"]) for value, _raw in found), key=_order)
        return len(found) == PAGE

    def _answers(self, state: dict[str, Any], reading: "_Reading") -> None:
        """Those who answer without naming us: the threads of our newest statuses, when they have grown."""
        grown, counts = [], _dict(state.get("counts"))
        params = {"limit": "20", "exclude_reblogs": "true"}
        for value, _raw in pieces(self._get(f"api/v1/accounts/{self._us}/statuses", params=params).body):
            number, count = str(value["id"]), int(value.get("replies_count") or 0)
            if count > int(counts.get(number, 0)):
                grown.append(number)
            counts[number] = count
        for number in grown[:ONE_BY_ONE]:
            context = self._get(f"api/v1/statuses/{number}/context", also=(404,))
            for value, raw in pieces(context.body, "descendants") if context.status == 200 else []:
                reading.take(value, raw)
        state["counts"] = dict(sorted(counts.items(), key=lambda one: _order(one[0]))[-WATCHED:])

    def _again(self, reading: "_Reading") -> None:
        """What we know of lately and did not meet just now: changed, or gone."""
        wanted = [name for name in reading.known.ids if name in reading.local and name not in reading.met]
        if not wanted:
            return
        if self._access.more.get("several"):
            numbers = [reading.local[name] for name in wanted]
            there = pieces(self._get("api/v1/statuses", params={"id[]": numbers}).body)
            for value, raw in there:
                reading.take(value, raw)
            gone = [name for name in wanted if name not in reading.met]
        else:
            gone = wanted[-ONE_BY_ONE:]
        for name in gone[:ONE_BY_ONE]:
            answer = self._get(f"api/v1/statuses/{reading.local[name]}", also=(404, 410))
            if answer.status == 200:
                reading.take(_dict(answer.data), answer.body)
            else:
                reading.gone(name, answer.body)

    def figures(self, external_ids: tuple[str, ...]) -> tuple[Figures, ...]:
        """Favourites, boosts and answers."""
        found = []
        for name in external_ids:
            answer = self._get(f"api/v1/statuses/{self._local(name)}", also=(404, 410))
            if answer.status == 200:
                value = _dict(answer.data)
                counts = [value.get(one) for one in ("favourites_count", "reblogs_count", "replies_count")]
                reactions, shares, replies = (one if isinstance(one, int) else None for one in counts)
                found.append(Figures(name, reactions, shares, replies))
        return tuple(found)

    def _local(self, external_id: str) -> str:
        """The server's own number of a status: the end of its address where the status is the server's."""
        parts = urlsplit(external_id)
        end = parts.path.rstrip("/").rpartition("/")[2]
        if not parts.scheme or (parts.netloc == urlsplit(self._access.url).netloc and "/statuses/" in parts.path):
            return end
        return self._found(external_id, "statuses")

    def _account_of(self, external_id: str) -> str:
        return external_id if external_id.isdecimal() else self._found(external_id, "accounts")

    def _found(self, address: str, what: str) -> str:
        params = {"q": address, "type": what, "resolve": "true", "limit": "1"}
        found = pieces(self._get("api/v2/search", params=params).body, what)
        if not found:
            raise Refused(reasons.GONE)
        return str(found[0][0]["id"])

    def _get(self, path: str, **what: Any) -> Answer:
        return self._ask("GET", path, **what)

    def _ask(self, method: str, path: str, *, headers: Mapping[str, str] | None = None, **what: Any) -> Answer:
        return ask(
            self._access.client,
            method,
            f"{self._access.url.rstrip('/')}/{path}",
            headers={"authorization": f"Bearer {self._access.secret}", **(headers or {})},
            explain=_explain,
            **what,
        )


class _Reading:
    """One go: what is met, handed on once each, with the addresses of what it answers."""

    def __init__(self, seen: datetime, us: str, known: Known, local: dict[str, str]) -> None:
        self.seen, self.us, self.known, self.local = seen, us, known, local
        self.arrivals: list[Arrival] = []
        self.met: set[str] = set()

    def take(self, value: dict[str, Any], raw: bytes) -> None:
        if not value.get("id") or value.get("reblog"):
            return
        name = address_of(value)
        self.local.setdefault(name, str(value["id"]))
        self.met.add(name)
        parents = {number: one for one, number in self.local.items()}
        taken = self.known.take(status(value, raw, seen=self.seen, us=self.us, parents=parents), seen=self.seen)
        if taken is not None:
            self.arrivals.append(taken)

    def gone(self, name: str, raw: bytes) -> None:
        self.known.forget(name)
        self.arrivals.append(deletion(name, raw=raw, raw_type=JSON, file="statuses", seen=self.seen))


def _form(out: Outgoing, media: list[str]) -> dict[str, Any]:
    form: dict[str, Any] = {"status": out.text}
    if media:
        form["media_ids[]"] = media
    if out.summary:
        form |= {"spoiler_text": out.summary, "sensitive": "true"}
    if out.language:
        form["language"] = out.language
    return form


def _is(value: dict[str, Any], out: Outgoing) -> bool:
    """Whether a status is the one we sent; an answer may have got a name put before it."""
    if says(value, out.text):
        return True
    names = " ".join(f"@{one.get('acct', '')}" for one in value.get("mentions", []) if isinstance(one, dict))
    return out.kind == "reply" and bool(value.get("in_reply_to_id")) and says(value, f"{names} {out.text}")


def _rights(scopes: set[str], account: dict[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What the token's scopes and the account's role let us do."""
    reads, writes = "read" in scopes, "write" in scopes
    role = _dict(account.get("role"))
    permissions = str(role.get("permissions") or "0")
    moderates = permissions.isdecimal() and bool(int(permissions) & 0b10001)  # administrator, manage reports
    reports = moderates and bool(scopes & {"admin:read", "admin:read:reports"})
    rights = (
        (setup.READ_OWN, reads or "read:statuses" in scopes),
        (setup.READ_ANSWERS, reads or "read:notifications" in scopes),
        (setup.READ_MESSAGES, reads or {"read:statuses", "read:notifications"} <= scopes),
        (setup.READ_REPORTS, reports),
        (setup.POST, writes or "write:statuses" in scopes),
        (setup.PICTURES, writes or "write:media" in scopes),
        (setup.EDIT, writes or "write:statuses" in scopes),
        (setup.DELETE, writes or "write:statuses" in scopes),
        (setup.HIDE, False),
        (setup.BLOCK, bool(scopes & {"write", "follow", "write:blocks"})),
    )
    return tuple(word for word, may in rights if may), tuple(word for word, may in rights if not may)


def _scopes(app: dict[str, Any]) -> set[str]:
    """The scopes the token's program asked for; servers that do not say are taken at their word when we write."""
    said = app.get("scopes")
    found = said if isinstance(said, list) else str(said or "").split()
    return {str(one) for one in found} or {"read", "write"}


def _explain(status_code: int, headers: httpx.Headers, body: bytes) -> ChannelFault | None:
    """Mastodon says in words, in the account's language, what is wrong; the status tells what to do."""
    if status_code == 401:
        return Refused(reasons.EXPIRED)
    if status_code == 403:
        return Refused(reasons.BLOCKED if b"login is currently disabled" in body else reasons.NOT_ALLOWED)
    if status_code == 429:
        ends = from_iso(headers.get("x-ratelimit-reset", ""))
        if ends is not None and not headers.get("retry-after"):
            left = ends - datetime.now(UTC)
            return NotSent(reasons.BUSY, retry_after=min(max(left, timedelta(seconds=1)), timedelta(hours=6)))
    return None


def _inner(raw: bytes, name: str) -> bytes:
    """The bytes of one member of an object."""
    found = pieces(raw, name)
    return found[0][1] if found else raw


def _order(number: str) -> tuple[int, str]:
    """Ids grow: longer is newer, and of the same length the greater (also where they are letters)."""
    return len(number), number


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
