"""Casework: a matter of the writer's own, or of someone near, that the body handles or is asked to handle.

It belongs in the case and not in the open thread: the desk says where to go (forvaltningsloven § 11) and keeps it.
"""

from typing import Final

from ordskifte.language.signals.rule import Rule, phrases

NUMBER: Final = "Names the number of a case, a reference or an application as the writer's own."
OWN: Final = "Speaks of the writer's own case, application, appointment or payment."
ACT: Final = "Takes a step in a case: applies, withdraws, confirms, sends what was asked for, reports a change."
PARTY: Final = "Says that the writer is party, neighbour or next of kin in a case."
REFUSED: Final = "Tells that the writer was refused, or got a decision."

_OWN_THING: Final = (
    "saken|saka|sak|søknad|søknaden|søknaden|søknader|klagen|klaga|vedtaket|vedtak|byggesaken|byggesak|byggjesaka|byggjesak|timen|time|timane|plassen|plass|barnehageplass*|skoleplass*|skuleplass*|sykehjemsplass*|sjukeheimsplass*|leiligheten|leilegheita|kommunalbolig*|"
    "kommunal|bolig|bustad|støtten|stønaden|stønad|utbetaling*|sosialhjelp*|bostøtte*|bustøtte*|startlån*|saksbehandler*|sakshandsamar*|sakshandsamaren|kontaktperson*|fakturaen|faktura|refusjon*|mappa|mappen|henvisning*|tilvising*|tilvisinga|skjema|papirene|papira|"
    "byggesøknad*|byggjesøknad*|omsorgslønn*|omsorgsstønad*|bpa|støttekontakt*|tt-kort*|parkeringskort*|parkeringsløyve*|skilsmisse*|pass|oppmåling*|deling|nabovarsel*|nabovarselet|eiendom|eigedom|tomt|tomta|gnr|abonnement*|renovasjonsabonnement*|vannmåler*|application|case|permit|appointment|benefit|benefits|housing|claim"
)

