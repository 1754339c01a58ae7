"""Reads one utterance for what it is: language, kind, personal data, formal things, and what a person might do with it.

Every finding is a proposal with the rules that spoke and the words that made them. Nothing leaves the process.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cache
from math import exp
from typing import Final

from ordskifte.language import kinds
from ordskifte.language.personal import every as personal
from ordskifte.language.personal.every import Data, joined, numbers_and_addresses
from ordskifte.language.phrases import Index
from ordskifte.language.reading import Reading, read
from ordskifte.language.signals.every import RULES
from ordskifte.language.signals.rule import Rule
from ordskifte.language.written_form import form_of

RULES_VERSION: Final = "2026-11-24"


@dataclass(frozen=True, slots=True)
class Span:
    """Personal data in a text, in code points of the text as given."""

    type: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that spoke and the words that made it."""

    rule: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class LocalRule:
    """A body's confirmed "say X is Y from now on": when all `words` stand in a text, its kind is `kind`."""

    words: tuple[str, ...]
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the rules propose about a text."""

    lang: str
    lang_sure: bool
    kind: str
    personal_data: tuple[Span, ...]
    journal_candidate: bool
    moderation: str
    why: tuple[Reason, ...]
    formal: tuple[str, ...] = ()
    rules_version: str = ""


_HARD: Final = frozenset(
    "fnr dnr hnr fnr2032 npid fh personnummer konto kid telefon epost adresse regnr fodselsdato pass duf".split()
)
_SPECIAL: Final = frozenset("helse barnevern sosial fagforening religion straff politikk etnisitet legning".split())
_JOURNALLED: Final = frozenset("klage innsynskrav horingsuttalelse varsel threat child_welfare".split())
_FORMAL_ORDER: Final = ("threat", "emergency", "child_welfare", "klage", "innsynskrav", "horingsuttalelse", "varsel")
_FORMAL_KIND: Final = {  # in this order
    "klage": "complaint",
    "innsynskrav": "casework",
    "horingsuttalelse": "casework",
    "varsel": "report",
    "child_welfare": "report",
}

_Spoken = list[tuple[Rule, list[tuple[int, int]]]]  # rules with the first and last word of what each found


@cache
def _index() -> tuple[Index, tuple[Rule, ...], frozenset[int]]:
    """Every phrase, every rule, and the numbers of the rules that look at the whole text instead."""
    rules = (*RULES, *personal.RULES)
    keyed = [(number, phrase) for number, rule in enumerate(rules) for phrase in rule.phrases]
    keyed += [(~number, phrase) for number, rule in enumerate(rules) for phrase in rule.unless]
    looking = frozenset(number for number, rule in enumerate(rules) if rule.check is not None and not rule.phrases)
    return Index(keyed), rules, looking


def assess(text: str, *, local_rules: Sequence[LocalRule] = ()) -> Assessment:
    """Read a text by all rules."""
    reading = read(text)
    spoken = _spoken(reading)
    names = frozenset(rule.name for rule, _ in spoken if not rule.type)
    hard = numbers_and_addresses(reading)
    special = [Data(rule.type, *_place(reading, hit), rule.name) for rule, hits in spoken if rule.type for hit in hits]
    likely = _likely(reading, names)
    formal = _formal(spoken, likely, bool(reading.quoted))
    kind = _kind(likely, formal, names, reading)
    kind, local = _local(reading, local_rules, kind, formal)
    data = joined([*hard, *special, *_own_case(reading, spoken, kind, formal, bool(hard or special))])
    types = {one.type for one in data}
    lang = form_of(reading)
    return Assessment(
        lang=lang.lang,
        lang_sure=lang.sure,
        kind=kind,
        personal_data=tuple(Span(one.type, one.start, one.end) for one in data),
        journal_candidate=_journal(kind, names, formal, types),
        moderation=_moderation(kind, likely, names, formal, types),
        why=(*local, *_why(reading, spoken, kind, formal, data)),
        formal=tuple(name for name in _FORMAL_ORDER if name in formal),
        rules_version=RULES_VERSION,
    )


def _why(
    reading: Reading,
    spoken: _Spoken,
    kind: str,
    formal: set[str],
    data: Sequence[Data],
) -> Iterator[Reason]:
    """The rules that speak for what was found, formal things first, then the words that spoke loudest for the kind."""
    places: list[tuple[str, int, int]] = []
    for rule, hits in spoken:
        if rule.type or not (rule.formal in formal if rule.formal else rule.kind == kind):
            continue
        places += [(rule.name, *_place(reading, hit)) for hit in hits[:_MOST_REASONS]]
    places += [(one.rule, one.start, one.end) for one in data]
    if not any(rule.kind == kind or rule.formal in formal for rule, _ in spoken if not rule.type):
        shown = kinds.loudest(reading, kind)
        places += [("kind.words", reading.starts[at], reading.ends[at]) for at in shown]
    for name, start, end in dict.fromkeys(places):
        yield Reason(name, start, end, reading.text[start:end])


def _likely(reading: Reading, names: Set[str]) -> dict[str, float]:
    """How likely each kind is, and each formal thing inside one ("complaint:klage")."""
    values = kinds.scores(reading, names)
    top = max(values.values())
    parts = {kind: exp(value - top) for kind, value in values.items()}
    whole = sum(parts.values())
    return {kind: part / whole for kind, part in parts.items()}


_CLASSES: Final = {
    "threat": "threat",
    "klage": "complaint:klage",
    "innsynskrav": "casework:innsynskrav",
    "horingsuttalelse": "casework:horingsuttalelse",
    "varsel": "report:varsel",
    "child_welfare": "report:child_welfare",
    "emergency": "report:emergency",
}
_ALONE: Final = {  # so likely that no rule need speak; low, because a thing missed costs more than one too many
    "threat": 0.17,
    "klage": 0.1,
    "innsynskrav": 0.08,
    "horingsuttalelse": 0.2,
    "varsel": 0.09,
    "child_welfare": 0.08,
    "emergency": 0.2,
}
_HARM: Final = frozenset(("hint.harm", "hint.weapon"))
_NO_HARM: Final = 0.52  # so likely a threat, though no word of harm stands in it ("Plogen kommer i morgen" is none)
_NO_FIGURE: Final = 0.75  # so likely a threat that no figure of speech and no quotation explains it
_WITH_A_RULE: Final = 0.04  # less likely than this, and a rule that spoke is taken to be mistaken


def _formal(spoken: _Spoken, likely: dict[str, float], quotes: bool) -> set[str]:
    """The formal things: what a rule found and the words do not speak against, and what the words alone make likely."""
    ruled = {rule.formal for rule, _ in spoken if rule.formal}
    names = {rule.name for rule, _ in spoken}
    found = {
        name for name, kind in _CLASSES.items() if likely[kind] >= (_WITH_A_RULE if name in ruled else _ALONE[name])
    }
    if "threat" not in ruled and not names & _HARM and likely["threat"] < _NO_HARM:
        found.discard("threat")
    if ("hint.figure" in names or quotes) and "threat" not in ruled and likely["threat"] < _NO_FIGURE:
        found.discard("threat")
    if names & {"emergency.life", "emergency.danger"}:
        found.add("emergency")
    return found


_MOST_REASONS = 3


def _spoken(reading: Reading) -> _Spoken:
    """The rules that speak, with the first and last word of what each of them found."""
    index, rules, looking = _index()
    found = index.find(reading)
    spoken: _Spoken = []
    for number in sorted({number for number in found if number >= 0}.union(looking)):
        rule = rules[number]
        hits = _kept(rule, found[number], found.get(~number), reading) if rule.phrases else []
        if (hits or not rule.phrases) and (rule.check is None or rule.check(reading)):
            spoken.append((rule, hits))
    return spoken


def spoken_names(reading: Reading) -> frozenset[str]:
    """The names of the rules and hints that speak of a text's kind."""
    return frozenset(rule.name for rule, _ in _spoken(reading) if not rule.type)


