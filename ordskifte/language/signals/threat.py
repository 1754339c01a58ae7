"""A threat against persons or property (straffeloven §§ 263 and 264; § 265 for those who serve the public).

What is said of others' deaths in traffic, in sport, in song or in a figure of speech is none. A veiled one counts: a
person decides, and a threat that nobody sees is the costliest mistake there is.
"""

from typing import Final

from ordskifte.language.signals.rule import Rule, phrases

VIOLENCE: Final = "Says that someone will be killed, beaten or hurt by the writer: the Penal Code, sections 263 to 265."
PROPERTY: Final = "Says that something will be set on fire, blown up or smashed."
VEILED: Final = "Hints at harm: knows where someone lives, tells someone to watch out, promises that it will hurt."
WISHED: Final = "Calls for violence: says that someone should be shot, hanged or beaten."

_SOMEONE: Final = (
    "byggesak|legen|legane|læreren|lærarane|lærerne|direktør*|kultursjef*|kommuneoverlege*|vaktmester*|bussjåfør*|sjåføren|brøytesjåfør*|trener*|dommer*|journalist*|redaktør*|velger*|nabo|hele|heile|den|dei|du|kjerringa|gjengen|banden|pakket|slike|sånne|"
    "deg|dæ|dere|dykk|dokker|dokke|dåkke|døkk|dem|dei|han|ham|hun|ho|henne|hu|ordfører*|ordførar*|varaordfører*|rådmann*|politiker*|politikar*|saksbehandler*|sakshandsamar*|"
    "rektor*|lærer*|lærar*|ansatte|ansatt|tilsette|sjefen|lederen|leiaren|naboen|alle|en|ein|noen|nokon|nåkken|familien|unga|ungene|barna|barnevern*|folk|"
    "kommunedirektør*|byråd*|jævlene|svina|svinene|parkeringsvakt*|vekter*|vaktene|vektarane|you|him|her|them|mayor|dykkar|kommunestyret|kommunen"
)
_KILL: Final = "drep|drepe|dreper|drepa|drepes|drepen|kverke|kverker|kverka|skyte|skyter|skyt|skyta|skutt|henge|hengt|hengje|knivstikke|knivstikk|stikke|banke|bank|bankar|banker|banka|denge|jule|juling|slå|slår|knuse|knuser|knusar|kvele|kveler|kverkar|partere|slakte|slakter|slaktar|lemleste|skade|skader|skadar|myrde|kill|shoot|stab|hurt|beat|murder|smash"

