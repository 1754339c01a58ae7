import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ordskifte.channels.contract import MAX_ITEM
from ordskifte.channels.exports.xmlstream import Cutter, Gap, Slice


class Drop:
    """A stream that gives a few bytes at a time."""

    def __init__(self, data: bytes, size: int) -> None:
        self._inner, self._size = io.BytesIO(data), size

    def read(self, size: int = -1, /) -> bytes:
        return self._inner.read(min(size, self._size) if size > 0 else self._size)


def cut(data: bytes, *names: str, marks: tuple[str, ...] = (), chunk: int = 1 << 16) -> list[Slice | Gap]:
    return list(Cutter(Drop(data, chunk), names or ("item",), marks))


def shown(data: bytes, *names: str, marks: tuple[str, ...] = ()) -> list[str]:
    """`[...]` a whole slice, `[...` an unclosed one, else a gap."""
    out = []
    for part in cut(data, *names, marks=marks):
        text = (part.raw or b"").decode()
        out.append(text if isinstance(part, Gap) else f"[{text}]" if part.closed else f"[{text}")
    return out


@pytest.mark.parametrize(
    ("xml", "parts"),
    [
        ("<a><item>x</item> <item/></a>", ["<a>", "[<item>x</item>]", " ", "[<item/>]", "</a>"]),
        ("<item a='>'>x</item >", ["[<item a='>'>x</item >]"]),
        ('<item a="\'>"/>', ['[<item a="\'>"/>]']),
        ("<items><item-x></item-x></items>", ["<items><item-x></item-x></items>"]),
        ("<item><![CDATA[</item><item>]]></item>", ["[<item><![CDATA[</item><item>]]></item>]"]),
        ("<item><!-- </item> --></item>", ["[<item><!-- </item> --></item>]"]),
        ("<item>1<item>2</item>", ["[<item>1", "[<item>2</item>]"]),
        ("</item><item>", ["</item>", "[<item>"]),
        ("<item><![CDATA[ never closed </item>", ["[<item><![CDATA[ never closed </item>"]),
        ("<item", ["<item"]),
        ("<item a='", ["<item a='"]),
        ("<", ["<"]),
        ("", []),
    ],
)
def test_elements_are_cut_at_their_tags(xml: str, parts: list[str]) -> None:
    assert shown(xml.encode()) == parts


def test_a_mark_ends_what_was_never_closed_and_begins_a_new_gap() -> None:
    xml = b"<w>a<page>b<r>1</r>c<r>2</page>d<page/>e</w>"
    assert shown(xml, "r", marks=("page",)) == [
        "<w>a", "<page>b", "[<r>1</r>]", "c", "[<r>2", "</page>", "d", "<page/>", "e</w>"
    ]  # fmt: skip


def test_offsets_are_places_in_the_file() -> None:
    data = b"<a>\xc3\xb8<item>1</item><item>2</item></a>"
    for part in cut(data, chunk=3):
        assert data[part.offset :].startswith(part.raw or b"?")


def test_a_slice_over_the_cap_has_no_bytes_and_the_next_one_has() -> None:
    data = b"<item>" + b"x" * MAX_ITEM + b"</item><item>2</item>"
    assert [(part.raw, part.closed) for part in cut(data) if isinstance(part, Slice)] == [
        (None, True),
        (b"<item>2</item>", True),
    ]


def test_a_tag_whose_quote_is_never_closed_ends_at_its_first_bracket() -> None:
    data = b'<item a="x>1' + b"y" * 100_000 + b"</item><item>2</item>"
    assert [part.raw for part in cut(data)][-1] == b"<item>2</item>"


PIECES = st.sampled_from(
    [
        "<item>",
        "</item>",
        "<item/>",
        "<item a='>",
        "<![CDATA[",
        "]]>",
        "<!--",
        "-->",
        "<page>",
        "</page>",
        "x",
        "<",
        ">",
    ]
)


@given(st.lists(PIECES, max_size=30).map("".join), st.integers(1, 9))
def test_nothing_is_lost_and_pieces_of_any_size_give_the_same(xml: str, chunk: int) -> None:
    data = xml.encode()
    parts = cut(data, marks=("page",), chunk=chunk)
    assert b"".join(part.raw or b"" for part in parts) == data
    assert parts == cut(data, marks=("page",))
