"""A statement in a hearing: on a plan or a regulation out for consultation (plan- og bygningsloven § 12-10, § 11-14;
forvaltningsloven § 37). It belongs to the case whatever channel it comes in."""

from typing import Final

from ordskifte.language.signals.rule import Rule, phrases

NAMED: Final = "Says that it is a statement in a hearing, or an input to a plan that is out for consultation."
FOR_SOMEONE: Final = "An association or a neighbour takes a stand on a plan or a proposal."

_PLAN: Final = (
    "plan|planen|planforslag*|reguleringsplan*|detaljregulering*|områdeplan*|områderegulering*|kommuneplan*|kommunedelplan*|arealdel*|arealplan*|"
    "planprogram*|regulering*|forskrift*|høring*|høyring*|ettersyn|temaplan*|sentrumsplan*|hytteplan*|konsekvensutgrei*|konsekvensutred*|"
    "skolestruktur*|skulestruktur*|trafikkplan*|byplan*|delplan*|vindkraftplan*|planid*|detaljplan*|klimaplan*|kulturplan*|oppvekstplan*|handlingsplan*"
)
_ASKS_HOW = phrases(
    """
    hvordan|korleis|hvor|kvar|når|hva|kva ..6 høring*|høyring*|merknad*|innspill|innspel
    høringsfrist*|høyringsfrist* ..5 er|går|gjekk|utsatt|gikk|når
    how|where|when ..5 consultation|hearing
    kan man|en|alle|vi|eg|jeg ..3 sende|komme|gi
    frist|fristen ..4 uttale|merknad*|innspill|innspel|høring*|høyring*
    hva|kva|når|hvor|kvar|hvem|kven ..3 frist|fristen
    """
)

RULES: Final = (
    Rule(
        "horingsuttalelse.named",
        NAMED,
        phrases(
            f"""
            høringsuttal*|høyringsuttal*|høringssvar*|høyringssvar*|høringsinnspill*|høyringsinnspel*|høringsnotat*|høringsmerknad*|høyringsmerknad*
            uttalelse|uttale|fråsegn|uttalelsen|svar|innspill|innspel|innspelet|innspillet|merknad|merknader|merknadar|kommentar|kommentarer|kommentarar|synspunkter|synspunkt|innvending* ..2 til|om|på|i ..4 {_PLAN}
            merknad|merknader|merknadar ..3 til
            < til ..1 {_PLAN} ..10 ber|mener|meiner|ønsker|ønskjer|foreslår|krever|krev|støtter|støttar|imot
            uttale|uttalelse|fråsegn|innspill|innspel|merknad|merknader|merknadar ..1 frå|fra ..10 {_PLAN}
            har|hadde ..4 merknad|merknader|merknadar
            i|ved|til|under forbindelse|samband|anledning|høve ..4 høring*|høyring*|ettersyn
            til høring*|høyring* ..6 @iwe|mener|meiner|synes|synest|støtter|støttar|ber
            høringa|høringen|høyringa|høring|høyring ..8 mener|meiner|støtter|støttar|imot|mot|foreslår|foreslår|ønsker|ønskjer|ber
            consultation|hearing ..2 response|statement|input|comment|submission
            response|statement|input|comment|submission ..3 consultation|hearing|zoning|plan
            """
        ),
        unless=_ASKS_HOW,
        kind="casework",
        weight=8,
        formal="horingsuttalelse",
    ),
    Rule(
        "horingsuttalelse.for_someone",
        FOR_SOMEONE,
        phrases(
            f"""
            velforening*|vellag*|velet|vellet|borettslag*|burettslag*|sameie*|idrettslag*|fau|samarbeidsutval*|elevråd*|ungdomsråd*|eldreråd*|bygdelag*|grendelag*|grendeutval*|grunneigarlag*|grunneierlag*|beitelag*|naturvern*|næringsforening*|bondelag*|hytteforening*|hytteeiere|naboene|naboane|foreldregruppa|styret ..10 støtter|støttar|imot|mener|meiner|protesterer|protesterar|foreslår|krever|krev|motsetter|ber|fraråder|frarår|rår ..12 {_PLAN}|planen|forslaget|framlegget
            @iwe ..5 støtter|støttar|motsetter|fraråder|protesterer|mener|meiner|foreslår|imot ..6 planforslag*|reguleringsplan*|detaljregulering*|kommuneplan*|kommunedelplan*|planprogram*|områderegulering*|arealdel*|arealplan*
            som ..1 nabo|naboer|grunneier|grunneigar|hjemmelshaver|gjenboer|næringsdrivende ..6 planen|planforslag*|reguleringsplan*|regulering*|detaljregulering*|kommuneplan*
            """
        ),
        unless=_ASKS_HOW,
        kind="casework",
        weight=6,
        formal="horingsuttalelse",
    ),
)