FIGURE = phrases(
    """
    spurv|kanoner|kanonar
    eksploder* ..3 hvis|av|om|snart
    valget|valg|val|valkamp*|valgkamp*
    naboklubb*|bortelag*|heimelag*|hjemmelag*|motstander*|finalen|turnering*
    skyt|skyte i vei|veg|vg
    skjøt|skutt|skyte|skyter inn
    en|ein|for ..2 spade
    en|ei|ein|som ..1 bank
    spade ..3 spade
    tar|tek|tok ..2 knekken|livet|motet|pusten ..2 på|av|fra|frå ..1 meg|oss|mæ|bygda|bygdene|næringslivet|lokalmiljøet|handelen
    skyt|slå|drep meg
    skyt|skyte ..1 meg ..2 >
    slår|slå|slo ..3 alle ..2 andre
    slår|slå|banker|knuser ..2 de|dei|alle ..2 andre
    hva|kva ..3 skal ..2 til
    får|får ..1 jeg|eg|man|vi|æ ..1 tak
    brøyter|brøyt|måker|plukker|hogge|hogg|hogger|felle|rydd*|spikke|skjærer|klipper|trefelling|ved
    vold|kriminalitet*|ungdomskriminalitet*|knivran*|ran|ranet|ransbølge*|skolevold|tyveri*|politiet
    fant|fann|funnet|lå|ligger|ligg ..3 kniv|øks|kule|hammer
    lovlig|lovleg|lov|løyve|søk*|jakt*|skytebane*|våpenkort|skyttarlag*|skytterlag*
    drep*|dreper|drepa|drepe|drap ..3 kultur*|sentrum|bygd*|byen|bygda|næring*|handel*|nærskole*|nærskule*|lokaldemokrati*|distrikt*|idrett*|engasjement*|glede*|glad*|stemning*|debatt*|butikk*|frivillig*|miljø*|skolen|skulen|språk*|dialekt*|uteliv*|tilbud*|tilbod*
    dør|døy|dau|dø ..2 av ..2 latter|lått|kjedsomhet|keisemd|varme|spenning|sult|skam|flauhet
    skyte|skyter|skyt|skutt|skoten ..3 gullfuglen|reinsdyr|rein|hjort|elg|rev|ulv|ulven|ulvane|måker|måser|duer|fyrverkeri|raketter|mål|målet|straffe|blink|opp|fart|gås|gjess|bilde*|selv
    slå|slår|slo|slått ..2 leir|fast|på|av|sammen|saman|til|ring|rot|ned|hull|hol|gras*|graset|opp|ut|rekord*|inn|kloa|alarm
    slå|slår|banke ..3 @kin|laget|bortelaget|hjemmelaget|heimelaget|brann|rosenborg|viking|molde|lsk|glimt|rivalene|de|dei ..4 kamp*|søndag|lørdag|laurdag|derby*|fotball*|serie*|cup*|håndball*|handball*|mål
    kamp*|seier|derby*|cup*|serie*|målet|fotball*|håndball*|handball*
    knuse|knuser|knusar|knuste ..3 drøm*|hjerte*|glass*|hjarte*
    stikke|stikk ..1 innom|av|ut|hodet|kjepper
    henge|hengt|henger|hengje ..2 med|opp|sammen|saman|ut|igjen|seg|etter
    drepe|slå ..1 tid*|tida|tiden|ihjel
    bank|banke ..1 i|på
    skade|skader|skadar ..3 natur*|miljø*|omdømme*|rykte*|saken|saka|tillit*|næring*|økonomi*|vei*|bil*|vegen|trær|eiendom*|fasaden
    skade|skadet|skada seg
    blir|ble|blei|vart|vert|bli ..3 drept|skadet|skada|drepen|påkjørt|skada
    noen|nokon|nåkken|noko|barn|unger|ungar|folk ..4 blir|ble|blei|vart|vert ..3 drept|skadet|skada|drepen|påkjørt|slått
    sang|sangen|song|songen|teksten|tekst|film|filmen|spill|spelet|serien|boka|roman*|krim*|krimmen|skuespill*|revy*
    """
)

ACCIDENT: Final = phrases(
    """
    noen|nokon|nåkken|folk|barn|unger|ungar|someone ..4 dø|døy|dør|miste|mister|mista|omkomme|omkommer|omkjem|drept|drepen|die|killed
    hvor|kor mange ..5 dø|døy|drept|omkomme
    """
)

