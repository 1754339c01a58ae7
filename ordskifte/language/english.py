"""Whether a text is English, so that its English stems are indexed too. Wrong either way costs little."""

_ENGLISH_WORDS = (
    "the and of is are was were be been this that these those with from have has had not you your we our they their "
    "it its will would can could should what when where who why how which there here about into than then just like "
    "because if or but my he she his her him them us do does did don't i'm it's "
    "please thank thanks very only also"
)
_NORWEGIAN_WORDS = (
    "og i er det som på å en et ei ein eit av til med har ikke ikkje jeg eg vi du de dere dykk den dei han hun ho seg "
    "var blir vert ble blei vart kan skal skulle vil må fra frå om hva kva hvor kvar hvordan korleis når hvis dersom "
    "så nå no også óg bare berre meg deg oss dette denne disse desse noe noko noen nokon mye mykje være vere"
)
_ENGLISH = frozenset(_ENGLISH_WORDS.split())
_NORWEGIAN = frozenset(_NORWEGIAN_WORDS.split())
_ENOUGH = 300  # characters to look at


def looks_english(text: str, declared: str) -> bool:
    """True when declared as English, or when its small words are English ones more than Norwegian ones."""
    if declared[:2].lower() == "en" and not declared[2:3].isalpha():
        return True
    words = text[:_ENOUGH].lower().split()
    return len(_ENGLISH.intersection(words)) > len(_NORWEGIAN.intersection(words))
