"""Words that tell a language by themselves. Compiled by hand; a word that two neighbours share stands in neither list."""

from typing import Final

BOKMAAL: Final = frozenset(
    """
    jeg ikke hva hvor hvordan hvorfor hvem hvilken hvilket hvilke hver hvert hvis hun dere deres noen noe mye bare være
    vært blitt blir ble uke uken uker ukene fra mellom mere mer siden også enda en nå se gjøre gjør gjort gjorde si sier sagt
    komme kommet sett sitt selv selve skole skolen skoler skolene vei veien veier veiene boken uten henne disse sånn slik
    måned måneder mange flere fleste ser spør spørre spørsmål forskjell kjøre kjører kjørte vann vannet melk søppel
    gutter gutten jenter barna hjem hjemme hjelp hjelper hjelpe ansatte innbyggere innbyggerne politikere politikerne
    ordfører ordføreren leder lederen lærere lærerne sykehjem sykehjemmet syk syke hjemmesykepleien eiendom eiendomsskatt eiendomsskatten
    avgjørelse avgjørelsen saksbehandler saksbehandleren saksbehandling behandling behandles dokumentene papirene søknaden
    høring høringen høringssvar høringsuttalelse bekymret følger fungerer virker koster kommer snakker jobber venter svarer
    bruker bruke brukes trenger mangler mener synes håper ønsker forstår skjønner åpner åpent åpningstider stenger stengt
    gangveien sykkelveien veilys gatelyset lekeplass lekeplassen lekeplasser trær treet hull hullet ligger gjennom likevel
    forventer krever betaler betale regningen regning regninger fikk får gikk går først ta tar tatt tok gi gir gitt finnes
    heller eller igjen alltid aldri mens da når alle våre vårt vår min mitt mine din ditt dine utenfor innenfor ovenfor
    dessverre beklager vennligst tilbakemelding henvendelse tillatelse tjeneste tjenester kjempefint deilig hyggelig vennlig
    dårlig farlig ulovlig urimelig endelig virkelig selvfølgelig egentlig vanligvis stadig heldigvis plutselig trygghet
    sykkel syklister myndigheter virksomhet utbetaling utbetalingen oppmerksom fornøyd fornøyde glade takker kjøp gjerne hverandre
    bekymringsmelding varsle varsler klager klagen innspill forslag løsning løsningen feil riktig beskjed
    moren faren sønnen sønn datter datteren døtre søsteren broren brødre kone konen mannen
    """.split()
) - frozenset(
    "en se fra si først ta tar gi da når alle vår vårt våre min mitt mine din ditt dine sett sitt flere mange hjelp fikk får gikk går "
    "tatt gitt tok aldri alltid stengt forslag mannen kone feil beskjed ligger slik selv selve uten siden ser spør kjøp deres kommer "
    "dårleg igjen mens farlig gutter innspill trær treet sett hjem regning".split()
)

