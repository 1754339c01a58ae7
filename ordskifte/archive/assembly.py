"""From rows to the standard's values: a case, an entry, a record, their remarks and changes.

Ids in a package: a record is its own `record_id`, a case its `Case.id`, a thread that is only archived `mappe_id`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from ordskifte.archive.document import first_words, ground_words, local, platform, title_of
from ordskifte.archive.journal_values import CaseShield
from ordskifte.archive.records_of import RecordOf
from ordskifte.archive.standard_words import (
    CLOSED_HOW,
    CONTENT_KINDS,
    ENTRY_KINDS,
    PARTY_KINDS,
    VISIBILITIES,
    skjerming,
)
from ordskifte.base.ids import derived_text
from ordskifte.plan.working_time import OSLO
from ordskifte.records.models import Case, JournalEntry, KeepDecision, Party, RecordClass, Shielding
from ordskifte.records.noark5 import values

SYSTEM = "Ordskifte"
NOBODY = "Ukjent"


def mappe_id(thread_id: UUID) -> UUID:
    """systemID of the mappe of a thread that is archived and in no case."""
    return UUID(derived_text(str(thread_id), "m", "mappe"))


@dataclass(frozen=True, slots=True)
class Around:
    """What an entry or a record needs beside itself. Names are of persons, by actor."""

    names: Mapping[str, str] = field(default_factory=dict)
    shieldings: Sequence[Shielding] = ()
    in_case: CaseShield | None = None  # of a case: what any of its entries shields, which holds for all of them
    parties: Sequence[Party] = ()
    decisions: Sequence[KeepDecision] = ()  # oldest first
    answered_by: UUID | None = None  # the record that answered
    parent_kept: bool = False
    language: str = "nb"
    body: str = ""

    def name(self, actor: str) -> str:
        return self.names.get(actor) or SYSTEM


def registrering(
    record: RecordOf,
    around: Around,
    *,
    archived_at: datetime,
    archived_by: str,
    documents: tuple[values.Dokumentbeskrivelse, ...] = (),
    remarks: tuple[values.Merknad, ...] = (),
) -> values.Registrering:
    """An utterance that is archived and has no entry, or none with a number."""
    return values.Registrering(
        **_common(record, around, archived_at, archived_by, documents, remarks),
        skjerming=skjerming(around.shieldings, kind="out" if record.ours else "in", title=title_of(record))
        if around.shieldings
        else None,
    )


def journalpost(
    entry: JournalEntry,
    record: RecordOf,
    around: Around,
    *,
    documents: tuple[values.Dokumentbeskrivelse, ...] = (),
    remarks: tuple[values.Merknad, ...] = (),
    status: str = "Arkivert",
) -> values.Journalpost:
    """An entry. Its numbers are those of the body's journal, ours or the case system's; 0 where it has none yet."""
    common = _common(record, around, entry.registered_at, entry.registered_by, documents, remarks)
    if record.erased_at is None or record.record_kind != "utterance":
        common["tittel"] = entry.title
    public = entry.public_title if any(one.field in ("title", "whole") for one in around.shieldings) else ""
    written_off: tuple[values.Avskrivning, ...] = ()
    if entry.closed_on is not None:
        written_off = (
            values.Avskrivning(
                avskrivningsdato=entry.closed_on,
                avskrevet_av=around.name(entry.closed_by),
                avskrivningsmaate=CLOSED_HOW.get(entry.closed_how, "Tatt til etterretning"),
                referanse_avskrives_av_journalpost=around.answered_by,
            ),
        )
    own = next((one for one in around.parties if one.unit_name or one.person_name), None)
    return values.Journalpost(
        **common,
        offentlig_tittel=public,
        skjerming=skjerming(around.shieldings, kind=entry.kind, title=entry.title),
        korrespondanseparter=_parties(entry, record, around),
        journalaar=entry.year or entry.external_year or entry.journal_date.year,
        journalsekvensnummer=entry.number or entry.external_number or 0,
        journalpostnummer=entry.external_number_in_case or entry.number_in_case,
        journalposttype=ENTRY_KINDS.get(entry.kind, ENTRY_KINDS["internal"]),
        journalstatus="Utgår" if entry.status == "cancelled" else status,
        journaldato=entry.journal_date,
        dokumentets_dato=entry.document_date,
        mottatt_dato=entry.received_at,
        sendt_dato=entry.sent_at,
        offentlighetsvurdert_dato=entry.assessed_on,
        administrativ_enhet=own.unit_name if own else "",
        saksbehandler=own.person_name if own else "",
        avskrivninger=written_off,
    )


def has_numbers(case: Case, entry: JournalEntry) -> bool:
    """Whether case and entry have the numbers of a journal, ours or the case system's."""
    return bool((case.number or case.external_number) and (entry.number or entry.external_number))


