"""WordPress' posts and comments as arrivals. Source: WordPress, wp-admin/includes/export.php (what it writes)."""

import html
import re
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Final
from xml.etree.ElementTree import Element

from ordskifte.channels import reasons
from ordskifte.channels.contract import Arrival, Attachment, Author, Kind, Other, Visibility
from ordskifte.channels.exports.markup import html_to_text
from ordskifte.channels.exports.pictures import media_type, once, pictures
from ordskifte.channels.exports.times import from_iso
from ordskifte.channels.exports.xmlelement import child_text, children

TYPE: Final = "application/xml"

# What WordPress keeps as posts though nobody said it.
_FURNITURE: Final = re.compile(
    r"nav_menu_item|revision|custom_css|customize_changeset|oembed_cache|user_request|acf-.*"
    r"|wp_(block|template|template_part|global_styles|navigation|font_family|font_face)"
)
_PRIVATE: Final = frozenset(("draft", "pending", "private", "future", "auto-draft", "trash", "inherit"))
_APPROVED: Final = {"1": "approved", "0": "hold", "spam": "spam", "trash": "trash", "post-trashed": "trash"}
_BLOCK: Final = re.compile(r"<!--\s*/?wp:.*?-->", re.DOTALL)
_SHORTCODE: Final = re.compile(
    r"\[/?(?:wp_caption|caption|gallery|embed|audio|video|playlist)(?:\s[^\[\]<>]{0,500})?/?\]"
    r"|\[[a-z][\w-]{0,60}\s[^\[\]<>]{0,500}=(?:\"|'|&quot;)[^\[\]<>]{0,500}\]"
)
_CDATA: Final = r"\s*(?:<!\[CDATA\[)?\s*([^<\]]*)"


@dataclass(slots=True)
class Site:
    """What the channel element and the attachments said before the first item."""

    title: str = ""
    url: str = ""
    authors: dict[str, Author] = field(default_factory=dict)  # by login
    users: dict[str, Author] = field(default_factory=dict)  # by user id
    media: dict[str, Attachment] = field(default_factory=dict)  # by attachment id
    parents: dict[str, list[str]] = field(default_factory=dict)  # post id -> attachment ids

    def describe(self, head: str) -> None:
        """Title and address from what stands before the first item."""
        self.title = self.title or _said(head, "title")
        self.url = self.url or _said(head, "wp:base_blog_url") or _said(head, "wp:base_site_url") or _said(head, "link")

    def add_author(self, login: str, user: str, name: str) -> None:
        """Someone who may write on the site."""
        if login or user:
            author = Author(f"user-{user}" if user else f"login-{login}", login, name or login)
            self.authors[login] = author
            if user and user != "0":
                self.users[user] = author

    def add_media(self, element: Element) -> None:
        """An attachment item, remembered for the post that shows it."""
        url, own = child_text(element, "wp:attachment_url"), child_text(element, "wp:post_id")
        if url and own:
            alt = _meta(element).get("_wp_attachment_image_alt", "")
            self.media[own] = Attachment(media_type(url), url, "", alt)
            self.parents.setdefault(child_text(element, "wp:post_parent"), []).append(own)


def _said(head: str, name: str) -> str:
    found = re.search(f"<{name}>{_CDATA}", head)
    return html.unescape(found[1]).strip() if found else ""


@dataclass(frozen=True, slots=True)
class Post:
    """What a comment needs to know of its post; found in the bytes, so a broken post does not hide its comments."""

    id: str
    link: str
    visibility: Visibility

    @classmethod
    def glimpsed(cls, own: str) -> "Post":
        """From what stands in the item before its comments."""
        id_ = _said(own, "wp:post_id")
        return cls(f"post-{id_}" if id_ else "", _said(own, "link"), _visibility(_said(own, "wp:status"), ""))


@dataclass(frozen=True, slots=True)
class Where:
    """The bytes an arrival stands for, and their place."""

    raw: bytes | None
    file: str
    where: str
    remarks: tuple[str, ...]


