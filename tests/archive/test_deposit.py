"""From rows to a Noark 5 package that our own checker takes."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from ordskifte.archive import deciding
from ordskifte.archive.exporting import contents_for
from ordskifte.archive.printing import Making, Opening
from ordskifte.archive.received import as_json
from ordskifte.archive.records_of import records_of
from ordskifte.archive.shielding import shield
from ordskifte.base.keys import load_keys
from ordskifte.converse.moderation.complaint import complain
from ordskifte.people.models import Role
from ordskifte.publish.models import Outbox
from ordskifte.records.models import JournalEntry
from ordskifte.records.noark5.check.run import check_package
from ordskifte.records.noark5.errors import ExportError
from ordskifte.records.noark5.schemas import install, look_in
from ordskifte.threads.erase import erase_utterance
from tests.archive.depot import YEAR, archivist, deposited, errors, text_of
from tests.archive.office import BY, decide, enter, open_period, question_and_answer
from tests.converse.moderation.factories import make_ground, open_weekdays, take
from tests.factories import (
    NOW,
    delete,
    edit,
    home_store,
    keep_media,
    make_channel,
    make_person,
    make_unit,
    number_entries,
    say,
)
from tests.records.noark5.shared import shared
from tests.records.pdfa.documents import picture

pytestmark = pytest.mark.django_db


def test_a_question_and_its_answer_become_a_case_without_errors(tmp_path: Path) -> None:
    open_period()
    asked, answered = question_and_answer()
    enter(asked, answered)
    number_entries()
    made = deposited(tmp_path / "out", **YEAR)
    assert errors(made.folder) == {}
    assert (made.written.mapper, made.written.journalposter, made.written.dokumentfiler) == (1, 2, 4)
    structure = text_of(made.folder)
    assert f"<systemID>{asked.id}</systemID>" in structure
    assert f"<referanseAvskrivesAvJournalpost>{answered.id}</referanseAvskrivesAvJournalpost>" in structure


def test_a_thread_that_is_only_archived_becomes_a_mappe(tmp_path: Path) -> None:
    open_period()
    channel = make_channel()
    top = say(channel, "Vi åpner nytt bibliotek.", ours=True, by="Eksempel kommune")
    reply = say(channel, "Så bra!", parent=top)
    edit(reply, "Så flott!")
    delete(reply)
    for one in (top, reply):
        decide(one.id, outcome="archive")
    left = say(channel, "Første!", parent=top)
    decide(left.id, outcome="leave_out")
    made = deposited(tmp_path / "out", **YEAR)
    assert errors(made.folder) == {}
    assert (made.written.registreringer, made.written.journalposter) == (2, 0)
    assert "slettetTidspunkt" in text_of(made.folder, "endringslogg.xml")
    assert str(left.id) not in text_of(made.folder)


def test_an_empty_period_is_a_package_too(tmp_path: Path) -> None:
    open_period()
    made = deposited(tmp_path / "out", viewer=archivist(), **YEAR)
    assert errors(made.folder) == {}
    assert made.written.registreringer == 0


def test_it_validates_against_the_official_schemas(tmp_path: Path) -> None:
    official = look_in(shared("noark5"))
    install(official, settings.HOME.path)
    try:
        open_period()
        asked, answered = question_and_answer()
        enter(asked, answered)
        number_entries()
        made = deposited(tmp_path / "out", viewer=archivist(), sip=True, **YEAR)
        assert made.written.deliverable
        report = check_package(made.package, home=settings.HOME.path)
        assert report.ok
        assert report["N5.03"].notes == []
        assert sorted(path.suffix for path in made.folder.iterdir()) == ["", ".tar", ".xml"]
    finally:
        shutil.rmtree(settings.HOME.path / "schemas")


def test_without_the_official_schemas_it_is_marked(tmp_path: Path) -> None:
    open_period()
    made = deposited(tmp_path / "out", **YEAR)
    assert not made.written.deliverable
    assert (made.folder / "IKKE-LEVERBAR.txt").is_file()
    with pytest.raises(ExportError, match="DIAS"):
        deposited(tmp_path / "sip", sip=True, **YEAR)


def test_what_is_shielded_stands_in_no_public_line(tmp_path: Path) -> None:
    open_period()
    asked = say(make_channel(), "Hvorfor fikk Kanariadottir avslag?", by="Kanarianabo")
    enter(asked)
    shield(asked.id, field="words", basis="personal", words=["Kanariadottir"], by=BY, at=NOW)
    shield(asked.id, field="author", basis="personal", by=BY, at=NOW)
    made = deposited(tmp_path / "out", **YEAR)
    assert errors(made.folder) == {}
    assert "Kanaria" not in text_of(made.folder, "offentligJournal.xml")
    assert "Skjerming av deler av dokumentet" in text_of(made.folder)
    assert "<referanseMetadata>skjerming</referanseMetadata>" in text_of(made.folder, "endringslogg.xml")


def test_a_name_that_a_question_shields_stands_on_no_answer_of_its_case(tmp_path: Path) -> None:
    open_period()
    asked, answered = question_and_answer()
    enter(asked, answered)
    name = asked.author.name
    before = deposited(tmp_path / "before", **YEAR)
    assert name in text_of(before.folder, "offentligJournal.xml")
    shield(asked.id, field="author", basis="personal", by=BY, at=NOW)
    made = deposited(tmp_path / "after", **YEAR)
    assert errors(made.folder) == {}
    assert name not in text_of(made.folder, "offentligJournal.xml")


def test_bytes_with_a_personal_number_go_only_by_right_and_shielded(tmp_path: Path) -> None:
    open_period()
    said = say(make_channel(), "Nummeret mitt er 05909441023, hva nå?")
    decide(said.id, outcome="archive")
    without = deposited(tmp_path / "without", **YEAR)
    assert without.left_out.sealed == 1
    assert "05909441023" not in everything(without.folder)
    made = deposited(tmp_path / "with", viewer=archivist(), **YEAR)
    assert errors(made.folder) == {}
    assert "05909441023" not in text_of(made.folder)
    (raw,) = (made.folder / "DOKUMENT" / "0001").glob("*.json")
    assert "05909441023" in raw.read_text(encoding="utf-8")
    structure = text_of(made.folder)
    shielded = structure[: structure.index(raw.name)].rpartition("<dokumentbeskrivelse>")[2]
    assert "<skjermingDokument>Skjerming av hele dokumentet</skjermingDokument>" in shielded


def test_private_sensitive_and_practice(tmp_path: Path) -> None:
    open_period()
    private = say(make_channel(), "Bare til dere", private=True, kind="message")
    sensitive = say(make_channel(unit=make_unit(sensitive=True)), "Om barnet")
    practice = say(make_channel(practice=True), "Øving")
    for one in (private, sensitive, practice):
        decide(one.id, outcome="archive")
    made = deposited(tmp_path / "without", **YEAR)
    assert (made.written.registreringer, made.told.restricted) == (0, 2)
    made = deposited(tmp_path / "with", viewer=archivist(), **YEAR)
    assert made.written.registreringer == 2
    assert str(practice.id) not in text_of(made.folder)


def test_an_entry_the_case_system_has_not_numbered_is_archived_without_numbers(tmp_path: Path) -> None:
    open_period("external")
    asked, answered = question_and_answer()
    enter(asked, answered)
    made = deposited(tmp_path / "out", **YEAR)
    assert errors(made.folder) == {}
    assert (made.told.unnumbered, made.written.journalposter, made.written.registreringer) == (2, 0, 2)


def test_a_cancelled_entry_stands_without_files(tmp_path: Path) -> None:
    open_period()
    asked, answered = question_and_answer()
    first, _second = enter(asked, answered)
    JournalEntry.objects.filter(pk=first.pk).update(status="cancelled")
    made = deposited(tmp_path / "out", **YEAR)
    assert errors(made.folder) == {}
    assert "<journalstatus>Utgår</journalstatus>" in text_of(made.folder)
    assert made.written.dokumentfiler == 2


def test_what_is_erased_is_told_with_date_and_person(tmp_path: Path) -> None:
    open_period()
    said = say(make_channel(), "Skal kasseres")
    decide(said.id, outcome="archive")
    place = home_store(), load_keys(settings.HOME)
    erase_utterance(said.id, basis="arkivlova § 13", actor=BY, at=NOW, store=place[0], keys=place[1])
    made = deposited(tmp_path / "out", **YEAR)
    assert errors(made.folder) == {}
    structure = text_of(made.folder)
    assert "<kassertDato>2026-03-12T09:00:00+00:00</kassertDato>" in structure
    assert "Skal kasseres" not in everything(made.folder)


def test_a_picture_that_no_depot_takes_is_converted_and_the_log_says_so(tmp_path: Path) -> None:
    open_period()
    digest = keep_media(picture(kind="WEBP"), "image/webp")
    attached = {"blob": digest, "media_type": "image/webp", "alt": "Brøytebil", "name": "", "url": ""}
    said = say(make_channel(), "Se her", ours=True, attachments=[attached])
    decide(said.id, outcome="archive")
    made = deposited(tmp_path / "out", **YEAR)
    assert errors(made.folder) == {}
    structure = text_of(made.folder)
    assert "<konvertertFraFormat>image/webp</konvertertFraFormat>" in structure
    assert "<s:alternativTekst>Brøytebil</s:alternativTekst>" in structure
    assert [path.suffix for path in sorted((made.folder / "DOKUMENT" / "0001").iterdir())] == [".pdf", ".json", ".png"]


def test_words_from_right_to_left_lie_beside_the_document(tmp_path: Path) -> None:
    open_period()
    said = say(make_channel(), "متى يفتح المكتب؟")
    decide(said.id, outcome="archive")
    made = deposited(tmp_path / "out", **YEAR)
    assert errors(made.folder) == {}
    (beside,) = (made.folder / "DOKUMENT" / "0001").glob("*.txt")
    assert beside.read_text(encoding="utf-8") == "متى يفتح المكتب؟"


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    open_period()
    asked, answered = question_and_answer()
    enter(asked, answered)
    number_entries()
    first, second = (deposited(tmp_path / name, **YEAR) for name in ("one", "two"))
    assert first.digest == second.digest
    assert everything(first.folder) == everything(second.folder)


def test_days_are_those_of_the_journal_and_both_counted(tmp_path: Path) -> None:
    open_period()
    asked, answered = question_and_answer()
    enter(asked, answered)
    for start, end, found in ((12, 12, 2), (13, 31, 0), (1, 11, 0)):
        span = {"start": date(2026, 3, start), "end": date(2026, 3, end)}
        assert deposited(tmp_path / f"{start}", **span).written.registreringer == found


def test_open_cases_can_stop_it_and_leave_nothing_behind(tmp_path: Path) -> None:
    open_period()
    asked, answered = question_and_answer()
    enter(asked, answered)
    with pytest.raises(ExportError, match="1 cases are open: 2026/1"):
        deposited(tmp_path / "out", stop_at_open=True, **YEAR)
    assert list(tmp_path.iterdir()) == []
    made = deposited(tmp_path / "out", **YEAR)
    assert made.told.closed_by_rule == 1
    assert "avsluttet ved uttrekk" in text_of(made.folder)


def test_a_run_that_fails_leaves_nothing_and_the_next_one_finishes(tmp_path: Path) -> None:
    open_period()
    asked, answered = question_and_answer()
    enter(asked, answered)

    def stop(_count: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        deposited(tmp_path / "out", step=stop, **YEAR)
    assert list(tmp_path.iterdir()) == []
    assert errors(deposited(tmp_path / "out", **YEAR).folder) == {}


def test_only_pdfa_1b_when_the_depot_wants_it(tmp_path: Path) -> None:
    open_period()
    asked, answered = question_and_answer()
    enter(asked, answered)
    made = deposited(tmp_path / "out", profile="pdfa1b", **YEAR)
    assert errors(made.folder) == {}
    assert {path.suffix for path in (made.folder / "DOKUMENT" / "0001").iterdir()} == {".pdf"}
    assert made.written.left_out == 2


def everything(folder: Path) -> str:
    """All bytes of a package, as text."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return "".join(path.read_bytes().decode("latin-1") for path in files)


