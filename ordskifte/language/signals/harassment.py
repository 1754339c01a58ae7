"""Harassment: degrading a person who reads or is shown, or a group for what it is (straffeloven §§ 185, 266 and 267).

No word is enough. A rule speaks only when the degrading words are the writer's own and are aimed at someone: at the one
spoken to, at a person in a picture or named, at a group by origin, faith or love. Those who govern and the body itself must
bear hard words (Grunnloven § 100, EMK art. 10), so what is aimed at a role is never harassment here.
"""

from typing import Final

from ordskifte.language.signals.rule import Rule, phrases

APPEARANCE: Final = "Mocks how a person looks, in a picture or face to face."
DEHUMANISES: Final = "Calls the one spoken to, or a group by origin or faith, an animal or less than a human being."
AWAY: Final = "Tells the one spoken to to die, to kill themselves or to go back to where they came from."
SEXUAL: Final = "Sexual remarks about a person, or unwanted sexual advances."
AIMED: Final = "Points at one person: in a picture, by a garment, by a name, or a group by what it is."
SLUR: Final = "Uses a slur straight at a person or a group."

ROLES: Final = phrases(
    """
    kalte|kalla|ropte|ropa|skreik|skrek ..4 for|at|til|etter
    called ..3 him|her|me|them
    @politician
    kommunen|kommunens|kommuna|etaten|rådhuset|administrasjonen|nav|partiet|systemet|politikk*|byråkrat*|staten|regjeringa|regjeringen|sentralt
    """
)
_YOU: Final = "du|deg|dæ|dere|dykk|dokker|døkk|you|han|hun|ho|hu|ham|henne|hannan|hona|hono"
_ANIMAL: Final = (
    "apekatt*|ape|aper|apene|apa|rotte|rotter|rottene|rottepakk|kakerlakk*|kakkerlakk*|parasitt*|parasittar|svin|gris|grisen|purke|purka|kveg|undermenneske*|untermensch|skadedyr|utøy|"
    "avskum|berme|søppelmenneske*|menneskeskrot|skrot|degenerert*|innavla|innavlet|monkey|monkeys|cockroach*|vermin|rat|rats|scum|kuk|fitte|hore|hora|ludder|tispe|tispa|mongo|mongoloid|retard|retards|retarded"
)
_GROUP: Final = (
    "muslim*|muslimer|muslimar|innvandrer*|innvandrar*|utlending*|flyktning*|asylsøk*|asylsøkj*|jøde*|jødar|jøder|somalier*|somaliar*|pakistan*|pakkis*|neger*|negere|svarte|samer|samar|samene|samane|"
    "lapp*|lappjævel*|sigøyner*|rom|romfolk*|tigger*|tiggar*|homo*|homser|homsar|homse|lesbe*|lesber|trans*|transer|kristne|polakk*|polakkar|litauer*|ukrainer*|ukrainar*|araber*|arabar*|afrikaner*|kinesere|"
    "funksjonshemm*|handikapp*|kurdere|kurdarar|tater*|taterar|tatere"
)
_SLUR: Final = (
    "neger*|negerunge*|svarting*|svartheiting*|pakkis*|jødesvin*|jødejævel*|muslimsvin*|muslimjævel*|soper|sopar|homojævel*|homsejævel*|homofaen|transfaen|lappjævel*|lappfaen|lappjævlar|sameja*|samejævel*|"
    "utlendingsjævel*|utlendingsfaen|innvandrerjævel*|tranny|faggot|nigger*|nigga|kike|spasser*|spastiker*|mongo|mongis|feita|feitingen|feitesvin|kjerringfaen|horunge*|hore|hora|ludder*|fitte*|kukskalle*|rasshol*|rasshøl*|tispe|bitch|whore|cunt|slut"
)

