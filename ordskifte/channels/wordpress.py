"""WordPress by its REST API: posts, pages, comments and their moderation, pictures with alt text.

Source: the REST API handbook (developer.wordpress.org/rest-api). Its traps: times without a zone are the site's own, a
comment has no time of its last change, a wrong password on an open list is answered as if nobody had asked, and a
picture that is refused is a 500.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar, Final
from urllib.parse import urljoin

import httpx
import orjson

from ordskifte.channels import reasons, setup
from ordskifte.channels.contract import Arrival
from ordskifte.channels.errors import ChannelFault, NotSent, Refused, Unsure
from ordskifte.channels.facts import limits_of
from ordskifte.channels.known import Known, deletion
from ordskifte.channels.live import Access, Checked, Fetched, Field, Limits, Outgoing, Picture, Sent
from ordskifte.channels.wire import Answer, Steps, ask, before_sending, pieces
from ordskifte.channels.wordpress_said import JSON, comment, html_of, marked, post, title_of

PAGE: Final = 50
_EXTENSIONS: Final = {"image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "image/webp": "webp"}
_RIGHTS: Final = (
    ("publish_posts", setup.POST),
    ("upload_files", setup.PICTURES),
    ("edit_published_posts", setup.EDIT),
    ("delete_published_posts", setup.DELETE),
    ("moderate_comments", setup.HIDE),
    ("moderate_comments", setup.REMOVE),
)
_SAID: Final[dict[str, tuple[type[ChannelFault], str]]] = {
    "comment_duplicate": (Unsure, reasons.DUPLICATE),  # it may be our own, from a try whose answer was lost
    "rest_upload_sideload_error": (Refused, reasons.PICTURE_REFUSED),
    "rest_not_logged_in": (Refused, reasons.EXPIRED),
    "incorrect_password": (Refused, reasons.NEEDS_LOGIN),
    "invalid_username": (Refused, reasons.NEEDS_LOGIN),
    "rest_comment_invalid_post_id": (Refused, reasons.GONE),
}
_FLOOD: Final = timedelta(seconds=15)


class WordpressChannel:
    """One user on one site."""

    kind: ClassVar[str] = "wordpress"
    can_post: ClassVar[bool] = True
    can_reply: ClassVar[bool] = True
    can_edit: ClassVar[bool] = True
    can_delete: ClassVar[bool] = True
    can_hide: ClassVar[bool] = True
    can_block: ClassVar[bool] = False
    can_look: ClassVar[bool] = True
    has_idempotency_key: ClassVar[bool] = False
    settles: ClassVar[timedelta] = timedelta(seconds=5)
    limits: ClassVar[Limits] = limits_of("wordpress")
    fields: ClassVar[tuple[Field, ...]] = (
        Field("url", setup.SITE),
        Field("login", setup.USER),
        Field("secret", setup.APP_PASSWORD, setup.HINT_WORDPRESS),
    )

    def __init__(self, access: Access) -> None:
        self._access = access

    def check(self) -> Checked:
        """The site's address leads to its API; the user there says what they may."""
        root = self._root()
        base = f"{root}wp/v2/"
        user = _dict(self._get("users/me", base=base, params={"context": "edit"}).data)
        rights = _dict(user.get("capabilities"))
        may = [setup.READ_OWN, setup.READ_ANSWERS, *(word for right, word in _RIGHTS if rights.get(right))]
        return Checked(
            account_id=str(user.get("id", "")),
            handle=str(user.get("slug", "")),
            name=str(user.get("name", "")),
            url=base,
            home=self._access.url,
            may=tuple(may),
            may_not=tuple(word for right, word in _RIGHTS if not rights.get(right)),
            server="WordPress",
            more={"user": str(user.get("id", ""))},
        )

    def send(self, out: Outgoing) -> Sent:
        """Post, answer, or change what stands there."""
        if out.kind == "post":
            steps = Steps()
            with before_sending():
                pictures = [self._upload(one, out.mark) for one in out.pictures]
            body = {"title": title_of(out.title, out.text), "content": html_of(out.text, out.mark, pictures)}
            steps.still()
            return _sent(self._post("posts", {**body, "status": "publish", "comment_status": "open"}), "post")
        if out.kind == "reply":
            thing, number = _named(out.target_id)
            where: dict[str, Any] = {"post": number}
            if thing == "comment":
                with before_sending():
                    above = _dict(self._get(f"comments/{number}").data).get("post")
                where = {"post": above, "parent": number}
            content = f"{out.text}\n{marked(out.mark)}"
            return _sent(self._post("comments", {**where, "content": content}), "comment")
        return self._change(out)

    def _change(self, out: Outgoing) -> Sent:
        thing, number = _named(out.target_id)
        path = f"{thing}s/{number}"
        if out.kind == "edit":
            if thing == "comment":
                return _changed(self._post(path, {"content": out.text}))
            with before_sending():
                standing = self._standing(number)
            return _changed(self._post(path, {"content": html_of(out.text, out.mark, standing)}))
        if out.kind in ("hide", "unhide"):
            shown = out.kind == "unhide"
            status = ("approve" if shown else "hold") if thing == "comment" else "publish" if shown else "private"
            return _changed(self._post(path, {"status": status}))
        if out.kind == "delete":
            return _changed(self._ask("DELETE", path))
        raise Refused(reasons.CANNOT)

    def look(self, out: Outgoing) -> Sent | None:
        """What has our mark. What has none of its own is looked at where it stands."""
        if out.kind in ("post", "reply"):
            thing = "post" if out.kind == "post" else "comment"
            status = {"status": "any" if thing == "post" else "all", "search": out.mark, "context": "edit"}
            for value, _raw in pieces(self._get(f"{thing}s", params=status).body):
                return _sent_as(value, thing, None)
            return None
        return self._look_at(out)

    def _look_at(self, out: Outgoing) -> Sent | None:
        thing, number = _named(out.target_id)
        answer = self._get(f"{thing}s/{number}", params={"context": "edit"}, also=(404, 410))
        status = str(_dict(answer.data).get("status", "")) if answer.status == 200 else "trash"
        wanted = {
            "delete": ("trash",),
            "hide": ("hold", "spam", "trash", "private"),
            "unhide": ("approved", "publish"),
        }.get(out.kind)
        if wanted is None:
            content = str(_dict(_dict(answer.data).get("content")).get("raw", ""))
            return Sent(seen=True) if out.mark in content or out.text == content else None
        return Sent(seen=True) if status in wanted else None

    def fetch(self, cursor: str) -> Fetched:
        """Posts by their time of change, comments by theirs of writing, and once more what we know of lately."""
        state = _state(cursor)
        seen = self._access.clock()
        known_posts, known = Known(state.get("known_posts")), Known(state.get("known"))
        posts, more_posts = self._page(state, "posts", "modified", seen)
        comments, more_comments = self._page(state, "comments", "date", seen)
        arrivals = [*_taken(posts, known_posts, seen), *_taken(comments, known, seen)]
        if not (more_posts or more_comments):
            arrivals += self._again("posts", known_posts, [one.external_id for one in posts], seen)
            arrivals += self._again("comments", known, [one.external_id for one in comments], seen)
        state |= {"known_posts": known_posts.saved, "known": known.saved}
        return Fetched(tuple(arrivals), orjson.dumps(state).decode(), more_posts or more_comments)

    def _page(self, state: dict[str, Any], what: str, by: str, seen: datetime) -> tuple[list[Arrival], bool]:
        """The next page after the newest we have, and whether there is another. A second may hold a whole page."""
        since, page = str(state.get(what, "")), int(state.get(f"{what}_page", 1))
        params = {"context": "edit", "order": "asc", "per_page": str(PAGE), "page": str(page)}
        if what == "posts":
            params |= {"orderby": "modified", "status": "publish,private"}
        else:
            params |= {"orderby": "date_gmt", "status": "all"}
        if since:
            before = datetime.fromisoformat(since) - timedelta(seconds=1)
            params["modified_after" if what == "posts" else "after"] = f"{before:%Y-%m-%dT%H:%M:%SZ}"
        answer = self._get(what, params=params)
        found = pieces(answer.body)
        if found:
            newest = datetime.fromisoformat(str(found[-1][0][f"{by}_gmt"])).replace(tzinfo=UTC).isoformat()
            full = len(found) == PAGE
            state[f"{what}_page"] = page + 1 if full and newest == since else 1
            state[what] = newest
        return [self._read(what, value, raw, seen) for value, raw in found], len(found) == PAGE

    def _again(self, what: str, known: Known, just: list[str], seen: datetime) -> list[Arrival]:
        """What we know of lately, looked at once more: changed, or gone."""
        wanted = [one for one in known.ids if one not in just]
        found: list[Arrival] = []
        for start in range(0, len(wanted), PAGE):
            part = wanted[start : start + PAGE]
            status = "publish,private" if what == "posts" else "all"
            numbers = ",".join(_named(one)[1] for one in part)
            params = {"include": numbers, "context": "edit", "per_page": str(PAGE), "status": status}
            there = [self._read(what, value, raw, seen) for value, raw in pieces(self._get(what, params=params).body)]
            found += _taken(there, known, seen)
            for gone in set(part) - {one.external_id for one in there}:
                found += self._gone(what, gone, known, seen)
        return found

    def _gone(self, what: str, external_id: str, known: Known, seen: datetime) -> list[Arrival]:
        """Not in the list any more: in the bin, called spam, or no longer there at all."""
        number = _named(external_id)[1]
        answer = self._get(f"{what}/{number}", params={"context": "edit"}, also=(403, 404, 410))
        status = str(_dict(answer.data).get("status", ""))
        if answer.status == 200 and status not in ("trash", "spam"):
            return _taken([self._read(what, _dict(answer.data), answer.body, seen)], known, seen)
        if answer.status == 403:
            return []
        known.forget(external_id)
        return [deletion(external_id, raw=answer.body, raw_type=JSON, file=what, seen=seen, why=status)]

    def _read(self, what: str, value: dict[str, Any], raw: bytes, seen: datetime) -> Arrival:
        read = post if what == "posts" else comment
        return read(value, raw, seen=seen, us=self._access.more.get("user", ""))

    def _upload(self, picture: Picture, mark: str) -> tuple[str, str, str]:
        """A picture with its alt text, before the post. Whatever goes wrong here, no post has left."""
        name = picture.name if picture.name.isascii() and picture.name.replace(".", "").isalnum() else ""
        name = name or f"{mark[:8]}.{_EXTENSIONS.get(picture.media_type, 'bin')}"
        headers = {"content-type": picture.media_type, "content-disposition": f"attachment; filename={name}"}
        made = _dict(self._ask("POST", "media", headers=headers, content=picture.content).data)
        if not isinstance(made.get("id"), int) or not isinstance(made.get("source_url"), str):
            raise Unsure(reasons.NOT_UNDERSTOOD)
        self._post(f"media/{made['id']}", {"alt_text": picture.alt})
        return str(made["id"]), made["source_url"], picture.alt

    def _standing(self, number: str) -> list[tuple[str, str, str]]:
        """The pictures of a post that is changed: they stay."""
        answer = self._get(f"posts/{number}", params={"context": "edit"})
        read = post(_dict(answer.data), b"", seen=self._access.clock(), us="")
        return [("", one.url, one.alt) for one in read.attachments]

    def _root(self) -> str:
        """Where the API is, as the site's front page says in its head; else where it nearly always is."""
        site = self._access.url.rstrip("/") + "/"
        answer = ask(self._access.client, "GET", site, headers={}, plain=True, also=(404,))
        links: str = answer.headers.get("link", "")
        for part in str(links).split(","):
            if "https://api.w.org/" in part and "<" in part:
                return urljoin(site, part.partition("<")[2].partition(">")[0]).rstrip("/") + "/"
        try:
            named = _dict(ask(self._access.client, "GET", f"{site}wp-json/", headers={}).data)
        except ChannelFault as fault:
            raise Refused(reasons.NO_SUCH_SERVICE) from fault
        if "wp/v2" not in named.get("namespaces", []):
            raise Refused(reasons.NO_SUCH_SERVICE)
        return f"{site}wp-json/"

    def _get(self, path: str, *, base: str = "", **what: Any) -> Answer:
        return self._ask("GET", path, base=base, **what)

    def _post(self, path: str, body: dict[str, Any]) -> Answer:
        return self._ask("POST", path, json=body)

    def _ask(
        self, method: str, path: str, *, base: str = "", headers: dict[str, str] | None = None, **what: Any
    ) -> Answer:
        auth = httpx.BasicAuth(self._access.more.get("login", ""), self._access.secret)
        head = next(auth.auth_flow(httpx.Request("GET", "http://x/"))).headers["authorization"]
        return ask(
            self._access.client,
            method,
            f"{base or self._access.url}{path}",
            headers={"authorization": head, **(headers or {})},
            explain=_explain,
            **what,
        )