def read_item(item: Element, site: Site, at: Where) -> Arrival | Other:
    """A post or page; what nobody said (menus, templates, pictures without a word) is counted only."""
    type_ = child_text(item, "wp:post_type") or "post"
    content = child_text(item, "content:encoded")
    text = text_of(content)
    if _FURNITURE.fullmatch(type_) or (type_ not in ("post", "page") and not text):
        return Other(type_, at.raw, TYPE, at.file, at.where)
    id_, status = child_text(item, "wp:post_id"), child_text(item, "wp:status")
    published, edited = _published(item), from_iso(child_text(item, "wp:post_modified_gmt"))
    login = child_text(item, "dc:creator", "wp:author")
    link = child_text(item, "link")
    excerpt = text_of(child_text(item, "excerpt:encoded"))
    extra = {"status": status, "tags": _terms(item), "excerpt": excerpt, "type": "" if type_ == "post" else type_}
    return Arrival(
        external_id=f"post-{id_}" if id_ else child_text(item, "guid") or link or at.where,
        version_key=edited.isoformat() if edited and edited != published else "",
        kind="page" if type_ == "page" else "post",
        author=(site.authors.get(login) or Author(f"login-{login}", login, login)) if login else None,
        ours=True,
        title=html_to_text(child_text(item, "title")),
        text=text,
        raw=at.raw,
        raw_type=TYPE,
        file=at.file,
        where=at.where,
        published=published,
        edited=edited if edited != published else None,
        visibility=_visibility(status, child_text(item, "wp:post_password")),
        attachments=_attachments(item, id_, content, site),
        permalink=link,
        extra={name: value for name, value in extra.items() if value},
        remarks=at.remarks if published else (*at.remarks, reasons.BAD_DATE),
    )


def read_comment(comment: Element, post: Post, site: Site, at: Where) -> Arrival:
    """A comment, pingback or trackback. Its e-mail and IP address stay in the bytes."""
    id_, parent = child_text(comment, "wp:comment_id"), child_text(comment, "wp:comment_parent")
    author = site.users.get(child_text(comment, "wp:comment_user_id"))
    published = from_iso(child_text(comment, "wp:comment_date_gmt"))
    type_ = child_text(comment, "wp:comment_type")
    kind: Kind = "link" if type_ in ("pingback", "trackback") else "comment"
    status = child_text(comment, "wp:comment_approved")
    above = f"comment-{parent}" if parent not in ("", "0") else post.id or None
    return Arrival(
        external_id=f"comment-{id_}" if id_ else f"{post.id} {at.where}",
        kind=kind,
        author=author or _commenter(comment),
        ours=author is not None,
        text=text_of(child_text(comment, "wp:comment_content")),
        raw=at.raw,
        raw_type=TYPE,
        file=at.file,
        where=at.where,
        parent_id=above,
        thread_id=post.id or None,
        published=published,
        visibility=post.visibility,
        permalink=f"{post.link}#comment-{id_}" if post.link and id_ else "",
        extra={"status": _APPROVED.get(status, status)} if status else {},
        remarks=at.remarks if published else (*at.remarks, reasons.BAD_DATE),
    )


def _commenter(comment: Element) -> Author | None:
    """Somebody without an account here: a name and perhaps an address on the web, never the e-mail."""
    name = html_to_text(child_text(comment, "wp:comment_author"))
    url = child_text(comment, "wp:comment_author_url")
    return Author(f"name-{name} {url}".strip(), "", name, url) if name or url else None


def text_of(content: str) -> str:
    """WordPress' HTML as text: block marks and shortcodes gone; in the old editor's HTML a line break is a break."""
    if not content:
        return ""
    blocks = "<!-- wp:" in content
    plain = _SHORTCODE.sub("", _BLOCK.sub("", content))
    return html_to_text(plain, keep_newlines=not blocks and "<p" not in plain)


def _published(item: Element) -> datetime | None:
    """The time in UTC; of drafts, which have none, the time they were begun."""
    gmt = from_iso(child_text(item, "wp:post_date_gmt"))
    if gmt is not None:
        return gmt
    try:
        sent = parsedate_to_datetime(child_text(item, "pubDate"))
    except (ValueError, IndexError, OverflowError):
        sent = None
    if sent is not None and sent.tzinfo is not None and sent.year > 1:
        return from_iso(sent.isoformat(timespec="seconds"))
    return from_iso(child_text(item, "wp:post_date"))


def _visibility(status: str, password: str) -> Visibility:
    return "private" if status in _PRIVATE or password else "public"


def _terms(item: Element) -> str:
    terms = [("".join(one.itertext())).strip() for one in children(item, "category")]
    return ", ".join(dict.fromkeys(term for term in terms if term))


def _meta(item: Element) -> dict[str, str]:
    return {child_text(one, "wp:meta_key"): child_text(one, "wp:meta_value") for one in children(item, "wp:postmeta")}


def _attachments(item: Element, id_: str, content: str, site: Site) -> tuple[Attachment, ...]:
    """The pictures hung on the post, its own file, and those in its HTML, each once."""
    own = [id_, *site.parents.get(id_, ())] if id_ else []
    featured = _meta(item).get("_thumbnail_id", "")
    found = [site.media[one] for one in dict.fromkeys((*own, featured)) if one in site.media]
    url = child_text(item, "wp:attachment_url")
    if url and id_ not in site.media:
        found.append(Attachment(media_type(url), url))
    return once([*found, *pictures(content)])