RULES: Final = (
    Rule(
        "threat.violence",
        VIOLENCE,
        phrases(
            f"""
            @me|i|vi|me ..8 @willdo ..6 @weapon
            @willdo ..2 jeg|eg|æ|vi|me ..6 @weapon
            @weapon ..6 @target|ordfører*|rådmann*|saksbehandler*|rektor*|lederen|sjefen|politiker*|kommunen
            @target ..8 @weapon ..3 i|mot|på|inn
            hvis|viss|om|dersom|når|if ..10 @weapon
            @me|i ..3 skal|ska|kommer|kjem|kan|kunne|vil|får|har|ville|gjerne ..4 @harm ..6 @target|ordfører*|rådmann*|saksbehandler*|sakshandsamar*|rektor*|lederen|leiaren|sjefen|politiker*|politikar*|parkeringsvakt*|lærer*|lærar*|naboen
            skal|ska|kommer|kjem|vil ..2 jeg|eg|æ|vi|me ..4 @harm ..6 @target|ordfører*|rådmann*|saksbehandler*|sakshandsamar*|rektor*|lederen|leiaren|sjefen|politiker*
            @me|i ..3 skal|ska|kommer|kjem|vil ..3 ødelegge|øydelegge|øydeleggje|ruinere|rasere ..4 @target|deres|dykkar|livet|familien|ditt
            skal|ska|kommer|kjem|vil ..2 jeg|eg|æ|vi|me ..3 ødelegge|øydelegge|øydeleggje|ruinere|rasere ..4 @target|deres|dykkar|livet|familien|ditt|dine
            skallen|hodet|hovudet|trynet|kneskåla|kneskålene|strupen|halsen|nakken|huet ..4 av|på|inn|din|di|deres|hans|hennes ..4 @target|lederen|leiaren|ordføreren|ordføraren|rektor|sjefen|saksbehandleren|ordfører*|>
            knuse|knuser|knusar|knust|banke|banker|bankar|slå|slår|sparke|sparker ..2 skallen|hodet|hovudet|trynet|kneskål*|tennene|tennane|fjeset|kjeften|huet
            dere|du|dokker|dykk|de|han|hun|ho ..4 @not|aldri ..3 overlever|overlever|overlev|våkner|vaknar|lever|lev
            siste ..3 dag|dagen|gang|gong|natt ..2 du|dere|dykk|han|hun|ho|på|i
            du|dere|dokker|dykk ..2 er|e|blir|vert ..4 neste|nestemann
            noen|nokon|nåkken|someone ..4 kommer|kjem|ender|endar|skal|vil ..4 opp|bli|til ..4 skadet|skada|drept|blodig* ..4 hvis|om|viss|dersom|av|blant ..6 @target|@ours_body
            jeg|eg|æ|i ..4 svarer|svarar|ansvar|står ..3 ikke|ikkje ..3 for ..3 hva|kva|konsekvensene|konsekvensane|handlingene|handlingane
            ikke|ikkje ..2 ansvarlig|ansvarleg ..3 for ..3 hva|kva ..3 jeg|eg|æ ..3 gjør|gjer|finner|finn
            @iwe|jeg|eg|æ|kommer|kjem|kjæm ..4 skal|ska|kommer|kjem|kjæm|vil|kan|kunne|klar|lyst|gleder|har|må|til ..4 {_KILL} ..5 {_SOMEONE}
            skal|ska|kommer|kjem|kjæm ..1 jeg|eg|æ|vi|me|mi ..4 {_KILL} ..4 {_SOMEONE}
            jeg|eg|æ dreper|drep|skyter|skyt|knuser|knusar|kverker|kverkar|slår|banker|bankar|henger|tar|tek ..2 livet? ..2 av? ..1 {_SOMEONE}
            {_SOMEONE} ..3 skal|ska|kommer|kjem|bør|burde|fortjener|fortener|fortjenar|må ..4 dø|døy|dau|daue|drepes|henge|henges|skytes|hengast|skytast|bankes|brenne|slaktes|undgjelde|lide|blø
            dere|du|dokker|dykk|dokke|han|hun|ho ..2 er|e ..2 død|døde|daud|daude|dødens|ferdig|ferdige ..1 >
            dere|du|dokker er|e ..1 dødens|død|daud
            du|dere|han|hun|ho|dokker ..3 får|får|skal|fortjener|fortener|treng|trenger ..5 kule|kula|kniv|kniven|kuler|balltre|balltreet|øks|øksa|juling|bank|hagle|hagla|neve|knyttneve*|knyttnevane|nevane|ris
            kule|kula|kniv|balltre ..2 i ..2 hodet|hovudet|panna|panne|skallen|ryggen|magen|nakken|kneskål*|kneet|huet|hue|trynet
            tar|tek|ta|ta'kje|tek|tar ..1 @target|han|ham ..3 når|neste|til|ein|en|snart|i
            ta|ta'r ..2 livet av ..2 {_SOMEONE}
            skal|ska|kommer|kjem ..3 ta @target ..1 >
            skal|ska|kommer|kjem|kommar ..3 ta|få|få|tak i? ..2 @target ..4 skal|kommer|bare|berre|snart|alle|en|ein|selv|sjølv
            knekke|knekk|knekker|brekke|brekk|brekker|skjære|skjere|kutte ..4 nakken|bein*|beina|armen|fingr*|fingrane|ryggen|kneskål*|halsen|strupen|neven|kjeften|kjeven ..3 på? ..1 deg|dere|din|di|deres|dokker|dykk|han|ham|henne
            møter|møte|treffer|treff|ser|finner|finn|får ..2 @target|han|henne|ham|tak ..6 da|så|då|skal|blir|får|smell*|angrer|ligg*|slå*|bank*|knus*
            smeller|smell|smell'e|smelle ..4 på|neste|snart|for ..3 deg|dere|gang|dykk|dokker
            slår|slå|bank|banker|banke|bankar ..2 @target ..3 ned|gul|helseløs*|helselaus*|flat*|i|til|fordervet|blå|sønder|ihjel|ihel
            ligge ..4 seks|6 fot|meter
            får|få|få deg|du|dere|dykk|han ..4 svi|svi|unngjelde|undgjelde|lide|betale ..3 for|med|dyrt|blod*
            {_SOMEONE}|du|dei ..4 skal|kommer|får|ska|kjem ..4 svi|unngjelde|undgjelde|blø|lide
            betale ..3 med ..1 livet|blod|blodet
            i|i'm|i'll|we|we'll|gonna ..4 kill|shoot|stab|hurt|murder|beat|smash|strangle|burn ..3 you|him|her|them|the|your|everyone
            kill|shoot|stab|hurt|beat|find|get you|him|her|them
            you ..3 dead|die|pay|bleed|regret
            drep|drepe|skyt|brenn|knivstikk ..2 dem|de|dei|han|ham|henne|ordføreren|ordføraren|rådmannen|rektor|politikerne|politikarane|svina|svinene|jævlene|alle|lederen|saksbehandleren
            """
        ),
        unless=FIGURE,
        kind="threat",
        weight=20,
        formal="threat",
        own_words=True,
    ),
    Rule(
        "threat.property",
        PROPERTY,
        phrases(
            """
            @ours_body ..6 skal|kommer|kjem|bør|burde|stå|står|går|ligger|blir|ende|vil ..6 flammer|flammar|brann|aske|oske|ruiner|ruinar|grus|luften|lufta|brenn|brenne|fyr|røyk
            sette|setter|sett|set|stikker|stikk|tenner|tenne ..2 fyr ..2 på ..6 @ours_body|deg|dere|dykk|dritten|sjappa|dem|alt|hele|heile
            setter|sette|sett|set|tenner|tenne|tenn|stikke ..3 på|fyr ..3 @ours_body
            brenner|brenne|brenn|brinn|svir|svi ..4 ned|opp|av ..3 @ours_body|hele|heile|dritten|skiten
            smelle|smeller|smell|smell'e|eksplodere|eksploderer ..6 @ours_body|hos|dere|dykk
            @ours_body ..5 smelle|smeller|smell|eksplodere|eksploderer|sprenges|sprengast|går ..3 lufta|luften|>
            kappe|kutte|kapper|kutter|kuttar|sage|sager|sagar|knuse|knuser|smadrer|smadre|ripe|riper|punkterer|punktere|skjære ..4 bremse*|bremsene|bilen|bilane|bilene|dekkene|dekka|rutene|ruta|rutane|vinduene ..3 din|di|deres|dykkar|hans|hennes|på|til|hennar
            brenner|brenne|brenn|brinn|brenna|brent ..5 rådhus*|kommunehus*|kontor*|huset|hus|hytta|hytte|skolen|skulen|bilen|bil|bilene|bilane|brakka|leiligheten|barnevernet|nav|mottaket|asylmottak*|moskeen|moské*|kirka|kyrkja|deres|dykkar|ditt|di|hele|heile|ned|opp|sjappa|tomta|låven
            rådhus*|kommunehus*|kontoret|kontora|huset|hytta|skolen|skulen|bilen|bilane|barnevernskontor*|navkontor*|nav-kontor*|mottaket|sjappa ..4 brenne|brenner|brenn|brinn|brann|eksplodere*|sprenges|smelle|smeller|smell|flammer|fyr|fyre
            tenne|tenner|tenn|tenner|setter|sett|set|sette ..2 på|fyr ..3 rådhus*|kommunehus*|huset|hytta|kontoret|bilen|hele|heile|deres|dykkar|skiten|dritten|dere|skolen|skulen|på
            sprenge|sprenger|sprengjer|sprengje|bombe|bomber|bomba ..4 rådhus*|kommunehus*|kontor*|huset|bygget|dere|dykk|hele|heile|skolen|skulen|bomstasjon*|bommen|bommene
            bombe|bomba|bomber ..5 rådhus*|kommunehus*|kontor*|nav|skolen|skulen|brevet
            bensin|bensinkanne*|fyrstikk*|molotov*|dynamitt* ..8 rådhus*|kommunehus*|kontoret|huset|dere|deg|dykk|skal|klar|klare|venter|ventar|nok
            rådhus*|kommunehus*|kontoret ..6 bensin|bensinkanne*|fyrstikk*|dynamitt*
            knuse|knuser|knusar|smadre|smadrer|smadrar|rasere|raserer|vandalisere|vandaliserer ..5 rutene|rutane|vinduene|vindauga|vinduer|bilen|kontoret|rådhuset|kommunehuset|huset|inventar*|alt ..2 deres|dykkar|ditt|di|din|dine|på|hos
            kjører|køyrer|kjøre|køyre|kjør|køyr ..3 inn ..2 i ..2 rådhus*|kommunehus*|folkemengd*|dere|mengden|dykk
            kjøre|køyre|kjører|køyrer|kjør|køyr ..3 ned|over ..2 deg|dere|dem|dykk|syklist*|ungene|demonstrant*|første|neste
            burn|blow|bomb|torch ..4 town|hall|city|office|house|building|down|up|car
            """
        ),
        unless=phrases(
            """
            det|de|brann ..1 brenner|brenn|brinn nå|no|i
            bål|grill*|ved|peis*|ovn*|omn*|lys|halm|bråte|hageavfall|søppel|boss|skogbrann*|gras*|sankthans*|st.hans*
            er|blir|var ..3 brent|brann|tent|knust|smadret|raser*
            noen|nokon|ungdom*|vandal*|hærverk* ..2 har|hadde|knuste|knust|satte|sette|tente|knuser
            sang|song|låt|film|spill|bok|revy*
            """
        ),
        kind="threat",
        weight=20,
        formal="threat",
        own_words=True,
    ),
    Rule(
        "threat.veiled",
        VEILED,
        phrases(
            """
            du|dere|dokker|dykk|de|dei|you ..2 kommer|kjem|kjæm|skal|vil|får|will ..2 angre|angra|anger|regret
            @me|i ..3 vet|veit|vett|vait|know ..4 bil|bilen|skole|skule|skolen|skulen|barnehage|barnehagen|klasse|hytte|hytta|hvor|kor|kvar|hvem|kven|hvilken|kva|where|huset|buss|hus|treningssenter* ..4 @target|du|dere|dokker|ungene|ungane|barna|ungen|familien|dine|deres|hennes|hans|din|you|datteren|sønnen|kona|mannen
            få|få|får|skal ..3 se|sjå|merke|kjenne|føle|erfare ..4 hva|kva|kossen|hvordan|korleis ..4 som|skjer|det|hender|gjør|jeg|eg|med
            se|sjå ..2 hva|kva ..2 som ..1 skjer|hender
            teller|tel|tell ..1 ned
            klokka|tida|tiden ..1 tikker|tikkar|går|renner ..3 @target|for|ut|dere
            nyt|nyter ..3 siste|dagene|dagane|livet|friheten|mens
            hils|helse|hilse ..5 kona|barna|ungene|ungane|mannen|familien|dattera|sønnen
            fin|fint|fine|pen|pent|vakker|nydelig|nice ..3 hus|familie|unger|ungar|datter|dotter|sønn|bil|hytte|kone|hund|jente|house|family|daughter|kids ..3 du|dere|de|you|har
            synd|trist|leit|dumt|skade|shame ..4 om ..6 skulle|skjedde|hende|brenne|brant|noe|noko
            blir|vert ..3 synd ..2 på ..2 @target
            kommer|kjem ..4 til ..2 å ..3 huske|hugse ..3 meg|dette|denne
            glem|gløym ..2 ikke|ikkje ..5 hvor|kor|kvar|hva|kva ..2 du|dere ..1 bor|bur|jobber
            hevn|hevne|hemn|hemne|revenge|gjengjelde*
            dere|du|dokker|dykk ..3 skal|kommer|får ..4 få|få|unngjelde|gjennomgå|smake|kjenne ..6 medisin|straff|helvete|hva|kva|på|svi|det
            blod|blodet|blodbad|massakre|krig|krigen ..4 blir|kommer|kjem|får|nå|no|starter|startar|det
            vet|veit|vett|vait|veid|kjenner|kjenn ..3 hvor|kor|kvar|kør|kæm|hvem|kven|kem|hvilken|når ..3 du|dere|dykk|dokker|dokke|han|hun|ho|ungene|ungane|barna|familien|dei|de|ordfører*|rektor|saksbehandler* ..3 bor|bur|budd|parkerer|parkerar|går|jobber|jobbar|barna|ungene|ungane|er|dine|kjører|køyrer|hjemme|heime|din|deres|dykkar|leverer|hytta
            vet|veit ..3 adressen|adressa ..2 din|di|deres|dykkar|hans|hennes|til
            har|fant|fann ..2 adressen|adressa ..2 din|di|deres|dykkar|hans|hennes|til
            pass ..1 deg|dåkke|dere|dokker|dykk ..1 >
            du|dere|de|you ..2 har|have|got ..4 fin|fine|fint|nydelig|nydeleg|vakker|søt|søte|nice|lovely|beautiful ..3 datter|dotter|sønn|son|familie|unger|ungar|barn|kone|hus|hytte|house|family|daughter|kids
            pass|take ..1 godt|good|care ..2 på|of ..2 henne|ham|dem|dei|han|ungene|ungane|familien|her|him|them
            we|we're|i|i'm ..2 coming|come ..2 for|after ..3 you|your|him|her|them
            skal|ska|kommer|kjem|kjæm|vil ..3 angre|angra|anger ..4 dag|dagen|født|fødd|på|dette|>
            synd|trist|leit|dumt|kjedelig|kjedeleg ..4 om|hvis|dersom|viss|når ..9 din|ditt|deres|dine|dykkar|di
            vet|veit|vett ..3 hvilken|hvilket|kva|hva|ka ..2 skole|skule|barnehage|klasse|vei|veg|buss|hytte|treningssenter ..3 ungene|ungane|barna|borna|du|dere|datteren|sønnen|dattera|sonen|kona|mannen
            bør|burde|skal|må ..2 ikke|ikkje|itj ..3 gå|sove|være|vere|kjøre|køyre|reise|ferdes|ferdast ..3 alene|aleine|åleine
            bilder|bilete|bilde|bildet|film|video ..2 av ..4 huset|familien|ungene|ungane|barna|bilen|kona|hjemmet|heimen|hytta|datteren|sønnen ..1 ditt|din|dine|deres|di|dykkar
            vet|veit|vett ..3 når ..2 du|dere|dykk|dokker ..3 legger|legg|sover|søv|går|kommer|kjem|drar|dreg|leverer|henter|står|er
            sørge|sørger|syte|syt ..3 for ..3 at ..4 aldri|ikke|ikkje ..3 går|gå|ser|smiler|våkner|vaknar|puster|snakker ..3 igjen|mer|meir|>
            rektor*|ordfører*|ordførar*|saksbehandler*|rådmann*|lærer*|du|dere|han|hun ..3 aldri ..2 går|gå|smiler|puster|våkner ..2 igjen|mer|meir
            your ..2 kids|children|daughter|son|family|wife|husband ..8 careful|school|right|watch|alone|safe
            du|dere|you ..2 har|have ..3 barn|ungar|unger|kids|familie ..4 ikke ..1 sant|right|tenk
            går|slipper|slepp|kommer|kjem ..2 @target|de|dere|dei|han|hun|ingen ..2 ikkje|ikke|itj ..2 herfra|herifrå|levende|levande|helskinnet|helskinna
            @target|de|dere|dei|han|hun|ingen|ingen ..3 går|slipper|slepp|kommer|kjem|drar|dreg|reiser ..2 ikke|ikkje|aldri|itj|levende|levande ..3 herfra|herifrå|helskinnet|helskinna|fra|frå|ut|hjem|heim
            @target|de|dere|dei|han|hun|du ..3 skal|ska|får|kommer|kjem|kjæm ..3 få|til? ..1 å? blø|bløda|bløda|blæ
            blod|blodet|blo ..3 @target|deres|ditt|dykkar ..3 flyte|renne|>
            finner|finn|kommer|kjem|når ..2 vi|jeg|eg|æ|me ..2 deg|dere|dæ|dykk|dåkke|dokker ..1 uansett|til|snart|igjen|likevel ..2 slutt|>
            kommer|kjem|kjæm ..2 hjem|heim ..2 til ..1 @target
            snakkes|snakkast|ses|sees|treffes|møtes|møtest ..3 når|i|ved|utenfor|utanfor|på ..3 mørkt|mørket|mørkret|døra|døren|parkeringen|parkeringsplassen|hjemme|heime
            uhell|ulykke|ulykker|ulukke|uhellet|accident|accidents ..3 skjer|hender|kan|skje|hende|happen ..3 fort|lett|også|enn|>
            pass ..1 @target ..3 for|når|heretter|framover|neste|godt|du|så
            passe|pass ..1 opp|deg|dere|seg|på ..2 ryggen|ryggjen|ungene|ungane|barna|familien ..2 din|dine|deres|sin|dykkar|di
            se|sjå deg|dere|dykk|seg ..2 over ..2 skuldra|skulderen|akslene|aksla
            sov|sove ..2 godt|med ..6 mens|medan|så|natta|i|ett|eitt
            ikke|ikkje|itj|aldri ..2 trygg|trygge|sikker ..5 lenger|lengre|lengar|meir|mer|hjemme|heime|i|ute
            du|dere|dokker|dykk|han|hun|ho|dei|de ..3 kommer|kjem|kjæm|skal|vil|får ..3 til? ..1 å? ..1 angre|angra|anger|angrar|angrer|lide|svi|betale ..3 dyrt|bittert|på|for|at|dette|det|>
            angre ..2 på ..2 at|dette|det|den ..6 født|fødd|levde|dag
            dere|du|dokker|dykk ..1 angrer|angrar ..3 på? ..2 dette|det
            dette|det|da|så|neste|nå|no ..5 blir|bli|vert|kommer|kjem|går|skal ..3 stygt|blodig*|blod|farlig
            blod|blodet ..3 flyte|flyter|renne|renner|på
            neste ..1 gang|gong ..6 kommer|kjem|møter|tar|tek|smeller|smell|har|er|blir ..3 jeg|eg|æ|vi|me|det|dere|deg|dykk|kniv*|hagla|balltre*
            tikk takk|tikk|takk
            tikk|tick tock
            snart ..3 din|deres|dykkar|hans|hennes tur
            bare|berre|bærre vent|vente|venter|vænt
            vent dere|deg|dykk|dokker|til ..4 bare|berre
            dagene|dagane|timene ..1 dine|deres|dykkar ..2 er ..2 talte|talt
            jeg|eg|æ|vi|me ..2 kommer|kjem|kjæm ..3 og|å ..2 tar|tek|henter|hentar|finner|finn|besøker|tek ..2 @target
            kommer|kjem ..3 på ..3 besøk ..5 natt*|hjem|heim|hos|deg|dere|dykk|med|kveld
            skal ..2 finne|finn ..2 @target|han|henne
            får ..2 besøk ..6 en|ei|i|av|natt|natta|kveld|skal
            hadde|var ..2 jeg|eg|æ ..2 deg|dere|dykk ..6 passa|passet|forsiktig|sovet|redd
            jeg|eg|æ ..3 har ..3 våpen|hagle|hagla|rifle|rifla|gevær|pistol|skytevåpen|øks
            håper|håpar ..3 du|dere|dykk|ungene|familien|han|hun|ho ..3 dør|døy|brenner|brenn|omkommer|rammes
            håper|håpar ..3 du|dere|dykk|han|hun|ho ..2 får ..3 juling|bank|svi|kule|kula|kniv|smake
            det|dette ..3 kommer|kjem|kan|vil|skal ..2 til? ..1 å? ..1 ende|enda|slutte ..2 ille|gale|galt|stygt|blodig*
            ende ..2 opp? ..2 i ..1 kiste|kista|grøfta|grava|elva|sjøen|fjorden|kjelleren
            i|we ..3 know ..3 where ..3 you|your|he|she|they
            watch your back
            you|you'll ..2 will|gonna|going|be|'ll ..3 regret|sorry
            """
        ),
        unless=phrases(
            """
            pass ..1 deg|dere ..3 hull*|hol*|bil*|is|isen|glatt*|trafikk*|svindl*|hol|holer|trinn*|på|måker|måser|flått|ulv*|bjørn*|takras|ras|maneter
            får|må|kan ..2 bare|berre|bærre ..1 vente
            vente ..1 og|å ..1 se|sjå
            vent|vente ..4 svar|buss*|legevakt*|kø|timer|timar|helsehjelp|plass
            stemm*|stem|valg*|val|stemmeseddel*|meiningsmåling*|velger*|veljar*|media|avis*|pressen|retten|rettssal*|advokat*|statsforvalter*|sivilombud*|skattebetaler*
            veit|vet|vett ..2 hvor|kor|kvar skoen
            vet|veit ..3 hvor|kor|kvar ..4 søk*|hjelp
            jul*|julenissen|nissen|sommeren|våren|premiere*|konsert*|festival*|overraskelse*|gled|gleder|gledar|kake|kaka
            """
        ),
        kind="threat",
        weight=18,
        formal="threat",
        own_words=True,
    ),
    Rule(
        "threat.wished",
        WISHED,
        phrases(
            f"""
            håper|håpar|ønsker|ønskjer|skulle ..3 noen|nokon|nåkken|at|ønske ..8 @harm|skallen|dør|døy|omkommer|forulykk*|krasjer ..6 @target|lederen|leiaren|ordfører*|ordførar*|rektor*|sjefen|politiker*|politikar*|rådmann*|saksbehandler*|den|dei|lærer*|læraren|>
            håper|håpar ..3 @target|ordfører*|ordførar*|lederen|rektor|rådmann* ..6 dør|døy|kreft|krasjer|omkommer|forulykk*|brenner|brenn|ulykke
            noen|nokon|nåkken|vi|man|ein|en|someone ..2 burde|bør|må|skulle|should|må ..4 @harm ..4 @target|ordfører*|ordførar*|lederen|leiaren|rektor*|sjefen|politiker*|politikar*|rådmann*|saksbehandler*|pakket|gjengen|jævl*|svina|svinene
            @target|ordfører*|ordførar*|politiker*|politikar*|rådmann*|rektor* ..3 fortjener|fortener|deserve|deserves ..4 @harm|død|døden|døy|dø|juling|pryl|smerte|die|death
            død ..1 over
            døden ..1 over|for
            burde|bør|skulle|må ..3 gasses|gassast|gass|skytes|skytast|henges|hengast|brennes|brennast|utryddes|drepes|avlives|druknes|steines
            burde|bør|skulle|må|fortjener|fortener|noen|nokon|kan|ikke|ikkje|nåkken ..4 skyte|skyt|skytes|skytast|skutt|skoten|henge|henges|hengast|hengt|drepe|drepes|drepast|drept|drepen|lynsjes|lynsje|lynsja|knivstikkes|banke|bankes|slås|dengast|brenne|brennes|steines|kverke|partere|henrettes|halshogges|kastreres|giljotin* ..5 {_SOMEONE}
            {_SOMEONE} ..4 burde|bør|skulle|må|fortjener|fortener ..3 skytes|skytast|skutt|skoten|henges|hengast|hengt|drepes|drept|drepast|lynsjes|lynsjast|knivstikkes|bankes|bankast|steines|henrettes|halshogges|avlives|avlivast|likvideres|skrapes
            {_SOMEONE} ..4 burde|bør|skulle|må|fortjener|fortener ..3 få ..4 kule|kula|kniv|juling|bank|balltre|rottegift
            hvorfor|kvifor|koffer ..4 ingen ..4 skutt|skutt|drept|tatt|slått|banka ..4 {_SOMEONE}
            opp mot ..1 veggen|muren
            skyt|drep|lynsj|bank ..1 {_SOMEONE}
            heng ..1 dem|dei|de|alle|hele|heile|ordfører*|politiker*|politikar*|rådmann*
            ropet|tau|repet|tauet ..5 lyktestolpe*|lysstolpe*|tre|treet|henge|heng
            should|deserve|deserves|ought ..3 be? ..2 shot|hanged|hung|killed|beaten|lynched|die|burn
            someone ..3 should ..4 shoot|kill|hang|beat|burn
            """
        ),
        unless=FIGURE,
        kind="threat",
        weight=18,
        formal="threat",
        own_words=True,
    ),
)
