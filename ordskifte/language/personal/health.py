"""Health (GDPR art. 9): an illness, an injury, a treatment or a pregnancy, when it is somebody's."""

from typing import Final

from ordskifte.language.signals.rule import Rule, phrases

HEALTH: Final = "Tells of somebody's health: GDPR article 9. An illness nobody is said to have is no personal data."
CARE: Final = "Tells that somebody is treated, admitted, medicated or cared for."
CRISIS: Final = "Tells that somebody tried to take their life, harms themselves or is on drugs."

_HAS: Final = "har|ha|hadde|fikk|fekk|fått|får|lider|lid|led|sliter|slit|slet|sleit|plages|plagast|diagnostisert|rammet|ramma|utviklet|utvikla|strever|med|has|have|had|got|suffers|suffer|diagnosed|påvist|av"
_IS: Final = "er|e|var|ble|blei|vart|blir|vert|blitt|vorte|is|was|am|i'm|she's|he's|been"

RULES: Final = (
    Rule(
        "personal.health",
        HEALTH,
        phrases(
            f"""
            @who ..4 [ {_HAS} ..3 @ill ]
            @who ..3 [ {_IS} ..2 @ill ]
            @who ..3 [ {_IS} ..2 syk|sjuk|alvorlig|alvorleg|kronisk|dødssyk*|dødssjuk*|hjertesyk*|kreftsyk*|kreftsjuk*|pleietrengende|pleietrengande|sengeliggende|sengeliggande|ufør|uføre|uføretrygd*|sykmeldt*|sykemeldt*|sjukmeld*|sjukemeld*|utbrent|sykmeld*|døende|døyande|bevegelseshemm*|rørslehemm*|seriously ..2 syk|sjuk|ill? ]
            [ min|mi|mitt|mine|hans|hennes|hennar|vår|vårt|my ..2 @ill ]
            [ @ill ..1 min|mi|mitt|hans|hennes|hennar|vår|hos ]
            [ @ill ..1 til|hos ..1 @kin|meg|ham|henne|naboen ]
            @kin|@my|mor|far|mann|kone|pasient ..3 [ med ..2 @ill ]
            som|as [ @ill|kreftpasient*|diabetik*|uføretrygd*|ufør|rullestolbruker*|rullestolbrukar*|epileptik*|sykmeldt|sjukmeld|allergik*|astmatik* ] ..2 har|får|er|kan|må|treng*|trenger|i|kjem|kommer|føler|opplever
            [ diagnosen|diagnosa|sykdommen|sjukdomen|diagnose ..2 min|mi|hans|hennes|hennar|til|vår|@kin ]
            [ sykmeldt|sykemeldt|sjukmeld|sjukemeld|uføretrygda|uføretrygdet ..3 siden|sidan|på|i|etter|av|pga|grunn|grunna|for ]
            [ @ill ..3 i ..1 familien ]
            etter|under|pga|grunnet|because [ kreft*|operasjon*|cellegift*|hjerneslag*|hjerteinfarkt*|hjarteinfarkt*|fødselen|slag|slaget|hjerneslaget|strålebehandl*|kneoperasjon*|hofteoperasjon*|surgery ] ..4 @me|@kin|vi|han|hun|ho|mannen|kona
            """
        ),
        unless=phrases(
            """
            dere|dokker|dykk|de|dei|kommunen|politikerne|politikarane|ordføreren|ordføraren|systemet ..3 er|e ..3 dement|demente|blind|blinde|døv|døve|syke|sjuke|lam|lamme|psykotisk*|autist*
            er|e dere|dokker|dykk|de ..3 dement|blind|blinde|døv|døve|helt|heilt
            gravid|gravide ..2 kan|skal|bør
            blind|blinde|døv|døve|lam ..2 for
            slag|sår ..2 i|for ..1 ansiktet|trynet|lufta|bordet|et
            et|eit slag
            i ..1 ett|eitt slag
            """
        ),
        type="helse",
        kind="",
    ),
    Rule(
        "personal.care",
        CARE,
        phrases(
            f"""
            @who ..4 [ {_IS}|har|ligger|ligg|lå|låg|fikk|fekk|må|skal|venter|ventar ..2 innlagt|innlagd|lagt|lagd|operert|opereres|opererast|operasjon*|dialyse|cellegift*|rehab|rehabilitering|tvangsinnlagt*|tvangsinnlagd|avrusning*|psykiatrisk*|psykehus*|hospice|intensiven|sykehus|sjukehus|sykehuset|sjukehuset|hospital|surgery ]
            @who ..5 [ går|gjekk|gikk|henvist|venter|ventar|tilvist|får|fekk|fikk|søkt|time ..2 til|på|hos|for|i ..1 psykolog*|psykiater*|bup|dps|fysioterap*|rusbehandling*|rusklinikk*|psykiatri*|lar|onkolog*|kreftavdeling*|terapi* ]
            @who ..4 [ fikk|fekk|får|bruker|brukar|tar|tek|må|gitt|ble|trenger|treng ..3 feil? ..1 medisin*|medisiner|medisinar|insulin*|antidepress*|beroligende|blodfortynnende|morfin*|metadon*|ritalin|antibiotika*|kateter*|pumpe|oksygen|respirator|epipen|dosett*|medication|medicine ]
            @me|vi|kona|søster*|datter*|dotter* ..3 [ mistet|mista|mista ..1 barnet|babyen|fosteret ]
            @who ..3 [ går|gjekk|gikk|står|gått ..1 på ..2 medisin*|antidepress*|insulin*|blodfortynnende|metadon*|subutex|cellegift*|smertestillende|smertestillande|lykkepille* ]
            @kin|@my|bestemor|mor|far ..4 [ ligger|ligg|låg|lå ..1 for ..1 døden|døda ]
            [ medisin*|medisinane|medisinene|insulin*|dosett* ..2 min|mi|mine|til|hennes|hans|hennar|til ..1 @kin|mor|far|meg|han|henne ]
            @kin|@other_person|jeg|eg ..5 [ falt|datt|fall|ramla ..4 brakk|braut|lårhals*|hofta|hoften|hodet|hovudet|sykehus|sjukehus ]
            @who ..3 [ brakk|braut|brakk|forstua|knakk ..3 lårhals*|hofta|hoften|armen|beinet|foten|håndleddet|handleddet|ankelen|kragebein*|nesa|ryggen|tåa ]
            @kin|bestemor|mor|far ..5 [ på|plass|ligger|ligg|bor|bur|sitter|sit ..2 sykehjem*|sjukeheim*|korttidsavdeling*|korttidsopphald*|demensavdeling*|skjermet|skjerma|omsorgsbolig*|omsorgsbustad*|bofellesskap*|pleiehjem*|aldershjem* ]
            @who ..3 [ døde|død|døydde|dør|døyr ..3 av|på|i|etter|under ]
            [ journalen|pasientjournal*|helsejournal*|legejournal* ..2 min|mi|hans|hennes|hennar|til|@kin ]
            """
        ),
        unless=phrases("av latter|kjedsomhet"),
        type="helse",
    ),
    Rule(
        "personal.crisis",
        CRISIS,
        phrases(
            """
            @who ..4 [ prøvde|prøvd|forsøkte|forsøkt|ville|vil|har|tok|truer|truar|trua|tried ..4 ta|tatt|teke|selvmord*|sjølvmord*|livet|kill|suicide ..4 livet|liv|selvmord*|sjølvmord*|sitt|av|seg|sin|himself|herself|suicide ]
            [ tok|tatt|teke|tar|tek ..2 livet ..2 av? ..1 seg|sitt|meg ]
            @who ..4 [ selvskad*|sjølvskad*|selvmord*|sjølvmord*|suicidal*|suicid* ..2 seg? ]
            @who ..4 [ kutter|kuttar|kutta|skader|skadar ..1 seg|meg ]
            @who ..4 [ ruser|rusar|rusa|rusmidler|rusmiddel|narkotika|heroin|amfetamin|kokain|overdose*|rusproblem*|alkoholproblem*|drikker|drikk ..2 seg|tungt|mykje|mye ]
            @kin|@other_person ..5 [ rus|rusen|rusproblem*|rusavheng*|rusmisbruk*|alkoholproblem*|overdose*|heroin*|narkotika*|dop|narkoman* ]
            """
        ),
        unless=phrases(
            """
            drikker|drikk ..2 kaffe|vann|vatn|melk|mjølk|brus|te
            selger|sel|seljer ..2 dop
            @not ..2 drikk*
            """
        ),
        type="helse",
    ),
)
