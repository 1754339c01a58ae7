"""Praise: someone is pleased. It is answered too, and it tells what works."""

from typing import Final

from ordskifte.language.signals.rule import Rule, phrases

WORDS: Final = "Words of praise or thanks."
PHRASES: Final = "A turn of phrase that praises: well done, at last, ten of ten, worth its weight in gold."
WEAK: Final = "Words that praise when nothing else is said."
SIGNS: Final = "A heart, a thumb up, applause or another cheerful sign."

_THANKS_AHEAD = phrases(
    """
    @not|lite|neppe|lite ..2 bra|god|gode|godt|fin|fint|imponert*|fornøyd*|nøgd|flott|trygg|trygt|hjelpsom*|hyggelig*|glad|takknemlig*|effektiv*|stolt|flink|perfekt|proff*
    på|in forhånd|advance|førehand
    takk ..1 på ..1 førehand
    takk ..2 for|til ..2 ingenting|ingen|ingenting|hjelpen
    takk|takket være|være|vere|vera
    takk|takker ..1 nei
    takk ..2 ja
    """
)

RULES: Final = (
    Rule(
        "praise.words",
        WORDS,
        phrases(
            """
            takk|takka|takker|takkar|takknemlig*|takksam*|takksemd*|tusentakk|mangetakk|thanks|thank|grateful|cheers|giitu
            bra|braa|kjempebra|superbra|kjempefin*|flott|flotte|flottaste|flotteste|nydelig*|nydeleg*|herlig*|herleg*|fantastisk*|strålende|strålande|supert|super|topp|toppers|glimrende|utmerket|utmerka|imponer*|fabelaktig*|knallbra|knall|kanon|rått|perfekt*|praktfull*|fremragende|framifrå|utruleg|makalaus*
            finfint|hyggelig*|hyggeleg*|koselig*|koseleg*|trivelig*|triveleg*|vennlig*|vennleg*|hjelpsom*|hjelpsam*|proff|proffe|dyktig*|flink|flinke|flinkaste|flinkeste|tålmodig*|serviceinnstil*|imøtekomm*|imøtekom*|effektiv*|omtenksom*|triveleg
            skryt|ros|rose|roser|rosar|honnør|hyllest|bravo|hurra|heia|kudos|applaus|gratulerer|gratulerar|stolt|stolte|glad|glade|lykkelig*|lukkeleg*|fornøgd*|fornøyd*|nøgd|lettet|letta|elsker|elskar|elska|digger|diggar|love|loved|great|excellent|amazing|wonderful|awesome|brilliant|fantastic|lovely|impressed|nice|helpful|friendly|happy|beautiful|perfect|best
            fortjener|fortener|helter|heltar|engler|englar|reddet|redda|berga|gullverdt|vakkert|vakker|smilende|smilande
            """
        ),
        unless=_THANKS_AHEAD,
        kind="praise",
        weight=1.2,
        most=3,
    ),
    Rule(
        "praise.weak",
        WEAK,
        phrases(
            """
            fin|fint|fine|finaste|fineste|god|gode|godt|trygg|trygge|beste|best|bedre|betre|helt|gull|kjekt|kjekk|kjekke|gøy|artig|moro|stas|kult|kul|kule|lekker*|smil|smart|smarte|lurt|koser|kosar|nytt|nye|rene|reint|pent|pene|riktig
            """
        ),
        unless=_THANKS_AHEAD,
        kind="praise",
        weight=0.7,
        most=2,
    ),
    Rule(
        "praise.phrases",
        PHRASES,
        phrases(
            """
            fem|seks|ti|5|6|10|five ..1 stjerner|stjernar|poeng|stars|av
            flere|fleire|mer|meir|more ..1 slike|sånne|av ..2 dette|slikt|dei|this|>
            takk da|då|altså|ass|ja
            svarer|svarar|svarte|hjalp|hjelpte|fikset|ordnet ..2 raskere|raskare|kjapt|raskt|fort|samme
            is|was|er|e ..2 a|en|ein ..2 dream|drøm|draum|gem|perle|lykke|nytelse|fest
            aldri ..3 hatt|opplevd|møtt|fått|sett ..3 så|maken ..3 hyggelig|hyggeleg|god|godt|fin|fint|flott|bra|vennlig|rask|raskt|fine|gode|service
            tipp topp
            slår|slår ..3 alle|de ..2 andre|andre
            skal ..2 de|dei|dere|dykk|han|ho|hun ..1 ha
            fortjener|fortener ..4 ros|skryt|medalje|blomster|applaus|lønn|ei|en|takk
            stolt|stolte|glad|glade|heldig|heldige ..3 av|over|for
            bedre|betre ..2 enn ..4 rykte|rykte|før|forventet|noensinne
            virkelig|verkeleg|kjempe|veldig|svært|utrolig ..1 bra|godt|god|fint|flott|hyggelig|nyttig|koselig
            well|money ..2 spent|done
            heia ..2 @body|dere|alle|brøyte*|gutta|jentene|biblioteket
            bukker|bukkar|hatten|hatt ..2 av|og|for
            gol|strødd|brøyta|brøytet|rydda|ryddet|fikset|fiksa ..4 før
            tusen|mange|hjertelig|hjarteleg|stor|varm|evig|evige|masse|most takk
            tusen hjertelig|hjarteleg|millioner takk
            takk ..1 til
            takk ..1 for ..1 at|hjelp|hjelpa|hjelpen|svar|innsats*|jobben|en|eit|ein|et|god|raskt|den|alt|all
            takk|tusentakk|thanks|thank you? ..1 for
            stor|stort|mye|mykje|all|masse|skikkelig|kjempe ..1 ros|skryt|honnør|ære
            ros|skryt|honnør|applaus|heder|ære ..1 til
            vil|må|skal|fortjener|fortener ..3 ha|få|gi|gje ..3 ros|skryt|honnør|takk|klapp|kred|cred
            bra|godt|kjempebra|flott|strålende|god|fint|fantastisk|well|great|good|nice|super|fin ..1 jobba|jobbet|gjort|jobb|arbeid|innsats|job|done|work|service|tiltak|initiativ
            endelig|endeleg|finally|omsider ..8 har|er|fikk|fekk|kom|kan|får|på|plass|ein|en|et|eit
            10|ti|6|seks|5 av|of ..1 10|ti|6|seks|5
            terningkast ..1 6|seks|seksar|sekser|5|fem
            gull verdt|verd
            tommel|tomlane|tommelen ..1 opp
            klapp ..3 skulder*|skuldra|dere
            stå|stå ..1 på
            så|utrolig|veldig|kjempe|skikkelig|sååå|svært|ordentlig|utruleg|fryktelig|sabla|jævlig ..1 bra|fin|fint|flott|flotte|flink|flinke|glad|glade|fornøyd|nøgd|heldig|heldige|hyggelig|koselig|kjekt|god|godt|gode|proff|imponert|stolt|nydelig|takknemlig|artig|bra
            heldige|heldig|glad ..3 som ..3 bor|bur|har|får
            hadde|har ..2 ikke|ikkje ..2 trodd|trudd|forventet|venta
            bedre|betre enn
            dere|de|dykk|dokker ..2 er|e ..3 best|beste|flinke|gode|fantastiske|rå|rå|gull|helter|heltar|engler|englar|gull|utrolige|konge
            for en|ein|et|eit ..2 fantastisk|flott|nydelig|service|innsats|gjeng|dag|kveld|hyggelig|god|herlig|vakker|konsert|opplevelse|opplevin*
            setter|sett|set|pris ..2 pris ..1 på
            dette ..3 liker|likar|elsker
            @me ..1 liker|likar|like
            kort|rask|raskt|kjapt|kjapp|snøgt|snøgg ..2 svar|hjelp|respons|ventetid|tilbakemelding|behandling|og
            kom|ringte|fikset|fiksa|ordna|ordnet|svarte|svara|løste|løyste|rydda|ryddet|brøyta|brøytet ..4 minutter|minutt|med|samme|same|time|timer|timar|raskt|kjapt|dagen|gang|gong|før
            made|makes ..2 en|ein|my|dagen|dag|forskjell ..2 day|bedre|betre|difference
            keep up
            well done
            """
        ),
        unless=_THANKS_AHEAD,
        kind="praise",
        weight=1.8,
        most=2,
    ),
    Rule(
        "praise.signs",
        SIGNS,
        kind="praise",
        weight=1.2,
        most=1,
        check=lambda reading: any(s in reading.plain for s in "❤👏👍😍🥰🙌💚💙💛🤩😊🎉🏆💪♥🌟⭐😃😄🥳💖🧡👌🤗"),
    ),
)
