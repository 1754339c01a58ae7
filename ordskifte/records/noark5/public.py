"""What the public sees of a journal entry: shielded words as *****, neutral titles, and names for twelve months.

Shielding holds for the whole entry: a word that the entry, its case, its class or one of its documents shields is taken
out of every text field, whichever field it was meant for. So is the name of a party whose name is shielded.

Names of natural persons may be searched for in public through the same date next year (offentlegforskrifta § 6).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from ordskifte.records.noark5.values import Journalpost, Klasse, Korrespondansepart, Saksmappe, Skjerming

HIDDEN: Final = "*****"
_SENDERS: Final = {"Avsender", "Intern avsender"}
_RECEIVERS: Final = {"Mottaker", "Kopimottaker", "Gruppemottaker", "Intern mottaker"}
_EVERYTHING: Final = "Midlertidig skjerming"
_FIRST_LINE: Final = "unntatt første linje"


def last_searchable(journaldato: date) -> date:
    """The last day a natural person's name may be searched for: the same date next year.

    29 February has no such date; the name then goes on the last day of February.
    """
    try:
        return journaldato.replace(year=journaldato.year + 1)
    except ValueError:
        return journaldato.replace(year=journaldato.year + 1, day=28)


def name_is_searchable(journaldato: date, on: date) -> bool:
    """Whether names of natural persons in an entry may be found in public on a day."""
    return on <= last_searchable(journaldato)


@dataclass(frozen=True, slots=True)
class PublicParty:
    korrespondanseparttype: str
    korrespondansepart_navn: str
    fysisk_person: bool


@dataclass(frozen=True, slots=True)
class PublicEntry:
    """One entry as the public may see it. `..._uten_navn` have no name of a natural person either."""

    system_id: str
    registrerings_id: str
    klasse_id: str
    klasse_tittel: str
    mappe_id: str
    saksaar: int
    sakssekvensnummer: int
    sakstittel: str
    sakstittel_uten_navn: str
    saksansvarlig_enhet: str
    saksansvarlig: str
    journalaar: int
    journalsekvensnummer: int
    journalpostnummer: int
    journalposttype: str
    tittel: str
    tittel_uten_navn: str
    journaldato: date
    dokumentets_dato: date | None
    avskrivningsdato: date | None
    avskrivningsmaate: str
    avskrives_av: str
    administrativ_enhet: str
    saksbehandler: str
    tilgangsrestriksjon: str
    skjermingshjemmel: str
    parter: tuple[PublicParty, ...]


def public_entry(
    post: Journalpost, sak: Saksmappe, klasse: Klasse | None = None, *, on: date | None = None
) -> PublicEntry:
    """The entry without what is shielded. With `on`, as that day's search may find it: without old names."""
    hide = Shield.of(post, sak, klasse)
    bare = hide.and_names(_persons(post, sak))
    seen = bare if on is not None and not name_is_searchable(post.journaldato, on) else hide
    written_off = post.avskrivninger[0] if post.avskrivninger else None
    skjerming = post.skjerming
    answered_by = written_off.referanse_avskrives_av_journalpost if written_off else None
    return PublicEntry(
        system_id=str(post.system_id),
        registrerings_id=seen(post.registrerings_id),
        klasse_id=_class_text(klasse, "Skjerming klasseID", klasse.klasse_id if klasse else "", seen),
        klasse_tittel=_class_text(klasse, "Skjerming tittel klasse", klasse.tittel if klasse else "", seen),
        mappe_id=seen(sak.mappe_id),
        saksaar=sak.saksaar,
        sakssekvensnummer=sak.sakssekvensnummer,
        sakstittel=_title(sak.tittel, sak.offentlig_tittel, sak.skjerming, "mappe", seen),
        sakstittel_uten_navn=_title(sak.tittel, sak.offentlig_tittel, sak.skjerming, "mappe", bare),
        saksansvarlig_enhet=seen(sak.administrativ_enhet),
        saksansvarlig=seen(sak.saksansvarlig),
        journalaar=post.journalaar,
        journalsekvensnummer=post.journalsekvensnummer,
        journalpostnummer=post.journalpostnummer,
        journalposttype=post.journalposttype,
        tittel=_title(post.tittel, post.offentlig_tittel, post.skjerming, "registrering", seen),
        tittel_uten_navn=_title(post.tittel, post.offentlig_tittel, post.skjerming, "registrering", bare),
        journaldato=post.journaldato,
        dokumentets_dato=post.dokumentets_dato,
        avskrivningsdato=written_off.avskrivningsdato if written_off else None,
        avskrivningsmaate=seen(written_off.avskrivningsmaate) if written_off else "",
        avskrives_av=str(answered_by) if answered_by else "",
        administrativ_enhet=seen(post.administrativ_enhet),
        saksbehandler=seen(post.saksbehandler),
        tilgangsrestriksjon=seen(skjerming.tilgangsrestriksjon) if skjerming else "",
        skjermingshjemmel=seen(skjerming.skjermingshjemmel) if skjerming else "",
        parter=tuple(_party(one, post.skjerming, seen) for one in post.korrespondanseparter),
    )


