from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from ordskifte.records.noark5.arkivmelding import (
    KATALOG,
    KVITTERING,
    OPPRETT,
    Feilet,
    Mottatt,
    arkivmelding,
    read_kvittering,
)
from ordskifte.records.noark5.errors import MessageError
from ordskifte.records.noark5.values import Klasse
from tests.records.noark5.shared import shared
from tests.records.noark5.world import PERSON, answer, archive, case, hidden, id_of, question

ENTRY = "no.ks.fiks.arkiv.v1.arkivering.arkivmelding.opprett"


def schema(name: str) -> Any:
    return etree.XMLSchema(etree.parse(str(shared("fiks-arkiv") / f"{name}.xsd")))


def leaf() -> Klasse:
    return archive(()).arkivdel.klassifikasjonssystem.klasser[0].underklasser[0]


def found(xml: bytes, path: str) -> list[str]:
    names = {"a": OPPRETT, "m": KATALOG}
    return [one.text or "" for one in etree.fromstring(xml).iterfind(path, names)]


@pytest.mark.shared
@pytest.mark.parametrize("post", [question, answer, hidden])
@pytest.mark.parametrize("ny_sak", [True, False])
def test_the_message_is_valid(post: Any, ny_sak: bool) -> None:
    schema(ENTRY).assertValid(etree.fromstring(arkivmelding(post(), case(), leaf(), ny_sak=ny_sak).xml))


@pytest.mark.shared
def test_a_message_with_the_codes_of_a_case_system_is_valid() -> None:
    message = arkivmelding(question(), case(), leaf(), ny_sak=True, koder={"Inngående dokument": "I"})
    schema(ENTRY).assertValid(etree.fromstring(message.xml))
    path = "a:registrering/a:journalposttype/"
    assert found(message.xml, f"{path}m:kode") == ["I"]
    assert found(message.xml, f"{path}m:beskrivelse") == ["Inngående dokument"]


def test_the_case_is_made_once_and_then_referred_to() -> None:
    new = arkivmelding(question(), case(), ny_sak=True).xml
    assert found(new, "a:mappe/a:referanseEksternNoekkel/m:noekkel") == [str(id_of("case"))]
    parent = "a:registrering/a:referanseForelderMappe/"
    assert found(new, f"{parent}m:referanseEksternNoekkel/m:noekkel") == [str(id_of("case"))]
    old = arkivmelding(answer(), case(), ny_sak=False, sak_system_id=id_of("theirs")).xml
    assert found(old, "a:mappe") == []
    assert found(old, f"{parent}m:systemID") == [str(id_of("theirs"))]


def test_a_retry_is_the_same_message() -> None:
    assert arkivmelding(question(), case(), ny_sak=True).xml == arkivmelding(question(), case(), ny_sak=True).xml
    assert arkivmelding(question(), case(), ny_sak=True).noekkel == str(id_of("question"))


def test_the_files_are_counted_and_carry_their_digest() -> None:
    message = arkivmelding(question(), case(), ny_sak=True)
    assert found(message.xml, "a:antallFiler") == ["2"]
    for file in message.filer:
        with file.aapne() as handle:
            data = handle.read()
        assert (file.sjekksum, file.filstoerrelse) == (sha256(data).hexdigest(), len(data))
    path = "a:registrering/a:dokumentbeskrivelse/a:dokumentobjekt/"
    assert found(message.xml, f"{path}a:referanseDokumentfil") == [file.navn for file in message.filer]
    assert found(message.xml, f"{path}a:sjekksum") == [file.sjekksum for file in message.filer]


def test_numbers_are_left_to_the_case_system() -> None:
    text = arkivmelding(question(), case(), ny_sak=True).xml.decode()
    assert "journalsekvensnummer" not in text
    assert "sakssekvensnummer" not in text


def test_what_is_shielded_is_said_and_the_public_title_is_without_it() -> None:
    xml = arkivmelding(question(), case(), ny_sak=True).xml
    (public,) = found(xml, "a:registrering/a:offentligTittel")
    assert PERSON not in public
    assert found(xml, "a:registrering/a:korrespondansepart/a:erSkjermet") == ["true", "false"]
    assert found(xml, "a:registrering/a:korrespondansepart/a:erPersonnavn") == ["true", "false"]


