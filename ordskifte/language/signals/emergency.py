"""An emergency: life, health or safety is at stake now, and nobody must wait for the desk to open (110, 112, 113)."""

from typing import Final

from ordskifte.language.signals.rule import Rule, phrases

NOW: Final = "Something happens now that the fire brigade, the police or the ambulance must know of."
DANGER: Final = "Something lies or hangs where people go that may kill or maim, above all children."
LIFE: Final = "Someone does not want to live any longer, or says good-bye."

RULES: Final = (
    Rule(
        "emergency.now",
        NOW,
        phrases(
            """
            brenner|brenn|brinn ..5 i|på|her|ved|nå|no|huset|leilighet*|skogen|blokka|garasjen|låven
            brann|røyk|røyken|flammer|flammar ..4 i|frå|fra|ut|på ..4 nabohuset|huset|leilighet*|leilegheit*|blokka|skogen|garasje*|låve*|taket|kjelleren|bygget|naboen
            ring|send|ringe|sende|ringer|trenger|treng ..3 ambulanse*|brannvesen*|brannbil*|politi|politiet|110|112|113|sykebil|sjukebil|nødetatene
            puster|pustar|puste|andar|anda ..2 ikke|ikkje
            bevisstløs*|bevistlaus*|bevisstlaus*|livløs*|livlaus*|medvitslaus*
            ligger|ligg ..4 urørlig|urørleg|bevisstløs|medvitslaus|livløs|blør|blod
            falt|datt|ramlet|ramla|fall|hoppet|hoppa|gikk|gjekk|kjørte|køyrde ..4 i|ut|uti|gjennom ..3 elva|elven|vannet|sjøen|vatnet|fossen|isen|havna|brønnen|kummen|bryggekanten
            drukn|drukner|druknar|drukne|drukna|druknet ..4 nå|no|hjelp|her|i
            lukter|luktar|lukt|lukte ..3 gass
            gasslekkasje*|gasslukt
            hjertestans*|hjartestans*|hjerteinfarkt|hjartestogg ..6 nå|no|her
            noen|nokon|ein|en|mann|dame|person|kar ..5 med|har|viftar|vifter ..3 kniv|pistol|våpen|øks|gevær|hagle
            skudd|skot ..4 høres|høyrest|hørt|høyrt|løsnet|nå|no
            ras|jordskred|snøskred|leirskred|kvikkleire*|steinras|skred ..6 gått|gått|nå|no|går|tatt|teke|tok|huset|hus|vegen|veien|bilar|biler|tettet
            sitter|sit|står ..3 fast ..5 heisen|vannet|flommen|bilen|isen|snøen|ras*
            flom*|flaum*|vannet|vatnet ..4 stiger|stig|kjem|kommer ..5 huset|kjelleren|kjellaren|inn|fort|døra|døren
            evakuer*
            savnet|sakna|forsvunnet|borte ..6 siden|sidan
            help ..4 now|please|fire|ambulance
            fire ..4 in|at ..3 building|house|apartment|forest
            call|send ..3 ambulance|police|fire
            not breathing|unconscious
            """
        ),
        unless=phrases(
            """
            brenner|brenn|brann|brent ..3 for|inne|penger|pengar|lys|lyset|lysa|av|oss|bål|seg
            tusen|takk|takk til|for
            brann* ..3 dag|øvelse*|øving*|vern*|stasjon*|kupp|kamp*|fotball*|hydrant*|bil|alarm*
            øvelse|øving|kurs|førstehjelp*|skilt|skiltet|trening|tidligere|i|på|for fjor|fjordåret|år
            gatelys*|lyspære*|lampa|lampe*|veglys*|veilys* ..6 brenner|brenn
            hvis|viss|dersom|om|når ..6 brenner|brenn|puster|falt|kommer|kjem
            lyset|lysa|lykta|lyktene ..3 brenner|brenn
            katt|katten|pus|hund|hunden|sykkel|sykkelen|kanin*|nøkkel*|mobil*
            """
        ),
        kind="report",
        weight=9,
        formal="emergency",
        own_words=True,
    ),
    Rule(
        "emergency.danger",
        DANGER,
        phrases(
            """
            kolliderte|kollidert|kolliderer|kolliderar|frontkolli* ..8 bil|biler|bilar|bru|brua|veien|vegen|folk|fast|nå|no|skadet|skadd|ambulanse
            bil|biler|bilar ..3 kolliderte|kollidert|frontkolli*
            folk|noen|nokon|mann|barn|sjåføren|person* ..2 sitter|sit|står|er ..1 fast|fastklemt
            sprøyte|sprøyter|sprøytespiss*|kanyle*|kanyler|nåler|nålar|syringe|syringes|needles
            strømførende|straumførande|strømkabel*|straumkabel*|kabel|kabler|kablar|høyspent*|høgspent* ..6 ned|nede|bakken|løs|laus|lause|henger|heng|bar|bart|avrevet|gnist*|over
            gnistrer|gnistrar|gnister
            strømledning*|straumleidning*|straumledning*|kraftledning*|kraftlinje*|høyspentledning*|høgspentleidning*|ledning*|leidning* ..5 ned|nede|bakken|løs|laus|henger|heng|gnist*
            åpen|åpent|åpne|open|ope|mangler|manglar|borte|uten|utan|ligger ..4 kum|kumlokk*|kummen|kumlokket|brønn|brønnlokk*|sluk|sjakt
            kum|kummen|kumlokk*|kumlokket|brønnen|sjakt* ..5 åpen|åpent|open|ope|borte|vekk|mangler|manglar|forsvunnet|stjålet|stole|uten|utan
            rottegift|gift|giftbrikk*|giftkorn ..6 lekeplass*|leikeplass*|barnehage*|parken|hund*
            asbest ..6 lekeplass*|leikeplass*|skole*|skule*|barn*|bakken|ligger|ligg
            is|isen ..3 usikker|utrygg|sprekk* ..6 barn*|unger|ungar|ungene|ungane
            barn|unger|ungar|ungene|ungane|unge ..5 leker|leikar|går|gå|er ..3 ute? ..2 på ..1 isen
            knivblad*|barberblad*|glasskår ..8 sandkass*|sklia|huske*|lekeplass*|leikeplass*
            løs|laus|løse ..3 takstein*|takplate*|fasadeplate*
            håndgranat*|granat|sprenglegeme*|dynamitt|eksplosiv* ..6 funnet|ligger|ligg|fant|fann
            """
        ),
        unless=phrases(
            """
            vaksine*|*vaksinen|*vaksine|*vaksina|vaksina*|influensa*|legekontor*|sprøytemid*|sprøyteskred|sprøytelakk*|tannlege*|tilbud|tilbod
            bytte|utdeling|tilbud|tilbod|boks|boksar|bokser
            fiber*|fiberkabel*|bredbånd*|breiband*|internett*
            """
        ),
        kind="report",
        weight=7,
        formal="emergency",
        own_words=True,
    ),
    Rule(
        "emergency.life",
        LIFE,
        phrases(
            """
            @me ..4 vil|orker|orkar|ønsker|ynskjer|gidder|gidd|klarer|klarar|makter|maktar ..2 ikke|ikkje|itj ..3 leve|lev|mer|meir|lenger|lengre
            ikke|ikkje|itj|aldri ..2 leve ..2 lenger|lengre|lengar|mer|meir|dette|sånn|slik
            @me ..4 vil|skal|kommer|kjem|vurderer|vurderar|tenker|tenkjer ..4 ta|tar|ta|avslutte|ende ..4 livet|selvmord|sjølvmord|mitt
            ta|tar|tek|tatt ..2 livet ..2 av ..1 meg|mæ|seg|sjølv
            ta|tar|tek|avslutte|avslutter ..3 mitt ..2 eget|eige|liv
            @me ..3 vil|ønsker|ynskjer ..3 dø|døy|daue
            selvmord*|sjølvmord*|suicid* ..4 tanker|tankar|planer|plan|meg|mitt|nå|no
            har|hatt|tenker|tenkjer|vurderer ..4 selvmord|sjølvmord|selvmordstanker|sjølvmordstankar
            ingen|ikke|ikkje ..2 grunn ..3 til ..2 å ..2 leve
            farvel ..8 alle|orker|orkar|verden|mer|meir
            alle ..3 hadde ..3 hatt|hatt ..3 det ..2 bedre|betre ..3 uten|utan meg
            want|going ..2 to ..2 die|kill|end ..3 myself|life|it|>
            suicidal
            kutter|kutta|skader|skadar ..2 meg|seg|mæ ..2 selv|sjølv
            """
        ),
        unless=phrases(
            """
            dø|døy|daue ..1 av
            forebygging*|førebygging*|kurs|foredrag|folkemøte|statistikk|temakveld*|forebyggende|kampanje
            """
        ),
        kind="other",
        weight=12,
        formal="emergency",
        own_words=True,
    ),
)
