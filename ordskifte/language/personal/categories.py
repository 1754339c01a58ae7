"""Child protection, benefits, union, religion, politics, origin, love and crime: GDPR articles 9 and 10, when somebody's."""

from typing import Final

from ordskifte.language.signals.rule import Rule, phrases

CHILD_PROTECTION: Final = "Tells that somebody has a case with the child welfare service."
BENEFITS: Final = "Tells that somebody lives on benefits, is in debt or has money trouble."
UNION: Final = "Tells that somebody is a member of a union: GDPR article 9."
RELIGION: Final = "Tells somebody's religion or belief: GDPR article 9."
POLITICS: Final = "Tells somebody's political view or party, who is no politician: GDPR article 9."
ORIGIN: Final = "Tells somebody's ethnic origin: GDPR article 9."
LOVE: Final = "Tells whom somebody loves, or their gender identity: GDPR article 9."
CRIME: Final = "Tells that somebody has committed a crime, is charged or has been in prison: GDPR article 10."

_FAITH: Final = "muslim|muslimar|muslimer|kristen|kristne|katolikk|katolikker|katolikkar|katolsk|jøde|jøder|jødisk|jødar|hindu|hinduer|buddhist*|sikh|sikher|ateist*|adventist*|pinsevenn*|mormon*|jehovas|læstadian*|ortodoks*|humanist*|troende|truande|muslimsk|muslimske|catholic|jewish|christian|buddhist|atheist|konvertert*|konvertitt"
_UNION: Final = "ntl|negotia|nal|skolelederforbundet|delta|flt|fagforbundet|fagforeininga|fagforeningen|fagforening|fagforeining|delta|utdanningsforbundet|nsf|sykepleierforbundet|sjukepleiarforbundet|lo|ys|unio|akademikerne|tekna|nito|fellesforbundet|el|elogit|fo|skolenes|jurist|juristforbundet|legeforeningen|parat|fellesorganisasjonen|nnn|transportarbeiderforbundet|union"
_PARTY: Final = "høyre|arbeiderpartiet|arbeidarpartiet|ap|frp|fremskrittspartiet|framstegspartiet|sv|sp|senterpartiet|venstre|krf|mdg|rødt|raudt|konservativ*|kommunist*|sosialist*|partiet|inp|labour"
_PEOPLE: Final = "same|samar|samer|samisk|samiske|kurdiske|somaliske|polske|ukrainske|syriske|rom|tater|romani|kven|kvensk|somalisk|somalier|somaliar|pakistansk|tyrkisk|polsk|syrisk|syrer|syrar|kurdisk|kurder|eritreisk|eritreer|afghansk|afghaner|irakisk|iraner|iransk|ukrainsk|ukrainer|ukrainar|litauisk|filippinsk|vietnamesisk|tamil|tamilsk|tsjetsjensk|afrikansk|asiatisk|mørkhud*|svart|brun|adoptert|flyktning|asylsøker|asylsøkjar|sami|refugee"
_CRIME: Final = "dømt|dømd|domfelt|domfelte|straffedømt*|tidligere-straffedømt|siktet|sikta|tiltalt|tiltalte|mistenkt|arrestert|anmeldt|fengslet|fengsla|varetekt*|voldsdømt*|overgrepsdømt*|kriminell|fotlenke|sonet|sona|soner|sonar|convicted|arrested|charged|jailed|ransdømt*|pedofil|overgriper|overgripar|narkodømt|etterlyst"

