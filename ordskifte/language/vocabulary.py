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
    "weapon": "øks øksa kniv kniven hagle hagla rifle rifla gevær pistol pistolen våpen balltre balltreet kule kula bombe bomba bomber dynamitt bensin bensinkanna molotov* machete køller slegge slegga motorsag* motorsaga hammer hammeren jaktrifle* jaktgevær* axe knife gun shotgun rifle pistol bomb bullet spade spaden sprengstoff granat kniver",
    "willdo": "skal ska kommer kjem kjæm vil komme kjeme tar tek møter stiller gonna will going",
    "harm": "drep* drap kverk* skyte skyt skyter skyta skutt henge heng hengt knivstikk* stikke banke bank banker bankar banka denge deng jule julinga slå slår knuse knuser knus knusar knuse kvele kvel kveler parter* slakt* lemlest* myrd* gasse gass gasses gassast halshogg* lynsj* tortur* tyne tyner mishandle voldta valdta brenne brenner brenn grille kjøverk* kill shoot stab hurt beat murder strangle burn rape kutte skjære rundjule* rundbank* sparke pepre nedpåt kakke banket",
    "ours_body": "rådhus* kommunehus* kontor* kontoret nav nav-kontoret skolen skulen barnehagen barnevernet barnevernskontoret huset bygget bygningen hytta bilen leiligheten mottaket asylmottak* moskeen kirka legekontoret brakka brakkene anlegget tomta vindmøllene vindmøllane bommen bomstasjonen parkeringsautomat* kraftlinj* trafo* kameraet fotoboks* office building house hall car school",
    "target": "deg dæ dæg dere dykk dokker dokke dokk dåkke døkk dåkkår dem dei han ham hannan hun henne ho hu hona you him her them",
    "your": "din di ditt dine dykkar deres dokkers dokkas your",
    "kin": (
        "mor mora moren mamma mammaen far faren fatter'n pappa pappaen sønn sønnen sønnene son sonen søner sønene guten guttungen "
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
}
