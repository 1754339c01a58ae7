"""A report of a defect: something in the street, the park, the pipes or a building that the body should mend."""

from typing import Final

from ordskifte.language.signals.rule import Rule, phrases

DEFECT: Final = "A thing in public space that is broken, full, loose, dark, slippery, blocked or leaks."
LIES: Final = "Something lies, hangs or stands where it must not."
WATER: Final = "Water, sewage, power or heating is gone, leaks, smells or has a colour."
TELLS: Final = "Says that this is a report, or asks for it to be mended."
ANIMALS: Final = "Rats, dead or loose animals, or rubbish that someone has left."


RULES: Final = (
    Rule(
        "report.defect",
        DEFECT,
        phrases(
            """
            @thing ..6 @state
            @state ..5 @thing
            @thing ..6 @not ..2 lyser|lyste|virker|verkar|fungerer|funker|funkar|fungert|virket|verka|strødd|brøyta|brøytet|tømt|tømd|måkt|vedlikehold*|works|working
            lyser|virker|verkar|fungerer|funker|funkar|fungerte|lyste ..2 @not
            @not ..2 strødd|brøyta|brøytet|brøyt|måkt|salta|saltet|strøs
            hull|hol|holet|hullet|krater|pothole|hole ..2 i|in ..2 vei*|veg*|asfalt*|gata|fortau*|gangvei*|the|road|street
            """
        ),
        unless=phrases(
            """
            dere|de|dykk|dokker|kommunen|gutta|they|you ..2 fikset|fiksa|reparerte|reparert|ordnet|ordna|rydda|ryddet|fixed|tettet|tetta|strødde|brøyta|brøytet
            er|ble|blei|vart ..2 fikset|fiksa|reparert|ordnet|ordna|fixed
            ny|nytt|nye|new ..2 lekeplass*|leikeplass*|gangvei*|gangveg*|sykkelvei*|sykkelveg*|bru|brua|benker|benkar|toalett*|playground|bike|lane|skatepark*|ballbinge*|lysløype*
            endelig|endeleg
            """.replace("..6", "")
        ),
        kind="report",
        weight=3.2,
        most=2,
    ),
    Rule(
        "report.lies",
        LIES,
        phrases(
            """
            stein|stor|store|steinblokk*|jord|snø|tre|trær|is|fjell ..3 har|er ..2 rast|rasa|ramlet|ramla|falt|falle|veltet|velta|blåst|sklidd
            det|there's|there|er ..2 ligger|ligg|står|henger|heng|renner|renn|flyter|flyt|lukter|luktar|stinker|stinkar|siver|mangler|manglar|is|are ..6 ved|på|i|under|bak|langs|utenfor|utanfor|foran|framfor|mellom|over|near|by|on|at
            ligger|ligg|låg|ligg'e|lægg|lies|lying ..4 @a|masse|mye|mykje|full|fullt|strødd|et|knust|store|stort|glass*|på|over|midt|i|tre|stein|død|daud|all|mengder ..6 @thing|veien|vegen|parken|stranda|skogen|elva|gata|fortauet|overalt|lekeplass*|leikeplass*|flyter|rundt
            knust|knuste|broken|glass*|glasskår|spiker*|spikrar|olje*|diesel*|søl|stein|steinar|steiner|grus|jord|gjørme|sørpe|issvull*|takras*|is|ispigg*|istapp*|snø* ..4 på|i|over|langs|under|frå|fra|on|in ..4 @thing|parken|stranda|bakken|taket
            tre|trær|treet|grein|greiner|grener|stein|steinblokk|tree|branch ..3 over|tvers|på|across|ned|velta|veltet ..4 @thing|stien|løypa|linja|ledning*|path
            henger|heng|hanging ..3 ned|løst|laust|over|loose|i|utover|lavt|lågt
            bilvrak*|vrak|vraka|sykkelvrak*|handlevogn*|campingvogn*|hensatt|hensatte|etterlatt|etterlete|dumpa|dumpet|abandoned|dumped
            parkert|parkerer|parkerar|står|parked ..4 på|i|foran|framfor|on ..3 fortau*|gangfelt*|sykkelfelt*|gangvei*|gangveg*|brannhydrant*|innkjørsel*|snuplass*|pavement|sidewalk
            """
        ),
        kind="report",
        weight=2.6,
        most=2,
    ),
    Rule(
        "report.water",
        WATER,
        phrases(
            """
            vannet|vatnet|vann|vatn|drikkevann*|drikkevatn*|springen|krana|kranen|kranvann*|water|springvann* ..7 brun|brunt|brune|gul|gult|rustfarg*|grumset*|grumsete|misfarga|misfarget|lukter|luktar|smaker|smakar|klor|borte|vekk|forsvunnet|stengt|trykk|trykket|brown|smells|yellow|gone|rødt|raudt
            brun|brunt|gult|grumset|misfarga|misfarget|brown ..2 vann|vatn|drikkevann|drikkevatn|water|i|springvann
            lekkasje|lekkasjen|vannlekkasje*|vasslekkasje*|lekker|lekk|lek|lekket|rørbrudd*|røyrbrot*|brudd|leak|leaking|leaks
            renner|renn|fosser|fossar|fosset|spruter|sprutar|siver|sivar|bobler|boblar|strømmer|running|gushing ..5 vann|vatn|kloakk*|vannet|vatnet|veien|vegen|gata|ut|over|kjeller*|water|opp
            vann|vatn|vannet|vatnet|kloakk|kloakken|overvann*|overvatn* ..5 renner|renn|fosser|fossar|spruter|sprutar|siver|sivar|flommer|flommar|bobler|strømmer|opp|flyt|flyter|står
            kloakklukt*|kloakkstank*|gasslukt|brannlukt
            kloakk*|kloakken|avløp*|avløpet|septik*|sewage|sewer ..6 lukt*|stank|stinker|stinkar|tett|renner|renn|opp|ut|lukter|luktar|lekk*|i|smells
            strømmen|straumen|strøm|straum|lyset|fjernvarme*|varmen|power ..4 borte|gikk|gjekk|vekk|gått|nede|gone|out|forsvant
            oversvømt|oversvømmet|overfløymt|oversvømme*|oversvømming*|flooded|flooding
            uten|utan|without|no ..1 vann|vatn|strøm|straum|water|power|gatelys|veglys
            """
        ),
        kind="report",
        weight=3.0,
        most=2,
    ),
    Rule(
        "report.tells",
        TELLS,
        phrases(
            """
            vil|skal|må|ville|ønsker|ønskjer|kan ..3 melde|rapportere|tipse|varsle|gi|gje|si|report ..4 om|i|fra|frå|beskjed|ifra|a|the|inn
            melder|meldar|rapporterer|rapporterar|tips ..2 om|i|inn
            < melding|tips|obs
            noen|nokon ..2 har|hadde ..2 dumpa|dumpet|kastet|kasta|knust|tagget|tagga|kjørt|køyrt|revet|rive|stjålet|stole|ødelagt|øydelagt|satt|sett|spraya|spraylakkert|veltet|velta
            noen|nokon|nån ..2 som ..2 kan|kunne|vil ..3 fikse|ordne|rydde|fjerne|tømme|strø|brøyte|hente|reparere|måke|se|sjå|ta
            til|info|tips ..2 info|orientering|dere|kommunen|dykk|teknisk|vegvesenet|fyi
            kan|kunne|could|can|må ..2 noen|nokon|dere|de|dykk|kommunen|nån|nåkken|dokker|someone|you ..4 fikse|ordne|reparere|rydde|fjerne|tømme|strø|brøyte|skifte|se|sjå|ta|hente|bytte|måke|salte|koste|kutte|klippe|komme|rette|utbedre|sperre|fix|clear|remove|repair|collect|empty|look
            trenger|treng|bør|må ..4 fikses|fiksast|repareres|reparerast|skiftes|skiftast|tømmes|tømmast|fjernes|fjernast|strøs|ryddes|ryddast|brøytes|brøytast|tettes|utbedres|byttes|bytast|måkes|kappes|klippes|sikres|sikrast|males|merkes|fylles
            noen|nokon|dere|de|dykk|dokker ..1 må|bør|burde ..4 fikse|ordne|rydde|fjerne|tømme|strø|brøyte|skifte|hente|reparere|måke|komme|sjekke|rette
            needs ..3 fixing|repair|fixed|cleaning|emptying|attention
            """
        ),
        kind="report",
        weight=1.6,
        most=2,
    ),
    Rule(
        "report.animals",
        ANIMALS,
        phrases(
            """
            hest|hund|hunden|sau|ku|okse|oksen|elg|geit ..3 går|går|er|spring|springer|løper|løp ..2 løs|laus|fritt|rundt
            rotte|rotter|rottene|rottene|rats|rat
            død|dødt|døde|daud|daudt|daude|dead|påkjørt|påkøyrd|skadet|skada ..3 fugl*|måke*|elg|rådyr*|rev|katt|sau|sauer|dyr|grevling|bird|fisk|hjort|svane|deer|and|ender
            løs|laus|lause|løse|bortkommen|bortkomen ..3 hund*|hunder|sauer|sau|hest|hester|kyr|ku|storfe|hestar|geiter
            sau|sauer|hest|hestar|hester|kyr|storfe|hund ..5 på|i|langs ..3 veien|vegen|riksvei*|e6|kjørebanen|løs|laus
            søppel*|boss|bosset|avfall*|søpla|skrot|møkk|rask|trash|rubbish|garbage|litter|matavfall*|hageavfall* ..5 overalt|flyter|flyt|ligger|ligg|slengt|dumpa|dumpet|strødd|renner|renn|fullt|hauger|haug|everywhere|rundt|kastet|kasta
            hundebæsj*|hundemøkk*|hundeskit*|bæsj|hundelort*
            maur|veps|vepsebol|kvefsebol|hoggorm*|brunsnegl*|iberia*
            måker|måser|måkene|måsene|kråker|gulls ..6 søppel|boss|fest|bosspann*|river|riv
            tagging|tagget|tagga|hakekors*|graffiti|hærverk
            """
        ),
        kind="report",
        weight=2.4,
        most=2,
    ),
)
