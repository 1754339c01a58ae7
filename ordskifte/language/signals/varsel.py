"""A varsel: someone tells of censurable conditions at a place of work or in a service (arbeidsmiljøloven chapter 2 A).

The one who tells is protected (§ 2 A-4), so a varsel leaves the open thread and goes to the body's own channel for it.
"""

from typing import Final

from ordskifte.language.reading import Reading
from ordskifte.language.signals.rule import Rule, phrases

NAMED: Final = "Says that it is a warning of censurable conditions: the Working Environment Act, chapter 2 A."
WRONGDOING: Final = "Tells of breaches of law, cheating, abuse or danger in a service or at a place of work."
INSIDE: Final = "Someone who works there tells that something is not as it must be."

AT_WORK: Final = "Says that they work there, and elsewhere in the text that something unlawful or dangerous is done."

_WRONG: Final = (
    "kritikkverdig*|ulovlig*|ulovleg*|lovbrudd*|lovbrot*|lovstridig*|underslag*|korrupsjon*|bestikkels*|juks*|svindel*|svindl*|tjuveri*|tyveri*|stjel*|stjål*|stel|"
    "mobb*|trakasser*|overgrep*|vald|vold|slår|slo|slått|mishandl*|krenk*|rasis*|seksuel*|uforsvarleg*|uforsvarlig*|forfalsk*|farlege|farlige|gjengjeld*|represali*|"
    "smøring*|kameraderi|nepotisme|taushetsplikt*|teieplikt*|snok*|snoka|snoket|lekk*|brudd|brot|bryt|bryter|uetisk*|misbruk*|skjul*|dekk*|dekkes|fusk*|svart"
)
_OTHER_WARNINGS = phrases(
    """
    nabovarsel*|værvarsel*|farevarsel*|vêrvarsel*|flomvarsel*|skredvarsel*|nødvarsel*|pushvarsel*|sms-varsel*|sms-varsling*|mobilvarsling*|befolkningsvarsl*
    gult|oransje|rødt|raudt varsel|farevarsel
    meteorolog*|yr|nve|metrologisk ..5 varsel*|varsle*|varsla*
    @not ..2 varsle|varsla|varslet|varslede|varsling
    uten|utan varsel|forvarsel|å ..1 varsle
    varsel ..3 om ..3 gebyr|tvangsmulkt|stenging|avstenging|brøyt*|feiing|tilsyn|vannstenging|oppstart|regn|snø|vind|flom|ras|strømbrudd
    varsel|varsling|varsle|varslar|varsler ..3 på|via ..1 sms|app|appen|mobil*|telefon|mail|e-post
    hvordan|korleis|hvor|kvar ..3 varsler|varslar|varsle
    meldinga|varselet ..2 kom ..2 sent|seint
    """
)

_WORKS: Final = frozenset(
    "jobber jobbar jobba jobbet arbeider arbeidar ansatt tilsett jobben arbeidsplassen vikar lærling nattevakt work working employed".split()
)
_NEAR: Final = frozenset("jeg eg æ vi me oss min mi vår meg som hos her i my we".split())
_SEEKS: Final = frozenset(
    "ledig ledige stilling stillinger stillingar sommerjobb sommarjobb deltidsjobb jobbsøknad".split()
)


def _works_there(reading: Reading) -> bool:
    """Whether the writer says they work in the service they tell of."""
    words = reading.words
    return (
        not _WORKS.isdisjoint(words)
        and not _NEAR.isdisjoint(words)
        and _SEEKS.isdisjoint(words)
        and not any(
            word.startswith(("kommunestyre", "politiker", "politikar", "ordfører", "ordførar")) for word in words
        )
    )


