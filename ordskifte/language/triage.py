"""Reads one utterance for what it is: language, kind, personal data, formal things, and what a person might do with it.

Every finding is a proposal with the rules that spoke and the words that made them. Nothing leaves the process.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

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
_FORMAL_KIND: Final = {
    "klage": "complaint",
    "innsynskrav": "casework",
    "horingsuttalelse": "casework",
    "varsel": "report",
    "child_welfare": "report",
}

_Hits = dict[int, list[tuple[int, int]]]


@cache
def _index() -> tuple[Index, tuple[Rule, ...]]:
    rules = (*RULES, *personal.RULES)
    keyed = [(number, phrase) for number, rule in enumerate(rules) for phrase in rule.phrases]
    keyed += [(~number, phrase) for number, rule in enumerate(rules) for phrase in rule.unless]
    return Index(keyed), rules


def assess(text: str, *, local_rules: Sequence[LocalRule] = ()) -> Assessment:
    """Read a text by all rules."""
    reading = read(text)
    spoken = _spoken(reading)
    scores: dict[str, float] = defaultdict(float)
    formal: set[str] = set()
    special: list[Data] = []
    for rule, hits in spoken:
        if rule.type:
            special += [Data(rule.type, *_place(reading, hit), rule.name) for hit in hits]
        else:
            scores[rule.kind] += rule.weight * min(max(1, len(hits)), rule.most)
            if rule.formal:
                formal.add(rule.formal)
    names = {rule.name for rule, _ in spoken}
    hard = numbers_and_addresses(reading)
    kind = _kind(scores, names, formal) or _unsaid(reading)
    reasons = [Reason(rule.name, *_place(reading, hit), "") for rule, hits in spoken for hit in hits[:_MOST_REASONS]]
    kind, local = _local(reading, local_rules, kind, formal)
    data = joined([*hard, *special, *_own_case(reading, spoken, kind, formal, hard, special)])
    lang = form_of(reading)
    reasons += [Reason(one.rule, one.start, one.end, "") for one in data]
    reasons = [
        *local,
        *(
            Reason(one.rule, one.start, one.end, text[one.start : one.end])
            for one in reasons
            if _tells(one, kind, spoken)
        ),
    ]
    return Assessment(
        lang=lang.lang,
        lang_sure=lang.sure,
        kind=kind,
        personal_data=tuple(Span(one.type, one.start, one.end) for one in data),
        journal_candidate=_journal(kind, names, formal),
        moderation=_moderation(kind, names, formal, {one.type for one in data}),
        why=tuple(dict.fromkeys(reasons)),
        formal=tuple(name for name in _FORMAL_ORDER if name in formal),
        rules_version=RULES_VERSION,
    )


_MOST_REASONS = 3


def _spoken(reading: Reading) -> list[tuple[Rule, list[tuple[int, int]]]]:
    """The rules that speak, with the first and last word of what each of them found."""
    index, rules = _index()
    found = index.find(reading)
    spoken: list[tuple[Rule, list[tuple[int, int]]]] = []
    for number, rule in enumerate(rules):
        if rule.phrases:
            hits = found.get(number)
            if hits and (hits := _kept(rule, hits, found.get(~number), reading)):
                spoken.append((rule, hits))
        elif rule.check is not None and rule.check(reading):
            spoken.append((rule, []))
    return spoken


def _kept(
    rule: Rule, hits: list[tuple[int, int]], blocked: list[tuple[int, int]] | None, reading: Reading
) -> list[tuple[int, int]]:
    """The hits that stand: not in somebody else's words, not in a sentence that says otherwise; each place once."""
    if rule.own_words and reading.quoted and len(reading.quoted) < len(reading.words):
        hits = [hit for hit in hits if hit[0] not in reading.quoted]
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


def _kind(scores: dict[str, float], names: set[str], formal: set[str]) -> str:
    """What a text is: what is formal or must not stand first, else what most speaks for."""
    if "threat" in formal:
        return "threat"
    if scores["harassment"]:
        return "harassment"
    if _is_spam(names) and not formal:
        return "spam"
    for name, kind in _FORMAL_KIND.items():
        if name in formal:
            return kind
    if "emergency.life" in names:
        return "other"
    if scores["criticism"] >= _SOURED and scores["praise"]:
        scores["praise"] *= 0.5
    if "complaint.mine" in names and scores["complaint"] >= 1:
        scores["complaint"] += 0.5 * scores["criticism"]
    if scores["casework"] >= 3 and "complaint.waits" in names and "complaint.demands" not in names:
        scores["complaint"] -= 2.6
    best, value = max(((kind, scores[kind]) for kind in _SOFT), key=lambda one: one[1])
    if scores["question"] and value < _BEATS_A_QUESTION[best]:
        return "question"
    return best if value > 0 else ""