NYNORSK: Final = frozenset(
    """
    open opna festar borna borni kvarandre kvifor morgon sundag laurdag måndag tysdag føremiddag ettermiddag
    eg ikkje kva kvar korleis kvifor kven kva kvart kvarandre viss ho dykk dykkar nokon noko nokre mykje berre vere vore vorte
    blitt vert vart veke veka veker vekene frå mellom meir sidan òg endå ein ei eit eitt no sjå gjere gjer gjort gjorde seie
    seier komen kome sjølv sjølve skule skulen skular skulane veg vegen vegar vegane boka utan henne desse slik månad månader
    fleire dei deira deires dersom difor korkje anten einaste åleine aleine heime heim hjelpe hjelper tilsette innbyggjarar
    innbyggjarane politikarar politikarane ordførar ordføraren leiar leiaren lærarar lærarane læraren sjukeheim sjukeheimen sjuk sjuke
    heimesjukepleia heimetenesta eigedom eigedomsskatt eigedomsskatten avgjerd avgjerda saksbehandlar sakshandsamar sakshandsamaren
    sakshandsaming handsaming handsamast dokumenta papira høyring høyringa høyringssvar høyringsuttale uroa uro følgjer fungerer
    verkar kostar kjem snakkar jobbar ventar svarar brukar bruka brukast treng manglar meiner synest håpar ønskjer ynskjer forstår
    skjønar skjøner opnar ope opne opningstider opningstid stengjer gangvegen sykkelvegen veglys gatelyset leikeplass leikeplassen
    leikeplassar tre treet hol holet ligg gjennom gjennom likevel ventar krev betalar betale rekning rekninga rekningar fekk gjekk fyrst
    teke tek gjev gjeve finst fins eller att alltid medan når våre utanfor innanfor ovanfor diverre orsak tilbakemelding førespurnad
    løyve teneste tenester tenestene kjempefint herleg hyggeleg venleg vennleg farleg ulovleg urimeleg endeleg verkeleg
    sjølvsagt eigentleg vanlegvis stadig heldigvis plutseleg tryggleik syklistar myndigheiter styresmakter verksemd utbetalinga
    merksam nøgd nøgde takksam gjerne bekymringsmelding varslar klagar klaga innspel framlegg løysing løysinga rett mora faren sonen son
    dotter dottera døtre søstera broren brør kona mannen bosset leike leikar leiker skaffar gamle kjende kjenner trudde tru tenkjer
    høyrer høyre høyrt spørje spør spurde skreiv skriv skrive venta kasta henta møter møtte måtte tvilar nytta nyttar byrja byrjar byrje
    gong gongen gonger eldre mogleg umogleg umogeleg nødvendig skilnad tilskot tilbod gutar gutane jenter jentene barna ungar ungane
    sjølvstende kyrkja kyrkje bygd bygda fjord sauer røyr vatn vatnet mjølk snø snøen hugs hugsar hugse fortel fortelje
    kjøre køyre køyrer køyrde brøyta brøyter brøytinga stenge stengde tidlegare seinare betre verre verst størst største mindre
    """.split()
) - frozenset(
    "ei henne slik treet tre eller når våre gamle gjennom alltid stadig heldigvis likevel bosset barna jenter jentene bygd bygda fjord sauer snø "
    "snøen hjelper forstår fungerer gjort gjorde blitt stenge eldre større mindre største mannen faren broren spør møter møtte måtte skriv skrive "
    "kjenner boka mellom gjerne tilbakemelding rett bekymringsmelding kona kasta henta venta brøyta desse nødvendig betale hjelpe kjøre verst "
    "gatelyset størst verre lærarar fins møter døtre kjempefint rett sjølve".split()
)

DIALECT: Final = frozenset(
    """
    æ æg mæ dæ sæ itj ittj itte ikkj ikkji e va ka kem kæm kor korsen koffer koffor kossn kossen åssen nån nåkka nåkken nokka nokke
    dokker dokke døkk dåkke vorres vårres hainn hannj hu dem dæm kjæm kjem mykkje myttji fæl gjønnå frå bære bærre sjø ska
    no nu heim heime hær dær kain kainn ailt aille allj ha hi hæ gjør kjøh e' jaugu fær førr før tå ti tri lissom sku blei vesst
    ungan nattan daga tima guttongen guttan veian bilan folkan skolan politikeran lærer'n te hannj dåkkers dokkers kæffer kofførr kor'n ikkje'no så'nn
    vett veit sei si lææng vi voar vart nettopp itt snakke trur trudd hadd måtta skoill kanj sånn årnt å sjer bi
    jæ je ække ikke'no atte dom hass hennes dø dere's føkka
    """.split()
) - frozenset(
    "te tima daga skolan va frå sjø ska no nu ha ti vi e hu dem si veit vett heim heime gjør kjem før sånn å blei hennes trur vart nettopp snakke dom kor fæl bi".split()
)

