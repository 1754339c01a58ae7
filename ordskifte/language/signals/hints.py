"""Hints: words that say nothing alone but tell, together, what kind of text they stand in (`kinds.py`). Never shown."""

from typing import Final

from ordskifte.language.signals.rule import Rule, phrases
from ordskifte.language.signals.threat import ACCIDENT, FIGURE

_WORDS: Final = tuple(
    Rule(f"hint.{name}", "", phrases(words))
    for name, words in {
        "me": "@me",
        "we": "vi|me|mi",
        "my": "@my",
        "you": "du|deg|dæ",
        "your": "dere|dykk|dokker|dykkar|deres",
        "kin": "@kin",
        "not": "@neg",
        "politician": "@politician",
        "body": "@body",
        "thing": "@thing",
        "state": "@state",
        "service": "@service",
        "harm": "@harm",
        "weapon": "@weapon",
        "documents": "@documents",
        "decision": "@decision",
        "time": "@time_unit",
        "money": "kr|kroner|penger|pengar|pengene|pengane|mill|million*|milliard*|money|dollar|euro",
        "place": "ved|utenfor|utanfor|bak|langs|nedenfor|ovenfor|krysset|near|by|outside|behind",
        "ask": "hva|kva|hvor|kor|kvar|hvem|kven|når|hvordan|korleis|hvilke*|what|where|when|how|who",
        "why": "hvorfor|kvifor|koffor|koffer|why",
        "will": "skal|ska|kommer|kjem|vil|will|gonna",
        "past": "var|ble|blei|vart|fikk|fekk|kom|gikk|gjekk|hadde|skulle|was|were|got",
        "link": "http|https|www|whatsapp|telegram|profil|profilen|bio|link|lenke|lenka|lenken|dm|klikk|click",
        "number": "*0|*1|*2|*3|*4|*5|*6|*7|*8|*9".replace("*", "") + "|10|20|100|500|1000",
    }.items()
)
RULES: Final = (*_WORDS, Rule("hint.figure", "", (*FIGURE, *ACCIDENT)))