def _kept(
    rule: Rule, hits: list[tuple[int, int]], blocked: list[tuple[int, int]] | None, reading: Reading
) -> list[tuple[int, int]]:
    """The hits that stand: not in somebody else's words, not in a sentence that says otherwise; each place once."""
    if rule.own_words and reading.quoted and len(reading.quoted) < len(reading.words):
        hits = [hit for hit in hits if reading.quoted.isdisjoint(range(hit[0], hit[1] + 1))]
    if blocked:
        silent = {reading.sentences[first] for first, _ in blocked}
        hits = [hit for hit in hits if reading.sentences[hit[0]] not in silent]
    kept: list[tuple[int, int]] = []
    for hit in sorted(set(hits)):
        if not kept or hit[0] > kept[-1][1]:
            kept.append(hit)
    return kept


def _place(reading: Reading, hit: tuple[int, int]) -> tuple[int, int]:
    return reading.starts[hit[0]], reading.ends[hit[1]]


def _kind(likely: dict[str, float], formal: set[str], names: Set[str], reading: Reading) -> str:
    """What a text is: what is formal first, else what is most likely by words and rules together."""
    if "threat" in formal:
        return "threat"
    if not reading.words:
        return "other"
    for name, kind in _FORMAL_KIND.items():
        if name in formal:
            return kind
    if "emergency.life" in names:
        return "other"
    sums: dict[str, float] = defaultdict(float)
    for kind, value in likely.items():
        sums[kind.partition(":")[0]] += value
    del sums["threat"]
    return max(sums, key=lambda kind: sums[kind])