def saksmappe(
    case: Case,
    around: Around,
    *,
    registreringer: Any = (),
    closed_at: datetime,
    traad: values.Traad | None = None,
    remarks: tuple[values.Merknad, ...] = (),
    closed: bool = True,
) -> values.Saksmappe:
    """A case with its numbers. `closed`: as a deposit wants it; else with the status it has."""
    hidden = _hidden_in_case(case, around)
    shown = case.public_title if any(one.field in ("title", "whole") for one in around.shieldings) else ""
    open_as = {"closed": "Avsluttet", "cancelled": "Utgår"}.get(
        case.status, "Avsluttet" if closed else "Under behandling"
    )
    return values.Saksmappe(
        system_id=case.id,
        mappe_id=case.called or str(case.id),
        tittel=case.title,
        offentlig_tittel=shown,
        opprettet_dato=case.made_at,
        opprettet_av=around.name(case.made_by),
        avsluttet_dato=max(case.closed_at or closed_at, case.made_at),
        avsluttet_av=around.name(case.closed_by) if case.closed_at else SYSTEM,
        registreringer=registreringer,
        traad=traad,
        merknader=remarks,
        kassasjon=kassasjon(case.record_class, case.closed_at or closed_at),
        skjerming=hidden,
        saksaar=case.year or case.external_year or case.opened_on.year,
        sakssekvensnummer=case.number or case.external_number or 0,
        saksdato=case.opened_on,
        administrativ_enhet=case.unit_name or around.body,
        saksansvarlig=case.responsible or NOBODY,
        saksstatus=open_as,
    )


def _hidden_in_case(case: Case, around: Around) -> values.Skjerming | None:
    """What the case shields, and the words and names that any of its entries shields: they stand in none of them."""
    hidden = skjerming(around.shieldings, title=case.title, about="mappe")
    inside = around.in_case
    if inside is None or inside.first is None or not inside.words:
        return hidden
    if hidden is None:
        theirs = skjerming([inside.first], about="mappe")
        assert theirs is not None
        hidden = replace(theirs, skjerming_metadata=("Skjerming tittel mappe - utvalgte ord",), ord=())
    return replace(hidden, ord=tuple(dict.fromkeys((*hidden.ord, *inside.words))))


def mappe(
    system_id: UUID,
    title: str,
    around: Around,
    *,
    registreringer: Any,
    opened_at: datetime,
    closed_at: datetime,
    traad: values.Traad | None,
    record_class: RecordClass | None = None,
    remarks: tuple[values.Merknad, ...] = (),
    called: str = "",
) -> values.Mappe:
    """A thread that is archived only, or a case that has no number yet."""
    return values.Mappe(
        system_id=system_id,
        mappe_id=called or str(system_id),
        tittel=title,
        opprettet_dato=opened_at,
        opprettet_av=SYSTEM,
        avsluttet_dato=max(closed_at, opened_at),
        avsluttet_av=SYSTEM,
        registreringer=registreringer,
        traad=traad,
        merknader=remarks,
        kassasjon=kassasjon(record_class, closed_at),
        skjerming=skjerming(around.shieldings, title=title, about="mappe"),
    )


def traad_of(record: RecordOf) -> values.Traad:
    """Own metadata of the thread a record stands in."""
    channel = record.channel
    top = record.external_id if record.thread_id == record.utterance_id else str(record.thread_id)
    instance = channel.url.split("/")[2] if channel.url.count("/") > 1 else ""
    return values.Traad(
        plattform=platform(channel.kind),
        konto=channel.account or channel.handle or channel.name,
        traad_id=top,
        instans=instance,
        permalenke=_permalink(record) if record.thread_id == record.utterance_id else "",
    )