ENGLISH: Final = frozenset(
    """
    words zero action yourself loser grateful nurses nurse home dead beach so lovely amazing awful terrible thank love beautiful well done keep trees tree cars car parents teacher teachers
    doctor nursing elderly young families neighbours neighbour snow ice winter summer rubbish bins dog dogs walk walking bike bikes cycling lane lanes ferry harbour
    appointment register application applied apply refuse refused denied deny wait waiting waited hour hours minute minutes morning night evening someone something
    stop closing close closed opened build building built cut cuts spend spending waste vote voted politicians leader leaders shame ashamed joke idea brilliant
    useless rude dirty dangerous broken missing leaking hole wall corner again always lost found selling buy sell cheap click send give show let put take keep
    kill burn shoot hurt hate stupid ugly fat disgusting whore careful watch back where's what's who's there's we're you're they're i'll we'll you'll
    the and is of are was were you we they this that these those with have has had not what when where why how who which can could
    please thanks thank there your our their my it its it's i'm i've don't doesn't didn't isn't aren't can't won't be been being will would should
    but about from just more if than then out up into because also very only any some get got go going went come came make made
    want need know think see look say said tell ask work help time year years day days week weeks month months people person child children
    kids school street road water bus house city town municipality council office mayor job great good bad nice new old big long
    still again never always every each first last next here now today tomorrow yesterday since until after before between
    who whose his him her she he them us me does did doing done another other same such too much many few lot
    application appeal decision documents access request case refused rejected fine parking garbage trash light lights broken
    hello hi dear everyone someone anyone nobody nothing something anything everything really why yes love hate like
    playground bridge library open closed opening hours free pay paid money tax taxes cost costs price
    """.split()
) - frozenset(
    "her i me go at an for so under over man men hi like bus new bad nice open gift job the let hole dog stop young son back".split()
) | frozenset(["the"])

NORWEGIAN: Final = (
    frozenset(
        """
    og i er det som på å av til med har vi de den et var kan skal vil må fra om så nå seg deg meg oss der da når for at
    men eller etter over under ut inn opp ned han hun ho hadde alle en ei eit ein no kommunen kommune ordfører skole skule barn barnehage
    bra takk hei veldig ikke ikkje eg jeg dere dykk denne dette min mi mitt vår vårt din ditt fint flott hvor kvar kva hva
    får går bør burde skulle kunne mot hos ved uten utan bare berre mye mykje noen nokon noe noko her være vere blir vert ble blei vart
    æ mæ dæ itj ka kem
    """.split()
    )
    | BOKMAAL
    | NYNORSK
    | DIALECT
)

SAMI: Final = frozenset(
    """
    lea leat leamaš ii in it eai ean ehpet mun don son moai doai soai mii dii sii ja dat dát diet duot dan dán daid dain go jus juos giitu gos goas
    maid mo manne gii geas gean mu du su min din sin ahte vai muhto dahje dál odne ihttin ikte buorre beaivi bures buorit
    gielda gieldda skuvla skuvllas mánát mánáid mánáidgárdi sámi sámegiella sámegillii davvisámegillii lávvordaga sotnabeaivvi
    ollu eanet buot maŋŋil ovdal dasgo danin dakkár galgá galget sáhttá sáhttet sáhtán berre ferte háliidan dárbbašan ožžon oaččun
    olbmot olmmoš bargu barggu áigi jagi jagis vahku beaivvi leago leatgo ollu gitta alde luhtte bokte birra haga ovddas
    """.split()
) - frozenset("in it min din sin du son go ja don gii berre dat haga".split())

NEIGHBOURS: Final[dict[str, frozenset[str]]] = {
    "da": frozenset(
        """
        af hvad mig dig sig noget nogle nogen meget uden efter nu bliver blev bliv gør gøre gjort lige tak børn børnene jer jeres hende ud op
        hvornår sådan måneder uger ugen vej vejen vejene hjælp hjælpe hjælper tager giver siger kører selvfølgelig købe købt læse været havde
        først altid rigtig dejligt dejlig nej ind imod kommet også synes tror tænker tænke mennesker ved godt skal jo kunne bør man sagde set
        fik gik stå lejer leje leje dansk danske danmark kraftedeme fandeme forældre pengene arbejde hverken selv ligesom derfor ting
        mere hele bedre mest gang ære tid år penge folk lov børnehave skoler trafikken ødelagt hurtigt hul løbe lægger lå gade gaden sne
        """.split()
    )
    - frozenset(
        "meget tak tror ære set hende selvfølgelig trafikken danmark hverken skal jo kunne man ved selv tid år folk lov gang mere hele godt også derfor ting mest stå nu nogen lå gaden gade først altid kommet synes "
        "mennesker gjort måneder være bør skoler ødelagt løbe bedre".split()
    ),
    "sv": frozenset(
        """
        och att inte jag är för från när vad mycket också eller mig dig sig vara bara hur varför här där något någon några ett era skolan vägen
        väg barnen vatten hjälp tack än nej måste bättre aldrig alltid gatan igen säger tycker öppet öppnar kommunens snö grus får ska finns
        blir hade går gör till det som på med men om ni oss vi han hon sen sedan kanske väldigt ännu åt utan efter
        """.split()
    )
    - frozenset(
        "eller alltid vatten får går bara blir till det som på med men om ni oss vi han sen utan igen grus hade sig dig mig ett ska efter finns åt".split()
    )
    | frozenset(["ska", "finns", "efter"]),
}
"""Words of Danish and Swedish that are none in Norwegian."""