def _journal(kind: str, names: Set[str], formal: set[str], types: set[str]) -> bool:
    """The two tests (arkivforskrifta § 14): is it part of handling a case, and has it value as documentation?"""
    if formal & _JOURNALLED or kind == "casework":
        return True
    return kind == "complaint" and ("helse" in types or {"complaint.demands", "complaint.bill"} <= names)


def _moderation(kind: str, likely: dict[str, float], names: Set[str], formal: set[str], types: set[str]) -> str:
    """The least a person should look at doing. Criticism is never in here: it stays whatever it says."""
    if kind == "threat":
        return "escalate"
    if kind in ("spam", "harassment"):
        return "remove" if _may_be_removed(kind, likely, names) else "escalate"
    if types & _HARD:
        return "hide_pii"
    if formal:
        return "escalate"
    if types & _SPECIAL:
        return "escalate" if kind == "complaint" else "hide_pii"
    return "escalate" if kind == "casework" else "keep"


def _may_be_removed(kind: str, likely: dict[str, float], names: Set[str]) -> bool:
    """Words are not enough: spam shows two signs, harassment be aimed at someone; neither is criticism or threat."""
    if likely[kind] < 2 * max(likely["criticism"], likely["casework"]) or likely["threat"] > _MAYBE_A_THREAT:
        return False
    return len(names & _SIGNS[kind]) >= (2 if kind == "spam" else 1)


_MAYBE_A_THREAT: Final = 0.08  # what may be one is for a person to see, never for a bin


_SIGNS: Final = {
    "spam": frozenset(("spam.offer", "spam.lure", "spam.shout", "hint.link", "hint.money")),
    "harassment": frozenset(
        "harassment.appearance harassment.dehumanises harassment.away harassment.sexual harassment.slur "
        "harassment.aimed hint.you hint.your".split()
    ),
}


def _own_case(reading: Reading, spoken: _Spoken, kind: str, formal: set[str], told: bool) -> list[Data]:
    """That someone has a case with the body is itself personal data, when nothing else in the text already is."""
    hits = {rule.name: found for rule, found in spoken}
    if told or not reading.words:
        return []
    if kind == "harassment":
        picture = [at for at, word in enumerate(reading.words) if word in _PICTURE]
        return [Data("person", *_place(reading, (picture[0], picture[0])), "personal.singled_out")] if picture else []
    if "klage" in formal or (kind == "casework" and not formal & {"innsynskrav", "horingsuttalelse"}):
        place = next((hits[name][0] for name in (*_OWN_CASE, *_NEAR) if hits.get(name)), None)
        if place is not None:
            return [Data("sak", *_place(reading, place), "personal.own_case")]
    return []


_OWN_CASE: Final = (
    "casework.act casework.own casework.party casework.refused klage.disagrees klage.vedtak klage.refused klage.again"
).split()
_NEAR: Final = ("hint.me", "hint.my", "hint.we", "hint.kin")


_PICTURE: Final = frozenset(
    "bildet bilde biletet bilete fotoet foto videoen video picture photo pic jakke jakken jakka genser genseren".split()
)


def _local(reading: Reading, local_rules: Sequence[LocalRule], kind: str, formal: set[str]) -> tuple[str, list[Reason]]:
    """The kind by the body's own confirmed rules: they name ordinary things, and never overrule what is formal."""
    if not local_rules or formal or kind in ("threat", "harassment"):
        return kind, []
    for rule in local_rules:
        places = [_first(reading, word) for word in rule.words]
        if places and all(place is not None for place in places):
            at = [place for place in places if place is not None]
            start, end = at[0]
            return rule.kind, [Reason(rule.name, start, end, reading.text[start:end])]
    return kind, []


def _first(reading: Reading, words: str) -> tuple[int, int] | None:
    """Where a word, or some words in a row, first stand."""
    wanted = read(words).words
    for at in range(len(reading.words) - len(wanted) + 1):
        if wanted and reading.words[at : at + len(wanted)] == wanted:
            return reading.starts[at], reading.ends[at + len(wanted) - 1]
    return None


@cache
def _says() -> dict[str, str]:
    return {rule.name: rule.says for rule in (*RULES, *personal.RULES)} | personal.SAYS | {"kind.words": kinds.WORDS}


def explain(rule: str) -> str:
    """What a rule looks for, in one sentence; "" when there is no such rule (a local one, or one that is gone)."""
    return _says().get(rule, "")
