"""Grounds that are none: viewpoints, and words so wide that they can be used against a viewpoint.

Grunnloven § 100 and EMK article 10 bind a public body on its own pages; NOU 2022: 9 asks for less prohibition and more
culture. A published ground must be narrow and the same for praise and for criticism ("would we remove it if it praised
us?"). So these are refused as names of grounds, in their examples and in what is given as their legal basis, in bokmål,
nynorsk and English, each with what to do instead. An example may say what the ground is not ("sharp criticism is not
harassment"), and quote what somebody wrote.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class NoGround:
    """A sort of ground that is refused: the word beginnings that tell it, and why."""

    words: tuple[str, ...]
    why: str | Promise

    def said_in(self, text: str) -> str:
        """The word that tells it, as it was written; empty when it is not said."""
        found = re.search(rf"\b(?:{'|'.join(self.words)})\w*", text, re.IGNORECASE)
        return found[0] if found else ""


NO_GROUNDS: Final = (
    NoGround(
        (
            r"\w*kriti[ks]",
            r"critici[sz]",
            r"critical\b",
            "critique",
            "sjikane av kommunen",
            "negativ",
            "misnøy",
            r"misfornøy",
            "dissatisf",
            r"klage(?:r|n|ne|ing|mål)?\b",
            "klaging",
            "complain",
            "uenig",
            "usamd",
            "ueinig",
            "disagree",
            "omdøm",
            "reputation",
            r"illojal",
            "disloyal",
            r"ufordelaktig",
            "uheldig omtal",
            "mistillit",
            "boikott",
            "boycott",
        ),
        _("Criticism is never a ground. Reply to it, or let it stand."),
    ),
    NoGround(
        (
            "irrelevan",
            r"(?:ikke|ikkje) (?:er |var )?relevan",
            r"not (?:be |is |are )?relevan",
            "uvedkom",
            "off[ -]?topic",
            r"uten(?:for|om) (?:tema|saken|sak)",
            r"utan(?:for|om) (?:tema|saka|sak)",
            "avspor",
            "digresjon",
            "digression",
            "malplass",
        ),
        _("What is irrelevant to us may matter to the one who wrote it. Say what this is about, and let it stand."),
    ),
    NoGround(
        (
            r"\w*politi(?:sk|kk|cal|cs)",
            r"valgkamp",
            "valkamp",
            "election campaign",
            r"aksjon(?:er|ar)?\b",
            "underskriftskampanj",
            "petition",
            "propaganda",
            "agitasjon",
            "ideolog",
            "aktivis",
            "activis",
        ),
        _("Political messages are what freedom of expression protects most. They stay."),
    ),
    NoGround(
        (
            "mening",
            "meining",
            "holdning",
            "haldning",
            "standpunkt",
            "synspunkt",
            "ytringer vi",
            "opinion",
            "viewpoint",
            "attitude",
            "sarkas",
            "sarcas",
            "ironi",
            "irony",
            "satir",
            "humor",
            "humour",
            "dialekt",
            "dialect",
        ),
        _("An opinion, or the way it is put, is no ground. Name what is unlawful or harms someone."),
    ),
    NoGround(
        (
            "usaklig",
            "usakleg",
            "useriøs",
            "upassende",
            "upassande",
            "inappropriate",
            "unserious",
            "støtende",
            "støytande",
            "offensive",
            "uønske",
            "uønskt",
            "unwanted",
            "undesir",
            "provos",
            "provok",
            "provoc",
            "uhøflig",
            "uhøfleg",
            "impolite",
            "frekk",
            "banning",
            "banneord",
            "bannskap",
            "bannord",
            "swear",
            "profan",
            "språkbruk",
            "foul language",
            "bad language",
            "god tone",
            "nettvett",
            "etter vårt skjønn",
            "etter vår vurdering",
            "at our discretion",
        ),
        _("This is so wide that it can be used against an opinion. Name what is unlawful or harms someone."),
    ),
    NoGround(
        (
            "feilinfo",
            "misinfo",
            "desinfo",
            "disinfo",
            "fake news",
            r"falske nyhe(?:ter|iter|itar)",
            "usann",
            "usanning",
            "løgn",
            "untrue",
            r"lies\b",
            r"fals(?:k|ke) (?:påstand|opplysning)",
            "ukorrekt",
            "incorrect",
            "konspirasjon",
            "conspirac",
        ),
        _("What is wrong is corrected with a source, not removed. Use the reply “correction with source”."),
    ),
)


def refusal(text: str) -> tuple[str, str] | None:
    """The word that makes a text no ground, and why; None when it may be a ground."""
    for sort in NO_GROUNDS:
        if word := sort.said_in(text):
            return word, str(sort.why)
    return None


_QUOTED: Final = re.compile('«[^»]*»|“[^”]*”|„[^“”]*[“”]|"[^"]*"')
_SENTENCE: Final = re.compile(r"(?<=[.!?;:])\s+|\n+")
_VICTIMS: Final = re.compile(r"\b(?:på grunn av|pga\.?|because of|due to|on account of)\b[^.;:!?]*$", re.IGNORECASE)
"""What somebody is attacked for is theirs, and not what is refused: "hets på grunn av politisk syn"."""

_NO: Final = r"(?:ikke|ikkje|aldri|not|never|no)"
_IS: Final = r"(?:er|blir|vert|is|are)"
_UNLAWFUL: Final = (
    r"(?:trakasser|sjikane|hets|personhets|hat|trus|trug|mobb|spam|reklame|svindel|ulovl|straffbar|grunn|brudd|brot"
    r"|harass|abuse|hate|threat|bully|illegal|unlawful|ground|an? (?:ground|offence|crime))"
)
_ALLOWED: Final = (
    r"(?:lov\b|tillat|tillet|greit|velkom|ønsk|akseptert|godtatt|godteke|allow|permit|welcome|accept|fine\b)"
)
_STANDS: Final = re.compile(
    rf"^[^.;:!?]*?\b(?:{_IS}\s+{_NO}\s+(?:\w+\s+)?{_UNLAWFUL}"
    rf"|{_IS}\s+(?:alltid\s+|always\s+)?{_ALLOWED}"
    rf"|{_IS}\s+{_NO}\s+(?:fjernet|fjerna|slettet|sletta|skjult|removed|deleted|hidden)\b"
    rf"|(?:fjernes|slettes|skjules|fjernast|slettast|skjulast)\s+{_NO}\b"
    r"|(?:får|skal|kan|may|can)\s+(?:alltid\s+|always\s+)?(?:stå|bli\s+stående|bli\s+ståande|stand|stay)\b"
    r"|står\b|stays?\b|stands?\b)",
    re.IGNORECASE,
)
_RELATIVE: Final = re.compile(r"\b(?:som|that|which|who|når|if|when|dersom|hvis|unless|unntatt)\b", re.IGNORECASE)


def example_refusal(text: str) -> tuple[str, str] | None:
    """The same for a ground's example. A sentence that says that a viewpoint stands is no refusal of it."""
    for sentence in _SENTENCE.split(_QUOTED.sub(" ", text)):
        for sort in NO_GROUNDS:
            word = sort.said_in(sentence)
            if word and not _lets_stand(sentence, word):
                return word, str(sort.why)
    return None


def _lets_stand(sentence: str, word: str) -> bool:
    before, _found, after = sentence.partition(word)
    if _VICTIMS.search(before):
        return True
    stands = _STANDS.search(after)
    return stands is not None and not _RELATIVE.search(stands[0])


def basis_refusal(text: str) -> tuple[str, str] | None:
    """The same for what is given as a legal basis: it names a rule of law, and no wish of ours."""
    return refusal(text)


def ground_refusal(
    names: Mapping[str, str], examples: Mapping[str, str], legal_basis: str
) -> tuple[str, str, str] | None:
    """The word, why, and the field it stands in; None when nothing in the ground is a viewpoint."""
    read = [
        *((refusal(text), f"names-{code}") for code, text in names.items()),
        *((example_refusal(text), f"examples-{code}") for code, text in examples.items()),
        (basis_refusal(legal_basis), "legal_basis"),
    ]
    return next(((*found, field) for found, field in read if found), None)
