"""A sealed stream opens with its key, whole; anything else is noticed before a byte of it is believed."""

import io

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from ordskifte.base.backup_seal import CHUNK, HEADER, TAG, BackupError, SealedReader, SealedWriter

KEY = X25519PrivateKey.from_private_bytes(bytes(range(32)))


def sealed(content: bytes, *, finished: bool = True) -> bytes:
    out = io.BytesIO()
    writer = SealedWriter(out, KEY.public_key())
    for start in range(0, len(content), 300_000):
        writer.write(content[start : start + 300_000])
    if finished:
        writer.finish()
    return out.getvalue()


def opened(stream: bytes, key: X25519PrivateKey = KEY) -> bytes:
    return SealedReader(io.BytesIO(stream), key).readall() or b""


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 7])
def test_what_was_sealed_comes_out_again(size: int) -> None:
    content = (bytes(range(251)) * (size // 251 + 1))[:size]
    stream = sealed(content)
    assert opened(stream) == content
    chunks = max(1, -(-size // CHUNK))
    assert len(stream) == HEADER + size + chunks * TAG


def test_the_same_content_is_never_sealed_alike() -> None:
    assert sealed(b"content") != sealed(b"content")


def test_another_key_is_named() -> None:
    with pytest.raises(BackupError, match="another recovery key"):
        opened(sealed(b"content"), X25519PrivateKey.generate())


@given(st.integers(0, HEADER + 40), st.integers(1, 255))
def test_any_changed_byte_is_noticed(place: int, change: int) -> None:
    stream = bytearray(sealed(b"x" * 25))
    stream[place % len(stream)] ^= change
    with pytest.raises(BackupError):
        opened(bytes(stream))


@given(st.integers(0, 2 * CHUNK + 3 * TAG + HEADER + 6))
def test_any_cut_is_noticed(keep: int) -> None:
    stream = _THREE_CHUNKS
    if keep < len(stream):
        with pytest.raises(BackupError):
            opened(stream[:keep])


def test_chunks_cannot_be_dropped_swapped_repeated_or_put_behind() -> None:
    head, one, two, three = (
        _THREE_CHUNKS[:HEADER],
        _THREE_CHUNKS[HEADER:][: CHUNK + TAG],
        _THREE_CHUNKS[HEADER + CHUNK + TAG :][: CHUNK + TAG],
        _THREE_CHUNKS[HEADER + 2 * (CHUNK + TAG) :],
    )
    assert opened(head + one + two + three)[:1] == b"y"
    for changed in (
        [one, three],
        [two, one, three],
        [one, one, two, three],
        [one, two],
        [one, two, three, three],
        [three],
    ):
        with pytest.raises(BackupError):
            opened(head + b"".join(changed))


def test_an_unfinished_stream_is_not_believed() -> None:
    for content in (b"", b"x", b"x" * (CHUNK + 5)):
        with pytest.raises(BackupError):
            opened(sealed(content, finished=False))


@pytest.mark.parametrize("stream", [b"", b"ORDSKIFTE BACKUP 2\n" + bytes(100), b"PK\x03\x04" * 50, bytes(200)])
def test_another_kind_of_file_is_named(stream: bytes) -> None:
    with pytest.raises(BackupError, match="not a backup made by Ordskifte"):
        opened(stream)


_THREE_CHUNKS = sealed(b"y" * (2 * CHUNK + 7))