def _explain(status: int, _headers: httpx.Headers, body: bytes) -> ChannelFault | None:
    """WordPress says in `code` what its status means."""
    try:
        code = str(_dict(orjson.loads(body)).get("code", ""))
    except orjson.JSONDecodeError:
        return None
    if code == "comment_flood":
        return NotSent(reasons.BUSY, retry_after=_FLOOD)
    if code in _SAID:
        kind, why = _SAID[code]
        return kind(why)
    if code.startswith(("rest_cannot_", "rest_forbidden")):
        return Refused(reasons.EXPIRED if status == 401 else reasons.NOT_ALLOWED)
    return None


def _taken(arrivals: Iterable[Arrival], known: Known, seen: datetime) -> list[Arrival]:
    return [taken for one in arrivals if (taken := known.take(one, seen=seen)) is not None]


def _sent(answer: Answer, thing: str) -> Sent:
    value = _dict(answer.data)
    if not isinstance(value.get("id"), int):
        raise Unsure(reasons.NOT_UNDERSTOOD)
    return _sent_as(value, thing, answer)


def _sent_as(value: dict[str, Any], thing: str, answer: Answer | None) -> Sent:
    return Sent(
        external_id=f"{thing}-{value['id']}",
        permalink=str(value.get("link", "")),
        seen=value.get("status") in ("publish", "approved"),
        exchange=answer.exchange if answer else None,
    )


def _changed(answer: Answer) -> Sent:
    if not isinstance(_dict(answer.data).get("id"), int) and not _dict(answer.data).get("deleted"):
        raise Unsure(reasons.NOT_UNDERSTOOD)
    return Sent(seen=True, exchange=answer.exchange)


def _named(external_id: str) -> tuple[str, str]:
    """`comment-7` is the comment 7. Refused when it is neither a post's name nor a comment's."""
    thing, _, number = external_id.partition("-")
    if thing not in ("post", "comment") or not number.isdecimal():
        raise Refused(reasons.GONE)
    return thing, number


def _state(cursor: str) -> dict[str, Any]:
    return _dict(orjson.loads(cursor)) if cursor else {}


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