RULES: Final = (
    Rule(
        "harassment.appearance",
        APPEARANCE,
        phrases(
            f"""
            tjukk|tjukke|tykk|tykke|feite|feit|stygge|ekle|ekkel|rare ..1 dama|damen|mannen|mann|kjerringa|fyren|jenta|gutten|guten|ungen
            {_YOU}|dama|damen|mannen|mann|jenta|gutten|guten|fyren|typen|kjerringa|kjerringen|hun ..8 er|e|ser|ligner|lignar|liknar|så|va|så? ..3 stygg|stygge|stygt|stygg|feit|feite|feitt|ekkel|ekle|ekkelt|heslig|hesleg|motbydelig|motbydeleg|fæl|ugly|fat|disgusting|gris*|flodhest*|troll|hval|hvalross|kveite|ku|fugleskremsel
            stygg|stygge|styggeste|feit|feite|feiteste|ekkel|ekle|eklaste|ekleste|heslig|hesleg|motbydelig|rynkete|rynkut|ugly|fat|disgusting|jævla|forbanna ..2 kjerring*|kjærring*|hurpe|hurpa|dame|dama|mann|mannen|feiting|purke|purka|tryne|fyr|fyren|gubbe|gubben|gamling|unge|ungen|jente|jenta|gutt|bitch|cow|face
            tryne|trynet|fjes|fjeset|trutten|tryna ..2 ditt|di|hennes|hans|hennar|sitt
            for|så|altfor feit|feite|stygg|stygge|ekkel|gammel|feit ..4 til|at|>
            fasong|kropp*|rumpe*|rompe*|pupp*|lår|nesa|nase|tenner|tennene ..4 på ..2 henne|ham|han|ho|deg|den|hun
            ser ..2 ut ..3 som ..4 gris*|hore*|troll|flodhest*|uteligger*|narkis*|ape*|hval*|hurpe|kjerring|lik|heks|fugleskremsel|tapper
            look|looks ..2 like ..2 pig|whale|whore|ape|trash
            you|your ..3 ugly|fat|disgusting
            """
        ),
        unless=(
            *ROLES,
            *phrases(
                """
                kalte|kalla|kalles|ropte|ropa|skreik|skrek|skrev|skreiv|called
                bygg*|skulptur*|statue*|logo*|nettside*|hus|huset|farge*|fargen|gate*|park*|torg*|skilt*|blokk*|fasade*|rundkjøring*|benk*|bru|brua|veg|vei|vegen|veien|plan*|sak|saka|saken|måte|opptreden
                """
            ),
        ),
        kind="harassment",
        weight=14,
        own_words=True,
    ),
    Rule(
        "harassment.dehumanises",
        DEHUMANISES,
        phrases(
            f"""
            {_YOU}|slike|sånne|slikt ..6 {_ANIMAL}
            {_ANIMAL} ..3 som|lik|slik ..1 deg|dere|dykk|dokker
            din|ditt|di|dine|deres|dykkar|your|jævla|jævlige|forbanna|helvetes|satans|fordømte ..3 {_ANIMAL}
            {_GROUP} ..1 som ..1 deg|dere|dykk|dokker
            {_GROUP} ..6 er|e|oppfører|lever|avler|formerer|yngler|are ..4 {_ANIMAL}|dyr|pest|kreft|smitte|avfall|søppel|skabb|ugras|animals
            slike|sånne|folk|slikt ..1 som ..1 deg|dere|dykk|dokker|henne|han|ham|dæ ..5 burde|bør|skulle|må|fortjener|fortener|hører|høyrer|trenger
            er ..2 ikke|ikkje ..2 mennesker|menneske|folk
            subhuman*|less than human
            """
        ),
        unless=(
            *ROLES,
            *phrases(
                """
                slike|sånne|folk som ..1 deg|dere|dykk|dokker ..3 trenger|trengs|burde|bør|fortjener|fortener|må|skulle ..4 flere|fleire|ros|medalje*|mer|meir|hedres|takkes|klem|lønn|hurra|påskjønnelse|bonus|løn|applaus
                bygda|kommunen|kommuna|byen|norge|noreg|verden|vi|me trenger|treng|trengjer ..3 flere|fleire ..3 som
                rotte|rotter|rottene|rottene|maur|kakerlakk* ..6 i|på|ved|under|kjeller*|søppel*|parken|boss*|leilighet*|skolen|skulen|huset|løper|kloakk*
                sett|såg|så|finnes|fins ..4 rotte*|rotter
                svin|gris|griser|grisar ..4 på|gård*|garden|fjøs|stall|oss|til
                """
            ),
        ),
        kind="harassment",
        weight=14,
        own_words=True,
    ),
    Rule(
        "harassment.away",
        AWAY,
        phrases(
            f"""
            gå|dra|reis|stikk|pell|kom|ryk ..2 og|å ..1 dø|døy|dau|daue|heng|henge|drukn
            heng|hæng ..1 deg ..2 >
            heng|hæng deg
            drep deg
            ta ..3 livet ..2 av ..1 deg
            gjør|gjer|gjør ..2 verden|verda|oss|alle|samfunnet ..3 tjeneste|teneste
            dra|reis|stikk|pell|reise|dra|far|flytt|send|sende|sendes|kast|kaste|go ..4 hjem|heim|tilbake|attende|dit|back|home ..6 der|fra|frå|kom|hører|høyrer|land|deg|du|dere|kasse|landet|ditt|afrika|somalia|pakistan|syria|polen|where
            dra|reis|stikk|pell ..2 dit ..2 du|dere ..2 kom|hører|høyrer|kjem
            håper|håpar ..1 du ..4 dør|døy|får|blir
            du|dere ..2 burde|skulle|bør ..2 aldri ..2 vært|vore|blitt ..2 født|fødd
            verden|verda ..5 bedre|betre ..3 uten|utan ..1 deg|dere|dykk|slike|sånne
            {_GROUP} ..4 ut ..1 av|>
            ut|kast|send ..1 med|ut|heim|hjem ..3 {_GROUP}
            kill|hang ..1 yourself
            go ..1 die
            kys
            """
        ),
        unless=(
            *ROLES,
            *phrases(
                """
                dø ..1 av
                sende ..4 brev|post|faktura|skjema*|beskjed*
                god|trygt|fin|godt ..3 tur|hjem|heim
                stikk|dra|reis ..1 innom|på
                """
            ),
        ),
        kind="harassment",
        weight=14,
        own_words=True,
    ),
    Rule(
        "harassment.sexual",
        SEXUAL,
        phrases(
            """
            vis|send|vise|sende ..3 pupp*|pupper|puppa|rumpe*|rompa|naken*|nakne|nudes|boobs|tits
            knulle|knull|pule|pul|puler|runke|runka|runker|ligge|fuck ..4 deg|henne|ho|hun|med|her|you|han
            deilig|digg|fin|lekker|saftig|sexy ..2 rumpe*|rompe|rompa|pupp*|pupper|ass|tits
            sug|suge|slikk|slikke ..3 meg|min|kuk*|fitta|kuken
            ville|vil|skulle|kunne|hadde ..2 jeg|eg|æ? ..3 tatt|hatt|tatt|ta ..3 henne|ho|hu|henne|deg ..4 bakfra|hardt|senga|seng|sofaen
            voldta|voldtatt|valdta|voldtas|voldtektes|rape ..5 deg|henne|ho|hun|dere|you|her
            """
        ),
        unless=phrases(
            """
            ble|blei|vart|blir|anmeldt|dømt|offer|offre|ofre|krisesenter*|hjelp|tiltale*
            """
        ),
        kind="harassment",
        weight=14,
        own_words=True,
    ),
    Rule(
        "harassment.slur",
        SLUR,
        phrases(
            f"""
            din|ditt|di|dine|dere|deg|du|for|hei|hold|holde|your|you ..4 {_SLUR}
            {_SLUR} ..2 som|lik ..1 deg|dere|dykk
            jævla|jævlige|forbanna|forbaska|helvetes|satans|fordømte|fucking|føkkings|faens|fanns ..2 {_SLUR}|innvandrer*|innvandrar*|utlending*|muslim*|jøde*|same|samer|samar|homo|homse*|transer|polakk*|somalier*|tigger*|tiggar*|lapp|lapper
            {_SLUR} ..4 ut|hjem|heim|pakk|kjeft
            hold ..1 kjeft ..4 kjerring*|kjærring*|{_SLUR}|innvandrer*|utlending*|hore|gamling|feiting|jævel|drittsekk|idiot
            """
        ),
        unless=ROLES,
        kind="harassment",
        weight=14,
        own_words=True,
    ),
    Rule(
        "harassment.aimed",
        AIMED,
        phrases(
            f"""
            bildet|biletet|fotoet|bilde|bilete|photo|picture|selfie*
            dama|damen|fyren|typen|kjerringa|kjerringen|jenta|gubben ..3 i|på|bak|der|med|her
            {_GROUP}
            kjerring|kjærring|feiting|purke|gubbe
            """
        ),
    ),
)
