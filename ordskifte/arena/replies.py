"""How a citizen reads our answer: by rules over its words and over what they came with. Pure: no database.

The checks that stand beside every reply on the desk (`converse.checks`) read it too, so that the arena and the desk
never disagree about tone or places.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from ordskifte.arena.scripts import Opening
from ordskifte.converse.checks.reply import PlaceWords, Reply
from ordskifte.converse.checks.tone import tone
from ordskifte.language.commitments import find_commitments
from ordskifte.language.small_words import BOKMAAL, NYNORSK
from ordskifte.language.written_form import written_form
from ordskifte.publish.dated import ChannelLimits

LONG_SENTENCE: Final = 24  # words
LONG_REPLY: Final = 90  # words

_TIME: Final = re.compile(
    r"\b(?:kl\.?|klokk[ae]n?|at)\s*\d{1,2}(?:[.:]\d\d)?\b|\b\d{1,2}[.:]\d\d\b"
    r"|\b(?:man|tirs?|tys|ons|tors|fre|lør|laur|søn|sun)dag(?:en)?\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
    r"|\b(?:i dag|i morgen|i morgon|i kveld|i natt|i ettermiddag|today|tonight|tomorrow)\b"
    r"|\b\d{1,2}\.?\s*(?:jan|feb|mar|apr|ma[iy]|jun|jul|aug|sep|okt|oct|nov|des|dec)[a-zæøå]*\b"
    r"|\b(?:innen|innan|within|om|in)\s+(?:\d+|en|ein|ett|eit|to|tre|two|three|a|an)\s+"
    r"(?:time|timar|timer|dag|dagar|dager|uke|uker|veke|veker|hours?|days?|weeks?)\b"
    r"|\b(?:denne|neste|this|next)\s+(?:uka|uken|veka|week|måneden|månaden|month)\b",
    re.IGNORECASE,
)
_REASON: Final = re.compile(
    r"\b(?:fordi|av di|grunnen|årsaken|årsaka|på grunn av|derfor|difor|because|the reason|due to|vedtok|vedtatt|vedteke"
    r"|bestemte|bestemt av|avgjorde|decided)\b",
    re.IGNORECASE,
)
_LINK: Final = re.compile(r"https?://\S|\b[\w-]+\.(?:no|example|kommune\.no)/?\S*", re.IGNORECASE)
_FIGURE: Final = re.compile(r"\b\d{1,3}(?:[ \u202f.]\d{3})*\b|\b(?:ingen|ingen|none|zero|null)\b", re.IGNORECASE)
_THANKS: Final = re.compile(r"\b(?:takk|tusen takk|hyggelig|hyggjeleg|thank|glad for|gleder|gler)\w*", re.IGNORECASE)
_ASKS: Final = re.compile(
    r"\b(?:send|skriv|oppgi|oppgje|legg inn|svar (?:her )?med|gi oss|gje oss|kan (?:du|vi) (?:få|sende|skrive|oppgi)"
    r"|hva er|kva er|trenger|treng|post|write|give us|tell us|reply with|what is)\b"
    r"[^.!?\n]{0,60}\b(?:fødselsnummer|personnummer|fnr|saksnummer|kontonummer|telefonnummer|adressen? din|adressa di"
    r"|fullt navn|fullt namn|barnets navn|namnet på barnet|diagnose|national identity number|id number|case number"
    r"|account number|phone number|your address|full name)\w*",
    re.IGNORECASE,
)
_NOT: Final = re.compile(
    r"\b(?:ikke|ikkje|aldri|uten|utan|never|not|don['’]t|without)\b[^.!?\n]{0,40}$|\b(?:ikke|ikkje|aldri|never|not)\b",
    re.IGNORECASE,
)
_SENTENCE: Final = re.compile(r"[^.!?\n]+[.!?]*")


@dataclass(frozen=True, slots=True)
class Seen:
    """What a citizen sees in one answer of ours."""

    answered: bool = False
    moved: bool = False
    holding: bool = False
    repeated_number: bool = False
    asked_number: bool = False
    wrong_place: bool = False
    cold: bool = False
    wrong_form: bool = False
    long: bool = False

    @property
    def evaded(self) -> bool:
        """Neither an answer nor a place to go nor a promise with a time."""
        return not (self.answered or self.moved or self.holding)


@dataclass(frozen=True, slots=True)
class Places:
    """The places of the register: those that are right for the errand, and the others."""

    right: tuple[PlaceWords, ...]
    other: tuple[PlaceWords, ...]


def read_reply(text: str, *, opening: Opening, places: Places, number: str, at: datetime) -> Seen:
    """Read one answer as the one who came with `opening` would. `number` is the personal number they wrote, or ""."""
    moved = bool(opening.place) and any(place.named_in(text) for place in places.right)
    elsewhere = any(place.named_in(text) for place in places.other)
    answered = _answers(text, opening)
    commitments = find_commitments(text, at=at)
    return Seen(
        answered=answered,
        moved=moved,
        holding=not answered and not moved and any(one.due for one in commitments),
        repeated_number=repeats(text, opening, number),
        asked_number=asks_for_data(text),
        wrong_place=bool(opening.place) and not moved and elsewhere,
        cold=_is_cold(text, opening, at),
        wrong_form=_is_other_form(text, opening.language),
        long=is_long(text),
    )


def _answers(text: str, opening: Opening) -> bool:
    """Whether it speaks of what was asked, and has what the question needs."""
    if opening.place:
        return False  # a case is not answered here
    folded = text.casefold()
    if opening.about and not any(word in folded for word in opening.about):
        return False
    tests = {"time": _TIME, "reason": _REASON, "link": _LINK, "figure": _FIGURE, "thanks": _THANKS}
    return len(text.split()) >= 4 and all(tests[need].search(text) for need in opening.needs)


def repeats(text: str, opening: Opening, number: str) -> bool:
    """Whether it says again what should never have been said here: the number, or part of it, or a name."""
    figures = re.sub(r"(?<=\d)[\s.\-]+(?=\d)", "", text)
    if number and any(part in figures for part in (number[:6], number[6:])):
        return True
    return any(re.search(rf"(?<!\w){re.escape(secret)}(?!\w)", text, re.IGNORECASE) for secret in opening.secrets)


def asks_for_data(text: str) -> bool:
    """Whether it asks somebody to write personal data where everyone can read it."""
    for sentence in _SENTENCE.findall(text):
        found = _ASKS.search(sentence)
        if found and not _NOT.search(sentence[: found.end()]) and not _LINK.search(sentence):
            return True
    return False


def _is_cold(text: str, opening: Opening, at: datetime) -> bool:
    said = Reply(
        text=text,
        response_type="F1",
        asked=opening.text,
        asked_language=opening.language,
        asked_kind="",
        limits=ChannelLimits(),
        places=(),
        at=at,
    )
    return any(finding.level == "warn" for finding in tone(said))


def _is_other_form(text: str, language: str) -> bool:
    """Another language, or the other written form. A citizen only minds the form when a word of it is plain to see."""
    found = written_form(text)
    if not found.sure or found.lang not in ("nb", "nn", "en") or found.lang == language:
        return False
    words = set(re.findall(r"[^\W\d_]+", text.casefold()))
    marks = {"nb": words & (BOKMAAL - NYNORSK), "nn": words & (NYNORSK - BOKMAAL)}
    if {found.lang, language} == {"nb", "nn"}:
        return bool(marks[found.lang]) and not marks[language]
    return True


def is_long(text: str) -> bool:
    """Longer than one reads in a comment, or with a sentence one must read twice."""
    longest = max((len(sentence.split()) for sentence in _SENTENCE.findall(text)), default=0)
    return longest > LONG_SENTENCE or len(text.split()) > LONG_REPLY


ORDER: Final = ("repeated_number", "asked_number", "wrong_place", "cold", "moved", "wrong_form", "answered", "holding")
"""What a citizen speaks of first when there is more than one thing to say."""

CONTENT: Final = frozenset(("answered", "moved", "wrong_form"))
"""Reactions after which they have what they came for, when the answer was one."""


def reaction_to(seen: Seen) -> str:
    """The one reaction an answer gets."""
    return next((name for name in ORDER if getattr(seen, name)), "evaded")


def is_content(seen: Seen) -> bool:
    """Whether they have what they came for, however it was said."""
    return (seen.answered or seen.moved) and not (seen.repeated_number or seen.asked_number or seen.cold)


def named_places(rows: Sequence[tuple[str, PlaceWords]], purpose: str) -> Places:
    """The register parted by what an errand needs. Rows are (purpose, words)."""
    return Places(
        right=tuple(words for found, words in rows if found == purpose),
        other=tuple(words for found, words in rows if found != purpose),
    )