def kassasjon(record_class: RecordClass | None, closed_at: datetime) -> values.Kassasjon | None:
    """When a class is not kept for ever: from the year after the case or the period was closed."""
    if record_class is None or record_class.keep or record_class.years is None:
        return None
    year = closed_at.astimezone(OSLO).year + record_class.years + 1
    return values.Kassasjon(
        kassasjonsvedtak="Kasseres",
        bevaringstid=record_class.years,
        kassasjonsdato=date(year, 1, 1),
        kassasjonshjemmel=record_class.legal_basis,
    )


def klasse(one: RecordClass, language: str, mapper: Any = ()) -> values.Klasse:
    return values.Klasse(
        system_id=one.id,
        klasse_id=one.code,
        tittel=one.names.get(language) or one.names.get("nb") or one.code,
        beskrivelse=one.description,
        opprettet_dato=one.valid_from,
        opprettet_av=SYSTEM,
        mapper=mapper,
    )


def ytring(record: RecordOf) -> values.Ytring | None:
    """Own metadata of an utterance; none when its content is erased, with its digest."""
    version = record.standing
    if record.record_kind != "utterance" or version is None or not version.raw_digest:
        return None
    measures = [one for one in record.measures if one.state == "done" and one.kind in ("hide", "remove")]
    removed = next((one for one in measures if one.kind == "remove"), None)
    kind = "side" if record.kind == "page" else CONTENT_KINDS.get(record.kind, "innlegg")
    seen = (
        "skjult"
        if measures and removed is None
        else "fjernet"
        if removed
        else VISIBILITIES.get(version.visibility, "alle")
    )
    deleted = record.deleted_at or (removed.done_at if removed else None)
    return values.Ytring(
        innlegg_id=record.external_id or str(record.record_id),
        innholdstype=kind,
        synlighet=seen,
        publisert_tidspunkt=record.published or record.said_at,
        fangst_tidspunkt=version.seen,
        fangst_metode=f"{platform(record.channel.kind)}, Ordskifte",
        raadata_sha256=version.raw_digest,
        versjon_id=version.id,
        foreldre_id=record.parent_external_id,
        permalenke=_permalink(record),
        forfatter_plattform_id=record.author_account,
        redigert_tidspunkt=version.edited,
        slettet_tidspunkt=deleted,
        slettet_av="" if deleted is None else "organet" if removed else "forfatteren" if not record.ours else "ukjent",
        modereringshjemmel=ground_words(measures[-1], "nb") if measures else "",
        maalform=_language(version.language),
        alternativ_tekst=tuple(one.alt for one in version.attachments if one.alt),
        hovedbok_innfoersel=version.entry,
    )


_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")


def _language(declared: str) -> str:
    """As xs:language takes it; "" when it is no language tag."""
    return declared if _LANGUAGE.fullmatch(declared) else ""


def _permalink(record: RecordOf) -> str:
    version = record.standing
    return version.permalink if version else ""


def _common(
    record: RecordOf,
    around: Around,
    archived_at: datetime,
    archived_by: str,
    documents: tuple[values.Dokumentbeskrivelse, ...],
    remarks: tuple[values.Merknad, ...],
) -> dict[str, Any]:
    return {
        "system_id": record.record_id,
        "tittel": title_of(record),
        "opprettet_dato": record.first_seen,
        "opprettet_av": SYSTEM,
        "arkivert_dato": max(archived_at, record.first_seen),
        "arkivert_av": around.name(archived_by),
        "registrerings_id": str(record.record_id),
        "forfatter": (record.author_name,) if record.author_name and record.record_kind == "utterance" else (),
        "ytring": ytring(record),
        "merknader": (*_remarks(record, around), *remarks),
        "svar_paa": (record.parent_id,) if record.parent_id and around.parent_kept else (),
        "dokumentbeskrivelser": documents,
    }


def _remarks(record: RecordOf, around: Around) -> Iterator[values.Merknad]:
    """What was done to an utterance, and why it was kept."""
    for one in record.measures if record.record_kind == "utterance" else ():
        what = {"hide": "Skjult", "remove": "Fjernet", "block": "Kontoen blokkert"}.get(one.kind, one.kind)
        at = one.done_at or one.made_at
        text = f"{what} {local(at)}. Punkt i reglene: {ground_words(one, 'nb')}. {one.facts}".strip()
        yield values.Merknad(
            merknadstekst=text,
            merknadsdato=at,
            merknad_registrert_av=one.by or SYSTEM,
            merknadstype="Merknad fra saksbehandler",
        )
    if around.decisions:
        last = around.decisions[-1]
        words = {"journal": "Journalføres", "archive": "Arkiveres"}.get(last.outcome, "Holdes utenfor")
        why = f" {last.words}" if last.words else ""
        yield values.Merknad(
            merknadstekst=f"{words}. Regel {last.rule} ({last.rule_version}), {last.basis or 'uten hjemmel'}.{why}",
            merknadsdato=last.at,
            merknad_registrert_av=around.name(last.by),
            merknadstype="Merknad fra arkivansvarlig",
        )


