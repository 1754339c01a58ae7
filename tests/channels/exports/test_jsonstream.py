import io
import json
from typing import BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ordskifte.channels import reasons
from ordskifte.channels.contract import MAX_ITEM, Problem
from ordskifte.channels.exports.jsonstream import JsonStream, Path

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=20) | st.just('}, {"id": "'),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
posts = st.lists(st.builds(lambda text, more: {"id": text, "mer": more}, st.text(max_size=30), values), max_size=30)
plain = st.lists(st.dictionaries(st.text("abc", max_size=3), st.text("æøå:,[]", max_size=9), max_size=3), max_size=30)
chunks = st.integers(1, 300)


def parts(data: bytes | BinaryIO, *paths: Path, chunk: int = 1 << 20) -> list[object]:
    """Values, and for what is bad (where, why)."""
    stream = io.BytesIO(data) if isinstance(data, bytes) else data
    found = JsonStream(stream, "fil.json", chunk=chunk).items(*(paths or [()]))
    return [(piece.where, piece.why) if isinstance(piece, Problem) else piece[0] for piece in found]


def raws(data: bytes, *, chunk: int = 1 << 20) -> list[bytes]:
    pieces = JsonStream(io.BytesIO(data), "fil.json", chunk=chunk).items(())
    return [piece[1] for piece in pieces if not isinstance(piece, Problem)]


@given(st.lists(values, max_size=20), st.sampled_from([None, 1, "\t"]), st.booleans(), chunks)
def test_any_list_in_any_layout_and_any_chunks(
    items: list[object], indent: int | None, plain: bool, chunk: int
) -> None:
    data = json.dumps(items, indent=indent, ensure_ascii=plain).encode("utf-8", "surrogatepass")
    assert parts(data, chunk=chunk) == items


@given(posts, st.sampled_from([None, 2]), chunks)
def test_slices_are_exactly_the_bytes_of_the_file(items: list[object], indent: int | None, chunk: int) -> None:
    data = json.dumps(items, indent=indent, ensure_ascii=False).encode()
    found = raws(data, chunk=chunk)
    assert [json.loads(raw) for raw in found] == items
    at = 0
    for raw in found:
        between, at = data[at : (place := data.index(raw, at))], place + len(raw)
        assert between.strip(b"[, \n") == b""
    assert data[at:].strip() in (b"]", b"[]")


@given(posts, st.sampled_from(["utf-16-le", "utf-16-be"]), chunks)
def test_utf_16_comes_back_as_its_own_bytes(items: list[object], encoding: str, chunk: int) -> None:
    text = "\ufeff" + json.dumps(items, ensure_ascii=False)
    found = raws(text.encode(encoding), chunk=chunk)
    assert [json.loads(raw.decode(encoding)) for raw in found] == items
    assert all(raw in text.encode(encoding) for raw in found)


@given(plain, st.integers(0, 29), st.sampled_from([b'{"id": tru}', b'{"id": [1, 2}', b'{"id": "x}', b'{"id": 1 2}']))
def test_one_bad_item_never_stops_the_rest(items: list[object], place: int, bad: bytes) -> None:
    good = [json.dumps({"id": number, "mer": item}).encode() for number, item in enumerate(items)]
    place = min(place, len(good))
    data = b"[" + b", ".join([*good[:place], bad, *good[place:]]) + b"]"
    found = parts(data)
    after = found[place + 1 :]
    assert found[:place] == [json.loads(one) for one in good[:place]]
    assert found[place] in ((f"item {place + 1}", reasons.NOT_JSON), (f"item {place + 1}", reasons.TRUNCATED))
    assert after == [json.loads(one) for one in good[place:]]


@given(st.binary(max_size=400), chunks)
def test_no_bytes_make_it_fail(data: bytes, chunk: int) -> None:
    whole = parts(data, (), ("items",), ("*", "items"))
    assert parts(data, (), ("items",), ("*", "items"), chunk=chunk) == whole or len(whole) > 0


@given(st.text(alphabet='{}[]",:\\ a1\n', max_size=60), chunks)
def test_no_brackets_make_it_fail(text: str, chunk: int) -> None:
    for data in (text.encode(), b"[" + text.encode(), b'{"items": [{"a": 1}, {"a": ' + text.encode()):
        assert isinstance(parts(data, (), ("items",), chunk=chunk), list)