NOT_NEIGHBOUR: Final = frozenset(
    """
    av hva meg deg seg noe noen mye etter uten nå ut opp inn uke uken uker veien veier hjelp spør gutt fikk gikk får går tatt blitt vært hadde
    bare ikkje eg kva kvar korleis kvifor nokon noko mykje frå skulen vegen heim hjem dykk dere deres hvilken sånn slik kjøre kjøper melk vann
    melde gjør gjøre kommer skjer sier ble blei vart kanskje snakker synes trenger fordi tror bra takk barna selvfølgelig også hvis æ itj mæ dæ
    """.split()
) - frozenset("går får bare kommer synes fordi også hvis bra".split())

OTHERS: Final[dict[str, frozenset[str]]] = {
    "de": frozenset(
        "vielen dank freundliche freundlich dame rathaus straßen müll mülltonne unsere unser ihnen ihre wurde geleert spielplatz kaputt schön guten doch diese dieser dieses witz der die das und ist nicht ich wir sie ihr ein eine einen mit für auf von zu im den dem auch wie was wo wann warum haben hat kann können bitte danke "
        "schule straße gemeinde stadt wasser kinder gibt es oder aber wenn noch nur sehr mehr schon über bei nach aus wird werden".split()
    )
    - frozenset("dame unser ihre die das der den dem bei wo im es von was".split()),
    "pl": frozenset(
        "ile kosztuje bilet basen jest nie się na do to że jak czy gdzie kiedy dlaczego mam mamy dla od przez ale proszę dziękuję dzień dobry gmina szkoła dziecko dzieci "
        "droga ulica woda kto co po tym tego tak już tylko bardzo jestem można czemu moje mój moja".split()
    )
    - frozenset("do to na od tak co po".split()),
    "lt": frozenset(
        "yra ne ir kad kaip kur kada kodėl ačiū labas prašau mokykla vaikai savivaldybė gatvė man mes jūs bet su iš į ar".split()
    )
    - frozenset("man su ne ir ar".split()),
    "fi": frozenset(
        "ja ei on se että minä sinä hän me te he kun mitä missä milloin miksi kiitos hyvä koulu kunta lapset vesi tie ole olen oli mutta myös".split()
    )
    - frozenset("on se me te he ei tie ja".split()),
    "es": frozenset(
        "el la los las que de en un una y no es por para con como donde cuando gracias hola por favor escuela calle agua niños está hay muy más pero mi".split()
    )
    - frozenset("en de las no mi hay la".split()),
    "fr": frozenset(
        "le la les des un une et est pas que qui dans pour avec sur vous nous je il elle où quand comment merci bonjour école rue eau enfants très mais mon ma".split()
    )
    - frozenset("et la sur des il ma mon le".split()),
    "nl": frozenset(
        "het een en van ik je niet is dat op te met voor zijn er maar ook naar wat waar wanneer hoe bedankt school straat kinderen gemeente goed".split()
    )
    - frozenset("en er is op te een van dat met je".split()),
    "it": frozenset(
        "il lo gli che di non è per con sono una uno della del nel grazie ciao dove quando come perché scuola strada acqua bambini molto ma".split()
    )
    - frozenset("ma di del".split()),
    "pt": frozenset(
        "o os as um uma e não é por para com como onde quando obrigado obrigada olá escola rua água crianças muito mas está você".split()
    )
    - frozenset("o e as um mas os".split()),
    "tr": frozenset(
        "bir ve bu ne için değil var yok nerede ne zaman nasıl teşekkürler merhaba lütfen okul su çocuk belediye ben sen çok ama mı mi".split()
    )
    - frozenset("ne var mi su sen ben".split()),
    "so": frozenset(
        "waa iyo ka ku waxaan halkee baan helaa kara karaa ayuu ilmaha dhakhtarka caawimada maktabadda ilmahayga diiwaan fadlan xafiiska magaalada wax maxay maxaa sidee goorma halkee mahadsanid fadlan iskuulka carruurta dugsiga degmada ma waxay aan kuma inaan".split()
    )
    - frozenset("ka ku ma".split()),
    "ro": frozenset(
        "este nu și că cum unde când de ce mulțumesc bună vă rog școala copii apă stradă pentru sunt care mai foarte primăria".split()
    )
    - frozenset("de nu ce mai care".split()),
    "tl": frozenset(
        "ang ng mga sa ako ikaw siya hindi paano saan kailan bakit salamat po kumusta bata paaralan".split()
    )
    - frozenset("sa".split()),
    "et": frozenset(
        "ja ei on see et mina sina tema kus millal miks aitäh palun kool lapsed vesi kui aga väga ka".split()
    )
    - frozenset("ja ei on et ka see kool".split()),
}

