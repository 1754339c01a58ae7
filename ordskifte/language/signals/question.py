"""A question: something the body is asked to tell (forvaltningsloven § 11, the duty to guide)."""

from typing import Final

from ordskifte.language.reading import Reading
from ordskifte.language.signals.rule import Rule, phrases

MARK: Final = "Ends a sentence with a question mark."
WORD: Final = "Begins a sentence with a question word, or asks whether something is so."
WONDERS: Final = "Wonders, asks whether anyone knows, or asks for guidance."


def _asks(reading: Reading) -> bool:
    return "?" in reading.plain


RULES: Final = (
    Rule("question.mark", MARK, kind="question", weight=1.0, most=1, check=_asks),
    Rule(
        "question.word",
        WORD,
        phrases(
            """
            < hei|god|hallo? ..2 hva|kva|ka|hvor|kor|kvar|kor|hvem|kven|kem|kæm|når|hvordan|korleis|korsen|koss|kossen|åssen|åsså|hvilken|hvilket|hvilke|kva|kvifor|hvorfor|koffor|koffer|what|where|when|how|who|which|why
            < hva|kva|ka|hvor|kor|kvar|hvem|kven|kem|kæm|når|hvordan|korleis|korsen|koss|kossen|åssen|hvilken|hvilket|hvilke|what|where|when|how|who|which
            og|men|så|so|and ..1 hva|kva|hvor|kvar|hvordan|korleis|åssen ..1 er|gjør|gjer|kan|skal|finner|finn|blir
            < er|e|æ|har|kan|må|blir|vert|kommer|kjem|skal|finnes|fins|finst|går|gjelder|gjeld|får|trenger|treng|selger|burde|hadde|vet|veit|is|are|can|do|does|will|should|could|has|have ..1 det|dette|den|dere|de|dykk|jeg|eg|æ|man|ein|en|vi|me|du|noen|nokon|the|there|we|you|i|it|biblioteket|barnehagen|skolen|skulen|bussen|this|that
            gos|goas|maid|mii|gii|movt|man|makkár|leago|galgágo|sáhttágo|lea-go|leatgo
            """
        ),
        kind="question",
        weight=1.0,
        most=1,
    ),
    Rule(
        "question.wonders",
        WONDERS,
        phrases(
            """
            lurer|lurar|lure|lura|undrer|undrast|undres|wonder|wondering
            noen|nokon|nåkken|nån|nokken|nokre|noko|anyone|anybody|somebody ..2 som? ..1 vet|veit|veid|vett|vait|kan|know|knows|har|husker|hugsar
            vet|veit ..1 dere|noen|du|dykk|dokker
            er|e ..1 det ..1 noen|nokon|nån|nåkken ..1 som
            kan|kunne ..1 dere|noen|nokon|du|dykk|dokker|de ..3 si|sei|seie|svare|hjelpe|forklare|fortelle|opplyse|bekrefte|stadfeste|tipse|informere|anbefale
            må|skal|kan|får ..1 jeg|eg|æ|man|ein|en|vi|me
            trenger|treng ..1 jeg|man|eg|vi|me|en|ein
            hva koster|er|betyr|skjer|gjør
            kva kostar|er|tyder|skjer|gjer
            hvor|kor ..1 mye|mykje|lenge|lang|ofte|mange|langt|stor|sent|seint
            når|goas ..1 åpner|opnar|stenger|stengjer|kommer|kjem|er|blir|starter|startar|begynner|byrjar
            stemmer|stemmar ..2 det ..3 at
            gjelder|gjeld ..3 også|òg|det|dette
            hvem|kven|kem|kæm ..2 kontakter|kontaktar|ringer|snakker|har|er|skal|kan|tar
            """
        ),
        kind="question",
        weight=1.0,
        most=1,
    ),
)