_SOURED = 2.4
_SOFT: Final = ("casework", "complaint", "report", "criticism", "praise", "offtopic")
_BEATS_A_QUESTION: Final = {
    "casework": 2.0, "complaint": 2.0, "report": 3.0, "criticism": 2.2, "praise": 2.4, "offtopic": 3.0,
}  # fmt: skip
_A_STATEMENT = 5  # words


def _unsaid(reading: Reading) -> str:
    """What no rule knows: a few words are a remark; a whole sentence in a body's field is an opinion, and stays."""
    words = [word for word in reading.words if word]
    return "criticism" if len(words) >= _A_STATEMENT and any(word in _CONCERNS for word in words) else "other"


_CONCERNS: Final = frozenset(
    "dere dykk kommunen kommuna politikerne politikarane rådhuset dokker skolen skulen folk alle ingen ikke ikkje ikkj itj aldri burde bør må "
    "mer meir for alt bare berre vi oss byen bygda barna ungene de dei sentrum barnevernet rektor nav the this we they not no should you".split()
)


def _is_spam(names: set[str]) -> bool:
    """Two different signs: an offer of the kind mass senders make, and a lure or a shout beside it."""
    if "offtopic.sale" in names and "spam.offer" not in names:
        return False
    return len(names & {"spam.offer", "spam.lure", "spam.shout"}) >= 2


def _journal(kind: str, names: set[str], formal: set[str]) -> bool:
    """The two tests (arkivforskrifta § 14): is it part of handling a case, and has it value as documentation?"""
    return (
        bool(formal & _JOURNALLED)
        or kind == "casework"
        or {"complaint.demands", "complaint.fault"} <= names
        or (kind == "complaint" and "personal.care" in names)
    )


def _moderation(kind: str, names: set[str], formal: set[str], types: set[str]) -> str:
    """The least a person should look at doing. Criticism is never in here: it stays whatever it says."""
    if kind == "threat":
        return "escalate"
    if kind in ("spam", "harassment"):
        return "remove"
    if types & _HARD:
        return "hide_pii"
    if formal:
        return "escalate"
    if types & _SPECIAL:
        return "escalate" if kind == "complaint" else "hide_pii"
    return "escalate" if kind == "casework" else "keep"


def _own_case(
    reading: Reading,
    spoken: list[tuple[Rule, list[tuple[int, int]]]],
    kind: str,
    formal: set[str],
    hard: list[Data],
    special: list[Data],
) -> list[Data]:
    """That someone has a case with the body is itself personal data, when nothing else in the text already is."""
    wanted, rule_name = ("sak", "personal.own_case")
    signs: tuple[str, ...]
    if kind == "harassment":
        wanted, rule_name = ("person", "personal.singled_out")
        picture = [word for word in reading.words if word in _PICTURE]
        if not picture:
            return []
        signs = (
            "harassment.appearance",
            "harassment.dehumanises",
            "harassment.sexual",
            "harassment.away",
            "harassment.slur",
        )
    elif kind in ("casework", "complaint") and (
        "klage" in formal or (kind == "casework" and not formal & {"innsynskrav", "horingsuttalelse"})
    ):
        signs = (
            "casework.act",
            "casework.own",
            "casework.party",
            "casework.refused",
            "klage.disagrees",
            "klage.vedtak",
            "klage.refused",
            "klage.again",
            "casework.number",
        )
    else:
        return []
    if hard or special:
        return []
    for name in signs:
        for rule, hits in spoken:
            if rule.name == name and hits:
                return [Data(wanted, *_place(reading, hits[0]), rule_name)]
    return []


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


def _tells(reason: Reason, kind: str, spoken: list[tuple[Rule, list[tuple[int, int]]]]) -> bool:
    """Whether a reason is worth showing: it is formal, personal data, or speaks for the kind that was chosen."""
    if reason.rule.startswith("personal."):
        return True
    rule = next((rule for rule, _ in spoken if rule.name == reason.rule), None)
    return rule is not None and (bool(rule.formal) or rule.kind == kind)


@cache
def _says() -> dict[str, str]:
    return {rule.name: rule.says for rule in (*RULES, *personal.RULES)} | personal.SAYS


def explain(rule: str) -> str:
    """What a rule looks for, in one sentence; "" when there is no such rule (a local one, or one that is gone)."""
    return _says().get(rule, "")