def test_under_a_key_with_what_stands_beside() -> None:
    data = (
        b'{"type": "OrderedCollection", "first": {"id": "side", "items": [1]}, "orderedItems": [2, 3], "totalItems": 9}'
    )
    stream = JsonStream(io.BytesIO(data), "outbox.json")
    found = [
        piece[0] for piece in stream.items(("orderedItems",), ("first", "items")) if not isinstance(piece, Problem)
    ]
    assert found == [1, 2, 3]
    assert stream.found
    assert stream.around == {("type",): "OrderedCollection", ("first", "id"): "side", ("totalItems",): 9}


def test_into_every_member_of_a_list() -> None:
    data = [{"samtale": {"id": "a", "meldinger": [1, 2]}}, {"samtale": {"meldinger": [3]}}, 7]
    stream = JsonStream(io.BytesIO(json.dumps(data).encode()), "meldinger.js")
    found = [
        (piece[0], stream.around.get(("*", "samtale", "id")))
        for piece in stream.items(("*", "samtale", "meldinger"))
        if not isinstance(piece, Problem)
    ]
    assert found == [(1, "a"), (2, "a"), (3, None)]


@pytest.mark.parametrize(
    "start", [b"window.YTD.tweets.part0 = ", b"\n window.YTD.tweet.part12=", b"var tweets =\n", b"\xef\xbb\xbf", b""]
)
def test_a_javascript_name_or_a_mark_is_stepped_over(start: bytes) -> None:
    assert parts(start + b'[{"a": 1},\n{"a": 2}];\n') == [{"a": 1}, {"a": 2}]


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"[]", []),
        (b"[1, 2,]", [1, 2]),
        (b"[,1,,2]", [1, 2]),
        (b'{"a": 1}\n{"a": 2}\n', [{"a": 1}, {"a": 2}]),
        (b'[{"a": 1, "a": 2}]', [{"a": 2}]),
        (b'[{"a": "\\ud800"}, {"a": "linje\nto"}]', [{"a": "\ud800"}, {"a": "linje\nto"}]),
        ('[{"a": "blåbær – ja"}]'.encode("cp1252"), [{"a": "blåbær – ja"}]),
        (b'[{"a": "\x81"}]', [{"a": "\x81"}]),
        (b'[{"a": 1}}, {"a": 2}]', [{"a": 1}, ("item 2", reasons.NOT_JSON), {"a": 2}]),
        (b'[{"a": 1} tull tull {"a": 2}]', [{"a": 1}, ("item 2", reasons.NOT_JSON), {"a": 2}]),
        (b'[{"a": 1} {"a": 2}]', [{"a": 1}, {"a": 2}]),
        (b'[{"a": 1}, {"a": 2', [{"a": 1}, ("item 2", reasons.TRUNCATED)]),
        (b'[{"a": 1}, {"a": 2}', [{"a": 1}, {"a": 2}, ("item 3", reasons.TRUNCATED)]),
        (b"", [("whole file", reasons.NOT_JSON)]),
        (b"hei, dette er ikke JSON", [("whole file", reasons.NOT_JSON)]),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)), [("whole file", reasons.NOT_JSON)]),
    ],
)
def test_odd_files(data: bytes, found: list[object]) -> None:
    for chunk in (1 << 20, 1, 5):
        assert parts(data, chunk=chunk) == found


def test_nan_and_long_numbers_do_not_crash() -> None:
    data = b'[{"a": NaN}, {"a": ' + b"9" * 5000 + b'}, {"a": 123456789012345678901234567890}]'
    found = parts(data)
    assert str(found[0]) == "{'a': nan}"
    assert len(found) == 3


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"{}", [("whole file", reasons.NOT_JSON)]),
        (b'{"annet": 1}', [("whole file", reasons.WRONG_SHAPE)]),
        (b'{"items": null, "annet": 1}', [("whole file", reasons.WRONG_SHAPE)]),
        (b'{"items": {"a": 1}}', [{"a": 1}]),
        (b'{"items": "en"}', ["en"]),
        (b'{"items": [1, 2], tull}', [1, 2, ("item 3", reasons.NOT_JSON)]),
        (b'{"items": [1, 2], "mer', [1, 2, ("item 3", reasons.NOT_JSON)]),
        (b'{"items": [1, 2], "mer":', [1, 2, ("item 3", reasons.TRUNCATED)]),
        (b'{"items": [1, 2], "mer": tull, "enda": {"mer": 1}}', [1, 2]),
        (b'{"b\\ud800\xff": 1, "items": [1]}', [1]),
        (b'{"items": [1], "stor": "' + b"x" * 100_000 + b'", "tall": ' + b"1" * 100_000 + b"}", [1]),
    ],
)
def test_odd_objects(data: bytes, found: list[object]) -> None:
    for chunk in (1 << 20, 3):
        assert parts(data, ("items",), chunk=chunk) == found


