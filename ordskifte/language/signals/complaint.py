"""A complaint about a service: something the writer, or someone near, has been through and wants put right. It is no klage
on a decision, but it must be answered (kommuneloven § 25-1 asks the body to know its own faults)."""

from typing import Final

from ordskifte.language.signals.rule import Rule, phrases

WORD: Final = "Says that it is a complaint, or demands that something be put right."
DEMANDS: Final = "Demands that a fault be looked at, put right or paid for."
BILL: Final = "Speaks of a bill, a charge or a meter."
WRONG: Final = "Says that this is not how it should be: below any criticism, cannot go on, impossible to use."
WAITS: Final = "Has waited long, rings and mails without an answer, or was not told."
FAULT: Final = "A bill, a payment or a service is wrong, late, missing or stopped."
CARE: Final = "A person near the writer got wrong or no care, teaching or help."
MINE: Final = "Speaks of a service that the writer, or someone near, uses."
AGAIN: Final = "It has happened before: the third time, every week, still."


RULES: Final = (
    Rule(
        "complaint.word",
        WORD,
        phrases(
            """
            klage|klager|klagar|klaga|klagde|klaget ..1 på|over|til|herved
            vil|må|ønsker|ønskjer ..2 klage
            < klage
            reklamasjon*|reklamere|reklamerer|misnøye*|misnøgd*|misfornøyd*|misnøgde
            dette|det|her ..2 må|bør ..4 rette|rettes|rettast|ordne|ordnes|ordnast|fikse|fikses|fiksast|skjerpe|ta|tas|gjøre|gjere|gjøres|gjerast|dykk|dere|følges
            må|bør|kan ..2 dere|de|dykk|dokker ..3 rette|ordne|fikse|skjerpe|rydde|beklage|svare|forklare|ta
            rett ..2 det|dette|opp
            complaint|complain|complaining
            """
        ),
        unless=phrases("slutt|slutte ..2 å? klage\nfolk|alle ..1 klager"),
        kind="complaint",
        weight=2.2,
        most=2,
    ),
    Rule(
        "complaint.demands",
        DEMANDS,
        phrases(
            """
            krever|krev|kreve|krevjer|forlanger|forlangar|forventer|forventar|demand|insisterer
            erstatning*|refusjon|refund|kompensasjon|compensation
            få|vil|krever|ha|want ..3 pengene|pengane|money ..1 tilbake|igjen|attende|back
            hvem|kven ..1 betaler|betalar|erstatter|erstattar|dekker|dekkjer
            """
        ),
        kind="complaint",
        weight=2.2,
        most=1,
    ),
    Rule(
        "complaint.bill",
        BILL,
        phrases(
            """
            *måler|*måleren|*målar|*målaren|måler*|regning*|rekning*|*regning|*regninga|*regningen|*rekninga|faktura*|*faktura|*avgift|*avgifta|*avgiften|bill|invoice|meter
            """
        ),
        kind="complaint",
        weight=0.3,
    ),
    Rule(
        "complaint.wrong",
        WRONG,
        phrases(
            """
            under ..1 enhver|all|ein|kvar ..1 kritikk
            umulig|umogleg|umogeleg|impossible ..2 å|to ..2 bruke|få|komme|nå|logge|ringe|bestille|betale|use
            slik|sånn|dette|her ..2 kan|går ..2 det? ..2 ikke|ikkje ..3 være|vere|fortsette|halde|fram|an
            dette ..1 holder|held ..2 ikke|ikkje
            uhøflig*|uhøfleg*|kjempeuhøfl*|uforskamm*|frekk|frekke|sur|sure|rude|nedlatende|nedlatande ..4 vakt*|dame|mann|ansatt|tilsett|saksbehandler*|betjening*|sjåfør*|resepsjon*|behandling|service|staff|på
            ble|blei|vart|blir ..2 avvist|oversett|glemt|gløymt|ignorert|kjeftet|kjefta|skjelt|bortvist|sendt
            nekter|nektar ..2 å ..4 bruke|gå|dra|spise|ete|hjelpe|svare|betale
            skulle|skull ..2 komme|kome|kommet|være|vere|vært|bli|blitt|ringe|starte|hentes|hentast|tømmes
            purra|purret|purrer|purrar|mast|maset
            kom ..1 aldri|ikke|ikkje
            kommer|kjem ..1 aldri|ikke|ikkje
            uten|utan|without ..2 nett|vann|vatn|strøm|straum|varme|internett|internet|water|power|heat|telefon|skyss|tilbud|lærer|lærar ..3 i|siden|sidan|for|på
            logger|logge|kaster|kastar|krasjer|krasjar|henger|stopper ..2 meg|seg? ..2 ut|av|hver|kvar|hele
            gravde|grov|grave|kjørte|køyrde|kappet|kappa|ødela|øydela|knuste|tok|hugget|hogde|rev|reiv ..2 av|over|ned|på|inn? ..2 @my|hekken|fiberen|postkassa|postkassen|gjerdet|plenen|muren|kabelen|bilen ..2 @my?
            tar|tek|svarer|svarar|svara|tok ..2 ikke|ikkje|aldri? ..1 telefon|telefonen
            ingen ..5 tar|tek|tok|svarer|svarar ..3 telefon|telefonen|røntgen|ansvar|kontakt|mail
            hanging up
            bare|berre ..2 tørt|kaldt|kald|en|ein|to|halv ..3 til ..2 lunsj|middag|mat|frokost
            """
        ),
        kind="complaint",
        weight=1.8,
        most=2,
    ),
    Rule(
        "complaint.waits",
        WAITS,
        phrases(
            """
            venta|ventet|venter|ventar|vente|venti|vænta|venting|ventetid|waited|waiting|wait ..4 @number_word|i|på|over|uendelig|lenge|og|mer|år|since|for|months|weeks|ages ..3 @time_unit|svar|time|evigheter|lenge|hjelp|noe|noko|tilbakemelding|år|months|weeks|hours
            venta|ventet|venter|ventar|vænta ..1 i|på ..2 @number_word ..1 @time_unit
            @not|ingen|uten|utan|aldri|null|no ..3 svar|svara|svarer|svarar|svart|svarte|tilbakemelding|respons|beskjed|reply|response|answer|answers|replied|meldt|informasjon|informert
            svarer|svarar|svara|svarte ..2 @not
            ingen ..1 som? ..1 svarer|svarar|ringte|ringer|ringjer|sier|seier|sa|sei|gir|gav|ga|kom|kjem|tok|tar|tek|møtte|hjalp|vet|veit|answers|called
            @iwe ..3 ringt|ringte|ringer|ringde|ringjer|mailet|sendt|skrevet|skrive|prøvd|mast|purra|purret|meldt|sagt|bedt|called ..5 gang|ganger|gongar|gong|@time_unit|flere|fleire|uten|utan|ingen|mange|hver|kvar|times|dag|tre|fire|fem|igjen
            får|fått|fikk|fekk|kjem|kommer|kom ..3 @not|ingen|aldri ..3 tak|svar|hjelp|gjennom|beskjed|kontakt|fram|inn|noe|noko|varsel|noen|time|melding
            @not ..2 beskjed|varsla|varslet|informert|gitt|fått
            ringer|ringe|ringt|kø|telefonkø* ..6 kø|minutter|minutt|timer|nummer|sentralbord*|ingen|svar
            kastes|kastet|sendt|kasta|sendes|henvist|vist ..2 fra|frå|mellom|rundt|videre ..6 til|kontor|avdeling*
            lovet|lova|lovte|lovd|promised ..8 men|ikke|ikkje|ingen|ingenting|enda|ennå|but|har|skulle
            skulle|was ..4 kommet|kome|vært|vore|blitt|hentes|tømmes|tømt|komme|fått|levert|ringe|supposed ..6 ikke|ikkje|ingen|men|enda|ennå|but
            """
        ),
        kind="complaint",
        weight=2.6,
        most=1,
    ),
    Rule(
        "complaint.fault",
        FAULT,
        phrases(
            """
            regning|regninga|regningen|rekning|rekninga|rekningar|faktura|fakturaen|fakturaer|fakturaene|purring*|inkasso*|gebyret|vannregn*|vassavgift*|vannavgift*|vannavgiften|avgiften|avgifta|prisen|bill|invoice|trekk|trekket|foreldrebetaling* ..8 feil|gal|gale|galt|dobbel|dobbelt|doble|dobla|doblet|høy|høg|tredobla|tredoblet|to|ikke|ikkje|aldri|urimelig*|urimeleg*|for|vanvittig*|forfall|wrong|double|twice|stemmer|økt|auka|økte
            dobbel|feil|gal|galt|gale|wrong|double ..2 regning*|faktura*|rekning*|beløp*|sum|medisin*|dose|bill|invoice|trekk*|opplysning*|adresse|informasjon|avlesing*|avlesning*|måler*|målar*|skole|buss|trinn|klasse|barn*
            måleren|målaren|vannmåler*|vassmålar* ..5 feil|gal|gale|galt|virker|verkar|ikke|ikkje
            betalt|betaler|betalar|paid|paying|pay ..10 ikke|ikkje|ingen|uten|utan|men|likevel|ingenting|nothing|not|dobbelt|halv*
            @service ..8 aldri|ikke|ikkje|ikkj|itj|ingen|kom|forsinka|forsinket|sent|seint|stengt|innstilt|avlyst|glemt|gløymt|gløymde|glemte|virker|verkar|verker|funker|funkar|fungerer|fungerar|mangler|manglar|full|fullt|dårlig*|dårleg*|kaldt|kald|uhøflig*|uhøfleg*|frekk*|sur|sure|avvist|nede|krasj*|feil|elendig*|håpløs*|igjen|nytt|skitten|skitent|skittent|skitne
            glemt|gløymt|glemte|gløymde|forgot|forgotten|missed ..4 @kin|oss|meg|bosset|søpla|tømme|henta|hente|time|timen|å|us|me|our|posten
            @not ..2 tømt|henta|hentet|tømme|brøyta|brøytet|strødd|levert|møtt|kommet|kome|vaska|vasket|fikset|fiksa|åpent|ope|open|brøyter|brøytar|brøyt|tømmer|hentet|skifta|collected|emptied|picked|plowed|ploughed|delivered|cleaned
            ikke|ikkje|aldri|itj ..2 fått|kommet|kome|komt|mottatt|motteke|received ..6 regning|penger|pengar|utbetal*|plass|svar|time|post|brev|vedtak|faktura|skyss|hjelp|mat|timeplan|nøkkel|lønn|tilbud
            nettsiden|nettsida|nettsidene|skjemaet|appen|innlogging*|innloggingen|selvbetjening*|nettskjema*|minside|website|app|form|skjema|betalingsautomat*|automaten ..6 nede|krasj*|feil|virker|verkar|funker|funkar|fungerer|umulig|umogleg|heng|henger|ikke|ikkje|not|down|broken|crash*|kaster|logger
            stengt|stengte|låst|lukket|closed ..6 uten|utan|igjen|skulle|skal|var|da|midt|selv|without|når
            bråk|bråket|bråker|støy|støyen|støyer|noise|noisy|stank|stinker|stinkar|lukt|lukta|lukten|støv
            @not ..2 sove|sov|sleep
            """
        ),
        kind="complaint",
        weight=1.8,
        most=2,
    ),
    Rule(
        "complaint.care",
        CARE,
        phrases(
            """
            @kin|@my|bestemor*|mor|far ..8 fikk|fekk|får|fått|ble|blei|vart|blir|har|ligg|lå|låg|satt|sat|sitter|må|måtte ..6 feil|ikke|ikkje|aldri|ingen|kald|alene|aleine|åleine|gjenglemt|gløymt|glemt|vente|venta|ventet|mobba|mobbet|uten|utan|vikar*|bleie*|skadet|skada|falt|dårlig*|nekta|nektet|avvist|sendt
            pårørende|pårørande|foreldre|foreldra|vi|me ..4 får|fikk|fekk|ble|blei|vart|har ..3 ikke|ikkje|aldri|ingen
            ingen|ikke|ikkje|aldri ..3 ringte|ringde|varslet|varsla|sa|sier|seier|sei|ga|gav|fortalte|informerte ..4 oss|meg|hjem|heim|fra|frå|pårørende|pårørande|hjemme|foreldre*|ifra|beskjed
            personalet|bemanning*|bemanningen|vikarer|vikarar|pleiere|pleiarar|lærere|lærarar ..8 syk*|sjuk*|borte|få|få|kort|mangler|manglar|alene|aleine|uten|utan|vet|veit
            @kin ..6 mobba|mobbet|mobbing|slått|plaga|plaget|bullied|utestengt|redd
            mobbing ..6 skolen|skulen|klassen|sfo|lærer*|rektor
            lærer*|lærar*|rektor|assistent*|timer|timar|spesialundervis* ..6 mangler|manglar|borte|syk|sjuk|får|ikke|ikkje|ingen
            """
        ),
        kind="complaint",
        weight=2.0,
        most=2,
    ),
    Rule(
        "complaint.mine",
        MINE,
        phrases(
            """
            @my|oss|meg|us|@kin|@iwe ..6 @service
            @service ..6 @my|oss|meg|us|@kin
            """
        ),
        kind="complaint",
        weight=0.6,
        most=1,
    ),
    Rule(
        "complaint.again",
        AGAIN,
        phrases(
            """
            andre|tredje|fjerde|femte|sjette|sjuende|syvende|tiende|second|third|fourth|3|4|5|tredje|2 gang|gong|gangen|gongen|time|uke|uka|veke|veka|dag|dagen|året|år|vinter|vinteren
            igjen|atter|again|fortsatt|framleis|fremdeles|enda|ennå|endå|still|heile|stadig
            hver|kvar|kver|every ..2 eneste|einaste|einaste|single? ..1 dag|uke|uka|veke|morgen|kveld|natt|mandag|gang|gong|day|week|time|morgon
            to|tre|fire|fem|seks|three|four|five|two|2|3|4|5|6 ganger|gonger|gongar|times|uker|veker|weeks ..3 på|siden|sidan|nå|no|rad|denne|in|i
            flere|fleire|mange|gjentatte|utallige ..1 ganger|gonger|gongar
            """
        ),
        kind="complaint",
        weight=0.9,
        most=1,
    ),
)
