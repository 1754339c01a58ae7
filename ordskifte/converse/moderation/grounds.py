"""Which reasons are no grounds: criticism, "irrelevant", "political message", reputation (Grunnloven § 100; R105-R107).

Pure: texts and values in, answers out. A ground must be the body's published one; here is what may never be one, and
whether what triage saw in the words carries the ground that a person chose.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

OPINION: Final = frozenset({"question", "praise", "criticism", "complaint", "report", "casework", "offtopic", "other"})
"""Kinds of triage that are somebody's opinion or errand. The rest are spam, harassment and threat."""

_REFUSED: Final = {
    "criticism": re.compile(
        r"\bkriti(?:kk|sk|ser|ker)\w*|\bcritic\w*|\bnegativ\w* (?:omtal\w*|kommentar\w*|innlegg|tilbakemelding\w*)"
        r"|\bmisnøy\w*|\bmisfornøy\w*|\bsutr\w*|\bklag(?:er|ar|ing|de|a)? (?:på|over) |\b(?:er|var) (?:uenig|usamd)\w*"
        r"|\bdisagree\w*|\bcomplain(?:s|ed|ing)? about\b"
    ),
    "irrelevant": re.compile(
        r"\birrelevan\w*|\but[ea]n relevans|\b(?:ikke|ikkje) relevan\w*|\b(?:not|isn't) relevant"
        r"|\but[ea]nfor (?:tema\w*|sak\w*)|\boff[- ]?topic\b|\bavspor\w*"
    ),
    "political": re.compile(
        r"\bpolitis[kc]\w* (?:budskap\w*|bodskap\w*|ytring\w*|innh[oa]ld\w*|innlegg\w*|melding\w*|propaganda\w*"
        r"|kommentar\w*|reklame\w*|agenda\w*)|\bpartipoliti\w*|\bpolitical\w*"
    ),
    "reputation": re.compile(
        r"\bomdømme\w*|\brenomm\w*|\breputation\w*|\bdår?le?i?g lys\b|\bsvert\w+ (?:oss|kommunen|etaten|virksomheten)"
        r"|\bbad light\b"
    ),
}
"""Reasons that are never grounds, by the words people use for them."""

_CARRIES: Final = re.compile(
    r"\btru(?:er|ar|et|a|ssel\w*|gsmål\w*|sl\w*)\b|\bthreat\w*|\bdrep\w*|\bdrap\w*|\bv[oa]ld\w*|\bviolen\w*|\bskyt\w*"
    r"|\bjuling\b|\bskade folk|\bsjikan\w*|\bhets\w*|\btrakass\w*|\bharass\w*|\bhat(?:e|efull\w*|ytring\w*|efulle?)\b"
    r"|\bhateful\w*|\brasis\w*|\bracis\w*|\bnedsett\w*|\bnedverdig\w*|\bskjells\w*|\bseksu\w*|\bsexual\w*|\bspam\w*"
    r"|\breklame\w*|\badvert\w*|\bsv?indel\w*|\bsvindl\w*|\bscam\w*|\bfraud\w*|\bbedrag\w*"
    r"|\b(?:fødsels|person|konto|telefon)-?(?:nummer|nr)\w*|\bpersonopplysning\w*|\bpersonal (?:data|number)\w*"
    r"|\bhelse(?:opplysn\w*)?\b|\bdiagnose\w*|\bulovl\w*|\bunlawful\w*|\billegal\w*|\bstraffelov\w*|\bopphavs\w*"
)
"""Words of a fact that can carry a ground."""

_NOBODYS: Final = frozenset({"sak", "kid", "orgnr"})
"""Numbers that triage finds and that are no person's."""

EXPLAINED: Final[dict[str, str | Promise]] = {
    "criticism": _(
        "Criticism cannot be hidden. Reply, or let it stand. People have a right to mean something about us"
        " (the Constitution, section 100)."
    ),
    "irrelevant": _("That something is irrelevant is no ground. Say where the question belongs, or let it stand."),
    "political": _("A political message cannot be hidden. It is the core of free speech. Reply, or let it stand."),
    "reputation": _("Our reputation is no ground. What people say about us stands, also when it is hard to read."),
    "uncarried": _(
        "Triage reads this as an opinion, and finds nothing in the words that carries this ground. Criticism cannot be"
        " hidden. If the ground holds all the same, say why: another person then decides."
    ),
}
"""Why each is refused, for the one who asked."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What triage saw in a version's words: the part of an assessment that moderation needs."""

    kind: str
    moderation: str = "keep"
    formal: frozenset[str] = frozenset()
    personal: frozenset[str] = frozenset()  # types of personal data
    numbers: int = 0  # personal numbers that intake masked
    parts: frozenset[str] = frozenset()  # kinds of its sentences, each read by itself

    @property
    def opinion(self) -> bool:
        return self.kind in OPINION


def refused_reason(text: str) -> str:
    """The name of the refused reason that this text gives; "" when it gives none."""
    lowered = " ".join(text.lower().split())
    return next((name for name, words in _REFUSED.items() if words.search(lowered)), "")


def refused_ground(code: str, names: Mapping[str, str]) -> str:
    """Whether a ground, published or not, is one that may never be used; the name of why."""
    spoken = [code.replace("_", " ").replace("-", " "), *names.values()]
    if code.lower() in ("political", "politics", "politikk", "politisk"):
        return "political"
    return next((found for text in spoken if (found := refused_reason(text))), "")


def refused_facts(facts: str) -> str:
    """Whether the facts a person wrote say nothing but a refused reason. "Threatens, among fair criticism" passes."""
    reason = refused_reason(facts)
    return "" if reason and _CARRIES.search(facts.lower()) else reason


def carried(code: str, seen: Seen) -> bool:
    """Whether what triage saw in the words carries the ground. Words that are no opinion carry what a person says.

    An insult in one sentence of a long criticism carries its ground: the whole is still an opinion, so that removing it
    needs a second person.
    """
    if not seen.opinion:
        return True
    if code in ("personal_number", "personal_data"):
        return bool(seen.personal - _NOBODYS or seen.numbers or seen.moderation == "hide_pii")
    if code == "threat":
        return "threat" in seen.formal or "threat" in seen.parts
    if code == "spam":
        return "spam" in seen.parts
    return seen.moderation == "remove" or not seen.parts.isdisjoint({"harassment", "threat"})
