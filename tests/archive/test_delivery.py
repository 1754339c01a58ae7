"""Deliveries to a case system: there once however often they are tried, and what comes back is kept."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from lxml import etree

from ordskifte.archive import choosing, delivery
from ordskifte.archive.delivery import Road, collect_receipts, deliver, due
from ordskifte.archive.delivery_documents import Press
from ordskifte.archive.errors_journal import JournalError
from ordskifte.archive.models import Delivery, JournalChoice
from ordskifte.base.http import Door
from ordskifte.base.keys import Keys, load_keys
from ordskifte.records.models import Case, JournalEntry
from ordskifte.records.noark5.arkivmelding import KATALOG, OPPRETT
from ordskifte.records.pdfa.render import Fonts
from ordskifte.records.queries import entries_of_record
from ordskifte.threads.models import Version
from tests.archive.case_system import CaseSystem, receipt, refusal, running
from tests.archive.office import BY, choose, enter, open_period, question_and_answer
from tests.factories import NOW, home_store, make_channel, say
from tests.records.noark5.core import SERIES
from tests.records.noark5.core import running as core_running

pytestmark = pytest.mark.django_db
_FONTS = Fonts()


@pytest.fixture
def road(tmp_path: Path) -> Iterator[Road]:
    store = home_store()
    press = Press(store, load_keys(settings.HOME), lambda: _FONTS)
    with Door(inside=frozenset({"127.0.0.1"}), seconds=10) as door:
        yield Road(door=door, press=press, folder=tmp_path / "deliveries")


def go(one: JournalEntry, road: Road, *, after: timedelta = timedelta(0)) -> Delivery:
    row = Delivery.objects.get(entry=one)
    deliver(row.id, road=road, clock=lambda: NOW + after)
    row.refresh_from_db()
    return row


def two(system: CaseSystem | None = None, **more: Any) -> tuple[JournalEntry, JournalEntry]:
    """A question and its answer in a body whose journal is in the case system."""
    open_period("external")
    choose(way="http" if system else "folder", address=system.address if system else "", **more)
    asked, answered = question_and_answer()
    first, second = enter(asked, answered)
    return first, second


def test_case_and_entry_get_the_numbers_of_the_case_system(road: Road) -> None:
    with running() as system:
        first, second = two(system)
        row = go(first, road)
        assert (row.state, row.attempts, row.trouble) == ("received", 1, "")
        assert go(second, road).state == "received"
    first.refresh_from_db()
    second.refresh_from_db()
    case = Case.objects.get()
    assert (case.external_year, case.external_number, case.called) == (2026, 101, "2026/101")
    assert (first.external_year, first.external_number, first.external_number_in_case) == (2026, 5001, 1)
    assert (second.external_number, second.external_number_in_case) == (5002, 2)
    assert first.number is None
    assert [one.kind for one in entries_of_record(first.record_id)][-1] == "delivery.received"


def test_the_message_holds_case_entry_parties_files_and_what_answers(road: Road) -> None:
    with running() as system:
        first, second = two(system)
        go(first, road)
        go(second, road)
        files = dict(system.files)
        message, other = (etree.fromstring(one) for one in system.messages)
    names = {"a": OPPRETT, "m": KATALOG}
    post = "a:registrering"
    assert message.findtext("a:mappe/a:tittel", namespaces=names) == "Når brøyter dere Strandgata?"
    assert message.findtext("a:mappe/a:klassifikasjon/a:klasseID", namespaces=names) == "010"
    assert message.findtext(f"{post}/a:referanseEksternNoekkel/m:noekkel", namespaces=names) == str(first.id)
    parties = [one.text for one in message.iterfind(f"{post}/a:korrespondansepart/a:korrespondansepartNavn", names)]
    assert parties == ["Anonym ulv", "Eksempel kommune"]
    written_off = f"{post}/a:korrespondansepart/a:avskrivning/a:referanseAvskrivesAvJournalpost//m:noekkel"
    assert message.findtext(written_off, namespaces=names) == str(second.id)
    assert other.find("a:mappe", names) is None
    assert files[f"{first.id}.pdf"].startswith(b"%PDF")
    raw = Version.objects.get(utterance_id=first.record_id)
    assert b"Strandgata" in files[f"{first.id}.json"]
    assert raw.masked == 0


def test_a_lost_answer_makes_nothing_twice(road: Road) -> None:
    with running(faults=["cut"]) as system:
        first, _ = two(system)
        row = go(first, road)
        assert (row.state, row.trouble) == ("waiting", "unreachable")
        assert row.next_at == NOW + timedelta(minutes=1)
        assert go(first, road).attempts == 1  # not due yet
        row = go(first, road, after=timedelta(minutes=2))
        assert row.state == "received"
        assert "Eksisterende" in row.receipt
        assert len(system.entries) == len(system.cases) == 1
        assert len(set(system.messages)) == 1  # the same bytes, so the same digests


def test_trouble_over_there_is_tried_again_later_and_later(road: Road) -> None:
    with running(faults=["500"] * 3) as system:
        first, _ = two(system)
        at, waits = timedelta(0), []
        for _ in range(3):
            row = go(first, road, after=at)
            assert row.next_at is not None
            waits.append(row.next_at - (NOW + at))
            at = row.next_at - NOW
        assert waits == [timedelta(minutes=one) for one in (1, 2, 5)]
        assert row.id in due(NOW + at)
        assert go(first, road, after=at).state == "received"


def test_a_checksum_that_does_not_fit_is_sent_again_and_then_stands_still(road: Road) -> None:
    with running(faults=["checksum"]) as system:
        first, _ = two(system)
        row = go(first, road)
        assert (row.state, row.trouble) == ("waiting", "checksum")
        assert go(first, road, after=timedelta(minutes=2)).state == "received"
        assert not [name for name in system.files if not name.startswith(str(first.id))]


def test_a_checksum_that_never_fits_waits_for_a_person(road: Road) -> None:
    with running(faults=["checksum"] * 9) as system:
        first, _ = two(system)
        at = timedelta(0)
        for _ in range(3):
            row = go(first, road, after=at)
            at += timedelta(hours=1)
        assert (row.state, row.trouble, row.next_at) == ("refused", "checksum", None)
        assert not system.entries


def test_a_refusal_waits_for_a_person_and_is_tried_when_one_says_so(road: Road) -> None:
    with running(faults=["no"]) as system:
        first, second = two(system)
        row = go(first, road)
        assert (row.state, row.trouble, row.said) == ("refused", "refused", "Klassen finnes ikke")
        waits = go(second, road)
        assert (waits.state, waits.trouble, waits.attempts) == ("waiting", "first", 0)
        delivery.try_again(row.id, by=BY, at=NOW)
        assert go(first, road).state == "received"
        assert go(second, road, after=timedelta(minutes=2)).state == "received"
        with pytest.raises(JournalError):
            delivery.try_again(row.id, by=BY, at=NOW)


def test_what_is_no_receipt_is_told(road: Road) -> None:
    with running(faults=["text"]) as system:
        first, _ = two(system)
        row = go(first, road)
        assert (row.state, row.trouble) == ("refused", "receipt")


def test_nobody_at_home_is_tried_again(road: Road) -> None:
    with running() as system:
        gone = system.address
    open_period("external")
    choose(way="http", address=gone)
    (first,) = enter(question_and_answer()[0])
    assert go(first, road).trouble == "unreachable"


def test_the_case_system_s_door_is_opened_with_a_sealed_secret(road: Road) -> None:
    with running() as system:
        open_period("external")
        made = choosing.choose(
            public=False,
            way="http",
            address=system.address,
            series="",
            secret="sesam",
            codes={"Inngående dokument": "I"},
            keys=road.press.keys,
            by=BY,
            at=NOW,
        )
        assert made.secret is not None
        assert b"sesam" not in bytes(made.secret)
        (first,) = enter(question_and_answer()[0])
        assert go(first, road).state == "received"
        assert system.secrets == ["Bearer sesam"]
        assert b"<m:kode>I</m:kode>" in system.messages[0]


def test_as_files_it_lies_in_the_folder_whole_and_the_receipt_is_read(road: Road) -> None:
    first, second = two()
    row = go(first, road)
    assert (row.state, row.next_at) == ("sent", None)
    assert go(second, road).trouble == "first"
    place = road.folder / "ut" / str(first.id)
    message = (place / "arkivmelding.xml").read_bytes()
    files = {one.name: one.read_bytes() for one in place.iterdir() if one.name != "arkivmelding.xml"}
    assert set(files) == {f"{first.id}.pdf", f"{first.id}.json"}
    (road.folder / "inn" / f"{first.id}.xml").write_bytes(CaseSystem().take(message, files))
    (road.folder / "inn" / "tull.xml").write_bytes(b"<nei/>")
    assert collect_receipts(road=road, at=NOW) == 1
    row.refresh_from_db()
    assert row.state == "received"
    assert Case.objects.get().called == "2026/101"
    assert sorted(one.name for one in (road.folder / "lest").iterdir()) == [f"{first.id}.xml"]
    assert sorted(one.name for one in (road.folder / "feil").iterdir()) == ["tull.xml"]
    assert collect_receipts(road=road, at=NOW) == 0
    assert go(second, road, after=timedelta(minutes=2)).state == "sent"


def test_a_receipt_for_somebody_else_s_entry_changes_nothing(road: Road) -> None:
    first, _ = two()
    go(first, road)
    other = "11111111-2222-4333-8444-555555555555"
    entry = (
        f'<registreringKvittering xsi:type="journalpostKvittering"><systemID>{other}</systemID>'
        f"<referanseEksternNoekkel><m:fagsystem>X</m:fagsystem><m:noekkel>{other}</m:noekkel></referanseEksternNoekkel>"
        "<opprettetEllerEksisterende>Opprettet</opprettetEllerEksisterende></registreringKvittering>"
    )
    (road.folder / "inn" / "annen.xml").write_bytes(receipt("", entry))
    assert collect_receipts(road=road, at=NOW) == 0
    first.refresh_from_db()
    assert first.external_id == ""


def test_the_same_entry_twice_lies_in_the_folder_once(road: Road) -> None:
    first, _ = two()
    row = go(first, road)
    before = {one: one.stat().st_mtime_ns for one in (road.folder / "ut" / str(first.id)).iterdir()}
    Delivery.objects.filter(pk=row.pk).update(state="waiting", next_at=NOW)
    go(first, road)
    assert {one: one.stat().st_mtime_ns for one in (road.folder / "ut" / str(first.id)).iterdir()} == before


def test_until_somebody_says_how_deliveries_wait_and_then_go(road: Road) -> None:
    open_period("external")
    (first,) = enter(question_and_answer()[0])
    assert due(NOW) == []
    choosing.choose(
        public=False, way="folder", address="", series="", secret="", codes={}, keys=road.press.keys, by=BY, at=NOW
    )
    assert due(NOW) == [Delivery.objects.get().id]
    assert go(first, road).state == "sent"


def test_two_workers_do_not_take_the_same_delivery(road: Road) -> None:
    first, _ = two()
    row = Delivery.objects.get(entry=first)
    assert delivery._claim(row.id, NOW) is not None
    assert deliver(row.id, road=road, clock=lambda: NOW) == ""


def test_damaged_evidence_is_not_delivered(road: Road) -> None:
    first, _ = two()
    version = Version.objects.select_related("evidence").get(utterance_id=first.record_id)
    assert version.evidence is not None
    store = home_store()
    store.delete(version.evidence.path)
    row = go(first, road)
    assert (row.trouble, row.state) == ("evidence", "waiting")
    assert not (road.folder / "ut").exists()


def test_bytes_with_a_personal_number_stay_here(road: Road) -> None:
    open_period("external")
    choose()
    (first,) = enter(say(make_channel(), "Jeg heter Ola, 02013299997, og lurer på noe."))
    go(first, road)
    place = road.folder / "ut" / str(first.id)
    assert [one.name for one in place.iterdir() if one.suffix == ".json"] == []
    assert b"02013299997" not in b"".join(one.read_bytes() for one in place.iterdir())


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"way": "dove"}, "way"),
        ({"way": "http", "address": "ftp://x.example"}, "address"),
        ({"way": "http", "address": "https://a:b@x.example"}, "address"),
        ({"way": "noark5", "address": "https://x.example", "series": "1"}, "series"),
    ],
)
def test_a_choice_that_leads_nowhere_is_refused(keys: Keys, wrong: dict[str, str], field: str) -> None:
    given: dict[str, Any] = {"public": True, "way": "folder", "address": "", "series": "", "secret": "", "codes": {}}
    with pytest.raises(JournalError) as caught:
        choosing.choose(**(given | wrong), keys=keys, by=BY, at=NOW)
    assert caught.value.field == field
    assert not JournalChoice.objects.exists()


def test_a_secret_does_not_follow_to_another_address(keys: Keys) -> None:
    given: dict[str, Any] = {"public": True, "way": "http", "series": "", "codes": {}, "keys": keys, "by": BY}
    choosing.choose(**given, address="https://a.example", secret="s", at=NOW)
    assert choosing.choose(**given, address="https://a.example", secret="", at=NOW + timedelta(1)).secret
    assert not choosing.choose(**given, address="https://b.example", secret="", at=NOW + timedelta(2)).secret


def test_codes_are_lines() -> None:
    assert choosing.read_codes("Inngående dokument = I\n\nA=B") == {"Inngående dokument": "I", "A": "B"}
    with pytest.raises(JournalError):
        choosing.read_codes("Inngående dokument")
    assert refusal("x")


def test_through_the_service_interface_with_a_lost_answer_and_a_damaged_file(road: Road) -> None:
    with core_running(token="sesam", faults={"POST journalpost": ["cut"], "POST fil": ["damage"]}) as core:
        open_period("external")
        choosing.choose(
            public=False,
            way="noark5",
            address=core.address,
            series=str(SERIES),
            secret="sesam",
            codes={},
            keys=road.press.keys,
            by=BY,
            at=NOW,
        )
        asked, answered = question_and_answer()
        first, second = enter(asked, answered)
        assert go(first, road).trouble == "unreachable"
        assert go(first, road, after=timedelta(hours=1)).trouble == "checksum"
        assert go(first, road, after=timedelta(hours=2)).state == "received"
        assert go(second, road, after=timedelta(hours=2)).state == "received"
        assert len(core.of("saksmappe")) == 1
        assert len(core.of("journalpost")) == 2
        assert len(core.files) == 4
    first.refresh_from_db()
    case = Case.objects.get()
    assert (case.called, case.external_id.startswith(core.address)) == ("2026/70", True)
    assert (first.external_number, first.external_number_in_case) == (900, 1)
