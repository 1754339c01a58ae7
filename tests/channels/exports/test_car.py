import base64
import io
import json
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ordskifte.channels.exports.car import RAW, Block, Broken, blocks, cid_text, header, is_car
from tests.channels.exports.repository import Link, car, cbor, cid_of, varint
from tests.channels.exports.shared import samples

DATA = cbor({"$type": "x", "text": "Hei"})
ROOT = cid_of(DATA)
FILE = car(ROOT, {ROOT: DATA, cid_of(b"raw", RAW): b"raw"})


def read(data: bytes) -> list[Block]:
    stream = io.BytesIO(data)
    header(stream)
    return list(blocks(stream))


def test_blocks_come_with_their_bytes_and_their_hash_checked() -> None:
    start = len(car(ROOT, {}))
    assert read(FILE) == [
        Block(ROOT, 0x71, DATA, True, start),
        Block(cid_of(b"raw", RAW), RAW, b"raw", True, start + 1 + len(ROOT) + len(DATA)),
    ]


def test_the_roots_are_in_the_header() -> None:
    assert header(io.BytesIO(FILE)) == [ROOT]


def test_a_block_of_other_bytes_than_its_name_is_not_good() -> None:
    assert [block.good for block in read(FILE.replace(b"Hei", b"Nei"))] == [False, True]


def test_a_hash_we_do_not_know_is_not_good() -> None:
    odd = bytes([1, 0x71, 0x13, 0x20]) + sha256(DATA).digest()
    assert [block.good for block in read(car(ROOT, {odd: DATA}))] == [False]


def test_a_cid_of_version_0_is_read() -> None:
    old = b"\x12\x20" + sha256(DATA).digest()
    assert [(block.codec, block.good) for block in read(car(ROOT, {old: DATA}))] == [(0x70, True)]


@pytest.mark.parametrize(
    "tail",
    [
        b"\x80",
        b"\xff" * 10,
        b"\x01",
        b"\x03abc",
        b"\x30" + ROOT[:20],
        b"\x04\x02\x71\x12\x20",
        b"\x08\x01\xff\xff\xff\xff\xff\xff\x01",
        b"\x05\x01\x71\x12\xff\x01",
        varint(1 << 40) + ROOT,
    ],
)
def test_sections_that_make_no_sense_are_broken_after_what_was_good(tail: bytes) -> None:
    stream = io.BytesIO(FILE + tail)
    header(stream)
    found = blocks(stream)
    assert [next(found).cid, next(found).cid] == [ROOT, cid_of(b"raw", RAW)]
    with pytest.raises(Broken):
        next(found)


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"\x00",
        b"\x05hello",
        cbor({"version": 1}),
        *(
            varint(len(cbor(value))) + cbor(value)
            for value in (
                {"version": 1, "roots": []},
                {"version": 2, "roots": [Link(ROOT)]},
                {"version": 1, "roots": ["x"]},
                {"version": 1, "roots": 3},
                [1],
            )
        ),
    ],
)
def test_what_is_no_header_is_no_car(head: bytes) -> None:
    assert not is_car(head)


def test_a_car_is_known_by_its_beginning() -> None:
    assert is_car(FILE[:200])


@given(st.binary(max_size=400))
def test_no_bytes_raise_anything_but_broken(data: bytes) -> None:
    try:
        read(data)
    except Broken:
        return
    assert is_car(data)


def test_a_cid_that_has_no_name_is_shown_as_its_bytes() -> None:
    assert (cid_text(b"\x99"), cid_text(ROOT)[:7]) == ("99", "bafyrei")


@pytest.mark.shared
def test_the_published_data_model_values_have_the_cids_we_compute() -> None:
    rows = json.loads(samples("bluesky/interop/data-model-fixtures.json").read_text())
    given = [base64.b64decode(row["cbor_base64"] + "==") for row in rows]
    assert [cid_text(cid_of(data)) for data in given] == [row["cid"] for row in rows]
    assert [block.good for block in read(car(ROOT, {cid_of(data): data for data in given}))] == [True] * len(rows)