def test_deep_nesting_is_one_problem() -> None:
    deep = b"[" * 100_000 + b"]" * 100_000
    assert parts(b'[{"a": ' + deep + b'}, {"a": 2}]') == [("item 1", reasons.TOO_DEEP), {"a": 2}]


def test_an_item_over_the_limit_is_one_problem() -> None:
    large = b'{"a": "' + b"\\\\\\n{" * (MAX_ITEM // 4) + b'"}'
    data = b'[{"a": 1}, ' + large + b', {"a": 3}]'
    assert parts(data) == [{"a": 1}, ("item 2", reasons.TOO_LARGE), {"a": 3}]
    assert parts(data[:-13]) == [{"a": 1}, ("item 2", reasons.TRUNCATED)]


def test_an_item_at_the_limit_is_read() -> None:
    large = b'{"a": "' + b"x" * (MAX_ITEM - 9) + b'"}'
    assert len(large) == MAX_ITEM
    found = parts(b"[" + large + b', {"a": 2}]')
    assert found[1] == {"a": 2}
    assert isinstance(found[0], dict)


def test_a_quote_left_open_costs_one_item_also_in_a_large_file() -> None:
    good = b'{"id": "1", "text": "hei", "til": "alle"}'
    data = b"[" + b",".join([good, b'{"id": "2}', *[good] * 300_000]) + b"]"
    assert len(data) > MAX_ITEM / 2
    found = parts(data)
    assert len(found) == 300_002
    assert [one for one in found if isinstance(one, tuple)] == [("item 2", reasons.NOT_JSON)]


def test_nested_lists_that_look_like_the_outer_are_not_taken_for_it() -> None:
    items = [{"id": str(number), "tag": [{"id": "a"}, {"id": "b"}] * 20, "slutt": True} for number in range(100)]
    assert parts(json.dumps(items, separators=(",", ":")).encode()) == items


def test_items_that_each_begin_otherwise_are_read() -> None:
    items = [{f"n{number}": "x", "felles": [{"n": 1}]} for number in range(500)]
    assert parts(json.dumps(items).encode()) == items


def test_a_bad_item_before_a_bad_item() -> None:
    assert parts(b'[{"a": tru}, {"a": fals}, {"a": 1}]') == [
        ("item 1", reasons.NOT_JSON),
        ("item 2", reasons.NOT_JSON),
        {"a": 1},
    ]


def test_a_string_cut_at_a_backslash_between_two_pieces() -> None:
    items = [{"a": "x\\" * n + '"' * n} for n in range(20)]
    data = json.dumps(items).encode()
    for chunk in range(1, 40):
        assert parts(data, chunk=chunk) == items


def test_garbage_without_end_is_given_up() -> None:
    found = parts(b"[" + b"}{x" * 200_000)
    assert len(found) < 1100
    assert found[-1] == ("rest of the file", reasons.NOT_JSON)


class Endless:
    """A list on one line that never ends within memory: what is read is counted and thrown away."""

    def __init__(self, size: int) -> None:
        self.left = size
        self.start = b'{"orderedItems":[{"id":"0"}'

    def read(self, size: int = -1) -> bytes:
        if self.start:
            given, self.start = self.start, b""
            return given[:size] if len(given) <= size else self._keep(given, size)
        item = b',{"id":"1","content":"' + b"x" * 200 + b'"}'
        made = item * min(max(1, size // len(item)), self.left)
        self.left -= len(made) // len(item)
        return made if made else b""

    def _keep(self, given: bytes, size: int) -> bytes:
        self.start = given[size:]
        return given[:size]


def test_memory_does_not_grow_with_the_file() -> None:
    import tracemalloc

    def peak(count: int) -> int:
        tracemalloc.start()
        stream = JsonStream(Endless(count), "outbox.json")  # type: ignore[arg-type]  # only `read` is used
        found = sum(1 for piece in stream.items(("orderedItems",)) if not isinstance(piece, Problem))
        assert found == count + 1
        high = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return high

    assert peak(100_000) < peak(20_000) * 1.5