def public_title(title: str, neutral: str, skjerming: Skjerming | None, what: str, hide: "Shield") -> str:
    """The public title of a `mappe` or `registrering`."""
    return _title(title, neutral, skjerming, what, hide)


class Shield:
    """Takes words out of a text, however they are spaced and in whatever case, and says ***** instead."""

    __slots__ = ("_pattern", "_words")

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(filter(None, (" ".join(_plain(word).split()) for word in words)))
        longest_first = sorted(self._words, key=lambda word: (-len(word), word))
        joined = "|".join(r"\s+".join(map(re.escape, word.split(" "))) for word in longest_first)
        self._pattern = re.compile(joined, re.IGNORECASE) if joined else None

    @classmethod
    def of(cls, post: Journalpost, sak: Saksmappe | None = None, klasse: Klasse | None = None) -> "Shield":
        """Of one entry, with the case and the class it stands in."""
        return cls(_words(post, sak, klasse))

    def and_names(self, names: Iterable[str]) -> "Shield":
        more = [name for name in names if name.strip()]
        return Shield([*self._words, *more]) if more else self

    def __call__(self, text: str) -> str:
        if self._pattern is None or not text:
            return text
        return self._pattern.sub(HIDDEN, _plain(text))

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where in the text, as NFC has it, words are taken out: (start, length)."""
        if self._pattern is None or not text:
            return []
        return [(one.start(), one.end() - one.start()) for one in self._pattern.finditer(_plain(text))]


def _plain(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _words(post: Journalpost, sak: Saksmappe | None, klasse: Klasse | None) -> Iterator[str]:
    for skjerming in (post.skjerming, sak.skjerming if sak else None, klasse.skjerming if klasse else None):
        if skjerming:
            yield from skjerming.ord
    for dokument in post.dokumentbeskrivelser:
        if dokument.skjerming:
            yield from dokument.skjerming.ord
            if "Skjerming tittel dokumentbeskrivelse" in _codes(dokument.skjerming) and not dokument.skjerming.ord:
                yield dokument.tittel
    for part in post.korrespondanseparter:
        if is_name_shielded(part, post.skjerming):
            yield part.korrespondansepart_navn
    if sak and sak.skjerming and _codes(sak.skjerming) & {"Skjerming navn part i sak", _EVERYTHING}:
        yield from (part.part_navn for part in sak.parter)


def _persons(post: Journalpost, sak: Saksmappe) -> Iterator[str]:
    yield from (part.korrespondansepart_navn for part in post.korrespondanseparter if part.fysisk_person)
    yield from (part.part_navn for part in (*post.parter, *sak.parter) if part.fysisk_person)


def _codes(skjerming: Skjerming) -> set[str]:
    return set(skjerming.skjerming_metadata)


def is_name_shielded(part: Korrespondansepart, skjerming: Skjerming | None) -> bool:
    """Whether a party's name is shielded by its entry."""
    if skjerming is None:
        return False
    codes = _codes(skjerming)
    return (
        _EVERYTHING in codes
        or ("Skjerming navn avsender" in codes and part.korrespondanseparttype in _SENDERS)
        or ("Skjerming navn mottaker" in codes and part.korrespondanseparttype in _RECEIVERS)
    )


def _party(part: Korrespondansepart, skjerming: Skjerming | None, seen: Shield) -> PublicParty:
    name = HIDDEN if is_name_shielded(part, skjerming) else seen(part.korrespondansepart_navn)
    return PublicParty(part.korrespondanseparttype, name, part.fysisk_person)


def _title(title: str, neutral: str, skjerming: Skjerming | None, what: str, hide: Shield) -> str:
    """A neutral title where one is given; else the title, cut where the shielding says so, without shielded words."""
    codes = _codes(skjerming) if skjerming else set()
    if neutral:
        return hide(neutral)
    if _EVERYTHING in codes:
        return HIDDEN
    if f"Skjerming tittel {what} - {_FIRST_LINE}" in codes:
        first, more, _rest = title.partition("\n")
        return hide(first) + (f" {HIDDEN}" if more else "")
    if f"Skjerming tittel {what} - utvalgte ord" in codes and skjerming is not None and not skjerming.ord:
        return HIDDEN  # which words is not said: none of them is shown
    return hide(title)


def _class_text(klasse: Klasse | None, code: str, text: str, hide: Shield) -> str:
    if klasse is not None and klasse.skjerming and _codes(klasse.skjerming) & {code, _EVERYTHING}:
        return HIDDEN
    return hide(text)