CLEARLY_NEIGHBOUR: Final = frozenset(
    """
    af lidt blev blive bliver finde gøre gør været efter lavet måde tænker tænke sidste gerne længe bruge endnu fik tage sagde haft vej sjovt mindste igen desværre
    køre kørte gælder hendes hellere hinanden uge igennem blot sgu undgå fejl muligt værste fandme lort håber havde ud ind op os imod forældre skolerne gaden gader
    søde sød hjælpen jeres aldrig møde mødet mødeplanen møder borgere borgerne skøn skraldebilen cyklister fodgængere færgen lygtepæl lygtepælen togene pladser
    slösar våra lediga platser förskolan svara engelska vilken vilket riva badhuset sommaren öppettider kommunstyrelsen politikerna barnen kön bussarna lekplatsen lyssnar jätte tycker
    hvad noget nogle uden mig dig sig børn jer jeres vores hvornår sådan uger ugen vejen hjælp hjælpe hjælper plads pladsen pladser legeplads legepladsen parkeringsplads
    kører købe købt blevet havde åbner åbent skraldespand skrald skraldet affald fortov fortovet cykel cykler cykelsti cyklen
    måske hej spørgsmål spørge svarer borgmester borgmesteren flot dejlig dejligt ærgerligt træls forfærdeligt forfærdelig
    hurtigt tilbage aften bøger brug bruger brugt mænd kvinde kvinder pige piger dreng drenge kæft skide træer træet
    tillykke skønt lækkert fornøjelse glæder æble gade lejlighed boliger løgn ødelagt fjernet ligesom desværre alligevel
    kommunens smadret tømt hullet venligst farligt beskidt dårlig dårligt endnu altid hvorfor børnehaven børnehave skolebus
    och jag från när mycket också är för här där någon något några vägen varför väldigt lämna behöver säger öppet öppnar
    måste bättre kanske tack fråga trottoaren hål gatan skräp soptunna dagis förskola förskolan sjukhus borde snöröjning
    """.split()
) - frozenset(
    "tilbage aften bruger brugt kommunens hullet tømt ødelagt fjernet dårlig svarer kvinder kvinde løgn altid hvorfor boliger "
    "kanske borde gade smadret farligt".split()
)
"""Words of Danish and Swedish that nobody writes in Norwegian: one of them weighs two."""

CLEARLY_ENGLISH: Final = frozenset(
    "the and is of with you your are this that they was were have has been would should could what when where why who how not".split()
)
"""English words that are none in Norwegian and stand in most English sentences: one of them weighs two."""

NEITHER: Final = frozenset(
    """
    rådmann rådmannen kveld kvelden brann heia telegram anna frivilligsentralen barneseng assistent assistenten fiskeoppdrett hurra
    initiativ vegvesen bymiljø hyttefelt kommunedirektør rektor lærar
    """.split()
) - frozenset(["lærar"])
"""Words that both written forms have, whatever their letters make the table think."""

SPOKEN: Final = frozenset(
    "ikkje ikkj heilt veit kva noko nokon nokka fekk ein eit gong frå brøytinga sjølv ho dei berre kor kvifor".split()
)
"""Words of nynorsk that most dialects say: beside a clear sign of dialect they say nothing of the written form."""
