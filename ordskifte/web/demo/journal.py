"""The journal of Eksempel kommune: answered questions, what is shielded, a request for access, last year's delivery.

The journal of 2025 was in the body's case system; this year's is its own. The invented case system has answered for
one case: its receipt goes the way a real one does.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Final
from uuid import UUID

from ordskifte.archive import access, choosing, releasing
from ordskifte.archive.delivering import choice
from ordskifte.archive.delivery import Road, collect_receipts, deliver
from ordskifte.archive.delivery_documents import Press
from ordskifte.archive.journalling import journal
from ordskifte.archive.models import Delivery
from ordskifte.archive.shielding import shield
from ordskifte.base.home import Home, hand_over
from ordskifte.base.http import Door
from ordskifte.base.keys import Keys
from ordskifte.base.store import Store
from ordskifte.people.models import Person
from ordskifte.plan.working_time import OSLO
from ordskifte.records.keeping import Decided, keep
from ordskifte.records.models import JournalEntry, Period
from ordskifte.records.noark5.arkivmelding import KATALOG, KVITTERING
from ordskifte.records.pdfa.fonts import FOLDER
from ordskifte.records.pdfa.render import Fonts
from ordskifte.threads.models import Utterance, Version

LAST_YEAR: Final = datetime(2025, 1, 16, 9, 30, tzinfo=UTC)
BUS: Final = (
    "@eksempelkommune Bussen kjørte rett forbi",
    "Det skal ikke skje. Vi har ringt busselskapet",
    "Taxien er her. Takk. Men jeg vil ha svar.",
    "Sjåføren var ny og hadde ruta fra i fjor.",
)
NURSERY: Final = ("@eksempelkommune Min sønn er 4 år", "Hei, Fatima. Du kan klage innen tre uker")
WELFARE: Final = ("Kan jeg som lærer spørre dere om råd", "Ja. Det heter å drøfte anonymt")
HEARING: Final = ("A café with a language corner, please.",)
SNOW: Final = ("@eksempelkommune Det brøytes så fint", "Det høres ikke bra ut. Brøytekanten skal legges")


def fill_journal(*, home: Home, store: Store, keys: Keys, at: datetime) -> None:
    """All of it, once: what has been chosen since is left alone."""
    if choice() is not None:
        return
    archivist = Person.objects.get(email="marit.lunde@eksempel.example")
    by = f"person:{archivist.id}"
    _period(2025, "external")
    _period(at.astimezone(OSLO).year, "own")
    _enter(SNOW, by=by, at=LAST_YEAR)
    bus = _enter(BUS, by=by, at=at)
    nursery = _enter(NURSERY, by=by, at=at)
    _enter(WELFARE, by=by, at=at)
    _enter(HEARING, by=by, at=at)
    words = ["Min sønn er 4 år og har fått nei på barnehageplass i Fjellheim"]
    shield(nursery[0].record_id, field="words", words=words, basis="personal", by=by, at=at)
    shield(nursery[0].record_id, field="author", basis="personal", by=by, at=at)
    answer = bus[3]
    version = Utterance.objects.values_list("current_id", flat=True).get(pk=answer.record_id)
    releasing.release(answer.id, seen=releasing.digest_of([]), version_id=version, by=by, at=at)
    access.ask(
        entry_id=bus[0].id,
        words="Vi vil se hele samtalen om skolebussen i Ørnes.",
        name="Eksempelposten",
        email="redaksjonen@eksempelposten.example",
        language="nb",
        at=at,
    )
    _deliver(home, store, keys, at)
    choosing.choose(public=True, way="folder", address="", series="", secret="", codes={}, keys=keys, by=by, at=at)


def _period(year: int, kept: str) -> None:
    Period.objects.update_or_create(
        starts=date(year, 1, 1),
        defaults={"journal": kept},
        create_defaults={
            "title": f"Sosiale medier {year}",
            "ends": date(year, 12, 31),
            "journal": kept,
            "opened_at": datetime.combine(date(year, 1, 1), time(), OSLO),
            "opened_by": "system:demo",
        },
    )


def _enter(said: Sequence[str], *, by: str, at: datetime) -> list[JournalEntry]:
    """Decided and journalled, in the order given."""
    records = [_record(words) for words in said]
    decided = [
        Decided(
            record_id=one,
            record_kind="utterance",
            outcome="journal",
            handled=True,
            documents=True,
            reason="own_words",
            words="Del av saksbehandlingen.",
            rule="person",
            rule_version="2026-1",
            basis="arkivforskrifta § 14 første ledd",
        )
        for one in records
    ]
    keep(decided, by=by, at=at)
    return journal(records, by=by, at=at)


def _record(words: str) -> UUID:
    found = Version.objects.filter(text__startswith=words, utterance__channel__practice=False)
    return found.order_by("at").values_list("utterance_id", flat=True)[0]


def _deliver(home: Home, store: Store, keys: Keys, at: datetime) -> None:
    """Last year's case goes to the case system as files, and its receipt comes back."""
    choosing.choose(
        public=False,
        way="folder",
        address="",
        series="",
        secret="",
        codes={},
        keys=keys,
        by="system:demo",
        at=LAST_YEAR,
    )
    folder = home.path / "deliveries"
    with Door() as door:
        press = Press(store, keys, lambda: Fonts(home.path / FOLDER))
        road = Road(door=door, press=press, folder=folder, hand_over=hand_over)
        first, second = Delivery.objects.order_by("entry__number_in_case")[:2]
        deliver(first.id, road=road, clock=lambda: LAST_YEAR)
        _receipt(folder, first.entry)
        collect_receipts(road=road, at=LAST_YEAR)
        deliver(second.id, road=road, clock=lambda: at)


def _receipt(folder: Path, entry: JournalEntry) -> None:
    """As the invented case system writes it."""

    def key(id_: UUID) -> str:
        return (
            "<referanseEksternNoekkel><m:fagsystem>Ordskifte</m:fagsystem>"
            f"<m:noekkel>{id_}</m:noekkel></referanseEksternNoekkel>"
            "<opprettetEllerEksisterende>Opprettet</opprettetEllerEksisterende>"
        )

    path = folder / "inn" / f"{entry.id}.xml"
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<arkivmeldingKvittering xmlns="{KVITTERING}" xmlns:m="{KATALOG}"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        '<mappeKvittering xsi:type="saksmappeKvittering"><systemID>5d1c2c0e-7a4e-4d0e-9c55-2f1f6a0b8c11</systemID>'
        f"<mappeID>2025/118</mappeID>{key(entry.case_id)}"
        "<saksaar>2025</saksaar><sakssekvensnummer>118</sakssekvensnummer></mappeKvittering>"
        '<registreringKvittering xsi:type="journalpostKvittering">'
        f"<systemID>6e2d3d1f-8b5f-4e1f-8d66-3a2a7b1c9d22</systemID>{key(entry.id)}"
        "<journalaar>2025</journalaar><journalsekvensnummer>4102</journalsekvensnummer>"
        "<journalpostnummer>1</journalpostnummer></registreringKvittering></arkivmeldingKvittering>\n",
        encoding="utf-8",
    )
    hand_over(path)
