"""Revisions of a wiki as arrivals: a page is an utterance with versions, what is put on a talk page one of its own."""

import re
from hashlib import sha256
from typing import Any, Final
from urllib.parse import quote

from ordskifte.channels.contract import Arrival, Attachment, Author
from ordskifte.channels.exports.times import from_iso

JSON: Final = "application/json"
_MARK: Final = re.compile(r"\(ordskifte ([0-9a-f-]{36})\)")
_HEADING: Final = re.compile(r"^==+\s*(.+?)\s*==+$", re.MULTILINE)
_FILE: Final = re.compile(r"^\[\[(?:File|Fil|Image|Bilde):[^\[\]]*\]\]$", re.MULTILINE | re.IGNORECASE)
_SIGNED: Final = re.compile(r"\s*(?:--|—|–)?\s*\[\[(?:[^\[\]|]*:)[^\[\]]*\]\].*?\(\w{3,5}\)\s*$", re.MULTILINE)


def summary_of(mark: str, words: str = "Ordskifte") -> str:
    """The edit summary: our mark stands in it, for everybody to see."""
    return f"{words} (ordskifte {mark})"


def mark_in(summary: object) -> str:
    found = _MARK.search(str(summary or ""))
    return found[1] if found else ""


def title_of(title: str, text: str) -> str:
    """A page's name, without the signs no page may have in its name."""
    first = title.strip() or text.strip().split("\n", 1)[0]
    return re.sub(r"[#<>\[\]|{}_\s]+", " ", first).strip()[:120] or "Ordskifte"


def wikitext(text: str, files: list[tuple[str, str]]) -> str:
    """Our words as they stand, signs of the wiki's own language shown and not obeyed, and pictures with alt text."""
    safe = re.sub(r"(\[\[|\]\]|\{\{|\}\}|'{2,}|<|~{3,}|^[*#:;=])", r"<nowiki>\1</nowiki>", text, flags=re.MULTILINE)
    shown = [f"[[File:{name}|thumb|alt={_plain(alt)}|{_plain(alt)}]]" for name, alt in files]
    return "\n\n".join([safe, *shown])


def files_in(text: str) -> list[str]:
    """The lines that show pictures: they stay when the words are changed."""
    return _FILE.findall(text)


def added(before: str, after: str) -> tuple[str, str]:
    """What a revision put in and what it took out: the lines between those that are alike from both ends."""
    old, new = before.split("\n") if before else [], after.split("\n") if after else []
    top = 0
    while top < min(len(old), len(new)) and old[top] == new[top]:
        top += 1
    below = 0
    while below < min(len(old), len(new)) - top and old[-1 - below] == new[-1 - below]:
        below += 1
    put, taken = new[top : len(new) - below], old[top : len(old) - below]
    return "\n".join(put).strip("\n"), "\n".join(taken).strip("\n")


def digest(text: str) -> str:
    return sha256("\n".join(line for line in text.split("\n") if line.strip()).encode()).hexdigest()[:16]


def spoken(block: str) -> tuple[str, str]:
    """(heading, words) of what was put on a talk page, without the signature."""
    heading = _HEADING.search(block)
    words = _SIGNED.sub("", _HEADING.sub("", block)).replace("<nowiki>", "").replace("</nowiki>", "")
    return (heading[1] if heading else ""), "\n".join(line.lstrip(":* ") for line in words.strip().split("\n"))


def page(title: str, number: str, revision: dict[str, Any], raw: bytes, *, us: str, site: str, **more: Any) -> Arrival:
    """A revision of a content page: a version of the page."""
    at, text = from_iso(revision.get("timestamp")), content_of(revision)
    first = not revision.get("parentid")
    who = author(revision)
    mark = mark_in(revision.get("comment"))
    extra = {"mark": mark} if mark else {}
    return Arrival(
        external_id=f"page-{number}",
        version_key=str(revision.get("revid", "")),
        kind="page",
        author=who,
        ours=who is not None and who.external_id == us,
        title=title,
        text=_FILE.sub("", text).replace("<nowiki>", "").replace("</nowiki>", "").strip(),
        raw=raw,
        raw_type=JSON,
        file="recentchanges",
        where=f"revision {revision.get('revid')}",
        published=at if first else None,
        edited=None if first else at,
        attachments=tuple(_attachment(line, site) for line in files_in(text)),
        permalink=f"{site}index.php?oldid={revision.get('revid')}",
        extra=extra,
        **more,
    )


def comment(number: str, subject: str, block: str, revision: dict[str, Any], raw: bytes, **more: Any) -> Arrival:
    """What a revision put on a talk page. `number`: the revision it came with; `subject`: the page it is about."""
    heading, words = spoken(block)
    us, site = str(more.pop("us")), str(more.pop("site"))
    who, mark = author(revision), mark_in(revision.get("comment"))
    return Arrival(
        external_id=f"rev-{number}",
        kind="comment",
        author=who,
        ours=who is not None and who.external_id == us,
        title=heading,
        text=words or str(revision.get("comment") or ""),
        raw=raw,
        raw_type=JSON,
        file="recentchanges",
        where=f"revision {revision.get('revid')}",
        thread_id=subject,
        published=from_iso(revision.get("timestamp")),
        permalink=f"{site}index.php?diff={revision.get('revid')}",
        extra={"mark": mark} if mark else {},
        **more,
    )


def author(revision: dict[str, Any]) -> Author | None:
    """Who wrote it. Somebody without an account is only an IP address, which stays in the bytes."""
    name, number = revision.get("user"), revision.get("userid")
    if not name or revision.get("userhidden"):
        return None
    if revision.get("anon") or not number:
        return Author("ip", "", "IP")
    return Author(f"user-{number}", str(name), str(name))


def content_of(revision: dict[str, Any]) -> str:
    """The wikitext; "" where it is hidden."""
    slots = revision.get("slots")
    main = slots.get("main") if isinstance(slots, dict) else None
    return str(main.get("content") or "") if isinstance(main, dict) else ""


def _attachment(line: str, site: str) -> Attachment:
    name, *options = line.strip("[]").partition(":")[2].split("|")
    alt = next((one[4:] for one in options if one.startswith("alt=")), "")
    return Attachment(url=f"{site}index.php?title=Special:Redirect/file/{quote(name.strip())}", alt=alt)


def _plain(alt: str) -> str:
    return re.sub(r"[\[\]|{}<>\s]+", " ", alt).strip()
