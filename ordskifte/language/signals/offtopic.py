"""Off topic: private sales, lost keys, football and greetings between citizens. The body's house rules decide; it stays."""

from typing import Final

from ordskifte.language.signals.rule import Rule, phrases

SALE: Final = "Sells, buys, gives away or lets something privately."
LOST: Final = "Looks for something or someone lost, for a hairdresser, a lift or company."
CHAT: Final = "Talks of football, weather, television or the like."

RULES: Final = (
    Rule(
        "offtopic.sale",
        SALE,
        phrases(
            """
            < selger|sel|selges|selgast|sælger|selling
            @iwe ..1 selger|sel|seljer
            anyone|noen|nokon ..2 selling|selger|sel|selge|selje
            < ledig
            gratis|pent|lite ..1 brukt
            til ..1 salgs|sals|leie|leige|salg
            ønskes|ønskjer|ønsker ..2 kjøpt|kjøpe|leid|leie|leige
            gis|gjevast|gis ..1 bort
            gir|gjev|gi ..4 bort|vekk
            kjøper|kjøpar ..3 brukt|gamle|gammel
            leies|leigast|leier|leiger ..1 ut|bort
            hentes|hentast ..2 mot|hos
            kan|må ..1 hentes|hentast
            noen|nokon|nån|nåkken|anyone ..3 kjøpe|kjøper|buy|bytte
            heier|heiar ..2 dere|de|på
            hvem|kven ..2 heier|heiar|vinner|vinn
            kr|kroner ..3 hentes|hentast|henting|obo|prutbar|bud|avhentes
            høystbydende|prisantydning|finn.no
            for|to sale|rent
            valper|kvalper|kattunger|kattungar
            """
        ),
        unless=phrases(
            """
            kommunen|kommuna|kommunens|dere|dykk|kommunestyret|politikerne|politikarane|ap|høyre|kommune ..5 selger|sel|selge|selje|salg
            """
        ),
        kind="offtopic",
        weight=4.0,
        most=1,
    ),
    Rule(
        "offtopic.lost",
        LOST,
        phrases(
            """
            mista|mistet|mistet|tapt|lost|bortkommet|bortkomen|bortkommen|savner|saknar|funnet|fant|fann|funne|found|etterlyser|etterlyst|etterlyses ..5 katt*|katten|pus|hund*|hunden|nøkkel*|nøkler|nøkkelknippe|mobil|mobilen|lommebok|lommeboka|ring|briller|sykkel|hanske*|votte*|vott|jakke|kanin|papegøye|øredobb*|lue|keys|wallet|cat|dog|phone|airpods
            noen|nokon|nån|nåkken|anyone|anybody ..3 sett ..3 katt*|katten|hund*|hunden|sykkel*|nøkkel*|mobil*|lommebok*|kaninen|kattepus*|pusen
            noen|nokon|nån|nåkken|anyone|anybody ..3 anbefale|anbefaler|tips|tipse|recommend|kjenner|skyss|leie|selge|selger|kjøpe|interessert|lyst|sitte ..8 frisør*|barnevakt*|håndverker*|handverkar*|elektriker*|rørlegger*|maler*|malar*|snekker*|snikkar*|hytte|leilighet|restaurant*|tannlege|bil|sykkel|hybel|turvenn*|skyss|tur|pizza|kafé|kafe|hairdresser|plumber|restaurant|billett*
            skyss|haik|samkjør* ..4 til|fra|frå
            hybel|leilighet|leilegheit|rom ..4 ønskes|søkes|søkast|ledig|til
            """
        ),
        kind="offtopic",
        weight=3.0,
        most=1,
    ),
    Rule(
        "offtopic.chat",
        CHAT,
        phrases(
            """
            heia
            hjemmelaget|heimelaget|bortelaget|landslaget|serieleder*|cupfinale*|premier|league|champions|eliteserien|liverpool|united|arsenal|chelsea|rosenborg|haaland|ødegaard|vm|em|mgp|skam|farmen|paradise|skjermdump|lottorekka|horoskop*|oppskrift*|meme|memes|playstation|fortnite|tiktok|netflix
            god|god|riktig|gledelig|gledeleg|gratulerer ..1 helg|jul|påske|sommer|nyttår|morgen|natt|bursdag|dagen|17|fødselsdag|kveld|tur|sankthans|pinse|sumar
            < først|først|first|haha|hahaha|lol|hehe
            fint|nydelig|dårlig|møkka|drit ..2 vær|vêr|weather
            """
        ),
        kind="offtopic",
        weight=3.0,
        most=1,
    ),
)
