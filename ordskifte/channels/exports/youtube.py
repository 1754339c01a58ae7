"""YouTube comments from Google Takeout: the CSV files of today and `my-comments.html` of earlier years.

The CSV's headings are in the account holder's language and are not read: columns are known by what stands in them and
by their order, which is the same in all languages. A row's bytes are exactly its own, line breaks in quotes and all.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ordskifte.channels import reasons
from ordskifte.channels.contract import Account, Arrival, Author, Item, Problem
from ordskifte.channels.exports.csvrows import Row, rows
from ordskifte.channels.exports.family import family, first_bytes
from ordskifte.channels.exports.glimpse import candidates
from ordskifte.channels.exports.source import Export
from ordskifte.channels.exports.times import from_iso
from ordskifte.channels.exports.xmlcoding import decoded
from ordskifte.channels.exports.youtube_html import is_comments_page, read_page
from ordskifte.channels.exports.youtube_text import text_of

# a comment's id, a channel's id, a time: how every row of a comments or live chat file begins
ROW: Final = re.compile(rb'"?[A-Za-z0-9_.-]{10,200}"?,"?UC[A-Za-z0-9_-]{22}"?,"?\d{4}-\d\d-\d\d[T ]\d\d:')
_BEGINS: Final = re.compile(rb"\A(?:\xef\xbb\xbf)?[^\n]{10,1000}\n(?:" + ROW.pattern + rb")")
_HEADING_ONLY: Final = re.compile(r"\A\ufeff?([^\n,]*\bID\b[^\n,]*,){2}[^\n]*\bvide[^\n]*\s*\Z", re.IGNORECASE)


class YoutubeReader:
    """Takeout's comments and live chats."""

    kind = "youtube"

    def claim(self, export: Export) -> list[str]:
        """CSV files whose rows begin as comments do, and HTML lists of comments on YouTube."""
        return [name for name in candidates(export) if _is_ours(export, name)]

    def read(self, export: Export, names: list[str]) -> Iterator[Item]:
        """Every comment of every file; the account is the channel that wrote them."""
        said = False
        for name in names:
            if family(export, name) == "markup":
                yield from read_page(export, name)
                continue
            for item in _read_table(export, name):
                if not said and isinstance(item, Arrival) and item.author:
                    said = True
                    yield Account(item.author.external_id, "", "", item.author.url)
                yield item


def _is_ours(export: Export, name: str) -> bool:
    match family(export, name):
        case "markup":
            return is_comments_page(first_bytes(export, name))
        case "text":
            head = first_bytes(export, name)
            return bool(_BEGINS.match(head) or _HEADING_ONLY.match(head[:2000].decode("utf-8", "replace")))
        case _:
            return False


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which column holds what. Comments have a parent; live chats have not. -1: there is none."""

    text: int
    price: int = -1
    parent: int = -1
    post: int = -1
    video: int = -1
    count: int = 0

    @classmethod
    def found(cls, cells: list[str]) -> "_Columns":
        """From one row: 0 id, 1 channel, 2 time, 3 price, then [parent], [post], video, then the text, [thread]."""
        json = [at for at in range(3, len(cells)) if cells[at].startswith(("{", "["))]
        text = json[-1] if json else max(range(3, len(cells)), key=lambda at: len(cells[at]), default=-1)
        between = list(range(4, text))
        return cls(
            text=text,
            price=3 if text > 3 else -1,
            video=between.pop() if between else -1,
            parent=between.pop(0) if between else -1,
            post=between.pop(0) if between else -1,
            count=len(cells),
        )


def _read_table(export: Export, name: str) -> Iterator[Item]:
    columns: _Columns | None = None
    with export.open(name) as stream:
        for number, row in enumerate(rows(stream, ROW)):
            if row.good and row.raw is not None and (number == 0 or not row.raw.strip()) and not ROW.match(row.raw):
                continue  # the headings; an empty line
            where = f"row {number}"
            cells, repaired = _cells(row)
            if cells is None or len(cells) < 5:
                yield Problem(name, where, row.why or reasons.NOT_A_ROW, "", row.raw)
                continue
            if columns is None or columns.count != len(cells):
                columns = _Columns.found(cells)
            yield _comment(cells, columns, row, name, where, repaired)


def _cells(row: Row) -> tuple[list[str] | None, bool]:
    """The row's cells, None when it is none; and whether its encoding was mended."""
    if not row.good or row.raw is None:
        return None, False
    text, repaired = decoded(row.raw, "utf_8")
    if not ROW.match(row.raw):
        return None, repaired
    try:
        return next(csv.reader([text.replace("\x00", "\ufffd")], strict=False)), repaired
    except (csv.Error, StopIteration):
        return None, repaired


def _comment(cells: list[str], columns: _Columns, row: Row, file: str, where: str, repaired: bool) -> Item:
    def cell(at: int) -> str:
        return cells[at].strip() if 0 <= at < len(cells) else ""

    id_, channel, published = cell(0), cell(1), from_iso(cell(2))
    text, remarks = text_of(cells[columns.text] if columns.text < len(cells) else "")
    parent = cell(columns.parent) or (id_.partition(".")[0] if "." in id_ else "")
    video, post, price = cell(columns.video), cell(columns.post), cell(columns.price)
    extra = {"live": "yes" if columns.parent < 0 else "", "price": price if price.strip("0.,") else ""}
    odd = ((reasons.ENCODING_REPAIRED,) if repaired else ()) + remarks + (() if published else (reasons.BAD_DATE,))
    return Arrival(
        external_id=id_,
        kind="reply" if parent else "comment",
        author=Author(channel, "", "", f"https://www.youtube.com/channel/{channel}"),
        ours=True,
        text=text,
        raw=row.raw,
        raw_type="text/csv",
        file=file,
        where=where,
        parent_id=parent or None,
        thread_id=video or post or None,
        published=published,
        permalink=address(video, post, id_),
        extra={name: value for name, value in extra.items() if value},
        remarks=odd,
    )


def address(video: str, post: str, comment: str) -> str:
    """Where the comment is read: under its video, or under its community post."""
    if video:
        return f"https://www.youtube.com/watch?v={video}&lc={comment}"
    return f"https://www.youtube.com/post/{post}?lc={comment}" if post else ""