RULES: Final = (
    Rule(
        "varsel.at_work",
        AT_WORK,
        phrases(
            f"""
            {_WRONG}
            blir|vert|ble|vart|får|fekk|fikk ..2 bedt|bedne|bedd|beskjed|ordre|pålagt|beordra|beordret|tvunget|tvinga ..1 om? ..1 å
            dumpe|dumpa|dumper|dumpar|slipper|slepp|tømmer ..3 avfall|kloakk|olje|kjemikalier|kjemikaliar|gift
            farlig|farleg ..1 avfall|arbeid|forhold|tilhøve
            tar|tek|tok|får|fekk|fikk ..2 imot? ..2 gaver|gåver|penger|pengar|provisjon|smøring
            uten|utan ..1 verneutstyr|opplæring|sikring|hansker|hjelm|tillatelse|løyve
            tør|torer|torar|våger ..2 @not
            ledelsen|leiinga|sjefen|leiaren|lederen ..2 vet|veit|visste|ser|lar|let
            """
        ),
        unless=_OTHER_WARNINGS,
        kind="report",
        weight=4,
        formal="varsel",
        own_words=True,
        check=_works_there,
    ),
    Rule(
        "varsel.named",
        NAMED,
        phrases(
            """
            vil|må|ønsker|ønskjer|ynskjer|skal|kan|kjem|kommer ..4 varsle|varsla
            @me varsler|varslar|varsla ..8 om
            herved|hermed varsles|varsler|varslar
            varsle|varsler|varslar|varsla ..2 om|anonymt|dere|dykk
            dette|her ..2 er|kommer|kjem ..3 varsel|varselet|varsling|bekymringsvarsel
            varsel om ..12 på|ved|i
            varslingssak*|varsling
            kritikkverdig* ..2 forhold|tilhøve
            arbeidsmiljølov*
            varslar*|varsler|varsleren ..3 vern*|anonym*|gjengjeld*
            anonymt|anonym ..2 varsel|varsling|tips
            whistleblow*|whistle-blow*
            report ..3 wrongdoing|misconduct|malpractice|corruption|abuse
            """
        ),
        unless=_OTHER_WARNINGS,
        kind="report",
        weight=8,
        formal="varsel",
        own_words=True,
    ),
    Rule(
        "varsel.wrongdoing",
        WRONGDOING,
        phrases(
            f"""
            melde|meldar|melder|seie|sei|seier|si|sier|tipse|tipsar|tipser|fortelle|fortelje|opplyse|rapportere|gi|gje ..3 fra|frå|ifra|ifrå|om|i|beskjed|dere|dykk ..10 {_WRONG}
            {_WRONG} ..8 på|ved|hos ..3 arbeidsplass*|jobben|jobb|avdeling*|sykehjem*|sjukeheim*|skolen|skulen|barnehagen|etaten|kontoret|bofellesskap*|institusjon*|omsorgssenter*|brannstasjon*|legevakt*|dagsenter*|boligen|verkstedet|driftsavdeling*
            sjefen|sjefar|lederen|leiaren|leder|leiar|ledelsen|leiinga|rektor|styrer|styraren|styreren|enhetsleder*|einingsleiar*|avdelingsleder*|avdelingsleiar*|virksomhetsleder*|ansatte|tilsette|tilsett|kollega* ..8 {_WRONG}
            ansatte|tilsette|pleiere|pleiarar|lærere|lærarar|vakter|personale* ..6 slår|slo|dytter|dyttar|truer|truar|stjeler|stel|låser|låser|kjefter|binder|tvinger|tvingar
            fører|førte|føre|før|skriver|skriv ..3 timer|timar|overtid ..5 ikke|ikkje|aldri|falske|feil
            sletter|slettar|slettet|sletta|endrer|endra|endrar|makulerer|makulerte|makulert|tilbakedater*|forfalsk* ..4 avvik*|dokument*|journal*|mail*|e-post*|referat*|lister|listene|protokoll*|timeliste*
            avvik* ..4 slettes|slettet|sletta|skjules|skjult|fjernes|fjerna|fjernet|stoppes|makuler*
            {_WRONG} ..5 kolleg*|ansatte|tilsette|ansatt|tilsett
            kjøper|kjøpar|kjøper|kjøpt ..8 av egen|eigen|sitt|kona|bror|sønn|kamerat* ..2 firma|selskap|bedrift
            oppdrag*|kontrakt* ..6 til ..2 kameraten|kamerat|kompis*|svoger*|bror*|kona|familien
            kommunens|kommunens|kommunal* ..3 bil|bilen|drivstoff|bensin|kort|bankkort|maskin* ..5 privat*
            """
        ),
        unless=_OTHER_WARNINGS,
        kind="report",
        weight=5,
        formal="varsel",
        own_words=True,
    ),
    Rule(
        "varsel.inside",
        INSIDE,
        phrases(
            f"""
            som ansatt|tilsett|vikar|renholder|reinhaldar|lærer|lærar|pleier|pleiar|sykepleier|sjukepleiar|helsefagarbeider|vaktmester|assistent|nattevakt|lærling|sommervikar ..2 på|i|hos ..4 ser|såg|opplever|må|får|har|blir
            @iwe|som ..2 jobber|jobbar|arbeider|arbeidar ..8 beskjed|ordre|pålagt|nekta|nektet|presset|pressa|slette|skjule|lyve|lyge|forfalske|juks*
            beskjed|ordre|bedt|bedne|pålagt ..3 om? ..2 å ..3 slette|skjule|lyve|lyge|forfalske|skrive|føre|holde|halde|makulere|late
            @iwe ..2 jobber|jobbar|arbeider|arbeidar|jobba|jobbet|ansatt|tilsett|vikar|vikaren ..10 {_WRONG}|alene|aleine|farlig|farleg|avvik*|nektes|trua|truet|tvunget|tvinga|munnkurv|straff*
            som ansatt|tilsett|vikar|lærer|lærar|pleier|pleiar|sykepleier|sjukepleiar|helsefagarbeider*|renholder*|assistent ..12 {_WRONG}|alene|aleine|farlig|farleg|avvik*|trua|truet|tvunget|munnkurv|straff*
            @iwe som jobber|jobbar|arbeider|arbeidar ..10 {_WRONG}|alene|aleine|farlig|farleg|avvik*|tør|torer|redd|redde
            @iwe ..3 tør|torer|torar|våger ..2 ikke|ikkje ..3 si|seie|sei|varsle|skrive|stå
            beskjed|beskjed|ordre|bedt|pålagt|truet|trua|press* ..4 å ..1 holde|halde|tie|teie|skjule|lyve|lyge|slette|la
            i|my ..2 work|working|employed ..10 illegal*|abuse*|unsafe|dangerous|cover*|fraud|steal*|falsif*
            """
        ),
        unless=_OTHER_WARNINGS,
        kind="report",
        weight=5,
        formal="varsel",
        own_words=True,
    ),
)
