import re
import unicodedata
from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any

import pytest

from ordskifte.records.noark5.public import (
    HIDDEN,
    Shield,
    last_searchable,
    name_is_searchable,
    public_entry,
)
from ordskifte.records.noark5.values import Klasse, Korrespondansepart, Saksmappe, Skjerming
from ordskifte.records.noark5.write.journal import public_xml, running_xml
from tests.records.noark5.world import AT, BODY, PERSON, SHIELDING, answer, archive, case, hidden, id_of, question


def leaf(**more: Any) -> Klasse:
    (top,) = archive(()).arkivdel.klassifikasjonssystem.klasser
    return replace(top.underklasser[0], **more)


@pytest.mark.parametrize(
    ("journaldato", "last"),
    [
        (date(2026, 3, 2), date(2027, 3, 2)),
        (date(2025, 1, 1), date(2026, 1, 1)),
        (date(2023, 2, 28), date(2024, 2, 28)),
        (date(2023, 3, 1), date(2024, 3, 1)),
        (date(2024, 2, 28), date(2025, 2, 28)),
        (date(2024, 2, 29), date(2025, 2, 28)),  # there is no such day
        (date(2024, 3, 1), date(2025, 3, 1)),
        (date(2027, 2, 28), date(2028, 2, 28)),  # and not the 29th
    ],
)
def test_a_name_is_searchable_through_the_same_date_next_year(journaldato: date, last: date) -> None:
    assert last_searchable(journaldato) == last
    assert name_is_searchable(journaldato, journaldato)
    assert name_is_searchable(journaldato, last)
    assert not name_is_searchable(journaldato, last.fromordinal(last.toordinal() + 1))


def test_shielded_words_are_stars_and_the_rest_is_said() -> None:
    shown = public_entry(question(), case(), leaf())
    assert shown.tittel == "Spørsmål fra ***** om byggesak i *****"
    assert [part.korrespondansepart_navn for part in shown.parter] == [HIDDEN, BODY]
    assert (shown.tilgangsrestriksjon, shown.skjermingshjemmel) == (
        "Unntatt offentlighet",
        SHIELDING.skjermingshjemmel,
    )
    assert (shown.avskrivningsmaate, shown.avskrives_av) == ("Besvart med e-post", str(id_of("answer")))


def test_what_shields_nothing_is_shown_as_it_is() -> None:
    shown = public_entry(answer(), case(), leaf())
    assert (shown.tittel, shown.tilgangsrestriksjon) == ("Svar om byggesak", "")
    assert [part.korrespondansepart_navn for part in shown.parter] == [BODY, "Per Aas"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("ola eksempel spør", "***** spør"),
        ("OLA  EKSEMPELS hus", "*****S hus"),
        ("Ola\nEksempel", "*****"),
        (unicodedata.normalize("NFD", "Blåbær er Ola Eksempel"), "Blåbær er *****"),
        ("Olav Eksempel", "Olav Eksempel"),
    ],
)
def test_words_are_found_however_they_are_written(text: str, shown: str) -> None:
    assert Shield([PERSON])(text) == shown


def test_a_word_with_marks_is_found_in_both_forms() -> None:
    for word in (unicodedata.normalize("NFC", "Åse"), unicodedata.normalize("NFD", "Åse")):
        for text in (unicodedata.normalize("NFC", "Åse bor her"), unicodedata.normalize("NFD", "Åse bor her")):
            assert Shield([word])(text) == f"{HIDDEN} bor her"


def test_the_longest_word_goes_first() -> None:
    assert Shield(["Storgata", "Storgata 1"])("Storgata 1 og Storgata 2") == f"{HIDDEN} og {HIDDEN} 2"


def test_empty_words_shield_nothing() -> None:
    assert Shield(["", "  "])("alt") == "alt"


def test_a_neutral_title_is_used_and_is_shielded_too() -> None:
    post = question(offentlig_tittel="Henvendelse om Storgata 1")
    assert public_entry(post, case(), leaf()).tittel == f"Henvendelse om {HIDDEN}"


@pytest.mark.parametrize(
    ("codes", "words", "title", "shown"),
    [
        (("Skjerming tittel registrering - unntatt første linje",), (), "Åpent\nhemmelig", f"Åpent {HIDDEN}"),
        (("Skjerming tittel registrering - unntatt første linje",), (), "Åpent", "Åpent"),
        (("Skjerming tittel registrering - utvalgte ord",), (), "Hva som helst", HIDDEN),
        (("Midlertidig skjerming",), (), "Hva som helst", HIDDEN),
        (("Skjerming merknadstekst",), (), "Hva som helst", "Hva som helst"),
    ],
)
def test_the_title_follows_the_code(codes: tuple[str, ...], words: tuple[str, ...], title: str, shown: str) -> None:
    shielding = replace(SHIELDING, skjerming_metadata=codes, ord=words)
    assert public_entry(question(tittel=title, skjerming=shielding), case(), leaf()).tittel == shown


def test_a_shielded_receiver_is_hidden_everywhere() -> None:
    shielding = replace(SHIELDING, skjerming_metadata=("Skjerming navn mottaker",), ord=())
    shown = public_entry(answer(skjerming=shielding, tittel="Svar til Per Aas"), case(), leaf())
    assert (shown.tittel, shown.parter[1].korrespondansepart_navn) == (f"Svar til {HIDDEN}", HIDDEN)


