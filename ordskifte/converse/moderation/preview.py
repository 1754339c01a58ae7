"""What the pages of moderation show beside the rows: the letter before the button, marked words, choices in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ordskifte.converse.models import Measure
from ordskifte.converse.moderation import platform
from ordskifte.converse.moderation.forms import Typed
from ordskifte.converse.moderation.grounds import EXPLAINED, Seen, carried, refused_facts
from ordskifte.converse.moderation.ladder import KINDS
from ordskifte.converse.moderation.measures import line
from ordskifte.converse.moderation.originals import Original
from ordskifte.converse.moderation.seen import language_of
from ordskifte.converse.moderation.statement import letter, paragraphs, short, statement_of
from ordskifte.converse.moderation.writing import link_to, statement_for
from ordskifte.plan.models import Channel, Ground
from ordskifte.threads.models import Utterance, Version

_LATER = "XXXXX-XXXXX-XXXXX-XXXXX"
"""Where the code will stand: it is made when the measure is."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What leaves and what the code's page says, as the writer gets them."""

    language: str
    private: bool
    sent: tuple[str, ...]  # paragraphs of what leaves
    page: tuple[str, ...]  # paragraphs of the code's page; none when the letter itself is whole


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of somebody's words; `mark` numbers the rule that was fired by it, 0 for none."""

    text: str
    mark: int = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """One alternative of a form, with a line of explanation."""

    value: str
    name: str
    about: str
    disabled: bool = False


def letter_for(
    given: Typed, ground: Ground | None, utterance: Utterance, version: Version, *, at: datetime
) -> Letter | None:
    """The letter that the form, as it stands, would send; None before a measure and a ground are chosen."""
    if ground is None or given.kind not in KINDS or not line(given.facts):
        return None
    wish = given.wish()
    days = wish.days if wish and wish.days and wish.days < 10_000 else None
    measure = Measure(
        code=_LATER,
        kind=given.kind,
        utterance=utterance,
        ground=ground,
        version_id=version.id,
        facts=line(given.facts),
        reported=given.reported,
        until=at + timedelta(days=days or 0) if given.kind == "block" else None,
        language=language_of(version),
        made_at=at,
    )
    measure.statement = statement_for(measure, utterance, at=at).as_json()
    return _letter(measure, private=utterance.private, words=version.text)


def letter_of(measure: Measure) -> Letter:
    """The letter of a measure as it was, or will be, given."""
    return _letter(measure, private=measure.utterance.private, words="")


def _letter(measure: Measure, *, private: bool, words: str) -> Letter:
    statement, link = statement_of(measure.statement), link_to(measure.code)
    if private:
        said = letter(statement, measure.language, link=link, own_words=words)
        return Letter(measure.language, True, tuple(said.split("\n\n")), ())
    return Letter(
        measure.language,
        False,
        (short(statement, measure.language, link=link),),
        tuple(paragraphs(statement, measure.language, facts=False)),
    )


def doubt(ground: Ground | None, seen: Seen) -> str:
    """What must be said about the ground before it is used on these words; "" when nothing."""
    return "" if ground is None or carried(ground.code, seen) else str(EXPLAINED["uncarried"])


def doubt_about_facts(facts: str) -> str:
    """Why the facts are no ground; "" when they may be one."""
    refused = refused_facts(facts)
    return str(EXPLAINED[refused]) if refused else ""


def ground_lines(grounds: Iterable[Ground]) -> list[Choice]:
    """The published grounds in the reader's language."""
    language = (get_language() or "nb")[:2]
    return [
        Choice(
            str(one.id),
            str(one.names.get(language) or one.names.get("nb", one.code)),
            str(one.examples.get(language) or ""),
        )
        for one in grounds
    ]


def kind_lines(channel: Channel) -> list[Choice]:
    """The measures, least intrusive first; what the channel cannot do is shown and cannot be chosen."""
    lines = {
        "hide": (_("Hide"), _("Only the writer and we see it. Can be undone.")),
        "remove": (_("Remove"), _("Gone from the platform. Say why hiding is not enough.")),
        "block": (_("Block for a time"), _("The account is closed out, and let in again by itself.")),
    }
    return [
        Choice(kind, name, about if able else _("This channel cannot do that."), not able)
        for kind, (name, about) in lines.items()
        for able in (platform.able(channel, kind),)
    ]


def pieces(found: Original) -> list[Piece]:
    """An original with its numbers marked."""
    at, said = 0, []
    for start, end in found.spans:
        said += [Piece(found.text[at:start]), Piece(found.text[start:end], 1)]
        at = end
    return [one for one in (*said, Piece(found.text[at:])) if one.text]
