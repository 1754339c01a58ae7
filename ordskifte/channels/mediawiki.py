"""MediaWiki by its action API: pages, talk pages, recent changes, files.

Source: mediawiki.org/wiki/API. Every error comes with status 200 and an `error` inside, a captcha with a `result` that
is no success, and a lost session as an edit by nobody: therefore `assert=user` in every question.
"""

from datetime import datetime, timedelta
from http.cookies import SimpleCookie
from typing import Any, ClassVar, Final
from urllib.parse import urljoin

import orjson

from ordskifte.channels import reasons, setup
from ordskifte.channels.contract import Arrival
from ordskifte.channels.errors import ChannelFault, NotSent, Refused, Unsure
from ordskifte.channels.facts import limits_of
from ordskifte.channels.known import deletion
from ordskifte.channels.live import Access, Checked, Fetched, Field, Limits, Outgoing, Picture, Sent
from ordskifte.channels.mediawiki_said import (
    JSON,
    added,
    comment,
    content_of,
    digest,
    files_in,
    mark_in,
    page,
    summary_of,
    title_of,
    wikitext,
)  # fmt: skip
from ordskifte.channels.wire import Answer, Steps, ask, before_sending, pieces

PAGE: Final = 50
KNOWN: Final = 200
_EXTENSIONS: Final = {"image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "image/webp": "webp"}
_RIGHTS: Final = (
    ("edit", setup.POST),
    ("upload", setup.PICTURES),
    ("edit", setup.EDIT),
    ("edit", setup.HIDE),
    ("delete", setup.DELETE),
    ("block", setup.BLOCK),
)
_WAIT: Final = {"ratelimited": 60, "maxlag": 10, "readonly": 300, "editconflict": 1}
_SAID: Final = {
    "blocked": reasons.BLOCKED,
    "autoblocked": reasons.BLOCKED,
    "protectedpage": reasons.NOT_ALLOWED,
    "protectedtitle": reasons.NOT_ALLOWED,
    "permissiondenied": reasons.NOT_ALLOWED,
    "readapidenied": reasons.NOT_ALLOWED,
    "missingtitle": reasons.GONE,
    "nosuchpageid": reasons.GONE,
    "nosuchrevid": reasons.GONE,
    "verification-error": reasons.PICTURE_REFUSED,
    "filetype-banned-type": reasons.PICTURE_REFUSED,
    "file-too-large": reasons.PICTURE_REFUSED,
}


class MediawikiChannel:
    """One account on one wiki."""

    kind: ClassVar[str] = "mediawiki"
    can_post: ClassVar[bool] = True
    can_reply: ClassVar[bool] = True
    can_edit: ClassVar[bool] = True
    can_delete: ClassVar[bool] = True
    can_hide: ClassVar[bool] = True
    can_block: ClassVar[bool] = True
    can_look: ClassVar[bool] = True
    has_idempotency_key: ClassVar[bool] = False
    settles: ClassVar[timedelta] = timedelta(seconds=5)
    limits: ClassVar[Limits] = limits_of("mediawiki")
    fields: ClassVar[tuple[Field, ...]] = (
        Field("url", setup.SITE),
        Field("login", setup.BOT_USER),
        Field("secret", setup.BOT_PASSWORD, setup.HINT_WIKI),
    )

    def __init__(self, access: Access) -> None:
        self._access = access
        self._cookies: dict[str, str] = {}
        self._url = access.url
        self._token = ""

    @property
    def _site(self) -> str:
        return self._url.removesuffix("api.php")

    def check(self) -> Checked:
        """The wiki's address leads to its API; the account there says what it may."""
        self._url = self._api()
        said = self._query({"meta": "userinfo|siteinfo", "uiprop": "rights|blockinfo", "siprop": "general"})
        user, site = _dict(said.get("userinfo")), _dict(said.get("general"))
        if "blockid" in user:
            raise Refused(reasons.BLOCKED)
        rights = user.get("rights", [])
        return Checked(
            account_id=f"user-{user.get('id')}",
            handle=str(user.get("name", "")),
            name=f"{site.get('sitename', '')} ({user.get('name', '')})",
            url=self._url,
            home=str(site.get("base", "")),
            may=(setup.READ_OWN, setup.READ_ANSWERS, *(word for right, word in _RIGHTS if right in rights)),
            may_not=tuple(word for right, word in _RIGHTS if right not in rights),
            server=str(site.get("generator", "")),
            more={"account": f"user-{user.get('id')}"},
        )

    def send(self, out: Outgoing) -> Sent:
        """A page, an answer on its talk page, or a change of what stands there."""
        steps = Steps()
        if out.kind in ("block", "unblock"):
            return self._block(out)
        with before_sending():
            self._log_in()
            asked = self._new(out) if out.kind == "post" else self._put(out)
        steps.still()
        what, answer = self._write({**asked, "summary": summary_of(out.mark)})
        done = _dict(what.get(asked["action"]))
        if asked["action"] == "edit" and done.get("result") != "Success":
            raise Refused(reasons.CAPTCHA if "captcha" in done else reasons.NOT_TAKEN)
        number = str(done.get("newrevid", ""))
        name = {"post": f"page-{done.get('pageid')}", "reply": f"rev-{number}"}.get(out.kind, "")
        link = f"{self._site}index.php?curid={done.get('pageid')}" if out.kind == "post" else ""
        if out.kind == "reply":
            link = f"{self._site}index.php?diff={number}"
        return Sent(external_id=name, permalink=link, seen=True, exchange=answer.exchange)

    def _new(self, out: Outgoing) -> dict[str, str]:
        files = [(self._upload(one, out.mark, number), one.alt) for number, one in enumerate(out.pictures, 1)]
        text = wikitext(out.text, files)
        return {"action": "edit", "title": title_of(out.title, out.text), "text": text, "createonly": "1"}

    def _put(self, out: Outgoing) -> dict[str, str]:
        """What a reply, an edit, a hiding or a removal does to the wikitext of a page."""
        thing, _, number = out.target_id.partition("-")
        if not number.isdecimal() or thing not in ("page", "rev"):
            raise Refused(reasons.GONE)
        if out.kind == "reply":
            return self._answer(out, thing, number)
        if thing == "page":
            if out.kind == "delete":
                return {"action": "delete", "pageid": number}
            if out.kind != "edit":
                raise Refused(reasons.CANNOT)
            standing = self._revision({"pageids": number})
            text = "\n\n".join([wikitext(out.text, []), *files_in(content_of(standing))])
            return {"action": "edit", "pageid": number, "text": text, "baserevid": str(standing["revid"])}
        block, on = self._block_of(number)
        standing = self._revision({"pageids": on})
        text = content_of(standing)
        if out.kind == "unhide":
            if block in text:
                raise Refused(reasons.DUPLICATE)
            text = f"{text}\n\n{block}"
        elif text.count(block) != 1:
            raise Refused(reasons.GONE)
        else:
            new = f": {wikitext(out.text, [])} ~~~~" if out.kind == "edit" else ""
            text = text.replace(block, new)
        return {"action": "edit", "pageid": on, "text": text, "baserevid": str(standing["revid"])}

    def _answer(self, out: Outgoing, thing: str, number: str) -> dict[str, str]:
        """Under what is answered, indented and signed; a new section when the page itself is."""
        line = f": {wikitext(out.text, [])} ~~~~"
        if thing == "rev":
            block, on = self._block_of(number)
            standing = self._revision({"pageids": on})
            text = content_of(standing)
            at = text.find(block)
            if at < 0:
                raise Refused(reasons.GONE)
            end = at + len(block)
            text = f"{text[:end]}\n{line}{text[end:]}"
            return {"action": "edit", "pageid": on, "text": text, "baserevid": str(standing["revid"])}
        found = self._pages({"pageids": number, "prop": "info", "inprop": "associatedpage"})
        talk = str(found[0][0].get("associatedpage", "")) if found else ""
        if not talk:
            raise Refused(reasons.GONE)
        return {"action": "edit", "title": talk, "section": "new", "sectiontitle": "Svar", "text": f"{line[2:]}"}

    def _block_of(self, number: str) -> tuple[str, str]:
        """The lines a revision put on its talk page, and that page's number."""
        found = self._pages({"revids": number, "prop": "revisions", **_CONTENT})
        if not found or not found[0][0].get("revisions"):
            raise Refused(reasons.GONE)
        after = _dict(found[0][0]["revisions"][0])
        parent, before = str(after.get("parentid") or "0"), ""
        if parent != "0":
            before = content_of(self._revision({"revids": parent}))
        block = added(before, content_of(after))[0]
        if not block:
            raise Refused(reasons.GONE)
        return block, str(found[0][0]["pageid"])

    def _block(self, out: Outgoing) -> Sent:
        with before_sending():
            self._log_in()
        who = out.account_id.removeprefix("user-")
        if not who.isdecimal():
            raise Refused(reasons.GONE)
        asked = {"action": out.kind, "user": f"#{who}", "reason": summary_of(out.mark)}
        if out.kind == "block":
            asked |= {"expiry": out.until.isoformat() if out.until else "infinite", "nocreate": "1"}
        return Sent(seen=True, exchange=self._write(asked)[1].exchange)

    def _upload(self, picture: Picture, mark: str, number: int) -> str:
        name = f"Ordskifte-{mark[:8]}-{number}.{_EXTENSIONS.get(picture.media_type, 'bin')}"
        asked = {"action": "upload", "filename": name, "comment": summary_of(mark), "ignorewarnings": "1"}
        done, _answer = self._write(asked, files={"file": (name, picture.content, picture.media_type)})
        if _dict(done.get("upload")).get("result") != "Success":
            raise Refused(reasons.PICTURE_REFUSED)
        return name

    def look(self, out: Outgoing) -> Sent | None:
        """Our own newest changes, by the mark in their summary."""
        if out.kind in ("block", "unblock"):
            asked = {"list": "blocks", "bkusers": self._name_of(out.account_id)}
            blocked = bool(self._query(asked).get("blocks"))
            return Sent(seen=True) if blocked == (out.kind == "block") else None
        thing, _, number = out.target_id.partition("-")
        if out.kind == "delete" and thing == "page":
            return Sent(seen=True) if "missing" in _dict(self._pages({"pageids": number})[0][0]) else None
        who = {"ucuserids": self._us.removeprefix("user-"), "uclimit": str(PAGE), "ucprop": "ids|comment"}
        for one in self._query({"list": "usercontribs", **who}).get("usercontribs", []):
            if mark_in(one.get("comment")) == out.mark:
                name = {"post": f"page-{one['pageid']}", "reply": f"rev-{one['revid']}"}.get(out.kind, "")
                return Sent(external_id=name, permalink=f"{self._site}index.php?diff={one['revid']}", seen=True)
        return None

    def _name_of(self, account: str) -> str:
        found = self._query({"list": "users", "ususerids": account.removeprefix("user-")}).get("users", [{}])
        return str(_dict(found[0]).get("name", ""))

    @property
    def _us(self) -> str:
        return self._access.more.get("account", "")

    def fetch(self, cursor: str) -> Fetched:
        """Recent changes in their order. Several may share a second: those of the last one are remembered."""
        state = _dict(orjson.loads(cursor)) if cursor else {}
        since, last = str(state.get("since", "")), {int(one) for one in state.get("last", [])}
        asked = {"list": "recentchanges", "rcdir": "newer", "rclimit": str(PAGE), "rctype": "edit|new|log"}
        asked["rcprop"] = "title|ids|timestamp|loginfo"
        asked |= {"rcstart": since} if since else {}
        seen = self._access.clock()
        changes = self._query(asked).get("recentchanges", [])
        new = [one for one in changes if int(one.get("rcid", 0)) not in last]
        reading = _Reading(state, seen, self._us, self._site)
        for one in new:
            if one.get("type") == "log":
                reading.logged(one)
            else:
                self._changed(one, reading)
        if changes:
            state["since"] = str(changes[-1]["timestamp"])
            kept = last if state["since"] == since else set()
            state["last"] = sorted(kept | {int(c["rcid"]) for c in changes if c["timestamp"] == state["since"]})
        more = len(changes) == PAGE and bool(new)
        return Fetched(tuple(reading.arrivals), orjson.dumps(reading.saved(state)).decode(), more)

    def _changed(self, change: dict[str, Any], reading: "_Reading") -> None:
        found = self._pages(
            {"revids": str(change["revid"]), "prop": "revisions|info", "inprop": "associatedpage", **_CONTENT}
        )
        if not found or not found[0][0].get("revisions"):
            return  # deleted since: the log says so
        at, raw = found[0]
        revision = _dict(at["revisions"][0])
        space, number, title = int(at.get("ns", 0)), str(at["pageid"]), str(at.get("title", ""))
        if space % 2 == 0:
            reading.pages[title] = number
            reading.page(title, number, revision, raw)
            return
        subject = str(at.get("associatedpage", ""))
        if subject not in reading.pages:
            for one, _raw in self._pages({"titles": subject}):
                reading.pages[subject] = str(one.get("pageid", ""))
        parent = str(revision.get("parentid") or "0")
        before = content_of(self._revision({"revids": parent})) if parent != "0" else ""
        reading.talk(number, subject, added(before, content_of(revision)), revision, raw)

    def _api(self) -> str:
        """Where the API is: as the front page says in its head, or where it nearly always is."""
        if self._access.url.endswith("api.php"):
            return self._access.url
        site = self._access.url.rstrip("/") + "/"
        for path in ("api.php", "w/api.php"):
            question = {"action": "query", "meta": "siteinfo", "format": "json"}
            try:
                answer = ask(self._access.client, "GET", urljoin(site, path), headers={}, params=question)
            except (Refused, Unsure):
                continue
            if "query" in _dict(answer.data):
                return urljoin(site, path)
        raise Refused(reasons.NO_SUCH_SERVICE)

    def _log_in(self) -> None:
        """A session, once for each of us. What goes on here is no evidence: it holds the password."""
        if self._cookies:
            return
        token = self._call("GET", {"action": "query", "meta": "tokens", "type": "login"})[0]
        words = {"action": "login", "lgname": self._access.more.get("login", ""), "lgpassword": self._access.secret}
        words["lgtoken"] = str(_dict(_dict(token.get("query")).get("tokens")).get("logintoken", ""))
        done = _dict(self._call("POST", words)[0].get("login"))
        if done.get("result") != "Success":
            self._cookies.clear()
            raise Refused(reasons.NEEDS_LOGIN)
        tokens = self._call("GET", {"action": "query", "meta": "tokens", "assert": "user"})[0]
        self._token = str(_dict(_dict(tokens.get("query")).get("tokens")).get("csrftoken", ""))

    def _revision(self, which: dict[str, str]) -> dict[str, Any]:
        """The revision named, or the newest of the page named."""
        found = self._pages({**which, "prop": "revisions", **_CONTENT})
        if not found or not found[0][0].get("revisions"):
            raise Refused(reasons.GONE)
        return _dict(found[0][0]["revisions"][0])

    def _pages(self, what: dict[str, str]) -> list[tuple[dict[str, Any], bytes]]:
        self._log_in()
        asked = {"action": "query", "assert": "user", **what}
        return pieces(self._call("GET", asked)[1].body, "query", "pages")

    def _query(self, what: dict[str, str]) -> dict[str, Any]:
        self._log_in()
        return _dict(self._call("GET", {"action": "query", "assert": "user", **what})[0].get("query"))

    def _write(self, what: dict[str, str], **files: Any) -> tuple[dict[str, Any], Answer]:
        return self._call("POST", {"assert": "user", **what, "token": self._token}, **files)

    def _call(self, method: str, what: dict[str, str], **more: Any) -> tuple[dict[str, Any], Answer]:
        self._access.client.cookies.clear()  # a session is ours alone, whoever else uses the client
        asked = {**what, "format": "json", "formatversion": "2"}
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        more["params" if method == "GET" else "data"] = asked
        answer = ask(
            self._access.client,
            method,
            self._url,
            headers={"cookie": cookies} if cookies else {},
            hidden=[one for one in (self._token, self._access.secret) if one],
            **more,
        )
        for line in answer.headers.get_list("set-cookie"):
            self._cookies |= {name: one.value for name, one in SimpleCookie(line).items()}
        said = _dict(answer.data)
        if "error" in said:
            raise _fault(str(_dict(said["error"]).get("code", "")))
        return said, answer


_CONTENT: Final = {"rvprop": "ids|timestamp|user|userid|comment|content", "rvslots": "main"}


class _Reading:
    """One go through recent changes: which blocks stand on talk pages, and which have been taken away."""

    def __init__(self, state: dict[str, Any], seen: datetime, us: str, site: str) -> None:
        self.seen, self.us, self.site = seen, us, site
        self.arrivals: list[Arrival] = []
        self.pages: dict[str, str] = {str(title): str(number) for title, number in _dict(state.get("pages")).items()}
        self.blocks: dict[str, str] = {str(name): str(one) for name, one in _dict(state.get("blocks")).items()}

    def page(self, title: str, number: str, revision: dict[str, Any], raw: bytes) -> None:
        self.arrivals.append(page(title, number, revision, raw, us=self.us, site=self.site, seen=self.seen))

    def talk(self, on: str, subject: str, change: tuple[str, str], revision: dict[str, Any], raw: bytes) -> None:
        put, taken = change
        number = str(revision["revid"])
        below = f"page-{self.pages[subject]}" if self.pages.get(subject) else f"page-{on}"
        if taken and (gone := self.blocks.get(f"{on} {digest(taken)}")):
            if put:  # the same place with other words: a version of what stood there
                self._comment(gone, below, put, revision, raw, edited=True)
                self.blocks[f"{on} {digest(put)}"] = gone
            else:
                name = f"rev-{gone}"
                self.arrivals.append(deletion(name, raw=raw, raw_type=JSON, file="recentchanges", seen=self.seen))
            return
        back = self.blocks.get(f"{on} {digest(put)}") if put else None
        self._comment(back or number, below, put, revision, raw, edited=back is not None)
        self.blocks.setdefault(f"{on} {digest(put)}", number)

    def _comment(
        self, number: str, below: str, put: str, revision: dict[str, Any], raw: bytes, *, edited: bool
    ) -> None:
        more: dict[str, Any] = {"us": self.us, "site": self.site, "seen": self.seen, "parent_id": below}
        if edited:
            more |= {"version_key": str(revision["revid"]), "edited": self.seen}
        self.arrivals.append(comment(number, below, put, revision, raw, **more))

    def logged(self, change: dict[str, Any]) -> None:
        """A page that was deleted. What else the log holds says nothing new about what was said."""
        number = self.pages.get(str(change.get("title", "")))
        if (change.get("logtype"), change.get("logaction")) == ("delete", "delete") and number:
            raw = orjson.dumps(change)
            self.arrivals.append(
                deletion(f"page-{number}", raw=raw, raw_type=JSON, file="recentchanges", seen=self.seen)
            )

    def saved(self, state: dict[str, Any]) -> dict[str, Any]:
        blocks, pages = list(self.blocks.items())[-KNOWN:], list(self.pages.items())[-KNOWN:]
        return state | {"blocks": dict(blocks), "pages": dict(pages)}


def _fault(code: str) -> ChannelFault:
    """What an error inside a 200 means. None of them has changed anything."""
    if code in _WAIT:
        why = reasons.READ_ONLY if code == "readonly" else reasons.BUSY
        return NotSent(why, retry_after=timedelta(seconds=_WAIT[code]))
    if code in ("badtoken", "assertuserfailed", "assertnameduserfailed"):
        return NotSent(reasons.EXPIRED)  # the session: the next try has a new one
    if code == "articleexists":
        return Unsure(reasons.DUPLICATE)  # perhaps our own, from a try whose answer was lost
    if code.startswith("internal_api_error"):
        return Unsure(reasons.SERVER_FAULT)
    return Refused(_SAID.get(code, reasons.NOT_TAKEN))


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