def test_records_in_cbor_are_written_as_json() -> None:
    headers = {"Content-Type": "application/vnd.ipld.dag-cbor"}
    assert as_json(headers, b"\xa1atbhi") == b'{\n  "t": "hi"\n}'
    assert as_json(headers, b"\xa1aiC\x01\x02\x03") == b'{\n  "i": {\n    "/": {\n      "bytes": "AQID"\n    }\n  }\n}'
    assert as_json(headers, b"\xff") is None
    assert as_json({"Content-Type": "image/gif"}, b"GIF") is None


def test_a_measure_and_a_complaint_are_records_and_the_utterance_says_so(tmp_path: Path) -> None:
    open_period()
    open_weekdays()
    moderator = make_person(Role.MODERATOR, Role.COMPLAINT_HANDLER, name="Mo Moderator")
    said = say(make_channel(kind="arena"), "Du er en ekkel gris og burde skamme deg.")
    enter(said)
    measure = take(said, make_ground(), moderator)
    Outbox.objects.update(state="confirmed")
    complaint = complain(measure.code, "Det var ikke sånn ment.", at=NOW)
    deciding.keep_acts(at=NOW)
    made = deposited(tmp_path / "out", **YEAR)
    assert errors(made.folder) == {}
    assert made.written.registreringer == 3
    structure = text_of(made.folder)
    for record in (said.id, measure.pk, complaint.pk):
        assert f"<systemID>{record}</systemID>" in structure
    assert "<merknadRegistrertAv>Mo Moderator</merknadRegistrertAv>" in structure
    contents = contents_for(archivist(), Printed(), store=home_store(), keys=load_keys(settings.HOME))
    record = records_of([measure.pk])[measure.pk]
    document = contents.making(record, [])()
    assert ("Bestemt av", "Mo Moderator") in [(fact.name, fact.value) for fact in document.head]


class Printed:
    """A press that is never asked."""

    puid = ""

    def order(self, document: Making) -> Opening:
        raise AssertionError(document)
