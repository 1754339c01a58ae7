"""A demand for access to documents (offentleglova §§ 3 and 28), or to one's own case (forvaltningsloven § 18).

Anyone may ask, in any channel, without a reason; the body must answer without undue delay (offentleglova § 29).
"""

from typing import Final

from ordskifte.language.signals.rule import Rule, phrases

INNSYN: Final = "Asks for access to documents: the Freedom of Information Act, sections 3 and 28, asks for no form."
DOCUMENTS: Final = "Asks to see or be sent the documents of a case, which is a demand for access without the word."

_ASKS_HOW = phrases(
    """
    hvordan|korleis|åssen|hvor|kvar ..4 innsyn|innsynskrav|innsynskravet|innsynsløysing*
    hvordan|korleis|hvor|kvar ..3 finner|finn|ligger|ligg|les|lese|leser
    how ..4 access|request
    innsynsloven|innsynsløysing|eindsyn|einnsyn ..3 ned|virker|fungerer
    takk ..4 innsyn*
    """
)
_SOMETHING_ELSE = phrases(
    """
    skjema|skjemaet|søknadsskjema*|brosjyre*|lenke|lenka|lenken|link|linken|program|programmet|timeplan*|rutetabell*|informasjon
    """
)
_PAPERS: Final = (
    "dokument*|saksdokument*|sakspapir*|saksmappe*|saksmapp*|papira|papirene|journal|journalen|journalene|journala|postlist*|korrespondanse*|brevveksling*|"
    "e-post*|epost*|kontrakt*|avtalen|avtala|avtalane|avtalene|rapporten|rapportane|rapportene|rapport|tilsynsrapport*|referat*|notat*|byggesaksmappe*|"
    "byggesaken|byggjesaka|byggesaksdokument*|byggetegning*|tegningene|teikningane|vedlegg*|søknadene|søkerlist*|søkarlist*|tilbudene|tilboda|anbud*|anbod*|innkjøpsdokument*|"
    "personalmappe*|mappa|mappen|mappene|saksgang*|saksframlegg*|vurderingen|vurderinga|vurderingene|vurderingane|brevet|brevene|breva|logg|loggen|loggene|kildekode*|regnskap*|rekneskap*|"
    "alt|fakturaer|fakturaene|fakturaane|bilag|bilaga|bilagene|utredningen|utgreiinga|varselbrev*|møtereferat*|søknaden|klagene|klagane|svarbrevet"
)

