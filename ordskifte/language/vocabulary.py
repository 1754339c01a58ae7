"""Classes of words that phrases share: bokmål, nynorsk, common dialect spellings and English. Compiled by hand.

A class is written `@name` in a phrase and may hold other classes. Words in lower case, `*` as in phrases.
"""

from typing import Final

CLASSES: Final[dict[str, str]] = {
    # who
    "me": "jeg eg æ æg æi jæ je jei ej ek",
    "we": "vi me mi vårres",
    "iwe": "@me @we",
    "my": "min mi mitt mine vår vårt våre vår mett mæ meg my our us oss",
    "mine": "min mi mitt mine vår vårt våre vårs hennes hans hennar my our his her",
    "you": "du deg dæ dæg dere dykk dokker dokk dåkke dokke døkk dåkkår di de u you",
    "weapon": "børsa børse muskett* luftgevær* flammekaster* øks øksa kniv kniven hagle hagla rifle rifla gevær pistol pistolen våpen balltre balltreet kule kula bombe bomba bomber dynamitt bensin bensinkanna molotov* machete køller slegge slegga motorsag* motorsaga hammer hammeren jaktrifle* jaktgevær* axe knife gun shotgun rifle pistol bomb bullet spade spaden sprengstoff granat kniver",
    "willdo": "skal ska kommer kjem kjæm vil komme kjeme tar tek møter stiller gonna will going",
    "harm": "drep* drap kverk* skyte skyt skyter skyta skutt henge heng hengt knivstikk* stikke banke bank banker bankar banka denge deng jule julinga slå slår knuse knuser knus knusar knuse kvele kvel kveler parter* slakt* lemlest* myrd* gasse gass gasses gassast halshogg* lynsj* tortur* tyne tyner mishandle voldta valdta brenne brenner brenn grille kjøverk* kill shoot stab hurt beat murder strangle burn rape kutte skjære rundjule* rundbank* sparke pepre nedpåt kakke banket",
    "ours_body": "rådhus* kommunehus* kontor* kontoret nav nav-kontoret skolen skulen barnehagen barnevernet barnevernskontoret huset bygget bygningen hytta bilen leiligheten mottaket asylmottak* moskeen kirka legekontoret brakka brakkene anlegget tomta vindmøllene vindmøllane bommen bomstasjonen parkeringsautomat* kraftlinj* trafo* kameraet fotoboks* office building house hall car school",
    "target": "deg dæ dæg dere dykk dokker dokke dokk dåkke døkk dåkkår dem dei han ham hannan hun henne ho hu hona you him her them",
    "your": "din di ditt dine dykkar deres dokkers dokkas your",
    "kin": (
        "tvillingene tvillingane tvillinger tvillingar mor mora moren mamma mammaen far faren fatter'n pappa pappaen sønn sønnen sønnene son sonen søner sønene guten guttungen "
        "dotter dottera datter dattera datteren datra døtre døtrene barnet barna barnebarn* ungen ungene ungan jenta guten gutten "
        "bror broren bror'n brødre* søster søstera søsteren syster systera søsken sysken* bestemor* bestefar* besta mormor* "
        "farmor* morfar* farfar* besteforeld* tante tanta onkel onkelen kona kone kjerringa mannen ektemann* ektefelle* "
        "sambo* kjæresten kjærasten svigermor* svigerfar* svigersøn* svigerdatter* nevø* niese* oldemor* oldefar* "
        "foreldre foreldra foreldrene tenåring* treåring* fireåring* femåring* seksåring* sjuåring* åtteåring* niåring* "
        "tiåring* *åringen *-åringen *åringa fetter* kusine* søskenbarn* *søsken stebarn* stesønn* stedatter* stefar* stemor* fosterbarn* fostersønn* fosterdatter* eksmann* eks-mann* ekskon* eksen "
        "mother father mum mom dad son daughter brother sister wife husband kid kids child children grandma grandpa "
        "grandmother grandfather boyfriend girlfriend baby"
    ),
    "other_person": (
        "naboen naboane naboene naboar naboer nabodama nabofamilien gjenboeren neighbour neighbor han hun ho hu hann he she "
        "eleven pasienten bebuaren beboeren brukaren brukeren kompisen venninna veninna venninnen kollegaen sjefen læreren lærar'n "
        "læraren pedagogen leiaren lederen rektor legen fastlegen trenaren treneren ungdommen ungdomen klassekameraten"
    ),
    "person": "@me @kin @other_person vi",
    # negation and frequency
    "neg": (
        "ikke ikkje ikkj ikkji ikje itj ittj itte itt inte ikkj isje aldri aldri aldrig ei uten utan ingen inga ikkjeno "
        "not don't doesn't didn't won't can't cannot isn't wasn't never no without dont cant wont"
    ),
    "not": (
        "ikke ikkje ikkj ikkji ikje itj ittj itte inte aldri aldrig not don't doesn't didn't won't can't cannot isn't aren't "
        "never dont cant wont"
    ),
    "none": "ingen inga intet ingenting null ikkeno ikkjeno nobody none nothing no",
    "is": "er e æ var vart blir blei ble vert ble ha har is was are were be been",
    "have": "har ha hadde hatt he har've haver got have has had",
    "want": "vil ønsker ønskjer ønska ynskjer krever krev krevjer kreve skal må want demand wish",
    "must": "må bør burde skal skulle burda får need must should have",
    "can": "kan kunne kunna kunn kain can could may",
    "a": "en ei et eit ein den det dette denne the a an this that eitt",
    "ask": "be ber bed beder bedt bad ba ynskjer ønsker ønskjer krever krev krevjer kreve vil søker søkjer request ask demand",
    # the body and its people
    "body": (
        "kommune* kommunen* teknisk etat* bydel* fylke* fylkeskommune* nav rådhus* administrasjon* council municipality "
        "etaten etat kommuna kommunehus*"
    ),
    "politician": (
        "ordfører* ordførar* varaordfører* varaordførar* politiker* politikar* kommunestyre* bystyre* formannskap* rådmann* "
        "kommunedirektør* statsråd* minister* partiet parti byråd* fylkesordfør* kommunalsjef* utvalg* utval* mayor council "
        "councillor* politician* regjering* statsminister* byråkrat* representant* høyre arbeiderpartiet ap frp sv sp krf mdg venstre rødt "
        "senterpartiet flertallet fleirtalet styret direktør* etatssjef* kommunesjef* stortinget"
    ),
    # decisions
    "decision": (
        "vedtak* avslag* avslått avslo avgjør* avgjerd* avgjer* beslutning* enkeltvedtak* gebyr* *gebyr *gebyret *gebyrer tilsynsgebyr* "
        "kontrollavgift* parkeringsbot* parkeringsbøt* bota boten bot p-bot forelegg* pålegg* takst* eiendomsskatten eigedomsskatten "
        "takseringa takseringen tildeling* plassering* *plassering *plasseringen *plasseringa inntaket opptaket skoleplass* skuleplass* dispensasjon* "
        "byggeløyve* byggetillatelse* løyvet tillatelsen utmåling* eigenandel* egenandel* egenbetaling* "
        "omsorgslønn* omsorgsstønad* vederlag* refusjon* reguleringsplan* ferdigattest* tvangsmulkt* "
        "decision refusal rejection denied fine ruling"
    ),
    "refusal": "avslag* avslått avslo nekta nektet nei rejection refused refusal denied rejected turned",
    # documents and cases
    "documents": (
        "dokument* saksdokument* sakspapir* saksmappe* saksmapp* papir* papira journal* journalen postlist* korrespondanse* brev "
        "brevet breva brevene e-post* epost* mail* mailene kontrakt* avtale* avtala* rapport* referat* protokoll* byggesak* byggjesak* "
        "saken saka søknad* notat* vurdering* høringssvar* faktura* regnskap* rekneskap* tilbud* tilbod* anbud* anbod* "
        "innkjøp* personalmappe* mappe* mappa ansettelsessak* tilsynsrapport* utredning* utgreiing* plan* tegning* teikning* "
        "documents document files file papers records emails correspondence contract report minutes case"
    ),
    "case": (
        "saken saka sak saksnr saksnummer søknad søknaden søknader klagen klaga vedtaket byggesaken byggesaka byggjesaka "
        "søknadene søknadane case application permit"
    ),
    # time and degree
    "time_unit": (
        "dag dager dagar dagen uke uker uka veke veker veka vekene måned måneder måneden månad månader månaden mnd år året time timer "
        "timar døgn week weeks month months year years day days hour hours minutt minutter"
    ),
    "number_word": (
        "to tre fire fem seks sju syv åtte ni ti elleve tolv flere fleire mange en ein ei et eit halvannen halvt et halve "
        "two three four five six seven eight nine ten several many hele heile 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 20"
    ),
    # things, states, services, people and illnesses
    "thing": (
        "bommen sti stien tursti* skiløype* skiløypa løype løypa turløype* turveg* turvei* takrenn* takrenna klatre* "
        "bolt bolter boltar fotgjengerfelt* fotgjengarfelt* veimerking* vegmerking* oppmerking* flaggstang* statue* "
        "minnesmerke* gapahuk* bålplass* strømskap* straumskap* el-skap* koblingsboks* mur muren forstøtningsmur* "
        "støttemur* rasnett kai kaia badeflåte* stupetårn* redningsbøye* livbøye* livbøya garderobe* gymsal* "
        "skolegård* skulegard* p-plass* snuplass* avkjørsel* avkjøring* rundkjøring* rundkøyring* kryss krysset "
        "tunnel* demning* dam dammen gravlund* kirkegård* kyrkjegard* gravstein* sykkelstativ* sparkesyk* strøkasse* "
        "brøytekant* fotballmål* målnett* ballnett* isbane* skøytebane* pumptrack* fontena gatesluk gatevarme* "
        "nødtelefon* ventebenk* oppslagstavle* tavla informasjonstavle* ballbane* toalettdør* inngangsdør* "
        "ringeklokk* knapp knappen signalanlegg* gangbru* sandpit roof gutter wall stairs steps railing toilet goal "
        "parking curb kerb trail gatelys* gatelykt* gatelykter veglys* veilys* lyspære* lyset lysa lykt lykta lykten "
        "lyktestolpe* lysstolpe* lysmast* lysløype* lysløypa lyskryss* trafikklys* trafikkskilt* skilt skiltet skilta "
        "veiskilt* vegskilt* fartshump* rekkverk* autovern* gjerde* gjerdet bru brua broen fortau* fortauet gangvei* "
        "gangveg* sykkelvei* sykkelveg* sykkelsti* gangfelt* overgang* undergang* trapp* trappa trappen vei veien veg "
        "vegen gata gate gaten grusvei* grusveg* asfalt* asfalten kantstein* kum kumlokk* kummen sluk sluket slukene "
        "stikkrenne* grøft grøfta bekk bekken kulvert* lekeplass* leikeplass* lekestativ* leikestativ* huske huska "
        "husken huskene husker sklie sklia sklien dumpe* klatrestativ* vippe* sandkass* benk benken benker bord "
        "bordet søppelspann* søppelkass* bossdunk* bosspann* søppelbøtte* søppeldunk* søppelcontainer* "
        "papircontainer* glasscontainer* container* konteiner* returpunkt* busskur* leskur* venteskur* holdeplass* "
        "busstopp* haldeplass* tre treet trær trea greiner grein gren grener hekk hekken busk busker toalett* do doen "
        "toalettet dusj* badeplass* badebrygge* stupebrett* brygge brygga flytebrygge* stige ballbinge* fotballbane* "
        "kunstgress* kunstgras* basketkurv* skatepark* hydrant* postkasse* parkometer* p-automat* ladestasjon* ladar* "
        "heis heisen dør døra port porten bom sperring* sikring* vannpost* fontene* snøskavl* brøytestikk* vindu "
        "vinduet ruta tak taket streetlight* streetlamp* lamp light lights pothole* pavement sidewalk road street "
        "bridge bench bin bins swing playground sign traffic crossing drain manhole fence tree bus shelter hydrant "
        "path bike"
    ),
    "state": (
        "stykker filler utvisket utviska slitt slite slitne ulesbar* uleseleg* tildekket tildekka rasa rast kolmørkt "
        "kølmørkt bekmørkt bekmørk beksvart slått gjengrodd nedgrodd utglidd undergravd underspist utett drypper "
        "dryppar spruter klemt frosset frose frosne oppsprukket oppsprukne sprukket sprokke avrevet avrive bulket "
        "bulka revnet revna dekt dekket nedsnødd ramlar ramler faller fell dett ute nede svart svarte mørk mørkt "
        "mørke slukt slokna slukket sluknet blinker blinkar blinket blink lyser lyste lys knust knuste ødelagt "
        "ødelagte øydelagt øydelagd øydelagde defekt defekte ustø vakler vaklar løs løst løse laus laust lause løsnet "
        "losna løsna falt falle falne velta veltet knekt knekte knakk brukket brotne broten brekt brekke bøyd bøygd "
        "bøyde skjev skjevt skeivt skeiv revet rive seget sige sunket sokke hull hullet hol hola holet huller holer "
        "krater sprekk sprekker sprekkar dump full fullt fulle stappfull* overfylt* overfull* renner renn flommer "
        "flommar flyter flyt tett tette tetta tettet gjengrodd* attgrodd* overgrodd* grodd glatt glatte speilblank* "
        "speglblank* isete isglatt* såpeglatt* hålke* ustrødd* ubrøyt* mangler manglar mangla borte forsvunnet "
        "forsvunne stjålet stolen rusten rusta rustent råtten rotna råtne rotten skarp skarpe stikker stikk henger "
        "heng tagget tagga tagging graffiti sperrer sperrar sperret sperra blokkerer blokkerar blokkert stengt "
        "skjuler dekker dekkjer virker verkar fungerer funker funkar hærverk farlig farleg farlige livsfarlig* "
        "livsfarleg* truffet truffe påkjørt påkøyrd smadret smadra istykker sund sunde ramlet ramla snudd vridd "
        "flagrer sluttet slutta stoppet piper låst oppspist utvasket utvaska vasket flashing off stuck smashed "
        "collapsed flickers out broken broke dark loose missing blocked blocking slippery icy overflow* flickering "
        "fallen cracked damaged clogged leaking huge deep working"
    ),
    "service": (
        "sfo aks barnehage* barnehagen skolen skulen sykehjem* sjukeheim* heimesjukepleia hjemmesykepleie* "
        "heimetenesta heimetenesten hjemmetjenesten hjemmehjelp* heimehjelp* legekontor* legevakt* legevakta "
        "helsestasjon* kulturskole* kulturskule* bussen skolebuss* skulebuss* skyssen skyss drosje* renovasjon* "
        "søppeltømming* søppelbil* bossbil* bosset brøyt* brøyting* brøytebil* svømmehall* symjehall* biblioteket "
        "servicetorg* servicekontor* innbyggartorg* innbyggertorg* feier* feiar* tannlege* tannklinikk* bofellesskap* "
        "omsorgsbolig* avlastning* avlasting* vikar* vikarar vikarer assistent* matombringing* trygghetsalarm* "
        "tryggleiksalarm* saksbehandler* sakshandsamar* sentralbord* telefonen fiber* internett nettet kjeller* "
        "kjellaren renhold* reinhald* doen toalett* matkass* matkasse* feieren dunk dunken bøtte* billett* "
        "bestillingssyst* *app *appen lunsj maten skolemat undervisning* skolegård* vakt vakta vakten resepsjon* "
        "hotline bin bins kundeservice skranken betjening* ansatte tilsette parkeringsvakt* avlastningsbolig* "
        "dagsenter* dagtilbud* gjenvinningsstasjon* miljøstasjon* parkering* parkeringshus* appen nettsiden nettsida "
        "skjemaet vannet vatnet strøm* fakturaen bil fastlege* fysioterapi* ppt bpa støttekontakt*"
    ),
    "who": (
        "@me vi @kin @other_person pasient brukar bruker bebuar beboer elev eleven som kollegaen kollega i we hun han "
        "ho medelev barn barnet sønn datter dotter mor far"
    ),
    "ill": (
        "kjemo kjemoen kjemoterapi* strålekur* muskelsvinn* multippel hjertesyk* hukommelsestap* parkinson* demens* dement demente alzheimer* kreft* leukemi lymfekreft brystkreft svulst* hjernesvulst "
        "diabetes* sukkersyk* sukkersjuk* epilepsi* epileptik* ms als kols astma* allergi* allergisk cøliaki* "
        "migrene* angst* depresjon* deprimert* bipolar* schizofren* psykose* psykotisk adhd add autisme* autist* "
        "asperger* tourette* dysleksi* dyslektik* downs down cp cerebral* psykisk psykiske psykiatri* ptsd traume* "
        "spiseforstyrr* eteforstyrr* anoreksi* anorektik* bulimi* hjerteinfarkt* hjarteinfarkt* hjertefeil* "
        "hjartefeil* hjertesvikt* hjartesvikt* hjerneslag* hjerneblødning* slag drypp hjertesyk* hjartesjuk* "
        "lungebetennelse* lungebetennels* covid* korona* long-covid hiv hepatitt* kyssesyke* utbrent* utbrend me-syk* "
        "me-sjuk* cfs fibromyalgi* leddgikt* revmatis* revmatik* gikt artrose* prolaps* skoliose* lårhals* "
        "hoftebrudd* hoftebrot* beinbrudd* hjernerystelse* hjernerysting* brukket brekt brote lam lamma lammet "
        "multihandikapp* funksjonshemm* funksjonsnedsett* utviklingshemm* psykisk-utviklingshemmet rullestol* "
        "rullestolbruker* blind blinde svaksynt* døv døve hørselshemm* høyrselshemm* tunghørt* tunghøyrt* nyresvikt* "
        "dialyse* cellegift* stråleb* inkontinen* stomi* trykksår* liggesår* sår sepsis blodpropp* blodforgift* "
        "alkoholi* alkis rusavhengig* rusmisbruk* narkoman* spillavhengig* diagnose* uhelbredelig* terminal* sclerose "
        "sklerose* crohn* ulcerøs endometriose* utmattels* kronisk* kroniske nevrologisk* skjelett* muskelsykd* "
        "muskelsjuk* cystisk feber omgangssyke* dementia cancer diabetes epilepsy autism autistic depression "
        "depressed anxiety stroke asthma arthritis schizophrenia wheelchair disability disabled pregnant tumour tumor "
        "alcoholic addict gravid gravide svanger spontanabort* abortert abort* kreftbehandl* kreftoperasjon* "
        "hjerteoperasj* hjarteoperasj* psykolog* cellegiftkur* strålebehandl* panikkanfall* angstanfall* blindtarm* "
        "nyrestein* hjernehinne* kreftpasient* schizo* hofteprotese* amputert*"
    ),
}
