import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ordskifte.channels.exports.glimpse import Glimpse, candidates, glimpse, glimpse_of
from tests.channels.exports.made import folder

CUT = json.dumps({"id": "outbox.json", "orderedItems": [{"id": 1, "mer": [{"x": "a,]}"}, 2]}, {"id": 2}]}).encode()


@pytest.mark.parametrize("length", range(1, len(CUT)))
def test_a_beginning_is_a_value_wherever_it_is_cut(length: int) -> None:
    seen = glimpse_of(CUT[:length]).value
    assert isinstance(seen, dict)
    assert set(seen) <= {"id", "orderedItems"}


@pytest.mark.parametrize(
    ("head", "seen"),
    [
        (CUT, Glimpse(json.loads(CUT))),
        (
            b'window.YTD.tweets.part0 = [{"tweet": {"id": "1"}}, {"twe',
            Glimpse([{"tweet": {"id": "1"}}, {}], "window.YTD.tweets.part0"),
        ),
        ('\ufeff[{"a": "ø"}]'.encode("utf-16-le"), Glimpse([{"a": "ø"}])),
        ('\ufeff[{"a": "ø"}]'.encode("utf-16-be"), Glimpse([{"a": "ø"}])),
        ('\ufeff[{"a": "ø"}]'.encode(), Glimpse([{"a": "ø"}])),
        (b'[{"a": 1}]]]} etter', Glimpse([{"a": 1}])),
        (b'["' + b"x" * 100, Glimpse([])),
        (b"[", Glimpse([])),
        (b'{"a": 1, "b', Glimpse({"a": 1})),
        (b'{"a" 1}', Glimpse({})),
        (b'[{"a": 1}, {"a": tull}, {"a": 2}]', Glimpse([{"a": 1}, {}])),
        (b'[{"a": "\xf8"}, {"b": "\xf8}, {"a": 2}]', Glimpse([{"a": "ø"}, {}])),
        (b'[{"a": 1}}, {"a": 2}]', Glimpse([{"a": 1}])),
        (b'[{"a": 1}, {"a": ' + b"9" * 5000 + b"}]", Glimpse()),
        (b"}", Glimpse()),
        (b"", Glimpse()),
        (b"<html>", Glimpse()),
        (b"\x89PNG", Glimpse()),
        (b'"tekst"', Glimpse()),
    ],
)
def test_what_a_beginning_shows(head: bytes, seen: Glimpse) -> None:
    assert glimpse_of(head) == seen


@pytest.mark.parametrize(
    "head", [b'[{"tweet": {"id": "1", "x": ' + b"[" * 70_000, b'[{"tweet": {"id": "1", "x": ' + b"[" * 900]
)
def test_an_item_that_is_too_deep_does_not_hide_whose_it_is(head: bytes) -> None:
    seen = glimpse_of(head).value
    assert isinstance(seen, list)
    assert seen[0]["tweet"]["id"] == "1"


@given(st.binary(max_size=300))
def test_no_beginning_makes_it_fail(head: bytes) -> None:
    for start in (b"", b"[", b'{"a":', b"\xff\xfe"):
        assert isinstance(glimpse_of(start + head), Glimpse)


def test_a_glimpse_is_cut_down_and_remembered(tmp_path: Path) -> None:
    export = folder(tmp_path / "e", {"a.json": [{"tekst": "x" * 1000, "n": 1.5}] * 10})
    seen = glimpse(export, "a.json")
    assert seen.value == [{"tekst": "x" * 300, "n": 1.5}] * 3
    assert glimpse(export, "a.json") is seen


def test_a_file_that_cannot_be_read_shows_nothing(tmp_path: Path) -> None:
    export = folder(tmp_path / "e", {"a.json": [1]})
    (tmp_path / "e" / "a.json").unlink()
    assert glimpse(export, "a.json") == Glimpse()


def test_pictures_and_films_are_no_candidates(tmp_path: Path) -> None:
    export = folder(tmp_path / "e", {"a.json": b"", "b.JPG": b"", "c.mp4": b"", "tweets.js": b"", "uten-endelse": b""})
    assert candidates(export) == ["a.json", "tweets.js", "uten-endelse"]
