"""Entries of the journal in the standard's own words, with what is shielded in them; documents are not read here.

A shielding holds for the whole case: a word or a name that one entry shields is taken out of the case's title and of
every other entry in it, with the basis beside it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from typing import Final
from uuid import UUID

from ordskifte.archive.shielding import shieldings
from ordskifte.people.models import Person
from ordskifte.plan.working_time import OSLO
from ordskifte.records.models import Case, JournalEntry, Party, RecordClass, Shielding
from ordskifte.records.noark5.public import Shield, public_entry
from ordskifte.records.noark5.values import (
    Avskrivning,
    Journalpost,
    Klasse,
    Korrespondansepart,
    Saksmappe,
    Skjerming,
)

TYPES: Final = {
    "in": "Inngående dokument",
    "out": "Utgående dokument",
    "internal": "Organinternt dokument uten oppfølging",
}
PARTIES: Final = {
    "sender": "Avsender",
    "recipient": "Mottaker",
    "internal_sender": "Intern avsender",
    "internal_recipient": "Intern mottaker",
}
MANNERS: Final = {
    "answered": "Besvart med e-post",  # M619 is an obligatory list without social media; the channel is in own metadata
    "phone": "Besvart på telefon",
    "noted": "Tatt til etterretning",
    "oriented": "Tatt til orientering",
}
_OUR_TITLE: Final = ("title", "text", "whole")
_TITLE_ENTRY: Final = "Skjerming tittel registrering - utvalgte ord"
_TITLE_CASE: Final = "Skjerming tittel mappe - utvalgte ord"
_SENDER: Final = "Skjerming navn avsender"
_RECIPIENT: Final = "Skjerming navn mottaker"
_ALL: Final = "Midlertidig skjerming"


@dataclass(frozen=True, slots=True)
class Valued:
    """One entry, its row and its values."""

    entry: JournalEntry
    post: Journalpost
    sak: Saksmappe
    klasse: Klasse | None
    shielded: tuple[Shielding, ...] = field(default=())  # of the entry itself
    words: tuple[str, ...] = ()  # everything the case shields, names too


def journal_values(entries: Sequence[JournalEntry]) -> list[Valued]:
    """Five queries, however many entries. They are read with their case, its class and its period."""
    cases = {one.case_id: one.case for one in entries}
    of_case, parties, shielded = _shields(cases)
    names = _names({*(one.registered_by for one in entries), *(one.closed_by for one in entries)})
    saker = {case_id: _sak(case, of_case[case_id]) for case_id, case in cases.items()}
    klasser = {case_id: klasse_of(case.record_class) for case_id, case in cases.items()}
    return [
        _valued(
            one,
            saker[one.case_id],
            klasser[one.case_id],
            of_case[one.case_id],
            parties.get(one.id, []),
            shielded.get(one.record_id, []),
            names,
        )
        for one in entries
    ]


@dataclass(frozen=True, slots=True)
class CaseShield:
    """What a case shields in all of its entries, names too."""

    words: tuple[str, ...]
    first: Shielding | None  # any of the case's: its basis, where nothing closer is


def case_shields(cases: Mapping[UUID, Case]) -> dict[UUID, CaseShield]:
    """What each of these cases shields. Three queries."""
    return _shields(cases)[0]


def _shields(
    cases: Mapping[UUID, Case],
) -> tuple[dict[UUID, CaseShield], dict[UUID, list[Party]], dict[UUID, list[Shielding]]]:
    """Of each case what it shields, and of every entry in them its parties and its own shieldings."""
    by_case: dict[UUID, list[JournalEntry]] = {case_id: [] for case_id in cases}
    for one in JournalEntry.objects.filter(case_id__in=list(cases)).only("id", "record_id", "case_id", "title"):
        by_case[one.case_id].append(one)
    inside = [one for entries in by_case.values() for one in entries]
    parties: dict[UUID, list[Party]] = {}
    for party in Party.objects.filter(entry_id__in=[one.id for one in inside]).order_by("id"):
        parties.setdefault(party.entry_id, []).append(party)
    shielded = shieldings([*(one.record_id for one in inside), *cases])
    of_case = {case_id: _case_shield(case, by_case[case_id], parties, shielded) for case_id, case in cases.items()}
    return of_case, parties, shielded


def _case_shield(
    case: Case,
    inside: Sequence[JournalEntry],
    parties: dict[UUID, list[Party]],
    shielded: dict[UUID, list[Shielding]],
) -> CaseShield:
    words: list[str] = []
    found: list[Shielding] = list(shielded.get(case.id, []))
    for one in found:
        words += one.words
        if one.field in _OUR_TITLE:
            words.append(case.title)
    for entry in inside:
        for one in shielded.get(entry.record_id, []):
            found.append(one)
            words += one.words
            if one.field in _OUR_TITLE:
                words += [entry.title, entry.title.partition(": ")[2]]
                if not case.public_title:
                    words.append(case.title)
            if one.field in ("author", "whole"):
                for party in parties.get(entry.id, []):
                    if party.natural or party.account:
                        words += [party.name, party.account]
    return CaseShield(tuple(dict.fromkeys(filter(None, words))), found[0] if found else None)


def _skjerming(shielded: Sequence[Shielding], words: tuple[str, ...], codes: tuple[str, ...]) -> Skjerming:
    bases = dict.fromkeys(one.basis for one in shielded)
    fields = {one.field for one in shielded}
    document = ""
    if fields & {"text", "whole"}:
        document = "Skjerming av hele dokumentet"
    elif fields & {"words", "pictures", "author"}:
        document = "Skjerming av deler av dokumentet"
    years = [one.years for one in shielded if one.years]
    return Skjerming(
        tilgangsrestriksjon=shielded[0].restriction,
        skjermingshjemmel="; ".join(bases),
        skjerming_metadata=codes,
        skjerming_dokument=document,
        skjermingsvarighet=max(years) if years and len(years) == len(shielded) else None,
        ord=words,
    )


def _codes(shielded: Sequence[Shielding], *, title: str) -> tuple[str, ...]:
    fields = {one.field for one in shielded}
    codes: list[str] = []
    if "whole" in fields:
        codes.append(_ALL)
    if fields & {"title", "words", "text"}:
        codes.append(title)
    if "author" in fields:
        codes += [_SENDER, _RECIPIENT]
    return tuple(codes) or (title,)


def _sak(case: Case, shield: CaseShield) -> Saksmappe:
    own = (
        _skjerming([shield.first], shield.words, (_TITLE_CASE,)) if shield.first is not None and shield.words else None
    )
    opened = datetime.combine(case.opened_on, time(), OSLO)
    return Saksmappe(
        system_id=case.id,
        mappe_id=case.called or str(case.id),
        tittel=case.title,
        offentlig_tittel=case.public_title,
        opprettet_dato=case.made_at,
        opprettet_av=case.made_by,
        avsluttet_dato=case.closed_at or opened,
        avsluttet_av=case.closed_by or case.made_by,
        registreringer=(),
        saksaar=case.year or case.external_year or case.opened_on.year,
        sakssekvensnummer=case.number or case.external_number or 0,
        saksdato=case.opened_on,
        administrativ_enhet=case.unit_name,
        saksansvarlig=case.responsible,
        saksstatus="Avsluttet" if case.status == "closed" else "Under behandling",
        skjerming=own,
    )


def klasse_of(one: RecordClass | None) -> Klasse | None:
    if one is None:
        return None
    return Klasse(
        system_id=one.id,
        klasse_id=one.code,
        tittel=one.names.get("nb") or next(iter(one.names.values()), one.code),
        opprettet_dato=one.valid_from,
        opprettet_av="Ordskifte",
        beskrivelse=one.description,
    )


def _valued(
    one: JournalEntry,
    sak: Saksmappe,
    klasse: Klasse | None,
    case: CaseShield,
    parties: Sequence[Party],
    shielded: Sequence[Shielding],
    names: dict[str, str],
) -> Valued:
    ours = next((party for party in parties if party.unit_name or party.person_name), None)
    post = Journalpost(
        system_id=one.id,
        tittel=one.title,
        offentlig_tittel=one.public_title,
        opprettet_dato=one.registered_at,
        opprettet_av=names.get(one.registered_by, one.registered_by),
        arkivert_dato=one.registered_at,
        arkivert_av=names.get(one.registered_by, one.registered_by),
        journalaar=one.year or one.external_year or one.journal_date.year,
        journalsekvensnummer=one.number or one.external_number or 0,
        journalpostnummer=one.external_number_in_case or one.number_in_case,
        journalposttype=TYPES[one.kind],
        journaldato=one.journal_date,
        journalstatus={"cancelled": "Utgår", "finished": "Arkivert"}.get(one.status, "Journalført"),
        dokumentets_dato=one.document_date,
        mottatt_dato=one.received_at,
        sendt_dato=one.sent_at,
        offentlighetsvurdert_dato=one.assessed_on,
        administrativ_enhet=ours.unit_name if ours else "",
        saksbehandler=ours.person_name if ours else "",
        korrespondanseparter=tuple(
            Korrespondansepart(
                korrespondanseparttype=PARTIES[party.kind],
                korrespondansepart_navn=party.name,
                fysisk_person=party.natural,
                administrativ_enhet=party.unit_name,
                saksbehandler=party.person_name,
            )
            for party in parties
        ),
        avskrivninger=(
            (
                Avskrivning(
                    avskrivningsdato=one.closed_on,
                    avskrevet_av=names.get(one.closed_by, one.closed_by),
                    avskrivningsmaate=MANNERS[one.closed_how],
                    referanse_avskrives_av_journalpost=one.answered_by_id,
                ),
            )
            if one.closed_on
            else ()
        ),
        skjerming=_skjerming(shielded, case.words, _codes(shielded, title=_TITLE_ENTRY)) if shielded else None,
    )
    post = _with_the_others(post, sak, klasse, case)
    return Valued(one, post, sak, klasse, tuple(shielded), case.words)


def _with_the_others(post: Journalpost, sak: Saksmappe, klasse: Klasse | None, case: CaseShield) -> Journalpost:
    """Where only another entry's shielding hides something here, that one's basis stands beside it."""
    if post.skjerming is not None or case.first is None or not case.words:
        return post
    seen, bare = public_entry(post, sak, klasse), public_entry(post, replace(sak, skjerming=None), klasse)
    if (seen.tittel, seen.parter, seen.saksbehandler) == (bare.tittel, bare.parter, bare.saksbehandler):
        return post
    return replace(post, skjerming=_skjerming([case.first], case.words, (_TITLE_ENTRY,)))


def hider(valued: Valued) -> Shield:
    """Takes everything that is shielded in the case out of a text."""
    return Shield(valued.words)


def _names(actors: set[str]) -> dict[str, str]:
    """The actors' names: people by theirs, rules as Ordskifte."""
    ids = {one.partition(":")[2]: one for one in actors if one.startswith("person:")}
    found = {f"person:{one}": name for one, name in Person.objects.filter(pk__in=ids).values_list("id", "name")}
    return {one: found.get(one, "Ordskifte") for one in actors if one}
