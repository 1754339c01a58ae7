"""The service interface at the wire, against a core that takes nothing it should not."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest

from ordskifte.base.http import Door, NoAnswer
from ordskifte.records.noark5.service import Made, Service, ServiceError
from ordskifte.records.noark5.values import Journalpost
from tests.records.noark5.core import SERIES, Core, running
from tests.records.noark5.world import PERSON, answer, case, hidden, question


@pytest.fixture
def door() -> Iterator[Door]:
    with Door(inside=frozenset({"127.0.0.1"}), seconds=10) as one:
        yield one


def service(core: Core, door: Door, **more: Any) -> Service:
    def ask(method: str, url: str, *, headers: Any, content: bytes) -> Any:
        lock = {"Authorization": f"Bearer {core.token}"} if core.token else {}
        return door.ask(method, url, headers={**headers, **lock}, content=content)

    return Service(ask, core.address, SERIES, **more)


def large(size: int) -> Journalpost:
    """A question whose first file has so many bytes."""
    post = question()
    document = post.dokumentbeskrivelser[0]
    content = bytes(range(256)) * (size // 256 + 1)
    file = replace(document.dokumentobjekter[0], innhold=lambda: BytesIO(content[:size]))
    return replace(post, dokumentbeskrivelser=(replace(document, dokumentobjekter=(file,)),))


def test_case_entry_parties_and_files_are_made_and_their_numbers_come_back(door: Door) -> None:
    with running(token="sesam") as core:
        sak, post = service(core, door).deliver(question(), case())
        assert (sak.mappe_id, sak.saksaar, sak.sakssekvensnummer) == ("2026/70", 2026, 70)
        assert (post.journalaar, post.journalsekvensnummer, post.journalpostnummer) == (2026, 900, 1)
        assert post.noekkel == str(question().system_id)
        (made,) = core.of("journalpost")
        assert made["journalposttype"] == {"kode": "I", "kodenavn": "Inngående dokument"}
        assert [one["navn"] for one in core.of("korrespondansepartperson")] == [PERSON]
        assert len(core.of("dokumentobjekt")) == len(core.files) == 2


@pytest.mark.parametrize("post", [question, answer, hidden])
def test_every_kind_of_entry_is_taken(door: Door, post: Any) -> None:
    with running() as core:
        service(core, door).deliver(post(), case())
        assert len(core.of("journalpost")) == 1
        parties = [one for one in core.objects.values() if one["_kind"].startswith("korrespondansepart")]
        assert len(parties) == len(post().korrespondanseparter)


def test_the_next_entry_goes_into_the_same_case(door: Door) -> None:
    with running() as core:
        kept: Made = {}
        service(core, door).deliver(question(), case(), keep=kept.update)
        service(core, door).deliver(answer(), case(), sak_address=kept["sak"])
        assert len(core.of("saksmappe")) == 1
        assert sorted(one["journalpostnummer"] for one in core.of("journalpost")) == [1, 2]


@pytest.mark.parametrize("where", ["saksmappe", "journalpost"])
@pytest.mark.parametrize("fault", ["cut", "409"])
def test_what_is_there_already_is_found_and_not_made_twice(door: Door, where: str, fault: str) -> None:
    with running(faults={f"POST {where}": [fault]}) as core:
        kept: Made = {}
        if fault == "cut":
            with pytest.raises(NoAnswer):
                service(core, door).deliver(question(), case(), keep=kept.update)
        service(core, door).deliver(question(), case(), made=kept)
        assert len(core.of("saksmappe")) == len(core.of("journalpost")) == 1
        assert len(core.files) == 2


def test_a_retry_goes_on_where_it_stopped(door: Door) -> None:
    with running(faults={"POST dokumentbeskrivelse": ["", "500"]}) as core:
        kept: Made = {}
        with pytest.raises(ServiceError) as caught:
            service(core, door).deliver(question(), case(), keep=kept.update)
        assert caught.value.again
        service(core, door).deliver(question(), case(), made=kept)
        assert len(core.of("dokumentbeskrivelse")) == len(core.files) == 2
        parties = [one for one in core.objects.values() if one["_kind"].startswith("korrespondansepart")]
        assert len(parties) == len(question().korrespondanseparter)


def test_a_checksum_that_does_not_fit_takes_the_object_away_and_may_be_tried_again(door: Door) -> None:
    with running(faults={"POST fil": ["damage"]}) as core:
        kept: Made = {}

        def keep(made: Made) -> None:
            kept.clear()
            kept.update(made)

        with pytest.raises(ServiceError) as caught:
            service(core, door).deliver(question(), case(), keep=keep)
        assert (caught.value.mismatch, caught.value.again, caught.value.status) == (True, True, 400)
        assert core.of("dokumentobjekt") == []
        assert not core.files
        service(core, door).deliver(question(), case(), made=kept)
        assert len(core.files) == 2


def test_a_file_whose_answer_was_lost_is_not_sent_over_itself(door: Door) -> None:
    with running(faults={"POST fil": ["cut"]}) as core:
        kept: Made = {}
        with pytest.raises(NoAnswer):
            service(core, door).deliver(question(), case(), keep=kept.update)
        service(core, door).deliver(question(), case(), made=kept)
        assert len(core.files) == len(core.of("dokumentobjekt")) == 2


def test_a_large_file_goes_in_pieces(door: Door) -> None:
    with running() as core:
        service(core, door, limit=1000, piece=4096).deliver(large(10_000), case())
        assert core.ranges == ["bytes 0-4095/10000", "bytes 4096-8191/10000", "bytes 8192-9999/10000"]
        assert [len(one) for one in core.files.values()] == [10_000]


def test_a_file_at_the_limit_goes_whole(door: Door) -> None:
    with running() as core:
        service(core, door, limit=1000, piece=100).deliver(large(1000), case())
        assert (core.ranges, [len(one) for one in core.files.values()]) == ([], [1000])


def test_a_large_file_that_is_damaged_is_refused_as_a_small_one(door: Door) -> None:
    with running(faults={"PUT fil": ["", "", "damage"]}) as core:
        with pytest.raises(ServiceError) as caught:
            service(core, door, limit=1000, piece=4096).deliver(large(10_000), case())
        assert caught.value.mismatch
        assert not core.files


def test_our_credentials_go_to_no_other_machine(door: Door) -> None:
    with running(elsewhere=True) as core, pytest.raises(ServiceError, match="another machine"):
        service(core, door).deliver(question(), case())


def test_a_core_that_does_not_know_us_is_told(door: Door) -> None:
    with running(token="sesam") as core:
        one = service(core, door)
        core.token = "ny"
        one.ask = lambda method, url, headers, content: door.ask(method, url, headers=headers, content=content)
        with pytest.raises(ServiceError) as caught:
            one.deliver(question(), case())
        assert (caught.value.status, caught.value.again) == (401, False)


def test_a_series_that_is_not_there_is_told(door: Door) -> None:
    with running() as core:
        core.objects.clear()
        with pytest.raises(ServiceError, match="no arkivdel"):
            service(core, door).deliver(question(), case())


def test_codes_of_the_core_s_own_are_used(door: Door) -> None:
    with running() as core:
        service(core, door, codes={"Inngående dokument": "U"}).deliver(question(), case())
        assert core.of("journalpost")[0]["journalposttype"]["kode"] == "U"
