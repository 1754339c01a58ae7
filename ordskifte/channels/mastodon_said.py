"""Statuses of the Mastodon API as arrivals. The same ids as an export has: the addresses ActivityPub knows them by."""

import re
from datetime import datetime
from typing import Any, Final

from ordskifte.channels.contract import Arrival, Attachment, Author, Kind, Visibility
from ordskifte.channels.exports.markup import html_to_text
from ordskifte.channels.exports.times import from_iso

JSON: Final = "application/json"
_VISIBLE: Final[dict[str, Visibility]] = {"unlisted": "unlisted", "private": "followers", "direct": "private"}
_MENTION: Final = re.compile(r"@([\w.-]+)@[\w.:-]+")
_WORDS: Final = re.compile(r"\w+")


def status(value: dict[str, Any], raw: bytes, *, seen: datetime, us: str, parents: dict[str, str]) -> Arrival:
    """One status. `parents`: local id -> the address of those we have seen."""
    account, parent = _dict(value.get("account")), str(value.get("in_reply_to_id") or "")
    published, edited = from_iso(value.get("created_at")), from_iso(value.get("edited_at"))
    visibility = _VISIBLE.get(str(value.get("visibility")), "public")
    kind: Kind = "message" if visibility == "private" else "reply" if parent else "post"
    return Arrival(
        external_id=address_of(value),
        version_key=str(value.get("edited_at") or ""),
        kind=kind,
        author=author(account),
        ours=str(account.get("id")) == us,
        text=html_to_text(str(value.get("content") or "")),
        raw=raw,
        raw_type=JSON,
        file="statuses",
        where=str(value.get("id", "")),
        parent_id=(parents.get(parent) or parent) if parent else None,
        summary=str(value.get("spoiler_text") or ""),
        published=published,
        edited=edited,
        seen=seen,
        language=str(value.get("language") or ""),
        visibility=visibility,
        attachments=tuple(_attachment(one) for one in _dicts(value.get("media_attachments"))),
        permalink=str(value.get("url") or ""),
    )


def report(value: dict[str, Any], raw: bytes, *, seen: datetime) -> Arrival:
    """A report a user of the server made, as the notification `admin.report` tells it."""
    told = _dict(value.get("report"))
    target, reporter = _dict(told.get("target_account")), _dict(value.get("account"))
    return Arrival(
        external_id=f"report-{told.get('id') or value.get('id')}",
        kind="report",
        author=author(reporter),
        ours=False,
        text=str(told.get("comment") or ""),
        raw=raw,
        raw_type=JSON,
        file="notifications",
        where=str(value.get("id", "")),
        published=from_iso(told.get("created_at") or value.get("created_at")),
        seen=seen,
        visibility="private",
        extra={"about": str(target.get("acct") or ""), "category": str(told.get("category") or "")},
    )


def author(account: dict[str, Any]) -> Author:
    """An account, by the address that never changes where the server gives it."""
    return Author(
        external_id=str(account.get("uri") or account.get("url") or account.get("id")),
        handle=f"@{account.get('acct', '')}",
        name=str(account.get("display_name") or ""),
        url=str(account.get("url") or ""),
    )


def address_of(value: dict[str, Any]) -> str:
    """What everybody calls a status: its ActivityPub address."""
    return str(value.get("uri") or value.get("url") or value.get("id"))


def says(value: dict[str, Any], text: str) -> bool:
    """Whether a status says our text: letters and digits alike, a mention with or without its server."""
    return _bare(html_to_text(str(value.get("content") or ""))) == _bare(text)


def _bare(text: str) -> str:
    return " ".join(_WORDS.findall(_MENTION.sub(r"@\1", text).casefold()))


def _attachment(one: dict[str, Any]) -> Attachment:
    kinds = {"image": "image/jpeg", "video": "video/mp4", "gifv": "video/mp4", "audio": "audio/mpeg"}
    address = str(one.get("url") or one.get("remote_url") or "")
    return Attachment(kinds.get(str(one.get("type")), ""), address, alt=str(one.get("description") or ""))


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _dicts(value: object) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
