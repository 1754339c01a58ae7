"""Keys are made once, never overwritten, and the recovery key survives being written down by hand."""

import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from ordskifte.base.errors import HomeError
from ordskifte.base.home import Home
from ordskifte.base.keys import (
    KeyFault,
    RetiredKey,
    create_keys,
    key_id,
    load_keys,
    new_recovery_key,
    open_secret,
    read_recovery_text,
    recovery_public_key,
    recovery_text,
    retired_keys,
    rotate_signing,
    seal_secret,
)

AT = datetime(2026, 3, 11, 12, 0, tzinfo=UTC)
FIXED = X25519PrivateKey.from_private_bytes(bytes(range(32)))
WRITTEN = "000G-40R4-0M30-E209-185G-R38E-1W81-24GK-2GAH-C5RR-34D1-P70X-3RFJ-TT0N"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home(tmp_path / "home")
    create_keys(made, origin="ordskifte.example/ledger")
    return made


def test_keys_are_made_once_and_the_recovery_key_shown_once(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    shown = create_keys(home, origin="ordskifte.example/ledger")
    assert shown is not None
    before = {path.name: path.read_bytes() for path in home.keys.iterdir()}
    assert create_keys(home, origin="another.example") is None
    assert {path.name: path.read_bytes() for path in home.keys.iterdir()} == before
    assert sorted(before) == ["django.secret", "evidence.key", "ledger.key", "ledger.origin", "recovery.pub"]


def test_keys_are_private_to_their_owner(home: Home) -> None:
    assert {stat.S_IMODE(path.stat().st_mode) for path in home.keys.iterdir()} == {0o600}
    assert stat.S_IMODE(home.keys.stat().st_mode) == 0o700


def test_the_recovery_key_lies_nowhere_in_the_home(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    shown = create_keys(home, origin="ordskifte.example/ledger")
    assert shown is not None
    private = read_recovery_text(shown).private_bytes_raw()
    assert not any(private in path.read_bytes() for path in home.keys.iterdir())
    assert read_recovery_text(shown).public_key() == recovery_public_key(home)


def test_a_missing_key_is_named_with_what_to_do(home: Home) -> None:
    (home.keys / "evidence.key").unlink()
    with pytest.raises(HomeError) as refused:
        load_keys(home)
    assert str(refused.value) == f"The key {home.keys / 'evidence.key'} is missing."
    assert refused.value.advice == "Restore the home's keys from a backup with `ordskifte restore`."


def test_the_recovery_text_is_fourteen_groups_of_four() -> None:
    written = recovery_text(FIXED)
    assert [len(group) for group in written.split("-")] == [4] * 14
    assert written == WRITTEN


@given(st.binary(min_size=32, max_size=32), st.sampled_from(["-", " ", "", "\n", " - "]), st.booleans())
def test_the_recovery_key_survives_paper(raw: bytes, between: str, small: bool) -> None:
    key = X25519PrivateKey.from_private_bytes(raw)
    typed = recovery_text(key).replace("-", between).replace("0", "O").replace("1", "l")
    assert read_recovery_text(typed.lower() if small else typed).private_bytes_raw() == raw


@given(st.integers(0, 55), st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
def test_one_mistyped_letter_is_noticed(place: int, letter: str) -> None:
    letters = list(recovery_text(FIXED).replace("-", ""))
    if letters[place] == letter:
        return
    letters[place] = letter
    with pytest.raises(KeyFault, match="mistyped"):
        read_recovery_text("".join(letters))


@pytest.mark.parametrize("typed", ["", "ABCD", "æøå" * 20, recovery_text(FIXED) + "0", "U" * 56, "\x00"])
def test_what_is_no_recovery_key_is_refused(typed: str) -> None:
    with pytest.raises(KeyFault, match="not a recovery key"):
        read_recovery_text(typed)


def test_a_new_recovery_key_replaces_the_public_half(home: Home) -> None:
    before = recovery_public_key(home)
    shown = new_recovery_key(home)
    assert recovery_public_key(home) == read_recovery_text(shown).public_key() != before


@pytest.mark.parametrize("content", [None, b"", b"short"])
def test_a_home_without_a_recovery_key_says_how_to_get_one(home: Home, content: bytes | None) -> None:
    (home.keys / "recovery.pub").unlink()
    if content is not None:
        (home.keys / "recovery.pub").write_bytes(content)
    with pytest.raises(HomeError, match="no usable recovery key"):
        recovery_public_key(home)


def test_a_sealed_secret_opens_for_its_own_purpose_only(home: Home) -> None:
    keys = load_keys(home)
    sealed = seal_secret(keys, b"token", purpose="channel:1")
    assert open_secret(keys, sealed, purpose="channel:1") == b"token"
    assert b"token" not in sealed
    assert seal_secret(keys, b"token", purpose="channel:1") != sealed
    with pytest.raises(KeyFault, match="channel:2"):
        open_secret(keys, sealed, purpose="channel:2")


@given(st.integers(0, 40), st.integers(1, 255))
def test_a_changed_or_short_sealed_secret_is_refused(place: int, change: int) -> None:
    from ordskifte.base.keys import Keys

    keys = Keys(evidence=bytes(32), signing=Ed25519PrivateKey.from_private_bytes(bytes(32)), origin="o")
    sealed = bytearray(seal_secret(keys, b"a secret text", purpose="p"))
    sealed[place] ^= change
    for broken in (bytes(sealed), bytes(sealed[:place])):
        with pytest.raises(KeyFault):
            open_secret(keys, broken, purpose="p")


def test_the_key_id_is_that_of_the_signed_note_specification() -> None:
    # C2SP signed-note: the example key PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW
    from base64 import b64decode

    public = b64decode("ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")[1:]
    assert key_id("PeterNeumann", public) == "c74f20a3"


def test_rotating_keeps_the_old_public_key_with_its_date(home: Home) -> None:
    old = load_keys(home).signing.public_key().public_bytes_raw()
    old_id, new_id = rotate_signing(home, at=AT)
    keys = load_keys(home)
    assert retired_keys(home) == [RetiredKey(old_id, old.hex(), "2026-03-11T12:00:00Z")]
    assert new_id == key_id(keys.origin, keys.signing.public_key().public_bytes_raw()) != old_id
    third = rotate_signing(home, at=AT)
    assert [kept.key_id for kept in retired_keys(home)] == [old_id, third[0]] == [old_id, new_id]


def test_a_rotation_killed_half_way_still_signs_with_the_old_key(home: Home) -> None:
    before = (home.keys / "ledger.key").read_bytes()
    rotate_signing(home, at=AT)
    (home.keys / "ledger.key").write_bytes(before)  # the history was written, the new key was not
    rotate_signing(home, at=AT)
    assert len(retired_keys(home)) == 1


def test_a_broken_history_is_named(home: Home) -> None:
    (home.keys / "ledger.history.json").write_text('[{"no": 1}]')
    with pytest.raises(HomeError, match=r"ledger\.history\.json cannot be read"):
        retired_keys(home)