def test_the_case_and_the_class_shield_for_all_their_entries() -> None:
    of_case = replace(SHIELDING, skjerming_metadata=("Skjerming navn part i sak",), ord=("byggesak",))
    of_class = replace(SHIELDING, skjerming_metadata=("Skjerming tittel klasse",), ord=())
    shown = public_entry(
        answer(tittel="Svar til naboen om byggesak"), case(skjerming=of_case), leaf(skjerming=of_class)
    )
    assert shown.tittel == f"Svar til {HIDDEN} om {HIDDEN}"
    assert (shown.sakstittel, shown.klasse_tittel, shown.klasse_id) == (f"Tråd om {HIDDEN}", HIDDEN, "062.1")


def test_the_title_of_a_shielded_document_is_no_public_title() -> None:
    post = answer(tittel="Innlegg answer")
    document = replace(
        post.dokumentbeskrivelser[0],
        skjerming=replace(SHIELDING, skjerming_metadata=("Skjerming tittel dokumentbeskrivelse",), ord=()),
    )
    assert public_entry(replace(post, dokumentbeskrivelser=(document,)), case(), leaf()).tittel == HIDDEN


def test_after_a_year_names_of_persons_are_gone_and_names_of_bodies_stay() -> None:
    post = answer(tittel=f"Svar til Per Aas fra {BODY}")
    last = date(2027, 3, 3)
    assert public_entry(post, case(), leaf(), on=last).tittel == post.tittel
    later = public_entry(post, case(), leaf(), on=date(2027, 3, 4))
    assert later.tittel == f"Svar til {HIDDEN} fra {BODY}"
    assert [part.korrespondansepart_navn for part in later.parter] == [BODY, HIDDEN]
    assert public_entry(post, case(), leaf()).tittel_uten_navn == f"Svar til {HIDDEN} fra {BODY}"


def canaries(value: Any, made: list[str], path: str = "") -> Any:
    """The same value with a word of its own in every field of text, however deep; codes stay codes."""
    if isinstance(value, str):
        word = f"kanari{len(made)}fugl"
        made.append(word)
        return f"{value} {word}"
    if isinstance(value, tuple):
        return tuple(canaries(one, made, path) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        new = {
            field.name: canaries(getattr(value, field.name), made, field.name)
            for field in fields(value)
            if field.name not in CODES
        }
        return replace(value, **new)
    return value


CODES = {
    *("korrespondanseparttype", "journalposttype", "journalstatus", "saksstatus", "avskrivningsmaate", "ord"),
    *("skjerming_metadata", "skjerming_dokument", "dokumentstatus", "tilknyttet_registrering_som", "variantformat"),
    *("registreringer", "mapper", "underklasser"),
}


@pytest.mark.parametrize("shielded_by", ["registrering", "sak", "klasse", "dokument"])
def test_no_shielded_word_of_any_field_is_in_public(shielded_by: str) -> None:
    made: list[str] = []
    empty = Skjerming(tilgangsrestriksjon="U", skjermingshjemmel="Offl. § 13", skjerming_metadata=())
    post = canaries(question(skjerming=empty, forfatter=("Ola",), journalenhet="J", beskrivelse="B"), made)
    sak: Saksmappe = canaries(case(offentlig_tittel="", beskrivelse="B"), made)
    klasse: Klasse = canaries(leaf(beskrivelse="B"), made)
    shielding = replace(empty, ord=tuple(made))
    if shielded_by == "registrering":
        post = replace(post, skjerming=replace(post.skjerming, ord=tuple(made)))
    elif shielded_by == "sak":
        sak = replace(sak, skjerming=shielding)
    elif shielded_by == "klasse":
        klasse = replace(klasse, skjerming=shielding)
    else:
        first, *rest = post.dokumentbeskrivelser
        post = replace(post, dokumentbeskrivelser=(replace(first, skjerming=shielding), *rest))
    assert len(made) > 40
    public = public_xml(public_entry(post, sak, klasse))
    assert re.findall(r"kanari\d+fugl", public) == []
    assert len(set(re.findall(r"kanari\d+fugl", running_xml(post, sak, klasse, 1)))) > 10


def test_every_text_the_public_sees_passes_the_shield() -> None:
    """The other way round: each text field of a public entry is filled from a shielded one."""
    made: list[str] = []
    post = canaries(replace(answer(), administrativ_enhet="A", saksbehandler="S"), made)
    sak, klasse = canaries(case(), made), canaries(leaf(), made)
    open_ = public_xml(public_entry(post, sak, klasse))
    seen = set(re.findall(r"kanari\d+fugl", open_))
    assert len(seen) >= 12
    for word in seen:
        shielding = Skjerming(
            tilgangsrestriksjon="Unntatt", skjermingshjemmel="Offl. § 13", skjerming_metadata=(), ord=(word,)
        )
        shown = public_xml(public_entry(replace(post, skjerming=shielding), sak, klasse))
        assert word not in shown, word


def test_an_internal_act_is_shown_with_its_internal_sender() -> None:
    shown = public_entry(hidden(), case(), leaf())
    assert [part.korrespondanseparttype for part in shown.parter] == ["Intern avsender"]


def test_a_shielded_sender_hides_the_internal_one_too() -> None:
    part = Korrespondansepart(korrespondanseparttype="Intern avsender", korrespondansepart_navn="Kari")
    post = question(korrespondanseparter=(part,), arkivert_dato=AT)
    assert public_entry(post, case(), leaf()).parter[0].korrespondansepart_navn == HIDDEN