RULES: Final = (
    Rule(
        "casework.number",
        NUMBER,
        phrases(
            """
            sak|saken|saka|saksnr|saksnummer|saksnummeret|ref|referanse|referansenr|referansenummer|ref.nr|søknadsnummer|søknadsnr|arkivsak|arkivsaksnr|journalnr|dok.nr|løpenr|saksid|case|reference ..3 *0|*1|*2|*3|*4|*5|*6|*7|*8|*9
            """
        ),
        kind="casework",
        weight=2.0,
        most=1,
    ),
    Rule(
        "casework.own",
        OWN,
        phrases(
            f"""
            *søknaden|*søknad|*saken|*saka|*klagen|*klaga|*løyvet|*tillatelsen|*løyve|*bevillingen|*attesten|*stønaden|*støtta|*støtten|*lånet|*plassen|*vedtaket|*timen|*avtalen|*avtala|*abonnementet|*fakturaen|*henvisningen|*skjemaet|*tiltakene|*tiltaka|*oppmålingen|*oppmålinga|*oppsigelsen|*refusjonen|*kortet|*skyssen ..1 min|mi|mitt|mine|vår|vårt|våre
            min|mi|mitt|mine|vår|vårt|våre ..2 *søknad|*sak|*klage|*løyve|*tillatelse|*bevilling|*attest|*stønad|*støtte|*lån|*plass|*vedtak|*abonnement|*skjema
            @iwe ..3 sendt|sendte|sende|levert|leverte|levererte|søkte|søkt|betalt|betalte ..2 inn? ..3 søknad*|skjema*|papir*|meld*|klage|anke|legeerklæring*|dokument*|depositum|gebyr*|*søknad|*skjema
            *søknad|*søknaden|byggesøknad*|søknad|saksnr|sak ..3 mangler|manglar|trenger|komplett|behandla|behandlet|ferdig|registrert|motteke|mottatt
            innkalling|innkalt|kalt ..2 inn? ..2 til ..4 møte|samtale|time|intervju|kontroll|kartlegging
            hvem|kven ..3 følger|følgjer|har|behandler|handsamar|retter|overtar ..2 opp? ..2 saken|saka|søknaden|sakene|den
            @not ..2 kontakt ..2 med ..4 barnevern*|nav|saksbehandler*|sakshandsamar*|byggesak*|ppt|kommunen|verge*
            *søknaden|*saken|*saka|søknad|saken|saka ..3 @my|til ..2 @kin
            søknad*|saken|saka|timen|plassen|vedtak* ..2 for|til|om ..4 @kin
            behandlet|behandla|handsama|sett|ferdig|godkjent|registrert ..4 *søknaden|*saken|*saka|*klagen|*søknad ..2 vår|min|mi
            har ..3 @body|dere|de ..3 behandlet|behandla|handsama|fått|mottatt|motteke|registrert ..6 vår|min|mi|mitt|vårt|frå|fra|jeg|eg
            saken|saka|sak|søknad|søknaden|klagen|klaga|vedtaket|byggesaken|byggesak|byggjesaka|timen|timane|plassen|skoleplassen|skuleplassen|barnehageplassen|sykehjemsplassen|leiligheten|leilegheita|støtten|stønaden|utbetalingen|utbetalinga|sosialhjelpa|sosialhjelpen|bostøtta|bustøtta|startlånet|saksbehandleren|sakshandsamaren|kontaktpersonen|fakturaen|mappa|mappen|henvisningen|tilvisinga|nabovarselet|byggesøknaden|byggjesøknaden|omsorgslønna|skattekortet|parkeringskortet|attesten|papirene|papira|skjemaet|omsorgsstønaden ..1 min|mi|mitt|mine|vår|vårt|våre|til
            min|mi|mitt|mine|vår|vårt|våre|my|our ..2 {_OWN_THING}
            saken|søknaden|klagen|case|application|søknad ..2 for|til|of ..1 @kin|meg|mor|far
            @iwe ..3 søkt|søkte|søker|søkjer|søkt|applied ..3 om|på|for
            har|hadde ..1 jeg|eg|vi|me|æ ..3 søkt|fått|sendt|betalt|levert
            @iwe ..2 har|sendte|leverte|sende|sendt ..4 søknad|søknaden|skjema|skjemaet|klage|papirer|papira|dokumentasjon|byggesøknad*|legeerklæring|meldekort|henvisning|tilvising|application|anke
            når|hvor|hva|kva|kvar|korleis|hvordan|korfor|hvorfor|kvifor ..6 saken|saka|søknad*|søknaden|vedtaket|klagen|utbetal*|plassen|svar|time ..3 min|mi|mitt|vår|vårt|mine|våre|på
            får|fått|fikk|fekk|kommer|kjem ..3 jeg|eg|vi|me|æ ..4 svar|vedtak|pengene|pengane|utbetal*|plass|time|støtte|stønad
            når|goas ..2 får|kommer|kjem ..2 jeg|eg|vi|me|æ
            hvor|kor ..1 langt|lang|lenge ..4 saken|saka|søknaden|klagen|byggesaken|behandlinga|behandlingen
            status ..2 på|i|for|of|on
            min|vår ..1 saksbehandler|sakshandsamar
            flytte|flytta|endre|endra|avbestille|avlyse|bestille|utsette ..3 timen|time|timane|avtalen|avtala|møtet|samtalen ..3 min|mi|vår|til|hos|på
            utsette|utsettelse|utsetting|betalingsutsettelse|avdrag*|nedbetaling*|betalingsavtale*
            @iwe ..1 fikk|fekk|har|mottok ..3 nabovarsel*|faktura*|skjema*|purring*|innkalling*
            nabovarsel*|vedtak*|brev*|skjema*|fakturaen|innkalling* ..2 @iwe ..1 fikk|fekk|har|mottok
            @kin ..3 har|fikk|fekk|fått ..3 søkt|vedtak|plass|avslag
            my ..2 application|case|permit|appointment|benefits|claim
            @iwe ..2 venter|ventar|venta|ventet ..2 på ..3 svar|vedtak|plass|byggesak*|tillatelse|løyve|avgjørelse|avgjerd|behandling|time|omsorgsbolig|bolig|bustad
            """
        ),
        kind="casework",
        weight=3.2,
        most=2,
    ),
    Rule(
        "casework.act",
        ACT,
        phrases(
            """
            oppdater|oppdatere|endre|endra|rett|rette|slett|slette ..3 adressen|adressa|navnet|namnet|kontonummeret|telefonnummeret|opplysningene|opplysningane|fødselsdatoen|adresse|inntekten|inntekta ..3 min|mi|mitt|vår|våre|mine|på
            change|update ..4 address|name|account ..6 my
            bekreft|stadfest|bekreftes ..3 at|oppsigelse*|oppseiing*|mottak|avtalen
            flytter|flyttar|flytta|flyttet ..5 adresse*|på|til|frå|fra ..4 fnr|melde|endre|oppdater*
            oppsigelse*|oppseiing* ..2 av ..5 min|mi|vår|plassen|garasje*|leie*|barnehage*|sfo*|avtale*
            trekker|trekkjer|trekk|trekke|trekkje ..4 søknad*|klage*|klaga|saka|saken|tilbud*|anmeldels*|påmelding*|høringssvar|samtykke*
            stadfest|stadfester|bekreft|bekrefter|bekrefte|stadfeste|confirm ..4 at|mottak|mottatt|motteke|fått|receipt
            søker|søkjer ..1 herved|hermed
            < @iwe søker|søkjer ..4 om|på
            < søker|søkjer|søknad ..2 om
            herved|hermed ..3 søke*|søker|søkjer|meld*|sei*|si|oppgir|opplyser|bekrefte*|sendes|kreves
            sier|seier|si|sei ..2 opp ..4 plassen|barnehageplass*|sfo*|avtalen|leie*|kontrakt*|abonnement*|leiligheten|leigekontrakt*
            melder|meldar|melde ..4 flytting|fra|frå|ny|endring|inntektsendring|samlivsbrudd|flytte ..1 adresse|om|til|inntekt
            vedlagt|vedlegg|vedlegger|ettersender|ettersender|ettersending|ettersendar|attached
            her|this ..1 er|is ..3 opplysningene|opplysningane|dokumentasjonen|svaret|legeerklæringen|inntekten|legeerklæringa|documentation ..6 dere|de|dykk|bad|ba|saken|you
            viser|syner|tilvise*|refer* ..1 til ..4 brev|sak|saken|saka|søknad|vedtak|deres|dykkar|telefonsamtale|møte|henvendelse|letter|case|@your
            takker|takkar ..1 ja|nei ..2 til ..4 plass|plassen|tilbud*|tilbod*|barnehageplass*|leilighet*
            endre|endra|oppdatere|oppdater|rette|rett ..4 opplysning*|adresse*|kontonummer*|telefonnummer*|navn*|namn* ..2 min|mi|mitt|på|vår|i
            withdraw* ..4 application|complaint|case
            """
        ),
        kind="casework",
        weight=4.0,
        most=2,
    ),
    Rule(
        "casework.party",
        PARTY,
        phrases(
            """
            part ..1 i ..3 saken|saka|sak|byggesak*
            @iwe ..1 er|e ..3 part|nabo|parter|partar|hjemmelshaver|heimelshavar|grunneier|grunneigar|søker|søkar|pårørende|pårørande|verge|verje|fullmektig|tiltakshavar|tiltakshaver|fosterforeldre|klager|klagar
            fullmakt ..3 for|frå|fra|til
            på ..1 vegne|vegner|vegen ..3 av ..2 @kin|min|mi|mor|far
            verge|verje|fullmektig|guardian ..3 for|til
            som|as ..1 part|tiltakshaver|tiltakshavar|søker|søkar|foresatt|føresett
            """
        ),
        kind="casework",
        weight=2.2,
        most=1,
    ),
    Rule(
        "casework.refused",
        REFUSED,
        phrases(
            """
            @iwe|vi|søknaden|søknad|sønn*|datter*|dotter*|mor|far ..3 fikk|fekk|fått|ble|blei|vart|har|får|got ..5 avslag*|avslått|nei|refused|rejected|denied|refusal|rejection
            avslag*|avslaget ..3 på ..4 @my|søknad*|barnehage*|sykehjem*|sjukeheim*|startlån*|bostøtte*|byggesak*|byggesøknad*|dispensasjon*|skyss*|omsorg*|støtte*|bpa|plass|redusert|parkeringskort*|bolig*
            vedtak|vedtaket|brev|brevet|svar ..2 fra|frå ..3 nav|kommunen|barnevern*|byggesak*|dere|dykk|kommuna
            @iwe ..2 fikk|fekk|fått|har|mottok ..3 vedtak|vedtaket|avslag|brev
            """
        ),
        kind="casework",
        weight=2.4,
        most=1,
    ),
)
