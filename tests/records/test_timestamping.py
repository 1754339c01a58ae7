"""A checkpoint is stamped when it is due, by a real authority on loopback, and a bad answer is never kept."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from ordskifte.records.entry import record_act
from ordskifte.records.ledger.errors import TimestampError
from ordskifte.records.ledger.timestamp import check_token, load_certificates
from ordskifte.records.models import Timestamp
from ordskifte.records.prove import prove_entry
from ordskifte.records.timestamping import Authority, configured_authority, stamp_when_due
from tests.records.tsa import Tsa, make_tsa, served
from tests.records.world import AT, World, make_world, tamper

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def tsa(tmp_path_factory: pytest.TempPathFactory) -> Tsa:
    return make_tsa(tmp_path_factory.mktemp("tsa"))


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    with httpx.Client(trust_env=False) as client:
        yield client


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = make_world(tmp_path)
    grow(world)
    return world


def grow(world: World) -> None:
    record_act("channel.created", actor="person:1", at=AT)
    world.number()


def authority(tsa: Tsa, url: str, pem: bytes = b"") -> Authority:
    return Authority(url, tuple(load_certificates(pem or tsa.root)))


def test_the_newest_checkpoint_is_stamped(world: World, tsa: Tsa, client: httpx.Client) -> None:
    with served(tsa) as url:
        stamp = stamp_when_due(authority(tsa, url), client, at=AT)
    assert stamp is not None
    assert (stamp.checkpoint_id, stamp.tsa) == (1, url)
    assert stamp.at == check_token(bytes(stamp.token), world.note(), load_certificates(tsa.root))
    assert tsa.verifies(bytes(stamp.token), world.note().encode())
    assert prove_entry(0).timestamp == bytes(stamp.token)


def test_it_is_stamped_at_most_hourly_and_at_least_daily(world: World, tsa: Tsa, client: httpx.Client) -> None:
    with served(tsa) as url:
        ours = authority(tsa, url)
        assert stamp_when_due(ours, client, at=AT)
        tamper("update records_timestamp set at = %s", [AT])
        assert stamp_when_due(ours, client, at=AT + 23 * HOUR) is None
        grow(world)
        assert stamp_when_due(ours, client, at=AT + HOUR - timedelta(seconds=1)) is None
        second = stamp_when_due(ours, client, at=AT + HOUR)
        assert second is not None
        tamper("update records_timestamp set at = %s", [AT])
        assert stamp_when_due(ours, client, at=AT + 24 * HOUR) is not None
    assert list(Timestamp.objects.values_list("checkpoint_id", flat=True)) == [1, 2, 2]


def test_an_empty_ledger_is_not_stamped(tsa: Tsa, client: httpx.Client) -> None:
    assert stamp_when_due(authority(tsa, "http://127.0.0.1:9/"), client, at=AT) is None


@pytest.mark.parametrize(
    ("status", "instead", "why"),
    [
        (500, b"", "answered 500"),
        (302, b"", "answered 302"),
        (200, b"", "RFC 3161"),
        (200, b"<html>", "RFC 3161"),
        (200, bytes(200_000), "too long"),
        (200, bytes.fromhex("30053003020102"), "refused"),
    ],
)
def test_a_bad_answer_is_not_kept(
    world: World, tsa: Tsa, client: httpx.Client, status: int, instead: bytes, why: str
) -> None:
    with served(tsa, status=status, instead=instead) as url, pytest.raises(TimestampError, match=why):
        stamp_when_due(authority(tsa, url), client, at=AT)
    assert not Timestamp.objects.exists()


def test_an_authority_with_another_certificate_is_not_believed(
    world: World, tsa: Tsa, client: httpx.Client, tmp_path: Path
) -> None:
    other = make_tsa(tmp_path / "other")
    with served(tsa) as url, pytest.raises(TimestampError, match="cannot be believed"):
        stamp_when_due(authority(tsa, url, other.root), client, at=AT)
    assert not Timestamp.objects.exists()


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/", "no address", "http://[::bad/"])
def test_an_authority_that_cannot_be_reached_is_told(world: World, tsa: Tsa, client: httpx.Client, url: str) -> None:
    with pytest.raises(TimestampError, match="cannot be reached"):
        stamp_when_due(authority(tsa, url), client, at=AT)


def test_the_authority_is_named_in_the_environment(tsa: Tsa, tmp_path: Path) -> None:
    pem = tmp_path / "root.pem"
    pem.write_bytes(tsa.root)
    assert configured_authority({}) is None
    named = {"ORDSKIFTE_TSA_URL": "https://tsa.example/", "ORDSKIFTE_TSA_CERT": str(pem)}
    assert configured_authority(named) == authority(tsa, "https://tsa.example/")
    for wrong in ({}, {"ORDSKIFTE_TSA_CERT": str(tmp_path / "none")}):
        with pytest.raises(TimestampError):
            configured_authority({"ORDSKIFTE_TSA_URL": "https://tsa.example/"} | wrong)
