"""The small parts of units: shielding, disposal, remarks, parties, own metadata. Each gives its lines of XML."""

from collections.abc import Iterable
from typing import Final

from ordskifte.records.noark5.values import (
    Avskrivning,
    Kassasjon,
    Konvertering,
    Korrespondansepart,
    Merknad,
    Part,
    Skjerming,
    Traad,
    UtfoertKassasjon,
    Ytring,
)
from ordskifte.records.noark5.write.xml import code, day, leaf, moment, must, number, when

OWN: Final = "urn:ordskifte:some:1"
_ALLOWED: Final = {  # the lists of our own schema
    "innholdstype": {"innlegg", "kommentar", "svar", "melding", "omtale", "deling", "side", "handling"},
    "synlighet": {"alle", "følgere", "deltakere", "skjult", "fjernet"},
    "slettetAv": {"forfatteren", "organet", "plattformen", "ukjent", ""},
}


def skjerming(one: Skjerming | None, owner: object) -> str:
    if one is None:
        return ""
    return (
        "<skjerming>\n"
        + must("tilgangsrestriksjon", one.tilgangsrestriksjon, owner)
        + must("skjermingshjemmel", one.skjermingshjemmel, owner)
        + "".join(code("skjermingMetadata", value, owner) for value in one.skjerming_metadata or ("",))
        + (code("skjermingDokument", one.skjerming_dokument, owner) if one.skjerming_dokument else "")
        + number("skjermingsvarighet", one.skjermingsvarighet)
        + day("skjermingOpphoererDato", one.skjerming_opphoerer_dato)
        + "</skjerming>\n"
    )


def kassasjon(one: Kassasjon | None, owner: object) -> str:
    if one is None:
        return ""
    return (
        "<kassasjon>\n"
        + code("kassasjonsvedtak", one.kassasjonsvedtak, owner)
        + leaf("kassasjonshjemmel", one.kassasjonshjemmel)
        + number("bevaringstid", one.bevaringstid)
        + day("kassasjonsdato", one.kassasjonsdato)
        + "</kassasjon>\n"
    )


def utfoert_kassasjon(one: UtfoertKassasjon | None, owner: object) -> str:
    if one is None:
        return ""
    return (
        f"<utfoertKassasjon>\n<kassertDato>{moment(one.kassert_dato, owner)}</kassertDato>\n"
        f"{must('kassertAv', one.kassert_av, owner)}</utfoertKassasjon>\n"
    )


def merknader(all_: Iterable[Merknad], owner: object) -> str:
    return "".join(
        "<merknad>\n"
        + must("merknadstekst", one.merknadstekst, owner)
        + leaf("merknadstype", one.merknadstype)
        + when("merknadsdato", one.merknadsdato, owner)
        + must("merknadRegistrertAv", one.merknad_registrert_av, owner)
        + "</merknad>\n"
        for one in all_
    )


def parter(all_: Iterable[Part], owner: object) -> str:
    return "".join(
        "<part>\n"
        + leaf("partID", one.part_id)
        + must("partNavn", one.part_navn, owner)
        + must("partRolle", one.part_rolle, owner)
        + "</part>\n"
        for one in all_
    )


def korrespondanseparter(all_: Iterable[Korrespondansepart], owner: object) -> str:
    return "".join(
        "<korrespondansepart>\n"
        + code("korrespondanseparttype", one.korrespondanseparttype, owner)
        + must("korrespondansepartNavn", one.korrespondansepart_navn, owner)
        + leaf("administrativEnhet", one.administrativ_enhet)
        + leaf("saksbehandler", one.saksbehandler)
        + "</korrespondansepart>\n"
        for one in all_
    )


def avskrivninger(all_: Iterable[Avskrivning], owner: object) -> str:
    return "".join(
        "<avskrivning>\n"
        + day("avskrivningsdato", one.avskrivningsdato)
        + must("avskrevetAv", one.avskrevet_av, owner)
        + code("avskrivningsmaate", one.avskrivningsmaate, owner)
        + leaf("referanseAvskrivesAvJournalpost", _id(one.referanse_avskrives_av_journalpost))
        + "</avskrivning>\n"
        for one in all_
    )


def konverteringer(all_: Iterable[Konvertering], owner: object) -> str:
    return "".join(
        "<konvertering>\n"
        + when("konvertertDato", one.konvertert_dato, owner)
        + must("konvertertAv", one.konvertert_av, owner)
        + must("konvertertFraFormat", one.konvertert_fra_format, owner)
        + must("konvertertTilFormat", one.konvertert_til_format, owner)
        + leaf("konverteringsverktoey", one.konverteringsverktoey)
        + leaf("konverteringskommentar", one.konverteringskommentar)
        + "</konvertering>\n"
        for one in all_
    )


def traad(one: Traad | None, owner: object) -> str:
    if one is None:
        return ""
    return (
        "<virksomhetsspesifikkeMetadata>\n<s:samtale>\n"
        + must("s:plattform", one.plattform, owner)
        + leaf("s:instans", one.instans)
        + must("s:konto", one.konto, owner)
        + must("s:traadID", one.traad_id, owner)
        + leaf("s:permalenke", one.permalenke)
        + "</s:samtale>\n</virksomhetsspesifikkeMetadata>\n"
    )


def ytring(one: Ytring | None, owner: object) -> str:
    if one is None:
        return ""
    verified = {None: "", True: "true", False: "false"}[one.forfatter_verifisert]
    return (
        "<virksomhetsspesifikkeMetadata>\n<s:ytring>\n"
        + must("s:innleggID", one.innlegg_id, owner)
        + leaf("s:versjonID", _id(one.versjon_id))
        + leaf("s:foreldreID", one.foreldre_id)
        + leaf("s:permalenke", one.permalenke)
        + must("s:innholdstype", _from_list("innholdstype", one.innholdstype), owner)
        + must("s:synlighet", _from_list("synlighet", one.synlighet), owner)
        + leaf("s:forfatterPlattformID", one.forfatter_plattform_id)
        + leaf("s:forfatterVerifisert", verified)
        + when("s:publisertTidspunkt", one.publisert_tidspunkt, owner)
        + when("s:redigertTidspunkt", one.redigert_tidspunkt, owner)
        + when("s:slettetTidspunkt", one.slettet_tidspunkt, owner)
        + leaf("s:slettetAv", _from_list("slettetAv", one.slettet_av))
        + leaf("s:modereringshjemmel", one.modereringshjemmel)
        + leaf("s:maalform", one.maalform)
        + "".join(leaf("s:alternativTekst", value) for value in one.alternativ_tekst)
        + when("s:fangstTidspunkt", one.fangst_tidspunkt, owner)
        + must("s:fangstMetode", one.fangst_metode, owner)
        + must("s:raadataSHA256", one.raadata_sha256, owner)
        + number("s:hovedbokInnfoersel", one.hovedbok_innfoersel)
        + "</s:ytring>\n</virksomhetsspesifikkeMetadata>\n"
    )


def _from_list(name: str, value: str) -> str:
    """Empty when it is not in our schema's list, so that `must` says which element of whom is wrong."""
    return value if value in _ALLOWED[name] else ""


def _id(value: object) -> str:
    return str(value) if value else ""
