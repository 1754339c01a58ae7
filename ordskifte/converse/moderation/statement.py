"""The statement of reasons, S1 to S13 (guide.md (c), after DSA article 17): a frozen value, and the letter it becomes.

S1 what was done · S2 to what · S3 when, how long · S4 which published ground · S5 the facts · S6 own initiative or
report · S7 automated help or not · S8 legal basis where the thing is unlawful · S9 what the writer can do · S10 the
complaint · S11 outside routes · S12 archive notice · S13 the code. No measure is carried out without all of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from ordskifte.base.clock import rfc3339
from ordskifte.ui.dates import day

COMPLAIN_WITHIN: Final = 21
"""Days a writer has to complain; the date stands in the statement."""

ANSWER_WITHIN: Final = 5
"""Working days the body has to answer a complaint."""

LANGUAGES: Final = ("nb", "nn", "en")

PERSONAL: Final = frozenset({"personal_number", "personal_data"})
"""Grounds where Datatilsynet is one of the outside routes."""


@dataclass(frozen=True, slots=True)
class Statement:
    """Why something was hidden, removed or blocked. Holds neither the writer's words nor a name."""

    done: str  # S1 hide, remove, block
    to: str  # S2 comment or message; the writer's own copy goes with a private letter
    to_at: datetime  # S2 when it was written
    channel: str  # S2 where
    at: datetime  # S3
    until: datetime | None  # S3 end of a block
    ground: str  # S4 its code
    ground_names: Mapping[str, str]  # S4 in three languages, as they were then
    ground_examples: Mapping[str, str]
    facts: str  # S5
    reported: bool  # S6
    automated: bool  # S7
    legal_basis: str  # S8
    can_do: tuple[str, ...]  # S9 rewrite, without_number, elsewhere, again
    complain_by: datetime  # S10
    answer_days: int  # S10
    outside: tuple[str, ...]  # S11 sivilombudet, datatilsynet, court
    archived: bool  # S12
    code: str  # S13

    def missing(self) -> tuple[str, ...]:
        """Which of S1 to S13 say nothing. S8 may be empty where nothing is unlawful; S3's end where none is set."""
        parts = {
            "S1": self.done,
            "S2": self.to and self.channel,
            "S3": self.done != "block" or self.until,
            "S4": self.ground and all(self.ground_names.get(language) for language in LANGUAGES),
            "S5": self.facts,
            "S9": self.can_do,
            "S10": self.answer_days,
            "S11": self.outside,
            "S12": self.archived,
            "S13": self.code,
        }
        return tuple(name for name, said in parts.items() if not said)

    def as_json(self) -> dict[str, Any]:
        """As it is kept beside the measure."""
        return {
            "S1": self.done,
            "S2": {"what": self.to, "at": rfc3339(self.to_at), "channel": self.channel},
            "S3": {"at": rfc3339(self.at), "until": rfc3339(self.until) if self.until else None},
            "S4": {"code": self.ground, "names": dict(self.ground_names), "examples": dict(self.ground_examples)},
            "S5": self.facts,
            "S6": "report" if self.reported else "own",
            "S7": "automated" if self.automated else "person",
            "S8": self.legal_basis,
            "S9": list(self.can_do),
            "S10": {"by": rfc3339(self.complain_by), "answer_days": self.answer_days},
            "S11": list(self.outside),
            "S12": self.archived,
            "S13": self.code,
        }


def statement_of(kept: Mapping[str, Any]) -> Statement:
    """The statement as it was given."""
    return Statement(
        done=kept["S1"],
        to=kept["S2"]["what"],
        to_at=_moment(kept["S2"]["at"]),
        channel=kept["S2"]["channel"],
        at=_moment(kept["S3"]["at"]),
        until=_moment(kept["S3"]["until"]) if kept["S3"]["until"] else None,
        ground=kept["S4"]["code"],
        ground_names=kept["S4"]["names"],
        ground_examples=kept["S4"]["examples"],
        facts=kept["S5"],
        reported=kept["S6"] == "report",
        automated=kept["S7"] == "automated",
        legal_basis=kept["S8"],
        can_do=tuple(kept["S9"]),
        complain_by=_moment(kept["S10"]["by"]),
        answer_days=kept["S10"]["answer_days"],
        outside=tuple(kept["S11"]),
        archived=kept["S12"],
        code=kept["S13"],
    )


def _moment(text: str) -> datetime:
    found = parse_datetime(text)
    assert found is not None
    return found


def carried_out_at(statement: Statement, at: datetime) -> Statement:
    """The same statement when a second person has agreed: the times run from there."""
    shift = at - statement.at
    return replace(
        statement,
        at=at,
        until=statement.until + shift if statement.until else None,
        complain_by=at + timedelta(days=COMPLAIN_WITHIN),
    )