RULES: Final = (
    Rule(
        "innsynskrav.innsyn",
        INNSYN,
        phrases(
            """
            @ask ..5 innsyn|innsyns*|dokumentinnsyn|partsinnsyn
            bede|be|bed|be'r om ..3 innsyn
            krav|krever|krev|begjæring|begjærer|begjær|begjære|forespørsel|førespurnad|søknad|søker|anmod* ..3 om? ..1 innsyn
            innsynskrav
            innsynsbegjær*
            få|få|få|får|fått|gi|gje|gis|gjev ..3 innsyn ..2 i
            kan|kunne ..3 få ..3 innsyn
            innsyn i ..3 alle|alt|samtlige|dokument*|sak|saken|saka|byggesak*|byggjesak*|mappe*|mappa|journal*|korrespondanse*|e-post*|min|mi|vår|egen|eiga
            offentlegl*|offentlighetsl*|offentleglov*|offentligloven|offentlova|offentliglova|meroffentlighet|meirinnsyn|merinnsyn
            offl §|paragraf|3|28
            freedom of information
            foi|foia request|act
            access ..3 documents|files|records|correspondence|case|emails
            rett ..2 innsyn
            vil|ønsker|ønskjer ..2 ha|få ..2 innsyn
            innsyn ..3 takk
            < innsyn ..2 i
            """
        ),
        unless=_ASKS_HOW,
        kind="casework",
        weight=9,
        formal="innsynskrav",
        own_words=True,
    ),
    Rule(
        "innsynskrav.documents",
        DOCUMENTS,
        phrases(
            f"""
            oversend|oversende|utlever|utlevere|send|sende ..3 kopi|kopiar|kopier|utskrift
            kopi|kopiar|kopier ..3 av ..4 klager|klagene|klagar|søknader|søknadene|svar|svarene|møtebok|protokoll*|vedtak|vedtaket|avtaler
            vil|ønsker|ønskjer|gjerne|kan|får|krever ..3 se|sjå|lese|lest ..3 *papira|*papirene|*dokumenta|*dokumentene|*dokument|*rapporten|*kontrakten|*avtalen|*korrespondansen|*journalen|*referatene|*mappa
            få|få|få|får ..2 se|sjå|lese|sett|kopi|kopiar|kopier|utlevert|tilsendt|oversendt|tilgang|send|sendt|utskrift ..5 {_PAPERS}
            send|sende|oversend|oversende|utlever|utlevere|gi|gje ..3 meg|oss|mæ|me|over ..5 {_PAPERS}
            kopi|kopiar|kopier|utskrift ..3 av|frå|fra ..4 {_PAPERS}
            < send|oversend|utlever|gi|gje|vis|del|offentliggjør ..3 {_PAPERS}
            {_PAPERS} ..1 hit|takk|til ..1 meg|oss|mæ|>
            send|sende ..4 {_PAPERS} ..3 hit|tilbake|takk
            kan|kunne ..2 dere|de|dykk|noen|nokon|you ..3 sende|oversende|sendt|gi|gje|oversendt ..4 {_PAPERS}|listen|lista|oversikten|oversikta|tallene|tala
            alt|alle ..4 lagret|lagra|registrert|arkivert ..2 om|på
            hva|kva|ka ..3 dere|de|dykk|dokker ..3 har ..2 lagret|lagra|skrevet|skrive|registrert|notert ..2 om
            tilgang|adgang|innsikt ..2 til|i ..4 {_PAPERS}
            vil|ønsker|ønskjer|må|kan|får|gjerne|krever|krev ..4 se|sjå|lese|vite|vete|lesa|sjekke ..3 hva|kva|ka ..5 skrev|skreiv|skrevet|skrive|avtalt|avtala|skriftlig|skriftleg|korresponder*
            kan|får|kunne|vil|ville|gjerne|ønsker|ønskjer|krever|krev ..4 se|sjå|lese|lesa ..6 {_PAPERS}|kvitteringene|kvitteringane|kvitteringer|timelistene|timelistane|reiseregning*|lista|listen|tallene|tala
            hvem|kven|kem|hvilke ..2 søkte|søkt|søkjarar|søkere|søkarar ..3 stillingen|stillinga|jobben|stilling|direktørstilling*
            read|see|have|get|receive ..2 the|all|your|every ..3 correspondence|emails|documents|contract|minutes|records|letters
            show|give|send|provide ..3 me|us ..5 documents|emails|contract|records|minutes|report
            may|can|could|like ..3 see|have|get|receive ..5 documents|emails|contract|records|minutes|correspondence
            @ask|vil|ønsker ..4 {_PAPERS} ..4 utlevert|tilsendt|oversendt|sendt
            vil|ønsker|ønskjer|krever|krev ..2 se|sjå|lese|ha ..4 alle|alt|dokument*|saksdokument*|sakspapir*|papira|papirene|kontrakten|kontraktene|kontraktane|korrespondansen|rapporten|e-postane|e-postene
            alle|samtlige ..2 dokument*|saksdokument*|e-post*|brev ..6 saken|saka|sak|om|i|mellom|mellem|gjeld*|gjelder
            utlevert|tilsendt ..4 {_PAPERS}
            send ..2 saksdokument*|sakspapir*
            legg|legge|legger ..3 ut|fram|frem ..3 kontrakt*|avtalen|dokument*|rapporten|tallene|korrespondanse*
            copy|copies ..3 of ..4 documents|document|contract|report|file|files|emails|letter|letters|minutes|case
            send me ..4 documents|contract|report|file|files|emails|correspondence|minutes
            see ..3 documents|files|emails|correspondence
            """
        ),
        unless=(*_ASKS_HOW, *_SOMETHING_ELSE),
        kind="casework",
        weight=8,
        formal="innsynskrav",
        own_words=True,
    ),
)
