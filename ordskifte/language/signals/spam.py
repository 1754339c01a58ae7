"""Spam: mass commercial content and fraud (markedsføringsloven § 15; DSA art. 17 asks for no reasons to such senders).

One sign is never enough: a local firm that tells of its sale is off topic, not spam. Two different signs are asked for.
"""

from typing import Final

from ordskifte.language.signals.rule import Rule, phrases

OFFER: Final = "Offers what mass senders offer: followers, loans, winnings, cures, investments, inheritances, pills."
LURE: Final = "Lures away: a link, a profile, a message, a number in another country, an advocate who waits."
SHOUT: Final = "Shouts of fast money, no risk or a secret."

RULES: Final = (
    Rule(
        "spam.offer",
        OFFER,
        phrases(
            """
            tjener|tjente|tente|tenar|tjen ..4 *00|*000|timen|kr|kroner ..4 timen|nett|hjemmefra|dagen|uka|kr|nettet
            trylle*|magi|magisk*|spell*|ritual*|eksen ..6 tilbake|attende|back
            få|få|get ..2 tilbake ..2 eksen|mannen|kona|kjæresten|ex
            gåvekort*|gavekort*|premie*|iphone*|prize|gift ..6 000|trykk|klikk|vinn|vunne|vunnet|lenk*
            vinn|win ..4 gåvekort*|gavekort*|premie*|iphone*|bil|reise|prize
            merkevesk*|vesker|klokker|sko|solbriller|merkeklær ..6 rabatt|billig*|%|kopi|salg|sale
            visninger|følgere|likes|likerklikk ..6 kr|billig|for|kjøp|bestill
            følgere|følgjarar|følgjere|followers|likes|likerklikk|subscribers|visninger|abonnenter
            lån|låne|kreditt|forbrukslån|refinansier*|loan|loans|credit
            bitcoin*|krypto*|crypto*|forex|ethereum|nft|trading|investering*|investere|investor*|invest*|aksjetips|tradingrobot*|binær*
            casino*|kasino*|freespins|spins|jackpot|betting|odds|gratisspinn|spilleautomat*|bonuskode*
            slankepille*|slanke*|slankekur*|kilo|keto*|ketogen*|diet*|dietten|fettforbrenn*|detox|kosttilskudd*|cbd|viagra|cialis|potensmiddel*|testosteron*|hårvekst*|rynke*|wrinkle*|kremen|mirakel*|weight
            millioner|million|mill|euro|dollar|dollars|usd|£|€ ..8 arv|gi|donere|donasjon*|veldedig*|bort|dele|overføre|advokat*|barmhjertig*|gud|gode|kreft
            arv|arven|inheritance|arvet|testament* ..8 euro|dollar|millioner|million|dele|donere|bank*
            enke|widow|soldat|general|prins|prince ..12 millioner|mill|million|euro|dollar|penger|money
            spådom*|spåkone|spåmann|trollmann|spell|caster|healer|heksedoktor|astrolog*
            vunnet|vant|won|winner|vinner|trukket|utvalgt ..6 iphone*|gavekort*|premie*|gift|samsung|ipad*|playstation*|lotto*|prize|airfryer*|dyson*
            escort*|eskorte*|single|singel|kåte|kåt|hot|sexy ..4 damer|jenter|kvinner|girls|women|area|området
            dating|date ..4 side|site|app|nettside*|her
            pass|førerkort|førarkort|id-kort|diplom|vitnemål|sertifikat|documents ..5 kjøp|kjøpe|til|salgs|ekte|falske|registrert|registered
            rolex|gucci|vuitton|yeezy|nike|ray-ban|rayban|iphone|airpods ..6 rabatt|billig|outlet|kopi|replica|%|off|sale
            seo|google|hjemmeside|nettside|backlinks|ranking|facebook-side ..6 forbedre|topp|billig|rangering|første|boost|synlig*|trafikk|rank
            tjen|tjene|tjener|tjente|earn|earned|earning ..4 penger|pengar|kr|kroner|000|dollar|money|uken|uka|dag|dagen|hjemmefra|hver|*000|ekstra
            passiv|passive ..1 inntekt|income
            jobb|jobbe|work ..3 hjemmefra|heimefrå|heimanfrå|hjemme|home ..6 kr|timen|dag|kroner|tjen*|uken|earn
            strømavtale*|straumavtale*|mobilabonnement*|alarm|boligalarm* ..6 bytt|billigst|rabatt|gratis|tilbud
            seguidores|visa sponsor*
            """
        ),
        kind="spam",
        weight=3,
    ),
    Rule(
        "spam.lure",
        LURE,
        phrases(
            """
            spør|spor ..1 meg ..2 hvordan|korleis
            skriv|send ..2 til ..1 meg|ham|henne|han|ho
            sjekk|besøk|se|check|visit ..3 ut ..2 min|mi|mine|my
            registrer|register|meld ..1 deg|yourself ..1 no|nå|now|her
            link|lenke|lenka|lenken|linken ..3 i|in ..2 bio|profil|profilen|min|kommentar*|beskrivelsen|profile
            sjekk|check|besøk|visit|se|sjå ..3 profil*|profilen|bio|my|min|kanal*|profile
            klikk|trykk|click|tap|swipe ..3 her|her|here|link|lenke*|linken|på|nå
            skriv|send|kontakt|ta|text|contact|message|dm|pm|whatsapp|telegram|ring|add|email|write ..4 meg|me|mail|whatsapp|telegram|dm|pm|min|advokat*|direkte|melding|private|privat|agent|inbox|her|us|oss
            whatsapp*|telegram*|signal|wa.me|t.me|bit.ly*|tinyurl*|wechat
            http|https|www
            com|xyz|ru|shop|click|biz|online|site
            registrer|meld|bestill|kjøp|kjøpe|buy|order|sign|join|bli|subscribe|abonner ..3 nå|no|her|deg|now|up|i|dag|here|today|med|medlem
            begrenset|avgrensa|limited|kun|bare|siste ..3 tilbud|antall|offer|plasser|24|timer|sjanse*|i dag|time
            gratis|free ..4 prøve*|trial|levering|frakt|shipping|iphone|gave*|spinn|spins|guide|konsultasjon
            garantert|garanti|guaranteed|guarantee
            """
        ),
        kind="spam",
        weight=2,
    ),
    Rule(
        "spam.shout",
        SHOUT,
        phrases(
            """
            leger|legene|doctors|bankene|banker|banks ..2 hater|hatar|hate|vil|frykter
            @not ..2 tro ..3 dine|øynene|hva|hvordan
            gikk|gjekk|lost|tapte|mistet ..3 ned? ..3 kilo|kg|pounds
            uten|utan|no|null|ingen ..2 risiko|risk|sikkerhet|bindingstid|kredittsjekk|sikkerheit|check
            billig|billige|billigst|cheap|lavest|halv|halve|rabatt|%
            kr|000|kroner|dollar ..3 per|pr|om|hver|i ..1 dag|dagen|uka|uken|måned|måneden|timen|week|day|month
            doblet|dobla|tidoblet|tripl*|doubled ..5 penger|pengene|kapital*|investering*|money|sparepeng*
            rik|rike|rich|millionær|millionaire
            hemmelig*|hemmeleg*|secret|hemmelighet*
            legit|100% ekte
            anbefaler|anbefalar|recommend|thanks|takk ..6 mr|mrs|mister|ms|coach|expert|ekspert|dr|doktor
            """
        ),
        kind="spam",
        weight=2,
    ),
)