def _parties(entry: JournalEntry, record: RecordOf, around: Around) -> tuple[values.Korrespondansepart, ...]:
    found = tuple(
        values.Korrespondansepart(
            korrespondanseparttype=PARTY_KINDS.get(one.kind, "Avsender"),
            korrespondansepart_navn=one.name or NOBODY,
            fysisk_person=one.natural,
            administrativ_enhet=one.unit_name,
            saksbehandler=one.person_name,
        )
        for one in around.parties
    )
    if found:
        return found
    kind = {"in": "Avsender", "out": "Avsender", "internal": "Intern avsender"}[entry.kind]
    name = record.author_name if entry.kind == "in" else around.body
    return (
        values.Korrespondansepart(
            korrespondanseparttype=kind, korrespondansepart_navn=name or NOBODY, fysisk_person=entry.kind == "in"
        ),
    )


# -- changes


def changes_of(record: RecordOf, around: Around, entry: JournalEntry | None) -> Iterator[values.Endring]:
    """Edits, deletion, decisions raised, shielding, writing off: old value and new, who and when."""
    said = record.said if record.record_kind == "utterance" else ()
    for number, version in enumerate(said[1:], start=2):
        yield _change(record.record_id, "versjonsnummer", version.seen, SYSTEM, str(number - 1), str(number))
    if record.deleted_at and record.record_kind == "utterance":
        at = record.deleted_at
        yield _change(record.record_id, "slettetTidspunkt", at, SYSTEM, "Ikke slettet på plattformen", local(at))
    for before, after in zip(around.decisions, around.decisions[1:], strict=False):
        yield _change(
            record.record_id, "registreringstype", after.at, around.name(after.by), _kept(before), _kept(after)
        )
    for one in around.shieldings:
        basis = f"{one.restriction}, {one.basis}"
        yield _change(record.record_id, "skjerming", one.at, around.name(one.by), "Ikke skjermet", basis)
    for measure in record.measures if record.record_kind == "utterance" else ():
        now = {"hide": "skjult", "remove": "fjernet"}.get(measure.kind)
        if now and measure.done_at:
            yield _change(record.record_id, "synlighet", measure.done_at, measure.by or SYSTEM, "alle", now)
        if now and measure.done_at and measure.ended_at:
            yield _change(record.record_id, "synlighet", measure.ended_at, measure.by or SYSTEM, now, "alle")
    if entry is not None and entry.closed_on is not None:
        at = datetime.combine(entry.closed_on, time(12), OSLO)
        by = around.name(entry.closed_by)
        yield _change(record.record_id, "avskrivningsdato", at, by, "Ikke avskrevet", entry.closed_on.isoformat())


def closing_of_case(case: Case, around: Around, closed_at: datetime) -> values.Endring:
    """The change that closing a case is: by a person, or by the export's rule."""
    by = around.name(case.closed_by) if case.closed_at else SYSTEM
    at = max(case.closed_at or closed_at, case.made_at)
    return _change(
        case.id, "saksstatus", at, by, "Under behandling", "Utgår" if case.status == "cancelled" else "Avsluttet"
    )


def _kept(one: KeepDecision) -> str:
    return {"journal": "journalpost", "archive": "registrering"}.get(one.outcome, "holdt utenfor arkivet")


def _change(unit: UUID, what: str, at: datetime, by: str, before: str, after: str) -> values.Endring:
    return values.Endring(
        referanse_arkivenhet=unit,
        referanse_metadata=what,
        endret_dato=at,
        endret_av=by,
        tidligere_verdi=before,
        ny_verdi=after,
    )


def folder_title(record: RecordOf) -> str:
    """The title of a thread's mappe."""
    return first_words(record.thread_title) or f"{record.channel.name}"