def what_was_done(statement: Statement) -> str:
    """S1 and S2 in one sentence, in the language that is in force."""
    said = {
        ("hide", "comment"): _("We have hidden your comment. Others cannot read it."),
        ("hide", "message"): _("We have hidden your message."),
        ("remove", "comment"): _("We have removed your comment."),
        ("remove", "message"): _("We have removed your message."),
    }
    if statement.done == "block":
        return _("We have closed your account out of our channel until %(until)s. The block ends by itself.") % {
            "until": day(statement.until or statement.at)
        }
    return said[statement.done, statement.to]


def paragraphs(statement: Statement, language: str, *, facts: bool = True) -> list[str]:
    """S1 to S13 as short paragraphs. `facts`: only to the writer alone, since they may repeat what was written."""
    with override(language):
        done = _("%(done)s You wrote it on %(day)s on %(channel)s.") % {
            "done": what_was_done(statement),
            "day": day(statement.to_at),
            "channel": statement.channel,
        }
        return [
            done,
            " ".join(filter(None, (_ground(statement, language), statement.facts if facts else "", _law(statement)))),
            " ".join((_initiative(statement), _decided(statement))),
            " ".join(_CAN_DO[what]() for what in statement.can_do),
            _complaint(statement),
            _outside(statement),
            _("What you wrote and this decision are archived, and can be open to access. Code: %(code)s")
            % {"code": statement.code},
        ]


def letter(statement: Statement, language: str, *, link: str, own_words: str = "") -> str:
    """The whole letter, for the writer alone; `own_words` (masked) is the copy of what it is about."""
    with override(language):
        copy = _("You wrote: “%(words)s”") % {"words": own_words} if own_words else ""
        onward = _("Read this again, or complain: %(link)s") % {"link": link}
    said = paragraphs(statement, language)
    return "\n\n".join(filter(None, [said[0], copy, *said[1:], onward]))


def short(statement: Statement, language: str, *, link: str) -> str:
    """What can stand where all can read: what was done and where the reasons are; no ground, no words, no name."""
    with override(language):
        if statement.done == "block":
            said = _("We have closed an account out of our channel. Here is why, and how to complain: %(link)s")
        elif statement.automated:
            said = _(
                "We have hidden a comment because a number in it looks like a national identity number. Write it again"
                " without the number: what you mean is welcome. Reasons and complaint: %(link)s"
            )
        elif statement.done == "remove":
            said = _("We have removed a comment. Here is why, and how to complain: %(link)s")
        else:
            said = _("We have hidden a comment. Here is why, and how to complain: %(link)s")
        return said % {"link": link}


def put_back(statement: Statement, language: str, *, link: str) -> str:
    """That a measure was reversed, where all can read."""
    with override(language):
        said = {
            "hide": _("We hid a comment here. It can be read again. More: %(link)s"),
            "remove": _("We removed a comment here and should not have. You are welcome to write it again. %(link)s"),
            "block": _("We closed an account out. It is open again. More: %(link)s"),
        }
        return said[statement.done] % {"link": link}


def answered(language: str, *, link: str) -> str:
    """That a complaint was answered and the measure stands, where all can read."""
    with override(language):
        return _("The complaint is answered. Read the answer here: %(link)s") % {"link": link}


def _ground(statement: Statement, language: str) -> str:
    name = statement.ground_names.get(language) or statement.ground_names["nb"]
    example = statement.ground_examples.get(language, "")
    shown = _("For example: %(example)s") % {"example": example} if example else ""
    return " ".join(filter(None, (_("Ground: %(name)s.") % {"name": name.rstrip(".")}, shown)))


def _law(statement: Statement) -> str:
    return _("See the law: %(law)s.") % {"law": statement.legal_basis} if statement.legal_basis else ""


def _initiative(statement: Statement) -> str:
    return _("Somebody told us about it.") if statement.reported else _("We found it ourselves.")


def _decided(statement: Statement) -> str:
    if statement.automated:
        return _("A rule in our program did this at once. A person looks at it within one working hour.")
    return _("A person has decided this. A program may have pointed it out.")


_CAN_DO: Final = {
    "rewrite": lambda: _("You are welcome to write it again without that. Criticism is welcome."),
    "without_number": lambda: _("You are welcome to write it again without the number. Criticism is welcome."),
    "elsewhere": lambda: _("What belongs in a case, you can send to us in safety: see our website."),
    "again": lambda: _("When the block has ended, you are welcome back."),
}


def _complaint(statement: Statement) -> str:
    days = ngettext("%(n)s working day", "%(n)s working days", statement.answer_days) % {"n": statement.answer_days}
    return _(
        "You can complain until %(by)s, with the code below. Someone else than the one who decided answers within"
        " %(days)s."
    ) % {"by": day(statement.complain_by), "days": days}


def _outside(statement: Statement) -> str:
    routes = {
        "sivilombudet": _("You can also complain to Sivilombudet (the Parliamentary Ombud)."),
        "datatilsynet": _("About personal data you can go to Datatilsynet."),
        "court": _("You can go to court."),
    }
    return " ".join(routes[route] for route in statement.outside)
