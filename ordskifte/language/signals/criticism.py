"""Criticism: of decisions, priorities, those who govern and the body itself. It is never a ground for anything (design D10);
oaths, scorn, sarcasm and dialect are ways to say it."""

from typing import Final

from ordskifte.language.signals.rule import Rule, phrases

WORDS: Final = "Words of blame, anger, contempt or disappointment."
OATHS: Final = "Oaths and insults aimed at a matter, a party, a role or the body."
POLITICS: Final = "Speaks of those who govern, of money, priorities, cuts or closures."
PHRASES: Final = "A turn of phrase that criticises: what is the use, you should rather, is this what we pay for."
SARCASM: Final = "Praise for something nobody is glad of, or a sign that rolls its eyes."
WHY: Final = "Asks why, or who decided: questions that mostly hold an opinion."
IDEAS: Final = "Proposes what the body should do or set first."

RULES: Final = (
    Rule(
        "criticism.words",
        WORDS,
        phrases(
            """
            fornærmelse*|fornærming*|katastrof*|dummast*|dummest*|papirflytt*|vindfløy*|skandaløs*|utrolig|utruleg|unbelievable|fant|makteslø*|hinsides|spetakkel|skinnprosess*|skinndemokrati|spill|spel|teater|skuespill|prakteksempel|hodeløs*|hovudlaus*|historieløs*|kulturløs*|kulturlaus*|ansvarsløs*|ansvarsfraskriv*|unnskyldning*|orsakingar|bortforklar*|tåkeprat|ordgyteri|floskler|floskel|luftslott|korttenkt*|kortsiktig*|nærsynt*|bakvendt*|feilslått*|mislykka|mislykket|gulrot|plaster|treffer|tragedie|sorg|sorgleg|synd|trist|skummelt|ynkelig|ynkeleg|tafatt*|treghet|sendrektig*|byråkratveld*|maktspill|rævkjør*|lurt|lurer|svindel|ran|røveri|blodpris*|ågerpris*|dyrt|dyre|dyrare|dyrere
            skam|skammelig*|skammeleg*|skandal*|skandale*|pinlig*|pinleg*|flaut|flau|patetisk*|latterlig*|latterleg*|tragisk*|trist|sørgelig*|sørgeleg*|horribel*|horribelt|elendig*|håpløs*|håplaus*|udugelig*|udugeleg*|uduelig*|inkompeten*|uprofesjonel*|uforståelig*|uforståeleg*|meningsløs*|meiningslaus*|meningslaus*|uansvarlig*|uansvarleg*|respektløs*|respektlaus*|arrogant*|arroganse*|frekt|frekk|frekke|frekkhet*|provoser*|opprør*|rystende|rystande|sjokker*|uverdig*|uverdeg*|uhørt|uhøyrt|hårreisende|hårreisande|idioti|idiotisk*|galskap*|galematias|vanvidd|vanvittig*|tull|tullete|tullball|tøv|tøys|vrøvl|vås|sprøyt|dumt|dumme|dum|dumskap*|dustete|teit|teite|tåpelig*|tåpeleg*|absurd*|farse|parodi|vits|spøk|sirkus|cirkus|kaos|rot|rotet|rotete|rotteræs|makkverk|fiasko|flopp|skuff*|skuffelse*|oppgitt|oppgidd|frustrert*|sint|sinte|forbanna|forbannet|rasende|rasande|drittlei|dritt|drit|møkk*|møkka|kvalm|kvalmt|lei|leie|trøtt|lut|bekymra|bekymret|bekymringsfull*|urettferdig*|urettvis*|hån|hånlig*|hånleg*|svik|svikt|sviktet|svikta|svek|løgn|løgner*|løgnar*|lyv|lyver|ljuger|lyg|lyge|lyger|bløff|bløffer|hykleri|hyklersk|dobbeltmoral*|maktmisbruk*|maktarroganse*|kameraderi|korrupt*|korrupsjon*|inhabil*|ugild*|vanstyre*|misbruk*|overkjør*|overkøyr*|diskriminer*|rasis*|toppstyr*|udemokratisk*|naive|naiv|feig|feige|blind|blinde|lat|late|bortkast*|bortkasta|sløs*|sløseri*|sløsing|unødvendig*|unødvendeg*|unødig*|ødelegg*|ødelagt|øydelegg*|rasering*|raser*|nedprioriter*|svekk*|rammer|ramme|ramar|forskjellsbehandl*|klovn*|dust*|idiot*|tosk*|tulling*|tullebukk*|narr|pappskalle*|kråketær|makan|gidder|gidd|idiotane|skamme|skjemme|skjems|fattigslig*|stakkar*|smakløst|smaklaust|provoserende|uakseptab*|uholdbar*|uhaldbar*|kritikkverdig*|klage|klager
            bad|terrible|awful|horrible|shame|shameful|disgrace*|ridiculous|pathetic|useless|incompetent|stupid|waste|wasting|wasted|joke|disappoint*|angry|lies|liar|liars|corrupt*|worst|unfair|unacceptable|embarrass*|clown*|idiot*|nonsense|circus|mess|outrage*|hypocri*|ashamed|failed|failure
            """
        ),
        kind="criticism",
        weight=1.6,
        most=3,
    ),
    Rule(
        "criticism.oaths",
        OATHS,
        phrases(
            """
            faen|fæn|fan|faan|fanden|helvete|helvetes|hælvete|hælvetes|satan|satans|jævla|jævlig|jævlige|jævlar|jævler|hersens|forbaska|fordømte|fandens|pokker|pokkers|søren|fader|dæven|dritt|drittsekk*|dritten|ræv|ræva|rævva|rævhål|rasshøl|rasshull|fuck|fucking|føkk|føkkings|føkka|shit|bullshit|hell|damn|wtf|fy|fytti|herregud|gudane|kjerringa|svarte|svartaste|helsike|hælsike|helsikes
            drit|dreit|dritt ..1 i
            ta ..2 seg ..2 en|ei|ein ..1 bolle
            """
        ),
        kind="criticism",
        weight=1.6,
        most=2,
    ),
    Rule(
        "criticism.politics",
        POLITICS,
        phrases(
            """
            @politician
            byråkrati*|kommunestyret|konsulent|konsulentar*|konsulenter|konsulenta|skattepeng*|skattebetal*|skattepengane|eiendomsskatt*|eigedomsskatt*|prioriter*|budsjett*|kutt|kutte|kuttar|kutter|kuttet|kutta|kuttene|kuttforslag*|sparing|sparer|sparekniv*|sparekuren|nedlegg*|nedlagt|nedleggelse|nedlegging|sentraliser*|bompeng*|bomring*|millionar|millioner|milliarder|luksus|prestisje*|prestisjeprosjekt|monument|utbygger*|utbyggar*|valg|valget|valgflesk|valløfte*|valgløfte*|velger*|veljar*|løfter|lovte|lova|lovet|lovnad*|lovnader|demokrati*|sløser|gebyrhyse*|vindmøll*|vindkraft*|lønna|lønn|fallskjerm*|etterlønn*
            legge|legger|legg|lagt|leggje ned
            bruker|brukar|bruke|brukt|sløse|svi|svir|kaste|kastar|kaster ..5 penger|pengar|pengene|pengane|millioner|millionar|mill|skattepeng*|konsulent*
            stenge|stenger|stengje|stengt|selge|selger|selje ..3 skolen|skulen|biblioteket|svømmehallen|symjehallen|barnehagen|sjukeheimen|sykehjemmet|kommunale|fellesskapets
            taxes|tax|budget|politics|cut|cuts|cutting
            """
        ),
        kind="criticism",
        weight=0.9,
        most=3,
    ),
    Rule(
        "criticism.phrases",
        PHRASES,
        phrases(
            """
            @not|ingen|ikkje ..2 et|eit ..1 ord ..1 om
            hva|kva ..1 slags|med
            @politician ..3 tenker|tenkjer|bryr|lever|lyver|lyg|ljuger|sover|søv
            blir|vert|ble|vart|blei ..2 glemt|gløymt|glømt|oversett|overkjørt|overkøyrd ..6 når|igjen|kommunen|budsjett*|prioriter*|sentrum|politiker*|politikar*|dere|de
            bygda|bygdene|utkanten|utkantane|utkantene|distriktet|grenda ..4 glemt|gløymt|glømt|taper|tapar|dør|døyr|forsvinner
            gebyr*|avgift*|skatt*|bompeng* ..4 ran|ranvirksomhet|røveri|blodpris*|melkeku|utpressing|tyveri|galskap|svindel
            nok ..2 en|ein|et|eit|ei
            enda|nok|endå|another ..1 en|ein|et|eit|ei|consultant|report|arbeidsgruppe|utredning|utgreiing|rapport|møte|utvalg
            får|gjør|gjer ..3 dere|de|dykk ..4 gjort|noe|noko|egentlig
            så ..2 nå|no|da|då ..2 skal|må|er
            sover|søv|sov ..4 gjennom|seg|i|time|timen
            ler|le ..3 hele|heile|av|godt
            for ..1 en|ein|et|eit ..2 gjeng|farse|skam|sirkus|kommune|tragedie|svikt|bande
            @not ..2 hører|høyrer|lytter|lyttar|bryr|bryd|ser|forstår ..3 på|seg|oss|folk
            hører|høyrer|lytter|lyttar|bryr ..2 @not
            like ..1 gjerne
            er ..2 det ..3 noen|nokon ..2 som ..2 tenker|tenkjer|bryr|hører|husker
            kan|får ..2 gjøre|gjere|holde ..2 hva|kva|som ..3 vil
            til|på ..1 fant|trynet|helvete
            konkurs
            har ..1 vi|me|dere|de|kommunen ..2 råd ..2 til
            råd ..2 til
            samme|same ..2 dag|tid|leksa|regla|visa|gamle
            burde|bør|skulle|kunne ..3 heller|hellar|skamme|skjemmast|skjemme|visst|heller|gå|trekke|forstå|skjønne|vite|ha|prioritere|bruke|bruka|lytte|lytta|høre|høyre|slutte
            hva|kva|ka ..2 er|e ..2 vitsen|poenget|problemet|tanken|galt|det
            hva|kva|ka ..3 tenker|tenkjer|tenkte|holder|held|driver|driv|styrer ..3 dere|dykk|de|dei|dokker|med|på
            når ..2 skal ..4 lære|slutte|våkne|vakne|forstå|skjønne|ta
            hvor|kor|kvar ..2 dum|dumme|lenge|langt|mye|mykje|frekke|vanskelig|lavt|lågt|dårlig|treg|trege|naive ..4 skal|må|kan|er|går|an|det
            går ..2 det ..2 an
            er|e ..1 det ..2 virkelig|verkeleg|mulig|mogleg|rart|dette|sånn|slik|rettferdig
            dette|det|her ..3 går|er|e|blir ..3 ikke|ikkje|itj ..2 bra|an|godt|nok|rett|riktig|greit|lov|rart|sant|holdbart|verdig
            ikke|ikkje|null|ingen|aldri|no ..2 rart|respekt|plan|ryggrad|kontroll|styring|peiling|vett|folkevett|tillit|anelse|framtid|skam|evne|vilje|forståelse|forståing|clue|åpenhet|openheit|interesse|bryr|bryd
            bryr|bryd|bry|gir|gjev|driter|drit ..2 dere|dykk|seg|de|dei ..3 ikke|ikkje|blaffen|faen|katta|i|lenger
            typisk|sjølsagt|selvfølgelig|sjølvsagt|selvsagt|igjen|som ..2 vanlig|vanleg|forventet|venta
            nok ..1 en|ein|et|eit|ei ..1 gang|gong
            mens|medan|imens|samtidig ..10 får|må|kutter|kuttar|har|ikke|ikkje|mangler|manglar|går|forfaller|råtner
            kan|greier|klarer|klarar|evner|makter|gidder ..3 ikke|ikkje|itj ..4 engang|eingong|ein|å|gong|enkle|skru*|lese|telle|styre|svare
            er|e ..2 det ..2 dette|her ..3 vi|me ..2 betaler|betalar|skal
            vi|me|folk|innbyggere|innbyggjarar ..2 betaler|betalar
            ingen|ikkje|ikke|aldri ..2 hører|høyrer|lytter|lyttar|tar|spør|spør|spurt|lytta|lyttet
            på|over ..1 bekostning|kostnad|hodet|hovudet
            forstår|forstå|skjønner|skjønar|skjøner|fatter|fattar|begriper ..2 ikke|ikkje|itj
            skulle|kunne ..2 tro|tru|tru
            snart|allerede ..3 flytter|flyttar|bare|berre
            verste|verre|værre|dårlig*|dårleg*|dårligere|dårlegare|ille|ussel*|svak|svakt|slett|slapt|slapp|slappe|traust|treigt|tregt|treige|trege|kjedelig
            velg|stem|stemme|stemmer|stemt|stemte|røyste|røyst|vote|voted
            gå|gå|trekk|trekke ..1 av|deg|seg|dere
            @not ..3 råd ..1 til
            råd til ..10 men|ikke|ikkje
            pengene|pengane|money ..3 går|brukes|forsvinner|blir|til|burde
            how much|many|long|stupid
            should be ashamed
            what a joke|mess|disgrace|waste|shame
            sett|sjå|sett|set|seen|hørt|høyrt|høre ..2 maken|makan|makk
            tar|tek|ta ..2 ikke|ikkje ..2 ansvar|på|alvor
            jeg|eg|æ|vi|me ..2 er ..3 imot|mot|uenig|ueinig|usamd
            er|går|gjekk|gikk|sterkt|stemmer|sier ..1 imot
            uenig|ueinig|usamd|ueinige|uenige
            """
        ),
        kind="criticism",
        weight=1.3,
        most=3,
    ),
    Rule(
        "criticism.sarcasm",
        SARCASM,
        phrases(
            """
            kjempesmart|dritsmart|supersmart|kjempelurt|kjempefint|kjempebra|genialt|smart|lurt ..2 å ..2 stenge|stengje|legge|leggje|kutte|rive|grave|avlyse|selge|fjerne
            klapp klapp
            heia|bra|godt|flott|gratulerer|gratulerar|imponerende|imponerande|supert|rekord|bravo|kjempebra|strålende|glimrende|great|fantastisk|nydelig|herlig|takk|lurt|smart|hurra|stilig|elegant ..8 rasere|rasert|raserer|ødelegge|ødelagt|ødelegger|øydelegge|øydelegg|glemte|glemmer|glemt|gløymde|gløymt|drukne|nedlagt|kutter|kuttet|rotet|rota|tok|brukte|brukt|utsatte|ventet|venta|forsinket|forseinka|dobbelt|tredje|fjerde|femte|tiende|verre|ubrukelig|ingen|null|never|months|late|mindre|færre|færrast
            heia|bra|godt|flott|gratulerer|gratulerar|imponerende|imponerande|supert|rekord|bravo|hurra ..3 bare|berre|kun ..2 @number_word|*0|*5 ..1 @time_unit|millioner|millionar|ganger|gonger
            bare|berre|kun ..2 @number_word ..1 @time_unit ..2 på|før|for ..8 rekord|imponerende|imponerande|bravo|bra|flott|effektivt
            rekord|verdensrekord ..4 i ..3 treghet|somling|rot|tull|venting|utredning*|sløsing
            så|jaja|ja ..2 dere|de|kommunen|dykk ..2 har ..2 penger|pengar|råd|tid ..10 men|ikke|ikkje
            fantastisk|flott|glimrende|genialt|geni|genialt|strålende|imponerende|imponerande|supert|bravo|gratulerer|gratulerar|hurra|takk|applaus|herlig|nydelig|perfekt|great|nice|brilliant|congratulations|fint|smart|lurt|klokt|imponert|godt|bra ..7 stenge|stengt|stenger|stengje|kutt|kutte|kutter|kutta|kuttar|legge|legg|fjerne|fjerna|fjerner|fjernet|ned|dyrere|dyrare|dobbel|dobla|doblet|hull|hol|kø|ventetid|timer|timar|måneder|månader|uker|veker|ingenting|konsulent*|nedlegg*|gebyr*|køen|close|closing|cutting|nothing|avlyse|avlyst|utsatt|utsett|utsette|midt|rushtid*|ødelegge|rive|river|riv|salg|sal|skatt*|økt|øke|auke|holer|grav*|grave|gravd|isbane|snøhaug|venta|vente|ventet|lukket|tomme|tom
            virkelig|jammen|sannelig ..1 applaus|imponerende|imponerande|flott|godt|smart
            tydeligvis|tydelegvis|åpenbart|openbert|visstnok|liksom|angivelig
            på ..1 sitt ..1 vis
            imponerende|flott|fint|bra|fantastisk ..10 mens|medan|samtidig|men
            takk ..2 for|til ..2 ingenting|ingen|nothing
            slow|langsom|sakte ..1 clap|klapp|applaus
            < jaja|joda|jada|åja|neimen|selvsagt|sjølvsagt|selvfølgelig|selvfølgeligheter|gratulerer|gratulerar|bravo
            så|ja ..1 bra|fint|flott|godt|koselig|koseleg|hyggelig|morsomt|gøy|betryggende|betryggande|beroligende ..2 at|når ..3 @politician|kommunen|dere|de|dykk|direktøren
            tid|råd ..1 til ..8 når|mens|medan|men
            @not ..2 drømt|drøymt|funnet|valgt|finne|velge ..3 bedre|betre|verre
            kjøpe|bygge|bygd|bygger ..4 luksus*|operahus*|fontene*|statue*
            godt|bra|fint|deilig|kjekt|flott ..2 å ..1 vite|se|sjå|vete|høre|høyre ..6 at|prioriter*|penger|pengar
            """
        ),
        kind="criticism",
        weight=2.4,
        most=2,
    ),
    Rule(
        "criticism.eyes",
        SARCASM,
        kind="criticism",
        weight=2.4,
        most=1,
        check=lambda reading: any(sign in reading.plain for sign in "🙄🤡🤦😡🤬👎😤🤮😠💩🤷🖕😒"),
    ),
    Rule(
        "criticism.why",
        WHY,
        phrases(
            """
            hvorfor|kvifor|koffor|koffer|why
            hvem|kven|kem ..1 er ..1 det ..1 som ..1 har
            hvem|kven|kem ..2 fant|fann|bestemte|bestemmer|godkjente|godkjende|godkjent|decided|trenger|treng|needs
            hvor|kor ..1 mange|mye|mykje|lenge ..3 skal|må|trengs
            når ..2 skal|tenker|har ..2 kommunen|dere|de|dykk|politikerne|politikarane|rådmannen
            """.replace("..6", "")
        ),
        kind="criticism",
        weight=1.3,
        most=1,
    ),
    Rule(
        "criticism.ideas",
        IDEAS,
        phrases(
            """
            innspill|innspel|forslag|framlegg|oppfordring|ønske|idé|ide ..2 til
            < forslag|innspill|innspel
            behold|bevar|stopp|dropp|kutt|prioriter|satse|sats|bygg|la|flytt|skrot|utsett|nei ..2 til?
            burde|bør|må|kan ..2 kommunen|kommuna|dere|dykk|vi|man|politikerne|politikarane
            kommunen|kommuna|dere|dykk|vi|politikerne|politikarane ..1 burde|bør|må
            hadde|ville ..2 vært|vore ..2 bedre|betre|fint|lurt|fornuftig
            """
        ),
        kind="criticism",
        weight=1.0,
        most=2,
    ),
)