def test_an_answered_question_is_written_off_on_its_first_party() -> None:
    xml = arkivmelding(question(), case(), ny_sak=True).xml
    path = "a:registrering/a:korrespondansepart/a:avskrivning/a:referanseAvskrivesAvJournalpost/"
    assert found(xml, f"{path}m:referanseEksternNoekkel/m:noekkel") == [str(id_of("answer"))]


def test_hostile_text_stays_text() -> None:
    xml = arkivmelding(replace(answer(), tittel="</tittel><x>&\x00"), case(), ny_sak=True).xml
    assert found(xml, "a:registrering/a:tittel") == ["</tittel><x>&\ufffd"]


def receipt(inside: str) -> bytes:
    return (
        f'<?xml version="1.0"?><arkivmeldingKvittering xmlns="{KVITTERING}" xmlns:m="{KATALOG}"'
        f' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{inside}</arkivmeldingKvittering>'
    ).encode()


MAPPE = (
    f'<mappeKvittering xsi:type="saksmappeKvittering"><systemID>{id_of("s")}</systemID><mappeID>2026/42</mappeID>'
    "<referanseEksternNoekkel><m:fagsystem>Ordskifte</m:fagsystem><m:noekkel>k1</m:noekkel></referanseEksternNoekkel>"
    "<opprettetEllerEksisterende>Opprettet</opprettetEllerEksisterende>"
    "<saksaar>2026</saksaar><sakssekvensnummer>42</sakssekvensnummer></mappeKvittering>"
)
POST = (
    f'<registreringKvittering xsi:type="journalpostKvittering"><systemID>{id_of("j")}</systemID>'
    "<opprettetEllerEksisterende>Eksisterende</opprettetEllerEksisterende>"
    "<journalaar>2026</journalaar><journalsekvensnummer>117</journalsekvensnummer>"
    "<journalpostnummer>3</journalpostnummer></registreringKvittering>"
)
FAULT = "https://ks-no.github.io/standarder/fiks-protokoll/fiks-arkiv/feil/feilmelding/v1"
FAILED = (
    f'<registreringFeilet><feilId xmlns="{FAULT}">f1</feilId>'
    f'<feilmelding xmlns="{FAULT}">Saken er avsluttet</feilmelding></registreringFeilet>'
)


@pytest.mark.shared
@pytest.mark.parametrize("inside", [MAPPE + POST, POST, MAPPE + FAILED])
def test_the_receipts_of_these_tests_are_valid_themselves(inside: str) -> None:
    schema(f"{ENTRY}.kvittering").assertValid(etree.fromstring(receipt(inside)))


def test_the_numbers_of_a_receipt_are_read() -> None:
    back = read_kvittering(receipt(MAPPE + POST))
    assert back.ok
    assert back.mappe == Mottatt(
        system_id=str(id_of("s")),
        fantes=False,
        noekkel="k1",
        mappe_id="2026/42",
        saksaar=2026,
        sakssekvensnummer=42,
    )
    assert back.registrering == Mottatt(
        system_id=str(id_of("j")), fantes=True, journalaar=2026, journalsekvensnummer=117, journalpostnummer=3
    )


def test_a_refusal_is_read() -> None:
    back = read_kvittering(receipt(MAPPE + FAILED))
    assert not back.ok
    assert back.registrering == Feilet("f1", "Saken er avsluttet")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "cannot be read as XML"),
        (b"<x/>", "is no receipt"),
        (receipt(""), "says nothing"),
        (receipt("<registreringKvittering/>"), "gives no systemID"),
        (receipt(POST.replace("117", "mange")), "is no number"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "declares a document type"),
        (b"<a>" + b"x" * 5_000_001, "too large"),
    ],
)
def test_what_is_no_receipt_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(MessageError, match=said):
        read_kvittering(data)


@pytest.mark.shared
def test_a_damaged_message_is_not_valid(tmp_path: Path) -> None:
    xml = arkivmelding(question(), case(), ny_sak=True).xml.replace(b"<antallFiler>2", b"<antallFiler>to")
    assert not schema(ENTRY).validate(etree.fromstring(xml))