RULES: Final = (
    Rule(
        "personal.child_protection",
        CHILD_PROTECTION,
        phrases(
            """
            [ tok|tar|tatt|tek|teke|hentet|henta|fjernet|fjerna|stjal|stal|took|taken ..2 barn*|barna|ungene|ungane|ungan|sønn*|datter*|dotter*|jenta|gutten|guten|sonen|kids|children|son|daughter|barnebarn*|ham|ho ..1 min|mi|mine|vår|våre|mitt|fra|frå|my|our|hennes|hans|her ]
            [ tok|tar|tatt|tek|teke|took ..1 fra|frå|from ..1 meg|oss|mæ|henne|ham|me|us ..1 barna|ungene|ungane|omsorgen|omsorga|sønnen|dattera|children ]
            [ min|mi|mine|vår|våre|kontakt|oss|meg|my ..3 barnevernet|barneverns*|barnevernssak*|barnevernsak*|barnevernssaken|barnevernssaka ] ..3
            [ brev|brevet|møte|møtet|besøk|samtale*|time*|timen|sak|saken|saka|svar|tiltak|oppfølging|hjelp|melding|vedtak* ..2 fra|frå|med|i|av|hos ..1 barnevernet ]
            @me|@kin|@other_person|vi ..5 [ barnevernet|barnevern|barnevernssak*|barnevernsak*|barnevernstiltak*|child ..1 welfare|protective|services? ]
            barnevernet ..6 [ meg|oss|min|mi|vår|mine|våre|sønnen|dattera|datteren|barna|ungene|ungane|naboen|søstera|broren ]
            [ fosterhjem*|fosterheim*|fosterbarn*|fostermor|fosterfar|omsorgsovertak*|omsorgsovertag*|omsorgen|samvær*|tilsynsfører|beredskapshjem*|akuttvedtak*|beredskapsheim* ..3 @me|@kin|@my|for|til|med|i|hos|fra|mistet|mista ]
            @me|@kin|@my|vi|barna ..5 [ fosterhjem*|fosterheim*|beredskapshjem*|beredskapsheim*|omsorgsovertak*|institusjon* ]
            [ mistet|mista|fratatt|frateke|lost ..2 omsorgen|omsorga|foreldreretten|foreldreansvaret|custody ]
            """
        ),
        unless=phrases(
            """
            jobber|jobbar|arbeider|arbeidar|ansatt|tilsett|utdanna ..3 barnevernet|barnevern
            barnevernet ..2 trenger|treng|mangler|manglar|søker|søkjer|har|får ..3 flere|fleire|folk|ressurs*|ansatte|tilsette|kapasitet|penger
            hvis|viss ..4 barnevernet
            budsjett*|kutt|kutte|kuttar|kutter|bemanning*|politikar*|politiker*
            """
        ),
        type="barnevern",
    ),
    Rule(
        "personal.benefits",
        BENEFITS,
        phrases(
            """
            [ går|gått|lever|levd|levde|er|har|gjekk|gikk|får|fekk|fikk|mottar|mottek|bor ..2 på|av|med? ..1 sosialen|sosialhjelp*|sosialstønad*|trygd|trygda|uføretrygd*|aap|arbeidsavklaring*|dagpenger|dagpengar|minstepensjon*|sosial|overgangsstønad*|nav|benefits|welfare|kvalifiseringsstønad* ]
            @me|@kin|@other_person|vi|@my ..5 [ sosialhjelp*|sosialhjelpa|sosialhjelpen|sosialstønad*|bostøtte*|bustøtte*|startlån*|gjeldsordning*|gjeldsrådgiv*|inkasso*|matkasse*|fattigkassen|dagpenger|dagpengar|aap|arbeidsavklaringspeng*|uføretrygd*|overgangsstønad*|kontantstøtte*|namsmann*|utlegg*|betalingsanmerk*|redusert ..1 foreldrebetaling? ]
            [ sosialhjelp*|sosialstønad*|bostøtte*|bustøtte*|startlån*|dagpeng*|uføretrygd*|gjelda|gjelden|inntekten|inntekta|lønna|lønnen ..1 min|mi|mitt|vår|vårt|hans|hennes ]
            @me|@kin|@other_person|vi ..3 [ på ..1 sosialen|sosialhjelp*|sosialstønad*|trygd|uføretrygd*|aap|dagpenger|dagpengar|minstepensjon* ]
            redusert [ foreldrebetaling* ] ..8 @my|@me|inntekt*
            @me|@kin|@my|vi ..4 [ arbeidsledig|arbeidslaus|arbeidsløs|blakk|blakke|konkurs|bostedsløs|bustadlaus|hjemløs|heimlaus|husløs|unemployed|homeless|evicted|bankrupt|kastet|kasta ..1 ut? ]
            @me|@kin|vi ..4 [ @not ..2 råd ..2 til ..2 mat|husleie|husleige|leia|leien|strøm|straum|medisin*|rent|food ]
            [ nav ..3 min|mi|mitt|meg|oss|vår|meg ]
            [ kommunal ..1 bolig|leilighet|bustad|leilegheit ..3 @me|@kin|vi ]
            @me|@kin|vi ..3 [ bor|bur ..2 i ..1 kommunal* ]
            """
        ),
        unless=phrases(
            """
            jobber|jobbar|arbeider|ansatt|tilsett ..3 nav|sosialen
            nav ..2 kan|må|bør
            @politician
            folk|mange|alle|flere|fleire|de|dei ..2 som? ..2 går|lever ..2 på
            folk|mange|alle|flere|fleire|dei|de ..1 på ..1 sosialhjelp*|trygd|uføretrygd*|aap|dagpenger|minstepensjon*
            """
        ),
        type="sosial",
    ),
    Rule(
        "personal.union",
        UNION,
        phrases(
            f"""
            medlem|medlemmer|medlemer|organisert|organiserte|tillitsvalgt*|tillitsvald*|hovedtillitsvalgt*|hovudtillitsvald*|member|plasstillitsvalgt* ..2 i|av|for|of|hos? ..3 [ {_UNION} ..1 avd|avdeling? ]
            @me|@kin|@other_person|hun|han|ho|kollega* ..3 [ er|var|ble|blei ..2 tillitsvalgt|tillitsvald|fagorganisert|fagorganisera|uorganisert|uorganisera|streikebryter|streikebrytar|streiker|streikar ]
            @me|@kin|@other_person ..3 [ er|var|meldte|melde|ble ..3 i|inn|med|ut ..1 i? ..2 {_UNION} ]
            som|as [ tillitsvalgt|tillitsvald|fagorganisert|union ]
            """
        ),
        unless=phrases("@politician\nalle|ansatte|vi er ..2 medlem"),
        type="fagforening",
    ),
    Rule(
        "personal.religion",
        RELIGION,
        phrases(
            f"""
            som|as|a [ {_FAITH} ] ..4 @me|@kin|@my|har|får|er|må|kan|vi|i|føler
            @me|@kin|@other_person|vi|familien|@my|i|we|naboen ..3 [ er|e|var|ble|vart|blei|am|is|i'm|konverterte|are ..2 {_FAITH} ]
            [ {_FAITH} ..1 familie*|datter|sønn|jente|gutt|son|dotter|bakgrunn ] ..4
            @my|@kin ..3 [ {_FAITH} ]
            @me|@kin|@other_person|vi ..4 [ går|medlem|meldt|tilhører|høyrer|tilhøyrer|ber|faster|fastar|fasta|bruker|brukar ..3 hijab|hijabs|ramadan*|moskeen|moské|jehovas|menigheten|menigheta|human-etisk|nikab|statskirken|pinsekirken|kipa|turban ]
            @me|@kin|@other_person|vi ..4 [ hijab*|nikab*|ramadan*|moskeen|synagogen|eid|id ]
            [ tro|trua|troen|religion|religionen ..1 min|mi|vår|hennes|hans|hennar ]
            """
        ),
        unless=phrases(
            """
            medlem ..2 i ..2 laget|klubben|idrettslag*|partiet|velforening*|foreningen
            konfirmert|konfirmasjon*|julekonsert*|konsert*|gudstjeneste*|bryllup*
            """
        ),
        type="religion",
    ),
    Rule(
        "personal.politics",
        POLITICS,
        phrases(
            f"""
            @me|@kin|naboen|sjefen|læreren|læraren|saksbehandler*|rektor|i ..4 [ medlem|stemmer|stemte|røyster|røysta|melde|meldt|meldte|voted|vote|member ..3 i|av|på|for|inn|of ..2 {_PARTY} ]
            @me|@kin|naboen|sjefen|læreren|læraren|hun|han|ho ..3 [ stemmer|stemte|røyster|røysta|røyste|er|var|voted ..1 {_PARTY} ]
            """
        ),
        unless=phrases("kandidat|folkevalgt|folkevald|listetopp|ordførerkandidat*"),
        type="politikk",
    ),
    Rule(
        "personal.origin",
        ORIGIN,
        phrases(
            f"""
            som|as [ {_PEOPLE} ] ..4 @me|@kin|@my|har|får|er|må|kan|vi|i|føler|opplever
            @me|@kin|@other_person|vi|@my|familien|i|we ..3 [ er|e|var|kommer|kjem|am|are|is ..2 {_PEOPLE} ]
            [ {_PEOPLE} ..1 bakgrunn|familie|avstamning|avstamming|opphav|opprinnelse|mor|far|jente|gutt|gut|datter|sønn|nabo* ]
            @kin|@other_person|@me|@my ..4 [ papirløs|asylsøker|asylsøkjar|flyktning|opphold|oppholdstillatelse*|opphaldsløyve*|innvandret|innvandra ]
            """
        ),
        unless=phrases(
            "bil|jakke|genser|bukse|hund|katt|vann|vatn|vannet|vatnet|hus|huset|maling|mat|flagg|grus|is|svart på|brev|papir|kaffe|snø"
        ),
        type="etnisitet",
    ),
    Rule(
        "personal.love",
        LOVE,
        phrases(
            """
            som|as [ homofil|homo|skeiv|lesbisk|lesbe|bifil|trans|transperson|transkvinne|transmann|transjente|transgutt|ikke-binær|ikkje-binær|gay|lesbian|queer|trans|transgender ]
            @me|@kin|@other_person|@my|vi|to|i ..3 [ er|e|var|am|is|sto|kom|are|står ..2 fram? ..1 som? ..1 ut? ..1 som? homofil|homo|skeiv|skeive|lesbisk|lesbiske|lesbe|bifil|trans|transperson|transkvinne|transmann|transjente|transgutt|ikke-binær|ikkje-binær|gay|lesbian|queer|transgender|aseksuell|panfil ]
            [ legning|legninga|legningen|seksualitet*|kjønnsidentitet*|kjønnsinkongruens ..1 min|mi|hans|hennes|hennar|sin|til ]
            @kin|@me ..4 [ kjønnsskifte*|kjønnskorrig*|kjønnsinkongruens|skifta|skiftet ..1 kjønn? ]
            """
        ),
        type="legning",
    ),
    Rule(
        "personal.crime",
        CRIME,
        phrases(
            f"""
            @who|ansatt|mann|mannen|fyren|typen|naboen|trener*|ham|henne ..6 [ sittet|sete|satt|sat|sitter|sit|suttet ..1 inne|fengsel|fengslet ]
            @who|ansatt|mann|mannen|fyren|typen|naboen ..6 [ sittet|sete|satt|sat|sitter|sit|vært|vore ..1 i ..1 fengsel|fengslet ]
            @who|ansatt|mann|mannen|fyren|typen|naboen|trener*|navn ..5 [ er|ble|blei|vart|har|var|blitt|vorte|is|was|has ..3 {_CRIME} ]
            @who|mannen|naboen|fyren ..4 [ selger|sel|seljer|solgte|dealer|langer|sells ..2 dop|narkotika|hasj|stoff|drugs|kokain|piller ]
            @me|@kin|@other_person|naboen|naboane|mannen|eksen ..4 [ i|på|fra|frå|ut|fengsel ..1 fengsel|fengsla|fengselet|soning|prøveløslat*|prøvelauslat*|jail|prison|varetekt|isolat ]
            @kin|@other_person|naboen|mannen|eksen|eks-mannen|sjefen|ansatt ..4 [ slår|slo|banker|bankar|mishandl*|voldt*|valdt*|voldtok|underslo|stjal|stal|stjeler|stel|svindl*|misbrukt*|misbruker ..2 kona|barna|kone|ungene|ungane|meg|henne|jenter|jente|penger|fra|frå|en|ei|gamle|kassa|naboen ]
            [ rulleblad*|rullebladet|vandelen|politiattest* ..2 til|hans|hennes|min|hennar ]
            """
        ),
        unless=phrases("@politician ..4 anmeldt|dømt|tiltalt\nslår ..1 alarm|fast|av|på"),
        type="straff",
    ),
)
