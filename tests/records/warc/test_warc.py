"""Our WARC records, read back by warcio and by ourselves."""

import gzip
import io
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from ordskifte.records.errors import EvidenceError
from ordskifte.records.warc.read import payloads, read_member, records
from ordskifte.records.warc.write import resource, target_uri, warcinfo

RECORD = "6f2cbd62-5a0e-8c0c-9f4e-0d1a8a5b2f11"
DATE = "2026-03-12T09:00:00Z"


def made(payload: bytes, uri: str = "https://eksempel.example/1", source: str = "outbox.json; item 1") -> bytes:
    return resource(
        payload,
        digest=sha256(payload).digest(),
        record_id=RECORD,
        uri=uri,
        date=DATE,
        media_type="application/json",
        source=source,
    )


def test_record_has_exactly_these_bytes() -> None:
    headers, payload = read_member(made(b'{"a": 1}'))
    digest = "sha256:" + sha256(b'{"a": 1}').hexdigest()
    assert payload == b'{"a": 1}'
    assert headers == {
        "WARC-Type": "resource",
        "WARC-Record-ID": f"<urn:uuid:{RECORD}>",
        "WARC-Target-URI": "https://eksempel.example/1",
        "WARC-Date": DATE,
        "WARC-Block-Digest": digest,
        "WARC-Payload-Digest": digest,
        "Ordskifte-Source": "outbox.json; item 1",
        "Content-Type": "application/json",
        "Content-Length": "8",
    }


@given(st.binary(max_size=3000))
def test_warcio_reads_what_we_write_and_finds_the_digests_right(payload: bytes) -> None:
    member = made(payload)
    found = list(ArchiveIterator(io.BytesIO(member), check_digests="raise"))
    assert len(found) == 1
    assert [record.payload for record in records(member)] == [payload]


def test_warcio_check_passes_on_a_whole_object(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = warcinfo(record_id=UUID(RECORD), at=datetime(2026, 3, 12, tzinfo=UTC), software="Ordskifte") + made(b"x")
    path = tmp_path / "object.warc.gz"
    path.write_bytes(content)
    checker = Checker(type("Arguments", (), {"inputs": [str(path)], "verbose": False})())
    assert checker.process_all() == 0


@given(st.lists(st.binary(max_size=30) | st.binary(min_size=2000, max_size=40_000), max_size=4), st.booleans())
def test_payloads_are_those_of_the_records(said: list[bytes], foreign: bool) -> None:
    info = warcinfo(record_id=UUID(RECORD), at=datetime(2026, 3, 12, tzinfo=UTC), software="Ordskifte")
    response = gzip.compress(b"WARC/1.0\r\nContent-Length : 3\r\nWARC-Type:response\r\n\r\nabc\r\n\r\n")
    content = b"".join([info, *map(made, said), response if foreign else b""])
    assert [payload for _, _, payload in payloads(content)] == [*said, *([b"abc"] if foreign else [])]
    assert [(offset, length, payload) for offset, length, payload in payloads(content)] == [
        (record.offset, record.length, record.payload)
        for record in records(content)
        if record.headers["WARC-Type"] != "warcinfo"
    ]


@pytest.mark.parametrize("size", [3, 4000])
@given(st.data())
def test_a_changed_bit_is_refused_or_changes_nothing(size: int, data: st.DataObject) -> None:
    member = bytearray(made(b"\x00\x01ab" * size))
    member[data.draw(st.integers(0, len(member) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    try:
        found = [payload for _, _, payload in payloads(bytes(member))]
    except EvidenceError:
        return
    assert found == [b"\x00\x01ab" * size]


@pytest.mark.parametrize(
    "headers",
    [
        b"WARC/1.1\r\nWARC-Type: resource\r\nContent-Length: 9\r\n\r\nabc\r\n\r\n",
        b"WARC/1.1\r\nWARC-Type: resource\r\nContent-Length: \xc2\xb2\r\n\r\nabc\r\n\r\n",
        b"WARC/1.1\r\nWARC-Type: resource\r\n\r\nabc\r\n\r\n",
        b"WARC/1.1\r\nWARC-Type: resource\r\nContent-Length: 3",
        b"\r\n\r\n",
    ],
)
def test_what_is_no_whole_record_is_refused(headers: bytes) -> None:
    with pytest.raises(EvidenceError):
        list(payloads(gzip.compress(headers)))


@given(st.integers(1, 200))
def test_a_cut_object_is_refused(cut: int) -> None:
    member = made(b"en ytring " * 40)
    with pytest.raises(EvidenceError):
        list(records(made(b"hel") + member[: max(1, len(member) - cut)]))


@pytest.mark.parametrize(
    ("name", "uri"),
    [
        ("https://a.example/x y\r\nEvil: 1", "https://a.example/x%20y%0D%0AEvil:%201"),
        ("post-12", "urn:ordskifte:post-12"),
        ("side æ", "urn:ordskifte:side%20%C3%A6"),
        ("at://did:plc:abc/app.bsky.feed.post/3k", "at://did:plc:abc/app.bsky.feed.post/3k"),
    ],
)
def test_no_name_breaks_out_of_its_header(name: str, uri: str) -> None:
    assert target_uri(name) == uri


def test_a_place_with_line_breaks_stays_one_header() -> None:
    headers, payload = read_member(made(b"x", source="fil\r\nEvil: 1; item 2"))
    assert "Evil" not in headers
    assert payload == b"x"
