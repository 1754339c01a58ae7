"""Grounds that are none: viewpoints, and words so wide that they can be used against a viewpoint.

Grunnloven § 100 and EMK article 10 bind a public body on its own pages; NOU 2022: 9 asks for less prohibition and more
culture. A published ground must be narrow and the same for praise and for criticism ("would we remove it if it praised
us?"). So these are refused as names of grounds, in bokmål, nynorsk and English, each with what to do instead.
"""

import re
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
            "ikke relevant",
            "ikkje relevant",
            "not relevant",
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
