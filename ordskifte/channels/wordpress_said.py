"""WordPress' posts and comments as arrivals, and our text as its HTML. The same ids as its export has."""

import re
from datetime import datetime
from html import escape
from typing import Any, Final

from ordskifte.channels.contract import Arrival, Attachment, Author, Visibility
from ordskifte.channels.exports.markup import html_to_text
from ordskifte.channels.exports.times import from_iso
from ordskifte.channels.exports.wordpress_items import text_of

JSON: Final = "application/json"
_MARK: Final = re.compile(r"<!-- ordskifte ([0-9a-f-]{36}) -->")
_LINK: Final = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]")
_IMAGE: Final = re.compile(r"<img\b([^>]*)>", re.IGNORECASE)
_ATTRIBUTE: Final = re.compile(r"\b(src|alt)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)


def html_of(text: str, mark: str, pictures: list[tuple[str, str, str]]) -> str:
    """Plain text as paragraphs with its addresses as links, then pictures (id, address, alt text), then our mark."""
    parts = [f"<p>{_linked(part)}</p>" for part in re.split(r"\n\s*\n", text.strip()) if part.strip()]
    for number, address, alt in pictures:
        shown = f'<img src="{escape(address)}" alt="{escape(alt)}" class="wp-image-{escape(number)}"/>'
        parts.append(f'<figure class="wp-block-image">{shown}</figure>')
    return "\n".join([*parts, marked(mark)])


def marked(mark: str) -> str:
    """Our mark, as nobody sees it on the page."""
    return f"<!-- ordskifte {mark} -->"


def title_of(title: str, text: str) -> str:
    """The title, or the first line when there is none: WordPress' lists need one."""
    first = title.strip() or text.strip().split("\n", 1)[0]
    return first if len(first) <= 80 else f"{first[:79].rsplit(' ', 1)[0]}…"


def post(value: dict[str, Any], raw: bytes, *, seen: datetime, us: str) -> Arrival:
    """One post or page, in the context `edit`."""
    number, content = str(value["id"]), _raw(value.get("content"))
    published, edited = from_iso(value.get("date_gmt")), from_iso(value.get("modified_gmt"))
    changed = edited if edited and edited != published else None
    mark = _MARK.search(content)
    status = str(value.get("status", ""))
    return Arrival(
        external_id=f"post-{number}",
        version_key=changed.isoformat() if changed else "",
        kind="page" if value.get("type") == "page" else "post",
        author=Author(f"user-{value.get('author')}"),
        ours=True,
        title=html_to_text(_raw(value.get("title"))),
        text=text_of(_IMAGE.sub("", _MARK.sub("", content))),
        raw=raw,
        raw_type=JSON,
        file="posts",
        where=f"post {number}",
        published=published,
        edited=changed,
        seen=seen,
        visibility=_visible(status),
        attachments=_pictures(content),
        permalink=str(value.get("link", "")),
        extra={"mark": mark[1]} if mark else {},
    )


def comment(value: dict[str, Any], raw: bytes, *, seen: datetime, us: str) -> Arrival:
    """One comment, in the context `edit`. The writer's e-mail and IP address stay in the bytes."""
    number, above, below = str(value["id"]), str(value.get("post", "")), str(value.get("parent") or "")
    content, user = _raw(value.get("content")), str(value.get("author") or "")
    mark, status = _MARK.search(content), str(value.get("status", ""))
    name, url = html_to_text(str(value.get("author_name", ""))), str(value.get("author_url", ""))
    extra = {"mark": mark[1]} if mark else {}
    if status and status != "approved":
        extra["status"] = status
    return Arrival(
        external_id=f"comment-{number}",
        kind="comment",
        author=Author(f"user-{user}" if user else f"name-{name} {url}".strip(), "", name, url),
        ours=bool(user) and user == us,
        text=text_of(_MARK.sub("", content)),
        raw=raw,
        raw_type=JSON,
        file="comments",
        where=f"comment {number}",
        parent_id=f"comment-{below}" if below else f"post-{above}",
        thread_id=f"post-{above}",
        published=from_iso(value.get("date_gmt")),
        seen=seen,
        permalink=str(value.get("link", "")),
        extra=extra,
    )


def _linked(text: str) -> str:
    out, at = [], 0
    for found in _LINK.finditer(text):
        out.append(escape(text[at : found.start()]))
        out.append(f'<a href="{escape(found[0])}">{escape(found[0])}</a>')
        at = found.end()
    return "".join([*out, escape(text[at:])]).replace("\n", "<br />\n")


def _raw(value: object) -> str:
    """The field as its writer wrote it; as the reader sees it where that is all we may have."""
    fields = value if isinstance(value, dict) else {}
    return str(fields.get("raw") or fields.get("rendered") or "")


def _visible(status: str) -> Visibility:
    return "public" if status == "publish" else "private"


def _pictures(content: str) -> tuple[Attachment, ...]:
    found = []
    for image in _IMAGE.finditer(content):
        said = {name.lower(): a or b for name, a, b in _ATTRIBUTE.findall(image[1])}
        if said.get("src", "").startswith(("http://", "https://")):
            found.append(Attachment(url=html_to_text(said["src"]), alt=html_to_text(said.get("alt", ""))))
    return tuple(found)
