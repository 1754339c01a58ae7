"""Words that find each other in search: bokmål and nynorsk, conservative and radical spellings, and words written
without Norwegian keys. Expansion happens in the query; in the index æ, ø and å are letters of their own."""

from functools import cache
from importlib.resources import files

_MOST = 12  # variants of one word by rules and keys

_BOTH_WAYS = (  # first parts of compounds; what follows is three letters or more
    ("skole", "skule"),
    ("hjemme", "heime"),
    ("hoved", "hovud"),
    ("syke", "sjuke"),
    ("vann", "vass"),
    ("vann", "vatn"),
    ("vei", "veg"),
    ("kirke", "kyrkje"),
    ("bolig", "bustad"),
    ("eiendoms", "eigedoms"),
    ("tjeneste", "teneste"),
    ("fremtids", "framtids"),
    ("hånd", "hand"),
    ("søppel", "boss"),
    ("strøm", "straum"),
    ("ungdoms", "ungdomms"),
)
_LAST_PARTS = (  # groups whose words also end compounds
    "vei", "skole", "tjeneste", "bolig", "kirke", "hjem", "vann", "eiendom", "forening", "leder", "lærer", "uke",
    "måned", "sted", "gård", "tilbud", "tilskudd", "regning", "løsning", "høring", "sykehjem", "virksomhet",
)  # fmt: skip
_ENDINGS = (("het", "heit"), ("heten", "heita"), ("heter", "heiter"), ("hetene", "heitene"))
_DIGRAPHS = (("ae", "æ"), ("oe", "ø"), ("aa", "å"), ("ä", "æ"), ("ö", "ø"))
_KEYS = (("o", "ø"), ("a", "å"))


def variants(word: str) -> list[str]:
    """Other spellings of a word, any case, in a fixed order and without the word itself."""
    word = word.lower()
    found = dict.fromkeys(_groups().get(word, ()))
    if not found:
        found = dict.fromkeys([*_by_first_part(word), *_by_last_part(word), *_by_ending(word)][:_MOST])
    found |= dict.fromkeys(_by_digraph(word))
    found.pop(word, None)
    return list(found)


def typed_without_keys(word: str) -> list[str]:
    """What a word may mean when it was typed without æ, ø and å: `skole` is left, `barnehage` too, `brod` gives brød.

    One letter at a time and all of them at once. Used only when a search finds nothing.
    """
    word = word.lower()
    found: dict[str, None] = {}
    for plain, letter in _KEYS:
        places = [at for at, char in enumerate(word) if char == plain]
        for at in places:
            found[word[:at] + letter + word[at + 1 :]] = None
    found[word.replace("o", "ø").replace("a", "å")] = None
    found.pop(word, None)
    return list(found)[:_MOST]


def vocabulary() -> list[str]:
    """Every word of the groups."""
    return list(_groups())


@cache
def _groups() -> dict[str, tuple[str, ...]]:
    """Each word with all words of the groups it stands in."""
    groups: dict[str, tuple[str, ...]] = {}
    for words in _lines():
        for word in words:
            groups[word] = (*groups.get(word, ()), *words)
    return groups


def _lines() -> list[list[str]]:
    text = files("ordskifte.language").joinpath("spelling.tsv").read_text("utf-8")
    return [line.split("\t")[1].split() for line in text.splitlines() if not line.startswith("#")]


@cache
def _last_parts() -> list[tuple[str, tuple[str, ...]]]:
    """Longest first, so that -sykehjemmet is not read as -hjemmet."""
    parts = [(word, _groups()[lemma]) for lemma in _LAST_PARTS for word in dict.fromkeys(_groups()[lemma])]
    return sorted(parts, key=lambda part: -len(part[0]))


def _by_first_part(word: str) -> list[str]:
    return [
        other + word[len(part) :]
        for one, two in _BOTH_WAYS
        for part, other in ((one, two), (two, one))
        if word.startswith(part) and len(word) >= len(part) + 3
    ]


def _by_last_part(word: str) -> list[str]:
    for part, others in _last_parts():
        if word.endswith(part) and len(word) >= len(part) + 3:
            return [word.removesuffix(part) + other for other in others]
    return []


def _by_ending(word: str) -> list[str]:
    return [
        word.removesuffix(ending) + other
        for one, two in _ENDINGS
        for ending, other in ((one, two), (two, one))
        if word.endswith(ending) and len(word) >= len(ending) + 3
    ]


def _by_digraph(word: str) -> list[str]:
    found = word
    for two, letter in _DIGRAPHS:
        found = found.replace(two, letter)
    back = word.replace("æ", "ae").replace("ø", "oe").replace("å", "aa")
    return [other for other in (found, back) if other != word]
